import { routes } from '@sente/api'
import { countAttempt, forgive } from '../../../auth/guard.ts'
import { isPassword } from '../../../auth/passwords.ts'
import { signInAs } from '../../session/sign-in.ts'
import { Fault } from '../../../core/fault.ts'
import { httpOperation } from '../../operation.ts'

/** An address may be a member's in several workspaces; the first one that has the password is meant, unless the request names one. */
export const signIn = httpOperation(routes.auth.signIn, async ({ body, context: { services, request, reply } }) => {
  const db = services.store.database
  await countAttempt(db, body.email)
  const { rows } = await db.app.query<{ workspace_id: string; member_id: string; password_hash: string | null }>(
    'select * from members_at($1)',
    [body.email],
  )
  const candidates = rows
    .filter((row) => body.workspaceId === undefined || row.workspace_id === body.workspaceId)
    .slice(0, 5)
  // For an address nobody has a hash is computed as well: the time must not tell.
  const fits = await Promise.all(
    (candidates.length > 0 ? candidates : [undefined]).map((row) => isPassword(row?.password_hash, body.password)),
  )
  const found = candidates[fits.indexOf(true)]
  if (!found) throw new Fault('wrong-credentials')
  await forgive(db, body.email)
  return signInAs(services, request, reply, { workspaceId: found.workspace_id, memberId: found.member_id })
})
