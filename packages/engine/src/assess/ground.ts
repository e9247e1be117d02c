import { dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { firstRank, modelOf, perConcern } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { once } from '../core/once.ts'
import type { Band } from '../core/shapes.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal, Person } from '../deal/deal.ts'
import { dealDemand, expected, presentPeople, roleDemand, stepShares, traitsOf } from '../demand/demand.ts'
import type { StepDemand, TraitInForce } from '../demand/demand.ts'
import { endRank, reachedDays } from '../lead/due.ts'
import type { Reached } from '../lead/due.ts'
import { executivesRoom } from '../lead/executives.ts'
import type { ExecutivesRoom } from '../lead/executives.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { ConcernId, Methodology, PhaseId } from '../methodology/schema.ts'
import { relations as relationsOf } from '../people/relations.ts'
import type { Relations } from '../people/relations.ts'
import type { Regime } from '../position/chain.ts'
import { forecast as forecastOf, HORIZON_DAYS } from '../position/forecast.ts'
import type { Forecast, Scratch } from '../position/forecast.ts'
import { firstPassage } from '../position/passage.ts'
import { pastOf, progressAt } from '../position/past.ts'
import type { Past } from '../position/past.ts'
import { isKnown, leadingPhase, phaseShares, progressOf, shareFrom } from '../position/position.ts'
import { smooth } from '../position/smooth.ts'
import { onToldDay } from '../position/told.ts'
import { current, nowOf, rowOf, track as trackOf } from '../position/track.ts'
import type { Track } from '../position/track.ts'
import { curveOf } from './curve.ts'
import type { Curve } from './curve.ts'
import { entryOf } from './entry.ts'

/**
 * Everything of a deal on a day that no proof and no planned step moves: where the customer is and will be, what they care
 * about, how we stand with each person. It is most of the work, and the same while somebody drags the plan.
 */
export interface Ground {
  model: Model
  asOf: PlainDate
  today: DayNumber
  /** As it was given, and cut to `asOf`. */
  deal: Deal
  seen: Deal
  relations: Relations
  traits: TraitInForce[]
  /** Those who have not left. */
  people: Person[]
  track: Track
  /** The open stretch with what was learnt later, by rank. */
  past: Past
  /** The same in full: rows of states. Made when somebody reads it, like everything that only a page shows. */
  readonly smoothed: Float64Array
  /** Of the current stretch. */
  regime: Regime
  /** Today's distribution over the steps of `regime`, moving and stalled, `2n` long. */
  now: Float64Array
  /** In the order of `PHASES`. */
  shares: number[]
  leading: PhaseId
  /** False: nothing was heard of the customer, only the calendar would place it. */
  known: boolean
  open: boolean
  /** Null once closed. */
  readonly forecast: Forecast | null
  /** For each open phase the days until it is passed at 10, 50 and 90 %; null once closed. */
  passages: (readonly (number | null)[])[] | null
  /** Median days until a phase begins, 0 when it has; null beyond the horizon, closed, or nothing was heard of the customer. */
  daysToPhase: (phase: PhaseId) => number | null
  daysToDecision: number | null
  demand: StepDemand
  /** Shares of the steps today, moving and stalled together, `n` long. */
  nowSteps: Float64Array
  readonly curve: Curve
  readonly demandNow: Record<ConcernId, Band>
  /** The first two-way contact, and how far the customer was on that day. */
  entry: PlainDate | null
  entryProgress: number | null
  progress: number
  /** The bare risk curve where the customer is today, after traits, 0..1. */
  expectedRisk: number
  /** What the lead is computed from; null once closed. */
  lead: LeadGround | null
}

export interface LeadGround {
  /** When the customer reaches a rank. */
  reached: (rank: number) => Reached
  /** Probability that a phase is over. */
  over: (phase: PhaseId) => number
  /** Nothing is due before it. */
  firstContact: DayNumber
  executives: ExecutivesRoom
}

/**
 * Each phase's days are read over the futures that pass it, and fewer pass a later one: among these may be only fast ones. Nobody
 * leaves a later phase before an earlier one, so no day comes before the same reading of the phase before.
 */
function inOrder(passages: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const least: number[] = []
  return passages.map((days) =>
    days.map((day, reading) => (day === null ? null : (least[reading] = Math.max(day, least[reading] ?? 0)))),
  )
}

/** `scratch`: memory to use again. The ground is then good only until the next one is made with it. */
export function groundOf(deal: Deal, methodology: Methodology, asOf: PlainDate, scratch?: Scratch): Ground {
  const model = modelOf(methodology)
  const today = dayNumber(asOf)
  const seen = dealAsOf(deal, asOf)
  const relations = relationsOf(seen, model, asOf)
  const traits = traitsOf(seen, model, asOf)
  const people = presentPeople(seen, asOf)

  const track = trackOf(seen, model, asOf, scratch)
  const segment = current(track)
  const { regime } = segment
  const now = nowOf(track)
  const filtered = rowOf(segment, segment.to)
  const shares = phaseShares(regime, now)
  const leading = leadingPhase(shares)
  const open = track.state === 'open'
  const known = isKnown(track)
  const past = once(() => pastOf(track.open, track.told?.worth, scratch))
  const passages = open
    ? inOrder(
        model.phases.slice(1, OPEN_PHASES + 1).map(({ id }, i) => {
          const days = firstPassage(regime, filtered, firstRank(model, id), track.told)
          return i + 1 < OPEN_PHASES ? days : onToldDay(days, track.milestones, model, today)
        }),
      )
    : null
  const daysToPhase = (phase: PhaseId): number | null => {
    const index = PHASES.indexOf(phase)
    if (!known) return null
    if (PHASES.indexOf(leading) >= index) return 0
    return index < OPEN_PHASES ? (passages?.[index - 1]?.[1] ?? null) : null
  }

  const demand = dealDemand(model, regime, traits, people)
  const nowSteps = stepShares(regime, now, 0, new Float64Array(regime.n))
  const entry = entryOf(seen)
  const reached = open ? reachedDays(track, past) : null
  const smoothed = once(() => smooth(track.open, track.told?.worth))
  const forecast = once(() => {
    const run = open ? forecastOf(regime, filtered, track.told) : null
    run?.reach(HORIZON_DAYS)
    return run
  })
  const curve = once(() => curveOf(track, forecast(), { model, traits, people, demand, now }))
  const demandNow = once(() => perConcern((concern) => curve().at(concern, today)))
  return {
    model,
    asOf,
    today,
    deal,
    seen,
    relations,
    traits,
    people,
    track,
    get past() {
      return past()
    },
    get smoothed() {
      return smoothed()
    },
    regime,
    now,
    shares,
    leading,
    known,
    open,
    get forecast() {
      return forecast()
    },
    passages,
    daysToPhase,
    daysToDecision: known ? (passages?.[OPEN_PHASES - 1]?.[1] ?? null) : null,
    demand,
    nowSteps,
    get curve() {
      return curve()
    },
    get demandNow() {
      return demandNow()
    },
    entry,
    entryProgress: entry ? progressAt(past(), track.open.regime, dayNumber(entry)) : null,
    progress: progressOf(regime, now),
    expectedRisk: expected(nowSteps, roleDemand(model, regime, traits, []).risk),
    lead: reached && {
      reached,
      over: (phase) => shareFrom(regime, now, endRank(model, phase)),
      firstContact: entry ? dayNumber(entry) : segment.from,
      executives: executivesRoom({ deal: seen, model, asOf, relations, reached }),
    },
  }
}
