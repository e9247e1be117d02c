import { z } from 'zod'
import { Id } from './words.ts'

// The language of rules and preconditions.

export const OPERATORS = ['==', '!=', '<', '<=', '>', '>=', 'in', 'contains', 'lacks'] as const
const Scalar = z.union([z.string(), z.number(), z.boolean()])
export const Comparison = z.strictObject({
  fact: Id,
  op: z.enum(OPERATORS),
  value: z.union([Scalar, z.array(Scalar), z.strictObject({ fact: Id })]),
})
export type Comparison = z.infer<typeof Comparison>
/** A tree of comparisons under Kleene's three-valued `all` and `any`. */
export type Condition = Comparison | { all: Condition[] } | { any: Condition[] }
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Comparison,
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
  ]),
)
