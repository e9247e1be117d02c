import { dayStep } from './chain.ts'
import type { Regime } from './chain.ts'
import { quits } from './give-up.ts'
import { lanesOf } from './lanes.ts'
import type { Lanes } from './lanes.ts'
import { observe } from './told.ts'
import type { Told } from './told.ts'

/** The forecast looks no further than this many days for what the picture and the lead need. */
export const HORIZON_DAYS = 540
/** It ends earlier, on the day on which this share of the futures has ended, decided or not. */
export const ENDED_SHARE = 0.9
/**
 * The open chain run forward without evidence but conditioned on what the customer has told, with the chance each day that the
 * customer gives up.
 */
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
  beyond: Float64Array
  /** Day steps two paces at a time, with memory of their own; null: there is no machine for it. */
  lanes: Lanes | null
}

export function newScratch(regime: Regime, lanes: Lanes | null = lanesOf(regime)): Scratch {
  return { filtered: new Float64Array(0), beyond: new Float64Array(0), lanes }
}

/**
 * Forecast of an open deal from today's filtered distribution (length 2n, sums to 1), run only as far as it is asked for. Each
 * day first some give up, then the rest moves by the chain, then what is told for the day is taken. Ends on the first day with
 * `ENDED_SHARE` ended, at the latest after `HORIZON_DAYS`.
 */
export function forecast(regime: Regime, now: Float64Array, told: Told | null = null): Forecast {
  const width = 2 * regime.n
  const open = new Float64Array((HORIZON_DAYS + 1) * width)
  const decided = new Float64Array(HORIZON_DAYS + 1)
  const quit = new Float64Array(HORIZON_DAYS + 1)
  const run = ahead(regime, now, told)
  const write = (d: number): void => {
    run.read(open, d * width)
    decided[d] = run.decided()
    quit[d] = run.quit()
  }
  write(0)
  const result: Forecast = {
    days: 0,
    open,
    decided,
    quit,
    reach(target) {
      while (result.days < target) {
        const d = result.days
        if (d >= HORIZON_DAYS || decided[d]! + quit[d]! >= ENDED_SHARE) return false
        run.step()
        write(d + 1)
        result.days = d + 1
      }
      return true
    },
  }
  return result
}

/** The chain run forward from today's filtered distribution, a day at a time, read in the light of what is told for later days. */
interface Ahead {
  day: () => number
  step: () => void
  /** Writes the distribution of the day: probability of each open state. */
  read: (into: Float64Array, at: number) => void
  decided: () => number
  quit: () => number
}

export function ahead(regime: Regime, now: Float64Array, told: Told | null): Ahead {
  const width = 2 * regime.n
  let vector: Float64Array = Float64Array.from(now)
  let next: Float64Array = new Float64Array(width)
  const ended = { decided: 0, quit: 0 }
  let d = 0
  let scale = 1
  if (told) {
    let sum = 0
    for (let i = 0; i < width; i++) sum += now[i]! * told.worth[i]!
    scale = 1 / sum
  }
  return {
    day: () => d,
    step() {
      ended.quit += quits(regime, vector)
      ended.decided += dayStep(regime.lasting, vector, next)
      ;[vector, next] = [next, vector]
      d++
      if (told && d <= told.days) observe(regime, told.factors.get(d), vector, 0, ended)
    },
    read(into, at) {
      if (told && d <= told.days) {
        const row = d * width
        for (let i = 0; i < width; i++) into[at + i] = vector[i]! * told.worth[row + i]! * scale
      } else for (let i = 0; i < width; i++) into[at + i] = vector[i]! * scale
    },
    decided: () => ended.decided * (told && d <= told.days ? told.decided[d]! : 1) * scale,
    quit: () => ended.quit * (told && d <= told.days ? told.quit[d]! : 1) * scale,
  }
}
