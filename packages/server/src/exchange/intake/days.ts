import { isPlainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'

/** Which part comes first in 3/4/2025 and 3/4/25. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

export interface DayStyle {
  /** For slashes and dashes. */
  order?: DateOrder | undefined
  /** For dots: 5.3.2026 is day first wherever it is written, unless the column shows otherwise. */
  dotted?: DateOrder | undefined
  /** IANA name: the day of a moment is the day it was there. Without it a moment's own day counts. */
  zone?: string | undefined
  /** All moments of the column are midnights in UTC: it holds days that a program wrote as moments. */
  midnights?: boolean | undefined
  /** Serial numbers of a workbook of the 1904 system. */
  epoch1904?: boolean | undefined
  /** Of days without a year: the year itself, or the day they lie nearest to. Without it such a day is none. */
  year?: number | PlainDate | undefined
}

export type DayShape = 'plain' | 'slashed' | 'dotted' | 'moment' | 'serial' | 'short-year'
export interface DayRead {
  day: PlainDate
  shape: DayShape
  /** The day is another one in UTC. */
  moved?: true
}
export type DayFault = 'no-day' | 'month-only' | 'no-year' | 'order' | 'no-such-day' | 'far' | 'nothing'

const MONTHS: readonly string[][] = [
  ['jan', 'january', 'januar', 'janvier', 'janv', 'enero', 'ene', 'gennaio', 'gen', 'janeiro', 'januari'],
  [
    'feb',
    'february',
    'februar',
    'février',
    'fevrier',
    'févr',
    'fév',
    'febrero',
    'febbraio',
    'fevereiro',
    'fev',
    'februari',
  ],
  ['mar', 'march', 'märz', 'maerz', 'mrz', 'mär', 'mars', 'marzo', 'março', 'maart', 'mrt'],
  ['apr', 'april', 'avril', 'avr', 'abril', 'abr', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mag', 'maio', 'mei', 'maj'],
  ['jun', 'june', 'juni', 'juin', 'junio', 'giugno', 'giu', 'junho'],
  ['jul', 'july', 'juli', 'juillet', 'juil', 'julio', 'luglio', 'lug', 'julho'],
  ['aug', 'august', 'août', 'aout', 'agosto', 'ago', 'augustus', 'augusti'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre', 'set', 'setembro'],
  ['oct', 'october', 'oktober', 'okt', 'octobre', 'octubre', 'ottobre', 'ott', 'outubro', 'out'],
  ['nov', 'november', 'novembre', 'noviembre', 'novembro'],
  ['dec', 'december', 'dezember', 'dez', 'décembre', 'decembre', 'déc', 'diciembre', 'dic', 'dicembre', 'dezembro'],
]
const MONTH = new Map(MONTHS.flatMap((names, i) => names.map((name): [string, number] => [name, i + 1])))

const TIME = String.raw`(?:(?:\s*[T,]\s*|\s+)(?:at\s+|um\s+|à\s+)?(?:(上午|下午|早上|晚上|中午|凌晨)\s*)?(\d{1,2})(?:[:.h时点](\d{2})?(?:[:.分](\d{2})(?:[.,]\d+)?秒?)?)?分?\s*(am|pm|a\.m\.|p\.m\.|uhr)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?(?:\s*(?:\(?[A-Z]{2,5}\)?))?)?$`
const WEEKDAY = String.raw`^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+|(?:周|星期|礼拜)[一二三四五六日天]\s*,?\s*)?`
const AFTER = String.raw`(?:\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?`
const YEAR_FIRST = new RegExp(
  String.raw`${WEEKDAY}(\d{4})\s?([-/.年])\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})[日号]?${AFTER}${TIME}`,
  'i',
)
const PARTED = new RegExp(
  String.raw`${WEEKDAY}(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})${AFTER}${TIME}`,
  'i',
)
const DAY_NAME = new RegExp(
  String.raw`${WEEKDAY}(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]*(?:of\s+|de\s+)?(\p{L}{3,10})\.?,?[\s-]*(?:de\s+)?(\d{4}|\d{2})${TIME}`,
  'iu',
)
const NAME_DAY = new RegExp(
  String.raw`${WEEKDAY}(\p{L}{3,10})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})${TIME}`,
  'iu',
)
/** A day and a month without a year: 7月14日, 7/14, 14.7., 14 Jul, July 14. */
const YEARLESS = new RegExp(
  String.raw`${WEEKDAY}(?:(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]?|(\d{1,2})\s?([-/.])\s?(\d{1,2})\.?|(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+)?(\p{L}{3,10})\.?|(\p{L}{3,10})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?)${AFTER}$`,
  'iu',
)
const ISO_MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(?:(Z)|UTC|([+-])(\d\d):?(\d\d))$/i
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(z)?)?$/i
const SERIAL = /^\d{5}(?:\.\d+)?$/
/** Days that programs write for "none". */
const NO_DAY = /^(?:0000-00-00|0001-01-01|1899-12-3[01]|1900-01-0[01]|1970-01-01|9999-12-31)/
const NOTHING = /^(?:[-–—/]+|n\/?a|none|null|nil|tbd|tbc|无|暂无|空|未定|待定|未知|不详)$/i
const MONTH_ONLY =
  /^\d{4}\s?[-/.年]\s?\d{1,2}\s?月?$|^\p{L}{3,9}\.?\s+\d{4}$|^\d{1,2}[/.]\d{4}$|季|上旬|中旬|下旬|月底|年底|月初|年初|半年|^q[1-4]\b|\bq[1-4]$/iu
const MS_DAY = 86_400_000

/** True for what means that no day is said. */
export const saysNoDay = (text: string): boolean => NOTHING.test(text.trim())

/** A day as CRMs, spreadsheets and people write it; or why it is none. Never guesses what `style` leaves open. */
export function readDay(text: string, style: DayStyle = {}): DayRead | { not: DayFault } {
  if (text.length === 10 && isPlainDate(text)) return near({ day: text, shape: 'plain' })
  const written = text
    .normalize('NFKC')
    .replaceAll(/[\u202f\u00a0]/g, ' ')
    .trim()
  const moment = ISO_MOMENT.exec(written)
  if (moment) return ofMoment(moment, style)
  if (NOTHING.test(written)) return { not: 'nothing' }
  if (NO_DAY.test(written)) return { not: 'no-day' }
  const first = YEAR_FIRST.exec(written)
  if (first) return dated(first[1]!, first[3]!, first[4]!, 'plain')
  const parted = PARTED.exec(written)
  if (parted) return ofParts(parted, style)
  const named = DAY_NAME.exec(written)
  if (named) return ofName(named[3]!, named[2]!, named[1]!)
  const american = NAME_DAY.exec(written)
  if (american) return ofName(american[3]!, american[1]!, american[2]!)
  const compact = COMPACT.exec(written)
  if (compact) {
    if (compact[7] && compact[4])
      return ofMoment(ISO_MOMENT.exec(`${compact[1]}-${compact[2]}-${compact[3]}T${compact[4]}:${compact[5]}Z`)!, style)
    return dated(compact[1]!, compact[2]!, compact[3]!, 'plain')
  }
  if (SERIAL.test(written)) return ofSerial(Number(written), style)
  if (MONTH_ONLY.test(written)) return { not: 'month-only' }
  const short = YEARLESS.exec(written)
  return short ? withoutYear(short, style) : { not: 'no-day' }
}

/** A day of a year that the column is taken to be of, or of the year that puts it nearest to a day. */
function withoutYear(match: RegExpExecArray, { order, dotted, year }: DayStyle): DayRead | { not: DayFault } {
  const [, zhMonth, zhDay, a, mark, b, enDay, enName, enMonth, enDate] = match
  let [month, date] = [zhMonth, zhDay]
  if (a !== undefined && b !== undefined) {
    const used = mark === '.' ? dotted : order
    const first = Number(a) > 12 ? 'dmy' : Number(b) > 12 || used === 'ymd' ? 'mdy' : a === b ? 'mdy' : used
    if (first === undefined) return { not: 'order' }
    ;[month, date] = first === 'dmy' ? [b, a] : [a, b]
  } else if (month === undefined) {
    const named = MONTH.get((enName ?? enMonth)!.toLowerCase())
    if (named === undefined) return { not: 'no-day' }
    ;[month, date] = [String(named), enDay ?? enDate]
  }
  if (year === undefined) return { not: 'no-year' }
  if (typeof year === 'number') return dated(String(year), month!, date!, 'plain')
  const around = Number(year.slice(0, 4))
  const away = (day: PlainDate): number => Math.abs(Date.parse(day) - Date.parse(year))
  const able = [around, around - 1, around + 1]
    .map((one) => dated(String(one), month!, date!, 'plain'))
    .filter((read) => 'day' in read)
  return (
    able.reduce<DayRead | undefined>(
      (best, read) => (best && away(best.day) <= away(read.day) ? best : read),
      undefined,
    ) ?? { not: 'no-such-day' }
  )
}

/** Does a value name a day without a year? */
export const isYearless = (text: string): boolean => {
  const written = text.normalize('NFKC').trim()
  const read =
    YEARLESS.test(written) && !MONTH_ONLY.test(written)
      ? readDay(text, { year: 2024, order: 'dmy', dotted: 'dmy' })
      : undefined
  return read !== undefined && ('day' in read || read.not === 'no-such-day')
}

/** The day of a spreadsheet's serial number. */
export function ofSerial(serial: number, { epoch1904 }: DayStyle = {}): DayRead | { not: DayFault } {
  const days = Math.floor(serial) + (epoch1904 ? 1462 : 0)
  if (days < 20_000 || days > 80_000) return { not: 'no-day' }
  return {
    day: new Date(Date.UTC(1899, 11, 30) + days * MS_DAY).toISOString().slice(0, 10) as PlainDate,
    shape: 'serial',
  }
}

function ofMoment(match: RegExpExecArray, { zone, midnights }: DayStyle): DayRead | { not: DayFault } {
  const own = match[1]!
  if (NO_DAY.test(own)) return { not: 'no-day' }
  if (!isPlainDate(own)) return { not: 'no-such-day' }
  const offset = match[6] ? (match[6] === '-' ? -1 : 1) * (Number(match[7]) * 60 + Number(match[8])) : 0
  if (midnights && offset === 0) return near({ day: own, shape: 'plain' })
  if (zone === undefined) return near({ day: own, shape: 'moment' })
  const at =
    Date.UTC(
      Number(own.slice(0, 4)),
      Number(own.slice(5, 7)) - 1,
      Number(own.slice(8)),
      Number(match[2]),
      Number(match[3]),
    ) -
    offset * 60_000
  const day = dayAt(at, zone)
  return near({ day, shape: 'moment', ...(day === own ? {} : { moved: true }) })
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** The day on which a moment falls in a time zone. */
export function dayAt(milliseconds: number, zone: string): PlainDate {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(zone, format)
  }
  return format.format(milliseconds) as PlainDate
}

function ofParts(match: RegExpExecArray, { order, dotted }: DayStyle): DayRead | { not: DayFault } {
  const [, a, mark, b, last] = match as unknown as [string, string, string, string, string]
  const year = last.length === 4 ? last : fullYear(last)
  const shape: DayShape = mark === '.' ? 'dotted' : 'slashed'
  const used = mark === '.' ? (dotted ?? 'dmy') : order
  if (used === 'ymd' && last.length === 2) return dated(fullYear(a), b, last, 'short-year')
  if (used === 'dmy') return dated(year, b, a, shape)
  if (used === 'mdy') return dated(year, a, b, shape)
  // Nobody said the order: only what can be read in one way is read.
  if (Number(a) > 12) return dated(year, b, a, shape)
  if (Number(b) > 12) return dated(year, a, b, shape)
  return a.padStart(2, '0') === b.padStart(2, '0') ? dated(year, a, b, shape) : { not: 'order' }
}

function ofName(year: string, name: string, day: string): DayRead | { not: DayFault } {
  const month = MONTH.get(name.toLowerCase())
  if (month === undefined) return { not: 'no-day' }
  return dated(year.length === 2 ? fullYear(year) : year, String(month), day, 'plain')
}

/** Two-digit years are of this century up to 69. */
const fullYear = (short: string): string => (Number(short) < 70 ? `20${short}` : `19${short}`)

function dated(year: string, month: string, day: string, shape: DayShape): DayRead | { not: DayFault } {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isPlainDate(written) ? near({ day: written, shape }) : { not: 'no-such-day' }
}

/** What lies outside a working life is a slip or a filler. */
const near = (read: DayRead): DayRead | { not: DayFault } =>
  read.day >= '1971-01-01' && read.day < '2100-01-01' ? read : { not: 'far' }

/** What one value shows of the order of its column: the first part above 12 is a day, the second one too. */
export function orderShown(text: string): { mark: '.' | '/'; order: 'dmy' | 'mdy' | undefined } | undefined {
  const match = QUICK.exec(text) ?? QUICK_YEARLESS.exec(text)
  if (!match) return undefined
  const [a, b] = [Number(match[1]), Number(match[3])]
  return {
    mark: match[2] === '.' ? '.' : '/',
    order: a > 12 && b <= 12 ? 'dmy' : b > 12 && a <= 12 ? 'mdy' : undefined,
  }
}
const QUICK = /^\s*(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?\d{2}(?:\d{2})?(?!\d)/

const QUICK_YEARLESS = /^\s*(\d{1,2})\s?([-/.])\s?(\d{1,2})\.?\s*$/

/** A moment with its zone; `midnight`: of UTC. */
export function momentShown(text: string): { midnight: boolean } | undefined {
  const match = ISO_MOMENT.exec(text.trim())
  return match
    ? { midnight: match[2] === '00' && match[3] === '00' && (match[4] ?? '00') === '00' && match[6] === undefined }
    : undefined
}
