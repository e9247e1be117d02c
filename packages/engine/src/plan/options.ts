import { effectsOf } from '../deal/outcomes.ts'
import {
  addOption,
  byOurselves,
  candidateOf,
  entryOf,
  firstRefusal,
  fits,
  keyOf,
  servedBy,
  spanOf,
} from './base-options.ts'
import type { Base, Entry, PlanOption, Refusals, Worlds } from './base-options.ts'
import type { Refusal } from './constraints/candidate.ts'
import { BASE_GROUP } from './option-parts.ts'
import { indexOf } from './problem.ts'
import type { Problem, Requirement } from './problem.ts'
import type { Need } from './terms/need.ts'
import type { PlanView } from './view.ts'

export interface Options {
  /** What is searched: steps of the plan before are worth more where they were. */
  search: Problem
  /** The same without that, of which everything is told. */
  problem: Problem
  options: PlanOption[]
  needs: Need[]
  /** Of the locked options, those that are held and not taken up. */
  held: ReadonlySet<number>
  /** Why needs had to do without an option: how often each constraint stood in the way. */
  refused: Refusals
}

/** The same step on all its days. */
export const daysOfStep = ({ options, problem }: Options, { step }: PlanOption): PlanOption[] =>
  (problem.index!.steps.get(step) ?? []).map((i) => options[i]!)

/** A step that stands already: the user's own, or one that is locked. */
export interface Fixed {
  play: string
  with: readonly string[]
  day: number
  /** Who of ours goes, by id or name. */
  owner?: string | undefined
  /** Stays where it is, but nobody has taken it up. */
  held?: boolean
}

interface Keep {
  fixed: readonly Fixed[]
  previous: readonly Fixed[]
  /** People whom no new fact concerns: what stood with them stays, unless it cannot. */
  untouched: ReadonlySet<string>
}
/** More than any plan is worth. */
const STAYS = 1e4

/** The options beside what stands already: the user's own steps and locks, and those of the plan before, which are worth more where they were. */
export function optionsOf(base: Base, keep: Keep): Options {
  const { view, needs } = base.worlds
  const options = [...base.worlds.options]
  const capacity = [...base.worlds.capacity]
  const worlds: Worlds = { ...base.worlds, options, capacity, steps: new Map(base.worlds.steps) }
  const placeOf = ({ play, with: [person], day }: Fixed): number | undefined => {
    const step = worlds.steps.get(keyOf(play, person))
    const days = step === undefined ? [] : (base.index.steps.get(step) ?? [])
    const known = days.find((i) => options[i]!.day === day)
    if (known !== undefined || step === undefined) return known
    for (let i = base.worlds.options.length; i < options.length; i++)
      if (options[i]!.step === step && options[i]!.day === day) return i
    return undefined
  }
  for (const step of [...keep.fixed, ...keep.previous]) if (placeOf(step) === undefined) addAgain(step, base, worlds)
  const held = new Set<number>()
  const locked = new Set(
    keep.fixed.flatMap((step) => {
      const places = forced(step, placeOf(step), worlds)
      if (step.held) for (const place of places) held.add(place)
      return places
    }),
  )
  settleRequirements(options)
  for (const index of locked) {
    const { buckets, loads } = options[index]!
    buckets.forEach((bucket, k) => (capacity[bucket] = (capacity[bucket] ?? 0) + loads[k]!))
  }
  const stays = ({ candidate }: PlanOption): boolean =>
    candidate.with.length > 0 && candidate.with.every(({ id }) => keep.untouched.has(id))
  const before = [...new Set(keep.previous.flatMap((step) => placeOf(step) ?? []))]
  const start = [...before.filter((i) => stays(options[i]!)), ...before.filter((i) => !stays(options[i]!))]
  const searched = [...options]
  for (const i of start) {
    const option = options[i]!
    searched[i] = { ...option, cost: option.cost - (stays(option) ? STAYS : view.method.keepBonus) }
  }
  const problem: Problem = {
    options,
    needs: needs.length,
    capacity,
    locked: [...locked],
    start,
    index: indexOf(options, base.index, base.worlds.options.length),
    atMost: Math.max(view.method.stepsAtMost, locked.size),
    conflict: (a, b) => clash(a as PlanOption, b as PlanOption, view, locked),
  }
  return { search: { ...problem, options: searched }, problem, options, needs: [...needs], held, refused: base.refused }
}

/** Leaves out what waits for something that nothing can give: a base below, or somebody to be heard whom nothing reaches. */
function settleRequirements(options: PlanOption[]): void {
  const given = new Set<number>()
  for (const { groups } of options) for (const group of groups) given.add(group)
  const holds = ({ group, ifAny }: Requirement): boolean => given.has(group) || (group !== BASE_GROUP && !ifAny)
  options.forEach((option, i) => {
    if (!option.requires.every(holds)) options[i] = { ...option, requires: option.requires.filter(holds) }
  })
}

/** Adds the option of a step that stood on a day which the base did not look at, if it may be there. */
function addAgain(step: Fixed, base: Base, worlds: Worlds): void {
  const entry = entryFor(step, base)
  // What serves nothing any more does not stay only because it stood.
  if (entry && entry.serving.length > 0 && whyNot(step, entry, worlds.view) === null) addOption(entry, step.day, worlds)
}

/** A play with somebody as the base knows it; null: there is no such play, or it is not for them. */
function entryFor({ play: id, with: [who] }: Fixed, base: Base): Entry | null {
  const known = base.entries.get(keyOf(id, who))
  if (known) return known
  const { worlds } = base
  const play = worlds.view.model.plays.get(id)
  const person = who === undefined ? null : worlds.view.people.find((one) => one.id === who)
  if (!play || person === undefined || (person ? !fits(play, person) : play.levels.length > 0 && !play.alone))
    return null
  const done = effectsOf(play, 'done', worlds.view.model)
  return entryOf(play, done, person, servedBy(play, done, person, worlds), worlds)
}

/** What forbids a step on its day; null: nothing. */
function whyNot({ day }: Fixed, { candidate, never }: Entry, view: PlanView): Refusal | null {
  if (never) return never
  const { from, to } = spanOf(candidate, view)
  const refusal = firstRefusal(candidate, view, day)
  if (refusal) return refusal
  if (day >= from && day <= to) return null
  return day > to ? { constraint: 'beforeDecision', about: {} } : { constraint: 'notTwice', about: {} }
}

/** What forbids a step that stood in the plan before; null: nothing, or there is no such play any more. */
export function refusalFor(step: Fixed, base: Base): Refusal | null {
  const entry = entryFor(step, base)
  return entry && whyNot(step, entry, base.worlds.view)
}

function clash(a: PlanOption, b: PlanOption, view: PlanView, locked: ReadonlySet<number>): boolean {
  if (locked.has(a.index) && locked.has(b.index)) return false
  const apart = Math.abs(a.day - b.day)
  if (a.step === b.step) return apart < (a.candidate.play.repeatDays ?? view.method.horizonDays)
  for (const person of a.candidate.with) {
    if (apart < view.method.spacingDays[person.standing] && b.candidate.with.includes(person)) return true
  }
  return false
}

/** The option of a step that stands already, made whatever the constraints say. */
function forced({ play: id, with: ids, day, owner }: Fixed, place: number | undefined, worlds: Worlds): number[] {
  const { view, options } = worlds
  const play = view.model.plays.get(id)
  if (!play) return []
  const people = ids.flatMap((who) => view.people.find((person) => person.id === who) ?? [])
  const person = people[0] ?? null
  if (!person && play.levels.length > 0 && !play.alone) return []
  const named = view.ours.find((one) => one.id === owner || one.name === owner)
  if (place !== undefined) {
    const found = options[place]!
    if (named) options[place] = { ...found, candidate: { ...found.candidate, ours: named } }
    return [place]
  }
  const done = effectsOf(play, 'done', view.model)
  const made = candidateOf(person ? play : byOurselves(play), done, person, worlds)
  const candidate = { ...made, with: people, ours: named ?? made.ours }
  const serving = servedBy(play, done, person, worlds)
  const index = addOption({ candidate, serving }, Math.max(0, day), worlds)
  options[index]!.requires = []
  return [index]
}
