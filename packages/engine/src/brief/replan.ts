import type { PlainDate } from '../core/dates.ts'
import type { Deal } from '../deal/deal.ts'
import type { Methodology } from '../methodology/schema.ts'
import { briefOn } from './brief.ts'
import type { BriefInputs } from './plan-section.ts'
import { groundOf } from '../assess/ground.ts'
import type { Brief } from './schema.ts'
import { sectionsOf } from './sections.ts'

/** What may change without moving the customer: what we plan, and what we have ready. */
const OURS: ReadonlySet<string> = new Set<keyof Deal>(['plan', 'proofs'])

const sameButOurs = (a: Deal, b: Deal): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (key) => OURS.has(key) || a[key as keyof Deal] === b[key as keyof Deal],
  )

/**
 * For whoever drags a planned step or changes a proof: the function it returns gives, for the deal with another `plan` or
 * other `proofs`, exactly what `brief` would, but computes anew only what these can move (readiness, lead, findings, plan).
 * Everything else of the deal must be the very same objects; a deal that differs in more gets a ground of its own.
 */
export function replanner(
  deal: Deal,
  methodology: Methodology,
  asOf: PlainDate,
  inputs: BriefInputs = {},
): (changed: Deal) => Brief {
  let base = deal
  let ground = groundOf(deal, methodology, asOf)
  let sections = sectionsOf(ground)
  return (changed) => {
    if (!sameButOurs(base, changed)) {
      base = changed
      ground = groundOf(changed, methodology, asOf)
      sections = sectionsOf(ground)
    }
    return briefOn(ground, sections, changed, inputs)
  }
}
