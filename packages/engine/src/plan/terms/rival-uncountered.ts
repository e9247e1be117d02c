import { perPerson, pointsOf } from './need.ts'
import type { Term } from './need.ts'

/** What a rival said is forgotten by then. */
const FORGOTTEN_DAYS = 120
const GRACE_DAYS = 30

/** A rival met somebody who weighs after we did, or where we never were. */
export const rivalUncountered: Term = (view) =>
  perPerson(view, (person, index) => {
    const { rival } = person
    if (!view.open || !rival || rival.day < -FORGOTTEN_DAYS || (!person.decides && person.influence < 3)) return null
    if (person.lastSubstantive !== null && person.lastSubstantive > rival.day) return null
    return {
      term: 'rival',
      person: index,
      weight: pointsOf(view, 'rival') * person.weight * (person.decides ? 1 : 0.5),
      from: 0,
      due: 14,
      until: Math.min(view.choice ?? view.end, 14 + GRACE_DAYS * 2),
      serves: (_, done) =>
        done.rival === 'cancelled' ? 1 : done.rival === 'weakened' ? 0.7 : done.substantive ? 0.6 : 0.2,
      about: { person: person.name, rival: rival.name, on: view.date(rival.day) },
    }
  })
