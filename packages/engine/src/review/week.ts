import { addDays, dayNumber } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Assessment } from '../assess/assess.ts'
import type { Ground } from '../assess/ground.ts'
import type { Deal, DealProof, Touch } from '../deal/deal.ts'
import { featuresOf } from '../outlook/features.ts'
import { whether } from '../outlook/outlook.ts'
import { relations as relationsOf } from '../people/relations.ts'
import type { Plan, Step } from '../plan/schema.ts'
import type { StartBy } from '../lead/schema.ts'
import type { Week, WeekAct } from './schema.ts'

/** A review is held once in so many days. */
export const WEEK = 7

/** What a win number is changed by: steps with people, and proofs. */
interface Acts {
  steps: readonly Step[]
  proofs: readonly StartBy[]
}

/**
 * What begins this week and what a week's delay costs. Acts: steps of the plan with people of the customer, those by which we leave aside,
 * that must begin within seven days, and proofs that must be started by then to be ready in time. W(S) is the win number if the acts S came
 * about as hoped, as `planWin` tells it; K are those still in time when begun a week later. The delay costs
 *
 *     W(all) − W(K)  +  q · (W(K) − W(none))
 *
 * q: the share of the customer's decisions that falls within the seven days after the last of K. Null once closed, and where position or win
 * are not known. Source: docs/engine.md, section 10.
 */
export function weekOf(ground: Ground, assessment: Assessment, plan: Pick<Plan, 'steps'>): Week | null {
  const { model, asOf, open, known } = ground
  const { seen, win } = assessment
  if (!open || !known || !win) return null
  const last = addDays(asOf, WEEK - 1)
  const leaving = new Set(
    model.methodology.plays.plays.filter(({ does }) => does?.includes('leave')).map(({ id }) => id),
  )
  const steps = plan.steps.filter(
    ({ play, with: people, start }) => people.length > 0 && start <= last && !leaving.has(play),
  )
  const proofs = onePerProof(
    assessment.lead.startBy.filter(({ verdict, startBy }) => verdict !== 'too-late' && startBy <= last),
  )
  const closes = (step: Step): boolean => addDays(step.on as PlainDate, WEEK) > step.latest
  const kept = steps.filter((step) => !closes(step))
  const of = (acts: Acts): number => winWith(ground, seen, acts)
  const [none, later, all] = [of({ steps: [], proofs: [] }), of({ steps: kept, proofs: [] }), of({ steps, proofs })]
  const closing = Math.max(0, all - later)
  const rest = Math.max(0, later - none)
  const passes = passingBy(ground, kept)
  const nameOf = (id: string): string => ground.people.find((person) => person.id === id)?.name ?? id
  const acts: WeekAct[] = [
    ...steps.map((step) => ({
      what: step.name,
      with: step.with.map(nameOf),
      start: step.start,
      on: step.on,
      last: step.latest,
      closes: closes(step),
    })),
    ...proofs.map(({ proofName, for: people, startBy, leadDays }) => {
      const start = startBy < asOf ? asOf : (startBy as PlainDate)
      const on = addDays(start, Math.ceil(leadDays))
      return { what: proofName, with: people.map(nameOf), start, on, last: on, closes: true }
    }),
  ].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
  return { acts, gain: closing + rest, drop: Math.min(1, closing + passes * rest), closing, passes }
}

function onePerProof(list: readonly StartBy[]): StartBy[] {
  const seen = new Set<string>()
  return list.filter(({ topic, proof }) => {
    const key = `${topic} ${proof}`
    return !seen.has(key) && seen.add(key)
  })
}

/** P(won) as it would be if these acts came about today as hoped. */
function winWith({ model, asOf }: Ground, seen: Deal, { steps, proofs }: Acts): number {
  const touches = steps.map(({ play, with: people }): Touch => ({ on: asOf, play, with: people, outcome: 'done' }))
  const shown = proofs.map(({ topic, proof, for: people }): DealProof => ({
    topic,
    proof,
    for: people,
    history: [{ status: 'presented', on: asOf }],
  }))
  const deal: Deal = {
    ...seen,
    ...(touches.length > 0 && { touches: [...(seen.touches ?? []), ...touches] }),
    ...(shown.length > 0 && { proofs: [...(seen.proofs ?? []), ...shown] }),
  }
  return whether(featuresOf(deal, relationsOf(deal, model, asOf), model, asOf), model).value
}

function passingBy({ forecast, today }: Ground, kept: readonly Step[]): number {
  const decided = forecast?.decided
  if (!decided || kept.length === 0) return 0
  const share = (day: number): number => decided[Math.min(day, forecast.days)]!
  const all = share(forecast.days)
  const day = Math.max(...kept.map(({ on }) => dayNumber(on as PlainDate) - today))
  return all > 0 ? Math.min(1, Math.max(0, (share(day + WEEK) - share(day)) / all)) : 0
}
