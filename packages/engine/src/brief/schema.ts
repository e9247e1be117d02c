import { z } from 'zod'
import { Day } from '../core/shapes.ts'
import { TenderView } from '../deal/tender-view.ts'
import { Demand } from '../demand/schema.ts'
import { Finding, Homework } from '../diagnosis/schema.ts'
import { Lead } from '../lead/schema.ts'
import { ConcernId, Text } from '../methodology/schema.ts'
import { Outlook } from '../outlook/schema.ts'
import { People } from '../people/schema.ts'
import { PlannedPlay } from '../plan/schema.ts'
import { Position } from '../position/schema.ts'
import { Readiness } from '../readiness/schema.ts'
import { After } from './after.ts'

/**
 * The brief: everything the engine says of one deal on one day. Plain JSON; a change to its shape is a new `BRIEF_VERSION`.
 * Probabilities, shares and demands are 0..1; dates are `YYYY-MM-DD`; days are whole numbers.
 */
export const BRIEF_VERSION = 5

export const Brief = z.strictObject({
  asOf: Day,
  methodology: z.strictObject({ id: z.string(), version: z.string(), name: Text }),
  deal: z.strictObject({
    name: z.string(),
    account: z.string().nullable(),
    amount: z.strictObject({ value: z.string(), currency: z.string() }).nullable(),
    status: z.enum(['open', 'won', 'lost', 'no-decision']),
    closedOn: Day.nullable(),
    goal: z.string().nullable(),
    style: z.enum(['steady', 'swift']),
    /** What the picture draws below the line: our touches, rivals' contacts, planned plays. */
    touches: z.array(
      z.strictObject({
        on: Day,
        play: z.string().nullable(),
        name: Text,
        with: z.array(z.string()),
        concern: ConcernId.nullable(),
        planned: z.boolean(),
      }),
    ),
  }),
  position: Position,
  demand: Demand,
  readiness: Readiness,
  lead: Lead,
  people: People,
  /** One for each act, the gravest first. */
  findings: z.array(Finding),
  /** Said long enough and unchanged: not said again until something changes. */
  rested: z.array(Finding),
  homework: z.array(Homework),
  outlook: Outlook,
  plan: z.array(PlannedPlay),
  /** Steps of the same plan that stand in the deal already. */
  standing: z.array(PlannedPlay),
  /** What follows the end of a deal: null while it is open, or where its end has no day. */
  after: After.nullable(),
  tender: TenderView,
  /** What an estimate had to do without. */
  missing: z.array(z.strictObject({ what: Text, field: z.string() })),
})
export type Brief = z.infer<typeof Brief>

/** JSON Schema of a brief, as `sente brief --json` and the API give it. */
export function briefJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(Brief) as Record<string, unknown>
}
