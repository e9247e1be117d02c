import type { Role } from '@sente/api'
import type { Tx } from '../store/tenant.ts'
import { permissionsOf } from './principal.ts'
import type { Principal } from './principal.ts'

/**
 * What is left of a caller's rights, for what lasts longer than a request should: never more than they had at its start. Nothing when the member
 * was shut out, or the session or token that they came with was ended.
 */
export async function rightsNow(
  tx: Tx,
  { member, permissions, token, session }: Principal,
): Promise<Pick<Principal, 'member' | 'permissions'> | undefined> {
  const [now] = await tx.rows<{ role: Role; sensitive: boolean | null; team_ids: string[] }>(
    `select m.role, m.sensitive, array(select t.team_id::text
       from team_member t
       where t.workspace_id = $1 and t.member_id = m.id) as team_ids
     from member m where m.workspace_id = $1 and m.id = $2 and m.disabled_at is null
       and ($3::uuid is null or exists (select from api_token a where a.workspace_id = $1 and a.id = $3))
       and ($4::uuid is null or exists (select from session s where s.workspace_id = $1 and s.id = $4))`,
    [tx.workspaceId, member.id, token?.id ?? null, session?.id ?? null],
    'rights_now',
  )
  if (!now) return undefined
  const left = permissionsOf(now.role, now.sensitive)
  return {
    member: { ...member, role: now.role, teamIds: now.team_ids },
    permissions: new Set([...permissions].filter((permission) => left.has(permission))),
  }
}
