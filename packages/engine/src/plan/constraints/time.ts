import { OPEN_PHASES, PHASES } from '../../methodology/schema.ts'
import type { PlanPerson, PlanView } from '../view.ts'
import { leadOf } from './candidate.ts'
import type { OnDay } from './candidate.ts'

/** The customer is, with enough probability, in a phase the play fits. */
export const phaseWindow: OnDay = ({ play }, view, day) =>
  view.phaseShare(play.phases, day) >= view.method.phaseFloor ? null : { constraint: 'phaseWindow', about: {} }

/** What one does for want of time is not done while there is time: going past everybody costs those who are passed. */
export const littleTime: OnDay = ({ play }, view, day) =>
  play.onlyWithin === undefined || (view.decision !== null && view.decision - day <= play.onlyWithin)
    ? null
    : { constraint: 'littleTime', about: {} }

/** Nothing is planned sooner than it can be prepared. */
export const leadTime: OnDay = (candidate, view, day) => {
  const least = candidate.play.leadDays[0]
  return day >= least ? null : { constraint: 'leadTime', about: { day: view.date(least) } }
}

/** Nor sooner than the way in takes. */
export const accessTakesTime: OnDay = (candidate, view, day) => {
  const least = leadOf(candidate, 'fast')
  const person = candidate.person?.name ?? ''
  return day >= least ? null : { constraint: 'accessTakesTime', about: { person, day: view.date(least) } }
}

/** A working day on both sides. */
export const workingDay: OnDay = (_, view, day) =>
  view.working(day) ? null : { constraint: 'workingDay', about: { day: view.date(day) } }

/** What serves a decision comes before it. */
export const beforeDecision: OnDay = ({ play }, view, day) => {
  const before = play.phases.some((phase) => PHASES.indexOf(phase) < OPEN_PHASES)
  return before && view.decision !== null && day > view.decision ? { constraint: 'beforeDecision', about: {} } : null
}

/** Days between two steps with one person. */
export const spacingOf = (person: PlanPerson, view: PlanView): number => view.method.spacingDays[person.standing]

/** Not right after the last meeting either. */
export const executiveSpacing: OnDay = ({ with: people }, view, day) => {
  const close = people.find((person) => person.lastTouch !== null && day - person.lastTouch < spacingOf(person, view))
  return close ? { constraint: 'executiveSpacing', about: { person: close.name } } : null
}
