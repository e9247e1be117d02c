import { dayNumber, isPlainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'

/** A line that begins with a day without its year: which day, and what stands behind it. */
export interface ShortDay {
  on: PlainDate
  rest: string
}

const WEEKDAY = String.raw`(?:\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?|,?\s*\(?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\)?)?`
const TIME = String.raw`(?:\s+(?:上午|下午)?\s?\d{1,2}:\d{2})?`
const BEFORE = String.raw`^\s*(?:#{1,6}\s*|[-*]\s+|\[)?`
/** Behind the day: nothing, a mark or a blank; what follows at once is a number, a word or a deadline. */
const BEHIND = String.raw`\]?${TIME}${WEEKDAY}(?:\s*[-–—:：,，|]\s*|\s+|$)(?!之?前|以[前后]|[起至到内](?![\u3400-\u9fff])|截[止标]|为止)([^\n]*)$`
const CHINESE = new RegExp(`${BEFORE}(\\d{1,2})月(\\d{1,2})[日号]${BEHIND}`)
const MARKED = new RegExp(`${BEFORE}(\\d{1,2})([./])(\\d{1,2})\\.?(?![\\d./%％])${BEHIND}`)
/** Behind two numbers: they are an amount, a share or a version, no day. */
const COUNTED =
  /^(?:[万亿元%％]|k\b|m\b|million|billion|percent|hours?|days?|years?|版|倍|个|小时|天|of\b|x\b|GB\b|am\b|pm\b)/i

const day = (year: number, month: number, date: number): PlainDate | undefined => {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isPlainDate(text) ? text : undefined
}

/** So many days ahead a day without a year is one to come. */
const AHEAD = 60

/** The latest such day up to `seen`; none where the next one comes soon: nobody writes notes of days ahead. */
function past(month: number, date: number, seen: PlainDate): PlainDate | undefined {
  const year = Number(seen.slice(0, 4))
  const [before, here, next] = [year - 1, year, year + 1].map((one) => day(one, month, date))
  const [last, coming] = here !== undefined && here <= seen ? [here, next] : [before, here]
  return coming !== undefined && dayNumber(coming) - dayNumber(seen) <= AHEAD ? undefined : last
}

/**
 * Days without a year at the beginning of lines: `7月14日 …`, `7.14 …`, `7/14 …`, seen from the day of the paste. What numbers
 * the parts of a paper (1.1, 1.2), counts or lies ahead is none. Two numbers with a mark count where at least two lines have them, or where the
 * only one opens the text (or, in a text that has days in full (`opened`), stands below an empty line). Month first, unless some first number is above 12 or only day first brings the lines in order.
 */
export function shortDays(
  lines: readonly string[],
  seen: PlainDate,
  { opened = false }: { opened?: boolean } = {},
): ReadonlyMap<number, ShortDay> {
  const found = new Map<number, ShortDay>()
  const marked: { line: number; a: number; b: number; mark: string; rest: string }[] = []
  lines.forEach((text, line) => {
    const chinese = CHINESE.exec(text)
    const on = chinese ? past(Number(chinese[1]), Number(chinese[2]), seen) : undefined
    if (chinese && on) found.set(line, { on, rest: chinese[3]! })
    const match = MARKED.exec(text)
    if (!match || COUNTED.test(match[4]!.trim())) return
    const [a, b] = [Number(match[1]), Number(match[3])]
    if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12)) return
    marked.push({ line, a, b, mark: match[2]!, rest: match[4]! })
  })
  const alone = marked.length === 1 ? marked[0]!.line : undefined
  const opens =
    alone !== undefined &&
    (lines.slice(0, alone).every((text) => text.trim() === '') || (opened && lines[alone - 1]!.trim() === ''))
  if ((marked.length < 2 && !opens) || isNumbering(marked)) return found
  const monthFirst = orderOf(marked, seen)
  for (const { line, a, b, rest } of marked) {
    const on = monthFirst ? past(a, b, seen) : past(b, a, seen)
    if (on) found.set(line, { on, rest })
  }
  return found
}

/** 1.1, 1.2, 2.1: each part begins with one and goes on by one. */
function isNumbering(marked: readonly { a: number; b: number; mark: string }[]): boolean {
  if (marked.some(({ mark }) => mark !== '.') || marked.length < 2) return false
  return marked.every(({ a, b }, i) => {
    const before = marked[i - 1]
    return before === undefined ? b === 1 : (a === before.a && b === before.b + 1) || (a === before.a + 1 && b === 1)
  })
}

function orderOf(marked: readonly { a: number; b: number }[], seen: PlainDate): boolean {
  if (marked.some(({ b }) => b > 12)) return true
  if (marked.some(({ a }) => a > 12)) return false
  const inOrder = (days: readonly (PlainDate | undefined)[]): boolean =>
    days.every((on, i) => on !== undefined && (i === 0 || on >= days[i - 1]!)) ||
    days.every((on, i) => on !== undefined && (i === 0 || on <= days[i - 1]!))
  return inOrder(marked.map(({ a, b }) => past(a, b, seen))) || !inOrder(marked.map(({ a, b }) => past(b, a, seen)))
}
