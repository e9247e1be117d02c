import { dayAt } from '../intake/days.ts'
import { bytesOf } from './cards.ts'
import { decode } from './decode.ts'
import type { Grid } from './grids.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'

const COLUMNS = ['Event id', 'Date', 'Subject', 'Description', 'Contact', 'Status', 'Hours']

interface Event {
  type: string
  uid?: string
  start?: Date & { dateOnly?: boolean }
  end?: Date
  summary?: string | { val: string }
  description?: string | { val: string }
  status?: string
  attendee?: Attendee | Attendee[]
}
type Attendee = string | { params?: { CN?: string; PARTSTAT?: string }; val: string }

const words = (value: string | { val: string } | undefined): string =>
  typeof value === 'object' ? value.val : (value ?? '')

/** Meetings of a calendar file: a table with one meeting a row. What was cancelled, or is still to come, has not taken place. */
export async function calendarGrid(held: Held, zone: string | undefined): Promise<Grid> {
  const text = decode(await bytesOf(held))
  if (text === undefined) throw new ImportProblem({ en: 'This is no readable calendar.', zh: '这不是可读的日历文件。' })
  const { default: ical } = await import('node-ical')
  const now = Date.now()
  const rows = Object.values(ical.sync.parseICS(text) as Record<string, unknown>).flatMap((entry) => {
    const event = entry as Event
    return event.type === 'VEVENT' && event.start ? [rowOf(event, zone, now)] : []
  })
  return {
    doubts: [],
    sheets: [
      {
        name: 'calendar',
        hidden: false,
        lines: async function* () {
          yield [{ row: 1, cells: COLUMNS }, ...rows.map((cells, i) => ({ row: i + 2, cells }))]
        },
      },
    ],
  }
}

function rowOf(event: Event, zone: string | undefined, now: number): string[] {
  const start = event.start!
  const attendees = [event.attendee ?? []].flat()
  const declined =
    attendees.length > 0 && attendees.every((one) => typeof one === 'object' && one.params?.PARTSTAT === 'DECLINED')
  const status = event.status === 'CANCELLED' || declined ? 'Not held' : start.getTime() > now ? 'Planned' : 'Held'
  const hours = event.end ? (event.end.getTime() - start.getTime()) / 3_600_000 : 0
  return [
    event.uid ?? '',
    start.dateOnly === true
      ? `${start.getFullYear()}-${String(start.getMonth() + 1).padStart(2, '0')}-${String(start.getDate()).padStart(2, '0')}`
      : dayAt(start.getTime(), zone ?? 'UTC'),
    words(event.summary),
    words(event.description),
    attendees
      .filter((one) => typeof one !== 'object' || one.params?.PARTSTAT !== 'DECLINED')
      .map((one) =>
        (typeof one === 'object' ? (one.params?.CN ?? one.val) : one).replace(/^mailto:/i, '').replaceAll('"', ''),
      )
      .join(';'),
    status,
    hours > 0 && hours <= 24 ? String(Math.round(hours * 100) / 100) : '',
  ]
}
