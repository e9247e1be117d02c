import { addDays, dayNumber } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { perConcern } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import type { RuleResult } from '../diagnosis/diagnose.ts'
import type { FactContext } from '../diagnosis/context.ts'
import { concernLeads, decidingConcern } from '../lead/lead.ts'
import { slackDays, startByDates } from '../lead/start-by.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { featuresOf, horizon, latestEstimate, uncoveredShare, whether } from '../outlook/outlook.ts'
import { recommendedPlays } from '../plan/plan.ts'
import { leadingIndexOn } from '../position/position.ts'
import { pointsOf, readinessBasis, readinessOn, readinessView } from '../readiness/readiness.ts'
import { groundOf } from '../assess/ground.ts'
import type { Ground } from '../assess/ground.ts'
import { missingFor, touchesView } from './listing.ts'
import type { Brief, Lead } from './schema.ts'

/** Weight from which an open risk topic is critical. */
const CRITICAL_WEIGHT = 1.5

/** Readiness, lead and what the rules see, on a ground that was computed for a deal with the same people, evidence and touches. */
function work(ground: Ground, deal: Deal, asOf: PlainDate) {
  const {
    model,
    today,
    relations,
    traits,
    people,
    track,
    regime,
    leading,
    open,
    daysToPhase,
    demand,
    demandNow,
    entry,
    entryProgress,
    progress,
    lead,
  } = ground
  const seen = dealAsOf(deal, asOf)
  const basis = readinessBasis(seen, model, traits, people)
  const readiness = readinessView(basis, seen, model, asOf)
  const leads = lead ? concernLeads({ ...lead.input, basis }, lead.days) : null
  const startBy = leads ? startByDates({ deal: seen, model, asOf, leads, topics: readiness.topics, daysToPhase }) : []

  const uncovered = perConcern((concern) => Math.max(0, demandNow[concern].value - readiness.now[concern]))
  const atDecision = perConcern((concern) => demand[concern][regime.n - 1]!)
  const features = featuresOf({
    deal: seen,
    relations,
    uncoveredNow: uncoveredShare(
      perConcern((concern) => demandNow[concern].value),
      readiness.now,
    ),
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
      progress,
      entryProgress,
      entryOn: entry,
      leadingIndexOn: (day) => leadingIndexOn(track, dayNumber(day)),
      daysToPhase,
    },
    expectedRisk: 100 * ground.expectedRisk,
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
      ...perConcern((concern) =>
        Math.min(1, Math.max(uncovered[concern], atDecision[concern] - readinessOn(basis, concern, today))),
      ),
      people: Math.max(1 - (relations.cover.numberOne?.value ?? 0), 1 - (relations.cover.executives?.value ?? 0)),
      process: 0.4,
      plan: 0.5,
      conduct: 1,
    },
  }
  return { seen, readiness, leads, startBy, features, win, diagnosis: diagnose(context) }
}

/** Every rule of the methodology judged for a deal on a day: fires, clear, or unknown with the facts that are missing. */
export function ruleResults(deal: Deal, methodology: Methodology, asOf: PlainDate): RuleResult[] {
  return work(groundOf(deal, methodology, asOf), deal, asOf).diagnosis.results
}

/**
 * Everything there is to say of one deal on one day. Pure and total: any deal that `parseDeal` accepts gives a brief; facts
 * after `asOf` do not exist; same input, same bytes. Takes a few milliseconds for a deal of 200 facts (bench/).
 */
export function brief(deal: Deal, methodology: Methodology, asOf: PlainDate): Brief {
  return briefOn(groundOf(deal, methodology, asOf), deal, methodology, asOf)
}

/** The brief of a deal on a ground that fits it. */
export function briefOn(ground: Ground, deal: Deal, methodology: Methodology, asOf: PlainDate): Brief {
  const { model, relations, leading, forecast, passages, daysToPhase, daysToDecision, sections } = ground
  const { seen, readiness, leads, startBy, features, win, diagnosis } = work(ground, deal, asOf)
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
    position: sections.position,
    demand: sections.demand,
    readiness,
    lead,
    people: sections.people,
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

export function quantiles(
  days: readonly (number | null)[],
  asOf: PlainDate,
): { p10: string | null; p50: string | null; p90: string | null } {
  const on = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : addDays(asOf, value)
  return { p10: on(days[0]), p50: on(days[1]), p90: on(days[2]) }
}

function leadView(leads: Lead['concerns'], startBy: Lead['startBy'], ours: number | null, theirs: number): Lead {
  const step = { ours, theirs, lead: ours === null ? null : ours - theirs }
  if (!leads)
    return { state: 'closed', days: null, low: null, high: null, concern: null, step, concerns: null, startBy }
  const concern = decidingConcern(perConcern((id) => leads[id].days))
  if (concern === null)
    return { state: 'covered', days: null, low: null, high: null, concern, step, concerns: leads, startBy }
  const { state, days, low, high } = leads[concern]
  return { state, days, low, high, concern, step, concerns: leads, startBy }
}
