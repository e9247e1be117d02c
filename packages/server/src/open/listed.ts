import type { DEAL_SORTS, dealFilters, DealRow } from '@sente/api'
import { decimalOf, millionthsOf, PHASES, summary } from '@sente/engine'
import type { z } from 'zod'
import { summaryColumns } from '../store/summaries.ts'
import { summaryOf } from '../store/summary.ts'
import { dealShown } from './shelf.ts'
import type { Shelf, Shelved } from './shelf.ts'

type Filter = z.output<z.ZodObject<typeof dealFilters>>
type Sort = (typeof DEAL_SORTS)[number]

/** Rows that were computed, for as long as neither file nor day is another. */
const known = new WeakMap<Shelved, { on: string; row: DealRow }>()

/** The deals of the files as the list shows them; `owner` is whoever opened them. */
export async function rowsOf(shelf: Shelf, owner: { id: string; name: string }): Promise<DealRow[]> {
  return [...(await shelf.deals()).values()].map((shelved) => rowOf(shelf, shelved, owner))
}

function rowOf(shelf: Shelf, shelved: Shelved, owner: { id: string; name: string }): DealRow {
  const on = shelf.today()
  const made = known.get(shelved)
  if (made?.on === on) return made.row
  const { deal, account, estimate } = shelved.whole
  const said = summaryOf(summaryColumns(summary(dealShown(shelved), shelf.method, on), '', deal.version), deal.version)
  const sellers = (estimate ?? []).filter(({ side }) => side === 'seller')
  const last = sellers.toSorted((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : 1)).at(-1)
  const row: DealRow = {
    id: deal.id,
    version: deal.version,
    name: deal.name,
    ...(account && { account: { id: account.id, name: account.name } }),
    owner,
    ...(deal.amount && { amount: deal.amount }),
    status: deal.status,
    ...(deal.openedOn !== undefined && { openedOn: deal.openedOn }),
    ...(deal.closedOn !== undefined && { closedOn: deal.closedOn }),
    ...(last && { sellerEstimate: last.value }),
    ...(deal.crmCloseOn !== undefined && { crmCloseOn: deal.crmCloseOn }),
    ...(deal.crmNextStep !== undefined && { crmNextStep: deal.crmNextStep.slice(0, 200) }),
    updatedAt: shelved.changedAt,
    ...(said && { summary: said }),
  }
  known.set(shelved, { on, row })
  return row
}

const among = <T>(list: readonly T[] | undefined, value: T | undefined): boolean =>
  !list?.length || (value !== undefined && list.includes(value))
const from = (bound: string | undefined, value: string | undefined): boolean =>
  bound === undefined || (value !== undefined && value >= bound)
const to = (bound: string | undefined, value: string | undefined): boolean =>
  bound === undefined || (value !== undefined && value <= bound)
const below = (bound: number | undefined, value: number | undefined): boolean =>
  bound === undefined || (value !== undefined && value < bound)
const is = (wanted: boolean | undefined, value: boolean): boolean => wanted === undefined || wanted === value

/** Which rows a filter holds for; teams there are none of. */
export function filtered(rows: readonly DealRow[], filter: Filter): DealRow[] {
  const words = (filter.q ?? '').normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  const tests: ((row: DealRow) => boolean)[] = [
    ({ name, account }) =>
      words.every((word) => `${name} ${account?.name ?? ''}`.normalize('NFKC').toLowerCase().includes(word)),
    ({ owner }) => among(filter.ownerId, owner.id) && !filter.teamId?.length,
    ({ account }) => among(filter.accountId, account?.id),
    ({ status }) => among(filter.status, status),
    ({ summary: s }) => among(filter.phase, s?.phase) && is(filter.judged, s?.phase !== undefined),
    ({ summary: s }) => among(filter.leadState, s?.lead.state) && below(filter.leadBelow, s?.lead.days),
    ({ summary: s }) => below(filter.coverBelow, s?.cover) && is(filter.vacuum, s?.vacuum === true),
    ({ summary: s }) => is(filter.danger, (s?.dangers ?? 0) > 0),
    ({ amount }) => among(filter.currency, amount?.currency),
    ({ amount }) =>
      filter.amountFrom === undefined ||
      (amount !== undefined && millionthsOf(amount.value) >= millionthsOf(filter.amountFrom)),
    ({ amount }) =>
      filter.amountTo === undefined ||
      (amount !== undefined && millionthsOf(amount.value) <= millionthsOf(filter.amountTo)),
    ({ openedOn }) => from(filter.openedFrom, openedOn) && to(filter.openedTo, openedOn),
    ({ summary: s }) => from(filter.decisionFrom, s?.decisionOn) && to(filter.decisionTo, s?.decisionOn),
  ]
  return rows.filter((row) => tests.every((test) => test(row)))
}

type Key = string | number | bigint | undefined
const KEYS: Readonly<Record<Sort, (row: DealRow) => Key>> = {
  name: ({ name }) => name.toLowerCase(),
  account: ({ account }) => account?.name.toLowerCase(),
  owner: ({ owner }) => owner.name.toLowerCase(),
  amount: ({ amount }) => amount && millionthsOf(amount.value),
  phase: ({ summary: s }) => (s?.phase === undefined ? undefined : PHASES.indexOf(s.phase)),
  progress: ({ summary: s }) => s?.progress,
  lead: ({ summary: s }) => s?.lead.days,
  cover: ({ summary: s }) => s?.cover,
  danger: ({ summary: s }) => s?.dangers,
  win: ({ summary: s }) => s?.win,
  decisionOn: ({ summary: s }) => s?.decisionOn,
  nextStartBy: ({ summary: s }) => s?.nextStartBy,
  openedOn: ({ openedOn }) => openedOn,
  updatedAt: ({ updatedAt }) => updatedAt,
}

/** In order; what has no value comes last, whichever way. */
export function sorted(rows: readonly DealRow[], sort: Sort, order: 'asc' | 'desc'): DealRow[] {
  const way = order === 'asc' ? 1 : -1
  return rows.toSorted((one, other) => {
    const [a, b] = [KEYS[sort](one), KEYS[sort](other)]
    if (a === b) return one.id < other.id ? -1 : 1
    if (a === undefined) return 1
    if (b === undefined) return -1
    return a < b ? -way : way
  })
}

interface Cell {
  phase?: (typeof PHASES)[number]
  currency?: string
  count: number
  amount: string
  behind: number
  danger: number
}

/** Counted, and amounts added exactly, by phase and currency. */
export function cellsOf(rows: readonly DealRow[]): Cell[] {
  const groups = Map.groupBy(rows, ({ summary: s, amount }) => `${s?.phase ?? ''} ${amount?.currency ?? ''}`)
  return [...groups.values()].map((group): Cell => {
    const [{ summary: s, amount }] = group as [DealRow]
    return {
      ...(s?.phase !== undefined && { phase: s.phase }),
      ...(amount && { currency: amount.currency }),
      count: group.length,
      amount: decimalOf(group.reduce((sum, row) => sum + (row.amount ? millionthsOf(row.amount.value) : 0n), 0n)),
      behind: group.filter((row) => row.summary?.lead.state === 'behind').length,
      danger: group.filter((row) => (row.summary?.dangers ?? 0) > 0).length,
    }
  })
}
