import type { Lang } from '../i18n/i18n.ts'

const LOCALE: Readonly<Record<Lang, string>> = { en: 'en-GB', zh: 'zh-CN' }
/** A calendar day has no time zone: it is read and written as if everywhere were Greenwich. */
const dayOf = (on: string): Date => new Date(`${on}T00:00:00Z`)

export interface Format {
  /** `12 May 2025` · `2025年5月12日` */
  day: (on: string) => string
  /** Without the year: `12 May` · `5月12日` */
  shortDay: (on: string) => string
  /** `May 2025` · `2025年5月` */
  month: (on: string) => string
  /** An instant, in the time zone of whoever reads: `12 May 2025, 14:05` */
  moment: (at: string | number | Date) => string
  /** `3 days ago`, `in 2 weeks` · `3天前`; `today` for the same day. A bare day counts from `today`, an instant from `now`. */
  fromNow: (at: string | number | Date, now: number, today: string) => string
  number: (value: number, digits?: number) => string
  /** A share of 0..1; 0 % and 100 % only where it is exactly so. */
  percent: (share: number) => string
  /** An amount as its exact decimal text; large ones short when asked: `CNY 4.8M` · `480万元`. */
  money: (amount: { value: string; currency: string }, short?: boolean) => string
  /** With its sign always, the true minus: `+12` · `−9` */
  signed: (value: number) => string
  list: (items: readonly string[]) => string
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365.25],
  ['month', 30.44],
  ['week', 7],
  ['day', 1],
]

/** British English writes Sept; the picture and the plan's own words have three letters. */
const threeLetters = (written: string): string => written.replace('Sept', 'Sep')

export function formatFor(lang: Lang): Format {
  const locale = LOCALE[lang]
  const style: Intl.DateTimeFormatOptions =
    lang === 'zh' ? { month: 'long', day: 'numeric' } : { month: 'short', day: 'numeric' }
  const day = new Intl.DateTimeFormat(locale, { ...style, year: 'numeric', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: style.month, year: 'numeric', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(locale, {
    ...style,
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const list = new Intl.ListFormat(locale, { type: 'unit', style: lang === 'zh' ? 'narrow' : 'short' })
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  return {
    day: (on) => threeLetters(day.format(dayOf(on))),
    shortDay: (on) => threeLetters(shortDay.format(dayOf(on))),
    month: (on) => threeLetters(month.format(dayOf(on))),
    moment: (at) => threeLetters(moment.format(new Date(at))),
    fromNow(at, now, today) {
      if (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at)) {
        return inUnits(relative, Math.round((dayOf(at).getTime() - dayOf(today).getTime()) / 86_400_000))
      }
      const minutes = Math.round((new Date(at).getTime() - now) / 60_000)
      if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
      if (Math.abs(minutes) < 24 * 60) return relative.format(Math.round(minutes / 60), 'hour')
      return inUnits(relative, Math.round(minutes / 1440))
    },
    number: (value, digits) =>
      (digits === undefined ? plain : new Intl.NumberFormat(locale, { maximumFractionDigits: digits })).format(value),
    percent(share) {
      const whole = Math.round(share * 100)
      if (whole === 0 && share > 0) return '<1%'
      return whole === 100 && share < 1 ? '>99%' : `${whole}%`
    },
    money: ({ value, currency }, short = false) => money(locale, value, currency, short),
    signed: (value) => (value > 0 ? `+${plain.format(value)}` : value < 0 ? `−${plain.format(-value)}` : '0'),
    list: (items) => (lang === 'zh' ? items.join('、') : list.format(items)),
  }
}

function inUnits(relative: Intl.RelativeTimeFormat, days: number): string {
  const [unit, length] = UNITS.find(
    ([unit, length]) => Math.abs(days) >= (unit === 'week' ? 14 : unit === 'month' ? 60 : length),
  ) ?? ['day', 1]
  return relative.format(Math.trunc(days / length), unit)
}

function money(locale: string, value: string, currency: string, short: boolean): string {
  try {
    const format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: locale === 'zh-CN' ? 'symbol' : 'code',
      ...(short
        ? { notation: 'compact', maximumFractionDigits: 1 }
        : { maximumFractionDigits: /\.0*[1-9]/.test(value) ? 2 : 0 }),
    })
    // The exact decimal, never through a floating-point number: `format` takes text as it is.
    return format.format(value as unknown as number)
  } catch {
    return `${value} ${currency}`
  }
}
