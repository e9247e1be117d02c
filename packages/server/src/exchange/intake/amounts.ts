import { currencyIn } from './currencies.ts'
import type { CurrencySign } from './currencies.ts'
import { chineseNumber, wordNumber } from './numerals.ts'

/** The mark before the decimals. */
export type DecimalMark = '.' | ','

export interface AmountStyle {
  /** Of the column, where its values show it: decides `12.500` and `5,582`. */
  mark?: DecimalMark | undefined
  /** Power of ten by which the column's heading says all its numbers are to be multiplied (`万元`: 4). */
  scale?: number | undefined
  /** Of the workspace: decides what a sign of several countries means. */
  ours?: string | undefined
}

export interface AmountRead {
  /** Exact decimal text, never negative. */
  value: string
  currency?: string
  /** The sign of the currency belongs to several countries. */
  sign?: string
  /** `300来万`, `约`, `500多万`: this much, or about it, or more. */
  about?: true
  /** A single mark before three digits: whether it parts thousands was decided by the column, or guessed. */
  unclear?: true
  /** The unit stands in the cell itself. */
  ownScale?: true
}
export type AmountFault = 'range' | 'several' | 'sign' | 'currencies' | 'negative' | 'none'

const PLAIN = /^\d{1,15}(?:\.\d{1,2})?$/

/** An amount as people and programs write it, with its currency where it names one; or why it is none. */
export function readMoney(text: string, style: AmountStyle = {}): AmountRead | { not: AmountFault } {
  // As most programs write it.
  if (PLAIN.test(text)) return { value: shifted(text, style.scale ?? 0) }
  const { rest, currency, several, unknown } = currencyIn(folded(text), style.ours)
  if (several) return { not: 'currencies' }
  if (unknown !== undefined || (currency && currency.code === undefined)) return { not: 'sign' }
  if (/^\s*(?:[-−–]\s*\d|\(\s*[\d.,]+\s*\)\s*$)/.test(rest)) return { not: 'negative' }
  const about = ABOUT.test(rest)
  const words = rest.replaceAll(FILLING, ' ').replaceAll(ABOUT_ALL, '').trim()
  if (words === '') return { not: 'none' }
  if (RANGE.test(words)) return { not: 'range' }
  const number = numberIn(words, style)
  if (!number) return { not: /\d\D+\d/.test(words.replaceAll(/[.,\s'’]/g, '')) ? 'several' : 'none' }
  return read(number, currency, about, style)
}

function read(
  number: Scaled,
  currency: CurrencySign | undefined,
  about: boolean,
  { scale = 0 }: AmountStyle,
): AmountRead | { not: AmountFault } {
  const places = number.scale ?? scale
  const value = shifted(number.digits, places)
  if (!/^\d{1,15}(\.\d{1,6})?$/.test(value)) return { not: 'none' }
  return {
    value,
    ...(currency?.code === undefined ? {} : { currency: currency.code }),
    ...(currency?.shared ? { sign: currency.sign } : {}),
    ...(about || number.about ? { about: true } : {}),
    ...(number.unclear ? { unclear: true } : {}),
    ...(number.scale === undefined ? {} : { ownScale: true }),
  }
}

/** Full width, and the blanks of many kinds that part thousands, become plain ones. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/(?<=\d)['’`](?=\d{3})/g, '')
    .replaceAll(/[\u00a0\u202f\u2009\u2007]/g, ' ')
    .trim()

const ABOUT =
  /约|大约|大概|左右|上下|以上|近|估计|起|不少于|至少|[来多余几]|~|≈|\babout\b|\bapprox|\bca\.?(?=\s*\d)|\baround\b|\bcirca\b|\bover\b|\bat least\b|\+\s*$/i
const ABOUT_ALL =
  /约|大约|大概|左右|上下|以上|估计|不少于|至少|^近|起$|^[~≈]|\babout\b|\bapprox(?:imately|\.)?|\bca\.?(?=\s*\d)|\baround\b|\bcirca\b|\bover\b|\bat least\b|\+\s*$/gi
/** Says nothing about how much. */
const FILLING =
  /含税|不含税|未税|税前|税后|整$|共计|^(?:合计|总计|总额|金额|预算)[::]?|^共|[()（）]|\b(?:incl|excl)\.?\s*(?:vat|tax)\b/gi
const NUMBER = String.raw`\d[\d.,]*`
const RANGE = new RegExp(
  String.raw`${NUMBER}\s*(?:万|亿|千万|百万|k|m|w)?\s*(?:[-–—~～到至]|\bto\b|\bbis\b)\s*${NUMBER}|[一二两三四五六七八九十百千]\s*[到至~～-]\s*[一二两三四五六七八九十百千]`,
  'i',
)

interface Scaled {
  digits: string
  /** Power of ten that the text itself names. */
  scale: number | undefined
  about?: boolean
  unclear?: boolean
}

const SCALES: Readonly<Record<string, number>> = {
  k: 3,
  tsd: 3,
  thousand: 3,
  thousands: 3,
  tausend: 3,
  mille: 3,
  t: 3,
  千: 3,
  仟: 3,
  w: 4,
  万: 4,
  萬: 4,
  만: 4,
  lakh: 5,
  lakhs: 5,
  lac: 5,
  lacs: 5,
  十万: 5,
  百万: 6,
  佰万: 6,
  百萬: 6,
  m: 6,
  mm: 6,
  mn: 6,
  mln: 6,
  mio: 6,
  mill: 6,
  million: 6,
  millions: 6,
  millionen: 6,
  millones: 6,
  kw: 7,
  千万: 7,
  仟万: 7,
  千萬: 7,
  cr: 7,
  crore: 7,
  crores: 7,
  亿: 8,
  億: 8,
  억: 8,
  b: 9,
  bn: 9,
  bln: 9,
  bio: 9,
  billion: 9,
  billions: 9,
  十亿: 9,
  mrd: 9,
  md: 9,
  milliard: 9,
  milliards: 9,
  milliarden: 9,
  百亿: 10,
  千亿: 11,
  万亿: 12,
  兆: 12,
  trillion: 12,
  tn: 12,
}
const SCALE = Object.keys(SCALES)
  .toSorted((a, b) => b.length - a.length)
  .join('|')
const ONE = new RegExp(
  String.raw`^(\d[\d.,\s]*)\s*(?:e\+?(\d{1,2}))?\s*(来|多|余|几)?\s*(个)?\s*(${SCALE})?\.?\s*(来|多|余|几)?$`,
  'i',
)
/** `1亿2千万`, `1亿2000万`, `3万5`: parts that become smaller. */
const PARTS = new RegExp(String.raw`(\d+(?:\.\d+)?)(${SCALE})?`, 'gi')
const IN_PARTS = new RegExp(
  String.raw`^(?:\d+(?:\.\d+)?(?:万亿|千亿|亿|億|千万|百万|万|萬|千)\s*)+(?:\d+(?:\.\d+)?(?:千|百)?)?$`,
)

function numberIn(words: string, style: AmountStyle): Scaled | undefined {
  const one = ONE.exec(words)
  if (one) {
    const plain = plainDigits(one[1]!.trim(), style.mark)
    if (!plain) return undefined
    const scale = one[5] === undefined ? undefined : SCALES[one[5].toLowerCase()]!
    const exponent = one[2] === undefined ? 0 : Number(one[2])
    return {
      digits: shifted(plain.digits, exponent),
      scale,
      about: (one[3] ?? one[6]) !== undefined,
      unclear: plain.unclear && exponent === 0,
    }
  }
  if (IN_PARTS.test(words.replaceAll(/\s/g, ''))) return inParts(words.replaceAll(/\s/g, ''))
  const chinese = chineseNumber(words)
  if (chinese) return { digits: chinese.digits, scale: chinese.scale, about: chinese.about }
  const english = wordNumber(words)
  return english === undefined ? undefined : { digits: english, scale: 0 }
}

function inParts(words: string): Scaled | undefined {
  let sum = 0n
  let before = Infinity
  for (const [, number, unit] of words.matchAll(PARTS)) {
    // `3万5`: what follows without a unit is of the next one.
    const scale = unit === undefined ? (before === Infinity ? 0 : before - 1) : SCALES[unit.toLowerCase()]!
    if (scale >= before) return undefined
    // `1亿2000万` says plain digits before a unit; `3万5` says one digit.
    if (unit === undefined && number!.length > 1) sum += BigInt(shifted(number!, 0))
    else {
      const value = shifted(number!, scale)
      if (value.includes('.')) return undefined
      sum += BigInt(value)
    }
    before = scale
  }
  return { digits: String(sum), scale: 0 }
}

const GROUPED = { '.': /^\d{1,3}(?:\.\d{2,3})*\.\d{3}$/, ',': /^\d{1,3}(?:,\d{2,3})*,\d{3}$/ } as const
const POINT_THOUSANDS = /^[1-9]\d{0,2}(?:\.\d{3})+$/
const COMMA_THOUSANDS = /^\d{1,3}(?:,\d{3})+$/

/** Digits with a point, by the pattern of the marks; `unclear` where one mark stands before three digits and the column says nothing. */
function plainDigits(text: string, mark: DecimalMark | undefined): { digits: string; unclear: boolean } | undefined {
  const spaced = /^\d{1,3}(?: \d{3})+(?:[.,]\d+)?$/.test(text) ? text.replaceAll(' ', '') : text
  if (/\s/.test(spaced)) return undefined
  const value = spaced.replace(/[.,]$/, '')
  const [points, commas] = [value.split('.').length - 1, value.split(',').length - 1]
  const sure = (digits: string): { digits: string; unclear: boolean } => ({ digits, unclear: false })
  if (points === 0 && commas === 0) return sure(value)
  if (points > 0 && commas > 0) {
    const decimal = value.lastIndexOf('.') > value.lastIndexOf(',') ? '.' : ','
    const grouping = decimal === '.' ? ',' : '.'
    if (value.split(decimal).length > 2) return undefined
    const [whole = '', fraction = ''] = value.split(decimal)
    // Groups of three, or as India writes them: 12,50,000.
    if (!GROUPED[grouping].test(whole)) return undefined
    return sure(`${whole.replaceAll(grouping, '')}.${fraction}`)
  }
  const sign = points > 0 ? '.' : ','
  if (points + commas > 1)
    return /^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(value) ? sure(value.replaceAll(sign, '')) : undefined
  const fraction = value.split(sign)[1]!
  if (fraction.length !== 3 || value.startsWith('0')) return sure(value.replace(',', '.').replace(/^\./, '0.'))
  const thousands = sign === '.' ? POINT_THOUSANDS.test(value) : COMMA_THOUSANDS.test(value)
  if (!thousands) return sure(value.replace(',', '.'))
  if (mark !== undefined) return sure(mark === sign ? value.replace(',', '.') : value.replace(sign, ''))
  return { digits: value.replace(sign, ''), unclear: true }
}

/** What the marks of one value say about the column's mark before decimals; nothing where they may mean either. */
export function markShown(text: string): DecimalMark | undefined {
  const number = /\d[\d.,]*/.exec(folded(text))?.[0]?.replace(/[.,]$/, '')
  if (number === undefined) return undefined
  const [points, commas] = [number.split('.').length - 1, number.split(',').length - 1]
  if (points === 0 && commas === 0) return undefined
  if (points > 0 && commas > 0) return number.lastIndexOf('.') > number.lastIndexOf(',') ? '.' : ','
  const sign = points > 0 ? '.' : ','
  if (points + commas > 1) return sign === '.' ? ',' : '.'
  return number.split(sign)[1]!.length === 3 && !number.startsWith('0') ? undefined : sign
}

const PLAIN_WHOLE = /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/
/** Moves the decimal point without ever computing in binary. */
export function shifted(digits: string, places: number): string {
  if (places === 0 && PLAIN_WHOLE.test(digits)) return digits
  if (places < 0) {
    const [units = '', below = ''] = digits.split('.')
    const long = units.padStart(1 - places, '0')
    return shifted(`${long.slice(0, places)}.${long.slice(places)}${below}`, 0)
  }
  const [whole = '', fraction = ''] = digits.split('.')
  const padded = fraction.padEnd(places, '0')
  const value = `${whole}${padded.slice(0, places)}`.replace(/^0+(?=\d)/, '')
  const rest = padded.slice(places).replace(/0+$/, '')
  return rest ? `${value}.${rest}` : value
}

/** Parts of a unit, as interfaces give them: `amountMicros`, `amount_cents`. */
const BELOW: readonly [RegExp, number][] = [
  [/micros\)?$/i, -6],
  [/(?:^|[\s_.(])(?:in[\s_])?cents?\)?$/i, -2],
  [/\(分\)$/, -2],
]

/** The unit that a heading names: `预计金额（万元）`, `Amount (k EUR)`, `Umsatz in T€`; power of ten and currency. */
export function unitOf(heading: string, ours?: string): { scale?: number; currency?: string } {
  const text = folded(heading)
  const part = BELOW.find(([pattern]) => pattern.test(text))
  if (part) return { scale: part[1] }
  const inside =
    /[([【]([^)\]】]*)[)\]】]/.exec(text)?.[1] ??
    /(?:单位[::]?|\bin\s+|[-/,，:]\s*)([^\s]*(?:\s[^\s]+)?)$/i.exec(text)?.[1] ??
    /(亿元|百万元|万元|千元)$/.exec(text)?.[1]
  if (inside === undefined) return {}
  const unit = inside.replace(/^单位[::]?/, '').trim()
  const { rest, currency } = currencyIn(unit, ours)
  const word = rest.trim().toLowerCase().replaceAll(/\.$/g, '').replaceAll(/['\s]/g, '')
  const scale = word === '' ? undefined : (SCALES[word] ?? (word === '000s' || word === '000' ? 3 : undefined))
  if (word !== '' && scale === undefined) return {}
  return {
    ...(scale === undefined ? {} : { scale }),
    ...(currency?.code === undefined ? {} : { currency: currency.code }),
  }
}
