import { addDays, daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { modelOf } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import type { Methodology } from '../methodology/schema.ts'
import { relations } from '../people/relations.ts'
import { featuresOf } from './features.ts'
import type { Sample } from './fit.ts'

/** Where in the life of a deal it is looked at: shares of the time from its start to its close. */
const LOOKS = [1 / 3, 2 / 3, 1]

/**
 * A closed deal as it was known on three days while it was open (`recordedOn`: nothing that was written down later), the last the day
 * before it closed. Empty for a deal that is open, or of which no day of opening and close is known.
 */
export function samplesOf(deal: Deal, methodology: Methodology, key: string): Sample[] {
  const { status, closedOn } = deal
  if (status === 'open' || closedOn === undefined) return []
  const model = modelOf(methodology)
  const start = startOf(deal)
  if (start === undefined || start >= closedOn) return []
  const last = daysBetween(start, closedOn) - 1
  return LOOKS.map((share) => {
    const asOf = addDays(start, Math.round(share * last))
    const seen = dealAsOf(deal, asOf)
    const features = featuresOf(seen, relations(seen, model, asOf), model, asOf)
    return { features, outcome: status, weight: 1 / LOOKS.length, deal: key }
  })
}

function startOf({ openedOn, firstContactOn, evidence = [], touches = [], stages = [] }: Deal): PlainDate | undefined {
  const days = [openedOn, firstContactOn, ...[...evidence, ...touches, ...stages].map(({ on }) => on)]
  return days.reduce((first, on) => (on !== undefined && (first === undefined || on < first) ? on : first), undefined)
}
