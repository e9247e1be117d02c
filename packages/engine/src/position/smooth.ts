import type { Model } from '../core/model.ts'
import { dayStep, dayStepBack } from './chain.ts'
import type { Segment } from './track.ts'
import { apply, applyFactors, factorsOf } from './weigh.ts'
import type { Item } from './weigh.ts'

/**
 * Backward passes over a segment: row `day − from` of each result says what a state of that day, after its items, is worth
 * in the light of all later items, when states of the last day are worth `lasts`. All are scaled by the same factor each day
 * (no underflow over years), so that ratios between them keep their meaning.
 */
function backward(segment: Segment, lasts: readonly Float64Array[]): Float64Array[] {
  const { regime, from, to, items, factors } = segment
  const width = 2 * regime.n
  const end = (to - from) * width
  const all = lasts.map((last) => {
    const rows = new Float64Array(end + width)
    rows.set(last, end)
    return rows
  })
  const later = new Float64Array(width)
  let item = items.length - 1
  for (let day = to; day > from; day--) {
    const row = (day - from) * width
    let before = item
    while (before >= 0 && items[before]!.day === day) before--
    // Only evidence makes all states worth less at once; days alone do so slowly.
    const scaled = before !== item || (day - from) % 32 === 0
    let top = 0
    for (const rows of all) {
      if (before === item) {
        dayStepBack(regime, rows, rows, row, row - width)
      } else {
        later.set(rows.subarray(row, row + width))
        for (let i = item; i > before; i--) applyFactors(items[i]!, factors, i, regime, later)
        dayStepBack(regime, later, rows, 0, row - width)
      }
      if (scaled) top = Math.max(top, greatest(rows, row - width, row))
    }
    item = before
    if (top > 0) for (const rows of all) for (let i = row - width; i < row; i++) rows[i]! /= top
  }
  return all
}

function greatest(values: Float64Array, from: number, to: number): number {
  let top = 0
  for (let i = from; i < to; i++) if (values[i]! > top) top = values[i]!
  return top
}

/**
 * The smoothed distribution of every day of the segment (forward–backward), in the layout of `filtered`. `worth`: what states
 * of the last day are worth in the light of what is told for later days; absent, all the same.
 */
export function smooth(segment: Segment, worth?: Float64Array): Float64Array {
  const width = 2 * segment.regime.n
  const last = worth ? worth.subarray(0, width) : new Float64Array(width).fill(1)
  const [rows] = backward(segment, [last]) as [Float64Array]
  for (let row = 0; row < rows.length; row += width) {
    let sum = 0
    for (let i = row; i < row + width; i++) sum += rows[i]! *= segment.filtered[i]!
    for (let i = row; i < row + width; i++) rows[i]! /= sum
  }
  return rows
}

/**
 * Leave-one-out effect of each item of a segment on a phase: log-odds of the phase on the last day with the item minus
 * without it, in the order of the segment's items.
 *
 * Exact, not an approximation: two backward passes (one worth of the phase, one of all others) let each item cost only the
 * days up to the last repeat whose weight it changes. `reweighed` gives, for an item left out, the pieces of evidence
 * that then weigh otherwise (later uses of the same signal). The segment's first day and what is told for later days (`worth`) are kept.
 */
export function effects(
  segment: Segment,
  model: Model,
  phase: number,
  reweighed: (item: Item) => readonly Item[],
  worth?: Float64Array,
): number[] {
  const { regime, from, to, items, filtered } = segment
  const { n } = regime
  const width = 2 * n
  const inPhase = new Float64Array(width)
  for (let j = 0; j < n; j++) if (regime.phaseOf[j] === phase) inPhase[j] = inPhase[n + j] = 1
  const others = inPhase.map((value) => 1 - value)
  if (worth)
    for (let i = 0; i < width; i++) {
      inPhase[i]! *= worth[i]!
      others[i]! *= worth[i]!
    }
  const [worthIn, worthOthers] = backward(segment, [inPhase, others]) as [Float64Array, Float64Array]
  const logOdds = (vector: Float64Array, row: number): number => {
    let a = 0
    let b = 0
    for (let i = 0; i < width; i++) {
      a += vector[i]! * worthIn[row + i]!
      b += vector[i]! * worthOthers[row + i]!
    }
    return Math.log(a) - Math.log(b)
  }
  const withAll = logOdds(filtered.subarray((to - from) * width), (to - from) * width)
  const day = new Float64Array(width)
  const next = new Float64Array(width)
  const factors = factorsOf(items, regime, model)
  const onDay = Map.groupBy(items.keys(), (i) => items[i]!.day)
  return items.map((left) => {
    const instead = new Map(reweighed(left).map((item) => [item.index, item]))
    let last = left.day
    for (const item of instead.values()) last = Math.max(last, item.day)
    if (left.day === from) day.set(segment.first)
    else dayStep(regime, filtered, day, (left.day - 1 - from) * width)
    for (let at = left.day; ; at++) {
      for (const i of onDay.get(at) ?? []) {
        const item = items[i]!
        if (item === left) continue
        const other = item.kind === 'evidence' ? instead.get(item.index) : undefined
        if (other) apply(other, regime, model, day)
        else applyFactors(item, factors, i, regime, day)
      }
      if (at === last) break
      dayStep(regime, day, next)
      day.set(next)
    }
    return withAll - logOdds(day, (last - from) * width)
  })
}
