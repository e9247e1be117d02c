/**
 * Calendar dates. A day is `YYYY-MM-DD` in the proleptic Gregorian calendar, never an instant: no time zone can move it.
 * Inside the engine a day is also a `DayNumber`, the count of days since 1970-01-01, so that differences are whole numbers.
 */
export type PlainDate = string & { readonly __plainDate: unique symbol }
export type DayNumber = number

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** True for an existing calendar day between 1900 and 2199; `2025-02-30` is not one. */
export function isPlainDate(text: string): text is PlainDate {
  const match = SHAPE.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The date that `text` writes; throws a RangeError when it is none, so call it only on checked text. */
export function plainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new RangeError(`not a calendar date: "${text}"`)
  return text
}

/** Days since 1970-01-01. Source: the civil-from-days arithmetic of era, year of era, day of era. */
export function dayNumber(date: PlainDate): DayNumber {
  // Digit by digit: a portfolio reads millions of dates, and slicing strings was a tenth of its time.
  const digit = (i: number): number => date.charCodeAt(i) - 48
  const y0 = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
  const m = digit(5) * 10 + digit(6)
  const d = digit(8) * 10 + digit(9)
  const y = m <= 2 ? y0 - 1 : y0
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

/** The inverse of `dayNumber`. */
export function dateOf(day: DayNumber): PlainDate {
  const z = day + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const d = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1
  const m = mp < 10 ? mp + 3 : mp - 9
  const y = yearOfEra + era * 400 + (m <= 2 ? 1 : 0)
  return `${TWO[Math.floor(y / 100)]}${TWO[y % 100]}-${TWO[m]}-${TWO[d]}` as PlainDate
}

const TWO = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

/** `to − from` in days; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** The date `days` later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOf(dayNumber(date) + days)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day in the words of both languages. */
export function saidDay(on: string): { en: string; zh: string } {
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  return { en: `${day} ${MONTHS[month - 1]} ${year}`, zh: `${year}年${month}月${day}日` }
}
