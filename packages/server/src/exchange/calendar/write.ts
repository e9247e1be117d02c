import type { Lang } from '@sente/engine'
import { addDays, plainDate } from '@sente/engine'
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { momentAt } from '../../core/time-zones.ts'

/** A day, or a time of one, in somebody's calendar. */
export interface CalendarEvent {
  /** The same for ever, so that a calendar finds its entry again. */
  uid: string
  /** Never falls; rises with every change that others should notice. */
  sequence: number
  changedAt: Date
  title: string
  /** Shown below the title, a line each. */
  lines: readonly string[]
  place?: string | undefined
  /** Where it is in the application. */
  url?: string | undefined
  state: 'confirmed' | 'tentative' | 'cancelled'
  /** It takes nobody's time: what is past, what is only proposed. */
  free: boolean
  /** YYYY-MM-DD. */
  day: string
  /** HH:MM in `zone`; absent: the whole day, which is the same day everywhere. */
  time?: string | undefined
  /** How long; taken for an hour where it is not known, and that is said. */
  minutes?: number | undefined
}

export interface CalendarText {
  name: string
  language: Lang
  /** Of the times. */
  zone: string
  events: readonly CalendarEvent[]
}

/** What calendars are asked to wait between two looks; most take longer. */
const REFRESH_SECONDS = 3600
const UNKNOWN_MINUTES = 60
const STATES = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const

/**
 * A calendar as RFC 5545 has it, for every reader alike: times in UTC, which needs no table of zones in the file; whole days as dates with the day
 * after as their end, which no zone moves. The same input gives the same bytes.
 */
export function calendarText({ name, language, zone, events }: CalendarText): string {
  const calendar = ical({
    prodId: { company: 'Sente', product: 'Sente', language: language === 'zh' ? 'ZH' : 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: oneLine(name),
    ttl: REFRESH_SECONDS,
  })
  for (const event of events) {
    const { day, time, minutes, lines, place, url } = event
    const start = time === undefined ? midnight(day) : momentAt(day, time, zone)
    const end =
      time === undefined
        ? midnight(addDays(plainDate(day), 1))
        : new Date(start.getTime() + (minutes ?? UNKNOWN_MINUTES) * 60_000)
    const about = time !== undefined && minutes === undefined ? [...lines, LENGTH_UNKNOWN[language]] : lines
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      // The moment of the last change and not of this look: what has not changed stays the same, byte by byte.
      stamp: event.changedAt,
      lastModified: event.changedAt,
      start,
      end,
      allDay: time === undefined,
      summary: oneLine(event.title),
      description: about.map(oneLine).join('\n'),
      ...(place === undefined ? {} : { location: oneLine(place) }),
      ...(url === undefined ? {} : { url }),
      status: STATES[event.state],
      transparency: event.free ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    })
  }
  return `${calendar.toString()}\r\n`
}

const LENGTH_UNKNOWN: Record<Lang, string> = {
  en: 'How long it takes was not said; shown as one hour.',
  zh: '时长未填，按一小时显示。',
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** Texts are data: what ends a line, or is no character at all, becomes a blank. Lone halves of characters are no text. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- it is control characters that are taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
