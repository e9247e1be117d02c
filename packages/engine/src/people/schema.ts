import { z } from 'zod'
import { Day, P } from '../core/shapes.ts'
import { ConcernId } from '../methodology/schema.ts'

export const Hold = z.enum(['none', 'asked', 'given', 'broken'])
export const PersonView = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  roles: z.array(z.string()),
  executive: z.boolean(),
  decides: z.boolean(),
  numberOne: z.boolean(),
  reportsTo: z.string().nullable(),
  influence: z.number(),
  stance: z.number().nullable(),
  rung: z.string(),
  /** How the rung was climbed, oldest first. */
  climbs: z.array(z.strictObject({ on: Day, to: z.string(), by: z.string() })),
  trust: P,
  lastTouch: Day.nullable(),
  lastSubstantive: Day.nullable(),
  hold: z.strictObject({ state: Hold, on: Day.nullable(), fragile: z.boolean() }).nullable(),
  /** What this person cares about most today. */
  topConcern: ConcernId,
})
export type PersonView = z.infer<typeof PersonView>
export const Cover = z.strictObject({ value: P, n: z.number().int() }).nullable()
export const People = z.strictObject({
  people: z.array(PersonView),
  cover: z.strictObject({ executives: Cover, working: Cover, numberOne: Cover }),
  /** Null: not known. */
  vacuum: z.boolean().nullable(),
  rivals: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      incumbent: z.boolean().nullable(),
      executives: Cover,
      numberOne: Cover,
      contacts: z.array(z.strictObject({ person: z.string(), on: Day })),
    }),
  ),
})
export type People = z.infer<typeof People>
