import { dayNumber, isPlainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'

/** A day of the calendar; undefined where there is none such. */
export function day(year: number, month: number, date: number): PlainDate | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isPlainDate(text) ? text : undefined
}

/** A month and date without a year: the nearest one, so that in November "2 December" is still to come. */
export function nearest(on: PlainDate, month: number, date: number): PlainDate | undefined {
  const year = Number(on.slice(0, 4))
  const away = (found: PlainDate): number => Math.abs(dayNumber(found) - dayNumber(on))
  return [year, year - 1, year + 1]
    .flatMap((one) => day(one, month, date) ?? [])
    .reduce<PlainDate | undefined>(
      (best, next) => (best !== undefined && away(best) <= away(next) ? best : next),
      undefined,
    )
}

/** 15/03/2026, 26.1.26; which is the month is seen by what is possible, else by what lies nearest before the day it was written. */
export const NUMERIC_YEAR = /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?![\d/-]|\.\d)/g
/**
 * 28/5 and 3/12: at the head of a line or sentence, behind or before words that go with a day, or where only one number can be a month. 24/7, 1/3 and
 * 50/50 are none.
 */
export const NUMERIC =
  /(?<=\b(?:call|meeting|tour|visit|review|session|demo|lunch|dinner|workshop|chat|debrief|catch-?up|mail|e-?mail) )(?!24\/7)\d{1,2}\/\d{1,2}(?![\d/%])|(?<![\d/])(?!24\/7)\d{1,2}\/\d{1,2}(?= (?:w\/|with |call|meeting|visit|session|demo|review|workshop))|(?:(?<=^|\n|[.;!?] |[-*•] |\()|(?<=\b(?:on|the|of|since|dated|dtd|from|mon|tues?|wed|thurs?|fri|sat|sun),? ))(?!24\/7)\d{1,2}\/\d{1,2}(?![\d/%]| ?(?:of|weight|split)\b)(?=[ ,.;:)]|$)|(?<=[a-z] )(?!24\/7)(?:1[3-9]|2\d|3[01])\/(?:1[0-2]|[1-9])(?![\d/%])|(?<=[a-z] )(?:1[0-2]|[1-9])\/(?:1[3-9]|2\d|3[01])(?![\d/%])/g

/** The day that two numbers and perhaps a year say, seen from the day they were written. */
export function numeric(on: PlainDate, a: number, b: number, year: string | undefined): PlainDate | undefined {
  const full = year === undefined ? undefined : Number(year.length === 2 ? `20${year}` : year)
  if (full !== undefined && Math.abs(full - Number(on.slice(0, 4))) > 5) return undefined
  const read = (month: number, date: number): PlainDate | undefined =>
    full === undefined ? nearest(on, month, date) : day(full, month, date)
  const both = [read(a, b), read(b, a)].flatMap((one) => one ?? [])
  const past = both.filter((one) => one <= on).toSorted()
  return past.at(-1) ?? both.toSorted()[0]
}
