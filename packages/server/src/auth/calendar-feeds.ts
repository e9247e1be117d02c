import type { Lang } from '@sente/engine'
import type { Role } from '@sente/api'
import { withWorkspace } from '../store/tenant.ts'
import type { Store, Tx } from '../store/tenant.ts'
import { permissionsOf } from './principal.ts'
import type { Principal } from './principal.ts'
import { hashOf, newSecret } from './secrets.ts'

/** A member's calendar subscription; its secret is known to who made it only. */
export interface Feed {
  proposals: boolean
  createdAt: string
  readAt?: string
}

interface Row {
  proposals: boolean
  created_at: Date
  read_at: Date | null
}
const COLUMNS = 'proposals, created_at, read_at'
const feedOf = (row: Row): Feed => ({
  proposals: row.proposals,
  createdAt: row.created_at.toISOString(),
  ...(row.read_at ? { readAt: row.read_at.toISOString() } : {}),
})

export async function feedOfMember(tx: Tx, memberId: string): Promise<Feed | undefined> {
  const [row] = await tx.rows<Row>(
    `select ${COLUMNS} from calendar_feed where workspace_id = $1 and member_id = $2`,
    [tx.workspaceId, memberId],
    'calendar_feed',
  )
  return row && feedOf(row)
}

/** A new address; the one before ends with the commit. */
export async function newFeed(tx: Tx, memberId: string, proposals: boolean): Promise<{ path: string; feed: Feed }> {
  const secret = newSecret()
  const [row] = await tx.rows<Row>(
    `insert into calendar_feed (workspace_id, member_id, token_hash, proposals)
     values ($1, $2, $3, $4)
     on conflict (workspace_id, member_id) do update
       set token_hash = excluded.token_hash, proposals = excluded.proposals, created_at = now(), read_at = null
     returning ${COLUMNS}`,
    [tx.workspaceId, memberId, hashOf(secret), proposals],
  )
  return { path: `/api/v1/calendar/${secret}.ics`, feed: feedOf(row!) }
}

/** `undefined` where there is none. */
export async function changeFeed(
  tx: Tx,
  memberId: string,
  { proposals }: { proposals?: boolean | undefined },
): Promise<Feed | undefined> {
  const [row] = await tx.rows<Row>(
    `update calendar_feed
     set proposals = coalesce($3, proposals)
     where workspace_id = $1 and member_id = $2
     returning ${COLUMNS}`,
    [tx.workspaceId, memberId, proposals ?? null],
  )
  return row && feedOf(row)
}

/** Whether there was one. */
export async function endFeed(tx: Tx, memberId: string): Promise<boolean> {
  const gone = await tx.rows(
    `delete from calendar_feed
    where workspace_id = $1 and member_id = $2
    returning 1`,
    [tx.workspaceId, memberId],
  )
  return gone.length > 0
}

export interface FeedReader {
  /** What the member may today; the rights of the role, never more. */
  principal: Principal
  language: Lang
  proposals: boolean
}

/** `read_at` is written at most so often. */
const SEEN_MS = 5 * 60_000

/** Whose steps the secret opens; `undefined`: it opens nothing, or not any more. */
export async function readerOfFeed(store: Store, secret: string): Promise<FeedReader | undefined> {
  const { rows } = await store.database.app.query<{
    workspace_id: string
    member_id: string
    proposals: boolean
    read_at: Date | null
    name: string
    role: Role
    sensitive: boolean | null
    language: Lang
    team_ids: string[]
  }>({ name: 'calendar_feed_of', text: 'select * from calendar_feed_of($1)', values: [hashOf(secret)] })
  const row = rows[0]
  if (!row) return undefined
  const { workspace_id: workspaceId, member_id: memberId } = row
  if (!row.read_at || Date.now() - row.read_at.getTime() > SEEN_MS)
    // Not waited for: a lost mark costs nothing.
    void withWorkspace(store, { workspaceId, via: 'calendar' }, (tx) =>
      tx.rows('update calendar_feed set read_at = now() where workspace_id = $1 and member_id = $2', [
        workspaceId,
        memberId,
      ]),
    ).catch(() => {})
  return {
    principal: {
      workspaceId,
      member: {
        id: memberId,
        name: row.name,
        email: '',
        role: row.role,
        teamIds: row.team_ids,
        language: row.language,
      },
      permissions: permissionsOf(row.role, row.sensitive),
      via: 'api',
    },
    language: row.language,
    proposals: row.proposals,
  }
}
