import type { dealFilters } from '@sente/api'
import { PHASES } from '@sente/engine'
import type { z } from 'zod'
import type { Visibility } from './visibility.ts'
import { visibilitySql } from './visibility.ts'
import type { Tx } from './tenant.ts'
import { queryOf, termsOf } from './words.ts'

export type DealFilter = z.output<z.ZodObject<typeof dealFilters>>

/** Collects the parameters of a query that is put together. */
export class Parameters {
  readonly values: unknown[] = []
  readonly add = (value: unknown): string => {
    this.values.push(value)
    return `$${this.values.length}`
  }
}

/** Filters of everyday lists. Their queries are planned once per connection; with rare ones too, plans would pile up. */
const EVERYDAY = new Set<keyof DealFilter>(['ownerId', 'teamId', 'status', 'phase', 'currency'])
export const isEveryday = (filter: DealFilter): boolean =>
  (Object.keys(filter) as (keyof DealFilter)[]).every((name) => filter[name] === undefined || EVERYDAY.has(name))

/** What a visibility and a filter both hold: where owners are asked for, the fewer owners, so that an index finds them. */
export interface Narrowed {
  visibility: Visibility
  /** Owners by filter and visibility together; undefined: not narrowed. */
  owners: readonly string[] | undefined
}

export async function narrow(tx: Tx, visibility: Visibility, filter: DealFilter): Promise<Narrowed> {
  let owners: readonly string[] | undefined = filter.ownerId?.length ? filter.ownerId : undefined
  if (filter.teamId?.length) {
    const rows = await tx.rows<{ id: string }>(
      `select distinct member_id as id
       from team_member
       where workspace_id = $1 and team_id = any($2::uuid[])`,
      [tx.workspaceId, filter.teamId],
    )
    const mates = rows.map(({ id }) => id)
    owners = owners ? owners.filter((id) => mates.includes(id)) : mates
  }
  return { visibility, owners }
}

/** Conditions on `deal d` that hold for what is asked for and may be seen. */
export function conditions(
  tx: Tx,
  { visibility, owners }: Narrowed,
  filter: DealFilter,
  add: Parameters['add'],
): string[] {
  const where = [`d.workspace_id = ${add(tx.workspaceId)}`]
  // When all owners asked for are visible, naming them is enough.
  const allSeen = owners !== undefined && !visibility.all && owners.every((id) => visibility.owners.includes(id))
  if (owners)
    where.push(owners.length === 1 ? `d.owner_id = ${add(owners[0])}` : `d.owner_id = any(${add(owners)}::uuid[])`)
  if (!allSeen && !visibility.all) where.push(visibilitySql(visibility, add))
  const one = (column: string, values: readonly unknown[] | undefined, type: string): void => {
    // An empty list asks for nothing in particular.
    if (values?.length)
      where.push(
        values.length === 1 ? `d.${column} = ${add(values[0])}` : `d.${column} = any(${add(values)}::${type}[])`,
      )
  }
  one('status', filter.status, 'text')
  one(
    'phase',
    filter.phase?.map((phase) => PHASES.indexOf(phase)),
    'smallint',
  )
  if (filter.judged !== undefined) where.push(`d.phase is ${filter.judged ? 'not ' : ''}null`)
  one('account_id', filter.accountId, 'uuid')
  one('lead_state', filter.leadState, 'text')
  one('currency', filter.currency, 'text')
  const compare = (column: string, operator: string, value: unknown, type: string): void => {
    if (value !== undefined) where.push(`d.${column} ${operator} ${add(value)}::${type}`)
  }
  compare('lead_days', '<', filter.leadBelow, 'int')
  compare('cover', '<', filter.coverBelow, 'real')
  compare('vacuum', '=', filter.vacuum, 'boolean')
  if (filter.danger !== undefined) where.push(filter.danger ? 'd.danger_count > 0' : 'coalesce(d.danger_count, 0) = 0')
  compare('amount', '>=', filter.amountFrom, 'numeric')
  compare('amount', '<=', filter.amountTo, 'numeric')
  compare('opened_on', '>=', filter.openedFrom, 'date')
  compare('opened_on', '<=', filter.openedTo, 'date')
  compare('decision_on', '>=', filter.decisionFrom, 'date')
  compare('decision_on', '<=', filter.decisionTo, 'date')
  const query = queryOf(termsOf(filter.q ?? ''))
  // The words of a deal's account are among its own.
  if (query !== null) where.push(`d.id = any(array(select name_hits(${add(query)}::tsquery, 'deal')))`)
  return where
}
