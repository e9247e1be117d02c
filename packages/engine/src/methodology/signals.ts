import { z } from 'zod'
import { ConcernId, PHASES } from './phases.ts'
import { Days, Id, Text } from './words.ts'

const Level = z.enum(['high', 'med', 'low', 'none'])

/** Where a rival can be seen to stand, from knowing of it to having won. `failed` speaks against the rival. */
export const RIVAL_POSITIONS = [
  'present',
  'entrenched',
  'reference_shown',
  'favoured',
  'met_decider',
  'shortlisted',
  'ranked_first',
  'preferred',
  'promised',
  'awarded',
  'failed',
] as const
export const RivalPosition = z.enum(RIVAL_POSITIONS)
export type RivalPosition = z.infer<typeof RivalPosition>

/** Whose promise a signal speaks of, and what became of it. */
export const PROMISES = ['theirs_made', 'theirs_kept', 'ours_kept', 'ours_broken'] as const
export type Promised = (typeof PROMISES)[number]

export const SUBJECTS = ['person', 'rival', 'us'] as const
export type SubjectKind = (typeof SUBJECTS)[number]

const StanceValue = z.number().int().min(-2).max(2)

export const Signal = z.strictObject({
  id: Id,
  name: Text,
  /** It said two things in one: these signals have taken its place. Files that use it are still read. */
  replacedBy: z.array(Id).min(1).optional(),
  examples: z.strictObject({ en: z.array(z.string().min(1)).min(1), zh: z.array(z.string().min(1)).min(1) }),
  /** Phase (and `stalled`) weights; a phase not named has level `none`. */
  phases: z.partialRecord(z.enum([...PHASES, 'stalled']), Level),
  /** The concern it shows, or null for a purely procedural one. */
  concern: ConcernId.nullable(),
  /** Roles or places it usually comes from. */
  from: z.array(Id),
  kind: Id,
  polarity: z.enum(['positive', 'neutral', 'negative']),
  /** Whom it can be about; the first is meant where the evidence does not say. Absent: the customer's process. */
  about: z.array(z.enum(SUBJECTS)).min(1).optional(),
  /** Topics of `topics.json` that the customer asks about by it: asked in their own words, so an answer is due. */
  asks: z.array(Id).min(1).optional(),
  /** Topics it lets one expect, though nobody has asked. */
  hints: z.array(Id).min(1).optional(),
  /** What it says of the stance of the person it is about: at least, at most. */
  stance: z.strictObject({ least: StanceValue.optional(), most: StanceValue.optional() }).optional(),
  /** What became of the hold of the person it is about. */
  hold: z.enum(['given', 'broken']).optional(),
  /** The role that the person it comes from thereby shows. */
  shows: Id.optional(),
  /** Where the rival it is about stands. With `us` among `about`, only when it is about a rival. */
  rival: RivalPosition.optional(),
  /** An event of `events`. With `us` among `about`, only when it is about us. */
  event: Id.optional(),
  /** A milestone of `phases.json` that it shows to be reached. */
  milestone: z.string().optional(),
  promise: z.enum(PROMISES).optional(),
  /** It is the absence of an act of the customer, not an act. */
  silence: z.literal(true).optional(),
  /** Further marks, by which facts of `facts.json` count. */
  tags: z.array(Id).min(1).optional(),
  /** The highest rung that hearing it from a person can bring that person to. */
  rung: Id.optional(),
  /** It takes the person it comes from one rung down. */
  lowersRung: z.literal(true).optional(),
  /** Topics that hearing it answers, at least to this status, for the person it comes from. */
  answers: z.array(z.strictObject({ topic: Id, status: z.enum(['prepared', 'presented', 'accepted']) })).optional(),
  patterns: z.strictObject({ en: z.string(), zh: z.string() }),
})
export type Signal = z.infer<typeof Signal>

/** Something that happened at the customer and changes what is right to do. `days`: how long it counts as news. */
export const SignalEvent = z.strictObject({ id: Id, name: Text, days: Days })
export type SignalEvent = z.infer<typeof SignalEvent>
export const SignalsFile = z.strictObject({ signals: z.array(Signal).min(1), events: z.array(SignalEvent) })

/** Signals that a fact counts: all that are given must fit. */
export const SignalCount = z.strictObject({
  tag: Id.optional(),
  event: Id.optional(),
  rival: z.array(RivalPosition).min(1).optional(),
  promise: z.enum(PROMISES).optional(),
  days: Days.optional(),
})
export type SignalCount = z.infer<typeof SignalCount>
