import { dealOf, withOurs } from '@sente/api'
import type { DealWhole } from '@sente/api'
import type { Brief, Deal } from '@sente/engine'
import { dealAt } from '../store/as-of.ts'
import { briefOf } from '../store/briefs.ts'
import type { BriefQuery } from '../store/briefs.ts'
import { oursOf } from '../store/plans.ts'
import { loadDeal } from '../store/read.ts'
import type { Access } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'
import { hiddenPlaces } from '../access/private-evidence.ts'
import { dealWithoutSensitive, withoutSensitive } from '../access/without-sensitive.ts'

/** For computing: what of it may be shown is decided here. */
const ALL = { write: false, sensitive: true, share: false }

/** Deal, with the workspace's people and days off, and brief as somebody with this access may see them; the brief is computed from everything. */
export async function briefFor(
  tx: Tx,
  dealId: string,
  query: BriefQuery,
  access: Pick<Access, 'sensitive'>,
): Promise<{ whole: DealWhole; deal: Deal; brief: Brief; version: number }> {
  const { brief, version } = await briefOf(tx, dealId, query)
  const whole =
    query.at === undefined
      ? await loadDeal(tx, dealId, { access: ALL })
      : await dealAt(tx, dealId, query.at, { access: ALL })
  const deal = withOurs(dealOf(whole), await oursOf(tx))
  if (access.sensitive) return { whole, deal, brief, version }
  const hidden = await hiddenPlaces(tx, whole)
  return { whole, deal: dealWithoutSensitive(deal, hidden), brief: withoutSensitive(brief, deal, hidden), version }
}
