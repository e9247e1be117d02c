import { dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { chainOf, dayStep, decidedOf, entryDistribution, normalise } from './chain.ts'
import type { Regime } from './chain.ts'
import type { Scratch } from './forecast.ts'
import { milestonesOf } from './milestones.ts'
import type { Milestone } from './milestones.ts'
import { toldOf } from './told.ts'
import type { Told } from './told.ts'
import { applyFactors, claimItems, doneItems, factorsOf, pinItems, usesOf, weighUses } from './weigh.ts'
import type { Item } from './weigh.ts'

/** A stretch of days in one regime with the filtered distribution of each. */
export interface Segment {
  regime: Regime
  /** First and last day, both included. */
  from: DayNumber
  to: DayNumber
  /** The distribution that meets the first day's items. */
  first: Float64Array
  /** Row `day − from`: the distribution after that day's evidence, normalised. */
  filtered: Float64Array
  /** Items of the stretch in the order of application: by day; evidence, milestones reached, claims, pins. */
  items: Item[]
  /** Row i: what item i multiplies the phases with, moving first. */
  factors: Float64Array
}

export interface Track {
  state: 'open' | 'won' | 'frozen'
  open: Segment
  /** After a win. */
  won?: Segment
  milestones: readonly Milestone[]
  /** What is told for days to come, while open. */
  told: Told | null
}

/** The day a deal's position starts: the earliest of first contact, opening, first evidence that counts and first milestone reached; else `asOf`. */
export function startOf(
  deal: Deal,
  asOf: DayNumber,
  firstUse: DayNumber | undefined,
  milestones: readonly Milestone[],
): DayNumber {
  let start = Infinity
  for (const { done, day } of milestones) if (done) start = Math.min(start, day)
  if (deal.firstContactOn) start = Math.min(start, dayNumber(deal.firstContactOn))
  if (deal.openedOn) start = Math.min(start, dayNumber(deal.openedOn))
  if (firstUse !== undefined) start = Math.min(start, firstUse)
  return Math.min(start, asOf)
}

/** By day; of one day the first list first. */
export function inOrder(first: readonly Item[], second: readonly Item[]): Item[] {
  if (second.length === 0) return [...first]
  const all: Item[] = []
  let e = 0
  let p = 0
  while (e < first.length || p < second.length) {
    const takeEvidence = p >= second.length || (e < first.length && first[e]!.day <= second[p]!.day)
    all.push(takeEvidence ? first[e++]! : second[p++]!)
  }
  return all
}

/**
 * The filtered position of every day up to `asOf`. `deal` must already be cut to `asOf` (`dealAsOf`). `scratch`: memory to use again.
 * Time O(days × states).
 */
export function track(
  deal: Deal,
  model: Model,
  asOf: PlainDate,
  scratch?: Scratch,
  milestones: readonly Milestone[] = milestonesOf(deal, model, dayNumber(asOf)),
): Track {
  const today = dayNumber(asOf)
  const uses = usesOf(deal.evidence, model)
  const heard = inOrder(weighUses(uses, model), doneItems(milestones))
  const items = inOrder(inOrder(heard, claimItems(deal.stages, model)), pinItems(deal.pins))
  const start = startOf(deal, today, uses[0]?.day, milestones)
  const closed = deal.status !== 'open' && deal.closedOn ? Math.max(dayNumber(deal.closedOn), start) : undefined
  const { open, won } = chainOf(model)
  const lastOpen = closed === undefined ? today : Math.min(closed, today)
  const segment = run(
    open,
    model,
    entryDistribution(model),
    start,
    lastOpen,
    items.filter((item) => item.day >= start && item.day <= lastOpen),
    scratch,
  )
  if (deal.status === 'won' && closed !== undefined) {
    const first = new Float64Array(2 * won.n)
    first[0] = 1
    const rest = items.filter((item) => item.day >= closed && item.day <= today)
    return {
      state: 'won',
      open: segment,
      won: run(won, model, first, closed, today, rest),
      milestones,
      told: null,
    }
  }
  if (closed !== undefined) return { state: 'frozen', open: segment, milestones, told: null }
  return {
    state: 'open',
    open: segment,
    milestones,
    told: toldOf(open, model, rowOf(segment, today), today, milestones),
  }
}

/** Days of the longest deal for which memory is kept for the next: a deal of decades takes its own. */
const MOST_KEPT = 4000

/** Runs a regime from `first` on day `from`; the items of the first day meet it without a day step before them. */
function run(
  regime: Regime,
  model: Model,
  first: Float64Array,
  from: DayNumber,
  to: DayNumber,
  items: Item[],
  scratch?: Scratch,
): Segment {
  const width = 2 * regime.n
  const kept = to - from < MOST_KEPT ? scratch : undefined
  const lanes = kept?.lanes?.regime === regime ? kept.lanes : null
  lanes?.room(to - from + 1)
  const filtered = lanes ? lanes.filtered : rowsFor((to - from + 1) * width, kept)
  const factors = factorsOf(items, regime, model)
  filtered.set(first)
  let next = 0
  for (let day = from; ;) {
    const row = (day - from) * width
    for (; next < items.length && items[next]!.day === day; next++)
      applyFactors(items[next]!, factors, next, regime, filtered, row)
    normalise(filtered, row, width)
    if (day === to) break
    const news = items[next]?.day
    const until = news ?? to
    if (lanes) lanes.ahead(row, until - day, news !== undefined)
    else daysOn(regime, filtered, row, until - day, news !== undefined)
    day = until
  }
  return { regime, from, to, first, filtered, items, factors }
}

/** Fills so many rows after the one that begins at `at`. Without news all that leaves is what is decided; the last day may bring some. */
function daysOn(regime: Regime, filtered: Float64Array, at: number, days: number, news: boolean): void {
  const width = 2 * regime.n
  for (let before = at, left = days; left > 0; before += width, left--) {
    const scale = news && left === 1 ? 1 : 1 / (1 - decidedOf(regime, filtered, before))
    dayStep(regime, filtered, filtered, before, before + width, scale)
  }
}

function rowsFor(length: number, scratch: Scratch | undefined): Float64Array {
  if (!scratch) return new Float64Array(length)
  if (scratch.filtered.length < length) scratch.filtered = new Float64Array(2 * length)
  return scratch.filtered
}

/** The segment that holds today. */
export function current(of: Track): Segment {
  return of.won ?? of.open
}

/** Today's distribution: filtered, in the light of what is told for days to come, normalised. */
export function nowOf(of: Track): Float64Array {
  const segment = current(of)
  const row = rowOf(segment, segment.to)
  if (!of.told) return row
  const { worth } = of.told
  const now = row.map((mass, i) => mass * worth[i]!)
  normalise(now)
  return now
}

/** The filtered distribution of a day of the segment, clamped into it. */
export function rowOf(segment: Segment, day: DayNumber): Float64Array {
  const width = 2 * segment.regime.n
  const row = (Math.min(Math.max(day, segment.from), segment.to) - segment.from) * width
  return segment.filtered.subarray(row, row + width)
}
