import { perConcern } from '../core/model.ts'
import { dateOf } from '../core/dates.ts'
import { processPlaces } from '../deal/as-of.ts'
import type { Deal, StageClaim } from '../deal/deal.ts'
import { expected, roleDemand } from '../demand/demand.ts'
import type { StepDemand } from '../demand/demand.ts'
import { curveView, daysToDraw } from '../assess/curve.ts'
import type { Ground } from '../assess/ground.ts'
import { CONCERNS, PHASES } from '../methodology/schema.ts'
import type { ConcernId } from '../methodology/schema.ts'
import { toldDates } from '../position/milestones.ts'
import { paceView } from '../position/pace.ts'
import { reasons, stalledShare } from '../position/position.ts'
import type { Position, Reason } from '../position/schema.ts'
import { rowOf } from '../position/track.ts'
import type { Brief } from './schema.ts'
import { beganView, forecastView, historyView } from './views.ts'

/** The sections of a brief that hang on nothing but the ground: the same while somebody drags the plan. */
export type Sections = Pick<Brief, 'position' | 'demand' | 'people'>

export function sectionsOf(ground: Ground): Sections {
  const { model, asOf, deal, seen, relations, traits, people, track, smoothed, regime, now, shares } = ground
  const { leading, forecast, passages, nowSteps, curve, progress } = ground
  const drawn = daysToDraw(track, forecast)
  const index = PHASES.indexOf(leading)
  const places = processPlaces(deal, asOf)
  return {
    position: {
      state: track.state,
      since: dateOf(track.open.from),
      phases: Object.fromEntries(PHASES.map((phase, i) => [phase, shares[i]!])) as Brief['position']['phases'],
      stalled: stalledShare(regime, now),
      leading,
      known: ground.known,
      claim: claimOf(seen),
      // After a win it stays what the way to the decision showed it to be.
      pace: paceView(model, track.open.regime, track.won ? rowOf(track.open, track.open.to) : now),
      told: toldDates(seen, model, asOf, places),
      progress,
      // A reason names its item by the place in the file, not in what is left of it on that day.
      reasons: reasons(seen, model, asOf, track).map((reason) => ({
        ...reason,
        index: placeInFile(deal, seen, reason, places),
      })),
      history: historyView(track, smoothed, drawn.past),
      began: beganView(track, smoothed, index),
      forecast: forecast && passages ? forecastView(regime, forecast, passages, drawn.future, asOf, index) : null,
    },
    demand: {
      now: ground.demandNow,
      people: people.map((person) => {
        const own = roleDemand(model, regime, traits, person.roles)
        return { person: person.id, now: perConcern((concern) => expected(nowSteps, own[concern])) }
      }),
      traits: traits.map(({ trait, implied }) => ({ id: trait.id, name: trait.name, implied })),
      curve: curveView(curve, drawn),
    },
    people: {
      ...relations,
      people: relations.people.map((relation) => {
        const person = people.find(({ id }) => id === relation.id)
        const own = roleDemand(model, regime, traits, person?.roles ?? relation.roles)
        return { ...relation, topConcern: topConcern(own, nowSteps) }
      }),
    },
  }
}

function placeInFile(deal: Deal, seen: Deal, { kind, index }: Reason, places: readonly number[]): number {
  if (kind === 'milestone') return places[index]!
  const key = ({ evidence: 'evidence', claim: 'stages', pin: 'pins' } as const)[kind]
  return (deal[key] as readonly unknown[]).indexOf(seen[key]![index])
}

/** The latest stage that a CRM gave; null: none did. */
export function claimOf(seen: Deal): Position['claim'] {
  const latest = (seen.stages ?? []).reduce<StageClaim | undefined>(
    (last, next) => (!last || next.on >= last.on ? next : last),
    undefined,
  )
  return latest ? { phase: latest.phase, label: latest.label ?? null, on: latest.on } : null
}

function topConcern(demand: StepDemand, steps: Float64Array): ConcernId {
  let top: ConcernId = 'risk'
  for (const concern of CONCERNS) if (expected(steps, demand[concern]) > expected(steps, demand[top])) top = concern
  return top
}
