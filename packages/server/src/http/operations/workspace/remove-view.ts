import { routes } from '@sente/api'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/** One's own; a shared one of somebody who has left is for those who manage the workspace. */
export const removeView = operation(
  routes.workspace.removeView,
  async ({ params, context: { tx, member, permissions } }) => {
    const gone = await tx.rows(
      `delete from saved_view
       where workspace_id = $1 and id = $2 and (member_id = $3 or (shared and $4))
       returning 1`,
      [tx.workspaceId, params.id, member.id, permissions.has('workspace:manage')],
    )
    if (gone.length === 0) throw new Fault('not-found')
  },
)
