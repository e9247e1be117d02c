import { newId } from '../store/ids.ts'
import type { Tx } from '../store/tenant.ts'
import { SLIDING } from './lifetimes.ts'
import { csrfOf, hashOf, newSecret } from './secrets.ts'

/** A session of a member; the secret goes into the cookie and nowhere else. */
export async function createSession(tx: Tx, memberId: string, userAgent: string | undefined): Promise<string> {
  const secret = newSecret()
  await tx.rows(
    `insert into session (workspace_id, id, member_id, token_hash, csrf_hash, user_agent, expires_at)
     values ($1, $2, $3, $4, $5, $6, now() + interval '${SLIDING}')`,
    [tx.workspaceId, newId(), memberId, hashOf(secret), hashOf(csrfOf(secret)), userAgent?.slice(0, 300) ?? null],
  )
  return secret
}

/** Ends sessions of a member, all or all but one, and with `tokens` the API tokens and the calendar subscription as well. Other processes hear of it after the commit. */
export async function endSessions(
  tx: Tx,
  memberId: string,
  { except, tokens = false }: { except?: string | undefined; tokens?: boolean } = {},
): Promise<void> {
  await tx.rows(
    `delete from session
    where workspace_id = $1 and member_id = $2 and ($3::uuid is null or id <> $3)`,
    [tx.workspaceId, memberId, except ?? null],
  )
  if (tokens)
    for (const table of ['api_token', 'calendar_feed'])
      await tx.rows(`delete from ${table} where workspace_id = $1 and member_id = $2`, [tx.workspaceId, memberId])
  memberChanged(tx, memberId)
}

/** What is remembered of the member in any process must be asked anew. */
export function memberChanged(tx: Tx, memberId: string, version = 0): void {
  tx.events.push({
    workspaceId: tx.workspaceId,
    kind: 'member',
    id: memberId,
    version,
    action: 'update',
    ...(tx.actorId === undefined ? {} : { actorId: tx.actorId }),
  })
}
