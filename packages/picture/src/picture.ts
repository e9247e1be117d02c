import type { Brief } from '@sente/engine'
import { layout } from './layout/layout.ts'
import type { Box, Flag, Key, Lane, Phases, PictureLayout, Point, Strip } from './layout/types.ts'
import { group, label, line, polygon, polyline, render } from './mark.ts'
import type { Mark } from './mark.ts'
import type { PictureOptions } from './options.ts'
import { styleOf } from './style.ts'
import { TICK_GAP } from './time.ts'
import type { Tick } from './time.ts'

/** The picture of a deal as one SVG text: no script, no font, no link; the same brief gives the same bytes. */
export function picture(brief: Brief, options: PictureOptions): string {
  return render(pictureMarks(layout(brief, options), options))
}

/** The marks of a layout, as data. */
export function pictureMarks(
  laid: PictureLayout,
  { theme = 'light', prefix = 'sente' }: Pick<PictureOptions, 'theme' | 'prefix'>,
): Mark {
  const { width, height, title, description, lang, today, headline } = laid
  const ids = { title: `${prefix}-title`, desc: `${prefix}-desc` }
  const hatch = (name: string, look: string, gap: number): Mark => ({
    tag: 'pattern',
    attrs: { id: `${prefix}-${name}`, width: gap, height: gap, patternUnits: 'userSpaceOnUse' },
    children: [
      {
        tag: 'path',
        attrs: { d: `M-1 1L1 -1M0 ${gap}L${gap} 0M${gap - 1} ${gap + 1}L${gap + 1} ${gap - 1}`, class: look },
      },
    ],
  })
  const lead = headline ? headline.labels.map(label) : []
  return {
    tag: 'svg',
    attrs: {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      lang: lang === 'zh' ? 'zh-CN' : 'en',
      class: prefix,
      'aria-labelledby': `${ids.title} ${ids.desc}`,
    },
    children: [
      { tag: 'title', attrs: { id: ids.title }, text: title },
      { tag: 'desc', attrs: { id: ids.desc }, text: description },
      { tag: 'style', attrs: {}, text: styleOf(prefix, theme) },
      {
        tag: 'defs',
        attrs: {},
        children: [hatch('future', 'hatch', 6), hatch('fallen', 'fallenHatch', 5), hatch('saved', 'savedHatch', 5)],
      },
      { tag: 'rect', attrs: { width, height, class: 'paper' } },
      group('lead', lead),
      group('grid', [
        ...laid.rules.map(({ x0, x1, y }) => line(x0, y, x1, y, 'hair')),
        ...laid.ticks.flatMap(({ x }) => laid.spans.map(({ y0, y1 }) => line(x, y0, x, y1, 'hair'))),
      ]),
      phaseMarks(laid.phases),
      ...laid.strips.map(stripMarks),
      group('halo', [
        ...laid.ticks.flatMap((tick) => tickLabels(tick, laid)),
        line(laid.time.x0, laid.axisY, laid.time.x1, laid.axisY, 'axis'),
      ]),
      ...laid.lanes.map((lane) => line(laid.time.x0, lane.y, laid.time.x1, lane.y, 'hair')),
      ...(today
        ? [...laid.spans.map(({ y0, y1 }) => line(today.x, y0, today.x, y1, 'today')), todayPill(today.label)]
        : []),
      ...laid.flags.map(flagMarks),
      ...laid.lanes.map(laneMarks),
      group(
        'halo',
        [
          ...laid.strips.flatMap(({ labels }) => labels.filter(({ look, x }) => look === 'danger' && x > laid.time.x0)),
          ...laid.notes,
        ].map(label),
      ),
      group('sections', laid.sections.map(label)),
      group('keys', laid.keys.flatMap(keyMarks)),
    ],
  }
}

function tickLabels({ x, label: text, year }: Tick, { axisY, narrow }: PictureLayout): Mark[] {
  const size = narrow ? 10.5 : 11
  const marks = [label({ x: x + TICK_GAP, y: axisY - 5, text, size, anchor: 'start', look: 'mute' })]
  if (year) marks.push(label({ x: year.x, y: axisY - 17, text: year.text, size, anchor: 'start', look: 'strong' }))
  return marks
}

function todayPill(text: PictureLayout['phases']['labels'][number]): Mark {
  return group('halo', [label(text)])
}

const drawn = new WeakMap<Phases, Mark>()

/** The same phases are the same marks: while a plan is dragged they are written once. */
function phaseMarks(phases: Phases): Mark {
  let mark = drawn.get(phases)
  if (!mark) drawn.set(phases, (mark = drawPhases(phases)))
  return mark
}

function drawPhases({ box, bands, fallen, labels, decision }: Phases): Mark {
  const marks: Mark[] = [
    { tag: 'rect', attrs: { x: box.x, y: box.y, width: box.width, height: box.height, class: 'ground' } },
  ]
  for (const { index, past, future, words } of bands) {
    marks.push(
      ...polygon(past, `phase${index}`, words),
      ...polygon(future, `phase${index} soft`),
      ...polygon(future, 'futureFill', words),
    )
  }
  marks.push(...polygon(fallen, 'paper'), ...polygon(fallen, 'fallenFill'))
  if (decision) {
    const { y, from, middle, to, open, words } = decision
    const cap = (x: number): Mark => line(x, y - 4, x, y + 4, 'whisker')
    marks.push(
      group('decision', [
        { ...line(from ?? to - 10, y, to, y, 'whisker'), title: words },
        ...(from === null ? [] : [cap(from)]),
        ...(open
          ? [
              {
                tag: 'path',
                attrs: {
                  d: `M${(to - 4).toFixed(1)} ${(y - 4).toFixed(1)}L${to.toFixed(1)} ${y.toFixed(1)}L${(to - 4).toFixed(1)} ${(y + 4).toFixed(1)}`,
                  class: 'whisker',
                },
              },
            ]
          : [cap(to)]),
        ...(middle === null ? [] : diamond(middle, y, 5, 'ink', words)),
      ]),
    )
  }
  return group('phases', [...marks, ...labels.map(label)])
}

function stripMarks(strip: Strip): Mark {
  const { box, band, demand, readiness, planned, uncovered, saved, crossing, labels, words } = strip
  const floor = box.y + box.height
  const under = [...readiness, ...planned]
  const ground = under.length > 1 ? [...under, [under.at(-1)![0], floor] as const, [under[0]![0], floor] as const] : []
  return group('strip', [
    { tag: 'rect', attrs: { x: box.x, y: box.y, width: box.width, height: box.height, class: 'ground' }, title: words },
    ...polygon(ground, 'under'),
    ...polygon(band, 'spread'),
    ...saved.flatMap((area) => polygon(area, 'saved savedFill')),
    ...uncovered.flatMap(({ area, over }) => polygon(area, over ? 'pastRed' : 'red')),
    ...polyline(readiness, 'ready'),
    ...polyline(planned, 'plan'),
    ...polyline(demand, 'demand'),
    line(box.x, floor, box.x + box.width, floor, 'axis'),
    ...(crossing ? crossMarks(crossing, box) : []),
    ...labels.filter(({ look, x }) => look !== 'danger' || x <= box.x).map(label),
  ])
}

function crossMarks({ x, y, words }: Point, box: Box): Mark[] {
  return [
    line(x, box.y, x, box.y + box.height, 'latePole'),
    { tag: 'circle', attrs: { cx: x, cy: y, r: 3.5, class: 'rival' }, title: words },
  ]
}

function flagMarks({ x, y, top, label: text, late, fast, point }: Flag): Mark {
  const side = text.anchor === 'end' ? -1 : 1
  const cloth = polygon(
    [
      [x, y - 5],
      [x + 6 * side, y - 1.5],
      [x, y + 2],
    ],
    late ? 'lateFlag' : fast ? 'fastFlag' : 'flag',
    point.words,
  )
  return group('halo', [
    line(x, top, x, y + 5, late ? 'latePole' : 'pole'),
    ...cloth,
    { ...label(text), title: point.words },
  ])
}

function laneMarks({ labels, points }: Lane): Mark {
  return group('lane', [...points.flatMap(pointMarks), ...labels.map(label)])
}

function diamond(x: number, y: number, r: number, look: string, title?: string): Mark[] {
  return polygon(
    [
      [x, y - r],
      [x + r, y],
      [x, y + r],
      [x - r, y],
    ],
    look,
    title,
  )
}

function pointMarks({ kind, x, y, r, words, late }: Point): Mark[] {
  if (kind === 'rival') return diamond(x, y, r + 0.5, 'rival', words)
  const look = kind === 'touch' || kind === 'planned' ? kind : late ? 'lateAdvice' : 'advice'
  return [{ tag: 'circle', attrs: { cx: x, cy: y, r, class: look }, title: words }]
}

function keyMarks({ x, y, kind, label: text }: Key): Mark[] {
  const box = (height: number): [number, number][] => [
    [x, y - height / 2],
    [x + 22, y - height / 2],
    [x + 22, y + height / 2],
    [x, y + height / 2],
  ]
  const dot = (of: Point['kind']): Mark[] =>
    pointMarks({ kind: of, x: x + 6, y, r: 4.5, on: '', words: '', count: 1, of: [] })
  const swatches: Record<Key['kind'], () => Mark[]> = {
    demand: () => [...polygon(box(9), 'spread'), line(x, y, x + 22, y, 'demand')],
    readiness: () =>
      polyline(
        [
          [x, y + 4],
          [x + 11, y + 4],
          [x + 11, y - 3],
          [x + 22, y - 3],
        ],
        'ready',
      ),
    planned: () => [line(x, y, x + 22, y, 'plan')],
    uncovered: () => polygon(box(10), 'red'),
    saved: () => polygon(box(10), 'saved savedFill'),
    forecast: () => [...polygon(box(10), 'phase4 soft'), ...polygon(box(10), 'futureFill')],
    touch: () => dot('touch'),
    plannedTouch: () => dot('planned'),
    recommended: () => dot('recommended'),
    rival: () => dot('rival'),
  }
  return [...swatches[kind](), label(text)]
}
