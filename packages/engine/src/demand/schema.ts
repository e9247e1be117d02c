import { z } from 'zod'
import { Band, Day, P, perConcern } from '../core/shapes.ts'
import { Text } from '../methodology/schema.ts'

export const Demand = z.strictObject({
  now: perConcern(Band),
  people: z.array(z.strictObject({ person: z.string(), now: perConcern(P) })),
  /** Modifiers in force, and whether the file names them or they follow from what it says of us. */
  traits: z.array(z.strictObject({ id: z.string(), name: Text, implied: z.boolean() })),
  /** Past (filtered, what was known then) and future (given undecided) on the same days as the picture draws. */
  curve: z.strictObject({
    days: z.array(Day),
    concerns: perConcern(z.strictObject({ value: z.array(P), low: z.array(P), high: z.array(P) })),
  }),
})
export type Demand = z.infer<typeof Demand>
