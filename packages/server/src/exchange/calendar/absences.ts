import { addDays, plainDate } from '@sente/engine'
import type { PlainDate, Text } from '@sente/engine'
import nodeIcal from 'node-ical'
import type { VEvent } from 'node-ical'
import { isTimeZone, todayIn } from '../../core/time-zones.ts'

/** Days away that a calendar speaks of; both ends are among them. */
export interface FoundAbsence {
  from: PlainDate
  to: PlainDate
  why?: string
  /** Without doubt: an absence, and of just these days. */
  sure: boolean
  doubts: Text[]
}
export interface AbsencesFound {
  found: FoundAbsence[]
  /** Entries that are no absence, are over, or were cancelled. */
  leftOut: number
  doubts: Text[]
}

/** So far ahead a plan looks, and somewhat further. */
const AHEAD_DAYS = 730
const MOST_FOUND = 200
const MOST_TIMES = 60
const MOST_ENTRIES = 20_000
/** Hours of a day from which it counts as one on which nobody goes anywhere. */
const WHOLE_DAY_MS = 6 * 3_600_000

const AWAY =
  /\b(?:out of (?:the )?office|ooo|vacation|holidays?|annual leave|on leave|sick(?: leave)?|day off|days off|pto|parental leave|maternity|paternity|urlaub|abwesend)\b|休假|年假|请假|病假|事假|产假|婚假|丧假|育儿假|探亲假|调休|不在公司|不在办公室|度假|外出培训/i
const TRAVEL = /\b(?:business trip|travel|conference|trade fair|offsite)\b|出差|展会|参会|外地/i

/** A time, or a day, of the file. `zone`: of it; absent: it names none, or none that is known. */
type Moment = Date & { tz?: string; dateOnly?: boolean }
type Entry = VEvent & { 'MICROSOFT-CDO-BUSYSTATUS'?: string; summary?: string | { val: string } }

/**
 * Days away in a calendar file (RFC 5545), seen from `today` and two years on. Not every calendar says what is an absence: what Outlook marks as out of
 * office, or what says so in its title, is one; whole days that are marked busy may be, and say that they are in doubt. `zone` (IANA) is taken where a
 * time names none that is known. Throws where the text is no calendar.
 */
export function absencesIn(text: string, { zone, today }: { zone: string; today: PlainDate }): AbsencesFound {
  if (!/^\s*BEGIN:VCALENDAR/i.test(text)) throw new Error('no calendar')
  const entries = Object.values(nodeIcal.sync.parseICS(text)).filter(
    (entry): entry is Entry => entry?.type === 'VEVENT',
  )
  const until = addDays(today, AHEAD_DAYS)
  const doubts: Text[] = []
  if (entries.length > MOST_ENTRIES) doubts.push(TOO_MANY)
  let leftOut = Math.max(0, entries.length - MOST_ENTRIES)
  const found: FoundAbsence[] = []
  for (const entry of entries.slice(0, MOST_ENTRIES)) {
    const kind = kindOf(entry)
    if (!kind) {
      leftOut++
      continue
    }
    const times = timesOf(entry, today, until).filter((time) => daysOf(time, zone).to >= today)
    if (times.length === 0) leftOut++
    for (const time of times) {
      const days = daysOf(time, zone)
      const why = titleOf(entry).slice(0, 500)
      const doubt = [...kind.doubts, ...doubtsOf(time, zone), ...(entry.rrule ? [REPEATS] : [])]
      found.push({ ...days, ...(why === '' ? {} : { why }), sure: doubt.length === 0, doubts: doubt })
    }
  }
  found.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1))
  if (found.length > MOST_FOUND) doubts.push(TOO_MANY)
  return { found: found.slice(0, MOST_FOUND), leftOut, doubts }
}

const titleOf = ({ summary }: Entry): string =>
  (typeof summary === 'object' ? summary.val : (summary ?? '')).replace(/\s+/g, ' ').trim()

/** Whether an entry may be an absence at all, and what makes it doubtful; undefined: it is none. */
function kindOf(entry: Entry): { doubts: Text[] } | undefined {
  if (!entry.start || entry.status === 'CANCELLED') return undefined
  const status = entry['MICROSOFT-CDO-BUSYSTATUS']?.toUpperCase()
  const title = titleOf(entry)
  const tentative = entry.status === 'TENTATIVE' || status === 'TENTATIVE' ? [TENTATIVE] : []
  if (status === 'OOF') return { doubts: tentative }
  if (AWAY.test(title)) return { doubts: [...tentative, ...(status === 'FREE' ? [FREE] : [])] }
  const long = entry.datetype === 'date' || lengthOf(entry.start, entry.end) >= WHOLE_DAY_MS
  if (!long) return undefined
  if (TRAVEL.test(title)) return { doubts: [...tentative, AWAY_ON_BUSINESS] }
  if (entry.transparency === 'TRANSPARENT' || status === 'FREE' || status === 'WORKINGELSEWHERE') return undefined
  return entry.datetype === 'date' ? { doubts: [...tentative, ONLY_BUSY] } : undefined
}

const lengthOf = (start: Date, end: Date | undefined): number => (end ? end.getTime() - start.getTime() : 0)

interface Time {
  start: Moment
  end: Moment | undefined
  whole: boolean
}

/** The times of an entry that may matter; of one that repeats, the next ones. */
function timesOf(entry: Entry, today: PlainDate, until: PlainDate): Time[] {
  const whole = entry.datetype === 'date'
  if (!entry.rrule) return [{ start: entry.start as Moment, end: entry.end as Moment | undefined, whole }]
  return nodeIcal
    .expandRecurringEvent(entry, {
      from: new Date(`${addDays(today, -40)}T00:00:00Z`),
      to: new Date(`${until}T00:00:00Z`),
      expandOngoing: true,
    })
    .slice(0, MOST_TIMES)
    .map(({ start, end }) => ({ start: start as Moment, end: end as Moment, whole }))
}

/** The days that a time touches. A whole day ends with the day before its end, which is not one of it. */
function daysOf({ start, end, whole }: Time, zone: string): { from: PlainDate; to: PlainDate } {
  const last = end && end > start ? new Date(end.getTime() - (whole ? 12 * 3_600_000 : 1)) : start
  const day = (moment: Date): PlainDate =>
    // A day, and a time in no zone, is read as it stands: the clock of this machine was taken for it.
    plainDate(whole || !isKnown(start) ? asItStands(moment) : todayIn(zone, moment))
  const from = day(start)
  const to = day(last)
  return { from, to: to < from ? from : to }
}

const isKnown = ({ tz }: Moment): boolean => tz !== undefined && isTimeZone(tz)
const asItStands = (moment: Date): string =>
  [
    String(moment.getFullYear()).padStart(4, '0'),
    String(moment.getMonth() + 1).padStart(2, '0'),
    String(moment.getDate()).padStart(2, '0'),
  ].join('-')

function doubtsOf({ start, end, whole }: Time, zone: string): Text[] {
  if (whole) return []
  return [
    ...(lengthOf(start, end) < WHOLE_DAY_MS ? [PART_OF_DAY] : [HOURS]),
    ...(isKnown(start)
      ? []
      : start.tz === undefined
        ? [noZone(zone)]
        : [
            {
              en: `The file names a time zone that is not known (${start.tz.slice(0, 60)}); the days are taken as they stand.`,
              zh: `文件中的时区无法识别（${start.tz.slice(0, 60)}），日期按字面取。`,
            },
          ]),
  ]
}

const noZone = (zone: string): Text => ({
  en: `The file names no time zone; the days are taken as they stand (${zone}).`,
  zh: `文件没有写时区，日期按字面取（${zone}）。`,
})
const TENTATIVE = { en: 'Marked as tentative.', zh: '标为“暂定”。' }
const FREE = { en: 'The title says away, but it is marked as free.', zh: '标题写着不在，但标为“空闲”。' }
const AWAY_ON_BUSINESS = {
  en: 'Away on business: perhaps customers can be seen on the way.',
  zh: '因公外出：也许仍能见客户。',
}
const ONLY_BUSY = {
  en: 'A whole day marked as busy; nothing says that it is an absence.',
  zh: '全天标为“忙碌”，没有写明是不在。',
}
const PART_OF_DAY = { en: 'Only a part of the day; plans know whole days.', zh: '只占一天的一部分，计划按整天算。' }
const HOURS = { en: 'Given in hours; taken as whole days.', zh: '原为具体时刻，按整天取。' }
const REPEATS = {
  en: 'An entry that repeats; each time of the next two years stands for itself.',
  zh: '重复日程：未来两年内的每一次单独列出。',
}
const TOO_MANY = {
  en: `More than can be looked at: the first ${MOST_ENTRIES} entries were read, and ${MOST_FOUND} absences are shown.`,
  zh: `内容过多：只读取前 ${MOST_ENTRIES} 条，列出 ${MOST_FOUND} 段不在的日子。`,
}
