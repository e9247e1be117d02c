import type { DayNumber } from '../core/dates.ts'
import { firstRank } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { firstPassage } from '../position/passage.ts'
import { shareFrom } from '../position/position.ts'
import { rowOf } from '../position/track.ts'
import type { Track } from '../position/track.ts'

/** The probabilities at which a day is read: the careful reading, the expected one, the hopeful one. */
export const READ_AT = [0.1, 0.5, 0.9] as const

/** First days on which the customer is at or beyond a rank with 10, 50 and 90 %; null: not in sight. */
export type Reached = readonly (DayNumber | null)[]

/**
 * When the customer reaches ranks: in the past by what is known today (smoothed), ahead by the forecast with what is told,
 * over the futures that do reach it. Each rank is computed once, when first asked for. The past is read from `since` on: what was
 * reached before is given that day.
 */
export function reachedDays(
  track: Track,
  smoothed: Float64Array,
  since: DayNumber = track.open.from,
): (rank: number) => Reached {
  const segment = track.open
  const { regime, from, to } = segment
  const known = new Map<number, Reached>()
  return (rank) => {
    let days = known.get(rank)
    if (!days) {
      const past: (DayNumber | null)[] = READ_AT.map(() => null)
      for (let day = Math.max(from, since); day <= to; day++) {
        const share = shareFrom(regime, smoothed, rank, (day - from) * 2 * regime.n)
        READ_AT.forEach((least, i) => {
          if (past[i] === null && share >= least - 1e-9) past[i] = day
        })
        if (past[2] !== null) break
      }
      const ahead = past.includes(null) ? firstPassage(regime, rowOf(segment, to), rank, track.told, READ_AT) : []
      const later = (aheadBy: number | null | undefined): DayNumber | null =>
        aheadBy === undefined || aheadBy === null ? null : to + aheadBy
      days = past.map((day, i) => day ?? later(ahead[i]))
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
