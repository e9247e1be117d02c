import { z } from 'zod'
import { Day, P, perConcern } from '../core/shapes.ts'
import { ConcernId, Text } from '../methodology/schema.ts'

/** `quiet`, of a concern: open questions that nobody asks any more, its phase being over. */
const RoomState = z.enum(['unknown', 'covered', 'ahead', 'behind', 'quiet'])
/** Days of room, kept between −60 and +45; null when unknown, covered or quiet. */
const roomShape = {
  state: RoomState,
  days: z.number().int().nullable(),
  /** Read at 10 and at 90 % of the days on which things are due: the careful and the hopeful reading. */
  low: z.number().int().nullable(),
  high: z.number().int().nullable(),
}
const Steps = z.array(z.strictObject({ on: Day, share: P }))

/** Where one stands with a concern: the weighted mean of days between being due and being ready over its critical topics. */
export const ConcernLead = z.strictObject({
  ...roomShape,
  /** The day its most pressing open topic is due. */
  crossing: Day.nullable(),
  /** Something of it is due and cannot be ready in time. */
  red: z.boolean(),
  /**
   * Shares of its critical weight from each day on: asked (expected, careful, hopeful), ready, what the plan adds to it, due without
   * being ready though all comes as planned, and due and ready by the plan alone.
   */
  lines: z.strictObject({
    due: Steps,
    early: Steps,
    late: Steps,
    ready: Steps,
    planned: Steps,
    open: Steps,
    saved: Steps,
  }),
})
export type ConcernLead = z.infer<typeof ConcernLead>
export const StartBy = z.strictObject({
  concern: ConcernId,
  topic: z.string(),
  name: Text,
  proof: z.string(),
  proofName: Text,
  owner: z.string(),
  strength: z.enum(['strong', 'medium', 'weak']),
  for: z.array(z.string()),
  /** The day its topic is due. */
  crossing: Day,
  leadDays: z.number(),
  startBy: Day,
  /** `normal`: start by that day. `fast`: only the fast way is left. `too-late`: cannot be ready, raise it yourself first. */
  verdict: z.enum(['normal', 'fast', 'too-late']),
  /** Chosen in the deal file, or suggested by the engine. */
  chosen: z.boolean(),
})
export type StartBy = z.infer<typeof StartBy>
const ExecutiveRoom = z.strictObject({
  person: z.string(),
  name: z.string(),
  /** Null: whether we met, or until when it is in time, is not known. */
  days: z.number().int().nullable(),
  met: Day.nullable(),
  /** The last day on which a first meeting, or the next one, is still in time. */
  lastGoodDay: Day.nullable(),
  /**
   * What the day hangs on: their definition or a silence, an evaluation in which a rival has his ear or he went cold, the weighing of
   * risk, the last meeting growing old, a rival's visit.
   */
  window: z.enum(['register', 'bridge', 'regain', 'next', 'rival']).nullable(),
  /** The way in, an id of the methodology's paths, and the days it takes. */
  path: z.string(),
  wayDays: z.number().int(),
})
export const Lead = z.strictObject({
  state: z.enum(['unknown', 'ahead', 'behind', 'covered', 'closed']),
  /** The mean of the two rooms. */
  days: z.number().int().nullable(),
  low: z.number().int().nullable(),
  high: z.number().int().nullable(),
  /** Room of the topics: what the customer needs answered. */
  topics: z.strictObject({
    ...roomShape,
    /** Open topics that cannot be ready in time, the most pressing first. */
    red: z.array(z.string()),
    /** Topics of which the file has no entry and nobody asked: questions. */
    unknown: z.array(z.string()),
  }),
  /** Room of the executives: who decides, and whether we meet them in time. */
  executives: z.strictObject({
    state: RoomState,
    days: z.number().int().nullable(),
    who: z.string().nullable(),
    lastGoodDay: Day.nullable(),
    each: z.array(ExecutiveRoom),
  }),
  /** What to do first, and by when. */
  act: z
    .strictObject({
      kind: z.enum(['proof', 'executive']),
      topic: z.string().nullable(),
      proof: z.string().nullable(),
      person: z.string().nullable(),
      on: Day,
      words: Text,
    })
    .nullable(),
  /** The concern with the least room. */
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
