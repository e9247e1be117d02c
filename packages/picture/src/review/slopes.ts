import type { Lang, Methodology, ReviewedDeal } from '@sente/engine'
import { shortDate, signed } from '../format.ts'
import { group, line, render } from '../mark.ts'
import type { Mark } from '../mark.ts'
import type { Theme } from '../options.ts'
import { styleOf } from '../style.ts'
import { fit } from '../text.ts'
import { REVIEW_WORDS } from './words.ts'

/** Days of lead that the right half shows; beyond, a dot stands on the edge. */
const [LEAST, MOST] = [-60, 45]
const ROW = 22
const TOP = 58
const SIZE = 12
/** More rows than this are no picture any more. */
export const MOST_ROWS = 40

export interface SlopesOptions {
  lang: Lang
  asOf: string
  since: string
  phases: Pick<Methodology['phases'], 'phases'>
  width?: number
  theme?: Theme
  prefix?: string
}

type Sloped = Pick<ReviewedDeal, 'id' | 'name' | 'line' | 'before'>

/** Position and lead of each deal, then and now: a row each, hollow where it stood and filled where it stands. What is not known has no dot. */
export const slopes = (deals: readonly Sloped[], options: SlopesOptions): string => render(slopesMark(deals, options))

/** The same as data. */
export function slopesMark(
  deals: readonly Sloped[],
  { lang, asOf, since, phases, width = 760, theme = 'light', prefix = 'review' }: SlopesOptions,
): Mark {
  const w = REVIEW_WORDS[lang].picture
  const shown = deals.slice(0, MOST_ROWS)
  const names = Math.min(230, width * 0.3)
  const half = (width - names - 36) / 2
  const left = { x0: names, x1: names + half * 1.15 }
  const right = { x0: left.x1 + 28, x1: width - 8 }
  const y = (row: number): number => TOP + row * ROW + ROW / 2
  const height = TOP + shown.length * ROW + 26
  const atProgress = (value: number): number => left.x0 + Math.min(1, value) * (left.x1 - left.x0)
  const atLead = (days: number): number =>
    right.x0 + ((Math.max(LEAST, Math.min(MOST, days)) - LEAST) / (MOST - LEAST)) * (right.x1 - right.x0)
  const says = w.says(shortDate(since, lang, asOf), shortDate(asOf, lang, asOf))
  const ticks = [-60, -30, 0, 30]
  return {
    tag: 'svg',
    attrs: {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${height}`,
      width: round(width),
      height,
      role: 'img',
      lang: lang === 'zh' ? 'zh-CN' : 'en',
      class: prefix,
      'aria-labelledby': `${prefix}-title ${prefix}-desc`,
    },
    children: [
      { tag: 'title', attrs: { id: `${prefix}-title` }, text: w.title },
      { tag: 'desc', attrs: { id: `${prefix}-desc` }, text: says },
      { tag: 'style', attrs: {}, text: styleOf(prefix, theme) },
      { tag: 'rect', attrs: { width: round(width), height, class: 'paper' } },
      text(0, 16, says, 'mute'),
      text(left.x0, 34, w.position, 'strong'),
      text(right.x0, 34, w.lead, 'strong'),
      ...phaseBand(phases, { ...left, y0: 40, y1: TOP + shown.length * ROW }, lang),
      ...ticks.flatMap((days) => [
        line(atLead(days), TOP - 2, atLead(days), TOP + shown.length * ROW, days === 0 ? 'axis' : 'hair'),
        text(atLead(days), 52, signed(days), 'mute', 'middle'),
      ]),
      ...shown.flatMap((deal, row) => [
        line(0, TOP + row * ROW, width, TOP + row * ROW, 'hair'),
        group('row', [
          text(0, y(row) + 4, fit(deal.name, names - 12, SIZE) || '…', 'ink'),
          ...pair(deal.before?.progress ?? null, deal.line.progress, atProgress, y(row), w.none, left.x0 + 4, false),
          ...pair(
            deal.before?.lead.days ?? null,
            deal.line.lead.days,
            atLead,
            y(row),
            deal.line.lead.state === 'covered' || deal.line.lead.state === 'closed' ? '–' : w.none,
            right.x0 + 4,
            true,
          ),
        ]),
      ]),
      ...(deals.length > shown.length ? [text(0, height - 6, w.more(deals.length - shown.length), 'mute')] : []),
    ],
  }
}

const round = (value: number): number => Math.round(value * 10) / 10

const text = (x: number, y: number, says: string, look: string, anchor = 'start'): Mark => ({
  tag: 'text',
  attrs: {
    x: round(x),
    y: round(y),
    'font-size': look.startsWith('mute') ? 10.5 : SIZE,
    class: look,
    'text-anchor': anchor,
  },
  text: says,
})

function phaseBand(
  { phases }: SlopesOptions['phases'],
  { x0, x1, y0, y1 }: { x0: number; x1: number; y0: number; y1: number },
  lang: Lang,
): Mark[] {
  // Progress is 1 at the signature: the phases that follow have no room of their own.
  const open = phases.filter(({ window: [from] }) => from < 1)
  return open.flatMap(({ short, window: [from, to] }, i): Mark[] => {
    const [start, wide] = [x0 + from * (x1 - x0), (Math.min(1, to) - from) * (x1 - x0)]
    return [
      { tag: 'rect', attrs: { x: round(start), y: y0, width: round(wide), height: 16, class: `phase${i}` } },
      line(start, y0, start, y1, 'hair'),
      text(start + wide / 2, y0 + 12, fit(short[lang], wide - 4, 10.5), 'mute onPhase', 'middle'),
    ]
  })
}

/** Two dots and the way between them. `red`: what is below zero, or has fallen, is in danger. */
function pair(
  before: number | null,
  now: number | null,
  at: (value: number) => number,
  y: number,
  none: string,
  x: number,
  red: boolean,
): Mark[] {
  if (now === null) return [text(x, y + 4, none, 'mute')]
  const bad = red && now < 0
  const dot = (value: number, look: string): Mark => ({
    tag: 'circle',
    attrs: { cx: round(at(value)), cy: round(y), r: 4.5, class: look },
  })
  return [
    ...(before === null
      ? []
      : [line(at(before), y, at(now), y, bad ? 'latePole' : 'whisker'), dot(before, bad ? 'rival' : 'planned')]),
    dot(now, bad ? 'lateFlag' : 'touch'),
  ]
}
