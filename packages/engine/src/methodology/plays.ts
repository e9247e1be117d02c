import { z } from 'zod'
import { AFTER_DEEDS } from './account.ts'
import { Comparison } from './conditions.ts'
import { ConcernId, PhaseId } from './phases.ts'
import { Days, Id, Text, Unit } from './words.ts'

/** What a play does that facts and relations ask for by name. */
export const PLAY_DEEDS = [
  'value_update',
  'trust_regained',
  'executive_close',
  'base_arranged',
  'leave',
  ...AFTER_DEEDS,
] as const
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
  /** Whom it fits; empty: nobody at the customer. */
  levels: z.array(PersonLevel),
  /** The rung on which somebody must stand for it: rungs may be quick, never skipped. */
  from: Id,
  /** The same for some levels, where it differs. */
  fromFor: z.partialRecord(PersonLevel, Id).optional(),
  /** Up to so many people at once. */
  group: z.number().int().min(2).max(8).optional(),
  /** Who comes along: a deputy who is for us, or whoever inside takes us there. */
  beside: z.enum(['deputy', 'guide']).optional(),
  /** We can also do it by ourselves, with nobody at the customer: homework, a decision of our own. */
  alone: z
    .strictObject({
      /** What it is for: to find out, or to settle how far we go. */
      settles: z.enum(['facts', 'limits']),
      name: Text,
      objective: Text,
      bring: Text,
      ask: Text,
      leadDays: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]),
      hours: z.number().min(0),
    })
    .optional(),
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
