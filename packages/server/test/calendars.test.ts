import chineseDays from 'chinese-days'
import { addDays, plainDate } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { describe, expect, test } from 'vitest'
import { calendarOf, calendarsOf } from '../src/core/calendars/calendars.ts'
import { CHINA } from '../src/core/calendars/china.ts'

const asOf = plainDate('2026-06-01')

describe('working days', () => {
  test('of China agree with a second source on every day of the announced years, and end with them', () => {
    const off = new Set<string>(CHINA.off)
    const working = new Set<string>(CHINA.working)
    for (let day = CHINA.from as PlainDate; day <= CHINA.until; day = addDays(day, 1)) {
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
      expect([day, weekend ? working.has(day) : !off.has(day)]).toEqual([day, chineseDays.isWorkday(day)])
    }
    expect(calendarOf('CN', asOf).knownUntil).toBe('2026-12-31')
  })
  test('elsewhere holidays fall on the day on which they are kept, in whatever zone the machine stands', () => {
    expect(calendarOf('DE', asOf).off).toEqual(expect.arrayContaining(['2026-10-03', '2026-12-25', '2027-01-01']))
    expect(calendarOf('US', asOf).off).toEqual(expect.arrayContaining(['2026-07-03', '2026-11-26', '2026-12-25']))
    expect(calendarOf('NZ', asOf).off).toContain('2026-12-25')
  })
  test('of a country nobody knows are weekdays, and the calendar says that it knows nothing', () => {
    expect(calendarOf('XX', asOf)).toEqual({ country: null, off: [], working: [], knownUntil: null })
  })
  test('are those the deal names, else a guess by its currency that says so', () => {
    const deal = (more: object): Deal => ({ sente: 1, name: 'x', status: 'open', ...more }) as Deal
    const named = calendarsOf(deal({ account: { name: 'A', country: 'DE' }, us: { country: 'CN' } }), asOf)
    expect([named.theirs.country, named.theirs.guessed, named.ours.country]).toEqual(['DE', undefined, 'CN'])
    const guess = calendarsOf(deal({ amount: { value: '1', currency: 'CNY' } }), asOf)
    expect([guess.theirs.country, guess.theirs.guessed]).toEqual(['CN', true])
    expect(calendarsOf(deal({}), asOf).theirs.country).toBeNull()
  })
})
