import type { Member, Role } from '@sente/api'
import { Conflict, InvalidInput, NotFound } from '../store/refusal.ts'
import type { Tx } from '../store/tenant.ts'

export interface MemberRow {
  id: string
  version: number
  email: string
  name: string
  role: Role
  sensitive: boolean | null
  disabled_at: Date | null
  password_hash: string | null
  created_at: Date
  team_ids: string[]
}

export function memberShape(row: MemberRow): Member {
  return {
    id: row.id,
    version: row.version,
    email: row.email,
    name: row.name,
    role: row.role,
    ...(row.sensitive === null ? {} : { sensitive: row.sensitive }),
    disabled: row.disabled_at !== null,
    hasPassword: row.password_hash !== null,
    teamIds: row.team_ids,
    createdAt: row.created_at.toISOString(),
  }
}

const COLUMNS = `m.id, m.version, m.email, m.name, m.role, m.sensitive, m.disabled_at, m.password_hash, m.created_at,
  array(select t.team_id::text from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id) as team_ids`

/** Members of the workspace in the order in which they came. */
export function membersOf(tx: Tx): Promise<MemberRow[]> {
  return tx.rows<MemberRow>(
    `select ${COLUMNS}
    from member m
    where m.workspace_id = $1
    order by m.id`,
    [tx.workspaceId],
  )
}

/** One member; with `lock` nobody else changes it until the transaction ends. */
export async function memberOf(tx: Tx, id: string, lock = false): Promise<MemberRow> {
  const [row] = await tx.rows<MemberRow>(
    `select ${COLUMNS}
     from member m
     where m.workspace_id = $1 and m.id = $2${lock ? ' for no key update of m' : ''}`,
    [tx.workspaceId, id],
  )
  if (!row) throw new NotFound()
  return row
}

/** Puts a member into these teams and no others. Their lists change with it, so they count a version. */
export async function setTeams(tx: Tx, memberId: string, teamIds: readonly string[]): Promise<void> {
  await checkThere(tx, 'team', 'teamIds', teamIds)
  const left = await tx.rows<{ team_id: string }>(
    `delete from team_member
     where workspace_id = $1 and member_id = $2 and team_id <> all($3::uuid[])
     returning team_id`,
    [tx.workspaceId, memberId, teamIds],
  )
  const joined = await tx.rows<{ team_id: string }>(
    `insert into team_member (workspace_id, team_id, member_id)
     select $1, id, $2
     from unnest($3::uuid[]) id
     on conflict do nothing
     returning team_id`,
    [tx.workspaceId, memberId, [...new Set(teamIds)]],
  )
  const moved = [...left, ...joined].map((row) => row.team_id)
  if (moved.length > 0)
    await tx.rows(
      `update team
      set version = version + 1
      where workspace_id = $1 and id = any($2::uuid[])`,
      [tx.workspaceId, moved],
    )
}

/** Refuses ids that are none of this workspace. */
export async function checkThere(
  tx: Tx,
  table: 'team' | 'member',
  field: string,
  ids: readonly string[],
): Promise<void> {
  const rows = await tx.rows<{ id: string }>(
    `select id from ${table} where workspace_id = $1 and id = any($2::uuid[])`,
    [tx.workspaceId, ids],
  )
  const there = new Set(rows.map(({ id }) => id))
  const faults = ids.flatMap((id, i) =>
    there.has(id.toLowerCase())
      ? []
      : [
          {
            field: `body.${field}[${i}]`,
            what: { en: `There is no such ${table}.`, zh: table === 'team' ? '没有这个团队。' : '没有这个成员。' },
          },
        ],
  )
  if (faults.length > 0) throw new InvalidInput(faults)
}

/** Without an administrator nobody could let anybody in again. Locks all of them, so that two cannot leave at the same moment. */
export async function keepAnAdministrator(tx: Tx, leaving: string): Promise<void> {
  const rows = await tx.rows<{ id: string }>(
    `select id
     from member
     where workspace_id = $1 and role = 'administrator' and disabled_at is null
     order by id
     for no key update`,
    [tx.workspaceId],
  )
  if (rows.some(({ id }) => id !== leaving)) return
  throw new Conflict({
    en: 'This is the last administrator. Make somebody else administrator first.',
    zh: '这是最后一位管理员。请先指定另一位管理员。',
  })
}
