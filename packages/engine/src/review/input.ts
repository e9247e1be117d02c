import type { PlainDate } from '../core/dates.ts'
import type { Deal } from '../deal/deal.ts'
import type { Methodology } from '../methodology/schema.ts'
import type { Before } from './changes.ts'
import type { DealOfReview } from './deals.ts'
import { reviewLine } from './line.ts'
import type { LineRequest } from './line.ts'

interface Asked extends Pick<LineRequest, 'calendars'> {
  id: string
  asOf: PlainDate
  since: PlainDate
}

/** A deal as it comes into a review from its file alone; whose it is says its team: the first seller, else the first of all. */
export function reviewInput(deal: Deal, methodology: Methodology, { id, asOf, since, calendars }: Asked): DealOfReview {
  const team = deal.us?.team ?? []
  return {
    id,
    name: deal.name,
    account: deal.account?.name ?? null,
    owner: (team.find(({ rank = 'seller' }) => rank === 'seller') ?? team[0])?.name ?? null,
    line: reviewLine(deal, methodology, asOf, { ...(calendars && { calendars }) }),
    before: beforeOf(deal, methodology, since),
  }
}

/** The first day of which anything is known; undefined: no fact has a day. */
export function firstKnownOn(deal: Deal): PlainDate | undefined {
  const days = [
    deal.openedOn,
    deal.firstContactOn,
    ...[...(deal.evidence ?? []), ...(deal.touches ?? []), ...(deal.stages ?? [])].map(({ on }) => on),
  ].filter((on) => on !== undefined)
  return days.reduce<PlainDate | undefined>((first, on) => (first === undefined || on < first ? on : first), undefined)
}

/** The deal on the earlier day. A file keeps no days for its amount: what it was then is not known. */
function beforeOf(deal: Deal, methodology: Methodology, since: PlainDate): Before {
  const first = firstKnownOn(deal)
  if (first === undefined) return 'unknown'
  if (first > since) return 'new'
  return { ...reviewLine(deal, methodology, since, { plan: false }), amount: null }
}
