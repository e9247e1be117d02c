import { routes } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { keepAnAdministrator, memberOf, memberShape, setTeams } from '../../../auth/members.ts'
import { endSessions, memberChanged } from '../../../auth/session-records.ts'
import { ChangedSince } from '../../../store/refusal.ts'
import { checkNotNull } from '../../patches.ts'
import { operation } from '../../operation.ts'

export const update = operation(
  routes.members.update,
  async ({ params: { memberId }, body, context: { tx, ifMatch, services, afterCommit } }) => {
    checkNotNull(body, ['name', 'role', 'teamIds'])
    // The administrators first, all in one order: otherwise two changes could wait for each other.
    if (body.disabled === true || (body.role !== undefined && body.role !== 'administrator')) {
      const { role, disabled_at } = await memberOf(tx, memberId)
      if (role === 'administrator' && disabled_at === null) await keepAnAdministrator(tx, memberId)
    }
    const before = await memberOf(tx, memberId, true)
    if (ifMatch !== undefined && ifMatch !== before.version) throw new ChangedSince(memberShape(before))
    await tx.rows(
      `update member
       set name = coalesce($3, name), role = coalesce($4, role), sensitive = case when $5 then $6 else sensitive end,
       disabled_at = case when $7 then case when $8 then coalesce(disabled_at, now()) end else disabled_at end, version = version + 1
     where workspace_id = $1 and id = $2`,
      [
        tx.workspaceId,
        memberId,
        body.name ?? null,
        body.role ?? null,
        body.sensitive !== undefined,
        body.sensitive ?? null,
        body.disabled !== undefined,
        body.disabled ?? false,
      ],
    )
    if (body.teamIds) await setTeams(tx, memberId, body.teamIds)
    // Who is shut out is out at once, with everything that was left open.
    if (body.disabled === true) {
      await endSessions(tx, memberId, { tokens: true })
      await tx.rows(
        `delete from one_time_link
        where workspace_id = $1 and member_id = $2 and used_at is null`,
        [tx.workspaceId, memberId],
      )
    } else memberChanged(tx, memberId)
    afterCommit(() => services.sessions.forget(memberId))
    const after = memberShape(await memberOf(tx, memberId))
    await audit(tx, { kind: 'member', id: memberId, action: 'update', before: memberShape(before), after })
    return after
  },
)
