import { newId } from './ids.ts'
import type { Tx } from './tenant.ts'

/** A row of `deal_share` as JSON. */
export interface ShareRow {
  id: string
  deal_id: string
  member_id: string | null
  team_id: string | null
  may_write: boolean
  sensitive: boolean
}

/** Who may see a deal is part of its history. */
export async function markShare(tx: Tx, before: ShareRow | undefined, after: ShareRow | undefined): Promise<void> {
  const row = (after ?? before)!
  const action = before === undefined ? 'create' : after === undefined ? 'delete' : 'update'
  await tx.rows(
    `insert into change (workspace_id, id, change_set, actor_id, via, kind, record_id, deal_id, action, before, after)
     values ($1, $2, $3, $4, $5, 'dealShare', $6, $7, $8, $9, $10)`,
    [
      tx.workspaceId,
      newId(),
      tx.changeSet,
      tx.actorId ?? null,
      tx.via,
      row.id,
      row.deal_id,
      action,
      before ? JSON.stringify(before) : null,
      action === 'update' ? JSON.stringify(after) : null,
    ],
  )
  tx.events.push({
    workspaceId: tx.workspaceId,
    dealId: row.deal_id,
    kind: 'dealShare',
    id: row.id,
    version: 1,
    action,
    ...(tx.actorId === undefined ? {} : { actorId: tx.actorId }),
  })
}
