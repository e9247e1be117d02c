import { z } from 'zod'
import { Day, P } from '../core/shapes.ts'
import { PhaseId, Text } from '../methodology/schema.ts'

/** A share with what 80 % of the variations of what is assumed say. */
const Spread = z.strictObject({ value: z.number(), low: z.number(), high: z.number() })

export const GameCell = z.strictObject({
  strategy: z.string(),
  policy: z.string(),
  won: P,
  lost: P,
  noDecision: P,
  /** Share won less what the hours would have won elsewhere; leaving is 0. */
  worth: z.number(),
  /** Worth that the best strategy against this policy has more. */
  regret: z.number().min(0),
})

export const GameStrategy = z.strictObject({
  id: z.string(),
  name: Text,
  says: Text,
  /** False: it has no step in this deal (nobody to see, no plan written). */
  playable: z.boolean(),
  steps: z.array(
    z.strictObject({
      play: z.string(),
      name: Text,
      with: z.array(z.string()),
      /** Its day, or so many days after a phase begins. */
      on: Day.nullable(),
      phase: PhaseId.nullable(),
      after: z.number().nullable(),
    }),
  ),
  /** Over the mix of policies. */
  won: Spread,
  lost: P,
  noDecision: P,
  hours: z.number(),
  worth: Spread,
  /** The most it can lose against one policy to the strategy that is best there. */
  regret: z.number().min(0),
  /** Worth that the recommended one has more, and the share of the variations in which it has; null: the recommended one itself. */
  behind: z.strictObject({ worth: z.number(), held: P }).nullable(),
  /** The difference to the recommended one is within the noise of what is assumed: it is as good. */
  level: z.boolean(),
})

/** A fact nobody has told, and what hangs on it. */
export const GameTurn = z.strictObject({
  fact: z.string(),
  name: Text,
  /** As the game has it. */
  probability: P,
  /** Probability at which another strategy is as good, and which; null: whatever it is, the recommended one stays best. */
  turnsAt: P.nullable(),
  instead: z.string().nullable(),
  /** What knowing it would add to the worth. */
  worthKnowing: z.number().min(0),
  says: Text,
})

export const WarGame = z.strictObject({
  state: z.enum(['played', 'closed', 'unknown-position']),
  /** Why it could not be played, and what to do; null where it was. */
  why: Text.nullable(),
  asOf: Day,
  seed: z.number().int(),
  paths: z.number().int(),
  rival: z.strictObject({ id: z.string().nullable(), name: z.string().nullable() }),
  /** P(won) of the engine for the deal as it stands today. */
  today: P.nullable(),
  policies: z.array(z.strictObject({ id: z.string(), name: Text, says: Text, share: P })),
  strategies: z.array(GameStrategy),
  cells: z.array(GameCell),
  recommended: z
    .strictObject({
      strategy: z.string(),
      /** As good, as far as one can say. */
      level: z.array(z.string()),
      /** The one whose worst regret is smallest. */
      leastRegret: z.string(),
      says: Text,
    })
    .nullable(),
  turns: z.array(GameTurn),
  /** The best strategy by the probabilities of the two facts that can turn it; row: the second one from 0 to 1. */
  map: z.strictObject({ x: z.string(), y: z.string(), best: z.array(z.array(z.string())) }).nullable(),
  question: z.strictObject({ fact: z.string(), to: z.string().nullable(), text: Text, worth: z.number() }).nullable(),
  /** What a visit of the rival to the number one takes from the recommended strategy, by the day of the visit. */
  visit: z
    .strictObject({
      days: z.array(z.strictObject({ on: Day, loss: z.number(), ifNothing: z.number() })),
      /** The day on which it would hurt most; null: no day stands out of the noise. */
      worst: Day.nullable(),
      says: Text,
    })
    .nullable(),
  /** If the rival walks in tomorrow. */
  tomorrow: z.strictObject({ policy: z.string(), recommended: z.string(), loss: z.number(), says: Text }).nullable(),
  decisions: z
    .strictObject({
      p10: Day,
      p25: Day,
      p50: Day,
      p75: Day,
      p90: Day,
      /** Share of the decisions in each stretch of 30 days; the last holds what comes later. */
      months: z.array(z.strictObject({ from: Day, share: P })),
    })
    .nullable(),
  notes: z.array(Text),
})
export type WarGame = z.infer<typeof WarGame>
