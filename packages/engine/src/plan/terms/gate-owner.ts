import { dayNumber } from '../../core/dates.ts'
import { pointsOf } from './need.ts'
import type { Need, Term } from './need.ts'

const AHEAD_DAYS = 120
const BEFORE_DAYS = 10

/** Whoever owns a gate of the customer that lies ahead, and has not been worked with lately. */
export const gateOwner: Term = (view) => {
  const seen = new Set<number>()
  return (view.deal.process ?? []).flatMap((step): Need | [] => {
    if (!view.open || step.done || step.applies === false || !step.on || !step.owner) return []
    const on = dayNumber(step.on) - view.today
    const index = view.people.findIndex(({ id, name }) => id === step.owner || name === step.owner)
    const person = view.people[index]
    if (!person || on < 3 || on > AHEAD_DAYS || seen.has(index)) return []
    seen.add(index)
    const fresh = person.lastSubstantive !== null && person.lastSubstantive > -21
    return {
      term: 'gate',
      person: index,
      weight: pointsOf(view, 'gate') * Math.max(0.4, person.weight) * (fresh ? 0.3 : 1),
      from: 0,
      due: Math.max(1, on - BEFORE_DAYS),
      until: Math.max(1, on - 1),
      serves: (_, done) => (done.substantive ? 1 : 0.4),
      about: {
        person: person.name,
        step: view.model.milestones.get(step.step)?.name ?? step.step,
        day: step.on,
      },
    }
  })
}
