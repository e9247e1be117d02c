import type { DayNumber } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Evidence, Pin } from '../deal/deal.ts'
import { chainOf, dayStep, normalise } from './chain.ts'
import type { Milestone } from './milestones.ts'
import { inOrder } from './track.ts'
import { apply, doneItems, pinItems, usesOf, weighUses } from './weigh.ts'
import type { Use } from './weigh.ts'

/** A position as a store keeps it, filtered: enough to go on from, without the history and what is told for later days. */
export interface StoredPosition {
  regime: 'open' | 'won'
  day: DayNumber
  /** `2n` probabilities, moving first. */
  vector: Float64Array
  /** Uses of signals in the repeat window before `day`: they decide how much a repeat counts. */
  recent: Use[]
}

/**
 * Carries a stored position on to `to`, applying what is dated after its day. Equals the position computed from scratch
 * (to rounding). Evidence dated on or before `stored.day` is a correction of the past and needs a fresh `track`.
 */
export function rollTo(
  stored: StoredPosition,
  model: Model,
  to: DayNumber,
  evidence: readonly Evidence[] = [],
  pins: readonly Pin[] = [],
  milestones: readonly Milestone[] = [],
): StoredPosition {
  const regime = chainOf(model)[stored.regime]
  const { repeatDays } = model.methodology.phases.evidence
  const later = (on: DayNumber): boolean => on > stored.day && on <= to
  const fresh = usesOf(evidence, model).filter((use) => later(use.day))
  const uses = [...stored.recent, ...fresh]
  const weighed = weighUses(uses, model).slice(stored.recent.length)
  const items = inOrder(
    inOrder(weighed, doneItems(milestones.filter(({ day }) => later(day)))),
    pinItems(pins).filter((pin) => later(pin.day)),
  )
  let now: Float64Array = Float64Array.from(stored.vector)
  let next: Float64Array = new Float64Array(now.length)
  let item = 0
  for (let day = stored.day + 1; day <= to; day++) {
    dayStep(regime, now, next)
    while (item < items.length && items[item]!.day === day) apply(items[item++]!, regime, model, next)
    normalise(next)
    ;[now, next] = [next, now]
  }
  return { regime: stored.regime, day: to, vector: now, recent: uses.filter((use) => to - use.day <= repeatDays) }
}

/**
 * Carries a block of open positions (rows of `2n`, each summing to 1) one day on, in place. What a nightly job does with
 * every deal that has no news.
 */
export function rollBlock(model: Model, block: Float64Array): void {
  const { open } = chainOf(model)
  const width = 2 * open.n
  const next = new Float64Array(width)
  for (let row = 0; row < block.length; row += width) {
    dayStep(open, block, next, row)
    normalise(next)
    block.set(next, row)
  }
}
