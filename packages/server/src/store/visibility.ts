import { ROLE_VISIBILITY } from '@sente/api'
import type { Permission, Role } from '@sente/api'
import type { Tx } from './tenant.ts'

/**
 * Which deals a member sees: those of the workspace, of the members of their teams, or their own, as their role says; and those shared with them
 * or with a team of theirs. Everything else is denied. Accounts and people of customers are seen by everybody who may read accounts: they are the
 * workspace's address book, and two sellers must notice that they call on the same customer. How we stand with somebody is known by deals only.
 */
export interface Viewer {
  memberId: string
  role: Role
  teamIds: readonly string[]
  /** May write deals at all, and may see what is personal at all. */
  write: boolean
  sensitive: boolean
}

/** The viewer that a request stands for; a token may carry less than its member may. */
export function viewerOf(principal: {
  member: { id: string; role: Role; teamIds: readonly string[] }
  permissions: ReadonlySet<Permission>
}): Viewer {
  const { member, permissions } = principal
  return {
    memberId: member.id,
    role: member.role,
    teamIds: member.teamIds,
    write: permissions.has('deals:write'),
    sensitive: permissions.has('sensitive:read'),
  }
}

/** Who sees everything: the program itself, its jobs and the command line on one's own machine. */
export const EVERYTHING: Viewer = {
  memberId: '00000000-0000-0000-0000-000000000000',
  role: 'administrator',
  teamIds: [],
  write: true,
  sensitive: true,
}

/** What a viewer may do with a deal. */
export interface Access {
  read: boolean
  write: boolean
  sensitive: boolean
  /** Share it further, give it to somebody else: not by a share alone. */
  share: boolean
}
export const NO_ACCESS: Access = { read: false, write: false, sensitive: false, share: false }

/** The sets that a viewer's deals are found by; small, and looked up once for a request. */
export type Visibility =
  | { all: true }
  | { all: false; owners: readonly string[]; shared: readonly string[]; sharedPersonal: readonly string[] }

export async function visibilityOf(tx: Tx, viewer: Viewer): Promise<Visibility> {
  const scope = ROLE_VISIBILITY[viewer.role]
  if (scope === 'all') return { all: true }
  const [found] = await tx.rows<{ mates: string[]; shared: string[]; personal: string[] }>(
    `select array(select distinct member_id::text
       from team_member
       where workspace_id = $1 and team_id = any($3::uuid[])) as mates,
       array(select deal_id::text
         from deal_share
         where workspace_id = $1 and (member_id = $2 or team_id = any($3::uuid[]))) as shared,
       array(select deal_id::text
         from deal_share
         where workspace_id = $1 and (member_id = $2 or team_id = any($3::uuid[])) and sensitive) as personal`,
    [tx.workspaceId, viewer.memberId, viewer.teamIds],
    'visibility',
  )
  return {
    all: false,
    owners: scope === 'teams' ? [...new Set([viewer.memberId, ...found!.mates])] : [viewer.memberId],
    shared: found!.shared,
    sharedPersonal: found!.personal,
  }
}

/** Visibility as SQL; `add` takes a parameter and answers its place. `null`: no deal at all. */
export function visibilitySql(visibility: Visibility, add: (value: unknown) => string, deal = 'd'): string {
  if (visibility.all) return 'true'
  const own =
    visibility.owners.length === 1
      ? `${deal}.owner_id = ${add(visibility.owners[0])}`
      : `${deal}.owner_id = any(${add(visibility.owners)}::uuid[])`
  return visibility.shared.length === 0 ? own : `(${own} or ${deal}.id = any(${add(visibility.shared)}::uuid[]))`
}

/** What a viewer may do with one deal. A deal that is not there gives no access, so that nobody learns which ids exist. */
export async function accessTo(tx: Tx, viewer: Viewer, dealId: string): Promise<Access> {
  return (await accessToAll(tx, viewer, [dealId])).get(dealId) ?? NO_ACCESS
}

const MINE = `(d.owner_id = $3 or $5 = 'all' or ($5 = 'teams' and exists (select from team_member t where t.workspace_id = $1 and t.member_id = d.owner_id and t.team_id = any($4::uuid[]))))`
/** What a viewer may do with a deal `d`, as SQL: $1 workspace, $3 the member, $4 their teams, $5 how far their role sees. */
export const ACCESS = {
  columns: `${MINE} as mine, s.deal_id is not null as shared, coalesce(s.may_write, false) as may_write, coalesce(s.sensitive, false) as sensitive`,
  join: `left join lateral (
    select max(s.deal_id::text) as deal_id, bool_or(s.may_write) as may_write, bool_or(s.sensitive) as sensitive
    from deal_share s
    where s.workspace_id = $1
      and s.deal_id = d.id
      and (s.member_id = $3 or s.team_id = any($4::uuid[]))) s on true`,
  /** For whoever may write deals at all. */
  writable: `(${MINE} or s.may_write)`,
  values: ({ memberId, teamIds, role }: Viewer): unknown[] => [memberId, teamIds, ROLE_VISIBILITY[role]],
}
export interface AccessRow {
  mine: boolean
  shared: boolean
  may_write: boolean
  sensitive: boolean
}

export function accessOf(viewer: Viewer, row: AccessRow): Access {
  if (!row.mine && !row.shared) return NO_ACCESS
  return {
    read: true,
    write: viewer.write && (row.mine || row.may_write),
    sensitive: viewer.sensitive && (row.mine || row.sensitive),
    share: viewer.write && row.mine,
  }
}

/** The same for many; deals without access are not in it. */
export async function accessToAll(tx: Tx, viewer: Viewer, dealIds: readonly string[]): Promise<Map<string, Access>> {
  const rows = await tx.rows<AccessRow & { id: string }>(
    `select d.id, ${ACCESS.columns}
     from deal d ${ACCESS.join}
     where d.workspace_id = $1 and d.id = any($2::uuid[])`,
    [tx.workspaceId, dealIds, ...ACCESS.values(viewer)],
    'access',
  )
  return new Map(rows.map((row): [string, Access] => [row.id, accessOf(viewer, row)]).filter(([, { read }]) => read))
}
