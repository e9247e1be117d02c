import type { Lang } from '@sente/engine'
import { WORDS } from '../words.ts'

const LOCALES: Readonly<Record<Lang, string>> = { en: 'en-GB', zh: 'zh-CN' }

/** British English writes Sept; everything else here, the picture too, has three letters. */
const written = (style: Intl.DateTimeFormatOptions, lang: Lang, at: number): string =>
  new Intl.DateTimeFormat(LOCALES[lang], style).format(at).replace('Sept', 'Sep')

/** A calendar date in the reader's form: 2 Apr 2025, 2025年4月2日. */
export function date(on: string | null, lang: Lang): string {
  if (on === null) return WORDS[lang].none
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  // Noon UTC formatted in UTC: a calendar date has no time zone that could move it.
  const style = { year: 'numeric', month: lang === 'zh' ? 'long' : 'short', day: 'numeric', timeZone: 'UTC' } as const
  return written(style, lang, Date.UTC(year, month - 1, day, 12))
}

/** Month and day only, with the year when it is another one than `asOf`'s. */
export function shortDate(on: string | null, asOf: string, lang: Lang): string {
  if (on === null) return WORDS[lang].none
  if (on.slice(0, 4) !== asOf.slice(0, 4)) return date(on, lang)
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  const style = { month: lang === 'zh' ? 'long' : 'short', day: 'numeric', timeZone: 'UTC' } as const
  return written(style, lang, Date.UTC(year, month - 1, day, 12))
}

/** An exact decimal amount with its currency. */
export function money(amount: { value: string; currency: string }, lang: Lang): string {
  const style = {
    style: 'currency',
    currency: amount.currency,
    currencyDisplay: 'code',
    minimumFractionDigits: 0,
  } as const
  try {
    return new Intl.NumberFormat(LOCALES[lang], style).format(amount.value as unknown as number).replace(/\u00a0/g, ' ')
  } catch {
    return `${amount.currency} ${amount.value}`
  }
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** A lead with its sign in words of a table: +12 d, −9 d. */
export function signedDays(days: number | null, lang: Lang): string {
  if (days === null) return WORDS[lang].none
  const unit = lang === 'zh' ? ' 天' : ' d'
  return `${days > 0 ? '+' : days < 0 ? '−' : ''}${Math.abs(days)}${unit}`
}
