import type { Account, Person } from '@sente/api'
import { cursorOf, isId, placeOf } from './cursors.ts'
import { Parameters } from './deal-filter.ts'
import { recordOf } from './records.ts'
import type { Row } from './records.ts'
import { BadCursor } from './refusal.ts'
import { visibilityOf, visibilitySql } from './visibility.ts'
import type { Viewer } from './visibility.ts'
import type { Tx } from './tenant.ts'
import { termsOf } from './words.ts'

/** Accounts and people of customers: the address book of the workspace, the same for everybody who may read it. */
export interface AccountQuery {
  q?: string | undefined
  industry?: string | undefined
  region?: string | undefined
  ownerId?: string | undefined
  parentId?: string | undefined
  sort?: 'name' | 'updatedAt'
  order?: 'asc' | 'desc'
  limit?: number
  cursor?: string | undefined
}

const placed = (place: readonly unknown[]): boolean =>
  place.length === 2 && typeof place[0] === 'string' && isId(place[1])

/** Accounts; of their deals only those are counted that the viewer may see. */
export async function listAccounts(
  tx: Tx,
  viewer: Viewer,
  { sort = 'name', order = 'asc', limit = 50, cursor, ...filter }: AccountQuery,
): Promise<{ items: (Account & { openDeals: number; people: number })[]; next?: string }> {
  const list = ['accounts', sort, order, filter]
  const place = placeOf<[string, string]>(list, cursor, placed)
  const visibility = await visibilityOf(tx, viewer)
  const { values, add } = new Parameters()
  const workspace = add(tx.workspaceId)
  const [by, type] = sort === 'name' ? ['lower(t.name)', 'text'] : ['t.updated_at', 'timestamptz']
  const where = [`t.workspace_id = ${workspace}`]
  for (const [column, value] of [
    ['industry', filter.industry],
    ['region', filter.region],
    ['owner_id', filter.ownerId],
    ['parent_id', filter.parentId],
  ] as const)
    if (value !== undefined) where.push(`t.${column} = ${add(value)}`)
  for (const { query } of termsOf(filter.q ?? ''))
    where.push(`t.id in (select name_hits(${add(query)}::tsquery, 'account'))`)
  if (place) where.push(after(by, type, order, place, add))
  const ordered = `${by} ${order}, t.id ${order}`
  const rows = await tx
    .rows<{ row: Row; place: string; open: number; people: number }>(
      `select to_jsonb(t) as row, (${by})::text as place,
       (select count(*)::int
         from deal d
         where d.workspace_id = ${workspace} and d.account_id = t.id and d.status = 'open' and ${visibilitySql(visibility, add)}) as open,
       (select count(*)::int from person p where p.workspace_id = ${workspace} and p.account_id = t.id) as people
     from (select * from account t where ${where.join(' and ')} order by ${ordered} limit ${add(limit + 1)}) t
     order by ${ordered}`,
      values,
    )
    .catch(unreadable(cursor))
  return paged(list, rows, limit, ({ row, open, people }) => ({ ...recordOf('account', row), openDeals: open, people }))
}

export async function listPeople(
  tx: Tx,
  {
    limit = 50,
    cursor,
    ...filter
  }: { q?: string | undefined; accountId?: string | undefined; limit?: number; cursor?: string | undefined },
): Promise<{ items: Person[]; next?: string }> {
  const list = ['people', filter]
  const place = placeOf<[string, string]>(list, cursor, placed)
  const { values, add } = new Parameters()
  const where = [`t.workspace_id = ${add(tx.workspaceId)}`]
  if (filter.accountId !== undefined) where.push(`t.account_id = ${add(filter.accountId)}`)
  for (const { query } of termsOf(filter.q ?? ''))
    where.push(`t.id in (select name_hits(${add(query)}::tsquery, 'person'))`)
  if (place) where.push(after('lower(t.name)', 'text', 'asc', place, add))
  const rows = await tx
    .rows<{ row: Row; place: string }>(
      `select to_jsonb(t) as row, lower(t.name) as place
       from person t
       where ${where.join(' and ')}
       order by lower(t.name), t.id
       limit ${add(limit + 1)}`,
      values,
    )
    .catch(unreadable(cursor))
  return paged(list, rows, limit, ({ row }) => recordOf('person', row))
}

function after(
  by: string,
  type: string,
  order: 'asc' | 'desc',
  [value, id]: readonly [string, string],
  add: Parameters['add'],
): string {
  const [than, from] = order === 'asc' ? ['>', '>='] : ['<', '<=']
  const at = `${add(value)}::${type}`
  return `${by} ${from} ${at} and (${by} ${than} ${at} or t.id ${than} ${add(id)})`
}

const unreadable =
  (cursor: string | undefined) =>
  (error: unknown): never => {
    if (cursor !== undefined && (error as { code?: string }).code?.startsWith('22')) throw new BadCursor()
    throw error
  }

function paged<R extends { row: Row; place: string }, T>(
  list: unknown,
  rows: readonly R[],
  limit: number,
  itemOf: (row: R) => T,
): { items: T[]; next?: string } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(itemOf),
    ...(rows.length > limit && last ? { next: cursorOf(list, [last.place, last.row.id]) } : {}),
  }
}
