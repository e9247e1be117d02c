import { z } from 'zod'
import { LEVELS, PersonLevel } from './plays.ts'
import { Days, Id, Text, Unit } from './words.ts'

const Weights = z.strictObject({
  need: z.number().min(0),
  cost: z.number().min(0),
  solution: z.number().min(0),
  risk: z.number().min(0),
})
export const Role = z.strictObject({
  id: Id,
  name: Text,
  level: z.enum(['executive', 'working']),
  /** Has power over the decision. */
  decides: z.boolean(),
  /** How the role moves attention between concerns; absent weighs 1 on each. */
  weights: Weights.optional(),
})
export type Role = z.infer<typeof Role>
export const PeopleFile = z.strictObject({
  roles: z.array(Role).min(1),
  /** Where a signal can come from besides a person with a role. */
  sources: z.array(z.strictObject({ id: Id, name: Text })),
  rungs: z.array(z.strictObject({ id: Id, name: Text, trust: Unit })).length(6),
  /** Roles that have the last word alone. */
  lastWord: z.array(Id).min(1),
  halfLifeDays: Days,
  /** Trust never falls below this rung's value once it was reached. */
  floorRung: Id,
  vacuum: z.strictObject({ topBelow: Unit, workingAbove: Unit }),
  /** Minimum days between two plays with one executive. */
  spacingDays: Days,
  /** How many executives of 100 always, usually, occasionally, never see a seller who comes this way. */
  paths: z.array(
    z.strictObject({
      id: Id,
      name: Text,
      answers: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
      source: Text,
      /** Days from asking to sitting there (fast, normal), and how often one gets there, by how high the person stands. */
      access: z
        .array(
          z.strictObject({
            level: PersonLevel,
            days: z.tuple([Days, Days]),
            probability: Unit,
            /** A study, or that it is an estimate. */
            source: Text,
          }),
        )
        .length(LEVELS.length),
    }),
  ),
  stances: z.array(z.strictObject({ value: z.number().int().min(-2).max(2), name: Text })).length(5),
  holds: z.array(z.strictObject({ id: z.enum(['none', 'asked', 'given', 'broken']), name: Text })).length(4),
})
export type PeopleFile = z.infer<typeof PeopleFile>
