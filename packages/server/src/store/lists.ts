import type { DEAL_SORTS, DealRow } from '@sente/api'
import { cursorOf, isId, placeOf } from './cursors.ts'
import { conditions, isEveryday, narrow, Parameters } from './deal-filter.ts'
import type { DealFilter } from './deal-filter.ts'
import { BadCursor } from './refusal.ts'
import { visibilityOf } from './visibility.ts'
import type { Viewer } from './visibility.ts'
import { summaryJson, summaryOf } from './summary.ts'
import type { SummaryColumns } from './summary.ts'
import type { Tx } from './tenant.ts'
import { termsOf } from './words.ts'

export type DealSort = (typeof DEAL_SORTS)[number]
export type DealQuery = DealFilter & {
  sort?: DealSort
  order?: 'asc' | 'desc'
  limit?: number
  cursor?: string | undefined
}

interface Sort {
  sql: string
  type: string
  /** Some deals have no value; they come last, whichever way. */
  open?: true
  /** Which way ties go when it is sorted upwards, so that an index read backwards serves too. */
  ties?: 'against'
}
const SORTS: Readonly<Record<DealSort, Sort>> = {
  name: { sql: 'lower(d.name)', type: 'text' },
  account: { sql: 'lower(a.name)', type: 'text', open: true },
  owner: { sql: 'lower(m.name)', type: 'text' },
  amount: { sql: 'd.amount', type: 'numeric', open: true, ties: 'against' },
  phase: { sql: 'd.phase', type: 'smallint', open: true },
  progress: { sql: 'd.progress', type: 'real', open: true },
  lead: { sql: 'd.lead_days', type: 'int', open: true },
  cover: { sql: 'd.cover', type: 'real', open: true },
  danger: { sql: 'd.danger_count', type: 'smallint', open: true },
  win: { sql: 'd.win', type: 'real', open: true },
  decisionOn: { sql: 'd.decision_on', type: 'date', open: true },
  nextStartBy: { sql: 'd.next_start_by', type: 'date', open: true },
  openedOn: { sql: 'd.opened_on', type: 'date', open: true },
  updatedAt: { sql: 'd.updated_at', type: 'timestamptz', ties: 'against' },
}

interface ListedDeal {
  id: string
  version: number
  name: string
  account_id: string | null
  account_name: string | null
  owner_id: string
  owner_name: string
  amount: string | null
  currency: string | null
  status: DealRow['status']
  opened_on: string | null
  closed_on: string | null
  updated_at: string
  estimate: number | null
  crm_close_on: string | null
  crm_next_step: string | null
  summary: SummaryColumns
}
/** With its place in the order of the list. */
type PlacedDeal = ListedDeal & { place: string | null }

const COLUMNS = `d.id, d.version, d.name, d.account_id, a.name as account_name, d.owner_id, m.name as owner_name, d.amount::text as amount, d.currency, d.status,
  d.opened_on::text as opened_on, d.closed_on::text as closed_on, to_json(d.updated_at) #>> '{}' as updated_at,
  (select e.value from estimate e where e.workspace_id = d.workspace_id and e.deal_id = d.id and e.side = 'seller' order by e."on" desc nulls last, e.id desc limit 1) as estimate,
  d.crm_close_on::text as crm_close_on, left(d.crm_next_step, 200) as crm_next_step,
  ${summaryJson('d')} as summary`
const JOINS = `left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
   join member m on m.workspace_id = d.workspace_id and m.id = d.owner_id`

type Narrowed = Awaited<ReturnType<typeof narrow>>

/**
 * Few deals are found by whose they are and then sorted; walking a sorted index past everybody else's would take as long as there are deals.
 */
const isFew = (narrowed: Narrowed, filter: DealFilter): boolean =>
  narrowed.owners !== undefined ||
  !narrowed.visibility.all ||
  (filter.accountId?.length ?? 0) > 0 ||
  termsOf(filter.q ?? '').length > 0

/** Where an index holds just these deals in just this order, it is left to find the page. */
const isInOrder = (narrowed: Narrowed, { sort, order = 'desc', status, phase }: DealQuery): boolean =>
  sort === 'amount' && order !== 'asc' && narrowed.owners?.length === 1 && status?.length === 1 && phase?.length === 1

/** Deals that the viewer may see, filtered and sorted; a page and the cursor of the next. Throws `BadCursor`. */
export async function listDeals(
  tx: Tx,
  viewer: Viewer,
  query: DealQuery,
): Promise<{ items: DealRow[]; next?: string }> {
  const { sort = 'updatedAt', order = 'desc', limit = 50, cursor, ...filter } = query
  const by = SORTS[sort]
  const list = ['deals', sort, order, filter]
  const place = placeOf<[string | null, string]>(
    list,
    cursor,
    (at) => at.length === 2 && (at[0] === null ? by.open === true : typeof at[0] === 'string') && isId(at[1]),
  )
  const narrowed = await narrow(tx, await visibilityOf(tx, viewer), filter)
  const up = order === 'asc'
  const tiesUp = up === (by.ties !== 'against')
  const later = `d.id ${tiesUp ? '>' : '<'}`

  const fence = isFew(narrowed, filter) && !isInOrder(narrowed, query) ? 'offset 0' : ''
  const part = async (after: (add: Parameters['add']) => string[], most: number): Promise<PlacedDeal[]> => {
    const { values, add } = new Parameters()
    const where = [...conditions(tx, narrowed, filter, add), ...after(add)]
    // Names of others sort the list only after they are joined; else only the page is joined.
    const joined = sort === 'account' || sort === 'owner' ? JOINS : ''
    const orderBy = (key: string, id: string): string =>
      `order by ${key} ${up ? 'asc' : 'desc'}${by.open ? ' nulls last' : ''}, ${id} ${tiesUp ? 'asc' : 'desc'}`
    const all = `select d.id, ${by.sql} as key from deal d ${joined} where ${where.join(' and ')}`
    const inner = fence
      ? `select k.id, k.key
        from (${all} ${fence}) k ${orderBy('k.key', 'k.id')}
        limit ${add(most)}`
      : `${all} ${orderBy(by.sql, 'd.id')} limit ${add(most)}`
    return tx
      .rows<PlacedDeal>(
        `select ${COLUMNS}, k.key::text as place
         from (${inner}) k
         join deal d on d.workspace_id = $1 and d.id = k.id ${JOINS} ${orderBy('k.key', 'k.id')}`,
        values,
        ...(isEveryday(filter) ? ['list'] : []),
      )
      .catch(refuseCursor(cursor))
  }
  const rows = await part((add) => {
    if (!place) return []
    if (place[0] === null) return [`${by.sql} is null`, `${later} ${add(place[1])}`]
    const value = `${add(place[0])}::${by.type}`
    return [
      `${by.sql} ${up ? '>=' : '<='} ${value}`,
      `(${by.sql} ${up ? '>' : '<'} ${value} or ${later} ${add(place[1])})`,
    ]
  }, limit + 1)
  // Behind those with a value come those without.
  if (place && place[0] !== null && by.open && rows.length <= limit)
    rows.push(...(await part(() => [`${by.sql} is null`], limit + 1 - rows.length)))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(rowOf),
    ...(rows.length > limit && last ? { next: cursorOf(list, [last.place, last.id]) } : {}),
  }
}

/** A place that the database cannot read was not one of ours. */
const refuseCursor =
  (cursor: string | undefined) =>
  (error: unknown): never => {
    if (cursor !== undefined && (error as { code?: string }).code?.startsWith('22')) throw new BadCursor()
    throw error
  }

/** Rows of the list by id, in no order; whether they may be seen is the caller's question. */
export async function listedDeals(tx: Tx, ids: readonly string[]): Promise<DealRow[]> {
  return (
    await tx.rows<ListedDeal>(
      `select ${COLUMNS} from deal d ${JOINS} where d.workspace_id = $1 and d.id = any($2::uuid[])`,
      [tx.workspaceId, ids],
      'listed_deals',
    )
  ).map(rowOf)
}

function rowOf(row: ListedDeal): DealRow {
  const summary = summaryOf(row.summary, row.version)
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    ...(row.account_id === null ? {} : { account: { id: row.account_id, name: row.account_name! } }),
    owner: { id: row.owner_id, name: row.owner_name },
    ...(row.amount === null ? {} : { amount: { value: row.amount, currency: row.currency! } }),
    status: row.status,
    ...(row.opened_on === null ? {} : { openedOn: row.opened_on }),
    ...(row.closed_on === null ? {} : { closedOn: row.closed_on }),
    ...(row.estimate === null ? {} : { sellerEstimate: row.estimate }),
    ...(row.crm_close_on === null ? {} : { crmCloseOn: row.crm_close_on }),
    ...(row.crm_next_step === null ? {} : { crmNextStep: row.crm_next_step }),
    updatedAt: row.updated_at,
    ...(summary ? { summary } : {}),
  }
}
