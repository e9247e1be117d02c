import type { PlainDate } from '../core/dates.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'

/** What a customer may be shown of the account: nothing else of the deals is in it. */
export interface AccountReview {
  asOf: PlainDate
  /** The customer's own name. */
  name: string
  /** What was bought and is named: the unit, our offer, and the day of the signature where it is known. */
  inUse: { unit: string | null; offer: string; since: PlainDate | null }[]
  /** Numbers that somebody of theirs confirmed after they had signed, in the words of the record; who it was is not said. */
  numbers: { unit: string | null; number: string; on: PlainDate }[]
  /** Joint steps of deals that are open or won: written for the customer, by declaration of the kind. */
  steps: {
    unit: string | null
    what: string
    whose: 'ours' | 'theirs' | 'both'
    owner: string | null
    on: PlainDate | null
    doneOn: PlainDate | null
  }[]
}

/**
 * The account as its customer may see it, from deals of one account (at least one) on a day: what is in use, their own confirmed numbers, and
 * the joint steps. It reads those fields and no other: not the name of a deal, a person, a promise, a rival, nor anything that is computed.
 */
export function accountReview(deals: readonly Deal[], asOf: PlainDate): AccountReview {
  if (deals.length === 0) throw new RangeError('a review needs a deal')
  const seen = deals.map((deal) => dealAsOf(deal, asOf))
  const name = seen.findLast(({ account }) => account?.name !== undefined)?.account?.name ?? ''
  const won = seen.filter(({ status }) => status === 'won')
  return {
    asOf,
    name,
    inUse: won.flatMap(({ unit, offer, closedOn }) =>
      offer === undefined ? [] : [{ unit: unit ?? null, offer, since: closedOn ?? null }],
    ),
    numbers: byDay(
      won.flatMap(({ unit, ucv, closedOn }) =>
        (ucv ?? []).flatMap(({ on, number, confirmedBy }) =>
          number === undefined || confirmedBy === undefined || (closedOn !== undefined && on < closedOn)
            ? []
            : [{ unit: unit ?? null, number, on }],
        ),
      ),
    ),
    steps: byDay(seen.flatMap((deal) => (deal.status === 'open' || deal.status === 'won' ? stepsOf(deal) : []))),
  }
}

const byDay = <T extends { on: PlainDate | null }>(list: T[]): T[] =>
  list.sort((a, b) => ((a.on ?? '9') < (b.on ?? '9') ? -1 : (a.on ?? '9') > (b.on ?? '9') ? 1 : 0))

const stepsOf = ({ unit, joint }: Deal): AccountReview['steps'] =>
  (joint ?? []).map(({ what, whose = 'ours', owner = null, on = null, doneOn = null }) => ({
    unit: unit ?? null,
    what,
    whose,
    owner,
    on,
    doneOn,
  }))

/** The joint steps of one deal by their days, and nothing else of it. */
export const jointSteps = (deal: Deal): AccountReview['steps'] =>
  byDay(stepsOf(deal).map((step) => ({ ...step, unit: null })))
