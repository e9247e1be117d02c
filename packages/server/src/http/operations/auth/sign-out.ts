import { routes } from '@sente/api'
import { clearSessionCookie } from '../../session/sign-in.ts'
import { memberChanged } from '../../../auth/session-records.ts'
import { httpOperation } from '../../operation.ts'

/** A token stays: it is revoked, not signed out. */
export const signOut = httpOperation(
  routes.auth.signOut,
  async ({ context: { tx, principal, services, request, reply, afterCommit } }) => {
    if (!principal.session) return
    await tx.rows('delete from session where workspace_id = $1 and id = $2', [tx.workspaceId, principal.session.id])
    memberChanged(tx, principal.member.id)
    afterCommit(() => {
      services.sessions.forget(principal.member.id)
      clearSessionCookie(request, reply, services)
    })
  },
)
