import { routes } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { nameTaken, setMembers, teamOf } from '../../../auth/teams.ts'
import { ChangedSince } from '../../../store/refusal.ts'
import { checkNotNull } from '../../patches.ts'
import { operation } from '../../operation.ts'

export const updateTeam = operation(
  routes.members.updateTeam,
  async ({ params: { teamId }, body, context: { tx, ifMatch, services, afterCommit } }) => {
    checkNotNull(body, ['name', 'memberIds'])
    const before = await teamOf(tx, teamId, true)
    if (ifMatch !== undefined && ifMatch !== before.version) throw new ChangedSince(before)
    if (
      body.name &&
      (
        await tx.rows('select 1 from team where workspace_id = $1 and name = $2 and id <> $3', [
          tx.workspaceId,
          body.name,
          teamId,
        ])
      ).length > 0
    )
      throw nameTaken(body.name)
    await tx.rows(
      `update team
       set name = coalesce($3, name), version = version + 1
       where workspace_id = $1 and id = $2`,
      [tx.workspaceId, teamId, body.name ?? null],
    )
    const moved = body.memberIds ? await setMembers(tx, teamId, body.memberIds) : []
    afterCommit(() => moved.forEach((memberId) => services.sessions.forget(memberId)))
    const after = await teamOf(tx, teamId)
    await audit(tx, { kind: 'team', id: teamId, action: 'update', before, after })
    return after
  },
)
