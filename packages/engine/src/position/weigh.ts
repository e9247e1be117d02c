import { dayNumber } from '../core/dates.ts'
import type { DayNumber } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Evidence, Pin, StageClaim } from '../deal/deal.ts'
import { PHASES } from '../methodology/schema.ts'
import type { Signal } from '../methodology/schema.ts'
import type { Regime } from './chain.ts'
import type { Milestone } from './milestones.ts'

/** A piece of evidence, a milestone reached, a claim or a pin, ready to be applied on its day. */
export interface Item {
  kind: 'evidence' | 'milestone' | 'claim' | 'pin'
  /** Place in the deal's own list. */
  index: number
  day: DayNumber
  what: string
  /** What it counts, q·ρ in 0..1; a pin counts 1, a claim what the methodology gives it, a milestone its reliability. */
  weight: number
  /** Of a milestone: the rank that was reached. */
  rank?: number
}

/** One use of a signal that counts, before repeats are known. */
export interface Use {
  index: number
  day: DayNumber
  signal: string
  /** Confidence, less while unconfirmed. */
  q: number
}

/** The uses that count at all, in the order in which they meet the filter: by day, then the stronger first. */
export function usesOf(evidence: readonly Evidence[] | undefined, model: Model): Use[] {
  const { unconfirmed } = model.methodology.phases.evidence
  const uses: Use[] = []
  evidence?.forEach((piece, index) => {
    // What was carried over was heard of another deal: it places nobody here.
    if (piece.carriedFrom !== undefined || piece.status === 'rejected' || !model.signals.has(piece.signal)) return
    const q = piece.status === 'suggested' ? piece.confidence * unconfirmed : piece.confidence
    uses.push({ index, day: dayNumber(piece.on), signal: piece.signal, q })
  })
  return uses.sort(
    (a, b) => a.day - b.day || b.q - a.q || (a.signal < b.signal ? -1 : a.signal > b.signal ? 1 : a.index - b.index),
  )
}

/**
 * Weighs the uses: ρ = 1/2^n, n = earlier uses of the same signal within `repeatDays`. `uses` must be in `usesOf` order.
 */
export function weighUses(uses: readonly Use[], model: Model): Item[] {
  const { repeatDays } = model.methodology.phases.evidence
  const seen = new Map<string, { days: number[]; from: number }>()
  return uses.map(({ index, day, signal, q }) => {
    let earlier = seen.get(signal)
    if (!earlier) seen.set(signal, (earlier = { days: [], from: 0 }))
    // Days only go up: what is too long ago for one use is so for all that follow.
    while (earlier.from < earlier.days.length && day - earlier.days[earlier.from]! > repeatDays) earlier.from++
    const n = earlier.days.length - earlier.from
    earlier.days.push(day)
    return { kind: 'evidence', index, day, what: signal, weight: q / 2 ** n }
  })
}

/**
 * For each use the later uses of the same signal that weigh more once it is gone: one earlier use fewer is counted for each that comes
 * within `repeatDays` of it, and half as much taken off. `items`: what `weighUses` made.
 */
export function reweighing(items: readonly Item[], model: Model): (item: Item) => Item[] {
  const { repeatDays } = model.methodology.phases.evidence
  const same = new Map<string, Item[]>()
  const places = new Map<number, number>()
  for (const item of items) {
    let all = same.get(item.what)
    if (!all) same.set(item.what, (all = []))
    places.set(item.index, all.length)
    all.push(item)
  }
  return ({ index, what }) => {
    const place = places.get(index)
    if (place === undefined) return []
    const all = same.get(what)!
    const changed: Item[] = []
    for (let at = place + 1; at < all.length && all[at]!.day - all[place]!.day <= repeatDays; at++) {
      const weight = 2 * all[at]!.weight
      // What is worth nothing by now stays so.
      if (weight !== all[at]!.weight) changed.push({ ...all[at]!, weight })
    }
    return changed
  }
}

export function pinItems(pins: readonly Pin[] | undefined): Item[] {
  const items = (pins ?? []).map((pin, index): Item => ({
    kind: 'pin',
    index,
    day: dayNumber(pin.on),
    what: pin.phase,
    weight: 1,
  }))
  return items.sort(
    (a, b) => a.day - b.day || PHASES.indexOf(a.what as never) - PHASES.indexOf(b.what as never) || a.index - b.index,
  )
}

/** Milestones that were reached, by day and then by rank. */
export function doneItems(milestones: readonly Milestone[]): Item[] {
  return milestones
    .filter(({ done }) => done)
    .map(({ index, step, rank, day, reliability }): Item => ({
      kind: 'milestone',
      index,
      day,
      what: step,
      weight: reliability,
      rank,
    }))
    .sort((a, b) => a.day - b.day || a.rank! - b.rank! || a.index - b.index)
}

/** The latest claim of each day, as a list says it; a stage that is said again adds nothing until it changes. */
export function claimItems(stages: readonly StageClaim[] | undefined, model: Model): Item[] {
  const weight = model.methodology.phases.evidence.claim
  const items = (stages ?? []).map((stage, index): Item => ({
    kind: 'claim',
    index,
    day: dayNumber(stage.on),
    what: stage.phase,
    weight,
  }))
  items.sort(
    (a, b) => a.day - b.day || PHASES.indexOf(a.what as never) - PHASES.indexOf(b.what as never) || a.index - b.index,
  )
  return items.filter((item, i) => item.what !== items[i - 1]?.what)
}

/** A claim speaks highly for its phase, somewhat for the neighbours, weakly for the rest. */
function claimLikelihood(phase: string, regime: Regime, model: Model): Likelihood {
  return tableOf(regime, `claim ${phase}`, () => claimLogs(phase, regime, model))
}

function claimLogs(phase: string, regime: Regime, model: Model): Float64Array {
  const { weights, floor, stalledShare } = model.methodology.phases.evidence
  const claimed = PHASES.indexOf(phase as never)
  const of = regime.phases.map((index) =>
    index === claimed ? weights.high : Math.abs(index - claimed) === 1 ? weights.med : weights.low,
  )
  const top = Math.max(...of)
  const relative = (p: number): number => Math.log(Math.max(p / top, floor))
  return Float64Array.from([...of.map(relative), ...of.map((p) => relative(stalledShare * p))])
}

/**
 * Logarithm of the relative likelihood of each phase of a regime, moving first, then stalled. A signal knows few different weights, and
 * each needs one power only: entry i is `values[of[i]]`.
 */
interface Likelihood {
  values: Float64Array
  of: Uint8Array
}

const tables = new WeakMap<Regime, Map<string, Likelihood>>()

/** A likelihood made once for a regime. */
function tableOf(regime: Regime, key: string, logs: () => Float64Array): Likelihood {
  let table = tables.get(regime)
  if (!table) tables.set(regime, (table = new Map()))
  let known = table.get(key)
  if (!known) {
    const all = logs()
    const values = Float64Array.from(new Set(all))
    table.set(key, (known = { values, of: Uint8Array.from(all, (log) => values.indexOf(log)) }))
  }
  return known
}

/** `ln max(p_i / max_k p_k, floor)` of a signal, moving and stalled, over the phases of the regime. */
function signalLikelihood(signal: Signal, regime: Regime, model: Model): Likelihood {
  return tableOf(regime, signal.id, () => signalLogs(signal, regime, model))
}

function signalLogs(signal: Signal, regime: Regime, model: Model): Float64Array {
  const { weights, floor, stalledShare } = model.methodology.phases.evidence
  const stalled = signal.phases.stalled ? weights[signal.phases.stalled] : 0
  const of = regime.phases.map((index) => weights[signal.phases[PHASES[index]!] ?? 'none'])
  const top = Math.max(...of, stalled)
  const relative = (p: number): number => Math.log(Math.max(p / top, floor))
  return Float64Array.from([...of.map(relative), ...of.map((p) => relative(Math.max(stalledShare * p, stalled)))])
}

/** A milestone that was reached leaves this much at least where it was not: no word makes anything impossible. */
const LEAST_LEFT = 1e-12

/** Row i: what item i multiplies each phase of a regime with, moving first; a milestone that was reached has no row of its own. */
export function factorsOf(items: readonly Item[], regime: Regime, model: Model): Float64Array {
  const m = regime.phases.length
  const { temper, pin } = model.methodology.phases.evidence
  const factors = new Float64Array(2 * m * items.length)
  const powers = new Float64Array(2 * m)
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    const row = 2 * m * i
    if (item.kind === 'pin') {
      for (let p = 0; p < m; p++)
        factors[row + p] = factors[row + m + p] = PHASES[regime.phases[p]!] === item.what ? 1 : pin
    } else if (item.rank === undefined) {
      const { values, of } =
        item.kind === 'claim'
          ? claimLikelihood(item.what, regime, model)
          : signalLikelihood(model.signals.get(item.what)!, regime, model)
      const power = temper * item.weight
      for (let v = 0; v < values.length; v++) powers[v] = Math.exp(power * values[v]!)
      for (let p = 0; p < 2 * m; p++) factors[row + p] = powers[of[p]!]!
    }
  }
  return factors
}

/** Multiplies a distribution by what an item says; does not normalise. */
export function apply(item: Item, regime: Regime, model: Model, vector: Float64Array, at = 0): void {
  applyFactors(item, factorsOf([item], regime, model), 0, regime, vector, at)
}

/** The same with the row of its factors. */
export function applyFactors(
  { rank, weight }: Item,
  factors: Float64Array,
  index: number,
  regime: Regime,
  vector: Float64Array,
  at = 0,
): void {
  if (rank !== undefined) return reached(rank, weight, regime, vector, at)
  const { n, first } = regime
  const m = regime.phases.length
  const row = 2 * m * index
  for (let p = 0; p < m; p++) {
    const moving = factors[row + p]!
    const stalled = factors[row + m + p]!
    const end = at + first[p + 1]!
    for (let i = at + first[p]!; i < end; i++) {
      vector[i]! *= moving
      vector[i + n]! *= stalled
    }
  }
}

/** Being at or beyond a rank with this certainty; a rank beyond the regime was not reached by an open deal and says nothing. */
function reached(rank: number, certainty: number, { n, rankOf }: Regime, vector: Float64Array, at: number): void {
  if (rank > rankOf[n - 1]!) return
  const by = Math.max(1 - certainty, LEAST_LEFT)
  for (let i = 0; i < n && rankOf[i]! < rank; i++) {
    vector[at + i]! *= by
    vector[at + n + i]! *= by
  }
}
