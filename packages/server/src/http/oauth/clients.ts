import { z } from 'zod'
import { clean, line } from '../../mcp/marks.ts'

/**
 * A program that asks for a token is what it says it is: a name, and addresses to which the answer goes. Anybody may register, so nothing is kept: the id
 * itself says both, and what counts is the address that the person sees before they allow it.
 */
export const Client = z.object({
  // A person reads it before they decide: nothing that hides, or that turns what stands around it.
  name: z
    .string()
    .max(80)
    .transform((name) => line(clean(name, 80), 80).trim())
    .pipe(z.string().min(1).max(80)),
  redirects: z
    .array(z.string().max(500).refine(isRedirect, 'https, http on this machine, or an own scheme; no fragment'))
    .min(1)
    .max(5),
})
export type Client = z.infer<typeof Client>

/** Schemes that mean something to a browser itself. */
const NOT_OWN = /^(?:https?|javascript|data|file|blob|about|vbscript|view-source|chrome|ws|wss|ftp|mailto|tel):$/i

/** Where an answer may go: encrypted, on the same machine, or to a program that has a scheme of its own (RFC 8252). */
export function isRedirect(text: string): boolean {
  if (!URL.canParse(text) || /[\s"'<>;,\\]/.test(text)) return false
  const url = new URL(text)
  if (url.hash !== '' || text.endsWith('#') || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  if (url.protocol === 'http:') return isOwnMachine(url)
  return !NOT_OWN.test(url.protocol)
}

/** Is it a program on the machine of whoever looks at the page? */
export const isHere = (redirect: string): boolean => {
  const url = new URL(redirect)
  return url.protocol === 'http:' && isOwnMachine(url)
}

const isOwnMachine = ({ hostname }: URL): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)

/** Is it one of those the client has? On the own machine any port will do: programs take a free one. */
export function isOneOf(asked: string, redirects: readonly string[]): boolean {
  if (redirects.includes(asked)) return true
  if (!isRedirect(asked)) return false
  const url = new URL(asked)
  if (url.protocol !== 'http:' || !isOwnMachine(url)) return false
  return redirects.some((redirect) => {
    const known = new URL(redirect)
    return (
      known.protocol === 'http:' &&
      known.hostname === url.hostname &&
      known.pathname === url.pathname &&
      known.search === url.search
    )
  })
}

export const idOf = (client: Client): string => Buffer.from(JSON.stringify(client)).toString('base64url')

export function clientOf(id: string): Client | undefined {
  if (id.length > 4000 || !/^[\w-]+$/.test(id)) return undefined
  try {
    const read = Client.safeParse(JSON.parse(Buffer.from(id, 'base64url').toString()))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}
