import { DEAL_SORTS } from '@sente/client'
import { z } from 'zod'

/** What the deals screen shows, as its address says it; a part that cannot be read is left out. */
const text = z.string().optional().catch(undefined)
const list = <T extends string>(values: readonly [T, ...T[]]) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',').filter((one) => (values as readonly string[]).includes(one)) : value), z.array(z.enum(values)).min(1)).optional().catch(undefined)

export const PHASES = ['frame', 'need', 'define', 'evaluate', 'risk', 'commit', 'implement', 'realize'] as const
export const STATUSES = ['open', 'won', 'lost', 'no-decision'] as const
export const LEAD_STATES = ['ahead', 'behind', 'covered', 'closed'] as const
export const COLUMNS = ['account', 'owner', 'phase', 'lead', 'cover', 'danger', 'amount', 'win', 'decisionOn', 'nextStartBy', 'openedOn', 'updatedAt'] as const
export type Column = (typeof COLUMNS)[number]
export type Sort = (typeof DEAL_SORTS)[number]

export const dealsSearch = z.object({
  q: text,
  status: list(STATUSES),
  phase: list(PHASES),
  lead: list(LEAD_STATES),
  owner: text,
  danger: z.literal(true).optional().catch(undefined),
  vacuum: z.literal(true).optional().catch(undefined),
  sort: z.enum(DEAL_SORTS).optional().catch(undefined),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  layout: z.enum(['table', 'board']).optional().catch(undefined),
  columns: list(COLUMNS),
})
export type DealsSearch = z.infer<typeof dealsSearch>

export const DEFAULT_COLUMNS: readonly Column[] = ['account', 'owner', 'phase', 'lead', 'cover', 'danger', 'amount', 'win', 'decisionOn']

/** Open deals, unless something else was asked for: most of a book is history. */
export const statusOf = ({ status }: DealsSearch): DealsSearch['status'] => status ?? ['open']

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
export const sortOf = ({ sort, order }: DealsSearch): { sort: Sort; order: 'asc' | 'desc' } => ({ sort: sort ?? 'lead', order: order ?? (sort === undefined ? 'asc' : 'desc') })

/** What a click on a heading asks for next: first the direction in which one usually looks, then the other. */
export function nextSort(search: DealsSearch, column: Sort): Pick<DealsSearch, 'sort' | 'order'> {
  const now = sortOf(search)
  const first = ['name', 'account', 'owner', 'lead', 'cover', 'decisionOn', 'nextStartBy'].includes(column) ? 'asc' : 'desc'
  if (now.sort !== column) return { sort: column, order: first }
  return { sort: column, order: now.order === 'asc' ? 'desc' : 'asc' }
}

export const isFiltered = ({ q, status, phase, lead, owner, danger, vacuum }: DealsSearch): boolean => [q, status, phase, lead, owner, danger, vacuum].some((part) => part !== undefined && part !== '')
