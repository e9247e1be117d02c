import type { Permission } from '@sente/api'
import { clientOf, isOneOf } from './clients.ts'
import type { Client } from './clients.ts'

/** What an assistant may ask for; each is a right of tokens. */
export const SCOPES = [
  'deals:read',
  'accounts:read',
  'deals:write',
  'sensitive:read',
] as const satisfies readonly Permission[]
export type Scope = (typeof SCOPES)[number]
/** What it gets where it names nothing. */
export const PLAIN: readonly Scope[] = ['deals:read', 'accounts:read']

/** A request for a code that may be put before the person. */
export interface Asked {
  client: Client
  clientId: string
  redirectUri: string
  challenge: string
  state: string | undefined
  scopes: Scope[]
}

/** `refused`: nobody may be sent to that address. `error`: told to the program, at its address. */
export type Read =
  | { asked: Asked }
  | { refused: 'client' | 'redirect' }
  | { error: string; description: string; redirectUri: string; state: string | undefined }

/** Parameters of an authorization request (OAuth 2.1, 4.1.1), with PKCE by S256 and the resource of RFC 8707. */
export function readRequest(parameters: URLSearchParams, resource: string): Read {
  const one = (name: string): string | undefined => {
    const values = parameters.getAll(name)
    return values.length === 1 && values[0] !== '' ? values[0] : undefined
  }
  const clientId = one('client_id') ?? ''
  const client = clientOf(clientId)
  if (!client) return { refused: 'client' }
  const redirectUri = one('redirect_uri') ?? (client.redirects.length === 1 ? client.redirects[0]! : '')
  if (!isOneOf(redirectUri, client.redirects)) return { refused: 'redirect' }
  const state = one('state')?.slice(0, 1000)
  const error = (code: string, description: string): Read => ({ error: code, description, redirectUri, state })
  if (one('response_type') !== 'code') return error('unsupported_response_type', 'response_type must be code')
  const challenge = one('code_challenge') ?? ''
  if (one('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge))
    return error('invalid_request', 'code_challenge with code_challenge_method=S256 is needed')
  if (parameters.getAll('resource').some((asked) => asked.replace(/\/$/, '') !== resource))
    return error('invalid_target', `resource must be ${resource}`)
  const named = (one('scope') ?? '').split(' ').filter(Boolean)
  // What we do not have, such as offline_access, is left out, as the specification allows; the answer says what was given.
  const scopes = SCOPES.filter((scope) => (named.length === 0 ? PLAIN.includes(scope) : named.includes(scope)))
  return { asked: { client, clientId, redirectUri, challenge, state, scopes } }
}

/** An address with more parameters. */
export function withParameters(address: string, more: Record<string, string | undefined>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(more)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
