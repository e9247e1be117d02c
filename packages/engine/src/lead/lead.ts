import { dateOf } from '../core/dates.ts'
import type { DayNumber } from '../core/dates.ts'
import type { ConcernLead } from './schema.ts'
import { orderOf, quantile, stepShares } from '../demand/demand.ts'
import type { StepDemand } from '../demand/demand.ts'
import { perConcern } from '../core/model.ts'
import type { ConcernId } from '../methodology/schema.ts'
import { HORIZON_DAYS } from '../position/forecast.ts'
import type { Forecast, Scratch } from '../position/forecast.ts'
import type { Segment } from '../position/track.ts'
import { changeDays, readinessOn } from '../readiness/readiness.ts'
import type { ReadinessBasis } from '../readiness/readiness.ts'

/** Demand may run this far over readiness before we call it uncovered. */
export const MARGIN = 0.1
/** Equal leads: the concern named first decides the headline. */
const TIE_ORDER: readonly ConcernId[] = ['risk', 'solution', 'need', 'cost']

/** Guard against the last bit: 0.3 − 0.2 is not more than 0.1. */
const exceeds = (demand: number, readiness: number): boolean => demand - readiness > MARGIN + 1e-12

/**
 * Readiness of a concern on any day up to today, computed only where it may change. Made to be asked day by day backwards.
 */
function readinessOverTime(basis: ReadinessBasis, concern: ConcernId): (day: DayNumber) => number {
  const days = changeDays(basis, concern)
  let i = days.length
  let value = NaN
  return (day) => {
    let at = i
    while (at > 0 && days[at - 1]! > day) at--
    while (at < days.length && days[at]! <= day) at++
    if (at !== i || Number.isNaN(value)) value = readinessOn(basis, concern, at === 0 ? -Infinity : days[at - 1]!)
    i = at
    return value
  }
}

export interface DemandInput {
  segment: Segment
  forecast: Forecast
  demand: StepDemand
  /** Looking back goes no further than the first contact. */
  firstContact: DayNumber
  /** Memory to use again, when many deals are computed. */
  scratch?: Scratch
}

export interface LeadInput extends DemandInput {
  basis: ReadinessBasis
}

/** What is read of the days around today: `past(k)` of k days ago, `ahead(d)` of d days on, NaN beyond the forecast's end. */
interface Days {
  past: (k: number) => number
  ahead: (d: number) => number
}

/**
 * Expected demand of all four concerns on the days around today. A day is read once for all of them, when first asked for,
 * straight from the distribution: with long histories this loop is most of what a portfolio costs.
 */
function expectedDays({ segment, forecast, demand, scratch }: DemandInput): Record<ConcernId, Days> {
  const { regime, filtered, from, to } = segment
  const { n } = regime
  const { need, cost, solution, risk } = demand
  const before = to - from + 1
  const length = 4 * (before + HORIZON_DAYS + 1)
  const values = scratch && scratch.demand.length >= length ? scratch.demand : new Float64Array(length)
  if (scratch) scratch.demand = values
  const read = (vector: Float64Array, at: number, into: number): void => {
    let mass = 0
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let j = 0; j < n; j++) {
      const share = vector[at + j]! + vector[at + n + j]!
      mass += share
      a += share * need[j]!
      b += share * cost[j]!
      c += share * solution[j]!
      d += share * risk[j]!
    }
    const scale = 1 / mass
    values[into] = a * scale
    values[into + 1] = b * scale
    values[into + 2] = c * scale
    values[into + 3] = d * scale
  }
  let back = 0
  let on = 0
  const of = (place: number): Days => ({
    past(k) {
      for (; back <= k; back++) read(filtered, (to - from - back) * 2 * n, 4 * back)
      return values[4 * k + place]!
    },
    ahead(d) {
      for (; on < d; on++) {
        if (!forecast.reach(on + 1)) return NaN
        read(forecast.open, (on + 1) * 2 * n, 4 * (before + on))
      }
      return values[4 * (before + d - 1) + place]!
    },
  })
  return { need: of(0), cost: of(1), solution: of(2), risk: of(3) }
}

/** The demand that the posterior of a day reaches with probability `q`, on the days around today; each day is read once. */
function quantileDays({ segment, forecast }: DemandInput, demand: Float64Array, order: Int32Array, q: number): Days {
  const { regime, filtered, from, to } = segment
  const width = 2 * regime.n
  const shares = new Float64Array(regime.n)
  const before: number[] = []
  const after: number[] = []
  return {
    past: (k) =>
      (before[k] ??= quantile(stepShares(regime, filtered, (to - from - k) * width, shares), demand, order, q)),
    ahead: (d) =>
      (after[d] ??= forecast.reach(d)
        ? quantile(stepShares(regime, forecast.open, d * width, shares), demand, order, q)
        : NaN),
  }
}

export interface DemandDays {
  expected: Record<ConcernId, Days>
  /** The 90 % and the 10 % demand. */
  high: Record<ConcernId, Days>
  low: Record<ConcernId, Days>
}

/** Demand on the days around today, read when asked for and kept: a change of readiness alone asks for the same days again. */
export function demandDays(input: DemandInput): DemandDays {
  const orders = perConcern((concern) => orderOf(input.demand[concern]))
  const at = (q: number): Record<ConcernId, Days> =>
    perConcern((concern) => quantileDays(input, input.demand[concern], orders[concern], q))
  return { expected: expectedDays(input), high: at(0.9), low: at(0.1) }
}

/**
 * Days until the demand that is read first exceeds today's readiness, negative since when it has, null: not before the
 * decision. Past days use what was known then (filtered) and the readiness of that day; future days the forecast given
 * still undecided.
 */
function passage(
  { segment: { from, to }, firstContact }: LeadInput,
  days: Days,
  readiness: (day: DayNumber) => number,
): number | null {
  const today = readiness(to)
  if (exceeds(days.past(0), today)) {
    const most = to - Math.max(from, Math.min(firstContact, to))
    let k = 0
    while (k < most && exceeds(days.past(k + 1), readiness(to - k - 1))) k++
    return k === 0 ? 0 : -k
  }
  for (let d = 1; ; d++) {
    const demand = days.ahead(d)
    if (Number.isNaN(demand)) return null
    if (exceeds(demand, today)) return d
  }
}

/** Leads of all concerns in days, without their bands; null: covered. */
export function leadDays(input: LeadInput): Record<ConcernId, number | null> {
  const days = expectedDays(input)
  return perConcern((concern) => passage(input, days[concern], readinessOverTime(input.basis, concern)))
}

/** Leads of all concerns with their bands: `low` for the 90 % demand, `high` for the 10 % demand. */
export function concernLeads(input: LeadInput, demand: DemandDays = demandDays(input)): Record<ConcernId, ConcernLead> {
  return perConcern((concern) => {
    const readiness = readinessOverTime(input.basis, concern)
    const days = passage(input, demand.expected[concern], readiness)
    return {
      state: days === null ? 'covered' : days > 0 ? 'ahead' : 'behind',
      days,
      crossing: days === null ? null : dateOf(input.segment.to + days),
      low: passage(input, demand.high[concern], readiness),
      high: passage(input, demand.low[concern], readiness),
    }
  })
}

/** The concern with the smallest lead; null when all are covered. */
export function decidingConcern(days: Readonly<Record<ConcernId, number | null>>): ConcernId | null {
  let found: ConcernId | null = null
  for (const concern of TIE_ORDER) {
    const value = days[concern]
    if (value !== null && (found === null || value < days[found]!)) found = concern
  }
  return found
}
