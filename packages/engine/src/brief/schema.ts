import { z } from 'zod'
import { CONCERNS, ConcernId, FeatureId, PhaseId, PHASES, Severity, Text } from '../methodology/schema.ts'

/**
 * The brief: everything the engine says of one deal on one day. Plain JSON; a change to its shape is a new `BRIEF_VERSION`.
 * Probabilities, shares and demands are 0..1; dates are `YYYY-MM-DD`; days are whole numbers.
 */
export const BRIEF_VERSION = 1

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const P = z.number().min(0).max(1)
const Quantiles = z.strictObject({ p10: Day.nullable(), p50: Day.nullable(), p90: Day.nullable() })
const perPhase = <T extends z.ZodType>(value: T) => z.record(PhaseId, value)
const perConcern = <T extends z.ZodType>(value: T) => z.record(ConcernId, value)
const Band = z.strictObject({ value: P, low: P, high: P })
export type Band = z.infer<typeof Band>

const Reason = z.strictObject({
  kind: z.enum(['evidence', 'claim', 'pin']),
  /** Place in the deal's own list. */
  index: z.number().int(),
  on: Day,
  /** Signal id, or phase id of a claim or a pin. */
  what: z.string(),
  from: z.string().nullable(),
  quote: z.string().nullable(),
  /** What it counts, q·ρ in 0..1: confidence, halved while unconfirmed, halved again for each repeat. */
  weight: P,
  /** Log-odds of the leading phase with it minus without it; exact. Positive speaks for the phase. */
  effect: z.number(),
})
export type Reason = z.infer<typeof Reason>

export const Position = z.strictObject({
  /** `frozen`: closed as lost or without decision, the position of the day it closed. */
  state: z.enum(['open', 'won', 'frozen']),
  since: Day,
  phases: perPhase(P),
  stalled: P,
  leading: PhaseId,
  /** Expected share `u` of the purchasing process done; 1 is the signature. */
  progress: z.number(),
  reasons: z.array(Reason),
  /** Smoothed past: for each of `days`, one probability per phase, in the order of `PHASES`. */
  history: z.strictObject({
    days: z.array(Day),
    phases: z.array(z.array(P)),
    stalled: z.array(P),
    progress: z.array(z.number()),
  }),
  /** When each phase up to the leading one began, from the smoothed past. */
  began: z.array(z.strictObject({ phase: PhaseId, on: Quantiles })),
  /** Without further evidence, given that no decision has fallen: probabilities per phase for each of `days`. Null once closed. */
  forecast: z
    .strictObject({
      days: z.array(Day),
      phases: z.array(z.array(P)),
      /** Not yet decided and not ended without decision. */
      undecided: z.array(P),
      progress: z.array(z.number()),
      /** First day beyond the phase, of those futures that pass it; null: not within the horizon. */
      ends: z.array(z.strictObject({ phase: PhaseId, on: Quantiles })),
      decision: Quantiles,
    })
    .nullable(),
})
export type Position = z.infer<typeof Position>

export const Demand = z.strictObject({
  now: perConcern(Band),
  people: z.array(z.strictObject({ person: z.string(), now: perConcern(P) })),
  /** Modifiers in force, and whether the file names them or they follow from what it says of us. */
  traits: z.array(z.strictObject({ id: z.string(), name: Text, implied: z.boolean() })),
  /** Past (filtered, what was known then) and future (given undecided) on the same days as the picture draws. */
  curve: z.strictObject({
    days: z.array(Day),
    concerns: perConcern(z.strictObject({ value: z.array(P), low: z.array(P), high: z.array(P) })),
  }),
})
export type Demand = z.infer<typeof Demand>

const ProofStatus = z.enum(['missing', 'preparing', 'prepared', 'presented', 'accepted'])
const TopicReadiness = z.strictObject({
  topic: z.string(),
  name: Text,
  /** Weight in this deal, after its traits. */
  weight: z.number(),
  value: P,
  /** The people who ask it; empty: nobody on the map has such a role, the deal as a whole needs it. */
  people: z.array(z.strictObject({ person: z.string(), value: P, status: ProofStatus, proof: z.string().nullable() })),
  /** Best status over the deal and the proof that has it. */
  status: ProofStatus,
  proof: z.string().nullable(),
  expired: z.boolean(),
  /** Strong proof or two medium ones are ready (risk topics). */
  addressed: z.boolean(),
})
export type TopicReadiness = z.infer<typeof TopicReadiness>
export const Readiness = z.strictObject({
  now: perConcern(P),
  topics: perConcern(z.array(TopicReadiness)),
  /** Steps of the past and of what is planned (`readyOn`), for the picture: value from each day on. */
  steps: perConcern(z.array(z.strictObject({ on: Day, value: P, planned: z.boolean() }))),
})
export type Readiness = z.infer<typeof Readiness>

/**
 * `days`: until expected demand first exceeds today's readiness by more than 0.10; negative: since it did.
 * `covered`: it does not before the decision. `low`/`high`: the same for the 90 % and the 10 % demand (pessimist, optimist).
 */
const ConcernLead = z.strictObject({
  state: z.enum(['ahead', 'behind', 'covered']),
  days: z.number().int().nullable(),
  crossing: Day.nullable(),
  low: z.number().int().nullable(),
  high: z.number().int().nullable(),
})
export type ConcernLead = z.infer<typeof ConcernLead>
const StartBy = z.strictObject({
  concern: ConcernId,
  topic: z.string(),
  name: Text,
  proof: z.string(),
  proofName: Text,
  owner: z.string(),
  strength: z.enum(['strong', 'medium', 'weak']),
  for: z.array(z.string()),
  crossing: Day,
  leadDays: z.number(),
  startBy: Day,
  /** `normal`: start by that day. `fast`: only the fast way is left. `too-late`: cannot be ready, raise it yourself first. */
  verdict: z.enum(['normal', 'fast', 'too-late']),
  /** Chosen in the deal file, or suggested by the engine. */
  chosen: z.boolean(),
})
export type StartBy = z.infer<typeof StartBy>
export const Lead = z.strictObject({
  state: z.enum(['ahead', 'behind', 'covered', 'closed']),
  days: z.number().int().nullable(),
  low: z.number().int().nullable(),
  high: z.number().int().nullable(),
  /** The concern that decides the headline. */
  concern: ConcernId.nullable(),
  /** Our step and the customer's phase by index, −1: none done. `lead` null: our steps are unknown. */
  step: z.strictObject({
    ours: z.number().int().nullable(),
    theirs: z.number().int(),
    lead: z.number().int().nullable(),
  }),
  concerns: perConcern(ConcernLead).nullable(),
  startBy: z.array(StartBy),
})
export type Lead = z.infer<typeof Lead>

const Hold = z.enum(['none', 'asked', 'given', 'broken'])
const PersonView = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  roles: z.array(z.string()),
  executive: z.boolean(),
  decides: z.boolean(),
  numberOne: z.boolean(),
  reportsTo: z.string().nullable(),
  influence: z.number(),
  stance: z.number().nullable(),
  rung: z.string(),
  /** How the rung was climbed, oldest first. */
  climbs: z.array(z.strictObject({ on: Day, to: z.string(), by: z.string() })),
  trust: P,
  lastTouch: Day.nullable(),
  lastSubstantive: Day.nullable(),
  hold: z.strictObject({ state: Hold, on: Day.nullable(), fragile: z.boolean() }).nullable(),
  /** What this person cares about most today. */
  topConcern: ConcernId,
})
export type PersonView = z.infer<typeof PersonView>
const Cover = z.strictObject({ value: P, n: z.number().int() }).nullable()
export const People = z.strictObject({
  people: z.array(PersonView),
  cover: z.strictObject({ executives: Cover, working: Cover, numberOne: Cover }),
  /** Null: not known. */
  vacuum: z.boolean().nullable(),
  rivals: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      incumbent: z.boolean().nullable(),
      executives: Cover,
      numberOne: Cover,
      contacts: z.array(z.strictObject({ person: z.string(), on: Day })),
    }),
  ),
})
export type People = z.infer<typeof People>

const FactValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
export type FactValue = z.infer<typeof FactValue>
export const Finding = z.strictObject({
  rule: z.string(),
  severity: Severity,
  name: Text,
  /** With its numbers filled in. */
  message: Text,
  claim: Text,
  speaker: Text,
  about: z.string(),
  /** 0..1, what is at stake; ranks findings of one severity. */
  stake: P,
  facts: z.array(z.strictObject({ fact: z.string(), name: Text, value: FactValue })),
  plays: z.array(z.string()),
})
export type Finding = z.infer<typeof Finding>
export const Homework = z.strictObject({
  fact: z.string(),
  question: Text,
  /** Where the answer goes in the deal file. */
  field: z.string(),
  /** Sum over the rules it could decide, weighted by severity. */
  weight: z.number(),
  rules: z.array(z.string()),
})
export type Homework = z.infer<typeof Homework>

const EstimateView = z.strictObject({ value: P, on: Day.nullable(), by: z.string().nullable() }).nullable()
export const Outlook = z.strictObject({
  when: Quantiles.nullable(),
  whether: z
    .strictObject({
      value: P,
      low: P,
      high: P,
      source: z.enum(['prior', 'fitted']),
      contributions: z.array(
        z.strictObject({
          feature: FeatureId,
          name: Text,
          value: z.number(),
          coefficient: z.number(),
          contribution: z.number(),
          known: z.boolean(),
        }),
      ),
    })
    .nullable(),
  /** Three numbers side by side, none written over another. `model` is P(win | decision). */
  seller: EstimateView,
  manager: EstimateView,
  /** At the day on which 90 % are decided (or ended): sums to 1 with `open` spread by the same odds. */
  horizon: z.strictObject({ on: Day, won: P, lost: P, noDecision: P }).nullable(),
})
export type Outlook = z.infer<typeof Outlook>

export const PlannedPlay = z.strictObject({
  play: z.string(),
  name: Text,
  objective: Text,
  /** Rules whose findings recommend it. */
  because: z.array(z.string()),
  with: z.array(z.string()),
  concern: ConcernId.nullable(),
  /** Last day to start so that it is done before what it serves; null: no date hangs on it. */
  startBy: Day.nullable(),
  /** What that date is: the crossing of a concern, the next phase, the decision. */
  before: z.strictObject({ what: z.enum(['crossing', 'phase', 'decision', 'now']), on: Day }).nullable(),
  leadDays: z.number(),
  late: z.boolean(),
  /** Preconditions that do not hold (false) or are not known (null), to be met first. */
  first: z.array(z.strictObject({ fact: z.string(), name: Text, holds: z.boolean().nullable() })),
  /** It may not be done with an executive between tender notice and award. */
  silence: z.strictObject({ from: Day, to: Day.nullable() }).nullable(),
})
export type PlannedPlay = z.infer<typeof PlannedPlay>

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
  findings: z.array(Finding),
  homework: z.array(Homework),
  outlook: Outlook,
  plan: z.array(PlannedPlay),
  /** What an estimate had to do without. */
  missing: z.array(z.strictObject({ what: Text, field: z.string() })),
})
export type Brief = z.infer<typeof Brief>

export { CONCERNS, PHASES }

/** JSON Schema of a brief, as `sente brief --json` and the API give it. */
export function briefJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(Brief) as Record<string, unknown>
}
