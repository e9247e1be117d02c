import { dayNumber } from '../../core/dates.ts'
import { ledgerOf } from '../../deal/ledger.ts'
import { pointsOf } from './need.ts'
import type { Need, Term } from './need.ts'

const AHEAD_DAYS = 21
/** One that is not late yet counts half. */
const NOT_LATE = 0.5
/** What was promised is brought along to a meeting that is about something else. */
const IN_PASSING = 0.7

/** Promises of ours that are overdue, or due soon: kept first, by whoever meets the person. */
export const promiseOverdue: Term = (view) =>
  ledgerOf(view.deal, view.asOf).flatMap((promise): Need | [] => {
    if (promise.by !== 'us' || promise.state !== 'open' || promise.due === null) return []
    const due = dayNumber(promise.due) - view.today
    const index = view.people.findIndex(({ id }) => id === promise.to)
    if (index < 0 || due > AHEAD_DAYS) return []
    const person = view.people[index]!
    return {
      term: 'promise',
      person: index,
      weight: pointsOf(view, 'promise') * Math.max(0.4, person.weight) * (due < 0 ? 1 : NOT_LATE),
      from: 0,
      due: Math.max(due, 0),
      until: Math.max(due, 0) + 60,
      serves: ({ papers }, done) => (done.promises === 'kept' ? 1 : done.substantive && !papers ? IN_PASSING : 0),
      about: { person: person.name, what: promise.what, day: promise.due },
    }
  })
