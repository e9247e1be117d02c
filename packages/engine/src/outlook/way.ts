import { firstRank } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { AGAINST, OPEN_PHASES } from '../methodology/schema.ts'
import type { Signal } from '../methodology/schema.ts'
import type { Feature } from './feature.ts'
import { noisyOr, strengthOf } from './signs.ts'

/** What the methodology says of a signal: how surely it shows that the customer is beyond each phase. */
interface Shows {
  /** For each later open phase what the signal's weight at or beyond it exceeds what lies before, 0..1. */
  beyond: readonly number[]
  /** It may also tell that they are at the beginning: it is no sign for us, which must never be held against us. */
  tells: boolean
}

const tables = new WeakMap<Model, ReadonlyMap<string, Shows>>()

function tableOf(model: Model): ReadonlyMap<string, Shows> {
  const known = tables.get(model)
  if (known) return known
  const features = new Map<string, Set<string>>()
  for (const { id, signals } of model.methodology.outlook.features)
    for (const signal of Object.keys(signals ?? {})) features.set(signal, (features.get(signal) ?? new Set()).add(id))
  const table = new Map<string, Shows>()
  for (const signal of model.signals.values()) {
    const own = features.get(signal.id) ?? new Set()
    // What speaks for a rival or against deciding takes nobody further here: it counts by itself.
    if (AGAINST.some((id) => own.has(id))) continue
    const forUs = own.has('favour') || own.has('examined') || signal.hold !== undefined || signal.answers !== undefined
    table.set(signal.id, { beyond: beyondOf(signal, model), tells: !forUs })
  }
  tables.set(model, table)
  return table
}

function beyondOf(signal: Signal, model: Model): number[] {
  const { weights } = model.methodology.phases.evidence
  const shares = model.phases.slice(0, OPEN_PHASES).map(({ id }) => weights[signal.phases[id] ?? 'none'])
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.slice(1).map((_, i) => {
    const there = shares.slice(i + 1).reduce((sum, share) => sum + share, 0)
    return Math.max(0, (2 * there) / total - 1)
  })
}

/**
 * How far the customer has come by its own acts and by the steps of its process that are done: for each later phase the noisy-or of
 * what shows it to be reached, and their mean. No clock, no claim of a list and nothing said for a rival is in it, so none of these
 * moves the win number; a fact that takes them further never lowers it, and only what is neutral can say that they are at the beginning.
 */
export function wayOf(deal: Deal, model: Model): { early: Feature; far: Feature } {
  const { middle, halfAt, stepDone } = model.methodology.outlook.way
  const table = tableOf(model)
  const best = new Map<string, number>()
  const tells = new Set<string>()
  const rivals = new Set(deal.rivals?.map(({ id }) => id))
  for (const piece of deal.evidence ?? []) {
    const shows = table.get(piece.signal)
    if (!shows || piece.status === 'rejected' || (piece.about !== undefined && rivals.has(piece.about))) continue
    best.set(piece.signal, Math.max(best.get(piece.signal) ?? 0, strengthOf(piece, model)))
    if (shows.tells) tells.add(piece.signal)
  }
  const steps = (deal.process ?? []).filter(({ applies }) => applies !== false)
  const done = Math.max(-1, ...steps.map((step) => (step.done ? (model.milestones.get(step.step)?.rank ?? -1) : -1)))
  const later = model.phases.slice(1, OPEN_PHASES)
  const come =
    later.reduce((sum, { id }, k) => {
      const shown = [...best].map(([signal, strength]) => strength * table.get(signal)!.beyond[k]!)
      return sum + noisyOr(done >= firstRank(model, id) ? [...shown, stepDone] : shown)
    }, 0) / later.length
  const known = 1 - 2 ** (-(tells.size + steps.length) / halfAt)
  return {
    early: { value: known * Math.max(0, 1 - come / middle), known },
    far: { value: Math.max(0, (come - middle) / (1 - middle)), known },
  }
}
