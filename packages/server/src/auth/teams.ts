import { Conflict, NotFound } from '../store/refusal.ts'
import type { Tx } from '../store/tenant.ts'
import { checkThere } from './members.ts'
import { memberChanged } from './session-records.ts'

export interface Team {
  id: string
  version: number
  name: string
  memberIds: string[]
}

const SELECT = `select t.id, t.version, t.name,
  array(select m.member_id::text
    from team_member m
    where m.workspace_id = t.workspace_id and m.team_id = t.id
    order by m.member_id) as "memberIds"
  from team t where t.workspace_id = $1`

export const teamsOf = (tx: Tx): Promise<Team[]> =>
  tx.rows<Team & Record<string, unknown>>(`${SELECT} order by t.name, t.id`, [tx.workspaceId])

/** One team; with `lock` nobody else changes it until the transaction ends. */
export async function teamOf(tx: Tx, id: string, lock = false): Promise<Team> {
  const [team] = await tx.rows<Team & Record<string, unknown>>(
    `${SELECT} and t.id = $2${lock ? ' for update of t' : ''}`,
    [tx.workspaceId, id],
  )
  if (!team) throw new NotFound()
  return team
}

/** Puts these members, and no others, into a team; answers who came or went: what they see has changed, and they count a version. */
export async function setMembers(tx: Tx, teamId: string, memberIds: readonly string[]): Promise<string[]> {
  await checkThere(tx, 'member', 'memberIds', memberIds)
  const gone = await tx.rows<{ member_id: string }>(
    `delete from team_member
     where workspace_id = $1 and team_id = $2 and member_id <> all($3::uuid[])
     returning member_id`,
    [tx.workspaceId, teamId, memberIds],
  )
  const come = await tx.rows<{ member_id: string }>(
    `insert into team_member (workspace_id, team_id, member_id)
     select $1, $2, id
     from unnest($3::uuid[]) id
     on conflict do nothing
     returning member_id`,
    [tx.workspaceId, teamId, [...new Set(memberIds)]],
  )
  const moved = [...gone, ...come].map((row) => row.member_id)
  if (moved.length > 0)
    await tx.rows(
      `update member
      set version = version + 1
      where workspace_id = $1 and id = any($2::uuid[])`,
      [tx.workspaceId, moved],
    )
  for (const id of moved) memberChanged(tx, id)
  return moved
}

export const nameTaken = (name: string): Conflict =>
  new Conflict({ en: `There is a team called ${name} already.`, zh: `已有名为 ${name} 的团队。` })
