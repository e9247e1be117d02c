import type { Base } from './base-options.ts'
import type { Step } from './schema.ts'
import { leaderOf } from './steps.ts'
import type { Need } from './terms/need.ts'
import type { PlanView } from './view.ts'
import { fill, SAYS } from './words.ts'

const REGISTERED = 2
const SEEN_DAYS = 90

/**
 * Leaving as the best step: we are there to make up the numbers, or the chance is small and nobody who decides can be
 * reached in time. First we decide it among ourselves, with two conditions and a day (met, we stay); then whoever leads their side hears it.
 */
export function leaving(view: PlanView, { worlds: { options, needs } }: Base): Step[] {
  const play = view.model.methodology.plays.plays.find(({ does }) => does?.includes('leave'))
  const { leave } = view.method
  if (!play || !view.open) return []
  const deciders = view.people.filter(({ decides }) => decides)
  const met = deciders.some(({ rung, lastTouch }) => rung >= REGISTERED && lastTouch !== null)
  const reachable = options.some(({ candidate }) => candidate.person?.decides && candidate.done.substantive)
  const decoy = (view.deal.evidence ?? []).some(
    ({ signal, status, on }) =>
      leave.signals.includes(signal) && status !== 'rejected' && view.daysOf(on) >= -SEEN_DAYS,
  )
  const small = view.win !== null && view.win < leave.winBelow
  if (deciders.length === 0 || met || !(decoy || (small && !reachable))) return []
  if (needs.length === 0) return []
  const until = view.date(Math.min(leave.weeks * 7, view.end))
  const top = deciders.find(({ top: first }) => first) ?? deciders[0]!
  const leader = leaderOf(view)
  const why = decoy ? SAYS.leaveDecoy : fill(SAYS.leaveWhy, { percent: String(Math.round(100 * (view.win ?? 0))) })
  const shared = {
    play: play.id,
    name: play.name,
    through: null,
    path: null,
    ours: view.ours[0]?.id ?? null,
    earliest: view.date(0),
    start: view.date(0),
    bring: { what: play.bring, proofs: [] },
    why: [why],
    because: [],
    first: [],
    ifDeclined: null,
    linked: [],
    locked: false,
    worth: 0,
  }
  const conditions = { day: until, one: fill(SAYS.leaveOne, { person: top.name }), two: SAYS.leaveTwo }
  const soon = Math.min(play.leadDays[0], view.end)
  const decide: Step = {
    ...shared,
    with: [],
    on: view.date(soon),
    latest: view.date(Math.min(play.leadDays[2], view.end)),
    ask: fill(SAYS.leaveDecide, conditions),
  }
  if (!leader) return [decide]
  return [
    decide,
    {
      ...shared,
      with: [leader.id],
      on: view.date(Math.max(soon, Math.min(play.leadDays[1], view.end))),
      latest: until,
      ask: fill(SAYS.leaveAsk, conditions),
      linked: [{ with: [], on: decide.on, says: fill(SAYS.before, { play: play.name, day: decide.on }) }],
    },
  ]
}

/** Whether a need counts while we may leave: to be received by who decides, criteria opened again, promises of ours, conduct. */
export const staysWorth = (view: PlanView, { term, person }: Need): boolean =>
  term === 'promise' ||
  term === 'conduct' ||
  term === 'criteria' ||
  (term === 'window' && person !== null && view.people[person]!.decides)
