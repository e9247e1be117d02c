import { z } from 'zod'
import { Day } from '../core/shapes.ts'
import { PLAN_FIELDS } from '../methodology/account.ts'
import { Text } from '../methodology/words.ts'

/**
 * Where a claim comes from: the deal that says it and the day it was last said. `confirmed`: said by somebody and not too long ago; `stale`:
 * not said again for too long; `assumed`: nobody said it, or it has no day.
 */
const Claim = z.strictObject({
  state: z.enum(['confirmed', 'assumed', 'stale']),
  source: z.string(),
  on: Day.nullable(),
})
export type Claim = z.infer<typeof Claim>

const Said = z.strictObject({ what: z.string(), who: z.string().nullable(), claim: Claim })

const Cell = z.strictObject({
  unit: z.string(),
  offer: z.string(),
  /** `white`: nothing of ours, nothing open. */
  status: z.enum(['won', 'open', 'lost', 'no-decision', 'rival', 'white']),
  reason: Text,
  /** Who would decide: of the unit, else of the customer as a whole (`group`); null: not known. */
  decider: z.strictObject({ name: z.string(), title: z.string().nullable(), group: z.boolean() }).nullable(),
  deal: z.string().nullable(),
  claim: Claim,
})

const Person = z.strictObject({
  name: z.string(),
  title: z.string().nullable(),
  units: z.array(z.string()),
  level: z.enum(['top', 'executive', 'working']),
  decides: z.boolean(),
  deals: z.array(z.string()),
  /** Best over the deals; the lower stance where two deals differ. Null: not known. */
  trust: z.number(),
  stance: z.number().nullable(),
  last: Day.nullable(),
  /** Next contact that is due; null: never met. */
  due: Day.nullable(),
  overdue: z.boolean(),
  /** Decides, and nobody of ours has met them, or not for longer than the cadence. */
  red: z.boolean(),
  /** Who of ours met them: `ours` null where nobody wrote down who it was. */
  cells: z.array(z.strictObject({ ours: z.string().nullable(), last: Day, times: z.number().int() })),
})

export const AccountPlan = z.strictObject({
  asOf: Day,
  name: z.string(),
  industry: z.string().nullable(),
  region: z.string().nullable(),
  deals: z.array(
    z.strictObject({
      name: z.string(),
      unit: z.string(),
      offer: z.string(),
      status: z.enum(['open', 'won', 'lost', 'no-decision']),
      from: z.string().nullable(),
      since: Day.nullable(),
    }),
  ),
  goals: z.strictObject({ ours: Said.nullable(), theirs: z.array(Said) }),
  pressures: z.array(Said),
  business: z.array(Said),
  /** Days of their planning and buying that are told and lie ahead. */
  calendar: z.array(z.strictObject({ on: Day, name: Text, deal: z.string(), claim: Claim })),
  /** By currency: nothing is added up across currencies. */
  money: z.array(z.strictObject({ currency: z.string(), won: z.string(), open: z.string(), deals: z.number().int() })),
  units: z.array(z.string()),
  offers: z.array(z.string()),
  grid: z.array(Cell),
  /** Those of ours who are known to have met somebody, the most contacts first. */
  ours: z.array(z.string()),
  people: z.array(Person),
  sponsors: z.array(
    z.strictObject({
      ours: z.string(),
      theirs: z.string().nullable(),
      last: Day.nullable(),
      due: Day.nullable(),
      /** One of our executives with one of theirs; null: it is not known how high ours stands. */
      parity: z.boolean().nullable(),
    }),
  ),
  team: z.array(z.strictObject({ name: z.string(), title: z.string().nullable(), rank: z.string().nullable() })),
  rivals: z.array(
    z.strictObject({
      name: z.string(),
      units: z.array(z.string()),
      incumbent: z.boolean(),
      people: z.array(z.string()),
      claim: Claim,
    }),
  ),
  risks: z.array(
    z.strictObject({ deal: z.string(), severity: z.enum(['block', 'danger', 'warn']), name: Text, message: Text }),
  ),
  promises: z.array(
    z.strictObject({
      deal: z.string(),
      what: z.string(),
      by: z.enum(['us', 'them']),
      to: z.string().nullable(),
      due: Day.nullable(),
      overdue: z.boolean(),
    }),
  ),
  results: z.array(z.strictObject({ deal: z.string(), what: z.string(), who: z.string().nullable(), on: Day })),
  growth: z.array(
    z.strictObject({
      what: Text,
      on: Day,
      owner: z.string().nullable(),
      unit: z.string().nullable(),
      deal: z.string().nullable(),
    }),
  ),
  /** How much of the plan the deals fill, 0..1, field by field, and what to ask for the rest. */
  filled: z.strictObject({
    share: z.number(),
    /** The part of it that nobody said: by names of deals, by the forecast. */
    assumed: z.number(),
    fields: z.array(
      z.strictObject({
        id: z.enum(PLAN_FIELDS),
        name: Text,
        share: z.number(),
        assumed: z.boolean(),
        question: Text.nullable(),
      }),
    ),
  }),
})
export type AccountPlan = z.infer<typeof AccountPlan>
