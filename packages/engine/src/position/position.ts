import { dateOf, dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { PHASES } from '../methodology/schema.ts'
import type { PhaseId } from '../methodology/schema.ts'
import type { Reason } from './schema.ts'
import type { Regime } from './chain.ts'
import { effects } from './smooth.ts'
import type { Milestone } from './milestones.ts'
import { toldOf } from './told.ts'
import { current, nowOf, rowOf, startOf, track as trackOf } from './track.ts'
import type { Segment, Track } from './track.ts'
import { reweighing, usesOf, weighUses } from './weigh.ts'
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

/** Probability of being at or beyond a rank. */
export function shareFrom({ n, rankOf }: Regime, vector: Float64Array, rank: number, at = 0): number {
  let sum = 0
  for (let j = n - 1; j >= 0 && rankOf[j]! >= rank; j--) sum += vector[at + j]! + vector[at + n + j]!
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

/**
 * False: nothing was heard or seen of the customer, so that only the calendar and at most a CRM's stage would place it. A won
 * deal is known to be beyond its decision.
 */
export function isKnown(track: Track): boolean {
  return track.won !== undefined || track.told !== null || track.open.items.some(({ kind }) => kind !== 'claim')
}

/** Index of the phase that led on an earlier day, as it was believed then (filtered). */
export function leadingIndexOn(track: Track, day: DayNumber): number {
  const segment = track.won && day >= track.won.from ? track.won : track.open
  return PHASES.indexOf(leadingPhase(phaseShares(segment.regime, rowOf(segment, day))))
}

/** Probability that the process stood still on a day, as it was believed then (filtered). */
export function stalledOn(track: Track, day: DayNumber): number {
  const segment = track.won && day >= track.won.from ? track.won : track.open
  return stalledShare(segment.regime, rowOf(segment, Math.min(day, segment.to)))
}

/**
 * Every item of the segment that holds today, and every date told for a day to come, with its leave-one-out effect on the
 * leading phase, strongest first. Exact, with what is told for days to come weighing as it does now. `deal` must be cut to
 * `asOf`.
 */
export function reasons(deal: Deal, model: Model, asOf: PlainDate, track: Track): Reason[] {
  const segment = current(track)
  const leading = leadingPhase(phaseShares(segment.regime, nowOf(track)))
  const phase = segment.regime.phases.indexOf(PHASES.indexOf(leading))
  const uses = usesOf(deal.evidence, model)
  const worth = track.told?.worth
  const plain = effects(segment, model, phase, reweighedWithout(uses, segment, model), worth)
  const list = segment.items.map((item, i): Reason => {
    const evidence = item.kind === 'evidence' ? deal.evidence![item.index]! : undefined
    const effect = setsTheStart(item, deal, asOf, uses, track.milestones)
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
  list.push(...toldReasons(model, asOf, track, phase))
  return list.sort(
    (a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.on < b.on ? -1 : a.on > b.on ? 1 : a.index - b.index),
  )
}

/** The effect of each told date: log-odds of the phase with all of them minus with all others. */
function toldReasons(model: Model, asOf: PlainDate, track: Track, phase: number): Reason[] {
  if (!track.told) return []
  const segment = track.open
  const today = dayNumber(asOf)
  const now = rowOf(segment, today)
  const told = track.milestones.filter(({ done }) => !done)
  const withAll = logOdds(segment, phase, track.told.worth)
  return told.map((milestone): Reason => {
    const rest = told.filter((other) => other !== milestone)
    const without = toldOf(segment.regime, model, now, today, rest)
    return {
      kind: 'milestone',
      index: milestone.index,
      on: dateOf(milestone.day),
      what: milestone.step,
      from: null,
      quote: null,
      weight: milestone.reliability,
      effect: withAll - logOdds(segment, phase, without?.worth),
    }
  })
}

/** Of the items of a segment: later uses of the same signal that weigh more once an item is gone. */
function reweighedWithout(uses: readonly Use[], segment: Segment, model: Model): (item: Item) => Item[] {
  const here = new Set(segment.items.flatMap(({ kind, index }) => (kind === 'evidence' ? [index] : [])))
  const changed = reweighing(weighUses(uses, model), model)
  return (item) => (item.kind === 'evidence' ? changed(item).filter(({ index }) => here.has(index)) : [])
}

/** True when the position would start on a later day without the item. */
function setsTheStart(
  item: Item,
  deal: Deal,
  asOf: PlainDate,
  uses: readonly Use[],
  milestones: readonly Milestone[],
): boolean {
  const today = dayNumber(asOf)
  const first = (use: Use | undefined, reached: readonly Milestone[]): DayNumber =>
    startOf(deal, today, use?.day, reached)
  // Only the first one can.
  if (item.kind === 'evidence')
    return uses[0]?.index === item.index && first(uses[1], milestones) !== first(uses[0], milestones)
  if (item.kind === 'milestone')
    return (
      first(
        uses[0],
        milestones.filter(({ index }) => index !== item.index),
      ) !== first(uses[0], milestones)
    )
  return false
}

function effectOfStart(item: Item, deal: Deal, model: Model, asOf: PlainDate, whole: Track, phase: number): number {
  const isIt = item.kind === 'evidence'
  const rest: Deal = isIt ? { ...deal, evidence: deal.evidence!.filter((_, index) => index !== item.index) } : deal
  const milestones = isIt ? whole.milestones : whole.milestones.filter(({ index }) => index !== item.index)
  const without = trackOf(rest, model, asOf, undefined, milestones)
  const worth = whole.told?.worth
  return logOdds(current(whole), phase, worth) - logOdds(current(without), phase, worth)
}

/** Log-odds of a phase on the segment's last day; `worth`: what its states are worth in the light of later days. */
function logOdds({ regime, filtered, from, to }: Segment, phase: number, worth?: Float64Array): number {
  const { n } = regime
  const row = (to - from) * 2 * n
  let a = 0
  let b = 0
  for (let j = 0; j < n; j++) {
    const mass = worth
      ? filtered[row + j]! * worth[j]! + filtered[row + n + j]! * worth[n + j]!
      : filtered[row + j]! + filtered[row + n + j]!
    if (regime.phaseOf[j] === phase) a += mass
    else b += mass
  }
  return Math.log(a) - Math.log(b)
}
