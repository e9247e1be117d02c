import type { Text } from '../methodology/schema.ts'
import type { Candidate } from './constraints/candidate.ts'
import { leadOf } from './constraints/candidate.ts'
import type { PlanOption } from './base-options.ts'
import { daysOfStep } from './options.ts'
import type { Options } from './options.ts'
import { valueOf } from './problem.ts'
import type { Step } from './schema.ts'
import type { Solution } from './solve.ts'
import { spacingOf } from './constraints/time.ts'
import type { PlanPerson, PlanView } from './view.ts'
import { daysOf, fill, reasonOf, SAYS } from './words.ts'

/** A step is worth half so much: from then on it is too late for what it was planned for. */
const HALF = 0.5
const REASONS = 2
/** Who leads the work with us hears of a meeting above on the same day. */
const LEADERS = ['project_leader', 'champion', 'coach'] as const

/** The chosen options as steps, in the order in which a seller should act. */
export function stepsOf(view: PlanView, options: Options, { chosen, value }: Solution): Step[] {
  const { problem } = options
  const scratch = new Float64Array(problem.needs)
  const locked = new Set(problem.locked)
  const steps = (chosen as PlanOption[]).map((option) => {
    const worth =
      value -
      valueOf(
        problem,
        chosen.filter((other) => other !== option),
        scratch,
      )
    return {
      option,
      worth,
      step: stepOf(view, options, option, chosen as PlanOption[], worth, locked.has(option.index)),
    }
  })
  return inOrder(view, options, steps).map(({ step }) => step)
}

/** What two weeks of waiting cost says how pressing a step is; a point of it counts as half a day. */
const WAIT_DAYS = 14
const DAYS_PER_POINT = 0.5
/** People first: what we do among ourselves stands behind whom we begin with in the same week. What the law asks does not. */
const OWN_DAYS = 7

/**
 * The order in which a seller should act: by the day on which he must begin, less half a day for each point that is lost if the step
 * comes two weeks later. A decider whom nobody has met comes before papers and the working level once the way to him must be begun: the window of
 * a person first, topics after; and whoever takes us to him is spoken to before. Each step counts for what it adds to those listed before it.
 */
function inOrder<T extends { option: PlanOption }>(view: PlanView, all: Options, steps: readonly T[]): T[] {
  const { problem, needs: wanted } = all
  const best = new Float64Array(problem.needs)
  const adds = ({ needs, gains, cost }: PlanOption): number =>
    needs.reduce((sum, n, k) => sum + Math.max(0, gains[k]! - best[n]!), -cost)
  const later = new Map(
    steps.map(({ option }) => [option, daysOfStep(all, option).filter(({ day }) => day >= option.day + WAIT_DAYS)]),
  )
  const opensDoor = ({ needs, gains }: PlanOption): boolean =>
    needs.some((n, k) => {
      const { term, person } = wanted[n]!
      return term === 'window' && person !== null && isUnmetDecider(view.people[person]!) && gains[k]! > best[n]!
    })
  // A step with somebody is prepared once the one before it is done.
  const after = (option: PlanOption): number => {
    const { person } = option.candidate
    const before = steps.filter(
      ({ option: other }) => person && other.candidate.person === person && other.day < option.day,
    )
    return Math.max(0, ...before.map(({ option: other }) => other.day))
  }
  const rank = ({ option }: T): number => {
    const begin = Math.max(0, option.day - leadOf(option.candidate, 'normal'), after(option))
    const lost = adds(option) - Math.max(0, ...later.get(option)!.map(adds))
    const { person, play } = option.candidate
    const ownWork = person === null && play.kind !== 'gate' ? OWN_DAYS : 0
    return begin + ownWork - DAYS_PER_POINT * Math.max(0, lost) - (begin === 0 && opensDoor(option) ? WAIT_DAYS : 0)
  }
  const left = [...steps]
  const ordered: T[] = []
  while (left.length > 0) {
    const own = left.map(rank)
    const ranks = own.map((value, i) =>
      Math.min(value, ...left.flatMap(({ option }, k) => (leadsTo(left[i]!.option, option) ? [own[k]! - 1] : []))),
    )
    let next = 0
    for (let i = 1; i < left.length; i++) if (ranks[i]! < ranks[next]! - 1e-9) next = i
    const [taken] = left.splice(next, 1)
    ordered.push(taken!)
    const { needs, gains } = taken!.option
    needs.forEach((n, k) => (best[n] = Math.max(best[n]!, gains[k]!)))
  }
  return ordered
}

/** The first step is with whoever takes us to the person of the second, and not after it; whom we saw in the last fortnight we only call. */
const leadsTo = (first: PlanOption, second: PlanOption): boolean => {
  const through = second.candidate.way?.through ?? null
  const guide = first.candidate.person
  const seen = guide?.lastTouch ?? null
  return guide?.id === through && (seen === null || seen < -WAIT_DAYS) && first.day <= second.day
}

/** To whom this step opens the way: why it comes before theirs. */
const opens = (option: PlanOption, chosen: readonly PlanOption[]): Text[] => {
  const next = chosen.find((other) => other !== option && leadsTo(option, other))?.candidate.person
  return next ? [fill(SAYS.leads, { person: next.name })] : []
}

/** Nobody of ours is on a footing with this decider yet (below the rung of being known to each other). */
const isUnmetDecider = ({ decides, rung }: PlanPerson): boolean => decides && rung < MET
const MET = 2

function stepOf(
  view: PlanView,
  options: Options,
  option: PlanOption,
  chosen: readonly PlanOption[],
  worth: number,
  locked: boolean,
): Step {
  const { candidate, day } = option
  const { play, with: people, ours, way } = candidate
  const same = daysOfStep(options, option)
  const points = gainOf(option)
  const good = same.filter((other) => other.day >= day && gainOf(other) >= HALF * points)
  const normal = leadOf(candidate, 'normal')
  const earliest = Math.min(day, ...same.map((other) => other.day))
  const latest = Math.max(day, ...good.map((other) => other.day))
  const served = [...option.needs]
    .map((n, k) => ({ need: options.needs[n]!, points: option.gains[k]! }))
    .sort((a, b) => b.points - a.points)
  const topics = served.filter(({ need }) => need.topic !== undefined)
  return {
    play: play.id,
    name: play.name,
    with: people.map(({ id }) => id),
    through: way?.through ?? null,
    path: way?.path ?? null,
    ours: ours?.id ?? null,
    on: view.date(day),
    earliest: view.date(earliest),
    latest: view.date(latest),
    start: view.date(Math.max(0, day - normal)),
    bring: { what: play.bring, proofs: proofsOf(view, topics, day) },
    ask: play.ask,
    why: [
      ...dedupe(served.map(({ need }) => reasonOf(view, need))).slice(0, REASONS),
      ...opens(option, chosen),
      ...notSooner(view, candidate, day, earliest),
      ...(latest > day ? [fill(SAYS.later, { day: view.date(latest) })] : []),
    ],
    because: served.map(({ need, points: of }) => ({
      term: need.term,
      person: need.person === null ? null : view.people[need.person]!.id,
      points: Math.round(of * 1000) / 1000,
    })),
    first: candidate.ready.map(({ fact, what }) => ({ fact, what })),
    ifDeclined: planB(view, options, option),
    linked: linkedOf(view, option, chosen),
    locked,
    ...(options.held.has(option.index) && { held: true as const }),
    worth: Math.round(worth * 1000) / 1000,
  }
}

const gainOf = ({ gains }: PlanOption): number => gains.reduce((sum, points) => sum + points, 0)

function dedupe(texts: readonly Text[]): Text[] {
  const seen = new Set<string>()
  return texts.filter(({ en }) => !seen.has(en) && seen.add(en))
}

/** The best paper for each topic, as far as it is ready by then. */
function proofsOf(
  view: PlanView,
  served: readonly { need: Options['needs'][number] }[],
  day: number,
): Step['bring']['proofs'] {
  return served.slice(0, 4).flatMap(({ need }) => {
    const ready = (need.papers ?? []).filter((paper) => paper.ready <= day)
    const best = ready.sort((a, b) => b.share - a.share || a.ready - b.ready)[0]
    if (!best) return []
    return [
      {
        proof: best.proof,
        name: best.name,
        topic: need.topic!,
        for: view.people[need.person!]!.id,
        startBy: view.date(Math.max(0, day - best.ready)),
      },
    ]
  })
}

/** What keeps it from being sooner, if anything does. */
export function notSooner(view: PlanView, candidate: Candidate, day: number, earliest: number): Text[] {
  if (day > earliest + 7 || day === 0) return []
  const { play, way, with: people } = candidate
  const seen = people.find(
    (person) => person.lastTouch !== null && person.lastTouch + spacingOf(person, view) >= earliest,
  )
  const why = seen
    ? fill(SAYS.spacing, { day: view.date(seen.lastTouch!) })
    : way && way.normal >= play.leadDays[1]
      ? fill(SAYS.wayIn, { path: pathName(view, way.path), days: daysOf(Math.min(way.normal, earliest)) })
      : play.leadDays[1] > 0
        ? fill(SAYS.prepare, { days: daysOf(Math.min(play.leadDays[1], earliest)) })
        : null
  return why ? [fill(SAYS.sooner, { day: view.date(earliest), why })] : []
}

const pathName = (view: PlanView, path: string): Text =>
  view.model.methodology.people.paths.find(({ id }) => id === path)!.name

/** Another way in, else another play with the same person for the same ends, else the same once more. */
function planB(view: PlanView, options: Options, option: PlanOption): Step['ifDeclined'] {
  const { play, person, with: people } = option.candidate
  if (!person) return null
  const other = person.ways[1]
  const ids = people.map(({ id }) => id)
  if (other) {
    const percent = String(Math.round(other.probability * 100))
    const through = view.people.find(({ id }) => id === other.through)
    const says = fill(through ? SAYS.otherPathThrough : SAYS.otherPath, {
      path: pathName(view, other.path),
      person: through?.name ?? '',
      days: String(other.normal),
      percent,
    })
    return { play: play.id, with: ids, path: other.path, says }
  }
  const retry = view.model.methodology.plays.outcomes.find(({ id }) => id === 'declined')!.retryDays ?? 0
  let best: PlanOption | null = null
  for (const candidate of options.options) {
    const sameOne = candidate.candidate.person === person && candidate.candidate.play !== play
    if (!sameOne || candidate.requires.length > 0 || candidate.day <= option.day) continue
    if (!best || gainOf(candidate) > gainOf(best)) best = candidate
  }
  if (best) {
    const instead = best.candidate.play
    return {
      play: instead.id,
      with: best.candidate.with.map(({ id }) => id),
      path: null,
      says: fill(SAYS.otherPlay, { play: instead.name }),
    }
  }
  return { play: play.id, with: ids, path: null, says: fill(SAYS.again, { days: String(retry) }) }
}

/** Who leads the work with us is told; what must come before is named. */
function linkedOf(view: PlanView, option: PlanOption, chosen: readonly PlanOption[]): Step['linked'] {
  const { person, with: people } = option.candidate
  const linked: Step['linked'] = []
  const on = view.date(option.day)
  if (person && person.standing !== 'working') {
    const leader = leaderOf(view, people)
    if (leader) linked.push({ with: [leader.id], on, says: fill(SAYS.tell, { person: leader.name }) })
  }
  for (const { group, from, to } of option.requires) {
    const before = chosen.find(
      (other) => other !== option && other.groups.includes(group) && other.day >= from && other.day <= to,
    )
    if (!before) continue
    const day = view.date(before.day)
    linked.push({
      with: before.candidate.with.map(({ id }) => id),
      on: day,
      says: fill(SAYS.before, { play: before.candidate.play.name, day }),
    })
  }
  return linked
}

export function leaderOf(view: PlanView, without: readonly PlanPerson[] = []): PlanPerson | null {
  for (const role of LEADERS) {
    const found = view.people.find(
      (person) => person.roles.includes(role) && person.standing !== 'top' && person.rung > 0,
    )
    if (found) return without.includes(found) ? null : found
  }
  return null
}
