import type { DayNumber } from '../core/dates.ts'
import { dayStepBack } from './chain.ts'
import type { Regime } from './chain.ts'
import type { Lanes } from './lanes.ts'
import type { Segment } from './track.ts'
import { applyFactors } from './weigh.ts'

/**
 * The smoothed past by rank: what `smooth` gives, added up over moving and stalled and over the paces, which is all that due days
 * and progress ask for.
 */
export interface Past {
  /** First and last day. */
  from: DayNumber
  to: DayNumber
  /** Ranks of the regime, and its first one. */
  ranks: number
  base: number
  /** Row `day − from`: probability of being at or beyond each rank. */
  beyond: Float64Array
}

/** What a pass over many deals uses again; `Scratch` has it. */
interface Memory {
  filtered: Float64Array
  beyond: Float64Array
  lanes: Lanes | null
}

/** Where a backward pass starts anew from a sum of one: far from what an f64 can hold. */
const TINY = 1e-100
/** Days without news that are stepped without looking at the sum: they lose little of it. */
const AT_ONCE = 64

/** The past of a segment. `worth`: what is told for later days, as in `smooth`. `memory`: to be used again. */
export function pastOf(segment: Segment, worth?: Float64Array, memory?: Memory): Past {
  const { regime, from, to, items, filtered, factors } = segment
  const lanes = memory?.lanes && filtered === memory.lanes.filtered ? memory.lanes : null
  const { n } = regime
  const width = 2 * n
  const K = regime.paces.length
  const ranks = n / K
  const kept = memory?.filtered === filtered ? memory : undefined
  const beyond = lanes ? lanes.beyond : rowsOf((to - from + 1) * ranks, kept)
  const later = lanes ? lanes.later : new Float64Array(width)
  if (worth) later.set(worth.subarray(0, width))
  else later.fill(1)
  const sharesOf = (row: number, into: number): number => {
    let sum = 0
    for (let rank = ranks - 1, i = n - K; rank >= 0; rank--, i -= K) {
      for (let j = i; j < i + K; j++) sum += filtered[row + j]! * later[j]! + filtered[row + n + j]! * later[n + j]!
      beyond[into + rank] = sum
    }
    for (let rank = 0; rank < ranks; rank++) beyond[into + rank]! /= sum
    return sum
  }
  let item = items.length - 1
  let sum = sharesOf((to - from) * width, (to - from) * ranks)
  for (let day = to; day > from;) {
    if (sum < TINY) for (let i = 0; i < width; i++) later[i]! /= sum
    for (; item >= 0 && items[item]!.day === day; item--) applyFactors(items[item]!, factors, item, regime, later)
    const row = (day - 1 - from) * width
    const into = (day - 1 - from) * ranks
    if (lanes) {
      const days = Math.min(day - Math.max(from, items[item]?.day ?? from), AT_ONCE)
      sum = lanes.back(row, into, days)
      day -= days
    } else {
      dayStepBack(regime, later, later)
      sum = sharesOf(row, into)
      day--
    }
  }
  return { from, to, ranks, base: regime.rankOf[0]!, beyond }
}

function rowsOf(length: number, memory: Memory | undefined): Float64Array {
  if (!memory) return new Float64Array(length)
  if (memory.beyond.length < length) memory.beyond = new Float64Array(2 * length)
  return memory.beyond
}

/** Probability that the customer was at or beyond a rank on a day, as it is known today. */
export function shareAt({ from, ranks, base, beyond }: Past, day: DayNumber, rank: number): number {
  const place = rank - base
  return place >= ranks ? 0 : beyond[(day - from) * ranks + Math.max(0, place)]!
}

/** The first day from `day` on with at least so much at or beyond a rank; the day after the last one where there is none. */
export function firstFrom(
  { from, to, ranks, base, beyond }: Past,
  day: DayNumber,
  rank: number,
  least: number,
): DayNumber {
  const place = Math.max(0, rank - base)
  if (place >= ranks) return to + 1
  let at = day
  for (let i = (day - from) * ranks + place; at <= to && !(beyond[i]! >= least); i += ranks) at++
  return at
}

/** Expected `u` of a day, clamped into the past. */
export function progressAt(past: Past, { n, u, paces }: Regime, day: DayNumber): number {
  const { from, to, ranks, beyond } = past
  const row = (Math.min(Math.max(day, from), to) - from) * ranks
  let sum = 0
  let later = 0
  for (let rank = ranks - 1, i = n - paces.length; rank >= 0; rank--, i -= paces.length) {
    sum += (beyond[row + rank]! - later) * u[i]!
    later = beyond[row + rank]!
  }
  return sum
}
