import { assess } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { Ground } from '../assess/ground.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Deal } from '../deal/deal.ts'
import { tenderView } from '../deal/tender-view.ts'
import { tenderGuard } from '../deal/tender.ts'
import type { Methodology } from '../methodology/schema.ts'
import { horizon, latestEstimate } from '../outlook/outlook.ts'
import { afterSection } from './after-section.ts'
import { decisionDays, missingFor, touchesView } from './listing.ts'
import { planSections } from './plan-section.ts'
import type { BriefInputs, PlanSections } from './plan-section.ts'
import type { Brief } from './schema.ts'
import { sectionsOf } from './sections.ts'
import type { Sections } from './sections.ts'

/**
 * Everything there is to say of one deal on one day. Pure and total: any deal that `parseDeal` accepts gives a brief; facts
 * after `asOf` do not exist; same input, same bytes. Takes a few milliseconds for a deal of 200 facts (bench/).
 */
export function brief(deal: Deal, methodology: Methodology, asOf: PlainDate, inputs: BriefInputs = {}): Brief {
  const ground = groundOf(deal, methodology, asOf)
  return briefOn(ground, sectionsOf(ground), deal, inputs)
}

/** The brief of a deal on a ground that fits it, and the sections of that ground. */
export function briefOn(ground: Ground, sections: Sections, deal: Deal, inputs: BriefInputs = {}): Brief {
  const { model, asOf, forecast } = ground
  const assessment = assess(ground, deal)
  const { seen, readiness, lead, features, win, findings, rested, homework } = assessment
  let planned: PlanSections | undefined
  const made = (): PlanSections => (planned ??= planSections(ground, assessment, inputs))
  const { method } = model.methodology

  return {
    asOf,
    methodology: { id: method.id, version: method.version, name: method.name },
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
    rested,
    homework,
    outlook: {
      when: decisionDays(ground),
      whether: win,
      seller: latestEstimate(seen.sellerEstimate),
      manager: latestEstimate(seen.managerEstimate),
      horizon: forecast && win ? horizon(features, model, forecast.days, asOf) : null,
    },
    // Made when somebody reads it: most of those who want a brief of many deals do not.
    get plan() {
      return made().plan
    },
    get standing() {
      return made().standing
    },
    after: afterSection(seen, sections.people.people, model, asOf),
    tender: tenderView(tenderGuard(seen, model, asOf), asOf),
    missing: missingFor(seen, features, model),
  }
}
