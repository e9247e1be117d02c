import { dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { perConcern } from '../core/model.ts'
import { once } from '../core/once.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import { tenderGuard } from '../deal/tender.ts'
import { expected } from '../demand/demand.ts'
import type { FactContext } from '../diagnosis/context.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import type { RuleResult } from '../diagnosis/diagnose.ts'
import type { Facts } from '../diagnosis/facts.ts'
import type { Finding, Homework } from '../diagnosis/schema.ts'
import { concernLeads, decidingConcern, firstAct, isRed, leadFrom, worstOf } from '../lead/lead.ts'
import { topicRooms } from '../lead/topics.ts'
import type { TopicRoom } from '../lead/topics.ts'
import type { Lead } from '../lead/schema.ts'
import { slackDays, startByDates } from '../lead/start-by.ts'
import { PHASES } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { featuresOf } from '../outlook/features.ts'
import type { Features } from '../outlook/features.ts'
import { whether } from '../outlook/outlook.ts'
import type { Outlook } from '../outlook/schema.ts'
import { relations as relationsOf } from '../people/relations.ts'
import { leadingIndexOn, stalledOn } from '../position/position.ts'
import { pointsOf, readinessBasis, readinessOn, readinessView, withPlans } from '../readiness/readiness.ts'
import type { ReadinessBasis } from '../readiness/readiness.ts'
import type { Readiness } from '../readiness/schema.ts'
import { groundOf } from './ground.ts'
import type { Ground } from './ground.ts'

/** Weight from which an open risk topic is critical. */
const CRITICAL_WEIGHT = 1.5

/** How a deal stands on a day with its proofs and its plan: what can be judged before anything is recommended. */
export interface Assessment {
  /** The deal cut to the day, with the proofs and the plan that were judged. */
  seen: Deal
  basis: ReadinessBasis
  readiness: Readiness
  lead: Lead
  features: Features
  /** Null once closed. */
  win: Outlook['whether']
  facts: Facts
  results: RuleResult[]
  findings: Finding[]
  rested: Finding[]
  homework: Homework[]
}

/** Judges `deal` on a ground that was computed for a deal with the same people, evidence and touches. */
export function assess(ground: Ground, deal: Deal): Assessment {
  const { model, asOf, today, relations, traits, people, track, regime, leading, daysToPhase } = ground
  const { demand, nowSteps, entryProgress } = ground
  const seen = deal === ground.deal ? ground.seen : dealAsOf(deal, asOf)
  const basis = readinessBasis(seen, model, traits, people)
  const plannedBasis = withPlans(basis, seen, model, asOf)
  const readiness = readinessView(basis, plannedBasis, model, asOf)
  const rooms = ground.lead ? topicRooms({ deal: seen, model, basis, plannedBasis, today, ...ground.lead }) : []
  const startBy = ground.lead
    ? startByDates({
        deal: seen,
        model,
        asOf,
        rooms,
        topics: readiness.topics,
        firstContact: ground.lead.firstContact,
      })
    : []

  const uncovered = perConcern((concern) =>
    Math.max(0, Math.min(1, expected(nowSteps, demand[concern])) - readiness.now[concern]),
  )
  const atDecision = perConcern((concern) => demand[concern][regime.n - 1]!)
  const features = featuresOf(seen, relations, model, asOf)
  const win = ground.open ? whether(features, model) : null

  const daysToRisk = daysToPhase('risk')
  const riskTopicsOn = (day: DayNumber, left: number | null, of: Deal): FactContext['riskTopics'] =>
    basis.needs.risk.map((need) => {
      const points = pointsOf(model, need.topic, basis.answers.get(need.topic.id) ?? [], day)
      const chosen = (of.proofs ?? []).filter((proof) => proof.topic === need.topic.id).map((proof) => proof.proof)
      return {
        topic: need.topic.id,
        addressed: points >= 1,
        points,
        critical: need.weight >= CRITICAL_WEIGHT,
        slackDays: left === null ? null : slackDays(need.topic.proofs, chosen, left),
      }
    })
  const context: FactContext = {
    model,
    asOf,
    deal: seen,
    relations,
    guard: tenderGuard(seen, model, asOf),
    position: {
      known: ground.known,
      leading,
      index: PHASES.indexOf(leading),
      progress: ground.progress,
      entryProgress,
      entryOn: ground.entry,
      stalled: stalledOn(track, today),
      daysToDecision: ground.daysToDecision,
      leadingIndexOn: (day) => leadingIndexOn(track, dayNumber(day)),
      daysToPhase,
    },
    expectedRisk: 100 * ground.expectedRisk,
    riskTopics: riskTopicsOn(today, daysToRisk, seen),
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
  const diagnosis = diagnose(context, (day) => {
    const number = dayNumber(day)
    if (number < track.open.from) return null
    const cut = dealAsOf(seen, day)
    const index = leadingIndexOn(track, number)
    const later = today - number
    // What was expected then is taken from what is expected now: computing it anew for each day would cost a brief a day.
    const shifted = (days: number | null): number | null => (days === null || days === 0 ? days : days + later)
    // A look back asks for a few facts only: what they follow from is made when one of them does.
    const relationsThen = once(() => relationsOf(cut, model, day))
    const guardThen = once(() => tenderGuard(cut, model, day))
    const riskTopicsThen = once(() => riskTopicsOn(number, shifted(daysToRisk), cut))
    return {
      ...context,
      asOf: day,
      deal: cut,
      get relations() {
        return relationsThen()
      },
      get guard() {
        return guardThen()
      },
      position: {
        ...context.position,
        leading: PHASES[index]!,
        index,
        stalled: stalledOn(track, number),
        daysToPhase: (phase) => shifted(daysToPhase(phase)),
        daysToDecision: shifted(ground.daysToDecision),
      },
      get riskTopics() {
        return riskTopicsThen()
      },
      proofsKnown: cut.proofs !== undefined,
    }
  })
  const ours = diagnosis.facts.get('seller.stage_index')
  const lead = leadOf(ground, rooms, startBy, typeof ours === 'number' ? ours : null)
  return { seen, basis, readiness, lead, features, win, ...diagnosis }
}

/** Every rule of the methodology judged for a deal on a day: fires, clear, or unknown with the facts that are missing. */
export function ruleResults(deal: Deal, methodology: Methodology, asOf: PlainDate): RuleResult[] {
  return assess(groundOf(deal, methodology, asOf), deal).results
}

function leadOf(ground: Ground, rooms: readonly TopicRoom[], startBy: Lead['startBy'], ours: number | null): Lead {
  const theirs = PHASES.indexOf(ground.leading)
  const step = { ours, theirs, lead: ours === null || !ground.known ? null : ours - theirs }
  const none = { state: 'unknown', days: null, low: null, high: null } as const
  if (!ground.lead)
    return {
      ...none,
      state: 'closed',
      topics: { ...none, red: [], unknown: [] },
      executives: { state: 'unknown', days: null, who: null, lastGoodDay: null, each: [] },
      act: null,
      concern: null,
      step,
      concerns: null,
      startBy,
    }
  const { executives } = ground.lead
  const { topics, ...lead } = leadFrom(rooms, executives)
  const concerns = concernLeads(rooms, ground.today)
  const red = rooms.filter((room) => isRed(room)).sort((a, b) => (worstOf([a, b]) === a ? -1 : 1))
  return {
    ...lead,
    topics: {
      ...topics,
      red: red.map(({ topic }) => topic.id),
      unknown: rooms.filter(({ critical, silent }) => critical && silent).map(({ topic }) => topic.id),
    },
    executives,
    act: lead.state === 'unknown' ? null : firstAct({ topics }, executives, rooms, startBy, ground.model, ground.asOf),
    concern: decidingConcern(concerns),
    step,
    concerns,
    startBy,
  }
}
