import { CONCERNS, isPlainDate, nearestOf } from '@sente/engine'
import type { Methodology } from '@sente/engine'
import { cut } from '../../store/cut.ts'
import { readAmount, readShare } from './crm-values.ts'
import type { FieldType, Says } from './fields.ts'

/** How the values of one import are read. */
export interface Reading {
  method: Methodology
  /** Of amounts that name none. */
  currency: string | undefined
  /** Which part comes first in 3/4/2025. */
  dateOrder: 'ymd' | 'dmy' | 'mdy'
}

export interface Fault {
  what: Says
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
        ? value.trim()
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : undefined
    if (written === undefined) return fault('Expected text.', '应为文字。')
    return written.length <= most ? ok(written) : fault(`Longer than ${most} characters.`, `超过 ${most} 个字符。`)
  }
}

const TRUE = new Set(['true', 'yes', 'y', '1', '是', '对', '有'])
const FALSE = new Set(['false', 'no', 'n', '0', '否', '不', '无'])
const yesNo: Read = (value) => {
  if (typeof value === 'boolean') return ok(value)
  const written = String(value).trim().toLowerCase()
  if (TRUE.has(written)) return ok(true)
  return FALSE.has(written) ? ok(false) : fault('Neither yes nor no.', '既不是“是”也不是“否”。')
}

/** Days as CRMs write them. Fixed places are read without a pattern, because an import reads a million of them. */
function day({ dateOrder }: Reading): Read {
  const pad = (part: string): string => part.padStart(2, '0')
  return (value) => {
    const written = typeof value === 'string' ? value.trim() : String(value)
    if (written.length === 10 && isPlainDate(written)) return ok(written)
    const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(written)
    const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(written)
    const iso = yearFirst
      ? `${yearFirst[1]}-${pad(yearFirst[2]!)}-${pad(yearFirst[3]!)}`
      : slashed
        ? `${slashed[3]}-${pad(slashed[dateOrder === 'dmy' ? 2 : 1]!)}-${pad(slashed[dateOrder === 'dmy' ? 1 : 2]!)}`
        : written
    if (isPlainDate(iso)) return ok(iso)
    const order = slashed
      ? {
          en: ` Read as ${dateOrder === 'dmy' ? 'day/month' : 'month/day'}; the order can be set.`,
          zh: `按${dateOrder === 'dmy' ? '日/月' : '月/日'}读取，可以指定顺序。`,
        }
      : { en: '', zh: '' }
    return fault(`Not a day; write it like 2025-04-02.${order.en}`, `不是日期，请写成 2025-04-02。${order.zh}`)
  }
}

/** `{value, currency}`; the currency may stand in a column of its own and comes later. */
const amount: Read = (value) => {
  if (typeof value === 'object' && value !== null && 'value' in value) {
    const money = value as { value: unknown; currency?: unknown }
    // As we write it ourselves, a point is a point.
    const read =
      typeof money.value === 'string' && DECIMAL.test(money.value)
        ? { value: money.value }
        : typeof money.value === 'string' || typeof money.value === 'number'
          ? readAmount(String(money.value))
          : undefined
    return read
      ? ok({ value: read.value, ...(typeof money.currency === 'string' ? { currency: money.currency } : {}) })
      : fault('Not an amount.', '不是金额。')
  }
  const read =
    typeof value === 'number' ? (value >= 0 ? { value: plainNumber(value) } : undefined) : readAmount(String(value))
  if (read && DECIMAL.test(read.value)) return ok(read)
  return fault('Not an amount.', '不是金额。')
}
const DECIMAL = /^\d{1,15}(\.\d{1,6})?$/
const plainNumber = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(0) : String(Math.round(value * 1e6) / 1e6)

const currency: Read = (value) => {
  const code = String(value).trim().toUpperCase()
  const known =
    { RMB: 'CNY', 人民币: 'CNY', 美元: 'USD', 欧元: 'EUR', 港元: 'HKD', 港币: 'HKD', 日元: 'JPY' }[code] ?? code
  return /^[A-Z]{3}$/.test(known)
    ? ok(known)
    : fault('Not a currency; three letters like CNY.', '不是币种，应为 CNY 这样的三个字母。')
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

const share: Read = (value) => {
  const read = typeof value === 'number' && value >= 0 && value <= 1 ? value : readShare(String(value))
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

function methodId(what: Says, ids: readonly string[]): Read {
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
const words = text(20_000)
const knownWords: Read = (value) => (value === false ? ok(false) : words(value))
/** Somebody's name; `false`, or a dash, for "reports to nobody here". */
const superior: Read = (value) => (value === false || value === '-' || value === '无' ? ok(false) : line(value))

/** The reader of a type of field. */
export function readerOf(type: FieldType, reading: Reading): Read {
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
      return day(reading)
    case 'amount':
      return amount
    case 'currency':
      return currency
    case 'count':
      return number(0, 1_000_000, true)
    case 'hours':
      return number(0, 10_000, false)
    case 'share':
      return share
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
      return oneOf(
        ['open', 'won', 'lost', 'no-decision'],
        [
          [/no.?decision|无决定|搁置|暂停/i, 'no-decision'],
          [/lost|输|丢/i, 'lost'],
          [/won|赢|成交/i, 'won'],
          [/^(open|active|in progress|进行中|跟进中|打开)$/i, 'open'],
        ],
      )
    case 'style':
      return oneOf(
        ['steady', 'swift'],
        [
          [/稳/, 'steady'],
          [/快/, 'swift'],
        ],
      )
    case 'outcome':
      return oneOf(
        ['done', 'failed', 'cancelled'],
        [
          [/cancel|取消|no.?show/i, 'cancelled'],
          [/fail|失败/i, 'failed'],
          [/./, 'done'],
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
