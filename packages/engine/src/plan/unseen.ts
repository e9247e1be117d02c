import type { Text } from '../methodology/schema.ts'
import type { PlanOption } from './base-options.ts'
import type { Refusal } from './constraints/candidate.ts'
import type { Options } from './options.ts'
import { addable, meets, valueOf } from './problem.ts'
import { tellingOf } from './cannot.ts'
import type { Plan, Step } from './schema.ts'
import type { Solution } from './solve.ts'
import { notSooner } from './steps.ts'
import type { PlanPerson, PlanView } from './view.ts'
import { fill, reasonOf, refusalOf, SAYS } from './words.ts'

/** So far ahead a reader asks "why not him?". */
const NEXT_DAYS = 28
const WEIGHTY = 4
const AT_MOST = 6
/** Of somebody's meetings so many are tried beside the plan. */
const TRIED = 6

type Unseen = NonNullable<Plan['unseen']>[number]
type Because = Pick<Unseen, 'reason' | 'why'>

/** Who decides, or weighs as much as those who do. */
const weighs = ({ decides, top, standing, influence }: PlanPerson): boolean =>
  decides || top || standing !== 'working' || influence >= WEIGHTY

/**
 * People of weight whom the plan does not see within four weeks, the weightiest first, each with the one reason that the planner knows: the
 * constraint that stands in the way, the day on which it has them and why not sooner, or what a meeting now would be worth.
 */
export function unseenOf(
  view: PlanView,
  options: Options,
  solution: Solution,
  steps: readonly Step[],
  leaves: boolean,
): Unseen[] {
  const last = view.date(NEXT_DAYS)
  const soon = new Set(steps.filter(({ on }) => on <= last).flatMap(({ with: people }) => people))
  return view.people
    .map((person, index) => ({ person, index }))
    .filter(({ person }) => weighs(person) && !soon.has(person.id))
    .sort((a, b) => b.person.weight - a.person.weight || (a.person.id < b.person.id ? -1 : 1))
    .slice(0, AT_MOST)
    .map(({ person, index }) => {
      const planned = (solution.chosen as PlanOption[])
        .filter(({ candidate }) => candidate.with.includes(person))
        .sort((a, b) => a.day - b.day)[0]
      return {
        person: person.id,
        on: planned ? view.date(planned.day) : null,
        ...(asideFor(view, person) ??
          (planned
            ? laterFor(view, options, planned)
            : leaves
              ? { reason: 'leaving' as const, why: SAYS.unseenLeaving }
              : noneFor(view, options, solution, person, index))),
      }
    })
}

/** The user said so. */
function asideFor(view: PlanView, person: PlanPerson): Because | null {
  const today = view.date(0)
  const aside = view.aside.find(
    ({ play, person: id, until }) => play === undefined && id === person.id && (until === undefined || until > today),
  )
  if (!aside) return null
  return {
    reason: 'setAside',
    why: aside.until === undefined ? SAYS.unseenAside : fill(SAYS.unseenAsideUntil, { day: aside.until }),
  }
}

/** On its day, and what keeps it from being sooner: what is in the way, or what it is for is not due before. */
function laterFor(view: PlanView, options: Options, planned: PlanOption): Because {
  const { problem } = options
  const same = (problem.index!.steps.get(planned.step) ?? []).map((i) => options.options[i]!)
  const earliest = Math.min(planned.day, ...same.map(({ day }) => day))
  const said = { play: planned.candidate.play.name, day: view.date(planned.day) }
  const [sooner] = earliest > NEXT_DAYS ? notSooner(view, planned.candidate, planned.day, earliest) : []
  const [main] = [...planned.needs]
    .map((n, k) => ({ need: options.needs[n]!, points: planned.gains[k]! }))
    .sort((a, b) => b.points - a.points)
  const why = sooner ?? (main && reasonOf(view, main.need))
  return {
    reason: 'later',
    why: why ? fill(SAYS.unseenLater, { ...said, why }) : fill(SAYS.unseenLaterOnly, said),
  }
}

/** No step with them at all. */
function noneFor(view: PlanView, options: Options, solution: Solution, person: PlanPerson, index: number): Because {
  const own = options.needs.flatMap((need, n) => (need.person === index ? [n] : []))
  if (own.length === 0) return { reason: 'nothingOpen', why: quiet(view, person) }
  const possible = options.options.filter(({ candidate, day }) => day <= NEXT_DAYS && candidate.with.includes(person))
  if (possible.length > 0) return weighed(view, options, solution, possible)
  if (person.rung < MET && person.ways.length === 0) return { reason: 'noWayIn', why: SAYS.unseenNoWay }
  const refusals = own
    .flatMap((n) => [...(options.refused.get(n)?.values() ?? [])])
    // What stood in the way of a step with somebody else says nothing of this one.
    .filter(({ about }) => about.person === undefined || about.person === '' || about.person === person.name)
  const reason = tellingOf(refusals)
  return reason
    ? { reason: 'constraint', why: refusalOf(view, reason) }
    : { reason: 'nothingOpen', why: SAYS.unseenNoPlay }
}
const MET = 2

/** Nothing is open with them: when they were met, and what they ask next. */
function quiet(view: PlanView, person: PlanPerson): Text {
  const next = person.topics.filter(({ due }) => due > 0).sort((a, b) => a.due - b.due)[0]
  const met = person.lastTouch === null ? null : view.date(person.lastTouch)
  if (next && met) return fill(SAYS.unseenMetNext, { day: met, topic: next.name, due: view.date(next.due) })
  if (next) return fill(SAYS.unseenNext, { topic: next.name, due: view.date(next.due) })
  return met ? fill(SAYS.unseenMet, { day: met }) : SAYS.unseenNothing
}

/** A meeting could be: what keeps it out of the plan, or what it would be worth beside the plan. */
function weighed(view: PlanView, all: Options, { chosen, value }: Solution, possible: readonly PlanOption[]): Because {
  const { problem } = all
  const gain = ({ gains, cost }: PlanOption): number => gains.reduce((sum, points) => sum + points, -cost)
  const best = [...possible].sort((a, b) => gain(b) - gain(a) || a.day - b.day || a.index - b.index).slice(0, TRIED)
  const free = best.filter((option) => addable(problem, chosen, [option]))
  if (free.length > 0) {
    const adds = Math.max(...free.map((option) => valueOf(problem, [...chosen, option]) - value))
    return { reason: 'worthLess', why: adds <= 0 ? SAYS.unseenCosts : SAYS.unseenLess }
  }
  const refusal = obstacle(view, all, chosen as PlanOption[], best[0]!)
  return refusal
    ? { reason: 'constraint', why: refusalOf(view, refusal) }
    : { reason: 'worthLess', why: SAYS.unseenLess }
}

/** What keeps an option out of this choice: somebody before them, a full week, another step too near. Null: there are steps enough. */
function obstacle(
  view: PlanView,
  { problem, options }: Options,
  chosen: readonly PlanOption[],
  option: PlanOption,
): Refusal | null {
  const missing = option.requires.find(
    (requirement) => chosen.filter((other) => meets(requirement, other)).length < requirement.atLeast,
  )
  if (missing) {
    const first = options.find((other) => meets(missing, other))
    if (first) return { constraint: 'afterItsTurn', about: { play: first.candidate.play.name } }
  }
  const near = chosen.find((other) => problem.conflict(option, other))
  if (near) {
    const both = option.candidate.with.find((person) => near.candidate.with.includes(person))
    return { constraint: 'executiveSpacing', about: { person: both?.name ?? '' } }
  }
  const full = option.buckets.some((bucket, k) => {
    const load = chosen.reduce(
      (sum, { buckets, loads }) => sum + (loads[buckets.indexOf(bucket)] ?? 0),
      option.loads[k]!,
    )
    return load > problem.capacity[bucket]! + 1e-9
  })
  return full ? { constraint: 'weeklyHours', about: { day: view.date(option.day) } } : null
}
