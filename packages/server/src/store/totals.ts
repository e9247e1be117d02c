import type { Row } from './records.ts'
import type { Tx } from './tenant.ts'

/** Moves deals between the cells of `deal_total`. Cells are touched in one order, so that two writers never wait for each other in a circle. */
const MOVE = `
  insert into deal_total (workspace_id, owner_id, status, phase, currency, deals, amount, behind, danger)
  select $1::uuid, m.owner_id, m.status, coalesce(d.phase, -1), coalesce(m.currency, ''), sum(m.n), sum(m.n * coalesce(m.amount, 0)),
    sum(case when d.lead_state = 'behind' then m.n else 0 end), sum(case when d.danger_count > 0 then m.n else 0 end)
  from json_to_recordset($2::json) m (id uuid, n int, owner_id uuid, status text, currency text, amount numeric)
    join deal d on d.workspace_id = $1 and d.id = m.id
  group by 2, 3, 4, 5 order by 2, 3, 4, 5
  on conflict (workspace_id, owner_id, status, phase, currency) do update set
    deals = deal_total.deals + excluded.deals, amount = deal_total.amount + excluded.amount,
    behind = deal_total.behind + excluded.behind, danger = deal_total.danger + excluded.danger`

const COUNTED = ['owner_id', 'status', 'currency', 'amount'] as const
const move = (row: Row, n: number): Record<string, unknown> => ({
  id: row.id,
  n,
  ...Object.fromEntries(COUNTED.map((column) => [column, row[column]])),
})

/**
 * Counts what the gateway changed in a deal. The deal's row must be there: a new one is counted after it is written, one that goes away before.
 */
export async function countDeal(tx: Tx, before: Row | null, after: Row | null): Promise<void> {
  if (before && after && COUNTED.every((column) => before[column] === after[column])) return
  await tx.rows(
    MOVE,
    [tx.workspaceId, JSON.stringify([...(before ? [move(before, -1)] : []), ...(after ? [move(after, 1)] : [])])],
    'move_totals',
  )
}

/** Counts everything anew: after a bulk import, and each night in case somebody wrote past the gateway. */
export async function recount(tx: Tx): Promise<void> {
  // Nobody moves a deal meanwhile, or the move would be counted twice.
  await tx.rows('lock table deal_total in share row exclusive mode')
  await tx.rows('delete from deal_total where workspace_id = $1', [tx.workspaceId])
  await tx.rows(
    `insert into deal_total (workspace_id, owner_id, status, phase, currency, deals, amount, behind, danger)
     select workspace_id, owner_id, status, coalesce(phase, -1), coalesce(currency, ''), count(*), coalesce(sum(amount), 0),
       count(*) filter (where lead_state = 'behind'), count(*) filter (where danger_count > 0)
     from deal where workspace_id = $1 group by 1, 2, 3, 4, 5`,
    [tx.workspaceId],
  )
}
