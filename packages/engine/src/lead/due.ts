import type { DayNumber } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { PhaseId } from '../methodology/schema.ts'
import { firstPassage } from '../position/passage.ts'
import { firstFrom, shareAt } from '../position/past.ts'
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
 * `expectedOnly`, for a pass that shows no band: where the expected day is in sight, it stands for all three.
 */
export function reachedDays(track: Track, smoothed: () => Past, expectedOnly = false): (rank: number) => Reached {
  if (!isKnown(track)) return () => NOWHERE
  const known = new Map<number, Reached>()
  let past: Past | undefined
  return (rank) => {
    let days = known.get(rank)
    if (!days) {
      past ??= smoothed()
      if (expectedOnly) {
        const [day] = readDays(track, past, rank, [READ_AT[1]]) as [DayNumber | null]
        if (day !== null) days = [day, day, day]
      }
      known.set(rank, (days ??= readDays(track, past, rank, READ_AT)))
    }
    return days
  }
}

/** First days on which the customer is at or beyond a rank with these probabilities, which ascend. */
function readDays(track: Track, past: Past, rank: number, at: readonly number[]): (DayNumber | null)[] {
  const segment = track.open
  const { to } = segment
  const days: (DayNumber | null)[] = []
  for (let day = past.from; days.length < at.length; day++) {
    day = firstFrom(past, day, rank, at[days.length]! - 1e-9)
    if (day > to) break
    while (days.length < at.length && shareAt(past, day, rank) >= at[days.length]! - 1e-9) days.push(day)
  }
  if (days.length === at.length) return days
  const ahead = firstPassage(segment.regime, rowOf(segment, to), rank, track.told, at.slice(days.length))
  return [...days, ...ahead.map((aheadBy) => (aheadBy === null ? null : to + aheadBy))]
}

/** Rank of the middle of a phase. */
export function middleRank({ ranks }: Model, phase: PhaseId): number {
  return ranks[phase].middle
}

/** Rank at which a phase is over; the decision for the last one before it. */
export function endRank({ ranks }: Model, phase: PhaseId): number {
  return ranks[phase].end
}
