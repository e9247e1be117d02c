import { z } from 'zod'
import { Day, P } from '../core/shapes.ts'
import { ConcernId, Text } from '../methodology/schema.ts'

export const PlannedPlay = z.strictObject({
  /** Its place in the plan, 1 first: the order in which a seller should act, over what is proposed and what stands in the deal. */
  order: z.number().int(),
  play: z.string(),
  name: Text,
  objective: Text,
  /** Rules whose findings recommend it. */
  because: z.array(z.string()),
  with: z.array(z.string()),
  concern: ConcernId.nullable(),
  /** Last day to start so that it is done before what it serves; null: no date hangs on it. */
  startBy: Day.nullable(),
  /** What that date is; `window`: from then on it is worth half. */
  before: z.strictObject({ what: z.enum(['crossing', 'phase', 'decision', 'now', 'window']), on: Day }).nullable(),
  leadDays: z.number(),
  late: z.boolean(),
  /** Preconditions that do not hold (false) or are not known (null), to be met first. */
  first: z.array(z.strictObject({ fact: z.string(), name: Text, holds: z.boolean().nullable() })),
  /** The planned day, who of ours goes, who takes us there, the ask and the reasons of the plan. */
  on: Day,
  ours: z.string().nullable(),
  through: z.string().nullable(),
  ask: Text,
  why: z.array(Text),
})
export type PlannedPlay = z.infer<typeof PlannedPlay>
const Bring = z.strictObject({
  what: Text,
  /** Proofs, each for one of those present, with the day by which it must be begun. */
  proofs: z.array(z.strictObject({ proof: z.string(), name: Text, topic: z.string(), for: z.string(), startBy: Day })),
})

export const Step = z.strictObject({
  play: z.string(),
  name: Text,
  /** People at the customer, the one it is for first; empty: our own work. */
  with: z.array(z.string()),
  /** Who takes us there, where we do not know each other yet; null: nobody is needed, or the way names nobody. */
  through: z.string().nullable(),
  /** The way in, an id of the method's paths; null: we know each other. */
  path: z.string().nullable(),
  /** Who of ours goes: an id of the team, or the sponsor as the file names him; null: nobody is named. */
  ours: z.string().nullable(),
  on: Day,
  earliest: Day,
  latest: Day,
  /** The day on which we must begin. */
  start: Day,
  bring: Bring,
  ask: Text,
  /** What it buys, why not earlier and why not later. */
  why: z.array(Text),
  /** Terms it serves, with the points, the most first. */
  because: z.array(z.strictObject({ term: z.string(), person: z.string().nullable(), points: z.number() })),
  /** What must be brought about before. */
  first: z.array(z.strictObject({ fact: z.string(), what: Text })),
  /** Plan B. */
  ifDeclined: z
    .strictObject({ play: z.string(), with: z.array(z.string()), path: z.string().nullable(), says: Text })
    .nullable(),
  /** What belongs to it: who is told the same day, which step comes before. */
  linked: z.array(z.strictObject({ with: z.array(z.string()), on: Day, says: Text })),
  /** The user's own, or locked: it is planned around, never moved. */
  locked: z.boolean(),
  /** Locked, and still a proposal: kept by the deal on its day, not taken up. */
  held: z.literal(true).optional(),
  /** Points the plan would lose without it. */
  worth: z.number(),
})
export type Step = z.infer<typeof Step>

export const Question = z.strictObject({
  to: z.string().nullable(),
  /** What it is about: a person, a topic, the decision. */
  about: z.string(),
  text: Text,
  /** What an answer would change. */
  changes: Text,
  /** Points by which an answer is expected to better the plan. */
  worth: z.number(),
})
export type Question = z.infer<typeof Question>

/**
 * A win number: a share 0..1 with its 80 % band. `source`: an estimate of the method, or fitted to the workspace's own closed deals; `deals`:
 * how many of these its base rate rests on.
 */
const Chance = z.strictObject({
  value: P,
  low: P,
  high: P,
  source: z.enum(['prior', 'fitted']),
  deals: z.number().int(),
})
/** As things stand, and the most the plan could make of it: every step come about as hoped. Null: nothing can be said. */
export const PlanWin = z.strictObject({ before: Chance.nullable(), after: Chance.nullable() })
export type PlanWin = z.infer<typeof PlanWin>

export const Plan = z.strictObject({
  asOf: Day,
  style: z.enum(['steady', 'swift']),
  /** In the order in which a seller should act. */
  steps: z.array(Step),
  questions: z.array(Question),
  /** What can no longer be done in time, why, and what to say first instead. */
  cannot: z.array(z.strictObject({ with: z.array(z.string()), what: Text, why: Text, instead: Text.nullable() })),
  /**
   * People of weight whom the plan does not see within four weeks, the weightiest first: why not, and the day on which it has them; null: no
   * step with them. Absent in plans made before it was told.
   */
  unseen: z
    .array(
      z.strictObject({
        person: z.string(),
        on: Day.nullable(),
        reason: z.enum(['setAside', 'later', 'leaving', 'noWayIn', 'constraint', 'nothingOpen', 'worthLess']),
        why: Text,
      }),
    )
    .optional(),
  /** The win number before and after; absent where the plan was made in haste, as for a trial. */
  win: PlanWin.optional(),
  /** Compared with the plan before. */
  changed: z.array(
    z.strictObject({
      kind: z.enum(['added', 'dropped', 'moved']),
      play: z.string(),
      with: z.array(z.string()),
      from: Day.nullable(),
      to: Day.nullable(),
      why: Text,
    }),
  ),
  /** What it rests on, so that the next plan knows whom new facts concern; absent in plans made before there was one. */
  basis: z
    .strictObject({
      leading: z.number(),
      decision: Day.nullable(),
      silence: Day.nullable(),
      people: z.array(z.strictObject({ id: z.string(), mark: z.string() })),
    })
    .optional(),
  /** What the plan does not know: holidays beyond the tables, a guessed country. */
  notes: z.array(Text),
  /** Points in all, by term. */
  value: z.number(),
  byTerm: z.array(z.strictObject({ term: z.string(), points: z.number(), of: z.number() })),
})
export type Plan = z.infer<typeof Plan>

/** It stands in the deal: taken up, and not only proposed or held. */
export const stands = ({ locked, held }: Pick<Step, 'locked' | 'held'>): boolean => locked && held !== true

/** What a step is called as long as its day may still move: its play, and for whom it is first. */
export const stepIdOf = ({ play, with: [first] }: Pick<Step, 'play' | 'with'>): string =>
  first === undefined ? play : `${play}~${first}`
