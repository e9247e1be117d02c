import { weekOf } from './calendar.ts'
import type { Candidate } from './constraints/candidate.ts'
import { spacingOf } from './constraints/time.ts'
import type { Requirement } from './problem.ts'
import type { PlanPerson, PlanView } from './view.ts'

const RUNGS = 8
const WEEKS = 120

/** Groups: who could be brought how far, which play with whom, and a reason to wait below. */
const rungGroup = (person: number, rung: number): number => person * RUNGS + rung
const PLAY_GROUP = 100_000
export const BASE_GROUP = 99_999
const playGroup = (view: PlanView, person: number, play: string): number =>
  PLAY_GROUP + person * 1000 + view.model.methodology.plays.plays.findIndex(({ id }) => id === play)

export function groupsOf({ play, done, with: people }: Candidate, view: PlanView): number[] {
  const groups: number[] = done.base ? [BASE_GROUP] : []
  for (const person of people) {
    const index = view.people.indexOf(person)
    const reach = done.reach === null ? 0 : (done.reach ?? 1)
    for (let rung = 1; rung <= reach; rung++) groups.push(rungGroup(index, rung))
    if (view.afterPlays.has(play.id)) groups.push(playGroup(view, index, play.id))
  }
  return groups
}

/** Rungs that are missing first, and plays that must have gone before. */
export function requirementsOf({ play, done, person }: Candidate, view: PlanView, day: number): Requirement[] {
  if (!person) return []
  const index = view.people.indexOf(person)
  const requires: Requirement[] = []
  const from = view.model.rungIndex.get(play.fromFor?.[person.standing] ?? play.from)!
  if (person.rung < from) {
    const missing = person.rung === 0 ? Math.max(1, from - 1) : from - person.rung
    requires.push({ atLeast: missing, group: rungGroup(index, from), from: 0, to: day - spacingOf(person, view) })
  }
  if (play.after && !doneLately(play.after.play, person.id, day - play.after.withinDays, view))
    requires.push({
      atLeast: 1,
      group: playGroup(view, index, play.after.play),
      from: day - play.after.withinDays,
      to: day - 1,
    })
  // Nobody who objects is passed over: whoever goes straight to the top has heard them first.
  if (play.kind === 'attack' && person.top)
    for (const other of view.people) {
      if (other === person || !objects(other)) continue
      requires.push({ atLeast: 1, group: rungGroup(view.people.indexOf(other), 1), from: 0, to: day - 1, ifAny: true })
    }
  if (done.hold === 'asked' && view.style.baseFirst && view.needsBase)
    requires.push({ atLeast: 1, group: BASE_GROUP, from: 0, to: day })
  return requires
}

const HEARD_DAYS = 21
const WEIGHS = 3

/** Weighs in, is against us or has open questions, and was not met in the last weeks. */
const objects = ({ influence, stance, objections, lastSubstantive }: PlanPerson): boolean =>
  influence >= WEIGHS &&
  ((stance ?? 0) < 0 || (objections > 0 && (stance ?? 0) <= 0)) &&
  (lastSubstantive === null || lastSubstantive < -HEARD_DAYS)

const doneLately = (play: string, person: string, since: number, view: PlanView): boolean =>
  (view.deal.touches ?? []).some(
    (touch) =>
      touch.play === play && touch.outcome === 'done' && touch.with.includes(person) && view.daysOf(touch.on) >= since,
  )

/** Hours of our weeks, of whoever goes, and steps of a week. A long preparation spreads over its weeks. */
export function loadsOf(
  { play, ours }: Candidate,
  view: PlanView,
  day: number,
  normal: number,
  capacity: number[],
): { buckets: number[]; loads: number[] } {
  const buckets: number[] = []
  const loads: number[] = []
  const add = (bucket: number, room: number, load: number): void => {
    capacity[bucket] ??= room
    buckets.push(bucket)
    loads.push(load)
  }
  const week = weekOf(view.today + day) - weekOf(view.today)
  add(week, view.style.perWeek, 1)
  const weeks = Math.max(1, Math.min(week + 1, Math.ceil(Math.max(normal, 1) / 7)))
  const who = ours ? view.ours.indexOf(ours) : -1
  for (let w = week - weeks + 1; w <= week; w++) {
    const share = Math.min(play.hours / weeks, view.hoursPerWeek)
    add(WEEKS + w, view.hoursPerWeek, share)
    if (who >= 0 && ours!.hours !== null) add(WEEKS * (2 + who) + w, ours!.hours, Math.min(share, ours!.hours))
  }
  return { buckets, loads }
}
