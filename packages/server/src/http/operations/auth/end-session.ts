import { routes } from '@sente/api'
import { memberChanged } from '../../../auth/session-records.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

export const endSession = operation(
  routes.auth.endSession,
  async ({ params, context: { tx, member, services, afterCommit } }) => {
    const ended = await tx.rows(
      'delete from session where workspace_id = $1 and member_id = $2 and id = $3 returning 1',
      [tx.workspaceId, member.id, params.id],
    )
    if (ended.length === 0) throw new Fault('not-found')
    memberChanged(tx, member.id)
    afterCommit(() => services.sessions.forget(member.id))
  },
)
