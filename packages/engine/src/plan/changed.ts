import type { PlainDate } from '../core/dates.ts'
import type { Text } from '../methodology/schema.ts'
import type { Base } from './base-options.ts'
import { refusalFor } from './options.ts'
import type { Plan, Step } from './schema.ts'
import { fill, refusalOf, SAYS } from './words.ts'

const keyOf = ({ play, with: people }: Pick<Step, 'play' | 'with'>): string => `${play} ${people[0] ?? ''}`

/** What is new, gone or on another day than in the plan before, and why. Steps whose day has come are not missing. */
export function changedOf(base: Base, previous: Plan, steps: readonly Step[]): Plan['changed'] {
  const { view } = base.worlds
  // One play with one person may stand more than once; the first of the one is the first of the other.
  const after = byKey(steps)
  const before = byKey(previous.steps.filter(({ on }) => on >= view.asOf))
  const changed: Plan['changed'] = []
  for (const [key, list] of after) {
    const old = before.get(key) ?? []
    list.forEach((step, i) => {
      const shared = { play: step.play, with: step.with, to: step.on }
      const why = step.why[0] ?? step.name
      const was = old[i]
      if (!was) changed.push({ kind: 'added', ...shared, from: null, why: fill(SAYS.added, { why }) })
      else if (was.on !== step.on)
        changed.push({ kind: 'moved', ...shared, from: was.on, why: cannot(base, was) ?? fill(SAYS.moved, { why }) })
    })
  }
  for (const [key, list] of before)
    for (const step of list.slice(after.get(key)?.length ?? 0))
      changed.push({
        kind: 'dropped',
        play: step.play,
        with: step.with,
        from: step.on,
        to: null,
        why: droppedFor(base, previous, step, steps),
      })
  return changed
}

function byKey(steps: readonly Step[]): Map<string, Step[]> {
  const all = new Map<string, Step[]>()
  for (const step of [...steps].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    const list = all.get(keyOf(step))
    if (list) list.push(step)
    else all.set(keyOf(step), [step])
  }
  return all
}

/** What forbids it on the day on which it stood. */
function cannot(base: Base, step: Step): Text | null {
  const { view } = base.worlds
  const day = view.daysOf(step.on as PlainDate)
  const refusal = refusalFor({ play: step.play, with: step.with, day }, base)
  return refusal && fill(SAYS.cannotNow, { day: step.on, why: refusalOf(view, refusal) })
}

/** Done since; forbidden now; what it served is served already, or by another step; or it is not worth its time. */
function droppedFor(base: Base, previous: Plan, step: Step, steps: readonly Step[]): Text {
  const { view, needs } = base.worlds
  const done = view.deal.touches?.find(
    ({ play, with: people, on, outcome }) =>
      play === step.play && outcome === 'done' && on >= previous.asOf && step.with.every((id) => people.includes(id)),
  )
  if (done) return fill(SAYS.doneOn, { day: done.on })
  const refusal = cannot(base, step)
  if (refusal) return refusal
  const [main] = step.because
  if (!main) return SAYS.dropped
  const same = ({ term, person }: { term: string; person: string | null }): boolean =>
    term === main.term && person === main.person
  const open = needs.some(({ term, person }) =>
    same({ term, person: person === null ? null : view.people[person]!.id }),
  )
  if (!open) return SAYS.answered
  const other = steps.find(({ because }) => because.some(same))
  return other ? fill(SAYS.instead, { play: other.name }) : SAYS.dropped
}
