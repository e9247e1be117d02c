import { sql } from 'kysely'
import type { Member, Role } from '@sente/client'
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

/** Members of the workspace in the order in which they came; one of them with `id`. */
export async function membersOf(tx: Tx, workspaceId: string, id?: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select m.id, m.version, m.email, m.name, m.role, m.sensitive, m.disabled_at, m.password_hash, m.created_at,
      array(select t.team_id from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id) as team_ids
    from member m
    where m.workspace_id = ${workspaceId} ${id === undefined ? sql`` : sql`and m.id = ${id}`}
    order by m.id`.execute(tx.db)
  return rows
}
