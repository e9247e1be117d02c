import { routes } from '@sente/api'
import { countAttempt, forgive } from '../../../auth/guard.ts'
import { hashPassword, isPassword } from '../../../auth/passwords.ts'
import { endSessions } from '../../../auth/session-records.ts'
import { Conflict } from '../../../store/refusal.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/**
 * Guesses of the old password count like failed sign-ins: an open screen must not be a way to it. Hashes are computed while no connection is held:
 * they take longer than everything else here.
 */
export const password = operation(routes.auth.password, async ({ body, context }) => {
  const { inWorkspace, principal, services } = context
  const { member, session } = principal
  const db = services.store.database
  await countAttempt(db, member.email)
  const stored = await inWorkspace(async (tx) => {
    const [row] = await tx.rows<{ password_hash: string | null }>(
      'select password_hash from member where workspace_id = $1 and id = $2',
      [tx.workspaceId, member.id],
    )
    return row?.password_hash
  })
  if (!(await isPassword(stored, body.current))) throw new Fault('wrong-current-password')
  const next = await hashPassword(body.next)
  await inWorkspace(async (tx) => {
    const changed = await tx.rows(
      `update member
       set password_hash = $3, version = version + 1
       where workspace_id = $1 and id = $2 and password_hash = $4
       returning 1`,
      [tx.workspaceId, member.id, next, stored],
    )
    if (changed.length === 0)
      throw new Conflict({ en: 'The password was changed meanwhile.', zh: '密码刚刚已被更改。' })
    await endSessions(tx, member.id, { except: session?.id, tokens: body.endTokens === true })
  })
  services.sessions.forget(member.id)
  await forgive(db, member.email)
})
