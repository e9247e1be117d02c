import { addDays, dateOf } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { perConcern } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { Person } from '../deal/deal.ts'
import { dealDemand, expected, orderOf, quantile, stepShares } from '../demand/demand.ts'
import type { StepDemand, TraitInForce } from '../demand/demand.ts'
import { PHASES } from '../methodology/schema.ts'
import type { ConcernId } from '../methodology/schema.ts'
import type { Regime } from '../position/chain.ts'
import type { Forecast } from '../position/forecast.ts'
import { phaseShares, progressOf, stalledShare } from '../position/position.ts'
import { smooth } from '../position/smooth.ts'
import { rowOf } from '../position/track.ts'
import type { Segment, Track } from '../position/track.ts'
import type { Band, Brief, Demand } from './schema.ts'

/** The picture draws about this many points of the past and of the future; more would not be seen. */
const POINTS = 72

/** Evenly spaced days from `from` to `to`, both included. */
function spread(from: DayNumber, to: DayNumber): DayNumber[] {
  const step = Math.max(1, Math.ceil((to - from) / POINTS))
  const days: DayNumber[] = []
  for (let day = to; day > from; day -= step) days.push(day)
  days.push(from)
  return days.reverse()
}

export interface Drawn {
  past: DayNumber[]
  /** Days ahead, 0 = today; empty once closed. */
  future: number[]
}

export function daysToDraw(track: Track, forecast: Forecast | null): Drawn {
  const end = (track.won ?? track.open).to
  return { past: spread(track.open.from, end), future: forecast ? spread(0, forecast.days) : [] }
}

export function historyView(
  track: Track,
  smoothed: Float64Array,
  days: readonly DayNumber[],
  model: Model,
): Brief['position']['history'] {
  const won = track.won ? smooth(track.won, model) : undefined
  const read = <T>(view: (regime: Regime, rows: Float64Array, at: number) => T): T[] =>
    days.map((day) => {
      const [segment, rows] = track.won && won && day >= track.won.from ? [track.won, won] : [track.open, smoothed]
      return view(segment.regime, rows, (day - segment.from) * 2 * segment.regime.n)
    })
  return { days: days.map(dateOf), phases: read(phaseShares), stalled: read(stalledShare), progress: read(progressOf) }
}

/**
 * When each phase before the decision began: the days on which the smoothed probability of being in it or beyond first
 * reaches 10, 50 and 90 %. Null: not yet that sure.
 */
export function beganView(track: Track, smoothed: Float64Array, leading: number): Brief['position']['began'] {
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
): NonNullable<Brief['position']['forecast']> {
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

/** Demand with its 10/90 % band over the posterior, for the days that are drawn and for any single day of the past. */
export function curveView(
  track: Track,
  forecast: Forecast | null,
  basis: { model: Model; traits: readonly TraitInForce[]; people: readonly Person[]; demand: StepDemand },
  drawn: Drawn,
): { view: Demand['curve']; at: (concern: ConcernId, day: DayNumber) => Band } {
  const readers = new Map<Regime, (concern: ConcernId, shares: Float64Array) => Band>()
  const readerOf = (regime: Regime): ((concern: ConcernId, shares: Float64Array) => Band) => {
    let reader = readers.get(regime)
    if (!reader) {
      const here = (track.won ?? track.open).regime === regime
      const demand = here ? basis.demand : dealDemand(basis.model, regime, basis.traits, basis.people)
      const order = perConcern((concern) => orderOf(demand[concern]))
      reader = (concern, shares) => ({
        value: Math.min(1, expected(shares, demand[concern])),
        low: quantile(shares, demand[concern], order[concern], 0.1),
        high: quantile(shares, demand[concern], order[concern], 0.9),
      })
      readers.set(regime, reader)
    }
    return reader
  }
  const sharesOn = (segment: Segment, vector: Float64Array, at: number): Float64Array =>
    stepShares(segment.regime, vector, at, new Float64Array(segment.regime.n))
  const at = (concern: ConcernId, day: DayNumber): Band => {
    const segment = track.won && day >= track.won.from ? track.won : track.open
    return readerOf(segment.regime)(concern, sharesOn(segment, rowOf(segment, day), 0))
  }
  const width = 2 * track.open.regime.n
  const ahead = (concern: ConcernId, d: number): Band =>
    readerOf(track.open.regime)(concern, sharesOn(track.open, forecast!.open, d * width))
  const last = drawn.past.at(-1)!
  const future = drawn.future.filter((d) => d > 0)
  const concerns = perConcern((concern) => {
    const bands = [...drawn.past.map((day) => at(concern, day)), ...future.map((d) => ahead(concern, d))]
    return {
      value: bands.map(({ value }) => value),
      low: bands.map(({ low }) => low),
      high: bands.map(({ high }) => high),
    }
  })
  return { view: { days: [...drawn.past, ...future.map((d) => last + d)].map(dateOf), concerns }, at }
}
