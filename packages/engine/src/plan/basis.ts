import { ledgerOf } from '../deal/ledger.ts'
import type { Plan } from './schema.ts'
import type { PlanPerson, PlanView } from './view.ts'

/** A decision that moves by less leaves everybody's steps where they are. */
const MOVED_DAYS = 7

/** What the steps with each person rest on, as a short mark: the same mark, the same facts. Days are dates, so that time alone changes nothing. */
export function basisOf(view: PlanView): NonNullable<Plan['basis']> {
  return {
    leading: view.leading,
    decision: view.decision === null ? null : view.date(view.decision),
    silence: view.silence === null ? null : view.date(view.silence.from),
    people: view.people.map((person) => ({ id: person.id, mark: markOf(person, view) })),
  }
}

function markOf(person: PlanPerson, view: PlanView): string {
  const day = (at: number | null): string | null => (at === null ? null : view.date(at))
  const owned = (view.deal.process ?? []).filter(({ owner }) => owner === person.id || owner === person.name)
  return hash(
    JSON.stringify([
      [person.roles, person.influence, person.rung, person.stance, person.hold, person.holdFragile, person.inside],
      [day(person.lastTouch), day(person.lastSubstantive), person.agendaKnown, person.local, person.objections],
      person.rival && [person.rival.name, day(person.rival.day)],
      person.ways.map(({ path, through }) => [path, through]),
      person.topics.map(({ topic, asked, known, value }) => [topic, asked, known, Math.round(value * 100)]),
      ledgerOf(view.deal, view.asOf).filter(({ to }) => to === person.id),
      owned.map(({ step, on, done }) => [step, on, done]),
    ]),
  )
}

/** People of whom nothing is known that was not known when the plan before was made; nobody, where the deal itself has moved or that is not known. */
export function untouched(view: PlanView, before: Plan | undefined): ReadonlySet<string> {
  const then = before?.basis
  if (!then) return new Set()
  const now = basisOf(view)
  const far =
    then.decision !== now.decision &&
    (then.decision === null ||
      now.decision === null ||
      Math.abs(view.daysOf(then.decision as never) - view.daysOf(now.decision as never)) >= MOVED_DAYS)
  if (then.leading !== now.leading || then.silence !== now.silence || far) return new Set()
  const marks = new Map(then.people.map(({ id, mark }) => [id, mark]))
  return new Set(now.people.filter(({ id, mark }) => marks.get(id) === mark).map(({ id }) => id))
}

/** FNV-1a, 32 bits. */
function hash(text: string): string {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h >>> 0).toString(36)
}
