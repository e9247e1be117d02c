import { routes } from '@sente/api'
import { countAttempt, forgive } from '../../../auth/guard.ts'
import { hashPassword, isPassword } from '../../../auth/passwords.ts'
import { endSessions } from '../../session/sign-in.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/** Guesses of the old password count like failed sign-ins: an open screen must not be a way to it. */
export const password = operation(
  routes.auth.password,
  async ({ body, context: { tx, principal, services, afterCommit } }) => {
    const { member, session } = principal
    const db = services.store.database
    await countAttempt(db, member.email)
    const [row] = await tx.rows<{ password_hash: string | null }>(
      'select password_hash from member where workspace_id = $1 and id = $2 for no key update',
      [tx.workspaceId, member.id],
    )
    if (!(await isPassword(row?.password_hash, body.current))) throw new Fault('wrong-credentials')
    await tx.rows('update member set password_hash = $3, version = version + 1 where workspace_id = $1 and id = $2', [
      tx.workspaceId,
      member.id,
      await hashPassword(body.next),
    ])
    await endSessions(tx, member.id, { except: session?.id })
    afterCommit(async () => {
      services.sessions.forget(member.id)
      await forgive(db, member.email)
    })
  },
)
