import { dateOf } from '../core/dates.ts'
import type { DayNumber } from '../core/dates.ts'
import type { ConcernLead } from '../brief/schema.ts'
import { expected, orderOf, quantile, stepShares } from '../demand/demand.ts'
import type { StepDemand } from '../demand/demand.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId } from '../methodology/schema.ts'
import type { Forecast } from '../position/forecast.ts'
import type { Segment } from '../position/track.ts'
import { changeDays, readinessOn } from '../readiness/readiness.ts'
import type { ReadinessBasis } from '../readiness/readiness.ts'

/** Demand may run this far over readiness before we call it uncovered. */
export const MARGIN = 0.1
/** Equal leads: the concern named first decides the headline. */
const TIE_ORDER: readonly ConcernId[] = ['risk', 'solution', 'need', 'cost']

/** Guard against the last bit: 0.3 − 0.2 is not more than 0.1. */
const exceeds = (demand: number, readiness: number): boolean => demand - readiness > MARGIN + 1e-12

/** Readiness of a day in the past, without computing it anew for every day. */
function pastReadiness(basis: ReadinessBasis, concern: ConcernId): (day: DayNumber) => number {
  const days = changeDays(basis, concern)
  const values = days.map((day) => readinessOn(basis, concern, day))
  const before = readinessOn(basis, concern, -Infinity)
  return (day) => {
    let i = days.length - 1
    while (i >= 0 && days[i]! > day) i--
    return i < 0 ? before : values[i]!
  }
}

export interface LeadInput {
  segment: Segment
  forecast: Forecast
  demand: StepDemand
  basis: ReadinessBasis
  /** Looking back goes no further than the first contact. */
  firstContact: DayNumber
}

type Read = (shares: Float64Array) => number

/**
 * Days until what `read` makes of the posterior first exceeds today's readiness, negative since when it has, null: not
 * before the decision. Past days use what was known then (filtered) and the readiness of that day; future days the
 * forecast given still undecided.
 */
function passage(input: LeadInput, concern: ConcernId, read: Read, past: (day: DayNumber) => number): number | null {
  const { segment, forecast, firstContact } = input
  const { regime, filtered, from, to } = segment
  const width = 2 * regime.n
  const shares = new Float64Array(regime.n)
  const readiness = readinessOn(input.basis, concern, to)
  if (exceeds(read(stepShares(regime, filtered, (to - from) * width, shares)), readiness)) {
    const first = Math.max(from, Math.min(firstContact, to))
    let day = to
    while (day > first && exceeds(read(stepShares(regime, filtered, (day - 1 - from) * width, shares)), past(day - 1))) day--
    return day === to ? 0 : day - to
  }
  for (let d = 1; forecast.reach(d); d++) {
    if (exceeds(read(stepShares(regime, forecast.open, d * width, shares)), readiness)) return d
  }
  return null
}

/** Lead of one concern in days, without its band. */
export function concernDays(input: LeadInput, concern: ConcernId): { behind: boolean; days: number | null } {
  const demand = input.demand[concern]
  const days = passage(input, concern, (shares) => expected(shares, demand), pastReadiness(input.basis, concern))
  return { behind: days !== null && days <= 0, days }
}

/** Lead of one concern with its band: `low` for the 90 % demand, `high` for the 10 % demand. */
export function concernLead(input: LeadInput, concern: ConcernId): ConcernLead {
  const demand = input.demand[concern]
  const order = orderOf(demand)
  const past = pastReadiness(input.basis, concern)
  const days = passage(input, concern, (shares) => expected(shares, demand), past)
  return {
    state: days === null ? 'covered' : days > 0 ? 'ahead' : 'behind',
    days,
    crossing: days === null ? null : dateOf(input.segment.to + days),
    low: passage(input, concern, (shares) => quantile(shares, demand, order, 0.9), past),
    high: passage(input, concern, (shares) => quantile(shares, demand, order, 0.1), past),
  }
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

export function concernLeads(input: LeadInput): Record<ConcernId, ConcernLead> {
  const leads = {} as Record<ConcernId, ConcernLead>
  for (const concern of CONCERNS) leads[concern] = concernLead(input, concern)
  return leads
}
