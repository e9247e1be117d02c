import type {
  Act,
  ConcernId,
  FactDefinition,
  Methodology,
  Phase,
  PhaseId,
  Play,
  Preset,
  Proof,
  Role,
  Rule,
  Signal,
  Topic,
  Trait,
} from '../methodology/schema.ts'
import { CONCERNS, PHASES } from '../methodology/schema.ts'

/** A methodology with its look-ups. Made once per methodology object and shared. */
export interface Model {
  methodology: Methodology
  phases: readonly Phase[]
  signals: ReadonlyMap<string, Signal>
  plays: ReadonlyMap<string, Play>
  rules: ReadonlyMap<string, Rule>
  acts: ReadonlyMap<string, Act>
  facts: ReadonlyMap<string, FactDefinition>
  topics: ReadonlyMap<string, Topic>
  topicsOf: Readonly<Record<ConcernId, readonly Topic[]>>
  roles: ReadonlyMap<string, Role>
  traits: ReadonlyMap<string, Trait>
  milestones: ReadonlyMap<string, Methodology['phases']['milestones'][number]>
  /** Position on the ladder, 0 = unknown. */
  rungIndex: ReadonlyMap<string, number>
  presets: ReadonlyMap<string, Preset>
  /** Where each phase begins, has its middle and ends, in steps since the first one of `frame`. */
  ranks: Readonly<Record<PhaseId, Ranks>>
}

export interface Ranks {
  first: number
  middle: number
  end: number
}

function ranksOf(phases: readonly Phase[]): Record<PhaseId, Ranks> {
  let first = 0
  const ranks = phases.map(({ id, steps }): [PhaseId, Ranks] => {
    const own = { first, middle: first + Math.ceil(steps / 2), end: first + steps }
    first = own.end
    return [id, own]
  })
  return Object.fromEntries(ranks) as Record<PhaseId, Ranks>
}

const models = new WeakMap<Methodology, Model>()

export function modelOf(methodology: Methodology): Model {
  const known = models.get(methodology)
  if (known) return known
  const byId = <T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
    new Map(items.map((item) => [item.id, item]))
  const topics = methodology.topics.topics
  const of = (concern: ConcernId): readonly Topic[] => topics.filter((topic) => topic.concern === concern)
  const model: Model = {
    methodology,
    phases: methodology.phases.phases,
    signals: byId(methodology.signals.signals),
    plays: byId(methodology.plays.plays),
    rules: byId(methodology.rules.rules),
    acts: byId(methodology.rules.acts),
    facts: byId(methodology.facts.facts),
    topics: byId(topics),
    topicsOf: { need: of('need'), cost: of('cost'), solution: of('solution'), risk: of('risk') },
    roles: byId(methodology.people.roles),
    traits: byId(methodology.concerns.traits),
    milestones: byId(methodology.phases.milestones),
    rungIndex: new Map(methodology.people.rungs.map((rung, index) => [rung.id, index])),
    presets: byId(methodology.presets),
    ranks: ranksOf(methodology.phases.phases),
  }
  models.set(methodology, model)
  return model
}

/** Rank of the first step of a phase: the steps of all phases before it. */
export function firstRank({ ranks }: Model, phase: PhaseId): number {
  return ranks[phase].first
}

/** 0..7, the place of a phase on the customer's way. */
export function phaseIndex(phase: (typeof PHASES)[number]): number {
  return PHASES.indexOf(phase)
}

/** The proof of a topic, if the methodology has it. */
export function proofOf(topic: Topic | undefined, proof: string): Proof | undefined {
  return topic?.proofs.find((candidate) => candidate.id === proof)
}

/** One value for each concern, computed in their order. */
export function perConcern<T>(of: (concern: ConcernId) => T): Record<ConcernId, T> {
  const [need, cost, solution, risk] = CONCERNS
  return { [need]: of(need), [cost]: of(cost), [solution]: of(solution), [risk]: of(risk) }
}
