import { evaluate } from '../../diagnosis/evaluate.ts'
import { forbidden, silenceOn } from '../../deal/tender.ts'
import type { PlanFile } from '../../methodology/schema.ts'
import type { PlanPerson, PlanView } from '../view.ts'
import type { Always, Candidate, OnDay } from './candidate.ts'

/** Facts about the number one are asked of whoever the step is with; phases and ladders have constraints of their own. */
const OF_PERSON: Readonly<Record<string, ((person: PlanPerson) => boolean | null) | null>> = {
  'execs.top.identified': null,
  'execs.top.met': null,
  'execs.top.trust_reconfirmed_days': null,
  'phase.index': null,
  'access.path': null,
  'entry.mode': null,
  'execs.top.hold_commitment': (person) => person.hold !== 'given',
  'execs.top.local': (person) => (person.local === null ? null : !person.local),
  'competitor.met_top': (person) => person.rival !== null,
}

interface Preconditions {
  /** The fact that does not hold and that we cannot bring about. */
  fails: string | null
  ready: PlanFile['ready'][number][]
  unsure: boolean
}

/** What must hold for a play with a person: fails, to be brought about by us, or not known. */
export function preconditionsOf(play: Candidate['play'], person: PlanPerson | null, view: PlanView): Preconditions {
  const found: Preconditions = { fails: null, ready: [], unsure: false }
  for (const condition of play.preconditions) {
    const own = OF_PERSON[condition.fact]
    if (own === null || (own && !person)) continue
    const value = own ? own(person!) : evaluate(condition, view.facts).value
    if (value === true) continue
    const ready = view.method.ready.find(({ fact }) => fact === condition.fact)
    if (ready) found.ready.push(ready)
    else if (value === false) found.fails ??= condition.fact
    else found.unsure = true
  }
  return found
}

/** What a play needs and we cannot bring about must hold. */
export const preconditionHolds: Always = ({ play, person }, view) => {
  const { fails } = preconditionsOf(play, person, view)
  const name = fails === null ? undefined : view.model.facts.get(fails)?.name
  return fails === null ? null : { constraint: 'preconditionHolds', about: { fact: name ?? fails } }
}

/** Who is their first choice attacks nobody. */
export const aheadAlready: Always = ({ play }, view) =>
  play.kind === 'attack' && view.preferred ? { constraint: 'aheadAlready', about: {} } : null

/** Executives meet executives: where the play asks for one of ours, one must be named. */
export const rankParity: Always = ({ play, ours }) =>
  play.parity && !ours?.executive ? { constraint: 'rankParity', about: {} } : null

/** While a tender is silent only papers go, and only to whoever may be met by law (`deal/tender.ts`). */
export const tenderSilence: OnDay = ({ play, with: people }, view, day) => {
  if (people.length === 0) return null
  const date = view.date(day)
  const known = people.map(({ id }) => view.deal.people?.find((person) => person.id === id))
  const silent = silenceOn(view.guard, date) !== null
  const says = forbidden(view.guard, known, date, view.model)
  return says || (silent && !play.papers) ? { constraint: 'tenderSilence', about: {} } : null
}

/** What the user set aside is not proposed before its day: a play, a person, or a play with a person. */
export const setAside: OnDay = ({ play, person, with: people }, view, day) => {
  const aside = view.aside.find(
    (one) =>
      (one.play ?? play.id) === play.id &&
      (one.person === undefined || people.some(({ id }) => id === one.person)) &&
      (one.play !== undefined || one.person !== undefined) &&
      (one.until === undefined || view.date(day) < one.until),
  )
  return aside ? { constraint: 'setAside', about: { person: person?.name ?? '', play: play.name } } : null
}

/** Whoever goes is not away. */
export const nobodyAbsent: OnDay = ({ ours }, view, day) => {
  const date = view.date(day)
  const away = ours?.absent.some(({ from, to }) => day >= from && day <= to)
  const blackout = view.deal.us?.blackouts?.some(({ from, to }) => date >= from && date <= to)
  return away || blackout ? { constraint: 'nobodyAbsent', about: { who: ours?.name ?? '', day: date } } : null
}

/** What was done with somebody is not planned again before its time; after a refusal not before a while. */
export function doneUntil({ play, person }: Pick<Candidate, 'play' | 'person'>, view: PlanView): number {
  const { outcomes } = view.model.methodology.plays
  let until = 0
  for (const touch of view.deal.touches ?? []) {
    if (touch.play !== play.id || touch.outcome === 'cancelled' || (person && !touch.with.includes(person.id))) continue
    const outcome = outcomes.find(({ id }) => id === (touch.outcome === 'failed' ? 'declined' : touch.outcome))!
    const rest = touch.outcome === 'done' ? (play.repeatDays ?? DONE_DAYS) : (outcome.retryDays ?? 0)
    const day = view.daysOf(touch.on) + rest
    if (day > until) until = day
  }
  return until
}

/** A play that says nothing of repeating is not done again with the same person for so long. */
const DONE_DAYS = 120
