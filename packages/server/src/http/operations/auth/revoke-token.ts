import { routes } from '@sente/api'
import { memberChanged } from '../../../auth/session-records.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

export const revokeToken = operation(
  routes.auth.revokeToken,
  async ({ params, context: { tx, member, services, afterCommit } }) => {
    const gone = await tx.rows(
      'delete from api_token where workspace_id = $1 and member_id = $2 and id = $3 returning 1',
      [tx.workspaceId, member.id, params.id],
    )
    if (gone.length === 0) throw new Fault('not-found')
    memberChanged(tx, member.id)
    afterCommit(() => services.sessions.forget(member.id))
  },
)
