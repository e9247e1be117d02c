import { z } from 'zod'
import { Day, P, perConcern } from '../core/shapes.ts'
import { Text } from '../methodology/schema.ts'

export const ProofStatus = z.enum(['missing', 'preparing', 'prepared', 'presented', 'accepted'])
export const TopicReadiness = z.strictObject({
  topic: z.string(),
  name: Text,
  /** Weight in this deal, after its traits. */
  weight: z.number(),
  value: P,
  /** The people who ask it; empty: nobody on the map has such a role, the deal as a whole needs it. */
  people: z.array(z.strictObject({ person: z.string(), value: P, status: ProofStatus, proof: z.string().nullable() })),
  /** Best status over the deal and the proof that has it. */
  status: ProofStatus,
  proof: z.string().nullable(),
  expired: z.boolean(),
  /** Strong proof or two medium ones are ready (risk topics). */
  addressed: z.boolean(),
})
export type TopicReadiness = z.infer<typeof TopicReadiness>
export const Readiness = z.strictObject({
  now: perConcern(P),
  topics: perConcern(z.array(TopicReadiness)),
  /** Steps of the past and of what is planned (`readyOn`), for the picture: value from each day on. */
  steps: perConcern(z.array(z.strictObject({ on: Day, value: P, planned: z.boolean() }))),
})
export type Readiness = z.infer<typeof Readiness>
