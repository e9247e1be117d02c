import { z } from 'zod'
import { CONCERNS, ConcernId } from './phases.ts'
import { Id, Text } from './words.ts'

const Invariant = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('highest'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({ kind: z.literal('second'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({
    kind: z.literal('cross'),
    a: ConcernId,
    b: ConcernId,
    at: z.number(),
    within: z.number(),
    says: Text,
  }),
  z.strictObject({
    kind: z.literal('above'),
    a: ConcernId,
    b: ConcernId,
    from: z.number(),
    to: z.number(),
    says: Text,
  }),
  z.strictObject({ kind: z.literal('peak'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({ kind: z.literal('trough'), concern: ConcernId, from: z.number(), to: z.number(), says: Text }),
  z.strictObject({
    kind: z.literal('steady'),
    concern: ConcernId,
    from: z.number(),
    to: z.number(),
    drop: z.number(),
    says: Text,
  }),
])
export type Invariant = z.infer<typeof Invariant>

const Change = z.strictObject({
  concern: ConcernId,
  mul: z.number().positive().optional(),
  add: z.number().optional(),
  /** Moves the argument of the curve first: −0.08 brings the worry forward by 0.08 of the process. */
  shiftU: z.number().optional(),
  /** Applies only beyond this `u`. */
  fromU: z.number().optional(),
})
const Trait = z.strictObject({ id: Id, name: Text, apply: z.array(Change).min(1) })
export type Trait = z.infer<typeof Trait>

export const ConcernsFile = z.strictObject({
  concerns: z.array(z.strictObject({ id: ConcernId, name: Text, question: Text })).length(CONCERNS.length),
  /** Curve values 0..100 at the knots; between them monotone cubic (Fritsch–Carlson). */
  knots: z
    .array(
      z.strictObject({ u: z.number(), need: z.number(), cost: z.number(), solution: z.number(), risk: z.number() }),
    )
    .min(2),
  invariants: z.array(Invariant),
  /** Demand modifiers of a deal, in the order in which they apply. */
  traits: z.array(Trait),
})
export type ConcernsFile = z.infer<typeof ConcernsFile>
