import { z } from 'zod'
import { Days, Text } from './words.ts'

/** What a play does after the award; facts and needs ask for it by these names. */
export const AFTER_DEEDS = [
  'returned',
  'answered_at_top',
  'delivery_repaired',
  'use_raised',
  'acceptance_sought',
  'payment_asked',
  'value_reviewed',
  'reference_asked',
  'unit_opened',
] as const

/** A visit back: due so many days after the signature, waited for `openDays`, with what is shown then. */
const Visit = z.strictObject({ days: Days, openDays: Days, name: Text, show: Text })
/** When to come back to a customer who did not choose us: first after `days`, then again `everyDays`. */
const Again = z.strictObject({ days: Days, everyDays: Days, why: Text })

export const AFTER_NEEDS = [
  'return',
  'top',
  'rescue',
  'use',
  'acceptance',
  'payment',
  'value',
  'reference',
  'next',
] as const
export type AfterNeed = (typeof AFTER_NEEDS)[number]

const GRID_REASONS = ['won', 'open', 'lost', 'no-decision', 'rival', 'result', 'known', 'nobody'] as const
const GROWTH = ['introduce', 'visit', 'back', 'meet', 'again'] as const
/** The fields of an account plan; how much is filled is counted over them. */
export const PLAN_FIELDS = [
  'goal_ours',
  'goal_theirs',
  'pressures',
  'business',
  'calendar',
  'units',
  'offers',
  'deciders',
  'top',
  'met',
  'who',
  'stances',
  'rivals',
  'promises',
  'results',
  'sponsors',
  'team',
  'money',
  'industry',
  'growth',
] as const
export type PlanField = (typeof PLAN_FIELDS)[number]

const words = <K extends string>(keys: readonly K[]): Record<K, typeof Text> =>
  Object.fromEntries(keys.map((key) => [key, Text])) as Record<K, typeof Text>

/** From the single project to the account: what follows the end of a deal. */
export const AccountFile = z.strictObject({
  /** By their days; the windows may not overlap with what comes before the next. */
  returns: z.array(Visit).min(1),
  /** After the last of them, for as long as the customer is one. */
  thereafter: Visit.omit({ days: true }).extend({ everyDays: Days }),
  /** A visit counts for a return when it came at most so many days before it was due. */
  beforeDays: Days,
  /** By then the customer should have said in numbers what it brought. */
  valueByDays: Days,
  /** What the plan is made for after the award: which deed of a play serves it, its share of the term's points, how it is said. */
  needs: z
    .array(
      z.strictObject({
        id: z.enum(AFTER_NEEDS),
        deed: z.enum(AFTER_DEEDS),
        share: z.number().min(0).max(2),
        says: Text,
      }),
    )
    .length(AFTER_NEEDS.length),
  /** A person is seen again within so many days, by how high they stand. */
  cadenceDays: z.strictObject({ top: Days, executive: Days, working: Days }),
  /** What nobody has said again for so long is stale. */
  staleDays: Days,
  /** Days given to be introduced where a result opens the door. */
  introduceDays: Days,
  /** Why a cell of the grid stands as it does. */
  grid: z.strictObject(words(GRID_REASONS)),
  /** How a step of growth is said. */
  growth: z.strictObject(words(GROWTH)),
  /** What an account plan consists of, and the question where it is empty. */
  fields: z.array(z.strictObject({ id: z.enum(PLAN_FIELDS), name: Text, question: Text })).length(PLAN_FIELDS.length),
  comeBack: z.strictObject({
    lost: Again,
    noDecision: Again,
    /** A day of theirs that was told and lies ahead is better than any rule: so many days before it. */
    beforeTold: z.strictObject({ days: Days, why: Text }),
    /** Days for which coming back stays due. */
    openDays: Days,
  }),
})
export type AccountFile = z.infer<typeof AccountFile>
