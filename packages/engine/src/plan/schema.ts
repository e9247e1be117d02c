import { z } from 'zod'
import { Day } from '../core/shapes.ts'
import { ConcernId, Text } from '../methodology/schema.ts'

export const PlannedPlay = z.strictObject({
  play: z.string(),
  name: Text,
  objective: Text,
  /** Rules whose findings recommend it. */
  because: z.array(z.string()),
  with: z.array(z.string()),
  concern: ConcernId.nullable(),
  /** Last day to start so that it is done before what it serves; null: no date hangs on it. */
  startBy: Day.nullable(),
  /** What that date is: the crossing of a concern, the next phase, the decision. */
  before: z.strictObject({ what: z.enum(['crossing', 'phase', 'decision', 'now']), on: Day }).nullable(),
  leadDays: z.number(),
  late: z.boolean(),
  /** Preconditions that do not hold (false) or are not known (null), to be met first. */
  first: z.array(z.strictObject({ fact: z.string(), name: Text, holds: z.boolean().nullable() })),
})
export type PlannedPlay = z.infer<typeof PlannedPlay>
