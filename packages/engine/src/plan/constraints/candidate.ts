import type { OutcomeEffects } from '../../deal/outcomes.ts'
import type { ConstraintId, PlanFile, Play, Text } from '../../methodology/schema.ts'
import type { PlanOurs, PlanPerson, PlanView } from '../view.ts'
import type { WayIn } from '../ways-in.ts'

/** A play with people, before it has a day. */
export interface Candidate {
  play: Play
  done: OutcomeEffects
  /** Whom it is for first; null: nobody at the customer. */
  person: PlanPerson | null
  /** Everybody it is with. */
  with: readonly PlanPerson[]
  ours: PlanOurs | null
  /** How we get there, where we do not know each other. */
  way: WayIn | null
  /** What we must bring about first. */
  ready: PlanFile['ready'][number][]
  /** A precondition is not known. */
  unsure: boolean
  /** What others may wait for: how far it can bring whom, which play it is, whether it gives a base. */
  groups: readonly number[]
}

/** Why something may not be: which constraint, and what fills the places of its reason. */
export interface Refusal {
  constraint: ConstraintId
  about: Record<string, string | Text>
}

/** Forbids a candidate whatever the day. */
export type Always = (candidate: Candidate, view: PlanView) => Refusal | null
/** Forbids it on a day. */
export type OnDay = (candidate: Candidate, view: PlanView, day: number) => Refusal | null

/** Days before the step on which we begin with it. */
export function leadOf({ play, way, ready }: Candidate, how: 'fast' | 'normal'): number {
  const own = play.leadDays[how === 'fast' ? 0 : 1]
  const prepared = Math.max(0, ...ready.map(({ days }) => days))
  return Math.max(own, way ? way[how] : 0, prepared)
}
