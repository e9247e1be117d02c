import { routes } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { setMembers, teamOf } from '../../../auth/teams.ts'
import { ChangedSince } from '../../../store/refusal.ts'
import { operation } from '../../operation.ts'

/** What was shared with the team is shared with nobody then. */
export const removeTeam = operation(
  routes.members.removeTeam,
  async ({ params: { teamId }, context: { tx, ifMatch, services, afterCommit } }) => {
    const before = await teamOf(tx, teamId, true)
    if (ifMatch !== undefined && ifMatch !== before.version) throw new ChangedSince(before)
    const moved = await setMembers(tx, teamId, [])
    await tx.rows('delete from team where workspace_id = $1 and id = $2', [tx.workspaceId, teamId])
    await audit(tx, { kind: 'team', id: teamId, action: 'delete', before })
    afterCommit(() => moved.forEach((memberId) => services.sessions.forget(memberId)))
  },
)
