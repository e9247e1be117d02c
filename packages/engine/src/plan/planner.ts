import { assess } from '../assess/assess.ts'
import type { Assessment } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { Ground } from '../assess/ground.ts'
import type { Deal } from '../deal/deal.ts'
import type { Methodology } from '../methodology/schema.ts'
import type { PlainDate } from '../core/dates.ts'
import { TERMS } from '../methodology/schema.ts'
import { NO_HOLIDAYS } from './calendar.ts'
import type { Calendars } from './calendar.ts'
import { cannotOf } from './cannot.ts'
import { basisOf, untouched } from './basis.ts'
import { changedOf } from './changed.ts'
import { leaving, staysWorth } from './leave.ts'
import { baseOf } from './base-options.ts'
import type { Base } from './base-options.ts'
import { optionsOf } from './options.ts'
import type { Fixed, Options } from './options.ts'
import { valueOf } from './problem.ts'
import { questionsOf } from './questions.ts'
import type { Plan, Step } from './schema.ts'
import { solve } from './solve.ts'
import type { Solution } from './solve.ts'
import { stepsOf } from './steps.ts'
import type { Need } from './terms/need.ts'
import { terms } from './terms/terms.ts'
import { unseenOf } from './unseen.ts'
import { viewOf } from './view.ts'
import type { Aside, PlanView } from './view.ts'
import { planWin } from './win.ts'
import { countryName, fill, SAYS } from './words.ts'

export interface PlanRequest {
  style?: 'steady' | 'swift'
  calendars?: Calendars
  /** The plan as it was: what can stay, stays, and what moved is listed. */
  previous?: Plan
  /** Steps of the last plan that must stay as they are. */
  locks?: readonly { play: string; with: readonly string[]; on: string }[]
  /** Left out besides what the deal sets aside: for trying what a plan without would be. */
  setAside?: readonly Aside[]
  /** Plans looked at after the first one; default the methodology's, which looks at fewer where there is a plan before. */
  evaluations?: number
  /** Without questions, which cost a plan each. */
  withoutQuestions?: boolean
}

/**
 * Whom to see, when, with what, and who of ours goes: from today to the decision, as points of the methodology have it, under
 * its constraints. Pure and deterministic. `assessment` must be of the deal on this ground. Source: docs/engine.md, section 8.
 */
export function planOn(ground: Ground, assessment: Assessment, request: PlanRequest = {}): Plan {
  return planFrom(preparedFor(ground, assessment, request), request)
}

/** What is the same for every change of a plan: all but what stands in it already. */
interface Prepared {
  view: PlanView
  calendars: Calendars
  closed: boolean
  /** The steps by which we leave, where that is best. */
  leave: readonly Step[]
  needs: Need[]
  base: Base
}

function preparedFor(ground: Ground, assessment: Assessment, request: PlanRequest): Prepared {
  const style = request.style ?? assessment.seen.style ?? 'steady'
  const calendars = request.calendars ?? NO_HOLIDAYS
  const seen = viewOf(ground, assessment, calendars, style)
  const view = request.setAside?.length ? { ...seen, aside: [...seen.aside, ...request.setAside] } : seen
  const closed = assessment.seen.status === 'lost' || assessment.seen.status === 'no-decision'
  const needs: Need[] = closed ? [] : TERMS.flatMap((term) => terms[term](view)).filter(({ weight }) => weight > 0.05)
  const base = baseOf(view, needs)
  const leave = closed ? [] : leaving(view, base)
  // Until we know whether we stay, nothing is spent but on what would let us stay, on what we owe and on what the law asks.
  const kept = leave.length === 0 ? needs : needs.filter((need) => staysWorth(view, need))
  return { view, calendars, closed, leave, needs: kept, base: leave.length === 0 ? base : baseOf(view, kept) }
}

function planFrom({ view, calendars, closed, leave, base }: Prepared, request: PlanRequest): Plan {
  const fixed = closed ? [] : fixedOf(view, request.locks ?? [])
  const previous = previousOf(view, request.previous)
  const built = optionsOf(base, { fixed, previous, untouched: untouched(view, request.previous) })
  const { evaluations, evaluationsAgain } = view.method
  const usual = built.problem.start?.length ? evaluationsAgain : evaluations
  const solution = told(built, solve(built.search, request.evaluations ?? usual))
  const steps = stepsOf(view, built, solution)
  const all: Step[] = [...leave, ...steps]
  return {
    asOf: view.asOf,
    style: view.style.id,
    steps: all,
    questions: closed || request.withoutQuestions ? [] : questionsOf(view, built, solution),
    cannot: cannotOf(view, built, solution),
    unseen: closed ? [] : unseenOf(view, built, solution, all, leave.length > 0),
    ...(!request.withoutQuestions && { win: planWin(view.deal, view.model.methodology, view.asOf, { steps: all }) }),
    changed: request.previous ? changedOf(base, request.previous, all) : [],
    basis: basisOf(view),
    notes: closed ? [] : notesOf(view, calendars),
    value: round(solution.value),
    byTerm: byTerm(built, solution.chosen),
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000

/** What was found, as it is worth without what keeps the plan before where it was. */
function told({ problem, options }: Options, { chosen, evaluations }: Solution): Solution {
  const plain = chosen.map(({ index, requires }) => ({ ...options[index]!, requires }))
  return { chosen: plain, value: valueOf(problem, plain), evaluations }
}

/** The user's own open and held steps with a day from today on, and the locks. */
function fixedOf(view: PlanView, locks: NonNullable<PlanRequest['locks']>): Fixed[] {
  const own = (view.deal.plan ?? []).flatMap((step): Fixed[] =>
    (step.status === 'open' || step.status === 'held') && step.play && step.on && step.on >= view.asOf
      ? [
          {
            play: step.play,
            with: step.with ?? [],
            day: view.daysOf(step.on),
            owner: step.owner,
            ...(step.status === 'held' && { held: true }),
          },
        ]
      : [],
  )
  const locked = locks
    .filter(({ on }) => on >= view.asOf)
    .map(({ play, with: people, on }) => ({ play, with: people, day: view.daysOf(on as PlainDate) }))
  const seen = new Set<string>()
  // What was taken up stands before what is only held.
  const taken = own.filter(({ held }) => !held)
  return [...taken, ...own.filter(({ held }) => held), ...locked].filter(({ play, with: people, day }) => {
    const key = `${play} ${people[0] ?? ''} ${day}`
    return !seen.has(key) && seen.add(key)
  })
}

function previousOf(view: PlanView, previous: Plan | undefined): Fixed[] {
  return (previous?.steps ?? [])
    .filter(({ on }) => on >= view.asOf)
    .map(({ play, with: people, on }) => ({ play, with: people, day: view.daysOf(on as PlainDate) }))
}

function notesOf(view: PlanView, { ours, theirs }: Calendars): Plan['notes'] {
  const notes: Plan['notes'] = []
  const last = view.date(view.end)
  if (theirs.country === null && ours.country === null) notes.push(SAYS.noHolidays)
  for (const side of ours.country === theirs.country ? [theirs] : [theirs, ours]) {
    if (side.country === null) continue
    if (side.guessed) notes.push(fill(SAYS.guessed, { country: countryName(side.country) }))
    if (side.knownUntil !== null && side.knownUntil < last)
      notes.push(fill(SAYS.holidays, { country: countryName(side.country), day: side.knownUntil }))
  }
  if (view.ours.length === 0) notes.push(SAYS.noOurs)
  if (view.open && view.decision === null) notes.push(SAYS.decisionUnknown)
  return notes
}

/** Points of each term that the plan gets, of those there are. */
function byTerm({ needs, problem }: Options, chosen: Parameters<typeof valueOf>[1]): Plan['byTerm'] {
  const best = new Float64Array(problem.needs)
  valueOf(problem, chosen, best)
  return TERMS.flatMap((term) => {
    let points = 0
    let of = 0
    needs.forEach((need, n) => {
      if (need.term !== term) return
      points += best[n]!
      of += need.weight
    })
    return of > 0 ? [{ term, points: round(points), of: round(of) }] : []
  })
}

/** The plan of a deal on a day, from its facts alone. */
export function plan(deal: Deal, methodology: Methodology, asOf: PlainDate, request: PlanRequest = {}): Plan {
  const ground = groundOf(deal, methodology, asOf)
  return planOn(ground, assess(ground, deal), request)
}

/**
 * For whoever drags and locks steps: plans of one deal on one day. The deal is not judged anew for each, and as long as style, holidays
 * and what is set aside are the same objects, nor are its options.
 */
export function planning(deal: Deal, methodology: Methodology, asOf: PlainDate): (request?: PlanRequest) => Plan {
  const ground = groundOf(deal, methodology, asOf)
  const assessment = assess(ground, deal)
  let last: { request: PlanRequest; prepared: Prepared } | null = null
  return (request = {}) => {
    const same =
      last !== null &&
      last.request.style === request.style &&
      last.request.calendars === request.calendars &&
      last.request.setAside === request.setAside
    if (!same) last = { request, prepared: preparedFor(ground, assessment, request) }
    return planFrom(last!.prepared, request)
  }
}
