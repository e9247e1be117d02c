import { addDays, WEEKENDS } from '@sente/engine'
import type { CalendarData, Calendars, Deal, PlainDate } from '@sente/engine'
import Holidays from 'date-holidays'
import { CHINA } from './china.ts'

/** A plan looks no further ahead. */
const AHEAD_DAYS = 740
/** Where a deal does not say whose holidays count, its currency is a fair guess where one country uses it. */
const BY_CURRENCY: Readonly<Record<string, string>> = {
  CNY: 'CN',
  USD: 'US',
  GBP: 'GB',
  JPY: 'JP',
  CAD: 'CA',
  AUD: 'AU',
  CHF: 'CH',
  SEK: 'SE',
  NOK: 'NO',
  DKK: 'DK',
  PLN: 'PL',
  SGD: 'SG',
  HKD: 'HK',
  TWD: 'TW',
  KRW: 'KR',
  THB: 'TH',
  MYR: 'MY',
  IDR: 'ID',
  PHP: 'PH',
  VND: 'VN',
  INR: 'IN',
  BRL: 'BR',
  MXN: 'MX',
}

/** Holidays of both sides for a plan from a day on: as the deal says, else by its currency (said to be a guess). */
export function calendarsOf(deal: Deal, asOf: PlainDate): Calendars {
  const guess = deal.amount ? BY_CURRENCY[deal.amount.currency] : undefined
  const theirs = deal.account?.country ? calendarOf(deal.account.country, asOf) : guessed(guess, asOf)
  const ours = deal.us?.country ? calendarOf(deal.us.country, asOf) : theirs
  return { ours, theirs }
}

const guessed = (country: string | undefined, asOf: PlainDate): CalendarData => {
  const found = country === undefined ? WEEKENDS : calendarOf(country, asOf)
  return found.country === null ? found : { ...found, guessed: true }
}

/**
 * Mainland China by the announced table, unknown beyond it; elsewhere the public holidays of `date-holidays`, by their start
 * and end in local time (its `date` text can be off by hours). A country it does not know: weekends only.
 */
export function calendarOf(country: string, asOf: PlainDate): CalendarData {
  if (country === 'CN') return { country, off: CHINA.off, working: CHINA.working, knownUntil: CHINA.until }
  const library = new Holidays(country)
  if (!library.getCountries()?.[country]) return WEEKENDS
  const last = addDays(asOf, AHEAD_DAYS)
  const off = new Set<string>()
  for (let year = Number(asOf.slice(0, 4)); year <= Number(last.slice(0, 4)); year++) {
    for (const { type, start, end } of library.getHolidays(year)) {
      if (type !== 'public') continue
      for (let at = start.getTime() + NOON; at < end.getTime(); at += DAY) off.add(localDay(at, start))
    }
  }
  return { country, off: [...off].sort(), working: [], knownUntil: last }
}

const DAY = 86_400_000
const NOON = DAY / 2

/** The day of an instant in the zone in which the holiday starts at midnight. */
function localDay(at: number, start: Date): string {
  const sinceMidnight = ((start.getTime() % DAY) + DAY) % DAY
  const ahead = sinceMidnight <= NOON ? -sinceMidnight : DAY - sinceMidnight
  return new Date(at + ahead).toISOString().slice(0, 10)
}
