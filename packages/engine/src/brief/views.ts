import { addDays, dateOf } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { PHASES } from '../methodology/schema.ts'
import type { Regime } from '../position/chain.ts'
import type { Forecast } from '../position/forecast.ts'
import { phaseShares, progressOf, stalledShare } from '../position/position.ts'
import { smooth } from '../position/smooth.ts'
import type { Position } from '../position/schema.ts'
import type { Track } from '../position/track.ts'

/** Sums of many probabilities can end a rounding error above one. */
const sharesAtMostOne: typeof phaseShares = (...row) => phaseShares(...row).map((share) => Math.min(1, share))

export function historyView(track: Track, smoothed: Float64Array, days: readonly DayNumber[]): Position['history'] {
  const won = track.won ? smooth(track.won) : undefined
  const read = <T>(view: (regime: Regime, rows: Float64Array, at: number) => T): T[] =>
    days.map((day) => {
      const [segment, rows] = track.won && won && day >= track.won.from ? [track.won, won] : [track.open, smoothed]
      return view(segment.regime, rows, (day - segment.from) * 2 * segment.regime.n)
    })
  return {
    days: days.map(dateOf),
    phases: read(sharesAtMostOne),
    stalled: read(stalledShare),
    progress: read(progressOf),
  }
}

/**
 * When each phase before the decision began: the days on which the smoothed probability of being in it or beyond first
 * reaches 10, 50 and 90 %. Null: not yet that sure.
 */
export function beganView(track: Track, smoothed: Float64Array, leading: number): Position['began'] {
  const { regime, from, to } = track.open
  const width = 2 * regime.n
  const found = regime.phases.map((): (string | null)[] => [null, null, null])
  for (let day = from; day <= to; day++) {
    const shares = phaseShares(regime, smoothed, (day - from) * width)
    let beyond = 0
    for (let p = regime.phases.length - 1; p >= 0; p--) {
      beyond += shares[regime.phases[p]!]!
      ;[0.1, 0.5, 0.9].forEach((share, i) => {
        if (beyond >= share - 1e-9) found[p]![i] ??= dateOf(day)
      })
    }
  }
  return regime.phases
    .filter((index) => index <= leading)
    .map((index, p) => ({ phase: PHASES[index]!, on: { p10: found[p]![0]!, p50: found[p]![1]!, p90: found[p]![2]! } }))
}

export function forecastView(
  regime: Regime,
  forecast: Forecast,
  passages: readonly (readonly (number | null)[])[],
  days: readonly number[],
  asOf: PlainDate,
  leading: number,
): NonNullable<Position['forecast']> {
  const width = 2 * regime.n
  const on = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : addDays(asOf, value)
  const undecided = days.map((d) => 1 - forecast.decided[d]! - forecast.quit[d]!)
  const shares = days.map((d, i) =>
    phaseShares(regime, forecast.open, d * width).map((mass) =>
      undecided[i]! > 0 ? Math.min(1, mass / undecided[i]!) : 0,
    ),
  )
  const quantilesOf = (
    values: readonly (number | null)[] | undefined,
  ): { p10: string | null; p50: string | null; p90: string | null } => ({
    p10: on(values?.[0]),
    p50: on(values?.[1]),
    p90: on(values?.[2]),
  })
  return {
    days: days.map((d) => addDays(asOf, d)),
    phases: shares,
    undecided: undecided.map((share) => Math.min(1, Math.max(0, share))),
    progress: days.map((d, i) =>
      undecided[i]! > 0 ? progressOf(regime, forecast.open, d * width) / undecided[i]! : 1,
    ),
    ends: regime.phases.flatMap((index, p) =>
      index >= leading ? [{ phase: PHASES[index]!, on: quantilesOf(passages[p]) }] : [],
    ),
    decision: quantilesOf(passages.at(-1)),
  }
}
