import type { DayNumber } from '../core/dates.ts'
import { firstRank } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { firstPassage } from '../position/passage.ts'
import { shareAt } from '../position/past.ts'
import type { Past } from '../position/past.ts'
import { isKnown } from '../position/position.ts'
import { rowOf } from '../position/track.ts'
import type { Track } from '../position/track.ts'

/** The probabilities at which a day is read: the careful reading, the expected one, the hopeful one. */
export const READ_AT = [0.1, 0.5, 0.9] as const

/** First days on which the customer is at or beyond a rank with 10, 50 and 90 %; null: not in sight, or nothing was heard of them. */
export type Reached = readonly (DayNumber | null)[]

const NOWHERE: Reached = READ_AT.map(() => null)

/**
 * When the customer reaches ranks: in the past by what is known today (smoothed), ahead by the forecast with what is told,
 * over the futures that do reach it. Each rank is computed once, when first asked for. Where nothing was heard of the customer
 * only the calendar would say a day, and the calendar places nobody. `smoothed` is asked when the first rank is.
 */
export function reachedDays(track: Track, smoothed: () => Past): (rank: number) => Reached {
  const segment = track.open
  const { regime, to } = segment
  if (!isKnown(track)) return () => NOWHERE
  const known = new Map<number, Reached>()
  let past: Past | undefined
  return (rank) => {
    let days = known.get(rank)
    if (!days) {
      past ??= smoothed()
      const found: (DayNumber | null)[] = READ_AT.map(() => null)
      for (let day = past.from; day <= to; day++) {
        const share = shareAt(past, day, rank)
        for (let i = 0; i < READ_AT.length; i++) if (found[i] === null && share >= READ_AT[i]! - 1e-9) found[i] = day
        if (found[READ_AT.length - 1] !== null) break
      }
      // The readings ascend and so do their days: what the past does not tell is at the end.
      const missing = READ_AT.filter((_, i) => found[i] === null)
      const ahead = missing.length > 0 ? firstPassage(regime, rowOf(segment, to), rank, track.told, missing) : []
      const told = READ_AT.length - missing.length
      days = found.map((day, i) => {
        if (day !== null) return day
        const aheadBy = ahead[i - told] ?? null
        return aheadBy === null ? null : to + aheadBy
      })
      known.set(rank, days)
    }
    return days
  }
}

/** Rank of the middle of a phase. */
export function middleRank(model: Model, phase: Model['phases'][number]['id']): number {
  const steps = model.phases.find(({ id }) => id === phase)!.steps
  return firstRank(model, phase) + Math.ceil(steps / 2)
}

/** Rank at which a phase is over; the decision for the last one before it. */
export function endRank(model: Model, phase: Model['phases'][number]['id']): number {
  return firstRank(model, phase) + model.phases.find(({ id }) => id === phase)!.steps
}
