import { routes } from '@sente/api'
import { clearSessionCookie } from '../../session/sign-in.ts'
import { endSessions } from '../../../auth/session-records.ts'
import { httpOperation } from '../../operation.ts'

export const signOutEverywhere = httpOperation(
  routes.auth.signOutEverywhere,
  async ({ context: { tx, member, services, request, reply, afterCommit } }) => {
    await endSessions(tx, member.id)
    afterCommit(() => {
      services.sessions.forget(member.id)
      clearSessionCookie(request, reply, services)
    })
  },
)
