import { modelOf, monotoneCubic, PHASES } from '@sente/engine'
import type { ConcernId, Methodology, PhaseId, Severity, Text } from '@sente/engine'

export const SECTIONS = ['signals', 'plays', 'rules', 'topics', 'people', 'presets'] as const
export type Section = (typeof SECTIONS)[number]
export const isSection = (value: unknown): value is Section => SECTIONS.includes(value as Section)
/** Sections that are a list with something to read beside it. */
export type ListSection = Exclude<Section, 'people'>

export interface Entry {
  id: string
  name: Text
  /** A second line. */
  sub: Text | null
  phases: readonly PhaseId[]
  concern: ConcernId | null
  severity: Severity | null
  /** Everything that a search reads, in lower case. */
  searched: string
}

const both = (...texts: (Text | undefined)[]): string =>
  texts.map((text) => (text ? `${text.en} ${text.zh}` : '')).join(' ')

/** One line for each thing of a section, for the list and its search in both languages. */
export function entriesOf(section: ListSection, method: Methodology): Entry[] {
  const entry = (id: string, name: Text, rest: Partial<Entry>, more: string): Entry => ({
    id,
    name,
    sub: null,
    phases: [],
    concern: null,
    severity: null,
    ...rest,
    searched: `${id} ${both(name)} ${more}`.toLowerCase(),
  })
  switch (section) {
    case 'signals':
      return method.signals.signals.map(({ id, name, phases, concern, examples }) =>
        entry(
          id,
          name,
          { phases: PHASES.filter((phase) => phases[phase] && phases[phase] !== 'none'), concern },
          [...examples.en, ...examples.zh].join(' '),
        ),
      )
    case 'plays':
      return method.plays.plays.map(({ id, name, objective, phases, concern, bring, ask }) =>
        entry(id, name, { sub: objective, phases, concern }, both(objective, bring, ask)),
      )
    case 'rules':
      return method.rules.rules.map(({ id, name, claim, severity, about, message }) =>
        entry(
          id,
          name,
          {
            sub: claim,
            severity,
            concern: about === 'need' || about === 'cost' || about === 'solution' || about === 'risk' ? about : null,
          },
          both(claim, message),
        ),
      )
    case 'topics':
      return method.topics.topics.map(({ id, name, question, concern, risesIn, proofs }) =>
        entry(
          id,
          name,
          { sub: question, concern, phases: risesIn },
          both(question, ...proofs.map((proof) => proof.name)),
        ),
      )
    case 'presets':
      return method.presets.map(({ id, name, summary, stages }) =>
        entry(id, name, { sub: summary }, both(summary, ...stages.map((stage) => stage.name))),
      )
  }
}

export interface Filter {
  q?: string | undefined
  phase?: string | undefined
  concern?: string | undefined
}

/** Every word must be found; `concern` also takes a severity, which is what rules are sorted by. */
export function filtered(entries: readonly Entry[], { q, phase, concern }: Filter): Entry[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter(
    (entry) =>
      (!phase || entry.phases.includes(phase as PhaseId)) &&
      (!concern || entry.concern === concern || entry.severity === concern) &&
      words.every((word) => entry.searched.includes(word)),
  )
}

/** The four curves, 0..100 over the share of the process. */
export function curvesOf(method: Methodology): Record<ConcernId, (u: number) => number> {
  const { knots } = method.concerns
  const us = knots.map(({ u }) => u)
  const of = (concern: ConcernId): ((u: number) => number) =>
    monotoneCubic(
      us,
      knots.map((knot) => knot[concern]),
    )
  return { need: of('need'), cost: of('cost'), solution: of('solution'), risk: of('risk') }
}

/** Names of ids of any kind, for where one thing of the method speaks of another. */
export function namesOf(
  method: Methodology,
): (kind: 'signal' | 'play' | 'topic' | 'role' | 'rung' | 'fact' | 'trait' | 'owner' | 'phase', id: string) => Text {
  const model = modelOf(method)
  return (kind, id) => {
    const found = {
      signal: () => model.signals.get(id)?.name,
      play: () => model.plays.get(id)?.name,
      topic: () => model.topics.get(id)?.name,
      role: () => model.roles.get(id)?.name ?? method.people.sources.find((source) => source.id === id)?.name,
      rung: () => method.people.rungs.find((rung) => rung.id === id)?.name,
      fact: () => model.facts.get(id)?.name,
      trait: () => model.traits.get(id)?.name,
      owner: () => method.topics.owners.find((owner) => owner.id === id)?.name,
      phase: () => method.phases.phases.find((phase) => phase.id === id)?.name,
    }[kind]()
    return found ?? { en: id, zh: id }
  }
}
