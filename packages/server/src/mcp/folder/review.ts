import { addDays, isOpenOn, plainDate, reviewInput, reviewOf, WEEK } from '@sente/engine'
import type { Methodology, PlainDate, ReviewedDeal } from '@sente/engine'
import { calendarsOf } from '../../core/calendars/calendars.ts'
import { Refused } from '../desk.ts'
import type { ReviewRow, ReviewSeen } from '../desk.ts'
import type { DealFile } from './files.ts'

/** The pipeline review of a folder of deal files. */
export function folderReview(
  files: readonly DealFile[],
  method: Methodology,
  on: PlainDate,
  { since: asked, limit }: { since?: string | undefined; limit: number },
): ReviewSeen {
  const since = asked === undefined ? addDays(on, -WEEK) : plainDate(asked)
  if (since >= on) throw new Refused({ en: `since: a day before ${on}.`, zh: `since：应早于 ${on}。` })
  const review = reviewOf(
    on,
    since,
    files
      .filter(({ deal }) => deal.status === 'open' || isOpenOn(deal, since))
      .map(({ id, deal }) => reviewInput(deal, method, { id, asOf: on, since, calendars: calendarsOf(deal, on) })),
  )
  const rowOf = ({ id: dealId, ...deal }: ReviewedDeal, group: number): ReviewRow => ({ ...deal, dealId, group })
  return {
    on,
    since,
    deals: review.total.deals,
    waiting: 0,
    groups: review.groups.map(({ by, currency, loss, deals }) => ({ by, currency, loss, deals: deals.length })),
    rows: review.groups.flatMap(({ deals }, group) => deals.map((deal) => rowOf(deal, group))).slice(0, limit),
    gone: review.gone.map((deal) => rowOf(deal, -1)),
  }
}
