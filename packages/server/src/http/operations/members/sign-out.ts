import { routes } from '@sente/api'
import { memberOf } from '../../../auth/members.ts'
import { endSessions } from '../../../auth/session-records.ts'
import { operation } from '../../operation.ts'

export const signOut = operation(
  routes.members.signOut,
  async ({ params: { memberId }, context: { tx, services, afterCommit } }) => {
    await memberOf(tx, memberId)
    await endSessions(tx, memberId)
    afterCommit(() => services.sessions.forget(memberId))
  },
)
