import { ApiError, createClient, routes } from '@sente/api'
import type { CallInput, CallOutput, ClientOptions, Route } from '@sente/api'
import { currentLang } from '../i18n/i18n.ts'
import { takePrefetched } from './prefetch.ts'
import { end } from './connection.ts'

/** Token of the session against forged requests; it comes with /me. */
let csrfToken: string | undefined
export const keepCsrfToken = (token: string | undefined): void => void (csrfToken = token)

const options = {
  csrfToken: () => csrfToken,
  language: currentLang,
  // Looked up with each call: stories put a server of their own there.
  fetch: (input, init) => takePrefetched(String(input), init) ?? globalThis.fetch(input, init),
} satisfies ClientOptions

/** The server that served this page. Throws `ApiError` for refusals, `TypeError` when it cannot be reached. */
export const api = createClient(options)

export interface Changed<T> {
  value: T
  /** Under which the change can be undone, where the server says it with the answer. */
  changeSet?: string
}

/** A call that changes something. A session that was renewed elsewhere has a new token: it is fetched once and the call repeated. */
export async function change<R extends Route>(contract: R, input: CallInput<R>): Promise<Changed<CallOutput<R>>> {
  let changeSet: string | undefined
  const client = createClient({
    ...options,
    fetch: async (address, init) => {
      const answer = await globalThis.fetch(address, init)
      changeSet = answer.headers.get('x-change-set') ?? undefined
      return answer
    },
  })
  // A screen that changes something before anyone asked who is there: the session's token is fetched first.
  if (csrfToken === undefined && contract.permission !== 'public')
    keepCsrfToken((await api.call(routes.auth.me)).csrfToken)
  const call = (): Promise<CallOutput<R>> =>
    client.call<Route>(contract, input as CallInput<Route>) as Promise<CallOutput<R>>
  const value = await call().catch(async (error: unknown) => {
    if (error instanceof ApiError && error.problem.code === 'not-signed-in') end()
    if (!(error instanceof ApiError) || error.problem.code !== 'csrf') throw error
    keepCsrfToken((await api.call(routes.auth.me)).csrfToken)
    return call()
  })
  return { value, ...(changeSet !== undefined && { changeSet }) }
}

/**
 * An id for a new record: a UUID of version 7, since ids are the order of lists. Also where the page came over plain http, where browsers
 * keep `randomUUID` back.
 */
export function newId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
