import { addDays, dayNumber, plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { day } from './numeric-days.ts'
import {
  EN_DAY,
  EN_MONTH,
  EN_NUMBER,
  MONTHS_EN,
  number,
  weekdayOf,
  WEEKDAYS_EN,
  WEEKDAYS_ZH,
  ZH_NUMBER,
} from './when.ts'
import type { Mention } from './when.ts'

/** That weekday of the week `weeks` after the week of `on`; weeks begin on Monday. */
const weekdayOfWeek = (on: PlainDate, weekday: number, weeks: number): PlainDate =>
  addDays(on, weekday - weekdayOf(on) + 7 * weeks)
/** The next such weekday after `on`. */
const nextWeekday = (on: PlainDate, weekday: number): PlainDate => addDays(on, ((weekday - weekdayOf(on) + 6) % 7) + 1)
const chineseDay = (text: string): number => Math.min(6, WEEKDAYS_ZH.indexOf(text))

/** Farther ahead a day without a year was meant as past. */
const AHEAD = 200

/** A month and date without a year, the first that is not past. */
function coming(on: PlainDate, month: number, date: number): PlainDate | undefined {
  const year = Number(on.slice(0, 4))
  const here = day(year, month, date)
  const found = here !== undefined && here >= on ? here : day(year + 1, month, date)
  return found !== undefined && dayNumber(found) - dayNumber(on) <= AHEAD ? found : undefined
}

/** A date of the month: of this one where it is not past, else of the next. */
function dateAhead(on: PlainDate, date: number): PlainDate | undefined {
  const [year, month] = on.split('-').map(Number) as [number, number]
  const here = day(year, month, date)
  if (here !== undefined && here >= on) return here
  return month === 12 ? day(year + 1, 1, date) : day(year, month + 1, date)
}

/** The last day of a month, counted from January of the year of `on`. */
function monthEnd(on: PlainDate, month: number): PlainDate {
  const index = Number(on.slice(0, 4)) * 12 + month
  return addDays(
    plainDate(`${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`),
    -1,
  )
}

const english = (on: PlainDate, name: string, date: string, year: string | undefined): PlainDate | undefined => {
  const month = MONTHS_EN.indexOf(name.slice(0, 3)) + 1
  return year === undefined ? coming(on, month, Number(date)) : day(Number(year), month, Number(date))
}

type Rule = [pattern: RegExp, resolve: (match: RegExpMatchArray, on: PlainDate) => PlainDate | undefined]
/** Longer expressions before the shorter ones they contain. */
const RULES: readonly Rule[] = [
  [/(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/g, (m) => day(Number(m[1]), Number(m[2]), Number(m[3]))],
  [
    /(今|明)年\s*(\d{1,2})月(\d{1,2})[号日]?/g,
    (m, on) => day(Number(on.slice(0, 4)) + '今明'.indexOf(m[1]!), Number(m[2]), Number(m[3])),
  ],
  [/大后天/g, (_, on) => addDays(on, 3)],
  [/后天/g, (_, on) => addDays(on, 2)],
  [/明天|明日|明早|明晚/g, (_, on) => addDays(on, 1)],
  [/下下个?(?:周|星期|礼拜)([一二三四五六日天])/g, (m, on) => weekdayOfWeek(on, chineseDay(m[1]!), 2)],
  [/下个?(?:周|星期|礼拜)([一二三四五六日天])/g, (m, on) => weekdayOfWeek(on, chineseDay(m[1]!), 1)],
  [/(?<!上个?)(?:这|本)?(?:周|星期|礼拜)([一二三四五六日天])/g, (m, on) => nextWeekday(on, chineseDay(m[1]!))],
  [new RegExp(`${ZH_NUMBER}天(?:之|以)?后`, 'g'), (m, on) => addDays(on, number(m[1]!))],
  [new RegExp(`${ZH_NUMBER}个?(?:周|星期|礼拜)(?:之|以)?后`, 'g'), (m, on) => addDays(on, 7 * number(m[1]!))],
  [
    /下个?月(\d{1,2})[号日]/g,
    (m, on) =>
      day(
        Number(monthEnd(on, Number(on.slice(5, 7)) + 1).slice(0, 4)),
        Number(monthEnd(on, Number(on.slice(5, 7)) + 1).slice(5, 7)),
        Number(m[1]),
      ),
  ],
  [/(\d{1,2})月(\d{1,2})[号日]?/g, (m, on) => coming(on, Number(m[1]), Number(m[2]))],
  [
    /(?<![\d上去])(\d{1,2})月(?:底|末)/g,
    (m, on) => coming(on, Number(m[1]), Number(monthEnd(on, Number(m[1])).slice(8))),
  ],
  [/下个?月(?:底|末)/g, (_, on) => monthEnd(on, Number(on.slice(5, 7)) + 1)],
  [/(?<![上\d])(?:这个?|本)?月(?:底|末)/g, (_, on) => monthEnd(on, Number(on.slice(5, 7)))],
  [/(?<![\d月])(\d{1,2})号(?!楼|线|会议室|厅|机|厂|车间|门|店)/g, (m, on) => dateAhead(on, Number(m[1]))],
  [/(?:the )?day after tomorrow/g, (_, on) => addDays(on, 2)],
  [/\btomorrow\b/g, (_, on) => addDays(on, 1)],
  [new RegExp(`\\bin ${EN_NUMBER} days?\\b`, 'g'), (m, on) => addDays(on, number(m[1]!))],
  [new RegExp(`\\bin ${EN_NUMBER} weeks?\\b`, 'g'), (m, on) => addDays(on, 7 * number(m[1]!))],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${EN_MONTH}(?:\\.?,? (\\d{4})\\b)?`, 'g'),
    (m, on) => english(on, m[2]!, m[1]!, m[3]),
  ],
  [
    new RegExp(`\\b${EN_MONTH}\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4}))?`, 'g'),
    (m, on) => english(on, m[1]!, m[2]!, m[3]),
  ],
  [
    new RegExp(`\\b(?:the )?end of ${EN_MONTH}`, 'g'),
    (m, on) => {
      const month = MONTHS_EN.indexOf(m[1]!.slice(0, 3)) + 1
      return coming(on, month, Number(monthEnd(on, month).slice(8)))
    },
  ],
  [/\bend of next month\b/g, (_, on) => monthEnd(on, Number(on.slice(5, 7)) + 1)],
  [/\b(?:month[- ]end|eom|end of month)\b/g, (_, on) => monthEnd(on, Number(on.slice(5, 7)))],
  [
    /\b(?:quarter[- ]end|eoq|end of (?:the |this )?quarter)\b|(?:本|这个?)季度?末|季度?末/g,
    (_, on) => monthEnd(on, Math.ceil(Number(on.slice(5, 7)) / 3) * 3),
  ],
  [/\b(?:year[- ]end|eoy|end of (?:the |this )?year)\b|(?<![去明后])年(?:底|末)/g, (_, on) => monthEnd(on, 12)],
  [/\bend of (?:the|this) month\b/g, (_, on) => monthEnd(on, Number(on.slice(5, 7)))],
  [
    new RegExp(`\\b${EN_DAY} week\\b|\\ba week on ${EN_DAY}`, 'g'),
    (m, on) =>
      isWeekday(m[1] ? m[0].slice(0, -5) : m[0])
        ? addDays(nextWeekday(on, WEEKDAYS_EN.indexOf((m[1] ?? m[2])!)), 7)
        : undefined,
  ],
  [
    new RegExp(`\\b${EN_DAY} (?:of )?next week\\b|\\bnext week(?:'s)? ${EN_DAY}`, 'g'),
    (m, on) => weekdayOfWeek(on, WEEKDAYS_EN.indexOf((m[1] ?? m[2])!), 1),
  ],
  [
    new RegExp(`\\b${EN_DAY},? (?:the )?(\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?${EN_MONTH})`, 'g'),
    (m, on) => dateAhead(on, Number(m[2])),
  ],
  [
    new RegExp(`(?<!last |every |a )\\b(?:next |this |on |by |until )?${EN_DAY}\\b(?! nights?| mornings?| last)`, 'g'),
    (m, on) => (isWeekday(m[0]) ? nextWeekday(on, WEEKDAYS_EN.indexOf(m[1]!)) : undefined),
  ],
  [/\b(?:on|by|until|till|for) the (\d{1,2})(?:st|nd|rd|th)\b/g, (m, on) => dateAhead(on, Number(m[1]))],
]

const isWeekday = (text: string): boolean =>
  /(?:^|\s)(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?$/.test(text)

/**
 * Days of a normalised text that lie ahead of the day it was written (or are it), in order of place: when something is told for, or due.
 * A weekday or a date of the month without more could as well be past: who asks knows from the words around it which is meant.
 */
export function daysAhead(text: string, on: PlainDate): Mention[] {
  const named: Mention[] = []
  for (const [pattern, resolve] of RULES)
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      if (named.some((other) => start < other.end && end > other.start)) continue
      const resolved = resolve(match, on)
      if (resolved !== undefined) named.push({ start, end, on: resolved })
    }
  return named.filter((mention) => mention.on >= on).sort((x, y) => x.start - y.start)
}
