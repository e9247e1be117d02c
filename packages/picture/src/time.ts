import { addDays, dateOf, dayNumber } from '@sente/engine'
import type { Brief, DayNumber, PlainDate } from '@sente/engine'
import { monthName, shortDate, yearName } from './format.ts'
import type { LayoutOptions } from './options.ts'
import type { Lang } from '@sente/engine'
import { widthOf } from './text.ts'

/** Days along the width of the plot. Plain data: `xOf` reads it. */
export interface TimeScale {
  from: DayNumber
  to: DayNumber
  x0: number
  x1: number
}

/** A brief has been checked against its schema, so its days are dates. */
export const dayOf = (on: string): DayNumber => dayNumber(on as PlainDate)

/** Where a day lies; outside the span it lies outside the plot. */
export function xOf(time: TimeScale, day: DayNumber): number {
  return time.x0 + ((day - time.from) / (time.to - time.from)) * (time.x1 - time.x0)
}

/** The day under a place of the plot, for whoever drags a mark. */
export function dayAt(time: TimeScale, x: number): DayNumber {
  return Math.round(time.from + ((x - time.x0) / (time.x1 - time.x0)) * (time.to - time.from))
}

/** Neither side may be longer than this many times the other, so that today never sticks to an edge. */
const PAST_OVER_FUTURE = 1.7
const FUTURE_OVER_PAST = 2.2
const LEAST = 60

/** From the first day known (or as much as leaves the future its place) to the day by which 90 % are decided. */
export function spanOf(brief: Brief, span: LayoutOptions['span']): { from: DayNumber; to: DayNumber } {
  if (span) return { from: dayOf(span.from), to: Math.max(dayOf(span.from) + 1, dayOf(span.to)) }
  const { history, forecast } = brief.position
  const asOf = dayOf(brief.asOf)
  const lastKnown = history.days.length > 0 ? dayOf(history.days.at(-1)!) : asOf
  const today = forecast ? asOf : Math.min(asOf, lastKnown)
  const begin = Math.min(dayOf(brief.position.since), history.days.length > 0 ? dayOf(history.days[0]!) : today)
  if (!forecast)
    return { from: Math.min(begin, today - LEAST), to: today + Math.max(2, Math.round((today - begin) * 0.02)) }
  const past = Math.max(LEAST / 2, today - begin)
  const end = forecast.days.length > 0 ? dayOf(forecast.days.at(-1)!) : today + LEAST
  const wanted = Math.max(LEAST, (forecast.decision.p90 ? dayOf(forecast.decision.p90) : end) - today)
  const future = Math.min(Math.round(wanted * 1.04), Math.round(FUTURE_OVER_PAST * Math.max(past, LEAST)))
  const shown = Math.min(past, Math.round(PAST_OVER_FUTURE * Math.max(future, LEAST)))
  return { from: today - shown, to: today + future }
}

export interface Tick {
  x: number
  label: string
  /** The year, at its first tick, and where it begins: a little right of the tick, or as far right as it fits. */
  year: { text: string; x: number } | null
}

/** Between a tick and its words. */
export const TICK_GAP = 3
/** Words of the axis may stand so far over the end of the plot: less than any margin of the picture. */
const OVER_END = 8

const firstOfMonth = (day: DayNumber): PlainDate => `${dateOf(day).slice(0, 7)}-01` as PlainDate

function nextMonth(first: PlainDate): PlainDate {
  return `${addDays(first, 31).slice(0, 7)}-01` as PlainDate
}

/** Months, or weeks where few months are shown; as many as fit without touching. */
export function ticksOf(time: TimeScale, lang: Lang, size: number): Tick[] {
  const perDay = (time.x1 - time.x0) / (time.to - time.from)
  if (time.to - time.from < 75) return weekTicks(time, lang, size, perDay)
  const least = widthOf(lang === 'zh' ? '12月' : 'Mmm', size) + 12
  const yearWidth = widthOf(yearName('2000-01-01' as PlainDate, lang), size, true) + TICK_GAP + 4
  const step =
    [1, 2, 3, 6, 12, 24].find(
      (months) => months * 30.4 * perDay >= (months < 12 ? least : Math.max(least, yearWidth)),
    ) ?? 24
  const ticks: Tick[] = []
  let year = ''
  for (let first = nextMonth(firstOfMonth(time.from - 1)); dayOf(first) <= time.to; first = nextMonth(first)) {
    const month = Number(first.slice(5, 7))
    if ((month - 1) % Math.min(12, step) !== 0 || (step === 24 && Number(first.slice(0, 4)) % 2 === 1)) continue
    const x = xOf(time, dayOf(first))
    if (x > time.x1 - least / 2 || x < time.x0) continue
    const label = monthName(first, lang)
    if (x + TICK_GAP + widthOf(label, size) > time.x1 + OVER_END) continue
    const isNew = first.slice(0, 4) !== year
    year = first.slice(0, 4)
    const says = isNew ? yearAt(time, x, yearName(first, lang), size) : null
    // The year in which the axis begins gives way where the next one stands too near.
    const before = says && ticks.findLast((tick) => tick.year !== null)
    if (before && before.x + yearWidth > says.x) before.year = null
    ticks.push({ x, label, year: says })
  }
  return ticks
}

function yearAt({ x0, x1 }: TimeScale, x: number, text: string, size: number): { text: string; x: number } {
  return { text, x: Math.max(x0, Math.min(x + TICK_GAP, x1 + OVER_END - widthOf(text, size, true))) }
}

function weekTicks(time: TimeScale, lang: Lang, size: number, perDay: number): Tick[] {
  const least = widthOf(lang === 'zh' ? '12月28日' : '28 Mmm', size) + 12
  const step = [7, 14, 28].find((count) => count * perDay >= least) ?? 56
  const ticks: Tick[] = []
  // Day 4 of the epoch was a Monday.
  for (let day = time.from + ((((4 - time.from) % 7) + 7) % 7); day <= time.to; day += step) {
    const x = xOf(time, day)
    if (x > time.x1 - least / 2) break
    const on = dateOf(day)
    const label = shortDate(on, lang, on)
    if (x + TICK_GAP + widthOf(label, size) > time.x1 + OVER_END) break
    ticks.push({
      x,
      label,
      year: ticks.length === 0 ? yearAt(time, x, yearName(on, lang), size) : null,
    })
  }
  return ticks
}
