import { newId } from '../store/ids.ts'
import type { Tx } from '../store/tenant.ts'

export interface Audited {
  kind: 'member' | 'team' | 'workspace' | 'jointLink' | 'webhook'
  id: string
  action: 'create' | 'update' | 'delete'
  before?: object
  after?: object
}

/** A mark in the audit trail for what is not a record of a deal: who may do what. Give it shapes of the API, which hold no secrets. */
export async function audit(tx: Tx, { kind, id, action, before, after }: Audited): Promise<void> {
  await tx.rows(
    `insert into change (workspace_id, id, change_set, actor_id, via, kind, record_id, action, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.workspaceId,
      newId(),
      tx.changeSet,
      tx.actorId ?? null,
      tx.via,
      kind,
      id,
      action,
      before ? JSON.stringify(before) : null,
      after ? JSON.stringify(after) : null,
    ],
  )
}
