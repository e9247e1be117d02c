import { CONCERNS, nearestOf } from '@sente/engine'
import type { Methodology, Text } from '@sente/engine'
import { cut } from '../../store/cut.ts'
import { readMoney } from '../intake/amounts.ts'
import type { AmountFault, AmountRead, AmountStyle } from '../intake/amounts.ts'
import { namesNoCurrency, readCurrency } from '../intake/currencies.ts'
import { readDay } from '../intake/days.ts'
import type { DateOrder, DayFault, DayStyle } from '../intake/days.ts'
import { htmlAsText } from '../intake/html.ts'
import { unguarded } from '../intake/identity.ts'
import { readShare } from '../intake/shares.ts'
import type { ShareUnit } from '../intake/shares.ts'
import { statusWords } from '../intake/statuses.ts'
import type { StatusWords } from '../intake/statuses.ts'
import type { FieldType } from './fields.ts'

/** How the values of one import are read. */
export interface Reading {
  method: Methodology
  /** Of amounts that name none. */
  currency?: string | undefined
  /** Which part comes first in 3/4/2025; where rows come one by one and nobody said it, such a day is refused. */
  dateOrder?: DateOrder | undefined
  /** Whose day counts for moments with a zone. */
  timeZone?: string | undefined
  /** What was decided on all rows of a table, by field. */
  days?: ReadonlyMap<string, DayStyle>
  amounts?: ReadonlyMap<string, AmountStyle & { currency?: string }>
  shares?: ReadonlyMap<string, ShareUnit>
  /** What statuses mean, where somebody said it. */
  statuses?: StatusWords
}

export interface Fault {
  what: Text
  nearest?: string
}
/** A value as the store takes it, or what is wrong with it. Made once for each field of an import. */
export type Read = (value: unknown) => { value: unknown } | { fault: Fault }

const ok = (value: unknown): { value: unknown } => ({ value })
const fault = (en: string, zh: string, nearest?: string): { fault: Fault } => ({
  fault: { what: { en, zh }, ...(nearest === undefined ? {} : { nearest }) },
})

const shown = (value: unknown): string => cut(typeof value === 'string' ? value : JSON.stringify(value), 80)

function text(most: number): Read {
  return (value) => {
    const written =
      typeof value === 'string'
        ? unguarded(value).trim()
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : undefined
    if (written === undefined) return fault('Expected text.', '应为文字。')
    return written.length <= most ? ok(written) : fault(`Longer than ${most} characters.`, `超过 ${most} 个字符。`)
  }
}

const TRUE = new Set(['true', 'yes', 'y', '1', '是', '对', '有', 'won', '赢', '赢单'])
const FALSE = new Set(['false', 'no', 'n', '0', '否', '不', '无', 'lost', '输', '输单', '丢单'])
const yesNo: Read = (value) => {
  if (typeof value === 'boolean') return ok(value)
  const written = String(value).trim().toLowerCase()
  if (TRUE.has(written)) return ok(true)
  return FALSE.has(written) ? ok(false) : fault('Neither yes nor no.', '既不是“是”也不是“否”。')
}

const DAY_FAULTS: Readonly<Record<DayFault, Text>> = {
  'no-day': { en: 'Not a day; write it like 2025-04-02.', zh: '不是日期，请写成 2025-04-02。' },
  'month-only': {
    en: 'A month or quarter is no day; write it like 2025-04-02.',
    zh: '只有月份或季度，不是日期，请写成 2025-04-02。',
  },
  'no-year': {
    en: 'A day without a year; write it like 2025-04-02, or say the year.',
    zh: '日期没有年份，请写成 2025-04-02，或指定年份。',
  },
  order: {
    en: 'Day/month or month/day? Nothing tells; the order can be set.',
    zh: '是日/月还是月/日？无法判断，可以指定顺序。',
  },
  'no-such-day': {
    en: 'There is no such day in the order of this column; write it like 2025-04-02, or set the order.',
    zh: '按本列的顺序没有这一天，请写成 2025-04-02，或指定顺序。',
  },
  far: { en: 'This day is too far away to be meant.', zh: '日期离现在太远，应有误。' },
  nothing: { en: 'Not a day; write it like 2025-04-02.', zh: '不是日期，请写成 2025-04-02。' },
}
/** Days as CRMs write them. Fixed places are read without a pattern, because an import reads a million of them. */
function day(style: DayStyle): Read {
  return (value) => {
    const read = readDay(typeof value === 'string' ? value.trim() : String(value), style)
    if ('day' in read) return ok(read.day)
    return read.not === 'nothing' ? ok(undefined) : { fault: { what: DAY_FAULTS[read.not] } }
  }
}

const AMOUNT_FAULTS: Readonly<Record<AmountFault, Text>> = {
  none: { en: 'Not an amount.', zh: '不是金额。' },
  range: { en: 'A range is not one amount; write the one that is meant.', zh: '这是范围，不是一个金额，请写一个数。' },
  several: { en: 'Several numbers: which one is the amount?', zh: '有多个数字，哪个是金额？' },
  sign: {
    en: 'The sign of the currency is not known, or several countries use it: name the currency with three letters.',
    zh: '不认识这个货币符号，或多国共用：请用三个字母写明币种。',
  },
  currencies: { en: 'Two currencies in one amount.', zh: '一个金额里有两种货币。' },
  negative: { en: 'An amount cannot be negative.', zh: '金额不能为负。' },
}
/** `{value, currency}`; the currency may stand in a column of its own and comes later. */
function amount(style: AmountStyle & { currency?: string | undefined }): Read {
  const named = (read: AmountRead | { not: AmountFault }): { value: unknown } | { fault: Fault } => {
    if ('not' in read) return { fault: { what: AMOUNT_FAULTS[read.not] } }
    const code = read.currency ?? style.currency
    return ok({
      value: read.value,
      ...(code === undefined ? {} : { currency: code }),
      ...(read.sign === undefined ? {} : { sign: read.sign }),
    })
  }
  return (value) => {
    if (typeof value === 'object' && value !== null && 'value' in value) {
      const money = value as { value: unknown; currency?: unknown }
      // As we write it ourselves, a point is a point.
      const read =
        typeof money.value === 'string' && DECIMAL.test(money.value)
          ? { value: money.value }
          : typeof money.value === 'string' || typeof money.value === 'number'
            ? readMoney(String(money.value))
            : { not: 'none' as const }
      if ('not' in read) return named(read)
      return ok({ value: read.value, ...(typeof money.currency === 'string' ? { currency: money.currency } : {}) })
    }
    if (typeof value === 'number')
      return value >= 0 && DECIMAL.test(plainNumber(value))
        ? named(readMoney(plainNumber(value), { ...style, mark: '.' }))
        : fault('Not an amount.', '不是金额。')
    return named(readMoney(String(value), style))
  }
}
const DECIMAL = /^\d{1,15}(\.\d{1,6})?$/
const plainNumber = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(0) : String(Math.round(value * 1e6) / 1e6)

const currency =
  (ours: string | undefined): Read =>
  (value) => {
    if (namesNoCurrency(String(value))) return ok(undefined)
    const code = readCurrency(String(value), ours)
    return code === undefined
      ? fault('Not a currency; three letters like CNY.', '不是币种，应为 CNY 这样的三个字母。')
      : ok(code)
  }

function number(least: number, most: number, whole: boolean): Read {
  return (value) => {
    const read = typeof value === 'number' ? value : Number(String(value).trim().replaceAll(',', ''))
    if (Number.isFinite(read) && read >= least && read <= most && (!whole || Number.isInteger(read))) return ok(read)
    return fault(
      `Not ${whole ? 'a whole' : 'a'} number from ${least} to ${most}.`,
      `应为 ${least} 到 ${most} 的${whole ? '整' : ''}数。`,
    )
  }
}

const share =
  (unit: ShareUnit | undefined): Read =>
  (value) => {
    const read =
      unit === undefined && typeof value === 'number' && value >= 0 && value <= 1
        ? value
        : readShare(String(value), unit)
    return read === undefined ? fault('Not a share such as 0.4 or 40%.', '不是 0.4 或 40% 这样的比例。') : ok(read)
  }

/** One of some words; `also` holds what others call them. */
function oneOf(words: readonly string[], also: readonly [RegExp, string][]): Read {
  const set = new Set(words)
  return (value) => {
    const written = String(value).trim()
    if (set.has(written)) return ok(written)
    const other = also.find(([pattern]) => pattern.test(written))
    if (other) return ok(other[1])
    return fault(`Not one of ${words.join(', ')}.`, `应为 ${words.join('、')} 之一。`, nearestOf(written, words))
  }
}

function methodId(what: Text, ids: readonly string[]): Read {
  const set = new Set(ids)
  return (value) => {
    const written = String(value).trim()
    return set.has(written)
      ? ok(written)
      : fault(
          `The method has no ${what.en} "${shown(written)}".`,
          `方法里没有${what.zh}“${shown(written)}”。`,
          nearestOf(written, ids),
        )
  }
}

/** `economic-buyer` and `economic_buyer` are the same word. */
const underscored =
  (read: Read): Read =>
  (value) =>
    read(String(value).trim().replaceAll('-', '_'))

function listOf(one: Read): Read {
  return (value) => {
    const parts = Array.isArray(value)
      ? value
      : String(value)
          .split(/[;；、|\n]/)
          .map((part) => part.trim())
          .filter(Boolean)
    const values: unknown[] = []
    for (const part of parts) {
      const read = one(part)
      if ('fault' in read) return read
      values.push(read.value)
    }
    return values.length <= 50 ? ok(values) : fault('More than 50.', '超过 50 个。')
  }
}

const line = text(500)
const plainWords = text(20_000)
/** Marks take more room than the words between them, but not without end. */
const MARKED = 400_000
const words: Read = (value) =>
  plainWords(typeof value === 'string' && value.length <= MARKED ? htmlAsText(value) : value)
const knownWords: Read = (value) => (value === false ? ok(false) : words(value))
/** Somebody's name; `false`, or a dash, for "reports to nobody here". */
const superior: Read = (value) => (value === false || value === '-' || value === '无' ? ok(false) : line(value))

/** A status that is not known says nothing; the list's report names it. */
const statusReader =
  ({ statuses = statusWords() }: Reading): Read =>
  (value) =>
    ok(statuses.deal(String(value)))
const activityReader =
  ({ statuses = statusWords() }: Reading): Read =>
  (value) => {
    const status = statuses.activity(String(value))
    return status === 'planned'
      ? fault('Planned or not held: no contact has taken place.', '计划中或未进行：没有发生接触。')
      : ok(status)
  }

/** Types of which a list holds few different values, each many times. */
const REPEATED: ReadonlySet<FieldType> = new Set(['day', 'currency', 'share', 'status', 'activity-status', 'yes-no'])
const REMEMBERED = 5_000

/** Remembers what short texts were read as. */
function remembering(read: Read): Read {
  const known = new Map<string, ReturnType<Read>>()
  return (value) => {
    if (typeof value !== 'string' || value.length > 40) return read(value)
    let found = known.get(value)
    if (found === undefined) {
      if (known.size >= REMEMBERED) known.clear()
      known.set(value, (found = read(value)))
    }
    return found
  }
}

/** The reader of a type of field. */
export function readerOf(type: FieldType, reading: Reading, name = ''): Read {
  const read = plainReaderOf(type, reading, name)
  return REPEATED.has(type) ? remembering(read) : read
}

function plainReaderOf(type: FieldType, reading: Reading, name: string): Read {
  switch (type) {
    case 'line':
      return line
    case 'words':
      return words
    case 'known-words':
      return knownWords
    case 'superior':
      return superior
    case 'day':
      return day(reading.days?.get(name) ?? { order: reading.dateOrder, zone: reading.timeZone })
    case 'amount':
      return amount(reading.amounts?.get(name) ?? { ours: reading.currency })
    case 'currency':
      return currency(reading.currency)
    case 'count':
      return number(0, 1_000_000, true)
    case 'hours':
      return number(0, 10_000, false)
    case 'share':
      return share(reading.shares?.get(name))
    case 'yes-no':
      return yesNo
    case 'names':
      return listOf(text(200))
    case 'play':
      return methodId(
        { en: 'play', zh: '打法' },
        reading.method.plays.plays.map(({ id }) => id),
      )
    case 'traits':
      return listOf(
        underscored(
          methodId(
            { en: 'trait', zh: '特征' },
            reading.method.concerns.traits.map(({ id }) => id),
          ),
        ),
      )
    case 'status':
      return statusReader(reading)
    case 'activity-status':
      return activityReader(reading)
    case 'style':
      return oneOf(
        ['steady', 'swift'],
        [
          [/稳/, 'steady'],
          [/快/, 'swift'],
        ],
      )
    case 'concern':
      return oneOf(CONCERNS, [
        [/需求/, 'need'],
        [/价格|成本|price/i, 'cost'],
        [/方案/, 'solution'],
        [/风险/, 'risk'],
      ])
  }
}

export { shown }
