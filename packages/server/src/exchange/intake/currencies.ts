/** Signs and names of currencies as people write them, by the country they belong to. */

/** One meaning only. Longer ones are tried first, so that `HK$` is no `$`. */
const SURE: Readonly<Record<string, string>> = {
  US$: 'USD',
  U$: 'USD',
  HK$: 'HKD',
  NT$: 'TWD',
  S$: 'SGD',
  SG$: 'SGD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  NZ$: 'NZD',
  R$: 'BRL',
  MX$: 'MXN',
  MOP$: 'MOP',
  CLP$: 'CLP',
  COL$: 'COP',
  AR$: 'ARS',
  'B/.': 'PAB',
  'S/.': 'PEN',
  'S/': 'PEN',
  'JP¥': 'JPY',
  'CN¥': 'CNY',
  円: 'JPY',
  RMB: 'CNY',
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₩': 'KRW',
  '₽': 'RUB',
  '₺': 'TRY',
  '₫': 'VND',
  '฿': 'THB',
  '₱': 'PHP',
  '₪': 'ILS',
  '₴': 'UAH',
  '₸': 'KZT',
  '₦': 'NGN',
  '₵': 'GHS',
  '₡': 'CRC',
  '₮': 'MNT',
  '₭': 'LAK',
  '៛': 'KHR',
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
  RM: 'MYR',
  Rp: 'IDR',
  'SFr.': 'CHF',
  SFr: 'CHF',
  'Fr.': 'CHF',
  人民币: 'CNY',
  人民幣: 'CNY',
  美元: 'USD',
  美金: 'USD',
  欧元: 'EUR',
  歐元: 'EUR',
  港元: 'HKD',
  港币: 'HKD',
  港幣: 'HKD',
  港纸: 'HKD',
  日元: 'JPY',
  日圆: 'JPY',
  日圓: 'JPY',
  英镑: 'GBP',
  英鎊: 'GBP',
  新台币: 'TWD',
  新台幣: 'TWD',
  新臺幣: 'TWD',
  台币: 'TWD',
  台幣: 'TWD',
  新加坡元: 'SGD',
  新加坡币: 'SGD',
  新币: 'SGD',
  坡币: 'SGD',
  澳元: 'AUD',
  澳币: 'AUD',
  加元: 'CAD',
  加币: 'CAD',
  纽元: 'NZD',
  新西兰元: 'NZD',
  韩元: 'KRW',
  韩币: 'KRW',
  卢布: 'RUB',
  印度卢比: 'INR',
  瑞士法郎: 'CHF',
  瑞郎: 'CHF',
  泰铢: 'THB',
  林吉特: 'MYR',
  马币: 'MYR',
  澳门元: 'MOP',
  澳門元: 'MOP',
  越南盾: 'VND',
  印尼盾: 'IDR',
  印尼卢比: 'IDR',
  雷亚尔: 'BRL',
  迪拉姆: 'AED',
  'US dollars': 'USD',
  'US dollar': 'USD',
  euros: 'EUR',
  euro: 'EUR',
  'pounds sterling': 'GBP',
  sterling: 'GBP',
  yen: 'JPY',
  yuan: 'CNY',
  renminbi: 'CNY',
  rupees: 'INR',
  'Swiss francs': 'CHF',
  reais: 'BRL',
  won: 'KRW',
}
/** Used by several countries; the first is the commonest, and absent where none is. */
const SHARED: Readonly<Record<string, readonly [string | undefined, ...string[]]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'TWD', 'MXN', 'CLP', 'COP', 'ARS'],
  dollars: ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD'],
  dollar: ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD'],
  '¥': ['CNY', 'JPY'],
  元: ['CNY', 'TWD', 'HKD', 'MOP'],
  圆: ['CNY', 'JPY'],
  块: ['CNY', 'TWD'],
  kr: [undefined, 'NOK', 'SEK', 'DKK', 'ISK'],
  'kr.': [undefined, 'NOK', 'SEK', 'DKK', 'ISK'],
  Rs: ['INR', 'PKR', 'LKR', 'NPR'],
  'Rs.': ['INR', 'PKR', 'LKR', 'NPR'],
  '₨': [undefined, 'INR', 'PKR', 'LKR', 'NPR'],
  pounds: ['GBP', 'EGP'],
}

const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
/** Three capitals that are the code of a currency. */
export const isCurrency = (code: string): boolean => CODES.has(code)

export interface CurrencySign {
  /** ISO 4217; absent where the sign belongs to several countries and nothing says to which. */
  code: string | undefined
  /** The sign is used by several countries. */
  shared: boolean
  sign: string
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
const byLength = (words: readonly string[]): string[] => words.toSorted((a, b) => b.length - a.length)
/** A sign of Latin letters stands alone or beside a digit; others stand anywhere. */
const pattern = (sign: string): string => {
  const before = /^[a-z]/i.test(sign) ? String.raw`(?<![\p{L}])` : ''
  const after = /[a-z]$/i.test(sign) ? String.raw`(?![\p{L}])` : ''
  return `${before}${escaped(sign)}${after}`
}
const lowered = new Map([...Object.keys(SURE), ...Object.keys(SHARED)].map((sign) => [sign.toLowerCase(), sign]))
const SIGN = new RegExp(
  byLength([...Object.keys(SURE), ...Object.keys(SHARED)])
    .map(pattern)
    .join('|'),
  'giu',
)
const CODE = /(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])/g
/** `TEUR`, `KEUR`, `MUSD`: thousands or millions of a currency. */
const SCALED = /(?<![A-Za-z])([kKTM])(EUR|USD|CHF|GBP|SEK|NOK|DKK|CNY|RMB|SGD|HKD|€)(?![A-Za-z])/g

/**
 * Takes the currency out of an amount's text: what is left is the number. `ours` is the currency of the workspace, which decides what a sign of
 * several countries means. `several`: two different ones are named. `unknown`: a sign that no currency is known by.
 */
export function currencyIn(
  text: string,
  ours: string | undefined,
): { rest: string; currency?: CurrencySign; several?: true; unknown?: string } {
  const found: CurrencySign[] = []
  let rest = text.replaceAll(SCALED, (_, scale: string, code: string) => {
    found.push({ code: code === '€' ? 'EUR' : code === 'RMB' ? 'CNY' : code, shared: false, sign: code })
    return scale === 'M' ? ' m ' : ' k '
  })
  rest = rest.replaceAll(CODE, (whole, code: string) => {
    if (!CODES.has(code)) return whole
    found.push({ code, shared: false, sign: code })
    return ' '
  })
  rest = rest.replaceAll(SIGN, (written) => {
    const sign = lowered.get(written.toLowerCase()) ?? written
    if (SURE[sign] !== undefined) found.push({ code: SURE[sign], shared: false, sign })
    else {
      const [first, ...others] = SHARED[sign]!
      const code = ours !== undefined && (first === ours || others.includes(ours)) ? ours : first
      found.push({ code, shared: true, sign })
    }
    return ' '
  })
  const unknown = /[\p{Sc}]/u.exec(rest)?.[0]
  if (unknown !== undefined) return { rest, unknown: /[^\s\d]*[\p{Sc}]/u.exec(text)?.[0] ?? unknown }
  // `480万元人民币`, `US$ 90,000 dollars`: the sign of several countries is the one that the other names.
  const sure = [...new Set(found.filter(({ shared }) => !shared).map(({ code }) => code))]
  if (sure.length > 1) return { rest, several: true }
  const currency = found.find(({ shared }) => !shared) ?? found[0]
  return { rest, ...(currency ? { currency } : {}) }
}

/** A cell of a column of currencies: a code, a name or a sign. */
export function readCurrency(text: string, ours: string | undefined): string | undefined {
  const value = text.normalize('NFKC').trim()
  const code = value.toUpperCase()
  if (CODES.has(code)) return code
  // `CNY - 人民币`, `Euro (EUR)`, `人民币(CNY)`.
  const inside = [...value.matchAll(CODE)].map((match) => match[1]!).find((found) => CODES.has(found))
  if (inside !== undefined) return inside
  const named = NAMES[value.toLowerCase()] ?? namesOfTheWorld().get(value.toLowerCase())
  if (named !== undefined) return named
  const { rest, currency, several } = currencyIn(value, ours)
  return several || rest.trim() !== '' ? undefined : currency?.code
}

/** SuiteCRM and its kin write -99 for the currency of the house, which they do not name. */
export const namesNoCurrency = (text: string): boolean => /^\s*(?:-99|-|–|—|n\/a|none|无)\s*$/i.test(text)

let world: ReadonlyMap<string, string> | undefined
/** What currencies are called in English, Chinese and German (CLDR, as the runtime has it): `Danish Krone`, `丹麦克朗`. */
function namesOfTheWorld(): ReadonlyMap<string, string> {
  world ??= new Map(
    ['de', 'zh-Hant', 'zh-Hans', 'en'].flatMap((language) => {
      const names = new Intl.DisplayNames(language, { type: 'currency' })
      return [...CODES].map((code): [string, string] => [names.of(code)?.toLowerCase() ?? code, code])
    }),
  )
  return world
}
const NAMES: Readonly<Record<string, string>> = {
  'us dollar': 'USD',
  'u.s. dollar': 'USD',
  'united states dollar': 'USD',
  'pound sterling': 'GBP',
  'british pound': 'GBP',
  'chinese yuan': 'CNY',
  'yuan renminbi': 'CNY',
  'japanese yen': 'JPY',
  'hong kong dollar': 'HKD',
  'singapore dollar': 'SGD',
  'australian dollar': 'AUD',
  'canadian dollar': 'CAD',
  'new zealand dollar': 'NZD',
  'new taiwan dollar': 'TWD',
  'indian rupee': 'INR',
  'swiss franc': 'CHF',
  'swedish krona': 'SEK',
  'norwegian krone': 'NOK',
  'danish krone': 'DKK',
  'brazilian real': 'BRL',
  'korean won': 'KRW',
  'south korean won': 'KRW',
  'malaysian ringgit': 'MYR',
  'thai baht': 'THB',
  'mexican peso': 'MXN',
  'south african rand': 'ZAR',
  'polish zloty': 'PLN',
  'czech koruna': 'CZK',
  'uae dirham': 'AED',
  'saudi riyal': 'SAR',
  'turkish lira': 'TRY',
  'russian ruble': 'RUB',
  'indonesian rupiah': 'IDR',
}
