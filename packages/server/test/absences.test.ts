import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { absencesIn } from '../src/exchange/calendar/absences.ts'

const today = plainDate('2026-03-01')
const read = (...events: string[]) =>
  absencesIn(
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//EN\r\n${events
      .map(
        (event, i) =>
          `BEGIN:VEVENT\r\nUID:${i}\r\nDTSTAMP:20260101T000000Z\r\n${event.trim().replaceAll(/\n\s*/g, '\r\n')}\r\nEND:VEVENT\r\n`,
      )
      .join('')}END:VCALENDAR\r\n`,
    { zone: 'Asia/Shanghai', today },
  )
const days = ({ found }: ReturnType<typeof read>) => found.map(({ from, to, sure }) => [from, to, sure])

describe('days away in a calendar file', () => {
  test('what Outlook marks as out of office is one, and its last day is the day before the end', () => {
    const all = read(`DTSTART;VALUE=DATE:20260310
      DTEND;VALUE=DATE:20260314
      X-MICROSOFT-CDO-BUSYSTATUS:OOF
      SUMMARY;LANGUAGE=zh-CN:三亚`)
    expect(all).toEqual({
      found: [{ from: '2026-03-10', to: '2026-03-13', why: '三亚', sure: true, doubts: [] }],
      leftOut: 0,
      doubts: [],
    })
  })
  test.each(['Out of office', '年假', 'Annual leave', '陪产假休假', 'PTO'])('%s in the title says so too', (title) => {
    expect(days(read(`DTSTART;VALUE=DATE:20260310\nSUMMARY:${title}`))).toEqual([['2026-03-10', '2026-03-10', true]])
  })
  test('meetings, birthdays, what is over and what was cancelled are no absences', () => {
    const all = read(
      'DTSTART:20260310T010000Z\nDTEND:20260310T020000Z\nSUMMARY:Weekly',
      'DTSTART;VALUE=DATE:20260310\nTRANSP:TRANSPARENT\nSUMMARY:Birthday of Lin',
      'DTSTART;VALUE=DATE:20260210\nSUMMARY:Vacation',
      'DTSTART;VALUE=DATE:20260310\nSTATUS:CANCELLED\nSUMMARY:Vacation',
    )
    expect([all.found, all.leftOut]).toEqual([[], 4])
  })
  test('a day that is only busy, a business trip and a tentative holiday are in doubt, and say why', () => {
    const all = read(
      'DTSTART;VALUE=DATE:20260310\nSUMMARY:Blocked',
      'DTSTART;VALUE=DATE:20260311\nSUMMARY:出差 广州',
      'DTSTART;VALUE=DATE:20260312\nSTATUS:TENTATIVE\nSUMMARY:Vacation',
    )
    expect(all.found.map(({ sure, doubts }) => [sure, doubts.length])).toEqual([
      [false, 1],
      [false, 1],
      [false, 1],
    ])
    expect(all.found.map(({ doubts }) => doubts[0]!.en)).toEqual([
      expect.stringContaining('nothing says that it is an absence'),
      expect.stringContaining('on business'),
      expect.stringContaining('tentative'),
    ])
  })
  test('hours are taken as the days they touch where the person is, and are in doubt', () => {
    const all = read(
      'DTSTART:20260310T170000Z\nDTEND:20260312T090000Z\nSUMMARY:OOO',
      'DTSTART;TZID=China Standard Time:20260320T130000\nDTEND;TZID=China Standard Time:20260320T150000\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\nSUMMARY:Dentist',
    )
    expect(days(all)).toEqual([
      ['2026-03-11', '2026-03-12', false],
      ['2026-03-20', '2026-03-20', false],
    ])
    expect(all.found.map(({ doubts }) => doubts[0]!.en)).toEqual([
      expect.stringContaining('whole days'),
      expect.stringContaining('part of the day'),
    ])
  })
  test('a time without a zone, or in one that nobody knows, keeps its day and says so', () => {
    const all = read(
      'DTSTART:20260310T090000\nDTEND:20260310T180000\nSUMMARY:OOO',
      'DTSTART;TZID=Mars/Base:20260311T090000\nDTEND;TZID=Mars/Base:20260311T180000\nSUMMARY:OOO',
    )
    expect(all.found.map(({ from }) => from)).toEqual(['2026-03-10', '2026-03-11'])
    expect(all.found.map(({ doubts }) => doubts.at(-1)!.en)).toEqual([
      expect.stringContaining('no time zone'),
      expect.stringContaining('Mars/Base'),
    ])
  })
  test('what repeats comes once for each time of the next two years, without those taken out, and in doubt', () => {
    const all = read(`DTSTART;VALUE=DATE:20240401
      DTEND;VALUE=DATE:20240403
      RRULE:FREQ=YEARLY
      EXDATE;VALUE=DATE:20270401
      SUMMARY:Vacation`)
    expect(days(all)).toEqual([['2026-04-01', '2026-04-02', false]])
    expect(all.found[0]!.doubts[0]!.en).toContain('repeats')
    const weekly = read('DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY\nSUMMARY:Vacation')
    expect(weekly.found.length).toBe(60)
  })
  test('an absence that has begun is there until its last day', () => {
    expect(days(read('DTSTART;VALUE=DATE:20260220\nDTEND;VALUE=DATE:20260302\nSUMMARY:Vacation'))).toEqual([
      ['2026-02-20', '2026-03-01', true],
    ])
    expect(days(read('DTSTART;VALUE=DATE:20260220\nDTEND;VALUE=DATE:20260301\nSUMMARY:Vacation'))).toEqual([])
  })
  test('a text that is no calendar is refused', () => {
    expect(() => absencesIn('name,amount\nA,1', { zone: 'UTC', today })).toThrow('no calendar')
  })
  test('a calendar of meetings names no absence that is sure', () => {
    const text = readFileSync(new URL('intake/meetings.ics', import.meta.url), 'utf8')
    expect(absencesIn(text, { zone: 'UTC', today: plainDate('2020-01-01') }).found.filter(({ sure }) => sure)).toEqual(
      [],
    )
  })
})
