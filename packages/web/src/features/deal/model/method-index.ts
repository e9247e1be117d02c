import type { Methodology } from '@sente/engine'

const byId = <T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]))

function build(method: Methodology) {
  return {
    phases: byId(method.phases.phases),
    concerns: byId(method.concerns.concerns),
    traits: byId(method.concerns.traits),
    milestones: byId(method.phases.milestones),
    signals: byId(method.signals.signals),
    plays: byId(method.plays.plays),
    rules: byId(method.rules.rules),
    facts: byId(method.facts.facts),
    topics: byId(method.topics.topics),
    owners: byId(method.topics.owners),
    roles: byId(method.people.roles),
    rungs: byId(method.people.rungs),
    paths: byId(method.people.paths),
    holds: byId(method.people.holds),
    stances: new Map(method.people.stances.map((stance) => [stance.value, stance])),
  }
}
export type MethodIndex = ReturnType<typeof build>

const built = new WeakMap<Methodology, MethodIndex>()
/** The method's parts by id; deal files may write `number-one` for `number_one`. */
export function indexOf(method: Methodology): MethodIndex {
  let index = built.get(method)
  if (!index) built.set(method, (index = build(method)))
  return index
}

export const spelled = (id: string): string => id.replaceAll('-', '_')
