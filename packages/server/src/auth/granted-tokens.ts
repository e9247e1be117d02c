import { hash } from 'node:crypto'
import type { Permission } from '@sente/api'
import { Fault } from '../core/fault.ts'
import { newId } from '../store/ids.ts'
import { withWorkspace } from '../store/tenant.ts'
import type { Store, Tx } from '../store/tenant.ts'
import type { Principal } from './principal.ts'
import { rightsNow } from './rights-now.ts'
import { hashOf, newApiToken, newSecret, TOKEN_PREFIX } from './secrets.ts'
import { memberChanged } from './session-records.ts'
import type { Sessions } from './sessions.ts'

/** How long a code may wait to be changed for its token. */
const CODE_SECONDS = 60

/** What a code is good for, and only together: whoever holds the code alone has nothing. */
export interface Bound {
  clientId: string
  redirectUri: string
  /** Of PKCE, S256: base64url of the SHA-256 of a verifier that only the asker knows. */
  challenge: string
}

/** A code is a row of tokens whose secret is the digest of all that it is bound to: no token has that form, and it is changed for one once. */
const digest = (code: string, { clientId, redirectUri, challenge }: Bound): Buffer =>
  hashOf(JSON.stringify(['code', code, clientId, redirectUri, challenge]))

/** Kept with the token that a code was changed for, and good for nothing but to know the code again. */
const traceOf = (code: string): Buffer => hashOf(JSON.stringify(['used', code]))

/** A code still, not the token it is changed for. */
const IS_CODE = `expires_at - created_at < interval '5 minutes'`
/** Codes that nobody came for. */
export const STALE_CODES = `expires_at < now() and ${IS_CODE}`

/** A code with which a program gets a token of so many days; its rights are never more than its giver's. */
export async function grantCode(
  tx: Tx,
  principal: Principal,
  { name, scopes, days, ...bound }: Bound & { name: string; scopes: readonly Permission[]; days: number },
): Promise<string> {
  const { id: memberId } = principal.member
  await tx.rows('select from member where workspace_id = $1 and id = $2 for share', [tx.workspaceId, memberId])
  const now = await rightsNow(tx, principal)
  if (!now) throw new Fault('not-signed-in')
  const code = `${days}.${newSecret()}`
  await tx.rows(`delete from api_token where workspace_id = $1 and member_id = $2 and ${STALE_CODES}`, [
    tx.workspaceId,
    memberId,
  ])
  await tx.rows(
    `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes, expires_at, code_hash)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), $8)`,
    [
      tx.workspaceId,
      newId(),
      memberId,
      name,
      digest(code, bound),
      scopes.filter((scope) => now.permissions.has(scope)),
      CODE_SECONDS,
      traceOf(code),
    ],
  )
  return code
}

export interface Granted {
  token: string
  scopes: string[]
  seconds: number
}

/**
 * The token for a code; `undefined`: the code is wrong, too old, used, or was given to somebody else. A code that was used already is in two hands: the
 * token it gave ends with the second use (OAuth 2.1, 4.1.3).
 */
export async function tokenForCode(
  { store, sessions }: Means,
  { code, verifier, ...bound }: Omit<Bound, 'challenge'> & { code: string; verifier: string },
): Promise<Granted | undefined> {
  const days = Number(/^(\d{1,3})\./.exec(code)?.[1])
  const old = digest(code, { ...bound, challenge: hash('sha256', verifier, 'base64url') })
  const row = await rowOf(store, 'token_of', old)
  if (row && days >= 1) {
    const token = newApiToken()
    const changed = await within(store, row, (tx) =>
      // Whoever comes second finds another digest.
      tx.rows<{ scopes: string[] }>(
        `update api_token set token_hash = $4, created_at = now(), expires_at = now() + make_interval(days => $5::int)
         where workspace_id = $1 and id = $2 and token_hash = $3 and expires_at > now() returning scopes`,
        [row.workspace_id, row.token_id, old, hashOf(token), days],
      ),
    )
    if (changed[0]) return { token, scopes: changed[0].scopes, seconds: days * 86_400 }
  }
  const used = await rowOf(store, 'token_of_code', traceOf(code))
  if (used) await end({ store, sessions }, used, `not (${IS_CODE})`)
  return undefined
}

/** Ends a token at the word of whoever has it (RFC 7009), if it was given for a code; any other, and what is none, stays as it is. */
export async function endGranted({ store, sessions }: Means, token: string): Promise<void> {
  if (!token.startsWith(TOKEN_PREFIX)) return
  const row = await rowOf(store, 'token_of', hashOf(token))
  if (row) await end({ store, sessions }, row, 'code_hash is not null')
}

interface Means {
  store: Store
  sessions: Sessions
}

interface TokenRow {
  workspace_id: string
  token_id: string
  member_id: string
}

async function rowOf(
  store: Store,
  from: 'token_of' | 'token_of_code',
  digested: Buffer,
): Promise<TokenRow | undefined> {
  const { rows } = await store.database.app.query<TokenRow>(
    `select workspace_id, token_id, member_id from ${from}($1)`,
    [digested],
  )
  return rows[0]
}

const within = <T>(store: Store, row: TokenRow, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withWorkspace(store, { workspaceId: row.workspace_id, actorId: row.member_id, via: 'api' }, work)

/** Nothing of it is remembered afterwards, in any process. */
async function end({ store, sessions }: Means, row: TokenRow, where: string): Promise<void> {
  const gone = await within(store, row, async (tx) => {
    const rows = await tx.rows(`delete from api_token where workspace_id = $1 and id = $2 and ${where} returning 1`, [
      row.workspace_id,
      row.token_id,
    ])
    if (rows.length > 0) memberChanged(tx, row.member_id)
    return rows.length
  })
  if (gone > 0) sessions.forget(row.member_id)
}
