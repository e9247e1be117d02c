import { perPerson, pointsOf } from './need.ts'
import type { Term } from './need.ts'

const REGISTERED = 2
const NEED = 1
const RISK = 4

/** A decider whom we know and a rival courts has not promised to keep the decision open. */
export const holdOpen: Term = (view) =>
  perPerson(view, (person, index) => {
    const rivals = (view.deal.rivals ?? []).some(({ kind }) => (kind ?? 'vendor') === 'vendor')
    if (!view.open || !person.top || person.hold === 'given' || !rivals) return null
    if (view.leading < NEED || view.leading > RISK || person.rung < REGISTERED) return null
    return {
      term: 'hold',
      person: index,
      weight: pointsOf(view, 'hold') * person.weight * (person.hold === 'asked' ? 0.5 : 1),
      from: 0,
      due: 30,
      until: view.choice ?? view.end,
      serves: (_, done) => (done.hold === 'asked' || done.hold === 'given' ? 1 : 0),
      about: { person: person.name },
    }
  })

/** A hold stands above a level that has no reason of its own to wait. */
export const baseMissing: Term = (view) => {
  const held = view.people.find((person) => person.hold === 'asked' || person.hold === 'given')
  if (!view.open || !held?.holdFragile) return []
  return perPerson(view, (person, index) =>
    person.standing === 'top' || person.influence < 2
      ? null
      : {
          term: 'base',
          person: index,
          weight: (pointsOf(view, 'base') * (1 + person.weight)) / 2,
          from: 0,
          due: 28,
          until: view.choice ?? view.end,
          serves: (_, done) => (done.base ? 1 : 0),
          about: { person: held.name },
        },
  ).slice(0, 3)
}

/** Who carries us inside must hear from us. */
export const trustFaded: Term = (view) =>
  perPerson(view, (person, index) => {
    if (!view.open || !person.inside || person.lastTouch === null) return null
    const due = Math.max(0, person.lastTouch + 21)
    return {
      term: 'trust',
      person: index,
      weight: pointsOf(view, 'trust') * Math.max(0.4, person.weight),
      from: Math.max(0, person.lastTouch + 7),
      due: Math.max(due, person.lastTouch + 7),
      until: due + 60,
      serves: (_, done) => (done.substantive ? 1 : 0.5),
      about: { person: person.name, on: view.date(person.lastTouch) },
    }
  })

/** In the last phase, once everything else stands, the decision is asked for. */
export const closing: Term = (view) =>
  perPerson(view, (person, index) => {
    if (!view.open || !person.top || view.decision === null || view.leading < RISK) return null
    return {
      term: 'close',
      person: index,
      weight: pointsOf(view, 'close') * person.weight,
      from: 0,
      due: Math.max(0, view.end - 7),
      until: view.choice ?? view.end,
      serves: (play) => (play.kind === 'close' && play.after ? 1 : 0),
      about: { day: view.date(view.decision) },
    }
  })
