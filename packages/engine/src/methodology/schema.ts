import { z } from 'zod'
import { CONCERNS, ConcernId, PHASES, PhaseId } from './phases.ts'
import { MeetingsFile } from './meetings.ts'
import { SignalCount, SignalsFile } from './signals.ts'
import { TenderFile } from './tender.ts'
import { Id, Text } from './words.ts'

export { Text } from './words.ts'
export type { Lang } from './words.ts'

export { CONCERNS, ConcernId, OPEN_PHASES, PHASES, PhaseId } from './phases.ts'
export { MEETING_SECTIONS, MeetingsFile } from './meetings.ts'
export type { MeetingSays, MeetingSection } from './meetings.ts'
export * from './signals.ts'
export { TenderFile, TenderRegime } from './tender.ts'

const Unit = z.number().min(0).max(1)
const Days = z.number().positive()

// ---- conditions: the language of rules and preconditions ------------------------------------------------------------

export const OPERATORS = ['==', '!=', '<', '<=', '>', '>=', 'in', 'contains', 'lacks'] as const
const Scalar = z.union([z.string(), z.number(), z.boolean()])
const Comparison = z.strictObject({
  fact: Id,
  op: z.enum(OPERATORS),
  value: z.union([Scalar, z.array(Scalar), z.strictObject({ fact: Id })]),
})
export type Comparison = z.infer<typeof Comparison>
/** A tree of comparisons under Kleene's three-valued `all` and `any`. */
export type Condition = Comparison | { all: Condition[] } | { any: Condition[] }
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Comparison,
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
  ]),
)

// ---- the files of a methodology -------------------------------------------------------------------------------------

export const MethodFile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  name: Text,
  summary: Text,
  /** Where the shapes and the numbers come from, and which of them are estimates. */
  sources: z.array(z.strictObject({ id: Id, what: Text, where: z.string().min(1) })).min(1),
})

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

const Invariant = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('highest'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({ kind: z.literal('second'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({
    kind: z.literal('cross'),
    a: ConcernId,
    b: ConcernId,
    at: z.number(),
    within: z.number(),
    says: Text,
  }),
  z.strictObject({
    kind: z.literal('above'),
    a: ConcernId,
    b: ConcernId,
    from: z.number(),
    to: z.number(),
    says: Text,
  }),
  z.strictObject({ kind: z.literal('peak'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({ kind: z.literal('trough'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({
    kind: z.literal('steady'),
    concern: ConcernId,
    from: z.number(),
    to: z.number(),
    drop: z.number(),
    says: Text,
  }),
])
export type Invariant = z.infer<typeof Invariant>

const Change = z.strictObject({
  concern: ConcernId,
  mul: z.number().positive().optional(),
  add: z.number().optional(),
  /** Moves the argument of the curve first: −0.08 brings the worry forward by 0.08 of the process. */
  shiftU: z.number().optional(),
  /** Applies only beyond this `u`. */
  fromU: z.number().optional(),
})
const Trait = z.strictObject({ id: Id, name: Text, apply: z.array(Change).min(1) })
export type Trait = z.infer<typeof Trait>

export const ConcernsFile = z.strictObject({
  concerns: z.array(z.strictObject({ id: ConcernId, name: Text, question: Text })).length(CONCERNS.length),
  /** Curve values 0..100 at the knots; between them monotone cubic (Fritsch–Carlson). */
  knots: z
    .array(
      z.strictObject({ u: z.number(), need: z.number(), cost: z.number(), solution: z.number(), risk: z.number() }),
    )
    .min(2),
  invariants: z.array(Invariant),
  /** Demand modifiers of a deal, in the order in which they apply. */
  traits: z.array(Trait),
})
export type ConcernsFile = z.infer<typeof ConcernsFile>

/** What a play does that facts and relations ask for by name. */
export const PLAY_DEEDS = ['value_update', 'trust_regained', 'executive_close', 'base_arranged', 'leave'] as const
export type PlayDeed = (typeof PLAY_DEEDS)[number]

/** How high somebody stands: the number one of the decision, an executive by role, everybody else. */
export const LEVELS = ['top', 'executive', 'working'] as const
export const PersonLevel = z.enum(LEVELS)
export type PersonLevel = z.infer<typeof PersonLevel>

export const OUTCOMES = ['done', 'met_cold', 'declined', 'postponed', 'delegated_down', 'no_answer'] as const
export const OutcomeId = z.enum(OUTCOMES)
/** How a step went. */
export type OutcomeId = z.infer<typeof OutcomeId>

const TopicEffect = z.strictObject({ topic: Id, status: z.enum(['prepared', 'presented', 'accepted']) })

/** What people tell us in a step. */
export const INFORMS = [
  'agenda',
  'pressures',
  'business_model',
  'stance',
  'process',
  'criteria',
  'risks',
  'rivals',
] as const

/** What an outcome does beyond the play's own rung, substance and topics, which hold for `done`. */
const Effects = z.strictObject({
  /** The highest rung it can bring to; null: it moves nobody. */
  rung: Id.nullable().optional(),
  /** Factor on trust from that day until the next contact of substance; 1 changes nothing. */
  trust: Unit.optional(),
  hold: z.enum(['none', 'asked', 'given', 'broken']).optional(),
  /** How far the stance is expected to move towards us: an expectation of the planner, never a recorded fact. */
  stance: z.number().min(-1).max(1).optional(),
  topics: z.array(TopicEffect).optional(),
  promises: z.literal('kept').optional(),
  /** `cancelled`: what a rival won with this person until that day counts no more; `weakened`: half of it. */
  rival: z.enum(['cancelled', 'weakened']).optional(),
  /** What is left of the person's worry about a topic: .5 halves it. */
  worries: z.array(z.strictObject({ topic: Id, factor: Unit })).optional(),
  informs: z.array(z.enum(INFORMS)).optional(),
  /** The level below has a reason of its own to wait, so that a hold above it stands. */
  base: z.literal(true).optional(),
  /** Unpaid work is traded for something in writing. */
  exchange: z.literal(true).optional(),
})
export type Effects = z.infer<typeof Effects>

const Outcome = z.strictObject({
  id: OutcomeId,
  name: Text,
  /** Where to go from there: the same play again, another play, another way in. */
  next: z.enum(['none', 'again', 'other_play', 'other_path']),
  /** Days before the same play may be tried with the same person again; null: it need not be. */
  retryDays: z.number().int().positive().nullable(),
  /** What it does with every play that says nothing else. */
  usual: Effects,
})

export const Play = z.strictObject({
  id: Id,
  name: Text,
  does: z.array(z.enum(PLAY_DEEDS)).min(1).optional(),
  kind: Id,
  entryModes: z.array(z.enum(['early', 'mid', 'late'])).min(1),
  phases: z.array(PhaseId).min(1),
  /** Our days from start to done: fast, normal, slow. */
  leadDays: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]),
  preconditions: z.array(Comparison),
  objective: Text,
  bring: Text,
  ask: Text,
  followUp: Text,
  successSignals: z.array(Id),
  countsAsExecSelling: z.boolean(),
  /** Whom it is for: the number one, an executive, the working level, or nobody at the customer (our own preparation). */
  with: z.enum(['top', 'executive', 'working', 'anyone', 'nobody']),
  /** Whom it fits; empty: nobody at the customer. People of great influence count as executives here. */
  levels: z.array(PersonLevel),
  /** The rung on which somebody must stand for it: rungs may be quick, never skipped. */
  from: Id,
  /** Up to so many people at once. */
  group: z.number().int().min(2).max(8).optional(),
  /** It can be handed in or sent: nobody is met for it. */
  inWriting: z.literal(true).optional(),
  /** An executive of ours has to go. */
  parity: z.literal(true).optional(),
  /** Only where the decision is at most so many days away: with more time the usual way in is taken. */
  onlyWithin: Days.optional(),
  /** Papers, which may go where nobody meets (a tender's contact). */
  papers: z.literal(true).optional(),
  /** Only so many days after another play with the same person. */
  after: z.strictObject({ play: Id, withinDays: Days }).optional(),
  outcomes: z.partialRecord(OutcomeId, Effects).optional(),
  concern: ConcernId.nullable(),
  /** Our hours, a usual figure. */
  hours: z.number().min(0),
  /** Done with a person, it counts as contact of substance (business or risk content). */
  substantive: z.boolean(),
  /** The highest rung it can bring a person to. */
  rung: Id.optional(),
  /** Topics it brings to at least this status for the people present. */
  effects: z.array(TopicEffect),
  repeatDays: Days.optional(),
  caution: Text.optional(),
  /** The roundtable's thought behind it, in our words. */
  thought: Text.optional(),
})
export type Play = z.infer<typeof Play>
export const PlaysFile = z.strictObject({
  outcomes: z.array(Outcome).length(OUTCOMES.length),
  plays: z.array(Play).min(1),
})

export const SEVERITIES = ['block', 'danger', 'warn', 'info'] as const
export const Severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof Severity>

export const Rule = z.strictObject({
  id: Id,
  /** Short headline of the finding. */
  name: Text,
  type: z.enum(['diagnostic', 'gate', 'classification', 'advice']),
  severity: Severity,
  /** What is at stake; it ranks findings of the same severity. */
  about: z.enum([...CONCERNS, 'people', 'process', 'plan', 'conduct']),
  /** What must be done: an act of `acts`. Rules of one act make one finding. */
  act: Id,
  /** Days after which a warning that nothing has changed rests; absent: as its severity. */
  expires: Days.optional(),
  /** Days within which to act; absent: as its severity. */
  within: z.number().min(0).optional(),
  when: Condition,
  /** With `{fact}` places for numbers. */
  message: Text,
  recommend: z.array(Id),
  /** What it recommends must begin today. */
  atOnce: z.literal(true).optional(),
  /** The roundtable's claim, in our own words. */
  claim: Text,
  speaker: Text,
})
export type Rule = z.infer<typeof Rule>
/** Whom an act is about, looked up on the map. */
export const WHOM = ['top', 'deciders_unmet', 'rival_met', 'against', 'champion'] as const
export type Whom = (typeof WHOM)[number]
/** What answers rules: one thing somebody does. Named in the imperative, because it is what a finding asks for. */
export const Act = z.strictObject({ id: Id, name: Text, whom: z.enum(WHOM).optional() })
export type Act = z.infer<typeof Act>
export const RulesFile = z.strictObject({
  rules: z.array(Rule).min(1),
  acts: z.array(Act).min(1),
  /** Days by severity; a block never rests. */
  expires: z.strictObject({ danger: Days, warn: Days, info: Days }),
  within: z.record(Severity, z.number().min(0)),
})

export const FACT_TYPES = ['bool', 'int', 'number', 'share', 'percent', 'enum', 'list'] as const
export const FactDefinition = z.strictObject({
  id: Id,
  type: z.enum(FACT_TYPES),
  /** How a value is written in a message: a phase index as the phase's name, 999 days as "never", … */
  format: z.enum([
    'plain',
    'phase',
    'step',
    'concern',
    'days',
    'share',
    'percent',
    'hours',
    'yes-no',
    'topics',
    'plays',
  ]),
  values: z.array(z.string()).optional(),
  name: Text,
  definition: Text,
  /** It is the number of pieces of evidence of such signals, of the last `days` days or ever. Facts without it have a function. */
  counts: SignalCount.optional(),
  /** It is how things are, not something we can bring about: a play it rules out is not offered. */
  circumstance: z.literal(true).optional(),
  /** It moves by itself, as days pass and estimates waver: that alone does not answer a finding. */
  volatile: z.literal(true).optional(),
  /** The question to ask when it is unknown, and the field of the deal file that answers it. Null: the engine always knows it. */
  homework: z
    .strictObject({
      question: Text,
      /** Whom it asks about: the customer (asked of a deal), our company (asked once), or our own work (never asked). */
      of: z.enum(['customer', 'ours', 'us']),
      /** What it tells where nothing is known, beside what its rules are worth. */
      tells: z.number().min(0).optional(),
      field: z.string().min(1),
    })
    .nullable(),
})
export type FactDefinition = z.infer<typeof FactDefinition>
export const FactsFile = z.strictObject({ facts: z.array(FactDefinition).min(1) })

const Proof = z.strictObject({
  id: Id,
  name: Text,
  /** Whom it can be put before: nobody hands a chairman a questionnaire. */
  for: z.array(PersonLevel).min(1),
  /** Calendar days on our side (on theirs for owner `buyer`): fast, normal. */
  leadDays: z.tuple([z.number().min(0), z.number().min(0)]),
  owner: Id,
  strength: z.enum(['strong', 'medium', 'weak']),
  leadSource: z.string().min(1),
})
export type Proof = z.infer<typeof Proof>
export const Topic = z.strictObject({
  id: Id,
  concern: ConcernId,
  name: Text,
  /** The question in the customer's mouth. */
  question: Text,
  weight: z.number().min(0),
  /** Factor on the weight for deals with the trait. */
  weightWith: z.record(Id, z.number().min(0)),
  askedBy: z.array(Id).min(1),
  risesIn: z.array(PhaseId),
  /** Only the customer can say it: no proof of ours makes it so, and it does not count in the lead. */
  saidByCustomer: z.literal(true).optional(),
  /** The roundtable's thought behind it, in our words. */
  thought: Text.optional(),
  proofs: z.array(Proof).min(1),
})
export type Topic = z.infer<typeof Topic>
export const TopicsFile = z.strictObject({
  statuses: z.strictObject({ missing: Unit, prepared: Unit, presented: Unit, accepted: Unit }),
  strengths: z.strictObject({ strong: Unit, medium: Unit, weak: Unit }),
  /** Points 0..1 a ready proof gives towards "addressed" (1 is enough). */
  addressedPoints: z.strictObject({ strong: Unit, medium: Unit, weak: Unit }),
  topics: z.array(Topic).min(1),
  owners: z.array(z.strictObject({ id: Id, name: Text })).min(1),
})
export type TopicsFile = z.infer<typeof TopicsFile>

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
const Share = z.number().min(0).max(1)

/** What the planner weighs, and what it never does. Points are of one scale: 10 is an executive's window missed. */
export const PlanFile = z.strictObject({
  /** It plans no further ahead. */
  horizonDays: z.number().int().min(30).max(730),
  /** A play is planned for a day only where its phases have at least this probability. */
  phaseFloor: Share,
  /** How many plans the search looks at after its first one. */
  evaluations: z.number().int().min(0).max(100000),
  stepsAtMost: z.number().int().min(1).max(60),
  /** Points for leaving a step of the last plan where it is, so that planning again disturbs little. */
  keepBonus: z.number().min(0),
  factors: z.strictObject({
    /** On the worth of a step that is not for those who came in when we did. */
    entryMisfit: Share,
    /** … of which a precondition is not known. */
    unknownPrecondition: Share,
    /** … prepared in less than the usual time. */
    hurried: Share,
    /** How often somebody whom we know says yes, by where he stands. */
    metSupporter: Share,
    metNeutral: Share,
    metOpponent: Share,
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
        waitPerWeek: Share,
        /** Steps in one week at most. */
        perWeek: z.number().int().min(1),
        /** On the worth of a step that is hurried. */
        hurryFactor: Share,
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
  /** When leaving is the best step: a chance below, or one of these signals; and how long the two conditions are given. */
  leave: z.strictObject({ winBelow: Share, signals: z.array(Id), weeks: z.number().int().min(1) }),
})
export type PlanFile = z.infer<typeof PlanFile>

const Weights = z.strictObject({
  need: z.number().min(0),
  cost: z.number().min(0),
  solution: z.number().min(0),
  risk: z.number().min(0),
})
export const Role = z.strictObject({
  id: Id,
  name: Text,
  level: z.enum(['executive', 'working']),
  /** Has power over the decision. */
  decides: z.boolean(),
  /** How the role moves attention between concerns; absent weighs 1 on each. */
  weights: Weights.optional(),
})
export type Role = z.infer<typeof Role>
export const PeopleFile = z.strictObject({
  roles: z.array(Role).min(1),
  /** Where a signal can come from besides a person with a role. */
  sources: z.array(z.strictObject({ id: Id, name: Text })),
  rungs: z.array(z.strictObject({ id: Id, name: Text, trust: Unit })).length(6),
  /** Roles that have the last word alone. */
  lastWord: z.array(Id).min(1),
  halfLifeDays: Days,
  /** Trust never falls below this rung's value once it was reached. */
  floorRung: Id,
  vacuum: z.strictObject({ topBelow: Unit, workingAbove: Unit }),
  /** Minimum days between two plays with one executive. */
  spacingDays: Days,
  /** How many executives of 100 always, usually, occasionally, never see a seller who comes this way. */
  paths: z.array(
    z.strictObject({
      id: Id,
      name: Text,
      answers: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
      source: z.string(),
      /** Days from asking to sitting there (fast, normal), and how often one gets there, by how high the person stands. */
      access: z
        .array(
          z.strictObject({
            level: PersonLevel,
            days: z.tuple([Days, Days]),
            probability: Unit,
            /** A study, or `estimate`. */
            source: z.string().min(1),
          }),
        )
        .length(LEVELS.length),
    }),
  ),
  stances: z.array(z.strictObject({ value: z.number().int().min(-2).max(2), name: Text })).length(5),
  holds: z.array(z.strictObject({ id: z.enum(['none', 'asked', 'given', 'broken']), name: Text })).length(4),
})
export type PeopleFile = z.infer<typeof PeopleFile>

export const FEATURES = [
  'number_one',
  'economic_buyer',
  'top_missing',
  'other_deciders',
  'working_level',
  'answered',
  'unique_value',
  'favour',
  'examined',
  'open_questions',
  'rival_pull',
  'trouble',
  'drive',
  'brakes',
  'silence',
] as const
/** Features that can only lower the win number; all others can only raise it. */
export const AGAINST: readonly FeatureId[] = [
  'top_missing',
  'open_questions',
  'rival_pull',
  'trouble',
  'brakes',
  'silence',
]
export const FeatureId = z.enum(FEATURES)
export type FeatureId = z.infer<typeof FeatureId>
/** Whom a feature is about: a person at the customer, us, a rival, or the customer as a whole. */
export const Subject = z.enum(['person', 'us', 'rival', 'customer'])

const OutlookFeature = z.strictObject({
  id: FeatureId.exclude(['silence']),
  name: Text,
  subject: Subject,
  /** `ours`: moves P(won | decided); `decides`: moves P(decided). */
  stage: z.enum(['ours', 'decides']),
  /** Log-odds of the feature at 1 against 0, with the standard deviation of what we believe of it. */
  coefficient: z.number(),
  sd: z.number().positive(),
  source: Text,
  /** Roles of the people it is made of. */
  roles: z.array(Id).min(1).optional(),
  /** Weight in the noisy-or of each signal it is made of. */
  signals: z.record(Id, z.number().gt(0).lt(1)).optional(),
})
export type OutlookFeature = z.infer<typeof OutlookFeature>

export const OutlookFile = z.strictObject({
  /** `prior`: nobody's history, only our estimate; `fitted`: from a workspace's closed deals. */
  source: z.enum(['prior', 'fitted']),
  note: Text,
  /** Shares of all deals that end won and without decision; `deals`: how many closed ones say so, 0: none, an estimate. */
  base: z.strictObject({
    won: z.number().gt(0).lt(1),
    noDecision: z.number().gt(0).lt(1),
    deals: z.int().min(0),
    /** Of the log-odds, when everything of a deal is known. */
    sd: z.number().positive(),
    source: Text,
  }),
  /** P(decided) halves in so many days without a sign of life, after so many that are usual. */
  silence: z.strictObject({ name: Text, graceDays: z.number().min(0), halfLifeDays: Days, source: Text }),
  /** What an unknown feature may turn out to be, as a standard deviation on its scale 0..1. */
  unknownSpread: Unit,
  person: z.strictObject({
    /** What trust is worth at stances −2 … 2; an unknown stance counts as 0. */
    stance: z.array(Unit).length(5),
    /** Support at stance 2 without any trust, and what a hold given adds; a broken one multiplies. */
    support: Unit,
    hold: Unit,
    broken: Unit,
    /** A rival's tie after contacts on one day, and on more; the share of our support that a full tie takes. */
    tie: z.tuple([Unit, Unit]),
    tieTakes: Unit,
    source: Text,
  }),
  /** Weights in the rivals' pull of an incumbent, and of one ahead on the criteria. */
  rival: z.strictObject({ incumbent: Unit, leading: Unit, source: Text }),
  /** Weights of a promise of theirs kept (in favour) and overdue (in trouble). */
  promise: z.strictObject({ kept: Unit, overdue: Unit, source: Text }),
  /** Weight of each step of their process that is done, in what drives them. */
  milestone: Unit,
  /** So many days after the first contact half of what the missing deciders may cost is due. */
  topMissing: z.strictObject({ halfAfterDays: Days, source: Text }),
  /** Weight of a worry they voiced and nobody answered. */
  question: Unit,
  /** The share of all topics, by weight, at which the feature is one half. */
  answered: z.strictObject({ halfAt: z.number().gt(0).max(1), source: Text }),
  features: z.array(OutlookFeature).length(FEATURES.length - 1),
})
export type OutlookFile = z.infer<typeof OutlookFile>

export const Preset = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: Text,
  summary: Text,
  stages: z.array(z.strictObject({ name: Text, phases: z.array(PhaseId) })),
  roles: z.array(z.strictObject({ name: Text, role: Id.nullable() })),
  /** Its checks or questions, in its own words. */
  checks: z.array(Text),
  sources: z.string().min(1),
})
export type Preset = z.infer<typeof Preset>

/** The files of a methodology folder by name; `presets/*.json` come beside them. */
export const FILES = {
  method: MethodFile,
  phases: PhasesFile,
  concerns: ConcernsFile,
  signals: SignalsFile,
  plays: PlaysFile,
  plan: PlanFile,
  rules: RulesFile,
  facts: FactsFile,
  topics: TopicsFile,
  people: PeopleFile,
  outlook: OutlookFile,
  tender: TenderFile,
  meetings: MeetingsFile,
} as const
export type FileName = keyof typeof FILES

/** A methodology as loaded and checked: plain data, safe to share between threads. */
export interface Methodology {
  method: z.infer<typeof MethodFile>
  phases: PhasesFile
  concerns: ConcernsFile
  signals: z.infer<typeof SignalsFile>
  plays: z.infer<typeof PlaysFile>
  plan: PlanFile
  rules: z.infer<typeof RulesFile>
  facts: z.infer<typeof FactsFile>
  topics: TopicsFile
  people: PeopleFile
  outlook: OutlookFile
  tender: TenderFile
  meetings: MeetingsFile
  presets: Preset[]
}
