import { addDays, plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { todayOf } from '../store/today.ts'
import { InvalidInput } from '../store/refusal.ts'
import type { Tx } from '../store/tenant.ts'

/** A purchasing process is over by then; every further year costs time and says nothing. */
const MOST_YEARS = 3

/** The day that is asked about; `undefined`: today. Throws `InvalidInput` when it is too far ahead. */
export async function dayAskedFor(tx: Tx, asOf: string | undefined): Promise<PlainDate | undefined> {
  if (asOf === undefined) return undefined
  // Most days need no question to the database.
  const near = addDays(plainDate(new Date().toISOString().slice(0, 10)), (MOST_YEARS - 1) * 365)
  if (asOf <= near && tx.today === undefined) return plainDate(asOf)
  const last = addDays(await todayOf(tx), MOST_YEARS * 366)
  if (asOf <= last) return plainDate(asOf)
  throw new InvalidInput([
    {
      field: 'query.asOf',
      what: {
        en: `Too far ahead: at most ${MOST_YEARS} years, until ${last}.`,
        zh: `日期太远：最多往后 ${MOST_YEARS} 年，即 ${last} 之前。`,
      },
    },
  ])
}
