import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** argon2id with 19 MiB and two passes, what OWASP advises at least; about 25 ms. The library's default kind is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The same letters typed on another keyboard may come as other code points. */
const normal = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normal(password), COST)

/** A hash that no password has, for addresses nobody has: checking it takes as long as checking a real one. */
let nobodys: Promise<string> | undefined
export const nobodysPassword = (): Promise<string> => (nobodys ??= hashPassword(randomBytes(32).toString('base64')))

/** Is it the password? Takes the same time when there is none to compare with. */
export async function isPassword(stored: string | null | undefined, typed: string): Promise<boolean> {
  const known = await nobodysPassword()
  return (await verify(stored ?? known, normal(typed))) && stored !== null && stored !== undefined
}
