import { routes } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { forgive } from '../../../auth/guard.ts'
import { findLink, takeLink } from '../../../auth/links.ts'
import { memberOf, memberShape } from '../../../auth/members.ts'
import { hashPassword } from '../../../auth/passwords.ts'
import { meOfNew, setSessionCookie } from '../../session/sign-in.ts'
import { createSession, endSessions } from '../../../auth/session-records.ts'
import { withWorkspace } from '../../../store/tenant.ts'
import { Fault } from '../../../core/fault.ts'
import { httpOperation } from '../../operation.ts'

/** Who has the link sets the password and is signed in. Only the first administrator names address and workspace: others were invited by them. */
export const useLink = httpOperation(routes.auth.useLink, async ({ body, context: { services, request, reply } }) => {
  const found = await findLink(services.store, body.token)
  const setup = found.purpose === 'setup'
  const password = await hashPassword(body.password)
  const { me, secret } = await withWorkspace(
    services.store,
    { workspaceId: found.workspaceId, actorId: found.memberId, via: 'web' },
    async (tx) => {
      await takeLink(tx, found)
      const before = await memberOf(tx, found.memberId)
      if (before.disabled_at !== null) throw new Fault('link-invalid')
      const email = setup ? (body.email ?? before.email) : before.email
      await tx.rows(
        `update member
         set password_hash = $3, name = $4, email = $5, language = coalesce($6, language), version = version + 1
         where workspace_id = $1 and id = $2`,
        [tx.workspaceId, found.memberId, password, body.name ?? before.name, email, body.language ?? null],
      )
      if (setup)
        await tx.rows(
          `update workspace
           set name = coalesce($2, name), language = coalesce($3, language), version = version + 1
           where id = $1`,
          [tx.workspaceId, body.workspaceName ?? null, body.language ?? null],
        )
      await audit(tx, {
        kind: 'member',
        id: found.memberId,
        action: 'update',
        before: memberShape(before),
        after: memberShape(await memberOf(tx, found.memberId)),
      })
      // Whoever knew the old password is out, programs too: it may have made them tokens.
      await endSessions(tx, found.memberId, { tokens: true })
      const secret = await createSession(tx, found.memberId, request.headers['user-agent'])
      return { secret, me: await meOfNew(tx, found.memberId, secret) }
    },
  )
  services.sessions.forget(found.memberId)
  await forgive(services.store.database, me.member.email)
  setSessionCookie(request, reply, services, secret)
  return me
})
