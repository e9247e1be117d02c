import { z } from 'zod'
import { Day } from '../core/shapes.ts'
import { Text } from '../methodology/words.ts'

const Said = z.strictObject({ on: Day, words: z.string().nullable(), from: z.string().nullable() })

/** What follows the end of a deal, from the facts alone. People are named by their keys in the deal. */
export const After = z.strictObject({
  status: z.enum(['won', 'lost', 'no-decision']),
  /** The day it ended. */
  since: Day,
  /** Visits back whose time has come or passed, and the next; only of a won deal. */
  visits: z.array(
    z.strictObject({
      days: z.number().int(),
      name: Text,
      show: Text,
      due: Day,
      state: z.enum(['done', 'due', 'missed', 'ahead']),
      on: Day.nullable(),
      with: z.array(z.string()),
    }),
  ),
  /** Every promise of the deal as it stands: kept and late ones of ours are what is reported, open ones what is owed. */
  promises: z.array(
    z.strictObject({
      what: z.string(),
      by: z.enum(['us', 'them']),
      to: z.string().nullable(),
      made: Day,
      due: Day.nullable(),
      state: z.enum(['open', 'kept', 'late', 'broken']),
      overdue: z.boolean(),
    }),
  ),
  /** The value that was promised in numbers before the end, the newest first. */
  promised: z.array(z.strictObject({ on: Day, number: z.string(), confirmedBy: z.string().nullable() })),
  /** What the customer said of the result; null: nothing is known that could say it. */
  reached: z.array(Said).nullable(),
  /** The customer agreed to be shown; null: nothing is known that could say it. */
  reference: z.array(Said).nullable(),
  /** Steps of delivery that are told and not reached. */
  delivery: z.array(
    z.strictObject({ step: z.string(), name: Text, on: Day, late: z.boolean(), owner: z.string().nullable() }),
  ),
  /** Who stays with us, the warmest first; of a deal that was not won. */
  stays: z.array(
    z.strictObject({ person: z.string(), trust: z.number(), stance: z.number().nullable(), last: Day.nullable() }),
  ),
  /** When to come back; null for a won deal. */
  comeBack: z.strictObject({ on: Day, due: z.boolean(), why: Text }).nullable(),
})
export type After = z.infer<typeof After>
