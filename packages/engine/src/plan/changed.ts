import type { Plan, Step } from './schema.ts'
import type { PlanView } from './view.ts'
import { fill, SAYS } from './words.ts'

const keyOf = ({ play, with: people }: Pick<Step, 'play' | 'with'>): string => `${play} ${people[0] ?? ''}`

/** What is new, gone or on another day than in the plan before, and why. Steps whose day has come are not missing. */
export function changedOf(view: PlanView, previous: Plan, steps: readonly Step[]): Plan['changed'] {
  const before = new Map(previous.steps.filter(({ on }) => on >= view.asOf).map((step) => [keyOf(step), step]))
  const after = new Map(steps.map((step) => [keyOf(step), step]))
  const changed: Plan['changed'] = []
  for (const [key, step] of after) {
    const old = before.get(key)
    const shared = { play: step.play, with: step.with, to: step.on }
    const why = step.why[0] ?? step.name
    if (!old) changed.push({ kind: 'added', ...shared, from: null, why: fill(SAYS.added, { why }) })
    else if (old.on !== step.on)
      changed.push({ kind: 'moved', ...shared, from: old.on, why: fill(SAYS.moved, { why }) })
  }
  for (const [key, { play, with: people, on }] of before) {
    if (!after.has(key)) changed.push({ kind: 'dropped', play, with: people, from: on, to: null, why: SAYS.dropped })
  }
  return changed
}
