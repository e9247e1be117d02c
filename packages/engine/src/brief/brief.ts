import { addDays, dateOf, dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { modelOf, perConcern } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import { dealDemand, expected, presentPeople, roleDemand, stepShares, traitsOf } from '../demand/demand.ts'
import type { StepDemand, TraitInForce } from '../demand/demand.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import type { RuleResult } from '../diagnosis/diagnose.ts'
import type { FactContext } from '../diagnosis/context.ts'
import { concernLeads, decidingConcern } from '../lead/lead.ts'
import { slackDays, startByDates } from '../lead/start-by.ts'
import { CONCERNS, OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { ConcernId, Methodology, PhaseId } from '../methodology/schema.ts'
import { featuresOf, horizon, latestEstimate, uncoveredShare, whether } from '../outlook/outlook.ts'
import { relations as relationsOf } from '../people/relations.ts'
import { recommendedPlays } from '../plan/plan.ts'
import { firstPassage, forecast as forecastOf, HORIZON_DAYS } from '../position/forecast.ts'
import { leadingIndexOn, leadingPhase, phaseShares, progressOf, reasons, stalledShare } from '../position/position.ts'
import { smooth } from '../position/smooth.ts'
import { current, rowOf, track as trackOf } from '../position/track.ts'
import { pointsOf, readinessBasis, readinessOn, readinessView } from '../readiness/readiness.ts'
import { entryOf } from './entry.ts'
import { beganView, curveView, daysToDraw, forecastView, historyView } from './views.ts'
import { missingFor, touchesView } from './listing.ts'
import type { Brief, Lead } from './schema.ts'

/** Weight from which an open risk topic is critical. */
const CRITICAL_WEIGHT = 1.5

/** What a brief is composed of, computed once. */
function work(deal: Deal, methodology: Methodology, asOf: PlainDate) {
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
  const basis = readinessBasis(seen, model, traits, people)
  const readiness = readinessView(basis, seen, model, asOf)
  const entry = entryOf(seen)
  const drawn = daysToDraw(track, forecast)
  const curve = curveView(track, forecast, { model, traits, people, demand }, drawn)
  const demandNow = perConcern((concern) => curve.at(concern, today))

  const leads = forecast ? concernLeads({ segment, forecast, demand, basis, firstContact: entry ? dayNumber(entry) : segment.from }) : null
  const startBy = leads ? startByDates({ deal: seen, model, asOf, leads, topics: readiness.topics, daysToPhase }) : []

  const uncovered = perConcern((concern) => Math.max(0, demandNow[concern].value - readiness.now[concern]))
  const atDecision = perConcern((concern) => demand[concern][regime.n - 1]!)
  const entryProgress = entry ? entryProgressOf(smoothed, track.open, dayNumber(entry)) : null
  const features = featuresOf({
    deal: seen,
    relations,
    uncoveredNow: uncoveredShare(perConcern((concern) => demandNow[concern].value), readiness.now),
    uncoveredAtDecision: uncoveredShare(atDecision, readiness.now),
    entryProgress,
  })
  const win = open ? whether(features, model) : null

  const daysToRisk = daysToPhase('risk')
  const context: FactContext = {
    model,
    asOf,
    deal: seen,
    relations,
    position: {
      leading,
      index: PHASES.indexOf(leading),
      progress: progressOf(regime, now),
      entryProgress,
      entryOn: entry,
      leadingIndexOn: (day) => leadingIndexOn(track, dayNumber(day)),
      daysToPhase,
    },
    expectedRisk: 100 * expectedRiskOf(model, regime, traits, nowSteps),
    riskTopics: basis.needs.risk.map((need) => {
      const answers = basis.answers.get(need.topic.id) ?? []
      const points = pointsOf(model, need.topic, answers, today)
      const chosen = (seen.proofs ?? []).filter((proof) => proof.topic === need.topic.id).map((proof) => proof.proof)
      return {
        topic: need.topic.id,
        addressed: points >= 1,
        points,
        critical: need.weight >= CRITICAL_WEIGHT,
        slackDays: daysToRisk === null ? null : slackDays(need.topic.proofs, chosen, daysToRisk),
      }
    }),
    proofsKnown: seen.proofs !== undefined,
    winProbability: win?.value ?? null,
    stakes: {
      ...perConcern((concern) => Math.min(1, Math.max(uncovered[concern], atDecision[concern] - readinessOn(basis, concern, today)))),
      people: Math.max(1 - (relations.cover.numberOne?.value ?? 0), 1 - (relations.cover.executives?.value ?? 0)),
      process: 0.4,
      plan: 0.5,
      conduct: 1,
    },
  }
  return { model, today, seen, relations, traits, people, track, regime, now, shares, leading, smoothed, forecast, passages, daysToPhase, daysToDecision, nowSteps, basis, readiness, drawn, curve, demandNow, leads, startBy, features, win, context, diagnosis: diagnose(context) }
}

/** Every rule of the methodology judged for a deal on a day: fires, clear, or unknown with the facts that are missing. */
export function ruleResults(deal: Deal, methodology: Methodology, asOf: PlainDate): RuleResult[] {
  return work(deal, methodology, asOf).diagnosis.results
}

/**
 * Everything there is to say of one deal on one day. Pure and total: any deal that `parseDeal` accepts gives a brief; facts
 * after `asOf` do not exist; same input, same bytes. Takes a few milliseconds for a deal of 200 facts (bench/).
 */
export function brief(deal: Deal, methodology: Methodology, asOf: PlainDate): Brief {
  const { model, seen, relations, traits, people, track, regime, now, shares, leading, smoothed, forecast, passages, daysToPhase, daysToDecision, nowSteps, readiness, drawn, curve, demandNow, leads, startBy, features, win, diagnosis } = work(deal, methodology, asOf)
  const { facts, findings, homework } = diagnosis
  const ours = facts.get('seller.stage_index')
  const oursIndex = typeof ours === 'number' ? ours : null
  const lead = leadView(leads, startBy, oursIndex, PHASES.indexOf(leading))

  return {
    asOf,
    methodology: { id: methodology.method.id, version: methodology.method.version, name: methodology.method.name },
    deal: {
      name: seen.name,
      account: seen.account?.name ?? null,
      amount: seen.amount ?? null,
      status: seen.status,
      closedOn: seen.closedOn ?? null,
      goal: seen.goal || null,
      style: seen.style ?? 'steady',
      touches: touchesView(seen, model, asOf),
    },
    position: {
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
      forecast: forecast && passages ? forecastView(regime, forecast, passages, drawn.future, asOf, PHASES.indexOf(leading)) : null,
    },
    demand: {
      now: demandNow,
      people: people.map((person) => {
        const own = roleDemand(model, regime, traits, person.roles)
        return { person: person.id, now: perConcern((concern) => expected(nowSteps, own[concern])) }
      }),
      traits: traits.map(({ trait, implied }) => ({ id: trait.id, name: trait.name, implied })),
      curve: curve.view,
    },
    readiness,
    lead,
    people: {
      ...relations,
      people: relations.people.map((relation) => {
        const person = people.find(({ id }) => id === relation.id)
        const own = roleDemand(model, regime, traits, person?.roles ?? relation.roles)
        return { ...relation, topConcern: topConcern(own, nowSteps) }
      }),
    },
    findings,
    homework,
    outlook: {
      when: passages ? quantiles(passages[OPEN_PHASES - 1]!, asOf) : null,
      whether: win,
      seller: latestEstimate(seen.sellerEstimate),
      manager: latestEstimate(seen.managerEstimate),
      horizon: forecast && win ? horizon(forecast, win.value, asOf) : null,
    },
    plan: recommendedPlays({ deal: seen, model, asOf, findings, facts, lead, relations, daysToPhase, daysToDecision }),
    missing: missingFor(seen, features, model),
  }
}

function placeInFile(deal: Deal, seen: Deal, kind: Brief['position']['reasons'][number]['kind'], index: number): number {
  const key = ({ evidence: 'evidence', claim: 'stages', pin: 'pins' } as const)[kind]
  return (deal[key] as readonly unknown[]).indexOf(seen[key]![index])
}

function entryProgressOf(smoothed: Float64Array, segment: { regime: Parameters<typeof progressOf>[0]; from: DayNumber; to: DayNumber }, entry: DayNumber): number {
  const row = Math.min(Math.max(entry, segment.from), segment.to) - segment.from
  return progressOf(segment.regime, smoothed, row * 2 * segment.regime.n)
}

function expectedRiskOf(model: Model, regime: Parameters<typeof roleDemand>[1], traits: readonly TraitInForce[], steps: Float64Array): number {
  return expected(steps, roleDemand(model, regime, traits, []).risk)
}

function topConcern(demand: StepDemand, steps: Float64Array): ConcernId {
  let top: ConcernId = 'risk'
  for (const concern of CONCERNS) if (expected(steps, demand[concern]) > expected(steps, demand[top])) top = concern
  return top
}

export function quantiles(days: readonly (number | null)[], asOf: PlainDate): { p10: string | null; p50: string | null; p90: string | null } {
  const on = (value: number | null | undefined): string | null => (value === null || value === undefined ? null : addDays(asOf, value))
  return { p10: on(days[0]), p50: on(days[1]), p90: on(days[2]) }
}

function leadView(leads: Lead['concerns'], startBy: Lead['startBy'], ours: number | null, theirs: number): Lead {
  const step = { ours, theirs, lead: ours === null ? null : ours - theirs }
  if (!leads) return { state: 'closed', days: null, low: null, high: null, concern: null, step, concerns: null, startBy }
  const concern = decidingConcern(perConcern((id) => leads[id].days))
  if (concern === null) return { state: 'covered', days: null, low: null, high: null, concern, step, concerns: leads, startBy }
  const { state, days, low, high } = leads[concern]
  return { state, days, low, high, concern, step, concerns: leads, startBy }
}

