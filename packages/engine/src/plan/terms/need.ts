import type { OutcomeEffects } from '../../deal/outcomes.ts'
import type { Play, TermId, Text } from '../../methodology/schema.ts'
import type { PlanPerson, PlanView } from '../view.ts'

/** One case of a term: somebody by some day. Points it is worth fall once the day has passed. */
export interface Need {
  term: TermId
  /** Place among the people of the view; null: the deal as a whole. */
  person: number | null
  /** Points when it is served wholly and in time. */
  weight: number
  /** Nothing before this day serves it. */
  from: number
  /** In time until this day; after `until` it is of no use. */
  due: number
  until: number
  /** What a done step does for it, 0..1, whatever the day. `person` is whom the step is with. */
  serves: (play: Play, done: OutcomeEffects, person: PlanPerson) => number
  /** Papers that must be ready for it: on a day the best share of those ready multiplies what the step does. */
  papers?: readonly { proof: string; name: Text; ready: number; share: number }[]
  topic?: string
  /** What fills the places of the term's reason. */
  about: Record<string, string | Text>
}

export type Term = (view: PlanView) => Need[]

/** What is left of a need on its last useful day, and what a day in time loses by waiting until the due day. */
const LAST = 0.3
const WAIT = 0.12

/** Share of a need's points left when it is served on a day, 0..1: falls gently until the due day, then steeply. */
export function timeliness({ from, due, until }: Need, day: number): number {
  if (day < from || day > until) return 0
  if (day <= due) return 1 - (WAIT * (day - from)) / Math.max(due - from, 1)
  return 1 - WAIT - (1 - WAIT - LAST) * ((day - due) / Math.max(until - due, 1))
}

export const pointsOf = (view: PlanView, term: TermId): number =>
  view.method.terms.find(({ id }) => id === term)!.weight

/** One need for each person that `of` finds one for. */
export function perPerson(view: PlanView, of: (person: PlanPerson, index: number) => Need | Need[] | null): Need[] {
  return view.people.flatMap((person, index) => of(person, index) ?? [])
}

/** The largest share of a need, 0..1, that a paper which is ready on a day answers; 0: none is. */
export const bestPaper = ({ papers }: Need, day: number): number => {
  let best = 0
  for (const { ready, share } of papers ?? []) if (ready <= day && share > best) best = share
  return best
}
