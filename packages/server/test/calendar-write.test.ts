import fc from 'fast-check'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import type { VEvent } from 'node-ical'
import { describe, expect, test } from 'vitest'
import { addDays, plainDate } from '@sente/engine'
import { momentAt } from '../src/core/time-zones.ts'
import { calendarText } from '../src/exchange/calendar/write.ts'
import type { CalendarEvent } from '../src/exchange/calendar/write.ts'

const one = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: '0190-step@sente',
  sequence: 3,
  changedAt: new Date('2026-02-01T08:00:00Z'),
  title: 'See Zhou Min',
  lines: ['Riverbank · Core banking'],
  state: 'confirmed',
  free: false,
  day: '2026-03-05',
  ...more,
})
const textOf = (...events: CalendarEvent[]): string =>
  calendarText({ name: 'Sente', language: 'en', zone: 'Asia/Shanghai', events })
const linesOf = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n')

/** What two readers that share no code make of it. */
function readByBoth(text: string): { mine: ICAL.Event[]; theirs: VEvent[] } {
  return {
    mine: new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)),
    theirs: Object.values(nodeIcal.sync.parseICS(text)).filter((entry): entry is VEvent => entry?.type === 'VEVENT'),
  }
}
const localDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

describe('a step in a calendar', () => {
  test('a whole day is a date with the day after as its end, in no time zone', () => {
    const text = textOf(one())
    expect(linesOf(text)).toEqual(expect.arrayContaining(['DTSTART;VALUE=DATE:20260305', 'DTEND;VALUE=DATE:20260306']))
    const { mine, theirs } = readByBoth(text)
    expect([mine[0]!.startDate.isDate, String(mine[0]!.startDate), String(mine[0]!.endDate)]).toEqual([
      true,
      '2026-03-05',
      '2026-03-06',
    ])
    expect([theirs[0]!.datetype, localDay(theirs[0]!.start), localDay(theirs[0]!.end!)]).toEqual([
      'date',
      '2026-03-05',
      '2026-03-06',
    ])
  })

  test('a time is that of the workspace, written in UTC', () => {
    const text = textOf(one({ time: '14:30', minutes: 45 }))
    expect(linesOf(text)).toEqual(expect.arrayContaining(['DTSTART:20260305T063000Z', 'DTEND:20260305T071500Z']))
    const { mine, theirs } = readByBoth(text)
    for (const [start, end] of [
      [mine[0]!.startDate.toJSDate(), mine[0]!.endDate.toJSDate()],
      [theirs[0]!.start, theirs[0]!.end!],
    ])
      expect([start!.toISOString(), end!.toISOString()]).toEqual([
        '2026-03-05T06:30:00.000Z',
        '2026-03-05T07:15:00.000Z',
      ])
  })

  test('where the length is not known the entry says that its hour is a guess', () => {
    const { mine } = readByBoth(textOf(one({ time: '14:30' })))
    expect(mine[0]!.duration.toSeconds()).toBe(3600)
    expect(mine[0]!.description).toContain('not said; shown as one hour')
    expect(readByBoth(textOf(one())).mine[0]!.description).not.toContain('one hour')
  })

  test('a dropped step is cancelled under the id it had, with a higher sequence', () => {
    const { mine, theirs } = readByBoth(textOf(one({ sequence: 4, state: 'cancelled' })))
    expect([mine[0]!.uid, mine[0]!.sequence, mine[0]!.component.getFirstPropertyValue('status')]).toEqual([
      one().uid,
      4,
      'CANCELLED',
    ])
    expect([theirs[0]!.uid, Number(theirs[0]!.sequence), theirs[0]!.status]).toEqual([one().uid, 4, 'CANCELLED'])
  })

  test('it is published, says when to look again, and carries the moment of its last change', () => {
    const lines = linesOf(textOf(one()))
    expect(lines).toEqual(
      expect.arrayContaining([
        'VERSION:2.0',
        'METHOD:PUBLISH',
        'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
        'X-PUBLISHED-TTL:PT1H',
        'DTSTAMP:20260201T080000Z',
        'LAST-MODIFIED:20260201T080000Z',
        'SEQUENCE:3',
      ]),
    )
  })

  test('the same steps give the same bytes', () => expect(textOf(one())).toBe(textOf(one())))
})

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '与周总当面谈；带上“同业三年成本”，先占住先手，'.repeat(5),
    '🦉'.repeat(60),
    'a\r\nEND:VEVENT\r\nX-EVIL:1',
    'a\\n,b;c:"d"',
  ),
)
const plain = (text: string): string =>
  text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- as the writer does
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()

describe('whatever a step is called', () => {
  test('no line is longer than 75 octets, none is cut within a character, all end with CRLF, and nothing breaks out', () => {
    fc.assert(
      fc.property(words, words, words, (title, line, place) => {
        const text = textOf(one({ title, lines: [line], place }))
        expect(text.endsWith('\r\n')).toBe(true)
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        for (const raw of text.split('\r\n')) {
          expect(Buffer.byteLength(raw)).toBeLessThanOrEqual(75)
          expect(raw.isWellFormed()).toBe(true)
        }
        const lines = linesOf(text)
        expect(lines.filter((each) => each === 'BEGIN:VEVENT' || each === 'END:VEVENT')).toHaveLength(2)
        expect(lines.filter((each) => each.startsWith('X-EVIL'))).toEqual([])
      }),
    )
  })
  test('both readers read the words as they were written', () => {
    fc.assert(
      fc.property(words, words, (title, place) => {
        const { mine, theirs } = readByBoth(textOf(one({ title: `t${title}t`, place: `p${place}p` })))
        const [wantTitle, wantPlace] = [plain(`t${title}t`), plain(`p${place}p`)]
        expect([mine[0]!.summary, mine[0]!.location]).toEqual([wantTitle, wantPlace])
        // This one takes an escaped backslash before an n for the end of a line, against RFC 5545, 3.3.11.
        if (!`${title}${place}`.includes('\\'))
          expect([theirs[0]!.summary, theirs[0]!.location]).toEqual([wantTitle, wantPlace])
      }),
    )
  })
  test('every day and time is the same one in both readers, in every zone', () => {
    const zones = [
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
    ]
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6000 }),
        fc.option(fc.tuple(fc.nat(23), fc.nat(59)), { nil: undefined }),
        fc.constantFrom(...zones),
        (days, clock, zone) => {
          const day = addDays(plainDate('2020-01-01'), days)
          const time = clock?.map((part) => String(part).padStart(2, '0')).join(':')
          const text = calendarText({ name: 'x', language: 'zh', zone, events: [one({ day, time, minutes: 30 })] })
          const { mine, theirs } = readByBoth(text)
          if (time === undefined) {
            expect([String(mine[0]!.startDate), localDay(theirs[0]!.start)]).toEqual([day, day])
            return
          }
          const at = momentAt(day, time, zone).getTime()
          expect([mine[0]!.startDate.toJSDate().getTime(), theirs[0]!.start.getTime()]).toEqual([at, at])
        },
      ),
    )
  })
})

describe('the moment of a time on the wall', () => {
  const shown = (moment: Date, zone: string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(moment)
  test('clocks of the zone show it, but where they are put forward over it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8000 }),
        fc.nat(23),
        fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        (days, hour, zone) => {
          const day = addDays(plainDate('2015-01-01'), days)
          const time = `${String(hour).padStart(2, '0')}:15`
          const seen = shown(momentAt(day, time, zone), zone)
          if (hour === 2 || hour === 3)
            expect([`${day} ${time}`, `${day} 0${hour + 1}:15`, `${day} 02:45`]).toContain(seen)
          else expect(seen).toBe(`${day} ${time}`)
        },
      ),
    )
  })
  test('an hour that is left out comes as much later, one that comes twice is the first', () => {
    expect(momentAt('2026-03-29', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(momentAt('2026-10-25', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(momentAt('2026-03-29', '12:00', 'Nowhere/Else').toISOString()).toBe('2026-03-29T12:00:00.000Z')
  })
})
