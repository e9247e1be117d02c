import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, Evidence } from '../deal/deal.ts'
import { aboutRival } from '../deal/subject.ts'
import { AGAINST } from '../methodology/schema.ts'
import type { FeatureId, OutlookFeature, Signal } from '../methodology/schema.ts'

/** Chance that at least one of several independent causes acts: it saturates, and one more never lowers it. */
export function noisyOr(weights: Iterable<number>): number {
  let none = 1
  for (const weight of weights) none *= 1 - weight
  return 1 - none
}

/** Pieces of evidence by the feature that they speak to, and what each weighs there. */
export interface Signs {
  of: ReadonlyMap<FeatureId, readonly Sign[]>
  /** The latest day on which the customer showed a sign of life. */
  alive: PlainDate | undefined
  /** Evidence that speaks for us or for nobody: what is said for a rival answers no question of ours. */
  notAgainst: Evidence[]
}

interface Sign {
  signal: string
  on: PlainDate
  weight: number
}

/** Each signal may speak to several features, so the look-up is made once for a methodology. */
const tables = new WeakMap<Model, ReadonlyMap<string, readonly { feature: OutlookFeature; weight: number }[]>>()

function tableOf(model: Model): ReadonlyMap<string, readonly { feature: OutlookFeature; weight: number }[]> {
  const known = tables.get(model)
  if (known) return known
  const table = new Map<string, { feature: OutlookFeature; weight: number }[]>()
  for (const feature of model.methodology.outlook.features) {
    for (const [signal, weight] of Object.entries(feature.signals ?? {})) {
      const list = table.get(signal)
      if (list) list.push({ feature, weight })
      else table.set(signal, [{ feature, weight }])
    }
  }
  tables.set(model, table)
  return table
}

const against: ReadonlySet<FeatureId> = new Set(AGAINST)

/** What is good and said of a rival pulls towards them; what can be bad for us and is said of a rival is no harm of ours. */
function featureFor(id: FeatureId, ofRival: boolean, signal: Signal | undefined): FeatureId | undefined {
  if (!ofRival) return id
  if (!against.has(id)) return 'rival_pull'
  return signal?.about?.includes('us') ? undefined : id
}

/** Confidence, less while nobody has confirmed it. */
export function strengthOf(piece: Evidence, model: Model): number {
  return piece.confidence * (piece.status === 'suggested' ? model.methodology.phases.evidence.unconfirmed : 1)
}

export function signsOf(deal: Deal, model: Model): Signs {
  const table = tableOf(model)
  const of = new Map<FeatureId, Sign[]>()
  const notAgainst: Evidence[] = []
  let alive: PlainDate | undefined
  for (const piece of deal.evidence ?? []) {
    if (piece.status === 'rejected') continue
    const signal = model.signals.get(piece.signal)
    const ofRival = signal !== undefined && aboutRival(piece, signal, deal)
    let speaksAgainst = false
    for (const { feature, weight } of table.get(piece.signal) ?? []) {
      const id = featureFor(feature.id, ofRival, signal)
      if (id === undefined) continue
      const list = of.get(id)
      const sign = { signal: piece.signal, on: piece.on, weight: weight * strengthOf(piece, model) }
      if (list) list.push(sign)
      else of.set(id, [sign])
      if (against.has(id)) speaksAgainst = true
    }
    if (speaksAgainst || ofRival) continue
    notAgainst.push(piece)
    if (alive === undefined || piece.on > alive) alive = piece.on
  }
  return { of, alive, notAgainst }
}

/**
 * What the signs of a feature weigh together, each signal once, by its strongest piece. A sign before `answeredOn`, the latest
 * day on which its opposite was seen, counts half.
 */
export function weightsOf(signs: readonly Sign[] | undefined, answeredOn?: PlainDate): number[] {
  const best = new Map<string, number>()
  for (const { signal, on, weight } of signs ?? []) {
    const counts = answeredOn !== undefined && on < answeredOn ? weight / 2 : weight
    best.set(signal, Math.max(best.get(signal) ?? 0, counts))
  }
  return [...best.values()]
}

export function latestOf(signs: readonly Sign[] | undefined): PlainDate | undefined {
  return signs?.reduce<PlainDate | undefined>(
    (last, { on }) => (last === undefined || on > last ? on : last),
    undefined,
  )
}
