import { z } from 'zod'
import { Day, P } from '../core/shapes.ts'
import { PhaseId, Text } from '../methodology/schema.ts'
import { Outlook } from '../outlook/schema.ts'

/** Something of ours that must be begun within seven days. */
export const WeekAct = z.strictObject({
  what: Text,
  /** Names of those at the customer; empty: a proof that is for nobody by name. */
  with: z.array(z.string()),
  /** The day on which to begin, the day on which it takes place, the last on which it is still good. */
  start: Day,
  on: Day,
  last: Day,
  /** Begun a week later it comes after its last good day. */
  closes: z.boolean(),
})
export type WeekAct = z.infer<typeof WeekAct>

/** What a week costs. Shares of the win number, 0..1. */
export const Week = z.strictObject({
  acts: z.array(WeekAct),
  /** By how much the win number rises if all of them come about as hoped. */
  gain: P,
  /** By how much it is lower if all of them begin a week later: `closing + passes · (gain − closing)`. */
  drop: P,
  /** The part of the gain that rests on acts which close. */
  closing: P,
  /** The share of the customer's decisions that falls into the week by which the others would come later. */
  passes: P,
})
export type Week = z.infer<typeof Week>

/** What a pipeline review keeps of one deal on one day. Unknown is null, never 0. */
export const ReviewLine = z.strictObject({
  on: Day,
  status: z.enum(['open', 'won', 'lost', 'no-decision']),
  amount: z.strictObject({ value: z.string(), currency: z.string() }).nullable(),
  /** Null: nothing was heard of the customer. */
  phase: PhaseId.nullable(),
  /** 1 is the signature; beyond it after a win. */
  progress: z.number().min(0).nullable(),
  lead: z.strictObject({
    state: z.enum(['unknown', 'ahead', 'behind', 'covered', 'closed']),
    days: z.number().int().nullable(),
  }),
  win: z.strictObject({ value: P, low: P, high: P }).nullable(),
  /** The share won of deals of which nothing is known, and how many closed deals say so; 0: an estimate of the method. */
  base: z.strictObject({ won: P, deals: z.number().int() }),
  seller: Outlook.shape.seller,
  manager: Outlook.shape.manager,
  /** The stage of the CRM, as a phase. */
  claim: z.strictObject({ phase: PhaseId, label: z.string().nullable(), on: Day }).nullable(),
  decisionOn: Day.nullable(),
  told: z.array(z.strictObject({ step: z.string(), name: Text, on: Day, slips: z.number().int() })),
  /** All but those that only inform. */
  findings: z.array(z.strictObject({ rule: z.string(), severity: z.enum(['block', 'danger', 'warn']), name: Text })),
  nextMeeting: z.strictObject({ on: Day, what: Text, with: z.array(z.string()) }).nullable(),
  /** Whether somebody who decides was met; `unknown`: nobody is named who does, or the file has no word on contacts. */
  decider: z.enum(['met', 'unmet', 'unknown']),
  /** People whom we met in the last 90 days; null: the file has no word on contacts or people. */
  threads: z.number().int().nullable(),
  /** Null once closed, and where position or win are not known. */
  week: Week.nullable(),
})
export type ReviewLine = z.infer<typeof ReviewLine>

const Days = z.number().int().nullable()
export const ReviewChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new') }),
  z.strictObject({ kind: z.literal('closed'), to: z.enum(['won', 'lost', 'no-decision']) }),
  z.strictObject({ kind: z.literal('reopened') }),
  /** `by`: phases forward, negative back; null where one of the two is not known. */
  z.strictObject({ kind: z.literal('phase'), from: PhaseId.nullable(), to: PhaseId.nullable(), by: Days }),
  z.strictObject({ kind: z.literal('lead'), from: ReviewLine.shape.lead, to: ReviewLine.shape.lead, by: Days }),
  z.strictObject({ kind: z.literal('win'), from: P.nullable(), to: P.nullable() }),
  z.strictObject({ kind: z.literal('seller'), from: P.nullable(), to: P.nullable() }),
  z.strictObject({ kind: z.literal('amount'), from: ReviewLine.shape.amount, to: ReviewLine.shape.amount }),
  /** `slips`: days later than told before; null: told for the first time, or no longer told. */
  z.strictObject({
    kind: z.literal('told'),
    step: z.string(),
    name: Text,
    from: Day.nullable(),
    to: Day.nullable(),
    slips: Days,
  }),
  z.strictObject({
    kind: z.literal('finding'),
    rule: z.string(),
    severity: z.enum(['block', 'danger', 'warn']),
    name: Text,
    is: z.enum(['new', 'answered']),
  }),
])
export type ReviewChange = z.infer<typeof ReviewChange>

export const VOICES = ['seller', 'manager', 'sente', 'base'] as const
export type Voice = (typeof VOICES)[number]
/** Two numbers that are far apart, the higher one first. */
export const Far = z.strictObject({ high: z.enum(VOICES), low: z.enum(VOICES), by: P })
export type Far = z.infer<typeof Far>

export const LACKS = ['meeting', 'decider-unmet', 'decider-unknown', 'single'] as const
export const Lack = z.enum(LACKS)
export type Lack = z.infer<typeof Lack>
