import { newId } from '../store/ids.ts'
import type { Store, Tx } from '../store/tenant.ts'
import { Fault } from '../core/fault.ts'
import { LINK_LIFETIMES } from './lifetimes.ts'
import { memberOf } from './members.ts'
import { nobodysPassword } from './passwords.ts'
import { hashOf, newSecret } from './secrets.ts'
import { endSessions } from './session-records.ts'

export type Purpose = keyof typeof LINK_LIFETIMES

export interface Link {
  url: string
  expiresAt: string
}

/** Where each kind of link leads in the web application. */
const PATHS: Record<Purpose, string> = { setup: '/welcome', invitation: '/welcome', reset: '/signin' }

/** A new link; earlier ones of the same kind for the same member stop working, but those of a first start stay: each process prints one. */
export async function createLink(tx: Tx, memberId: string, purpose: Purpose, baseUrl: string): Promise<Link> {
  const secret = newSecret()
  if (purpose !== 'setup')
    await tx.rows(
      `delete from one_time_link
      where workspace_id = $1 and member_id = $2 and used_at is null`,
      [tx.workspaceId, memberId],
    )
  const [row] = await tx.rows<{ expires_at: Date }>(
    `insert into one_time_link (workspace_id, id, member_id, purpose, token_hash, expires_at)
     values ($1, $2, $3, $4, $5, now() + interval '${LINK_LIFETIMES[purpose]}')
     returning expires_at`,
    [tx.workspaceId, newId(), memberId, purpose, hashOf(secret)],
  )
  return { url: `${baseUrl}${PATHS[purpose]}?token=${secret}`, expiresAt: row!.expires_at.toISOString() }
}

/**
 * A member's password is reset by somebody else: the old one, all sessions and all API tokens are worth nothing from this commit on, whether or not
 * the link is ever used. Who never came in gets a new invitation. `keep`: a session that stays, of whoever resets their own.
 */
export async function resetPassword(tx: Tx, memberId: string, baseUrl: string, keep?: string): Promise<Link> {
  const member = await memberOf(tx, memberId, true)
  const purpose = member.password_hash === null ? 'invitation' : 'reset'
  if (purpose === 'reset')
    await tx.rows(
      `update member
      set password_hash = $3, version = version + 1
      where workspace_id = $1 and id = $2`,
      [tx.workspaceId, memberId, await nobodysPassword()],
    )
  await endSessions(tx, memberId, { except: keep, tokens: true })
  return createLink(tx, memberId, purpose, baseUrl)
}

interface Found {
  workspaceId: string
  linkId: string
  memberId: string
  purpose: Purpose
}

/** What a link is for; throws when it is used, too old or none. */
export async function findLink(store: Store, secret: string): Promise<Found> {
  const { rows } = await store.database.app.query<{
    workspace_id: string
    link_id: string
    member_id: string
    purpose: Purpose
    expires_at: Date
    used_at: Date | null
  }>('select * from link_of($1)', [hashOf(secret)])
  const row = rows[0]
  if (!row || row.used_at !== null || row.expires_at.getTime() <= Date.now()) throw new Fault('link-invalid')
  return { workspaceId: row.workspace_id, linkId: row.link_id, memberId: row.member_id, purpose: row.purpose }
}

/** Takes the link, once: of two at the same time one is refused. All other links of the member end with it. */
export async function takeLink(tx: Tx, { linkId, memberId }: Found): Promise<void> {
  const taken = await tx.rows(
    `update one_time_link
     set used_at = now()
     where workspace_id = $1 and id = $2 and used_at is null and expires_at > now()
     returning 1`,
    [tx.workspaceId, linkId],
  )
  if (taken.length === 0) throw new Fault('link-invalid')
  await tx.rows(
    `delete from one_time_link
    where workspace_id = $1 and member_id = $2 and used_at is null`,
    [tx.workspaceId, memberId],
  )
}
