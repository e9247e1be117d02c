import { addDays } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { closed, ONLY_WHEN, ONLY_WHEN_BEHIND } from './quotes.ts'
import { contextOf, sentencesOf, weigh } from './segments.ts'
import type { Stretch } from './segments.ts'
import { day as dayFrom } from './numeric-days.ts'
import { daysIn, PART } from './when.ts'
import type { Mention } from './when.ts'

/** Words that head minutes and reports. */
const HEAD =
  /纪要|记录|例会|周会|月会|启动会|会议|会晤|流水|拜访|沟通会|交流会?|专题会|复盘|座谈|研讨|来访|考察|\b(?:minutes|notes?|report|meeting|kick-?off|call|review|status|visit|date:|when:|held on|catch-?up|session|debrief|committee|board|group|workshop|trip|weekly|huddle|stand-?up)\b/
/** Before the day of minutes. */
const LABEL =
  /(?:时间|日期|会议日期|发送时间|date|when|held on|sent|日期时间)\s*[:]?\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s*)?$/
/** So much of a text is its head, and so far into a line of it a day may stand. */
const HEAD_LINES = 3
const HEAD_WIDTH = 80
/** A title is no longer than this, in letters; a line that is longer tells something. */
const TITLE_LENGTH = 110
const PROSE = /[a-z]{2}[.!?;] [a-z]|[\u4e00-\u9fff][,.;!?].*[\u4e00-\u9fff]{4}/
/** A stamp of a chat at the head of a line, also behind a name: `[11-11 09:20]`, `2025-11-11 09:20:31 Li`, `[26/01/2026, 16:02]`, `Li 9/11 17:20`. */
const STAMP =
  /^ *(?:[a-z\u3400-\u9fff][a-z\u3400-\u9fff .'-]{0,24}[ (])?[[(【]?(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?(?:[/.](\d{4}|\d{2}))?,? +(?:[上下]午 ?)?\d{1,2}:\d{2}(?::\d{2})?/gm
/** So far from the beginning of a clause a day still opens it ("Then Tuesday …", "就上周五"). */
const OPENS = 8
const OPENS_ZH = 2
const opensBy = (text: string, at: number): number =>
  /[\u3400-\u9fff]/.test(text.slice(at, at + 4)) ? OPENS_ZH : OPENS
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
  const stamps = stampsIn(text, on)
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
    return withDaysAfter(
      text.slice(from, section.end),
      daysIn(text.slice(from, section.end), section.on, stamp ? section.on : on),
      on,
    ).map((one) => ({
      ...one,
      start: one.start + from,
      end: one.end + from,
    }))
  })
  return { days: [...numberedDays(text, head), ...days].sort((a, b) => a.start - b.start), sections }
}

const NUMBERED = /(?:^|\n)[ \-*#]*(?:day (\d)\b|第([一二三四五])天)/g
/** "Day 2" of a journey whose head says from when to when. */
function numberedDays(text: string, last: PlainDate | undefined): Mention[] {
  const range = last && /(\d{1,2})[日号]? ?(?:-|~|to|至|到) ?(\d{1,2})/.exec(text.slice(0, headEnd(text)))
  if (!range || Number(range[2]) !== Number(last.slice(8)) || Number(range[1]) >= Number(range[2])) return []
  const first = addDays(last, Number(range[1]) - Number(range[2]))
  return [...text.matchAll(NUMBERED)].flatMap(({ 0: words, 1: figure, 2: character, index }) => {
    const on = addDays(first, (figure ? Number(figure) : '一二三四五'.indexOf(character!) + 1) - 1)
    const end = index + words.length
    return on <= last ? [{ start: end - words.trim().length, end, on }] : []
  })
}

/** The stamps of a chat. Where two numbers may be day or month, all are read alike: as what is possible, then as what lies nearest before the note. */
function stampsIn(text: string, on: PlainDate): { start: number; on: PlainDate; head: number }[] {
  const found = [...text.matchAll(STAMP)].map(({ 0: words, 1: first, 2: a, 3: b, 4: last, index }) => {
    const year = first ?? (last?.length === 2 ? `20${last}` : last)
    const read = (month: number, date: number): PlainDate | undefined => {
      if (year !== undefined) return dayFrom(Number(year), month, date)
      const here = dayFrom(Number(on.slice(0, 4)), month, date)
      return here !== undefined && here <= on ? here : dayFrom(Number(on.slice(0, 4)) - 1, month, date)
    }
    return {
      start: index,
      head: words.length,
      monthFirst: read(Number(a), Number(b)),
      dayFirst:
        first === undefined && !/[月-]/.test(words.trim().split(/[\s,]/)[0]!) ? read(Number(b), Number(a)) : undefined,
    }
  })
  const fits = (list: readonly (PlainDate | undefined)[]): boolean =>
    list.every((one) => one !== undefined && one <= on)
  const months = found.map(({ monthFirst }) => monthFirst)
  const days = found.map(({ dayFirst }) => dayFirst)
  const asDays = fits(days) && (!fits(months) || days.at(-1)! > months.at(-1)!)
  return found.flatMap(({ start, head, monthFirst, dayFirst }) => {
    const at = asDays ? dayFirst : monthFirst
    return at !== undefined && at <= on ? [{ start, on: at, head }] : []
  })
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
    if (LABEL.test(head.slice(Math.max(0, start - 20), start))) return lastOf(head.slice(end), on)
    const line = head.lastIndexOf('\n', start) + 1
    // In the title, or alone in its line.
    const lineEnd = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start)
    const title =
      line === 0 &&
      start <= HEAD_WIDTH &&
      weigh(text, { start: line, end: lineEnd }) <= TITLE_LENGTH &&
      !PROSE.test(text.slice(line, lineEnd))
    const alone =
      /^[^,.;:!?]{0,12}$/.test(head.slice(line, start).trim()) &&
      !/^[一二三四五六七八九十\d]+[,.)]/.test(head.slice(line))
    const calls = HEAD.test(
      head.slice(0, Math.min(HEAD_WIDTH, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))),
    )
    if (calls && (title || alone)) return lastOf(head.slice(end), on)
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
    openingDay(text, days, paragraph, stretch.start, isPart, sentence.start) ??
    (days.some((day) => isPart(day) && day.start >= paragraph && day.start <= paragraph + 2)
      ? openingDay(text, days, Math.max(section.start, paragraphBefore(text, paragraph)), paragraph, isPart, paragraph)
      : undefined)
  const own = closed(text, sentence, stretch)
  const near = contextOf(text, own, stretch)
  const here = days.filter((day) => day.start >= near.start && day.end <= near.end && !(carried && isPart(day)))
  const isVague = ({ start, end }: Stretch): boolean => VAGUE.test(text.slice(start, end))
  const before = here.filter(({ start }) => start <= stretch.start).at(-1)
  const inside = here.find(({ start, end }) => start > stretch.start && end <= stretch.end)
  const first =
    inside ??
    before ??
    // "Pete may go in the reorg, which was announced on the 1st": the day of what is told aside.
    here.find(
      (one) =>
        one.start < stretch.end || !/\b(?:which|who|that was|that were)\b/.test(text.slice(stretch.end, one.start)),
    )
  // "Last month, effective 27 February": the date says more.
  const nearest =
    first && isVague(first)
      ? (here.find((one) => !isVague(one) && !isPart(one)) ?? first)
      : (first ?? dayBehind(text, days, near) ?? saidWhen(text, days, own.end, sentence.end))
  if (nearest) {
    const together = here.filter(
      (day) => day.start >= nearest.end && /^\s*(?:,|和|及|and|&)?\s*$/.test(text.slice(nearest.end, day.start)),
    )[0]
    return (together && !isPart(together) ? together : nearest).on
  }
  return (carried ?? section).on
}

const VAGUE = /^(?:last (?:week|month)|上个?(?:月|周|星期|礼拜))$/

/** The day that the next sentence says of this one, and nothing else. */
function dayBehind(text: string, days: readonly Mention[], { end }: Stretch): Mention | undefined {
  return days.find(
    (day) =>
      day.start >= end &&
      day.start <= end + 24 &&
      ONLY_WHEN.test(text.slice(end, day.start)) &&
      ONLY_WHEN_BEHIND.test(text.slice(day.end, day.end + 16)),
  )
}

/** Behind what is quoted: when it was said. */
const saidWhen = (text: string, days: readonly Mention[], from: number, until: number): Mention | undefined =>
  /\b(?:said|told|began|asked|wrote)\b|说|讲|问/.test(text.slice(from, until))
    ? days.find(({ start, end }) => start >= from && end <= until)
    : undefined

/** Where the paragraph before this one begins, beyond empty lines. */
function paragraphBefore(text: string, paragraph: number): number {
  let end = paragraph - 1
  while (end > 0 && /\s/.test(text[end]!)) end--
  return text.lastIndexOf('\n', end) + 1
}

/** Words of a sentence that tells how one met or heard from somebody: its day, wherever in it, holds for what follows. */
const SCENE =
  /^\s*(?:i |we )?(?:just )?(?:went|took|met|visited|saw|drove|flew|had|spent|sat down|called on|rang|spoke|caught up|lunch|dinner|coffee|breakfast|call|meeting|visit|trip|drop)\b|\b(?:session|call|meeting|lunch|dinner|coffee|breakfast|drinks?|visit|demo|workshop|deep dive|review|tour|catch-?up|chat|town hall) (?:\d{1,2}\/\d{1,2} )?(?:with|w\/|at|on|yesterday|last|this|mon|tue|wed|thu|fri)|'s (?:\w+ )?(?:session|call|meeting|lunch|dinner|visit|demo|workshop|review|tour)\b|\b(?:popped in|dropped (?:in|by)|stopped by|bumped into|ran into|sat down with|caught up with|met with|met up|went (?:to see|over|round)|came (?:in|over|to|round)|as discussed|told me over|was at the|we did the|walked (?:me|us)|saw|visited|met|phoned|joined the|gave (?:me|us)|spoke|rang|called|told (?:me|us))\b/
const SCENE_ZH =
  /见了|拜访|去了|去.{1,6}(?:厂|公司|局|院|行)|到.{1,10}(?:办公室|公司|厂|院|局|汇报)|来了?(?:公司|我们)|来电|电话|聊|谈|吃饭|吃了|喝|饭桌|碰头|碰面|汇报|演示|交流|开会|会上|过了一遍|参观|考察|带我/
/** It looks back: the day of such a sentence is not that of the next. */
const AGO = /(?:ago|back|前)$/
const TODAY = /^(?:今天|今日|今早|今晚|刚刚|刚才|today|this (?:morning|afternoon|evening)|just now)$/

/**
 * The last day before `until` that opens a sentence of the paragraph from `from`, or that stands in one which sets a scene; a sentence that says
 * "today" ends what the one before had set.
 */
function openingDay(
  text: string,
  days: readonly Mention[],
  from: number,
  until: number,
  isPart: (day: Mention) => boolean,
  /** Where the sentence begins that is asked about: in itself a day is seen by what is near. */
  own: number,
): Mention | undefined {
  const among = days.filter((day) => day.start >= from && day.end <= until && !isPart(day))
  if (among.length === 0) return undefined
  const before = text.slice(from, until)
  const sentences = sentencesOf(before)
  const chinese = /[\u3400-\u9fff]/.test(before)
  return among
    .filter((day) => {
      const at = sentences.findIndex(({ start, end }) => day.start >= from + start && day.end <= from + end)
      const sentence = sentences[at]
      if (!sentence) return day.end <= from
      const words = before.slice(sentence.start, sentence.end)
      const said = text.slice(day.start, day.end)
      const met = from + sentence.start < own && (chinese ? SCENE_ZH : SCENE).test(words)
      const opens = day.start <= from + sentence.start + opensBy(text, day.start)
      if (AGO.test(said)) return met
      if (TODAY.test(said)) return chinese || opens || met
      // English tells day after day within a paragraph; Chinese sets its day at the head of one, and then speaks of what is.
      if (!chinese) return opens || met
      const ends = met && at === 0 && day.end >= from + sentence.end - 1
      const soon = at === 0 && day.start <= from + sentence.start + 5 && (met || /说|讲|透|告诉|微信/.test(words))
      return (opens && (at === 0 || met)) || ends || soon
    })
    .at(-1)
}
