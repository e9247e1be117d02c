import { seededRandom } from '../core/random.ts'
import { OPEN_PHASES } from '../methodology/schema.ts'
import { dayStepBack } from '../position/chain.ts'
import type { Regime } from '../position/chain.ts'
import { everReaches } from '../position/passage.ts'
import { observe } from '../position/told.ts'
import type { Told } from '../position/told.ts'

/** Paths are followed no further; one that has not passed by then decides on that day. */
export const PATH_DAYS = 2400

/**
 * Ways the customer may go from today to the decision, each drawn from the engine's own chain in the light of what is told, of
 * those futures in which a decision falls: so the days of the decision have the distribution that the position shows.
 */
export interface Paths {
  n: number
  /** Row p: first day ahead on which path p stands in each open phase or beyond; 0 where it does today. */
  enters: Int16Array
  /** Day ahead of the decision, 1 or later. */
  decides: Int16Array
}

/**
 * What a state is worth: the probability of a decision from it with all that is told. Row d, 1 … told days, is what arriving in a
 * state on day d is worth; the last row holds for every later day.
 */
function worthOfArriving(regime: Regime, told: Told | null): { rows: Float64Array[]; decided: Float64Array } {
  const width = 2 * regime.n
  const ever = everReaches(regime, regime.rankOf[regime.n - 1]! + 1)
  const days = told?.days ?? 0
  const rows: Float64Array[] = []
  const decided = new Float64Array(days + 2).fill(1)
  rows[days + 1] = ever
  let after = ever
  let ended = 1
  for (let d = days; d > 0; d--) {
    const row: Float64Array = new Float64Array(width)
    // What a state is worth at the end of day d, then what is told for the day itself.
    dayStepBack(regime.lasting, after, row, 0, 0, ended)
    const both = { decided: ended, quit: 0 }
    observe(regime, told!.factors.get(d), row, 0, both)
    ended = both.decided
    rows[d] = row
    decided[d] = ended
    after = row
  }
  return { rows, decided }
}

/** Draws paths `from` … `to − 1` of a seed; path p is the same whichever others are drawn with it. `now`: today's filtered states. */
export function drawPaths(
  regime: Regime,
  now: Float64Array,
  told: Told | null,
  seed: number,
  from: number,
  to: number,
): Paths {
  const { n, paces, phases, first, phaseOf, lasting } = regime
  const K = paces.length
  const { advance, stay, stall, resume, hold, back } = lasting
  const { rows, decided } = worthOfArriving(regime, told)
  const last = rows.length - 1
  const start = startOf(regime, now, rows[1]!, decided[1]!)
  const count = to - from
  const enters = new Int16Array(count * OPEN_PHASES).fill(-1)
  const decides = new Int16Array(count)
  for (let p = 0; p < count; p++) {
    const random = seededRandom(pathSeed(seed, from + p))
    let at = pick(start, random())
    const row = p * OPEN_PHASES
    let reached = -1
    const arrive = (phase: number, day: number): void => {
      for (; reached < phase; reached++) enters[row + reached + 1] = day
    }
    arrive(phaseOf[at % n]!, 0)
    let d = 1
    for (; d < PATH_DAYS; d++) {
      const worth = rows[d < last ? d : last]!
      const place = at >= n ? at - n : at
      let u = random()
      if (at >= n) {
        const go = resume * worth[place]!
        const total = go + hold * worth[at]!
        if (total <= 0 || u * total < go) at = place
        continue
      }
      const end = place + K >= n
      const next = advance[place]! * (end ? (decided[d < last ? d : last] ?? 1) : worth[place + K]!)
      const stays = stay[place]! * worth[place]!
      const stalls = stall * worth[n + place]!
      const phase = phaseOf[place]!
      const below = phase > 0 ? first[phase - 1]! + (place % K) : -1
      const falls = below < 0 ? 0 : back * worth[below]!
      u *= next + stays + stalls + falls
      if (u < next) {
        if (end) break
        at = place + K
        if (phaseOf[at]! > reached) arrive(phaseOf[at]!, d)
      } else if (u < next + stalls) at = n + place
      else if (u < next + stalls + falls) at = below
    }
    decides[p] = d
    arrive(phases.length - 1, d)
  }
  return { n: count, enters, decides }
}

/** A seed for each path, spread over the numbers so that neighbours share nothing. */
export function pathSeed(seed: number, path: number): number {
  let x = (seed ^ Math.imul(path + 1, 0x9e3779b1)) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** Shares of today's states, by what a day from each of them is worth, added up. */
function startOf(regime: Regime, now: Float64Array, tomorrow: Float64Array, decided: number): Float64Array {
  const worth = new Float64Array(2 * regime.n)
  dayStepBack(regime.lasting, tomorrow, worth, 0, 0, decided)
  const sums = new Float64Array(2 * regime.n)
  let sum = 0
  for (let i = 0; i < sums.length; i++) sums[i] = sum += now[i]! * worth[i]!
  for (let i = 0; i < sums.length; i++) sums[i]! /= sum
  return sums
}

function pick(sums: Float64Array, u: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle]! > u) high = middle
    else low = middle + 1
  }
  return low
}
