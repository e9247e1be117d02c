import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, Estimate } from '../deal/deal.ts'
import type { Outlook } from './schema.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId, FeatureId } from '../methodology/schema.ts'
import type { Relations } from '../people/relations.ts'
import type { Forecast } from '../position/forecast.ts'

/** Features of P(win | decision); null: the file does not say, the feature then counts as its neutral 0. */
export type Features = Record<FeatureId, number | null>

/** z of the 10 and 90 % points of a normal distribution. */
const Z80 = 1.2815515655446004
/** What an unknown feature may still turn out to be, as a standard deviation on its own scale. */
const UNKNOWN_SPREAD = 0.5

/** Share of demand that readiness leaves uncovered, over all concerns: 0 all covered, 1 nothing is. */
export function uncoveredShare(
  demand: Readonly<Record<ConcernId, number>>,
  readiness: Readonly<Record<ConcernId, number>>,
): number {
  let open = 0
  let all = 0
  for (const concern of CONCERNS) {
    all += demand[concern]
    open += Math.max(0, demand[concern] - readiness[concern])
  }
  return all > 0 ? open / all : 0
}

/** A quarter each: said at all, with a number, different from every rival, confirmed by somebody at the customer. */
function ucvStrength(deal: Deal): number | null {
  if (!deal.ucv) return null
  const latest = deal.ucv.reduce<(typeof deal.ucv)[number] | undefined>(
    (last, ucv) => (!last || ucv.on >= last.on ? ucv : last),
    undefined,
  )
  if (!latest) return 0
  const rivals = (deal.rivals ?? []).filter((rival) => (rival.kind ?? 'vendor') === 'vendor')
  const different =
    rivals.length > 0 ? rivals.every((rival) => latest.differsFrom?.[rival.id]) : latest.differsFrom !== undefined
  return (1 + (latest.number ? 1 : 0) + (different ? 1 : 0) + (latest.confirmedBy ? 1 : 0)) / 4
}

export function featuresOf(input: {
  deal: Deal
  relations: Relations
  uncoveredNow: number
  uncoveredAtDecision: number
  entryProgress: number | null
}): Features {
  const { deal, relations } = input
  const { cover, people, rivals } = relations
  let stance = 0
  let influence = 0
  for (const person of people) {
    if (person.stance === null) continue
    stance += person.influence * person.stance
    influence += person.influence
  }
  const bestRival = rivals.reduce((best, rival) => Math.max(best, rival.executives?.value ?? 0), 0)
  const holds = people.filter((person) => person.decides && person.hold)
  const hold = holds.find((person) => person.numberOne)?.hold ?? holds[0]?.hold
  const holdValue = { none: 0, asked: 0, given: hold?.fragile ? 0.5 : 1, broken: -1 }
  const incumbent = deal.rivals?.some((rival) => rival.incumbent === true)
  const incumbentKnown = incumbent === true || deal.rivals?.every((rival) => rival.incumbent !== undefined)
  return {
    stance: influence > 0 ? stance / influence / 2 : null,
    exec_cover_margin: cover.executives ? cover.executives.value - bestRival : null,
    working_cover: cover.working?.value ?? null,
    uncovered_now: input.uncoveredNow,
    uncovered_at_decision: input.uncoveredAtDecision,
    ucv_strength: ucvStrength(deal),
    rival_incumbent: deal.rivals && incumbentKnown ? (incumbent ? 1 : 0) : null,
    hold_given: hold ? holdValue[hold.state] : null,
    entry_progress: input.entryProgress === null ? null : Math.min(1, Math.max(0, input.entryProgress)),
  }
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** P(win | decision) with its 80 % interval: coefficients are uncertain (their sd), unknown features widen it further. */
export function whether(features: Features, model: Model): NonNullable<Outlook['whether']> {
  const { intercept, features: coefficients, source } = model.methodology.outlook
  let logit = intercept.value
  let variance = intercept.sd ** 2
  const contributions = coefficients.map(({ id, name, coefficient, sd }) => {
    const value = features[id]
    const known = value !== null
    const contribution = coefficient * (value ?? 0)
    logit += contribution
    variance += known ? (sd * value) ** 2 : (coefficient * UNKNOWN_SPREAD) ** 2
    return {
      feature: id,
      name,
      value: value ?? 0,
      coefficient,
      contribution: contribution === 0 ? 0 : contribution,
      known,
    }
  })
  const half = Z80 * Math.sqrt(variance)
  contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.feature < b.feature ? -1 : 1))
  return { value: logistic(logit), low: logistic(logit - half), high: logistic(logit + half), source, contributions }
}

/** Won, lost and without decision at the day the forecast ends; what is still open then is shared out by the same odds. */
export function horizon(forecast: Forecast, win: number, asOf: PlainDate): NonNullable<Outlook['horizon']> {
  const decided = forecast.decided[forecast.days]!
  const quit = forecast.quit[forecast.days]!
  const noDecision = decided + quit > 0 ? quit / (decided + quit) : 0
  const won = (1 - noDecision) * win
  return { on: addDays(asOf, forecast.days), won, lost: 1 - noDecision - won, noDecision }
}

/** The newest estimate; an undated one counts as oldest. */
export function latestEstimate(estimates: readonly Estimate[] | undefined): Outlook['seller'] {
  const latest = estimates?.reduce<Estimate | undefined>(
    (last, next) => (!last || (next.on ?? '') >= (last.on ?? '') ? next : last),
    undefined,
  )
  return latest ? { value: latest.value, on: latest.on ?? null, by: latest.by ?? null } : null
}
