import type { Lang } from '@sente/engine'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const partsOf = (on: string): [year: string, month: number, day: number] => [
  on.slice(0, 4),
  Number(on.slice(5, 7)),
  Number(on.slice(8, 10)),
]

/** `12 May 2025` · `2025年5月12日` */
export function fullDate(on: string, lang: Lang): string {
  const [year, month, day] = partsOf(on)
  return lang === 'zh' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[month - 1]} ${year}`
}

/** `12 May` · `5月12日`; with the year where it is not that of `near`. */
export function shortDate(on: string, lang: Lang, near: string): string {
  const [year, month, day] = partsOf(on)
  if (year !== near.slice(0, 4)) return fullDate(on, lang)
  return lang === 'zh' ? `${month}月${day}日` : `${day} ${MONTHS[month - 1]}`
}

export function monthName(on: string, lang: Lang): string {
  const [, month] = partsOf(on)
  return lang === 'zh' ? `${month}月` : MONTHS[month - 1]!
}

export function yearName(on: string, lang: Lang): string {
  return lang === 'zh' ? `${on.slice(0, 4)}年` : on.slice(0, 4)
}

/** A share of 0..1 as whole percent; 0 and 100 only where it is exactly so. */
export function percent(share: number): string {
  const whole = Math.round(share * 100)
  if (whole === 0 && share > 0) return '<1%'
  if (whole === 100 && share < 1) return '>99%'
  return `${whole}%`
}

/** With a sign always; the minus is the mathematical one, as wide as the plus. */
export function signed(n: number): string {
  return n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0'
}

export function days(n: number, lang: Lang): string {
  return lang === 'zh' ? `${n} 天` : n === 1 ? '1 day' : `${n} days`
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** An amount as written in the deal file: exact, never through a floating-point number. */
export function money({ value, currency }: { value: string; currency: string }, lang: Lang): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(value)
  if (!match) return `${currency} ${value}`
  const [, minus = '', whole = '', decimals = ''] = match
  const sign = minus && '−'
  if (lang === 'en') return `${currency} ${sign}${grouped(whole)}${decimals}`
  const unit = currency === 'CNY' ? '元' : ` ${currency}`
  // Ten thousand is the unit in which Chinese names an amount, while it stays exact to two places.
  if (whole.length >= 5 && /^\.?0*$/.test(decimals) && whole.endsWith('00')) {
    const fraction = whole.slice(-4, -2).replace(/0+$/, '')
    return `${sign}${grouped(whole.slice(0, -4))}${fraction && `.${fraction}`} 万${unit.trim() === '元' ? '元' : unit}`
  }
  return `${sign}${grouped(whole)}${decimals}${unit === '元' ? ' 元' : unit}`
}
