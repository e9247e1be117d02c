import { z } from 'zod'
import { Days, Id, Text, Unit } from './words.ts'

export const PHASES = ['frame', 'need', 'define', 'evaluate', 'risk', 'commit', 'implement', 'realize'] as const
export const PhaseId = z.enum(PHASES)
/** The customer's phase, never ours. `frame..commit` lie before the decision. */
export type PhaseId = z.infer<typeof PhaseId>
/** Phases before the decision come first in `PHASES`. */
export const OPEN_PHASES = 6

export const CONCERNS = ['need', 'cost', 'solution', 'risk'] as const
export const ConcernId = z.enum(CONCERNS)
/** What people care about; the order is that of the curves, and of every array "per concern". */
export type ConcernId = z.infer<typeof ConcernId>

const Phase = z.strictObject({
  id: PhaseId,
  name: Text,
  /** Short name for narrow places. */
  short: Text,
  /** Share `u` of the purchasing process at its start and end; 1 is the signature. */
  window: z.tuple([z.number(), z.number()]),
  meanDays: Days,
  /** `k`, the number of Erlang steps of the phase. */
  steps: z.number().int().min(1).max(16),
  customerAsks: Text,
  customerSteps: z.array(Text).min(1),
  /** What we do in and for this phase, and the plays any of which, done, shows that we did it. */
  ourStep: z.strictObject({ name: Text, doneBy: z.array(Id).min(1) }),
  /** How much the customer's executives take part, 0..1. */
  executives: Unit,
})
export type Phase = z.infer<typeof Phase>

export const PhasesFile = z.strictObject({
  phases: z.array(Phase).length(PHASES.length),
  stalled: z.strictObject({ name: Text }),
  /** Mean days until each happens; the daily probability is one over it. */
  chain: z.strictObject({
    /** A customer's pace never changes: a factor on the mean length of every phase, with its prior and how one says it. */
    paces: z.array(z.strictObject({ factor: z.number().positive(), prior: Unit, name: Text })).min(1),
    stallEvery: Days,
    resumeEvery: Days,
    backEvery: Days,
    noDecision: z.strictObject({ movingEvery: Days, stalledEvery: Days }),
  }),
  entryPrior: z.record(PhaseId, Unit).or(z.partialRecord(PhaseId, Unit)),
  evidence: z.strictObject({
    /** P(at least one such signal in 14 days | phase) for each level. */
    weights: z.strictObject({ high: Unit, med: Unit, low: Unit, none: Unit }),
    /** Exponent on every likelihood, because signals of one meeting are not independent. */
    temper: Unit,
    floor: Unit,
    /** A stalled state takes at least this share of its phase's weight. */
    stalledShare: Unit,
    repeatDays: Days,
    unconfirmed: Unit,
    pin: Unit,
    /** What somebody's list says of the phase (a CRM stage) counts as a signal of this confidence. */
    claim: Unit,
  }),
  /** Steps of a purchasing process that a deal file may name without saying their phase. */
  milestones: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]*$/),
        name: Text,
        phase: PhaseId,
        /** Reaching it means being at or beyond this step, counted from the first step of the first phase. */
        rank: z.number().int().min(0),
      }),
    )
    .min(1),
  /** Dates of the customer's own process, told or reached. */
  told: z.strictObject({
    /** Who said it, and the probability with which that is taken. */
    sources: z
      .array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]*$/), name: Text, reliability: Unit }))
      .min(1),
    /** Reliability where nobody is named. */
    unsaid: Unit,
    /** Reliability of a milestone reached. */
    done: Unit,
    /** Factor for each time the date has slipped. */
    slip: Unit,
    /** Days before the told day within which it is expected: a share of the days until then, at least so many. */
    window: z.strictObject({ least: z.number().int().positive(), share: Unit }),
    /** Least probability of that window under the chain alone. */
    floor: Unit,
    /** What is told for later than this many days ahead says nothing yet. */
    furthestDays: z.number().int().positive().max(3660),
  }),
  entryModes: z
    .array(z.strictObject({ id: z.enum(['early', 'mid', 'late']), name: Text, below: z.number().nullable() }))
    .length(3),
})
export type PhasesFile = z.infer<typeof PhasesFile>
