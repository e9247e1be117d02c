import { routes } from '@sente/api'
import { clearSessionCookie, endSessions } from '../../session/sign-in.ts'
import { operation } from '../../operation.ts'

export const signOutEverywhere = operation(
  routes.auth.signOutEverywhere,
  async ({ context: { tx, member, services, request, reply, afterCommit } }) => {
    await endSessions(tx, member.id)
    afterCommit(() => {
      services.sessions.forget(member.id)
      clearSessionCookie(request, reply, services)
    })
  },
)
