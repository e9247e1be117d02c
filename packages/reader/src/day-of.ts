import { addDays } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { contextOf, sentencesOf } from './segments.ts'
import type { Stretch } from './segments.ts'
import { daysIn, PART } from './when.ts'
import type { Mention } from './when.ts'

/** Words that head minutes and reports. */
const HEAD =
  /纪要|记录|例会|周会|月会|启动会|会议|会晤|流水|拜访|\b(?:minutes|notes of|report|meeting|kick-?off|call|review|status|visit|date:|when:|held on)\b/
/** Before the day of minutes. */
const LABEL = /(?:时间|日期|会议日期|date|when|held on|日期时间)\s*[:]?\s*$/
/** So much of a text is its head, and so far into a line of it a day may stand. */
const HEAD_LINES = 3
const HEAD_WIDTH = 80
/** A stamp of a chat at the head of a line: `[11-11 09:20]`, `2025-11-11 09:20:31 Li`. */
const STAMP = /^\s*[[(]?(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?,? \d{1,2}:\d{2}(?::\d{2})?/gm
/** So far from the beginning of a clause a day still opens it ("Then Tuesday …", "就上周五"). */
const OPENS = 8
const OPENS_ZH = 2
const opens = (text: string, at: number): number => (/[\u3400-\u9fff]/.test(text.slice(at, at + 4)) ? OPENS_ZH : OPENS)
/** A day after the one named before. */
const DAY_AFTER = /第二天|次日|隔天|转天|\b(?:the next|the following) (?:day|morning)\b|\bthe day after\b(?! tomorrow)/g

interface Section extends Stretch {
  on: PlainDate
}

/** The days of a note, and where each of its parts was written. */
export interface NoteDays {
  days: readonly Mention[]
  sections: readonly Section[]
}

/**
 * The days that a normalised note names. Minutes that say when they were held are seen from that day, and a line of a chat with its day
 * from that; the rest from the day of the note.
 */
export function noteDays(text: string, on: PlainDate): NoteDays {
  const stamps = [...text.matchAll(STAMP)].flatMap(({ 0: words, 1: year, 2: month, 3: date, index }) => {
    const written = `${year ?? on.slice(0, 4)}-${month}-${date}`
    const found = daysIn(written, on)[0] ?? daysIn(`${Number(on.slice(0, 4)) - 1}-${month}-${date}`, on)[0]
    return found ? [{ start: index, on: found.on, head: words.length }] : []
  })
  const head = stamps.length > 0 ? undefined : headDay(text, daysIn(text.slice(0, headEnd(text)), on))
  const sections: Section[] =
    stamps.length > 0
      ? [
          ...(stamps[0]!.start > 0 ? [{ start: 0, end: stamps[0]!.start, on }] : []),
          ...stamps.map((stamp, i) => ({ start: stamp.start, end: stamps[i + 1]?.start ?? text.length, on: stamp.on })),
        ]
      : [{ start: 0, end: text.length, on: head ?? on }]
  const days = sections.flatMap((section) => {
    const stamp = stamps.find(({ start }) => start === section.start)
    const from = section.start + (stamp?.head ?? 0)
    return withDaysAfter(text.slice(from, section.end), daysIn(text.slice(from, section.end), section.on), on).map(
      (one) => ({
        ...one,
        start: one.start + from,
        end: one.end + from,
      }),
    )
  })
  return { days, sections }
}

/** The same with "the next day" resolved from the day named before it. */
function withDaysAfter(text: string, days: readonly Mention[], on: PlainDate): Mention[] {
  const found = [...days]
  for (const { index, 0: words } of text.matchAll(DAY_AFTER)) {
    const before = found.filter(({ end }) => end <= index).at(-1)
    if (!before) continue
    const next = addDays(before.on, 1)
    if (next <= on) found.push({ start: index, end: index + words.length, on: next })
    found.sort((a, b) => a.start - b.start)
  }
  return found
}

/** Where the first lines end. */
function headEnd(text: string): number {
  let end = -1
  for (let i = 0; i < HEAD_LINES; i++) {
    const next = text.indexOf('\n', end + 1)
    if (next < 0) return text.length
    end = next
  }
  return end
}

/** Of "March 18-20" and "28、29日" the last day. */
function lastOf(behind: string, on: PlainDate): PlainDate {
  const match = /^\s*[日号]?\s*(?:-|~|至|到|,|和|and|to)\s*(\d{1,2})(?:[日号]|st|nd|rd|th)?(?![\d:/月.])/.exec(behind)
  const away = match ? Number(match[1]) - Number(on.slice(8)) : 0
  return away > 0 && away < 10 ? addDays(on, away) : on
}

/** The day in the head of what calls itself minutes, or behind "date:". */
function headDay(text: string, days: readonly Mention[]): PlainDate | undefined {
  const head = text.slice(0, headEnd(text))
  for (const { start, end, on } of days) {
    // A weekday or "today" is no date of minutes.
    if (!/\d|月/.test(head.slice(start, end))) continue
    if (LABEL.test(head.slice(Math.max(0, start - 12), start))) return lastOf(head.slice(end), on)
    const line = head.lastIndexOf('\n', start) + 1
    // In the title, or alone in its line.
    const title = line === 0 && start <= HEAD_WIDTH
    const alone =
      /^[^,.;:!?]{0,12}$/.test(head.slice(line, start).trim()) &&
      !/^[一二三四五六七八九十\d]+[,.)]/.test(head.slice(line))
    if ((title || alone) && HEAD.test(head.slice(0, HEAD_WIDTH))) return lastOf(head.slice(end), on)
  }
  return undefined
}

/**
 * The day of a stretch: the one its sentence names nearest before it, else after, in a text without marks only what is near; of two that are named
 * together (the 8th and the 9th) the later. Else the day that opened a sentence last in the same paragraph ("On Friday we …"); a paragraph that goes on
 * with "in the afternoon" goes on with the day of the one before. Else the day of the line or of the minutes, or of the note.
 */
export function dayOf(text: string, { days, sections }: NoteDays, sentence: Stretch, stretch: Stretch): PlainDate {
  const section = sections.find(({ start, end }) => sentence.start >= start && sentence.start < end) ?? sections.at(-1)!
  const paragraph = Math.max(section.start, text.lastIndexOf('\n', sentence.start) + 1)
  const isPart = ({ start, end }: Stretch): boolean => PART.test(text.slice(start, end))
  const carried =
    openingDay(text, days, paragraph, stretch.start, isPart) ??
    (days.some((day) => isPart(day) && day.start >= paragraph && day.start <= paragraph + 2)
      ? openingDay(text, days, Math.max(section.start, paragraphBefore(text, paragraph)), paragraph, isPart)
      : undefined)
  const near = contextOf(text, sentence, stretch)
  const here = days.filter((day) => day.start >= near.start && day.end <= near.end && !(carried && isPart(day)))
  const before = here.filter(({ start }) => start <= stretch.start).at(-1)
  const nearest = before ?? here[0]
  if (nearest) {
    const together = here.filter(
      (day) => day.start >= nearest.end && /^\s*(?:,|和|及|and|&)?\s*$/.test(text.slice(nearest.end, day.start)),
    )[0]
    return (together && !isPart(together) ? together : nearest).on
  }
  return (carried ?? section).on
}

/** Where the paragraph before this one begins, beyond empty lines. */
function paragraphBefore(text: string, paragraph: number): number {
  let end = paragraph - 1
  while (end > 0 && /\s/.test(text[end]!)) end--
  return text.lastIndexOf('\n', end) + 1
}

/** "Went over to them on Friday.": a first sentence that sets the scene, wherever in it the day stands. */
const SCENE =
  /^\s*(?:i |we )?(?:just )?(?:went|took|met|visited|saw|drove|flew|had|spent|sat down|called on|rang|spoke|caught up|lunch|dinner|coffee|breakfast|call|meeting|visit|trip|drop)\b/

/** The last day before `until` that opens a sentence of the paragraph from `from`. */
function openingDay(
  text: string,
  days: readonly Mention[],
  from: number,
  until: number,
  isPart: (day: Mention) => boolean,
): Mention | undefined {
  const among = days.filter((day) => day.start >= from && day.end <= until && !isPart(day))
  if (among.length === 0) return undefined
  const before = text.slice(from, until)
  const sentences = sentencesOf(before)
  const scene = sentences[0]
  const setting = scene && SCENE.test(before.slice(scene.start, scene.end)) ? scene.end : 0
  // English tells day after day within a paragraph; Chinese sets its day at the head of one, and then speaks of what is.
  const opening = /[\u3400-\u9fff]/.test(before) ? sentences.slice(0, 1) : sentences
  return among
    .filter(
      (day) =>
        day.end <= from + setting ||
        opening.some(({ start }) => day.start >= from + start && day.start <= from + start + opens(text, day.start)),
    )
    .at(-1)
}
