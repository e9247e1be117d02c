import { z } from 'zod'
import { Id, Text, Unit } from './words.ts'

export const TERMS = [
  'window',
  'topic',
  'rival',
  'promise',
  'stance',
  'gate',
  'hold',
  'base',
  'knowledge',
  'trust',
  'stall',
  'criteria',
  'unpaid',
  'limits',
  'conduct',
  'close',
  'after',
] as const
export type TermId = (typeof TERMS)[number]
export const CONSTRAINTS = [
  'rungNeverSkipped',
  'preconditionHolds',
  'phaseWindow',
  'littleTime',
  'aheadAlready',
  'leadTime',
  'accessTakesTime',
  'executiveSpacing',
  'weeklyHours',
  'workingDay',
  'nobodyAbsent',
  'rankParity',
  'tenderSilence',
  'setAside',
  'beforeDecision',
  'afterItsTurn',
  'notTwice',
] as const
export type ConstraintId = (typeof CONSTRAINTS)[number]

/** What the planner weighs, and what it never does. Points are of one scale: 10 is an executive's window missed. */
export const PlanFile = z.strictObject({
  /** It plans no further ahead. */
  horizonDays: z.number().int().min(30).max(730),
  /** A play is planned for a day only where its phases have at least this probability. */
  phaseFloor: Unit,
  /** How many plans the search looks at after its first one. */
  evaluations: z.number().int().min(0).max(100000),
  /** The same where the search begins from the plan before. */
  evaluationsAgain: z.number().int().min(0).max(100000),
  stepsAtMost: z.number().int().min(1).max(60),
  /** Points for leaving a step of the last plan where it is, so that planning again disturbs little. */
  keepBonus: z.number().min(0),
  factors: z.strictObject({
    /** On the worth of a step that is not for those who came in when we did. */
    entryMisfit: Unit,
    /** … made for another level than the one it is with. */
    otherLevel: Unit,
    /** … that only persuades somebody who is for us already. */
    convinced: Unit,
    /** … of which a precondition is not known. */
    unknownPrecondition: Unit,
    /** … prepared in less than the usual time. */
    hurried: Unit,
    /** How often somebody whom we know says yes, by where he stands. */
    metSupporter: Unit,
    metNeutral: Unit,
    metOpponent: Unit,
    costPerHour: z.number().min(0),
    costPerStep: z.number().min(0),
  }),
  /** Least days between two steps with one person, by how high they stand, and between two of one executive of ours. */
  spacingDays: z.strictObject({
    top: z.number().int().min(1),
    executive: z.number().int().min(1),
    working: z.number().int().min(1),
    ours: z.number().int().min(0),
  }),
  /** Where the deal says nothing. */
  usualHoursPerWeek: z.number().positive(),
  styles: z
    .array(
      z.strictObject({
        id: z.enum(['steady', 'swift']),
        name: Text,
        /** Which lead time a step is given where there is time. */
        lead: z.enum(['fast', 'normal']),
        /** What a week of waiting takes off the worth of a step. */
        waitPerWeek: Unit,
        /** Steps in one week at most. */
        perWeek: z.number().int().min(1),
        /** On the worth of a step that is hurried. */
        hurryFactor: Unit,
        /** A hold is asked for only once the level below has a reason of its own to wait. */
        baseFirst: z.boolean(),
      }),
    )
    .length(2),
  /** What we can bring about ourselves before a step, and in how many days. */
  ready: z.array(z.strictObject({ fact: Id, days: z.number().int().min(0), what: Text })),
  /** What is weighed: points for one case of full weight, how it is said of a case, and why it counts. */
  terms: z
    .array(z.strictObject({ id: z.enum(TERMS), weight: z.number().min(0), reason: Text, principle: Text }))
    .length(TERMS.length),
  constraints: z.array(z.strictObject({ id: z.enum(CONSTRAINTS), reason: Text })).length(CONSTRAINTS.length),
  /** When we settle our own limits: one of these events within so many days, a seller who hopes for so much more than the win number, or a win number below. */
  limits: z.strictObject({
    events: z.array(z.string()).min(1),
    days: z.number().int().min(1),
    hopes: Unit,
    winBelow: Unit,
  }),
  /** When leaving is the best step: a chance below, or one of these signals; and how long the two conditions are given. */
  leave: z.strictObject({ winBelow: Unit, signals: z.array(Id), weeks: z.number().int().min(1) }),
})
export type PlanFile = z.infer<typeof PlanFile>
