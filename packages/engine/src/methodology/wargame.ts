import { z } from 'zod'
import { ConcernId, PhaseId } from './phases.ts'
import { Days, Id, Text, Unit } from './words.ts'

/** Whom a move is for: the number one, the others who decide, the working level. */
const To = z.enum(['top', 'executive', 'working'])
const Span = z.tuple([z.number().min(0), z.number().min(0)])

/** What a move does besides its day: whom the rival meets, what is seen of it, and what of ours blunts it. */
const doing = {
  meets: To.optional(),
  /** Signals that are then true of the deal. They may ask no topic and move no person: the win number reads them. */
  signals: z.array(Id),
  /** It takes less the more the number one or the working level stands behind us, or the more of a concern is answered. */
  unless: z.union([z.enum(['top', 'working']), ConcernId]).optional(),
  chance: Unit,
}

const Move = z.strictObject({
  /** Days are counted from the day the customer enters this phase; absent: from today. */
  phase: PhaseId.optional(),
  /** Days after it, anywhere between. */
  after: Span,
  ...doing,
  /** Again after so many days, so many times in all. */
  every: Days.optional(),
  times: z.int().min(1).max(6).optional(),
})

/** Their answer to our first step with somebody of a level. */
const Answer = z.strictObject({ when: z.enum(['top', 'working']), after: Span, ...doing })

const Sign = z.strictObject({
  when: z.enum(['met_top', 'met_working', 'incumbent', 'leading', 'no_rival', 'signal']),
  signals: z.array(Id).min(1).optional(),
  /** On the share of the policy where this is so. */
  factor: z.number().positive(),
})

export const RivalPolicy = z.strictObject({
  id: Id,
  name: Text,
  says: Text,
  /** `top`: going to the number one is what it is about, a fact one can ask for; `tomorrow`: what if they walk in tomorrow. */
  plays: z.enum(['top', 'tomorrow']).optional(),
  /** How usual it is; 0: played, and no part of the mix. */
  prior: Unit,
  signs: z.array(Sign),
  moves: z.array(Move),
  answers: z.array(Answer),
})
export type RivalPolicy = z.infer<typeof RivalPolicy>

export const OurStrategy = z.strictObject({
  id: Id,
  name: Text,
  says: Text,
  /** `planner`: the plan in a style, then the steps below; `deal`: the open steps of the file; `steps`: those below; nothing; leaving. */
  from: z.enum(['planner', 'deal', 'steps', 'none', 'leave']),
  style: z.enum(['steady', 'swift']).optional(),
  /** We go to the number one when a rival has been there. */
  counters: z.boolean(),
  steps: z.array(
    z.strictObject({
      play: Id,
      to: To,
      phase: PhaseId,
      after: z.number().min(0),
      /** The most pressing unanswered topics of the concern are answered on paper with it. */
      papers: ConcernId.optional(),
      /** Past everybody: nobody inside takes us there. */
      alone: z.literal(true).optional(),
      every: Days.optional(),
      times: z.int().min(1).max(12).optional(),
    }),
  ),
})
export type OurStrategy = z.infer<typeof OurStrategy>

export const GAME_FACTS = ['rival_top', 'met_top', 'top_against', 'way_in', 'soon'] as const
export type GameFact = (typeof GAME_FACTS)[number]

/** The war game: what is assumed of rivals and of our steps. Days are calendar days. */
export const WargameFile = z.strictObject({
  note: Text,
  source: Text,
  /** The signal that a rival has been with the number one. */
  metTop: Id,
  /** How often somebody who is asked not to promise gives their word. */
  holdGiven: Unit,
  /** Hours that an open deal costs a week though nothing is done for it. */
  idleHoursPerWeek: z.number().min(0),
  /** Hours for offers, demonstrations and papers that taking part costs whatever the strategy. */
  bidHours: z.number().min(0),
  /** Hours that a deal of the base rate usually costs: what ours could win elsewhere. */
  usualHours: z.number().positive(),
  /** How much of the base rate is owed to those hours: the rest is won or lost without them. */
  effortShare: Unit,
  /** Days after a rival's visit to the top on which we are there. */
  counterDays: z.number().min(0),
  /** Standard deviation, in log-odds, of every assumed chance over the variations. */
  vary: z.number().min(0),
  /** A difference counts where at least this share of the variations has it. */
  held: z.number().min(0.5).max(1),
  /** A smaller difference of two shares is not told. */
  least: Unit,
  worlds: z.int().min(8).max(400),
  unknown: z.strictObject({
    /** P(a rival has been with the number one) where nobody wrote down whom rivals met. */
    rivalMetTop: Unit,
    /** P(the number one stands against us), and as often for us, where it is not known or was last said so many days ago. */
    topAgainst: z.number().min(0).max(0.5),
    staleDays: Days,
    source: Text,
  }),
  theirs: z.array(RivalPolicy).min(2),
  ours: z.array(OurStrategy).min(2),
  questions: z.record(z.enum(GAME_FACTS), z.strictObject({ name: Text, ask: Text })),
})
export type WargameFile = z.infer<typeof WargameFile>
