import { dateOf } from '../core/dates.ts'
import type { DayNumber } from '../core/dates.ts'
import { perConcern } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { Band } from '../core/shapes.ts'
import type { Person } from '../deal/deal.ts'
import { dealDemand, expected, orderOf, quantile, stepShares } from '../demand/demand.ts'
import type { StepDemand, TraitInForce } from '../demand/demand.ts'
import type { Demand } from '../demand/schema.ts'
import type { ConcernId } from '../methodology/schema.ts'
import type { Regime } from '../position/chain.ts'
import type { Forecast } from '../position/forecast.ts'
import { rowOf } from '../position/track.ts'
import type { Segment, Track } from '../position/track.ts'

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

/** Demand of a deal with its 10/90 % band over the posterior, on any day. */
export interface Curve {
  /** On a day of the past, by what was known then. */
  at: (concern: ConcernId, day: DayNumber) => Band
  /** So many days ahead, given undecided; only while the deal is open and the forecast reaches so far. */
  ahead: (concern: ConcernId, days: number) => Band
}

export function curveOf(
  track: Track,
  forecast: Forecast | null,
  basis: {
    model: Model
    traits: readonly TraitInForce[]
    people: readonly Person[]
    demand: StepDemand
    /** Today's distribution, in the light of what is told for days to come. */
    now: Float64Array
  },
): Curve {
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
  /** Each day is asked for by four concerns. */
  const past = new Map<DayNumber, Float64Array>()
  const future = new Map<number, Float64Array>()
  const sharesOn = (
    known: Map<number, Float64Array>,
    day: number,
    segment: Segment,
    vector: Float64Array,
    at: number,
  ): Float64Array => {
    let shares = known.get(day)
    if (!shares) known.set(day, (shares = stepShares(segment.regime, vector, at, new Float64Array(segment.regime.n))))
    return shares
  }
  const at = (concern: ConcernId, day: DayNumber): Band => {
    const segment = track.won && day >= track.won.from ? track.won : track.open
    const today = day >= segment.to && segment === (track.won ?? track.open)
    const vector = today ? basis.now : rowOf(segment, day)
    return readerOf(segment.regime)(concern, sharesOn(past, day, segment, vector, 0))
  }
  const width = 2 * track.open.regime.n
  const ahead = (concern: ConcernId, d: number): Band =>
    readerOf(track.open.regime)(concern, sharesOn(future, d, track.open, forecast!.open, d * width))
  return { at, ahead }
}

/** The curve on the days that are drawn. */
export function curveView({ at, ahead }: Curve, drawn: Drawn): Demand['curve'] {
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
  return { days: [...drawn.past, ...future.map((d) => last + d)].map(dateOf), concerns }
}
