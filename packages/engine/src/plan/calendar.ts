import { dateOf } from '../core/dates.ts'
import type { DayNumber } from '../core/dates.ts'

/**
 * Working days of a country as data, so that the engine stays pure: whoever calls builds it (the server from libraries and
 * checked tables). Saturdays and Sundays are off unless `working` names them.
 */
export interface CalendarData {
  /** ISO 3166 code, null: not known whose holidays count. */
  country: string | null
  /** The country is a guess. */
  guessed?: boolean
  /** Weekdays that are off: holidays. */
  off: readonly string[]
  /** Saturdays and Sundays that are worked (make-up days). */
  working: readonly string[]
  /** Last day of which holidays are known; null: none are known. */
  knownUntil: string | null
}

export interface Calendars {
  ours: CalendarData
  theirs: CalendarData
}

/** Nothing known but weekends. */
export const WEEKENDS: CalendarData = { country: null, off: [], working: [], knownUntil: null }
export const NO_HOLIDAYS: Calendars = { ours: WEEKENDS, theirs: WEEKENDS }

/** 0 = Monday … 6 = Sunday; 1970-01-01 was a Thursday. */
export const weekday = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7
/** The Monday-to-Sunday week of a day, a whole number. */
export const weekOf = (day: DayNumber): number => Math.floor((day + 3) / 7)

/** Whether a day is worked on both sides, as far as is known. */
export function workingDays({ ours, theirs }: Calendars): (day: DayNumber) => boolean {
  const sides = [ours, theirs].map(({ off, working }) => ({ off: new Set(off), working: new Set(working) }))
  const known = new Map<DayNumber, boolean>()
  return (day) => {
    let worked = known.get(day)
    if (worked === undefined) {
      const date = dateOf(day)
      const weekend = weekday(day) >= 5
      worked = sides.every(({ off, working }) => (weekend ? working.has(date) : !off.has(date)))
      known.set(day, worked)
    }
    return worked
  }
}
