import type { TermId } from '../../methodology/schema.ts'
import { afterAward } from './after-award.ts'
import { coldPerson } from './cold-person.ts'
import { conduct, criteriaAgainst, knowledge, limitsOpen, stalled, unpaidWork } from './deal-terms.ts'
import { gateOwner } from './gate-owner.ts'
import type { Term } from './need.ts'
import { baseMissing, closing, holdOpen, trustFaded } from './people-terms.ts'
import { promiseOverdue } from './promise-overdue.ts'
import { rivalUncountered } from './rival-uncountered.ts'
import { topicUnanswered } from './topic-unanswered.ts'
import { windowMissed } from './window-missed.ts'

/** Everything that is weighed, by name; points and words are in the methodology. */
export const terms: Readonly<Record<TermId, Term>> = {
  window: windowMissed,
  topic: topicUnanswered,
  rival: rivalUncountered,
  promise: promiseOverdue,
  stance: coldPerson,
  gate: gateOwner,
  hold: holdOpen,
  base: baseMissing,
  knowledge,
  trust: trustFaded,
  stall: stalled,
  criteria: criteriaAgainst,
  unpaid: unpaidWork,
  limits: limitsOpen,
  conduct,
  close: closing,
  after: afterAward,
}
