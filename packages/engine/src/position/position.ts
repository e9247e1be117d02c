import { dateOf, dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { PHASES } from '../methodology/schema.ts'
import type { PhaseId } from '../methodology/schema.ts'
import type { Reason } from './schema.ts'
import type { Regime } from './chain.ts'
import { effects } from './smooth.ts'
import { current, rowOf, startOf, track as trackOf } from './track.ts'
import type { Segment, Track } from './track.ts'
import { usesOf, weighUses } from './weigh.ts'
import type { Item, Use } from './weigh.ts'

/** Probability of each of the eight phases, from a distribution of a regime. */
export function phaseShares(regime: Regime, vector: Float64Array, at = 0): number[] {
  const shares = PHASES.map(() => 0)
  for (let j = 0; j < regime.n; j++)
    shares[regime.phases[regime.phaseOf[j]!]!]! += vector[at + j]! + vector[at + regime.n + j]!
  return shares
}

export function stalledShare(regime: Regime, vector: Float64Array, at = 0): number {
  let sum = 0
  for (let j = 0; j < regime.n; j++) sum += vector[at + regime.n + j]!
  return sum
}

/** Expected `u`, at step centres. */
export function progressOf(regime: Regime, vector: Float64Array, at = 0): number {
  let sum = 0
  for (let j = 0; j < regime.n; j++) sum += (vector[at + j]! + vector[at + regime.n + j]!) * regime.u[j]!
  return sum
}

/** The most probable phase; of equals the earlier one, so that nothing is claimed too soon. */
export function leadingPhase(shares: readonly number[]): PhaseId {
  let best = 0
  for (let i = 1; i < shares.length; i++) if (shares[i]! > shares[best]!) best = i
  return PHASES[best]!
}

/** Index of the phase that led on an earlier day, as it was believed then (filtered). */
export function leadingIndexOn(track: Track, day: DayNumber): number {
  const segment = track.won && day >= track.won.from ? track.won : track.open
  return PHASES.indexOf(leadingPhase(phaseShares(segment.regime, rowOf(segment, day))))
}

/**
 * Every item of the segment that holds today with its exact leave-one-out effect on the leading phase, strongest first.
 * `deal` must be cut to `asOf`.
 */
export function reasons(deal: Deal, model: Model, asOf: PlainDate, track: Track): Reason[] {
  const segment = current(track)
  const leading = leadingPhase(phaseShares(segment.regime, rowOf(segment, segment.to)))
  const phase = segment.regime.phases.indexOf(PHASES.indexOf(leading))
  const uses = usesOf(deal.evidence, model)
  const plain = effects(segment, model, phase, (item) => reweighedWithout(item, uses, segment, model))
  const list = segment.items.map((item, i): Reason => {
    const evidence = item.kind === 'evidence' ? deal.evidence![item.index]! : undefined
    const effect = setsTheStart(item, deal, asOf, uses)
      ? effectOfStart(item, deal, model, asOf, track, phase)
      : plain[i]!
    return {
      kind: item.kind,
      index: item.index,
      on: dateOf(item.day),
      what: item.what,
      from: evidence?.from ?? null,
      quote: evidence?.quote ?? null,
      weight: item.weight,
      effect,
    }
  })
  return list.sort(
    (a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.on < b.on ? -1 : a.on > b.on ? 1 : a.index - b.index),
  )
}

/** Later uses of the same signal that weigh more once `item` is gone. */
function reweighedWithout(item: Item, uses: readonly Use[], segment: Segment, model: Model): Item[] {
  if (item.kind !== 'evidence') return []
  const same = uses.filter((use) => use.signal === item.what && use.index !== item.index)
  if (same.length === 0) return []
  const before = new Map(
    segment.items.filter((other) => other.kind === 'evidence').map((other) => [other.index, other.weight]),
  )
  return weighUses(same, model).filter((other) => before.has(other.index) && before.get(other.index) !== other.weight)
}

/** True when the position would start on a later day without the item. */
function setsTheStart(item: Item, deal: Deal, asOf: PlainDate, uses: readonly Use[]): boolean {
  if (item.kind !== 'evidence') return false
  const today = dayNumber(asOf)
  const without = uses.find((use) => use.index !== item.index)
  return startOf(deal, today, without?.day) !== startOf(deal, today, uses[0]?.day)
}

function effectOfStart(item: Item, deal: Deal, model: Model, asOf: PlainDate, whole: Track, phase: number): number {
  const rest: Deal = { ...deal, evidence: deal.evidence!.filter((_, index) => index !== item.index) }
  return logOdds(current(whole), phase) - logOdds(current(trackOf(rest, model, asOf)), phase)
}

function logOdds({ regime, filtered, from, to }: Segment, phase: number): number {
  const row = (to - from) * 2 * regime.n
  let a = 0
  let b = 0
  for (let j = 0; j < regime.n; j++) {
    const mass = filtered[row + j]! + filtered[row + regime.n + j]!
    if (regime.phaseOf[j] === phase) a += mass
    else b += mass
  }
  return Math.log(a) - Math.log(b)
}
