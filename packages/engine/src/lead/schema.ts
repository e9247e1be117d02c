import { z } from 'zod'
import { Day, perConcern } from '../core/shapes.ts'
import { ConcernId, Text } from '../methodology/schema.ts'

/**
 * `days`: until expected demand first exceeds today's readiness by more than 0.10; negative: since it did.
 * `covered`: it does not before the decision. `low`/`high`: the same for the 90 % and the 10 % demand (pessimist, optimist).
 */
export const ConcernLead = z.strictObject({
  state: z.enum(['ahead', 'behind', 'covered']),
  days: z.number().int().nullable(),
  crossing: Day.nullable(),
  low: z.number().int().nullable(),
  high: z.number().int().nullable(),
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
  crossing: Day,
  leadDays: z.number(),
  startBy: Day,
  /** `normal`: start by that day. `fast`: only the fast way is left. `too-late`: cannot be ready, raise it yourself first. */
  verdict: z.enum(['normal', 'fast', 'too-late']),
  /** Chosen in the deal file, or suggested by the engine. */
  chosen: z.boolean(),
})
export type StartBy = z.infer<typeof StartBy>
export const Lead = z.strictObject({
  state: z.enum(['ahead', 'behind', 'covered', 'closed']),
  days: z.number().int().nullable(),
  low: z.number().int().nullable(),
  high: z.number().int().nullable(),
  /** The concern that decides the headline. */
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
