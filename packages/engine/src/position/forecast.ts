import { dayStep } from './chain.ts'
import type { Regime } from './chain.ts'

/** The forecast looks no further than this many days for what the picture and the lead need. */
export const HORIZON_DAYS = 540
/** It ends earlier, on the day on which this share of the futures has ended, decided or not. */
export const ENDED_SHARE = 0.9
/** First passages are followed until so little is left that no quantile can move by a day, at most this long. */
const PASSAGE_DAYS = 2400

/** The open chain run forward without evidence, with the chance each day that the customer gives up. */
export interface Forecast {
  /** Days ahead that were run so far; row 0 is today. */
  days: number
  /** Row d: mass of each state that is neither decided nor given up, not normalised. */
  open: Float64Array
  /** Entry d: share decided, and share that ended without decision, by then. */
  decided: Float64Array
  quit: Float64Array
  /** Runs on to day `d`; false when the forecast ends before it. */
  reach: (d: number) => boolean
}

/** Memory that a pass over many deals uses again and again; what one deal reads from it is gone with the next. */
export interface Scratch {
  filtered: Float64Array
  forecast: Float64Array
  decided: Float64Array
  quit: Float64Array
  demand: Float64Array
}

export function newScratch(width: number): Scratch {
  return {
    filtered: new Float64Array(400 * width),
    forecast: new Float64Array((HORIZON_DAYS + 1) * width),
    decided: new Float64Array(HORIZON_DAYS + 1),
    quit: new Float64Array(HORIZON_DAYS + 1),
    demand: new Float64Array(4 * (400 + HORIZON_DAYS + 1)),
  }
}

/** Takes the mass of those that give up out of a distribution and returns it. */
function giveUp(regime: Regime, vector: Float64Array, at: number): number {
  const { n, quitMoving, quitStalled } = regime
  let quit = 0
  for (let j = 0; j < n; j++) {
    const moving = vector[at + j]! * quitMoving
    const stalled = vector[at + n + j]! * quitStalled
    vector[at + j]! -= moving
    vector[at + n + j]! -= stalled
    quit += moving + stalled
  }
  return quit
}

/**
 * Forecast of an open deal from today's distribution (length 2n, sums to 1), run only as far as it is asked for. Each day
 * first some give up, then the rest moves by the chain. Ends on the first day with `ENDED_SHARE` ended, at the latest after
 * `HORIZON_DAYS`.
 */
export function forecast(regime: Regime, today: Float64Array, scratch?: Scratch): Forecast {
  const width = 2 * regime.n
  const open = scratch?.forecast ?? new Float64Array((HORIZON_DAYS + 1) * width)
  const decided = scratch?.decided ?? new Float64Array(HORIZON_DAYS + 1)
  const quit = scratch?.quit ?? new Float64Array(HORIZON_DAYS + 1)
  decided[0] = quit[0] = 0
  open.set(today)
  const day = new Float64Array(width)
  const run: Forecast = {
    days: 0,
    open,
    decided,
    quit,
    reach(target) {
      while (run.days < target) {
        const d = run.days
        if (d >= HORIZON_DAYS || decided[d]! + quit[d]! >= ENDED_SHARE) return false
        for (let i = 0; i < width; i++) day[i] = open[d * width + i]!
        quit[d + 1] = quit[d]! + giveUp(regime, day, 0)
        decided[d + 1] = decided[d]! + dayStep(regime, day, open, 0, (d + 1) * width)
        run.days = d + 1
      }
      return true
    },
  }
  return run
}

/**
 * First passage beyond phase `p` of the regime: days until the process first goes beyond it, as 10/50/90 % quantiles over
 * those futures that ever do (null when hardly any does). What is already beyond it counts as passed today.
 */
export function firstPassage(
  regime: Regime,
  today: Float64Array,
  p: number,
  quantiles: readonly number[] = [0.1, 0.5, 0.9],
): (number | null)[] {
  const { n, first } = regime
  const end = first[p + 1]!
  let day: Float64Array = Float64Array.from(today)
  let next: Float64Array = new Float64Array(2 * n)
  /** Takes what has arrived beyond the phase out of the distribution. */
  const takeBeyond = (vector: Float64Array): number => {
    let mass = 0
    for (let j = end; j < n; j++) {
      mass += vector[j]! + vector[n + j]!
      vector[j] = vector[n + j] = 0
    }
    return mass
  }
  let total = takeBeyond(day)
  const passed = [total]
  let left = 1 - total
  for (let d = 1; d <= PASSAGE_DAYS && left > 1e-6; d++) {
    const quit = giveUp(regime, day, 0)
    const arrived = dayStep(regime, day, next) + takeBeyond(next)
    total += arrived
    left -= arrived + quit
    passed.push(total)
    ;[day, next] = [next, day]
  }
  if (total < 1e-9) return quantiles.map(() => null)
  return quantiles.map((q) => {
    const at = passed.findIndex((share) => share >= q * total)
    return at < 0 ? null : at
  })
}
