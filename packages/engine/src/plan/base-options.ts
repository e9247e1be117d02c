import { effectsOf } from '../deal/outcomes.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { PersonLevel, Play, TermId } from '../methodology/schema.ts'
import type { Candidate, OnDay, Refusal } from './constraints/candidate.ts'
import { leadOf } from './constraints/candidate.ts'
import {
  aheadAlready,
  doneUntil,
  nobodyAbsent,
  preconditionHolds,
  preconditionsOf,
  rankParity,
  setAside,
  tenderSilence,
} from './constraints/conduct.ts'
import {
  accessTakesTime,
  beforeDecision,
  executiveSpacing,
  leadTime,
  littleTime,
  phaseWindow,
  spacingOf,
  workingDay,
} from './constraints/time.ts'
import { groupsOf, loadsOf, requirementsOf } from './option-parts.ts'
import { indexOf } from './problem.ts'
import type { Option, ProblemIndex } from './problem.ts'
import { timeliness } from './terms/need.ts'
import { bestPaper } from './terms/need.ts'
import type { Need } from './terms/need.ts'
import type { PlanOurs, PlanPerson, PlanView } from './view.ts'

/** An option with what it stands for. */
export interface PlanOption extends Option {
  candidate: Candidate
}

const ON_DAY: readonly OnDay[] = [
  beforeDecision,
  leadTime,
  accessTakesTime,
  phaseWindow,
  littleTime,
  tenderSilence,
  setAside,
  executiveSpacing,
  workingDay,
  nobodyAbsent,
]
/** Somebody in a step for several counts for others a little less. */
const BESIDE = 0.8
/** Who doubts says so alone, not before colleagues. */
const AMONG_OTHERS = 0.7
/** Papers to the tender’s contact answer what others ask. */
const THROUGH_CONTACT = 0.6

/** Days looked at: each week for a quarter, each second for another, each fourth after that, and the one on which it is well prepared. */
function grid(earliest: number, end: number, prepared: number): number[] {
  const days = new Set(prepared <= end ? [prepared] : [])
  for (let day = earliest; day <= end; day += day < 91 ? 7 : day < 182 ? 14 : 28) days.add(day)
  return [...days].sort((a, b) => a - b)
}

export const fits = (play: Play, person: PlanPerson): boolean => play.levels.some((level) => person.levels.has(level))

/** Whoever weighs so much is met by somebody of ours who does too. */
const WEIGHTY = 4

/** Whoever of ours goes: an executive where the play or the person asks for one, else whoever does the work. */
export function oursFor(
  play: Play,
  person: PlanPerson | null,
  ours: readonly PlanOurs[],
  away: (one: PlanOurs) => boolean = () => false,
): PlanOurs | null {
  const order: readonly PlanOurs['rank'][] =
    play.parity || person?.standing === 'top'
      ? ['executive', 'manager', 'seller', 'expert']
      : person && (person.standing === 'executive' || person.influence >= WEIGHTY)
        ? ['manager', 'seller', 'executive', 'expert']
        : ['seller', 'expert', 'manager', 'executive']
  // An executive of ours does not go to the working level for want of anybody else.
  const able =
    play.parity || person?.standing !== 'working' || person.influence >= WEIGHTY
      ? ours
      : ours.filter(({ executive }) => !executive)
  const ranked = [...able].sort((a, b) => order.indexOf(a.rank) - order.indexOf(b.rank))
  return ranked.find((one) => !away(one)) ?? ranked[0] ?? null
}

/** Why needs had to do without an option: which constraints stood in the way. */
export type Refusals = Map<number, Map<string, Refusal>>

/** The options of a deal before anything stands in its plan: the same for every change of a plan on one day. */
export interface Base {
  worlds: Worlds
  /** What there is of each play with each person, whether or not it may be. */
  entries: ReadonlyMap<string, Entry>
  refused: Refusals
  index: ProblemIndex
}

export interface Entry {
  candidate: Candidate
  serving: readonly Served[]
  /** Why it may be on no day at all. */
  never: Refusal | null
}

export const keyOf = (play: string, person: string | undefined): string => `${play} ${person ?? ''}`

/** Every option of a deal and what each is worth to which need. */
export function baseOf(view: PlanView, needs: readonly Need[]): Base {
  const refused: Refusals = new Map()
  const worlds: Worlds = {
    view,
    needs,
    ofPerson: view.people.map((_, i) => needs.flatMap((need, n) => (need.person === i ? [n] : []))),
    ofNobody: needs.flatMap((need, n) => (need.person === null ? [n] : [])),
    steps: new Map(),
    options: [],
    capacity: [],
  }
  const entries = new Map<string, Entry>()
  for (const play of view.model.methodology.plays.plays) {
    if (play.kind === 'close' && play.levels.length === 3) continue
    const done = effectsOf(play, 'done', view.model)
    const people: (PlanPerson | null)[] = [
      ...(play.levels.length === 0 || play.alone ? [null] : []),
      ...view.people.filter((person) => fits(play, person)),
    ]
    for (const person of people) {
      const serving = servedBy(play, done, person, worlds)
      if (serving.length === 0) continue
      const entry = entryOf(play, done, person, serving, worlds)
      entries.set(keyOf(play.id, person?.id), entry)
      const note = (refusal: Refusal): void => {
        for (const { need } of serving) {
          let of = refused.get(need)
          if (!of) refused.set(need, (of = new Map()))
          if (!of.has(refusal.constraint)) of.set(refusal.constraint, refusal)
        }
      }
      if (entry.never) note(entry.never)
      else addDaysOf(entry, worlds, note)
    }
  }
  return { worlds, entries, refused, index: indexOf(worlds.options) }
}

export function entryOf(
  play: Play,
  done: Candidate['done'],
  person: PlanPerson | null,
  serving: readonly Served[],
  worlds: Worlds,
): Entry {
  const candidate = candidateOf(person ? play : byOurselves(play), done, person, worlds)
  const { view } = worlds
  const never = preconditionHolds(candidate, view) ?? rankParity(candidate, view) ?? aheadAlready(candidate, view)
  return { candidate, serving, never }
}

export interface Worlds {
  view: PlanView
  needs: readonly Need[]
  ofPerson: readonly (readonly number[])[]
  ofNobody: readonly number[]
  steps: Map<string, number>
  options: PlanOption[]
  capacity: number[]
}

interface Served {
  need: number
  share: number
}

/** A play as we do it with nobody at the customer. */
export const byOurselves = (play: Play): Play =>
  play.alone
    ? {
        ...play,
        ...play.alone,
        phases: PHASES.slice(0, OPEN_PHASES),
        preconditions: [],
        group: undefined,
        parity: undefined,
      }
    : play

/** Needs that a play with somebody serves, papers and days aside. */
export function servedBy(
  play: Play,
  done: Candidate['done'],
  person: PlanPerson | null,
  { view, needs, ofPerson, ofNobody }: Worlds,
): Served[] {
  const served: Served[] = []
  const look = (list: readonly number[], who: PlanPerson, factor: number): void => {
    for (const n of list) {
      const heard = needs[n]!.term === 'stance' && who !== person && person ? AMONG_OTHERS : 1
      const share = needs[n]!.serves(play, done, who) * factor * heard * talk(play, needs[n]!)
      if (share !== 0) served.push({ need: n, share })
    }
  }
  if (person === null) {
    look(ofNobody, view.people[0]!, 1)
    return served
  }
  const own = view.people.indexOf(person)
  look(ofPerson[own]!, person, 1)
  if (play.group || play.beside)
    for (const other of besides(play, person, view)) look(ofPerson[view.people.indexOf(other)]!, other, BESIDE)
  if (play.papers && view.silence && person.roles.includes('procurement')) {
    needs.forEach((need, n) => {
      if (need.term !== 'topic' || need.person === own) return
      const share = need.serves(play, done, person) * THROUGH_CONTACT
      if (share !== 0) served.push({ need: n, share })
    })
  }
  return served
}

/** Papers answer questions and keep promises; in place of a conversation they are worth little. */
const talk = (play: Play, need: Need): number => (play.papers && !BY_PAPER.has(need.term) ? PAPERS : 1)
const BY_PAPER: ReadonlySet<TermId> = new Set<TermId>(['topic', 'promise'])
const PAPERS = 0.3

/** Who else comes: a deputy who is for us, whoever takes us there, or for a step of several the working people who weigh most and are ready for it. */
function besides(play: Play, person: PlanPerson, view: PlanView): PlanPerson[] {
  if (play.beside === 'deputy')
    return view.people
      .filter((other) => other !== person && other.roles.includes('deputy') && (other.stance ?? 0) > 0)
      .slice(0, 1)
  if (play.beside === 'guide') return view.people.filter(({ id }) => id === person.ways[0]?.through)
  if (!play.group) return []
  const from = view.model.rungIndex.get(play.from)!
  return (
    view.people
      .filter((other) => other !== person && fits(play, other) && other.rung >= from && other.standing === 'working')
      // Who is against us makes no plan with those who are for us.
      .filter(({ stance }) => play.kind !== 'engage' || play.concern === 'risk' || (stance ?? 0) >= 0)
      .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
      .slice(0, play.group - 1)
  )
}

export function candidateOf(
  play: Play,
  done: Candidate['done'],
  person: PlanPerson | null,
  { view }: Worlds,
): Candidate {
  const { ready, unsure } = preconditionsOf(play, person, view)
  const beside = person ? besides(play, person, view) : []
  const candidate = {
    play,
    done,
    person,
    with: person ? [person, ...beside] : [],
    ours: oursFor(play, person, view.ours),
    way: person?.ways[0] ?? null,
    ready,
    unsure,
    groups: [] as number[],
  }
  candidate.groups = groupsOf(candidate, view)
  return candidate
}

/** The first and the last day that a step may have, constraints of single days aside. */
export function spanOf(candidate: Candidate, view: PlanView): { from: number; to: number } {
  const from = Math.max(leadOf(candidate, 'fast'), doneUntil(candidate, view), soonest(candidate, view))
  return { from, to: view.open ? view.end : view.method.horizonDays }
}

function addDaysOf(entry: Entry, worlds: Worlds, note: (refusal: Refusal) => void): void {
  const { view } = worlds
  const { candidate } = entry
  const { from, to } = spanOf(candidate, view)
  if (from > to) {
    note(
      to < leadOf(candidate, 'fast')
        ? {
            constraint: candidate.way ? 'accessTakesTime' : 'leadTime',
            about: { person: candidate.person?.name ?? '', day: view.date(from) },
          }
        : { constraint: 'notTwice', about: {} },
    )
    return
  }
  let last = -1
  for (const wanted of grid(from, to, Math.max(leadOf(candidate, 'normal'), from))) {
    let day = wanted
    while (!view.working(day) && day < wanted + 10) day++
    if (day <= last) continue
    const refusal = firstRefusal(candidate, view, day)
    if (refusal) {
      note(refusal)
      continue
    }
    last = day
    addOption(entry, day, worlds)
  }
}

export function firstRefusal(candidate: Candidate, view: PlanView, day: number): Refusal | null {
  for (const constraint of ON_DAY) {
    const refusal = constraint(candidate, view, day)
    if (refusal) return refusal
  }
  return null
}

/** The first day that spacing allows after the last meeting. */
function soonest({ with: people }: Candidate, view: PlanView): number {
  return Math.max(
    0,
    ...people.map((person) => (person.lastTouch === null ? 0 : person.lastTouch + spacingOf(person, view))),
  )
}

/** How likely it is that the step comes about, and what haste and doubt leave of it. */
function chance(
  { play, done, person, way, unsure, ready }: Candidate,
  view: PlanView,
  day: number,
  normal: number,
): number {
  const { factors } = view.method
  let factor = 1
  if (person && way) factor *= way.probability
  else if (person) {
    const stance = person.stance ?? 0
    factor *= stance > 0 ? factors.metSupporter : stance < 0 ? factors.metOpponent : factors.metNeutral
  }
  if (view.entryMode && !play.entryModes.includes(view.entryMode)) factor *= factors.entryMisfit
  if (person && !madeFor(play, person)) factor *= factors.otherLevel
  if (person && (person.stance ?? 0) > 0 && (persuades(play, done) || asksAgain(done, person)))
    factor *= factors.convinced
  if (unsure) factor *= factors.unknownPrecondition
  if (ready.length > 0) factor *= factors.hurried
  if (day < normal) factor *= view.style.hurryFactor
  return factor * Math.max(0.2, 1 - (view.style.waitPerWeek * day) / 7)
}

/** It moves somebody towards us and does nothing else: who is won is not won again, but does something with us. */
const persuades = ({ effects }: Play, done: Candidate['done']): boolean =>
  ((done.stance ?? 0) > 0 || effects.length > 0) &&
  !(done.informs || done.base || done.hold || done.promises || done.rival || done.exchange)

/** An executive who trusts us has told what he needs and what presses him. */
const asksAgain = (done: Candidate['done'], { standing, rung }: PlanPerson): boolean =>
  standing !== 'working' && rung >= TRUSTS && Boolean(done.informs?.includes('business_model'))
const TRUSTS = 4

/** A play for executives is for the number one too. */
const madeFor = ({ with: whom }: Play, { standing, levels }: PlanPerson): boolean =>
  whom === 'anyone' || levels.has(whom as PersonLevel) || (whom === 'executive' && standing === 'top')

export function addOption(
  { candidate, serving }: Pick<Entry, 'candidate' | 'serving'>,
  day: number,
  worlds: Worlds,
): number {
  const { view, needs, options, steps } = worlds
  const { play, person } = candidate
  const normal = leadOf(candidate, 'normal')
  const likely = chance(candidate, view, day, normal)
  const served: number[] = []
  const gains: number[] = []
  for (const { need: n, share } of serving) {
    const need = needs[n]!
    const papers = share < 0 ? bestPaper(need, day) : 1
    const points = need.weight * Math.abs(share) * papers * timeliness(need, day) * likely
    if (points <= 0.02) continue
    served.push(n)
    gains.push(points)
  }
  const key = `${play.id} ${person?.id ?? ''}`
  if (!steps.has(key)) steps.set(key, steps.size)
  const { factors } = view.method
  const option: PlanOption = {
    index: options.length,
    step: steps.get(key)!,
    day,
    cost: factors.costPerStep + factors.costPerHour * play.hours,
    needs: served,
    gains,
    groups: candidate.groups,
    requires: requirementsOf(candidate, view, day),
    ...loadsOf(candidate, view, day, normal, worlds.capacity),
    candidate,
  }
  options.push(option)
  return option.index
}
