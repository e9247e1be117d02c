import { newId } from '../../../store/ids.ts'
import { routes } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { nameTaken, setMembers, teamOf } from '../../../auth/teams.ts'
import { operation } from '../../operation.ts'

export const createTeam = operation(
  routes.members.createTeam,
  async ({ body, context: { tx, services, afterCommit } }) => {
    const id = newId()
    const made = await tx.rows(
      `insert into team (workspace_id, id, name)
       values ($1, $2, $3)
       on conflict (workspace_id, name) do nothing
       returning 1`,
      [tx.workspaceId, id, body.name],
    )
    if (made.length === 0) throw nameTaken(body.name)
    const moved = await setMembers(tx, id, body.memberIds ?? [])
    afterCommit(() => moved.forEach((memberId) => services.sessions.forget(memberId)))
    const team = await teamOf(tx, id)
    await audit(tx, { kind: 'team', id, action: 'create', after: team })
    return team
  },
)
