import type { DEAL_SORTS, DealRow } from '@sente/api'
import { filesPlace } from '../../shared/files/files.ts'

export const PHASES = ['frame', 'need', 'define', 'evaluate', 'risk', 'commit', 'implement', 'realize'] as const
export const STATUSES = ['open', 'won', 'lost', 'no-decision'] as const
export const LEAD_STATES = ['ahead', 'behind', 'covered', 'closed'] as const
export const COLUMNS = [
  'account',
  'owner',
  'phase',
  'lead',
  'cover',
  'danger',
  'amount',
  'win',
  'decisionOn',
  'nextStartBy',
  'openedOn',
  'updatedAt',
] as const
export type Column = (typeof COLUMNS)[number]
export type Sort = (typeof DEAL_SORTS)[number]
const SORTS: readonly Sort[] = [
  'name',
  'account',
  'owner',
  'amount',
  'phase',
  'progress',
  'lead',
  'cover',
  'danger',
  'win',
  'decisionOn',
  'nextStartBy',
  'openedOn',
  'updatedAt',
]

/** The CRM expects something of a deal that is open: an end, a next step. */
export const saysCrm = ({ status, crmCloseOn, crmNextStep }: DealRow): boolean =>
  status === 'open' && (crmCloseOn !== undefined || crmNextStep !== undefined)

/** What the deals screen shows, as its address says it. */
export interface DealsSearch {
  q?: string | undefined
  status?: (typeof STATUSES)[number][] | undefined
  phase?: (typeof PHASES)[number][] | undefined
  lead?: (typeof LEAD_STATES)[number][] | undefined
  owner?: string | undefined
  danger?: true | undefined
  vacuum?: true | undefined
  sort?: Sort | undefined
  order?: 'asc' | 'desc' | undefined
  layout?: 'table' | 'board' | undefined
  columns?: Column[] | undefined
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((one) => one === value)
function someOf<T extends string>(values: readonly T[], value: unknown): T[] | undefined {
  const asked: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : []
  const known = asked.flatMap((one) => oneOf(values, one) ?? [])
  return known.length > 0 ? known : undefined
}

/** A bad link still opens the screen: a part that cannot be read is left out. */
export function dealsSearch(search: Record<string, unknown>): DealsSearch {
  const { q, owner, danger, vacuum } = search
  const read: DealsSearch = {
    q: typeof q === 'string' || typeof q === 'number' ? String(q) : undefined,
    status: someOf(STATUSES, search['status']),
    phase: someOf(PHASES, search['phase']),
    lead: someOf(LEAD_STATES, search['lead']),
    owner: typeof owner === 'string' ? owner : undefined,
    danger: danger === true ? true : undefined,
    vacuum: vacuum === true ? true : undefined,
    sort: oneOf(SORTS, search['sort']),
    order: oneOf(['asc', 'desc'], search['order']),
    layout: oneOf(['table', 'board'], search['layout']),
    columns: someOf(COLUMNS, search['columns']),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

export const DEFAULT_COLUMNS: readonly Column[] = [
  'account',
  'owner',
  'phase',
  'lead',
  'cover',
  'danger',
  'amount',
  'win',
  'decisionOn',
]

/** Open deals, unless something else was asked for: most of a book is history. Files that were named are meant, whatever became of them. */
export const statusOf = ({ status }: DealsSearch): DealsSearch['status'] =>
  status ?? (filesPlace === undefined ? ['open'] : [...STATUSES])

/** The filters of a screen as the API takes them. */
export function filterOf(search: DealsSearch) {
  const { q, phase, lead, owner, danger, vacuum } = search
  return {
    ...(q ? { q } : {}),
    status: statusOf(search),
    ...(phase ? { phase } : {}),
    ...(lead ? { leadState: lead } : {}),
    ...(owner ? { ownerId: [owner] } : {}),
    ...(danger ? { danger: 'true' } : {}),
    ...(vacuum ? { vacuum: 'true' } : {}),
  }
}

/** Biggest danger first where nothing was chosen: whoever is furthest behind. */
export const sortOf = ({ sort, order }: DealsSearch): { sort: Sort; order: 'asc' | 'desc' } => ({
  sort: sort ?? 'lead',
  order: order ?? (sort === undefined ? 'asc' : 'desc'),
})

/** What a click on a heading asks for next: first the direction in which one usually looks, then the other. */
export function nextSort(search: DealsSearch, column: Sort): Pick<DealsSearch, 'sort' | 'order'> {
  const now = sortOf(search)
  const first = ['name', 'account', 'owner', 'lead', 'cover', 'decisionOn', 'nextStartBy'].includes(column)
    ? 'asc'
    : 'desc'
  if (now.sort !== column) return { sort: column, order: first }
  return { sort: column, order: now.order === 'asc' ? 'desc' : 'asc' }
}

export const isFiltered = ({ q, status, phase, lead, owner, danger, vacuum }: DealsSearch): boolean =>
  [q, status, phase, lead, owner, danger, vacuum].some((part) => part !== undefined && part !== '')
