import { z } from 'zod'
import { ConcernId, PhaseId } from './phases.ts'
import { PersonLevel } from './plays.ts'
import { Id, Text, Unit } from './words.ts'

const Proof = z.strictObject({
  id: Id,
  name: Text,
  /** Whom it can be put before: nobody hands a chairman a questionnaire. */
  for: z.array(PersonLevel).min(1),
  /** Calendar days on our side (on theirs for owner `buyer`): fast, normal. */
  leadDays: z.tuple([z.number().min(0), z.number().min(0)]),
  owner: Id,
  strength: z.enum(['strong', 'medium', 'weak']),
  /** Where the days come from. */
  leadSource: Text,
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
