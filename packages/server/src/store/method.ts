import { BRIEF_VERSION, withBaseRate, withOutlook } from '@sente/engine'
import type { Methodology } from '@sente/engine'
import type { Store, Tx } from './tenant.ts'

/** What a brief is computed by, besides the deal: another method, another base rate or another shape of the brief makes another brief. */
export function methodOf({ method, outlook: { base } }: Methodology): string {
  const own = base.deals > 0 ? ` ${base.won} ${base.noDecision} ${base.deals}` : ''
  return `${method.id} ${method.version} ${BRIEF_VERSION}${own}`
}

/** The closed deals of a workspace are counted anew after so long: a base rate does not change in minutes. */
const KEPT_MS = 10 * 60_000
/** Workspaces whose method is kept; one beyond counts again. */
const MOST = 1000

interface Kept {
  until: number
  methodology: Methodology
}
const kept = new WeakMap<Store, Map<string, Kept>>()

/** The methodology in force in a workspace: as it is shipped, with the workspace's own base rate once enough of its deals have closed. */
export async function methodologyOf(tx: Tx): Promise<Methodology> {
  const { store, workspaceId } = tx
  let workspaces = kept.get(store)
  if (!workspaces) kept.set(store, (workspaces = new Map()))
  const known = workspaces.get(workspaceId)
  const now = Date.now()
  if (known && now < known.until) return known.methodology
  const rows = await tx.rows<{ status: string; deals: number }>(
    `select status::text as status, sum(deals)::int as deals
     from deal_total
     where workspace_id = $1 and status <> 'open'
     group by status`,
    [workspaceId],
    'closed_deals',
  )
  const of = (status: string): number => rows.find((row) => row.status === status)?.deals ?? 0
  const methodology = rounded(store.methodology, of('won'), of('lost'), of('no-decision'), known?.methodology)
  if (workspaces.size >= MOST) workspaces.clear()
  workspaces.set(workspaceId, { until: now + KEPT_MS, methodology })
  return methodology
}

/** To whole percents and two digits of the count, so that one deal more does not make every kept brief stale. */
function rounded(
  shipped: Methodology,
  won: number,
  lost: number,
  noDecision: number,
  before: Methodology | undefined,
): Methodology {
  const outlook = withBaseRate(shipped.outlook, { won, lost, noDecision })
  if (outlook === shipped.outlook) return shipped
  const { base } = outlook
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(base.deals)) - 1)
  const percent = (share: number): number => Math.min(0.98, Math.max(0.01, Math.round(share * 100) / 100))
  const own = percent(base.won)
  const next = withOutlook(shipped, {
    ...outlook,
    base: {
      ...base,
      won: own,
      noDecision: Math.min(percent(base.noDecision), Math.round((0.99 - own) * 100) / 100),
      deals: Math.floor(base.deals / digits) * digits,
    },
  })
  // The same object as long as it says the same: look-ups are made once for it.
  return before && methodOf(before) === methodOf(next) ? before : next
}
