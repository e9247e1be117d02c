import { dateOf, dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { modelOf, perConcern } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import { dealDemand, expected, presentPeople, roleDemand, stepShares, traitsOf } from '../demand/demand.ts'
import type { StepDemand } from '../demand/demand.ts'
import { demandDays } from '../lead/lead.ts'
import { CONCERNS, OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { ConcernId, Methodology, PhaseId } from '../methodology/schema.ts'
import { relations as relationsOf } from '../people/relations.ts'
import { firstPassage, forecast as forecastOf, HORIZON_DAYS } from '../position/forecast.ts'
import { leadingPhase, phaseShares, progressOf, reasons, stalledShare } from '../position/position.ts'
import { smooth } from '../position/smooth.ts'
import { current, rowOf, track as trackOf } from '../position/track.ts'
import { entryOf } from './entry.ts'
import type { Brief } from '../brief/schema.ts'
import { beganView, curveView, daysToDraw, forecastView, historyView } from '../brief/views.ts'

/**
 * Everything of a brief that no proof and no planned step moves: where the customer is and will be, what they care about,
 * how we stand with each person. It is most of the work, and the same while somebody drags the plan.
 */
export type Ground = ReturnType<typeof groundOf>

export function groundOf(deal: Deal, methodology: Methodology, asOf: PlainDate) {
  const model = modelOf(methodology)
  const today = dayNumber(asOf)
  const seen = dealAsOf(deal, asOf)
  const relations = relationsOf(seen, model, asOf)
  const traits = traitsOf(seen, model, asOf)
  const people = presentPeople(seen, asOf)

  const track = trackOf(seen, model, asOf)
  const segment = current(track)
  const { regime } = segment
  const now = rowOf(segment, segment.to)
  const shares = phaseShares(regime, now)
  const leading = leadingPhase(shares)
  const open = track.state === 'open'
  const smoothed = smooth(track.open, model)
  const forecast = open ? forecastOf(regime, now) : null
  forecast?.reach(HORIZON_DAYS)
  const passages = open ? regime.phases.map((_, p) => firstPassage(regime, now, p)) : null
  const daysToPhase = (phase: PhaseId): number | null => {
    const index = PHASES.indexOf(phase)
    if (PHASES.indexOf(leading) >= index) return 0
    return index < OPEN_PHASES ? (passages?.[index - 1]?.[1] ?? null) : null
  }
  const daysToDecision = passages?.[OPEN_PHASES - 1]?.[1] ?? null

  const demand = dealDemand(model, regime, traits, people)
  const nowSteps = stepShares(regime, now, 0, new Float64Array(regime.n))
  const entry = entryOf(seen)
  const drawn = daysToDraw(track, forecast)
  const curve = curveView(track, forecast, { model, traits, people, demand }, drawn)
  const demandNow = perConcern((concern) => curve.at(concern, today))
  const leadInput = forecast
    ? { segment, forecast, demand, firstContact: entry ? dayNumber(entry) : segment.from }
    : null

  const position: Brief['position'] = {
    state: track.state,
    since: dateOf(track.open.from),
    phases: Object.fromEntries(PHASES.map((phase, i) => [phase, shares[i]!])) as Brief['position']['phases'],
    stalled: stalledShare(regime, now),
    leading,
    progress: progressOf(regime, now),
    // A reason names its item by the place in the file, not in what is left of it on that day.
    reasons: reasons(seen, model, asOf, track).map((reason) => ({
      ...reason,
      index: placeInFile(deal, seen, reason.kind, reason.index),
    })),
    history: historyView(track, smoothed, drawn.past, model),
    began: beganView(track, smoothed, PHASES.indexOf(leading)),
    forecast:
      forecast && passages
        ? forecastView(regime, forecast, passages, drawn.future, asOf, PHASES.indexOf(leading))
        : null,
  }
  const demandSection: Brief['demand'] = {
    now: demandNow,
    people: people.map((person) => {
      const own = roleDemand(model, regime, traits, person.roles)
      return { person: person.id, now: perConcern((concern) => expected(nowSteps, own[concern])) }
    }),
    traits: traits.map(({ trait, implied }) => ({ id: trait.id, name: trait.name, implied })),
    curve: curve.view,
  }
  const peopleSection: Brief['people'] = {
    ...relations,
    people: relations.people.map((relation) => {
      const person = people.find(({ id }) => id === relation.id)
      const own = roleDemand(model, regime, traits, person?.roles ?? relation.roles)
      return { ...relation, topConcern: topConcern(own, nowSteps) }
    }),
  }
  return {
    model,
    today,
    relations,
    traits,
    people,
    track,
    regime,
    leading,
    open,
    forecast,
    passages,
    daysToPhase,
    daysToDecision,
    demand,
    demandNow,
    entry,
    entryProgress: entry ? entryProgressOf(smoothed, track.open, dayNumber(entry)) : null,
    progress: progressOf(regime, now),
    expectedRisk: expected(nowSteps, roleDemand(model, regime, traits, []).risk),
    lead: leadInput && { input: leadInput, days: demandDays(leadInput) },
    sections: { position, demand: demandSection, people: peopleSection },
  }
}

function placeInFile(
  deal: Deal,
  seen: Deal,
  kind: Brief['position']['reasons'][number]['kind'],
  index: number,
): number {
  const key = ({ evidence: 'evidence', claim: 'stages', pin: 'pins' } as const)[kind]
  return (deal[key] as readonly unknown[]).indexOf(seen[key]![index])
}

function entryProgressOf(
  smoothed: Float64Array,
  segment: { regime: Parameters<typeof progressOf>[0]; from: DayNumber; to: DayNumber },
  entry: DayNumber,
): number {
  const row = Math.min(Math.max(entry, segment.from), segment.to) - segment.from
  return progressOf(segment.regime, smoothed, row * 2 * segment.regime.n)
}

function topConcern(demand: StepDemand, steps: Float64Array): ConcernId {
  let top: ConcernId = 'risk'
  for (const concern of CONCERNS) if (expected(steps, demand[concern]) > expected(steps, demand[top])) top = concern
  return top
}
