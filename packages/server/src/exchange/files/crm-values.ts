import { isPlainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'

/** Which part comes first where a column writes 3/4/2025. */
export type DayOrder = 'month-first' | 'day-first'

const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/

/** Reads the order off a whole column: a part above 12 cannot be a month. Without one, month first, as the CRMs export. */
export function dayOrderOf(values: readonly string[]): DayOrder {
  for (const value of values) {
    const match = SLASHED.exec(value.trim())
    if (match && Number(match[1]) > 12) return 'day-first'
  }
  return 'month-first'
}

/** A date as CRMs and spreadsheets write it, the time of day dropped; undefined when it is none. */
export function readDate(text: string, order: DayOrder): PlainDate | undefined {
  const value = text.trim()
  const pad = (part: string | undefined): string => String(part).padStart(2, '0')
  const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(value)
  const slashed = SLASHED.exec(value)
  const written = yearFirst
    ? `${yearFirst[1]}-${pad(yearFirst[2])}-${pad(yearFirst[3])}`
    : slashed
      ? order === 'month-first'
        ? `${slashed[3]}-${pad(slashed[1])}-${pad(slashed[2])}`
        : `${slashed[3]}-${pad(slashed[2])}-${pad(slashed[1])}`
      : value
  return isPlainDate(written) ? written : undefined
}

/** An amount with its currency, where the text names one: `¥1,200,000.00`, `USD 45k`, `120万`. Exact decimal text. */
export function readAmount(text: string): { value: string; currency?: string } | undefined {
  // Full width, and the blanks of many kinds that part thousands, become plain ones.
  const value = pointed(
    text
      .normalize('NFKC')
      .trim()
      .replaceAll(/(?<=\d)['’](?=\d{3})/g, ''),
  )
  if (/^\(.*\)$/.test(value)) return undefined
  const currency = /\b([A-Z]{3})\b/.exec(value)?.[1] ?? SIGNS[/[\u00a5$€£]/.exec(value)?.[0] ?? '']
  const match = /(-?\d[\d, ]*)(\.\d+)?\s*(万|亿|k|m|e\+?\d{1,2}(?!\d))?/i.exec(value)
  // What goes on in a way that is not understood (`1亿2000万`, `1e-5`) is no amount rather than its beginning.
  if (!match || /^(?:[.,]?\d|e[-+]?\d)/i.test(value.slice(match.index + match[0].length))) return undefined
  const [whole, scale] = [match[1]!.replace(/[, ]/g, ''), (match[3] ?? '').toLowerCase()]
  const digits = shifted(whole, (match[2] ?? '').slice(1), SCALES[scale] ?? (Number(scale.slice(1)) || 0))
  if (digits.startsWith('-')) return undefined
  return { value: digits, ...(currency ? { currency } : {}) }
}

/** `45.000,50` as half of Europe writes it becomes `45000.50`. */
function pointed(value: string): string {
  return value.replace(
    /(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.,])|(?<![\d.,])\d+,\d{1,2}(?![\d.,])/,
    (number) => number.replaceAll('.', '').replace(',', '.'),
  )
}

const SIGNS: Record<string, string> = { '\u00a5': 'CNY', $: 'USD', '€': 'EUR', '£': 'GBP' }
const SCALES: Record<string, number> = { 万: 4, 亿: 8, k: 3, m: 6 }

/** Moves the decimal point without ever computing in binary. */
function shifted(whole: string, fraction: string, places: number): string {
  const digits = fraction.padEnd(places, '0')
  const value = `${whole}${digits.slice(0, places)}`.replace(/^(-?)0+(?=\d)/, '$1')
  const rest = digits.slice(places).replace(/0+$/, '')
  return rest ? `${value}.${rest}` : value
}

/** A share 0..1 from `40`, `40%` or `0.4`. */
export function readShare(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([%\uff05])?$/.exec(text.trim())
  if (!match) return undefined
  const number = Number(match[1])
  const share = match[2] || number > 1 ? number / 100 : number
  return share <= 1 ? share : undefined
}
