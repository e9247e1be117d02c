import { z } from 'zod'
import { Days, Id, Text, Unit } from './words.ts'

export const FEATURES = [
  'number_one',
  'economic_buyer',
  'top_missing',
  'other_deciders',
  'working_level',
  'answered',
  'unique_value',
  'history',
  'favour',
  'examined',
  'open_questions',
  'rival_pull',
  'trouble',
  'far',
  'drive',
  'early',
  'brakes',
  'silence',
] as const
/** Features that can only lower the win number; all others can only raise it. */
export const AGAINST: readonly FeatureId[] = [
  'top_missing',
  'open_questions',
  'rival_pull',
  'trouble',
  'early',
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
  topMissing: z.strictObject({
    halfAfterDays: Days,
    /** How much of a seat counts as filled by having met who sits there, whatever they think. */
    met: Unit,
    source: Text,
  }),
  /**
   * How far the customer has come by its acts, 0..1: where it is neither early nor late; the neutral things said after which half of it is
   * believed; how surely a step that is done shows the phases up to it.
   */
  way: z.strictObject({ middle: z.number().gt(0).lt(1), halfAt: z.number().positive(), stepDone: Unit, source: Text }),
  /** Projects with us after which half of their history with us counts, and the share of it where this purchase is none that is bought again. */
  history: z.strictObject({ halfAt: z.number().positive(), otherwise: Unit, source: Text }),
  /** Weight of a worry they voiced and nobody answered. */
  question: Unit,
  /** The share of all topics, by weight, at which the feature is one half. */
  answered: z.strictObject({ halfAt: z.number().gt(0).max(1), source: Text }),
  features: z.array(OutlookFeature).length(FEATURES.length - 1),
})
export type OutlookFile = z.infer<typeof OutlookFile>
