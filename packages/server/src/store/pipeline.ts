import { PHASES } from '@sente/engine'
import type { PhaseId } from '@sente/engine'
import { conditions, isEveryday, narrow, Parameters } from './deal-filter.ts'
import type { DealFilter, Narrowed } from './deal-filter.ts'
import { visibilityOf } from './visibility.ts'
import type { Viewer } from './visibility.ts'
import type { Tx } from './tenant.ts'

export interface PipelineCell {
  phase?: PhaseId
  currency?: string
  count: number
  amount: string
  behind: number
  danger: number
}
interface Cell {
  phase: number
  currency: string
  count: number
  amount: string
  behind: number
  danger: number
}

/**
 * Deals counted and amounts added up by the customer's phase and by currency, over everything the viewer may see and asks for. Totals that are
 * kept answer where they can; else the deals are added up in the database. Amounts of different currencies are never added.
 */
export async function pipeline(
  tx: Tx,
  viewer: Viewer,
  filter: DealFilter,
): Promise<{ cells: PipelineCell[]; total: number; stale: number }> {
  const narrowed = await narrow(tx, await visibilityOf(tx, viewer), filter)
  // The kept totals know these filters.
  const kept = isEveryday(filter)
  const { values, add } = new Parameters()
  const where = conditions(tx, narrowed, filter, add).join(' and ')
  const columns = kept ? 'workspace_id, id, owner_id, status, phase, currency' : '*'
  const [cells, [waiting]] = await Promise.all([
    kept ? fromTotals(tx, narrowed, filter) : fromDeals(tx, narrowed, filter),
    // First what waits, of which there is little and which has an index of its own; then what is asked for.
    tx.rows<{ stale: number }>(
      `with d as materialized (select ${columns} from deal where workspace_id = $1 and stale)
       select count(*)::int as stale
       from d
       where ${where}`,
      values,
      ...(kept ? ['stale'] : []),
    ),
  ])
  return {
    cells: cells.map(({ phase, currency, ...cell }) => ({
      ...(phase < 0 ? {} : { phase: PHASES[phase]! }),
      ...(currency === '' ? {} : { currency }),
      ...cell,
    })),
    total: cells.reduce((sum, cell) => sum + cell.count, 0),
    stale: waiting!.stale,
  }
}

const SUMS = `coalesce(d.phase, -1) as phase, coalesce(d.currency, '') as currency, count(*) as deals, coalesce(sum(d.amount), 0) as amount,
  count(*) filter (where d.lead_state = 'behind') as behind, count(*) filter (where d.danger_count > 0) as danger`
const ADDED = (from: string): string =>
  `select phase::int, currency, sum(deals)::int as count, trim_scale(sum(amount))::text as amount, sum(behind)::int as behind, sum(danger)::int as danger
   from (${from}) t
   group by 1, 2
   having sum(deals) <> 0
   order by 1, 2`

function fromDeals(tx: Tx, narrowed: Narrowed, filter: DealFilter): Promise<Cell[]> {
  const { values, add } = new Parameters()
  return tx.rows<Cell>(
    ADDED(`select ${SUMS}
      from deal d
      where ${conditions(tx, narrowed, filter, add).join(' and ')}
      group by 1, 2`),
    values,
  )
}

function fromTotals(tx: Tx, { visibility, owners }: Narrowed, filter: DealFilter): Promise<Cell[]> {
  const { values, add } = new Parameters()
  const seen = visibility.all
    ? owners
    : owners
      ? owners.filter((id) => visibility.owners.includes(id))
      : visibility.owners
  const where = [`t.workspace_id = ${add(tx.workspaceId)}`]
  if (seen) where.push(`t.owner_id = any(${add(seen)}::uuid[])`)
  if (filter.status?.length) where.push(`t.status = any(${add(filter.status)}::text[])`)
  if (filter.phase?.length)
    where.push(`t.phase = any(${add(filter.phase.map((phase) => PHASES.indexOf(phase)))}::smallint[])`)
  if (filter.currency?.length) where.push(`t.currency = any(${add(filter.currency)}::text[])`)
  let from = `select t.phase, t.currency, t.deals, t.amount, t.behind, t.danger
    from deal_total t
    where ${where.join(' and ')}`
  if (!visibility.all && visibility.shared.length > 0) {
    // What others share is theirs in the totals: it is added up by itself.
    const shared: Narrowed = {
      visibility: { all: false, owners: [], shared: visibility.shared, sharedPersonal: [] },
      owners,
    }
    from += `
    union all
    select ${SUMS}
    from deal d
    where ${conditions(tx, shared, filter, add).join(' and ')} and d.owner_id <> all(${add(visibility.owners)}::uuid[])
    group by 1, 2`
  }
  return tx.rows<Cell>(ADDED(from), values, 'totals')
}
