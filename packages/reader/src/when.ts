import { addDays, dayNumber, isPlainDate, plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'

/** A day that a text names, and where. */
export interface Mention {
  start: number
  end: number
  on: PlainDate
}

const WEEKDAYS_ZH = '一二三四五六日天'
const WEEKDAYS_EN = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const MONTHS_EN = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const NUMBERS: Readonly<Record<string, number>> = {
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  几: 3,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  'a couple of': 2,
  'a few': 3,
}
const number = (text: string): number => NUMBERS[text] ?? Number(text)

/** 0 = Monday … 6 = Sunday; 1970-01-01 was a Thursday. */
const weekdayOf = (on: PlainDate): number => (((dayNumber(on) + 3) % 7) + 7) % 7

/** The latest such weekday up to `on`. */
const lastWeekday = (on: PlainDate, weekday: number): PlainDate => addDays(on, -((weekdayOf(on) - weekday + 7) % 7))
/** That weekday of the week `weeks` before the week of `on`; weeks begin on Monday. */
const weekdayOfWeek = (on: PlainDate, weekday: number, weeks: number): PlainDate =>
  addDays(on, weekday - weekdayOf(on) - 7 * weeks)

function day(year: number, month: number, date: number): PlainDate | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isPlainDate(text) ? text : undefined
}

/** The same date in an earlier month, on its last day where that month is shorter. */
function monthsBack(on: PlainDate, months: number): PlainDate {
  const [year, month, date] = on.split('-').map(Number) as [number, number, number]
  const index = year * 12 + month - 1 - months
  for (let d = date; d > 27; d--) {
    const found = day(Math.floor(index / 12), (index % 12) + 1, d)
    if (found) return found
  }
  return day(Math.floor(index / 12), (index % 12) + 1, Math.min(date, 28))!
}

/** A month and date without a year: the latest one up to `on`. */
function latest(on: PlainDate, month: number, date: number): PlainDate | undefined {
  const year = Number(on.slice(0, 4))
  const here = day(year, month, date)
  return here !== undefined && here <= on ? here : day(year - 1, month, date)
}

/** A date of the month: of this month when it is past, else of the one before. */
function dateOfMonth(on: PlainDate, date: number): PlainDate | undefined {
  const [year, month] = on.split('-').map(Number) as [number, number]
  const here = day(year, month, date)
  if (here !== undefined && here <= on) return here
  return month === 1 ? day(year - 1, 12, date) : day(year, month - 1, date)
}

type Rule = [pattern: RegExp, resolve: (match: RegExpMatchArray, on: PlainDate) => PlainDate | undefined]
const EN_DAY = '(mon|tue|wed|thu|fri|sat|sun)[a-z]*'
const EN_MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const EN_NUMBER = '(\\d{1,2}|an?|one|two|three|four|five|six|seven|a couple of|a few)'
const ZH_NUMBER = '(\\d{1,2}|[一两二三四五六七八九十几])'

/** Longer expressions before the shorter ones they contain. */
const RULES: readonly Rule[] = [
  [/(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/g, (m) => day(Number(m[1]), Number(m[2]), Number(m[3]))],
  [/大前天/g, (_, on) => addDays(on, -3)],
  [/前天|前晚/g, (_, on) => addDays(on, -2)],
  [/昨天|昨日|昨晚|昨夜/g, (_, on) => addDays(on, -1)],
  [/今天|今日|今早|今晚|上午|下午|刚刚|刚才/g, (_, on) => on],
  [
    /上上(?:周|星期|礼拜)([一二三四五六日天])/g,
    (m, on) => weekdayOfWeek(on, Math.min(6, WEEKDAYS_ZH.indexOf(m[1]!)), 2),
  ],
  [
    /上个?(?:周|星期|礼拜)([一二三四五六日天])/g,
    (m, on) => weekdayOfWeek(on, Math.min(6, WEEKDAYS_ZH.indexOf(m[1]!)), 1),
  ],
  [
    /(?<!下个?)(?:这|本)?(?:周|星期|礼拜)([一二三四五六日天])/g,
    (m, on) => lastWeekday(on, Math.min(6, WEEKDAYS_ZH.indexOf(m[1]!))),
  ],
  [/上上(?:周|星期)/g, (_, on) => addDays(on, -14)],
  [/上个?(?:周|星期|礼拜)(?!末)/g, (_, on) => addDays(on, -7)],
  [/上周末/g, (_, on) => weekdayOfWeek(on, 6, 1)],
  [new RegExp(`${ZH_NUMBER}天(?:之?前)`, 'g'), (m, on) => addDays(on, -number(m[1]!))],
  [new RegExp(`${ZH_NUMBER}(?:个)?(?:周|星期|礼拜)(?:之?前)`, 'g'), (m, on) => addDays(on, -7 * number(m[1]!))],
  [new RegExp(`${ZH_NUMBER}个月(?:之?前)`, 'g'), (m, on) => monthsBack(on, number(m[1]!))],
  [
    /上个?月(\d{1,2})[号日]/g,
    (m, on) => day(Number(monthsBack(on, 1).slice(0, 4)), Number(monthsBack(on, 1).slice(5, 7)), Number(m[1])),
  ],
  [/(\d{1,2})月(\d{1,2})[号日]?/g, (m, on) => latest(on, Number(m[1]), Number(m[2]))],
  [/(?<![\d月])(\d{1,2})号(?!线|楼|机|文|工程)/g, (m, on) => dateOfMonth(on, Number(m[1]))],
  [/上个?月初/g, (_, on) => plainDate(`${monthsBack(on, 1).slice(0, 7)}-03`)],
  [/上个?月底/g, (_, on) => addDays(plainDate(`${on.slice(0, 7)}-01`), -2)],
  [/上个?月/g, (_, on) => monthsBack(on, 1)],
  [/(?:the )?day before yesterday/g, (_, on) => addDays(on, -2)],
  [/yesterday|last night/g, (_, on) => addDays(on, -1)],
  [/\btoday|this (?:morning|afternoon|evening)|just now\b/g, (_, on) => on],
  [new RegExp(`\\b${EN_NUMBER} days? ago`, 'g'), (m, on) => addDays(on, -number(m[1]!))],
  [new RegExp(`\\b${EN_NUMBER} weeks? ago`, 'g'), (m, on) => addDays(on, -7 * number(m[1]!))],
  [new RegExp(`\\b${EN_NUMBER} months? ago`, 'g'), (m, on) => monthsBack(on, number(m[1]!))],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${EN_MONTH}(?: (\\d{4}))?`, 'g'),
    (m, on) => english(on, m[2]!, m[1]!, m[3]),
  ],
  [
    new RegExp(`\\b${EN_MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b`, 'g'),
    (m, on) => english(on, m[1]!, m[2]!, m[3]),
  ],
  [new RegExp(`\\b${EN_DAY} (?:of )?last week`, 'g'), (m, on) => weekdayOfWeek(on, WEEKDAYS_EN.indexOf(m[1]!), 1)],
  [new RegExp(`\\blast week(?:'s)? ${EN_DAY}`, 'g'), (m, on) => weekdayOfWeek(on, WEEKDAYS_EN.indexOf(m[1]!), 1)],
  [
    new RegExp(`(?<!next |every |a )\\b(?:last |this |on )?${EN_DAY}(?:day)?\\b(?! nights?| mornings?)`, 'g'),
    (m, on) => (isWeekday(m[0]) ? strictlyBefore(on, WEEKDAYS_EN.indexOf(m[1]!), m[0].startsWith('last')) : undefined),
  ],
  [/\blast week\b/g, (_, on) => addDays(on, -7)],
  [/\blast month\b/g, (_, on) => monthsBack(on, 1)],
  [/\bon the (\d{1,2})(?:st|nd|rd|th)\b/g, (m, on) => dateOfMonth(on, Number(m[1]))],
]

/** `mon` may begin "month" and "monitor": only the name of a day counts. */
function isWeekday(text: string): boolean {
  return /(?:^|\s)(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?$/.test(text)
}

function strictlyBefore(on: PlainDate, weekday: number, last: boolean): PlainDate {
  const found = lastWeekday(on, weekday)
  return last && found === on ? addDays(on, -7) : found
}

function english(on: PlainDate, month: string, date: string, year: string | undefined): PlainDate | undefined {
  const m = MONTHS_EN.indexOf(month.slice(0, 3)) + 1
  return year === undefined ? latest(on, m, Number(date)) : day(Number(year), m, Number(date))
}

/**
 * The days that a normalised text names, seen from the day it was written, in order of place. Days after it are left out: what
 * is planned has not happened.
 */
export function daysIn(text: string, on: PlainDate): Mention[] {
  const found: Mention[] = []
  for (const [pattern, resolve] of RULES) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      if (found.some((other) => start < other.end && end > other.start)) continue
      const resolved = resolve(match, on)
      if (resolved !== undefined && resolved <= on) found.push({ start, end, on: resolved })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}
