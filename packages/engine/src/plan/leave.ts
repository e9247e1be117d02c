import type { Options } from './options.ts'
import type { Step } from './schema.ts'
import { leaderOf } from './steps.ts'
import type { PlanView } from './view.ts'
import { fill, SAYS } from './words.ts'

const REGISTERED = 2
const SEEN_DAYS = 90

/**
 * Leaving as the best step: we are there to make up the numbers, or the chance is small and nobody who decides can be
 * reached in time. With two conditions and a day: met, we stay.
 */
export function leaving(view: PlanView, { options, needs }: Options): Step | null {
  const play = view.model.methodology.plays.plays.find(({ does }) => does?.includes('leave'))
  const { leave } = view.method
  if (!play || !view.open) return null
  const deciders = view.people.filter(({ decides }) => decides)
  const met = deciders.some(({ rung, lastTouch }) => rung >= REGISTERED && lastTouch !== null)
  const reachable = options.some(({ candidate }) => candidate.person?.decides && candidate.done.substantive)
  const decoy = (view.deal.evidence ?? []).some(
    ({ signal, status, on }) =>
      leave.signals.includes(signal) && status !== 'rejected' && view.daysOf(on) >= -SEEN_DAYS,
  )
  const small = view.win !== null && view.win < leave.winBelow
  if (deciders.length === 0 || met || !(decoy || (small && !reachable))) return null
  if (needs.length === 0) return null
  const until = view.date(Math.min(leave.weeks * 7, view.end))
  const top = deciders.find(({ top: first }) => first) ?? deciders[0]!
  const leader = leaderOf(view)
  const why = decoy ? SAYS.leaveDecoy : fill(SAYS.leaveWhy, { percent: String(Math.round(100 * (view.win ?? 0))) })
  return {
    play: play.id,
    name: play.name,
    with: leader ? [leader.id] : [],
    through: null,
    path: null,
    ours: view.ours[0]?.id ?? null,
    on: view.date(Math.min(play.leadDays[1], view.end)),
    earliest: view.date(0),
    latest: until,
    start: view.date(0),
    bring: { what: play.bring, proofs: [] },
    ask: fill(SAYS.leaveAsk, { day: until, one: fill(SAYS.leaveOne, { person: top.name }), two: SAYS.leaveTwo }),
    why: [why],
    because: [],
    first: [],
    ifDeclined: null,
    linked: [],
    locked: false,
    worth: 0,
  }
}
