import { PHASES } from '@sente/engine'
import type { Brief } from '@sente/engine'
import { percent, shortDate } from '../format.ts'
import { fit, widthOf, wrap } from '../text.ts'
import { dayOf, xOf } from '../time.ts'
import type { Box, Frame, Label, PhaseBand, Phases, XY } from './types.ts'

interface Column {
  day: number
  x: number
  /** Lower edge of each phase, as a share of the height from above. */
  edges: number[]
  /** What the phases fill; the rest below is decided or ended. */
  total: number
}

function columnsOf(
  frame: Frame,
  days: readonly string[],
  shares: readonly (readonly number[])[],
  undecided: readonly number[] | null,
): Column[] {
  const { time } = frame
  const all = days.map((on, i): Column => {
    const total = undecided?.[i] ?? 1
    let sum = 0
    const edges = PHASES.map((_, p) => Math.min(total, (sum += (shares[i]?.[p] ?? 0) * total)))
    return { day: dayOf(on), x: 0, edges, total }
  })
  return clip(all, time.from, time.to).map((column) => ({ ...column, x: xOf(time, column.day) }))
}

/** The columns within the span, with one interpolated at each end where the span cuts through. */
function clip(columns: Column[], from: number, to: number): Column[] {
  const between = (a: Column, b: Column, day: number): Column => {
    const t = (day - a.day) / (b.day - a.day)
    const mix = (x: number, y: number): number => x + (y - x) * t
    return { day, x: 0, edges: a.edges.map((edge, p) => mix(edge, b.edges[p]!)), total: mix(a.total, b.total) }
  }
  const list: Column[] = []
  columns.forEach((column, i) => {
    const before = columns[i - 1]
    if (before && before.day < from && column.day > from) list.push(between(before, column, from))
    if (column.day >= from && column.day <= to) list.push(column)
    if (before && before.day < to && column.day > to) list.push(between(before, column, to))
  })
  return list
}

/** Polygon of phase `p`: along its upper edge, back along its lower. */
function bandOf(columns: readonly Column[], p: number, box: Box): XY[] {
  if (columns.length < 2 || columns.every(({ edges }) => edges[p]! - (edges[p - 1] ?? 0) < 0.004)) return []
  const y = (share: number): number => box.y + share * box.height
  return [
    ...columns.map(({ x, edges }): XY => [x, y(edges[p - 1] ?? 0)]),
    ...[...columns].reverse().map(({ x, edges }): XY => [x, y(edges[p]!)]),
  ]
}

/** The roomiest place for a label of this width: where the band is highest over all of it, never across today. */
function placeFor(
  columns: readonly Column[],
  above: (c: Column) => number,
  below: (c: Column) => number,
  box: Box,
  width: number,
  today: number,
): { x: number; y: number; room: number } | null {
  let best: { x: number; y: number; room: number } | null = null
  let bestScore = 0
  const first = (columns[0]?.x ?? box.x) + width / 2 + 3
  const last = (columns.at(-1)?.x ?? box.x) - width / 2 - 3
  // Columns stand from left to right: those under the label are looked at, not all.
  let from = 0
  for (let x = first; x <= last; x += 4) {
    while (from < columns.length && columns[from]!.x < x - width / 2 - 4) from++
    if (Math.abs(x - today) < width / 2 + 3) continue
    let top = 0
    let bottom = 1
    let to = from
    for (; to < columns.length && columns[to]!.x <= x + width / 2 + 4; to++) {
      top = Math.max(top, above(columns[to]!))
      bottom = Math.min(bottom, below(columns[to]!))
    }
    if (to - from < 2) continue
    const room = (bottom - top) * box.height
    const score = Math.min(room, 40) + room * 0.1
    if (room > 0 && score > bestScore) {
      best = { x, y: box.y + ((top + bottom) / 2) * box.height, room }
      bestScore = score
    }
  }
  return best
}

/** Columns close enough for a label to see every edge, whatever the days of the brief. */
function dense(columns: readonly Column[]): Column[] {
  const list: Column[] = []
  columns.forEach((column, i) => {
    const before = columns[i - 1]
    const gap = before ? column.x - before.x : 0
    const between = (from: Column, t: number): Column => {
      const mix = (a: number, b: number): number => a + (b - a) * t
      return {
        day: 0,
        x: mix(from.x, column.x),
        edges: from.edges.map((edge, p) => mix(edge, column.edges[p]!)),
        total: mix(from.total, column.total),
      }
    }
    if (before) for (let k = 1; k < gap / 6; k++) list.push(between(before, (k * 6) / gap))
    list.push(column)
  })
  return list
}

interface Made {
  key: string
  words: readonly unknown[]
  phases: Phases
}
const made = new WeakMap<Brief['position'], Made>()

/** Where the phases are. Finding room for their names is most of the work, so the last result for a position is kept. */
export function phasesLayout(frame: Frame, box: Box, decisionY: number | null): Phases {
  const { brief, lang, time, gutter } = frame
  const { decision, decisionFallen, decisionExpected, later, since, stalled } = frame.words
  const words = [decision, decisionFallen, decisionExpected, later, since, stalled]
  const key = JSON.stringify([brief.asOf, lang, time, gutter, box, decisionY])
  const known = made.get(brief.position)
  if (known?.key === key && known.words.every((word, i) => word === words[i])) return known.phases
  const phases = placePhases(frame, box, decisionY)
  made.set(brief.position, { key, words, phases })
  return phases
}

function placePhases(frame: Frame, box: Box, decisionY: number | null): Phases {
  const { brief, words, lang, text } = frame
  const { history, forecast } = brief.position
  const past = columnsOf(frame, history.days, history.phases, null)
  const future = forecast ? columnsOf(frame, forecast.days, forecast.phases, forecast.undecided) : []
  const all = dense([...past, ...future])
  const today = xOf(frame.time, dayOf(brief.asOf))
  const labels: Label[] = []
  const bands = PHASES.flatMap((phase, p): PhaseBand[] => {
    const band = {
      phase,
      index: p,
      words: `${frame.phaseName(phase)[lang]}${words.colon}${percent(brief.position.phases[phase])}`,
      past: bandOf(past, p, box),
      future: bandOf(future, p, box),
    }
    if (band.past.length + band.future.length === 0) return []
    const edges = [(c: Column): number => c.edges[p - 1] ?? 0, (c: Column): number => c.edges[p]!] as const
    for (const [name, size] of [
      [frame.phaseName(phase)[lang], text],
      [frame.phaseShort(phase)[lang], text],
      [frame.phaseShort(phase)[lang], text - 1.5],
    ] as const) {
      const place = placeFor(all, ...edges, box, widthOf(name, size, phase === brief.position.leading), today)
      if (!place || place.room < size + 3) continue
      labels.push({
        x: place.x,
        y: place.y + size * 0.36,
        text: name,
        size,
        anchor: 'middle',
        look: phase === brief.position.leading ? 'leading' : 'onPhase',
      })
      break
    }
    return [band]
  })
  const fallen =
    future.length < 2 || future.at(-1)!.total > 0.99
      ? []
      : [
          ...future.map(({ x, total }): XY => [x, box.y + total * box.height]),
          [future.at(-1)!.x, box.y + box.height] as XY,
          [future[0]!.x, box.y + box.height] as XY,
        ]
  if (fallen.length > 0) {
    const size = text - 1
    const place = placeFor(
      all,
      (c) => c.total,
      () => 1,
      box,
      widthOf(words.decisionFallen, size),
      today,
    )
    if (place && place.room >= size + 4)
      labels.push({
        x: place.x,
        y: place.y + size * 0.36,
        text: words.decisionFallen,
        size,
        anchor: 'middle',
        look: 'mute',
      })
  }
  if (frame.gutter > 0) labels.push(...gutterLabels(frame, box))
  const decision = decisionY === null ? null : decisionLayout(frame, decisionY)
  if (decision) labels.push(decision.label)
  return { box, bands, fallen, labels, decision: decision?.mark ?? null }
}

function gutterLabels(frame: Frame, box: Box): Label[] {
  const { brief, words, lang, pad, gutter, text } = frame
  const { leading, phases, stalled, began } = brief.position
  const room = gutter - 10
  const since = began.find(({ phase }) => phase === leading)?.on.p50
  const lines: [string, number, Label['look']][] = [
    [percent(phases[leading]), 20, 'strong'],
    ...wrap(frame.phaseName(leading)[lang], room, 13, 3, true).map((line): [string, number, Label['look']] => [
      line,
      13,
      'strong',
    ]),
    ...(since
      ? wrap(words.since(shortDate(since, lang, brief.asOf)), room, text, 1).map(
          (line): [string, number, Label['look']] => [line, text, 'mute'],
        )
      : []),
    ...(stalled >= 0.1
      ? [[fit(words.stalled(percent(stalled)), room, text), text, 'mute'] as [string, number, Label['look']]]
      : []),
  ]
  let y = box.y
  return lines.map(([line, size, look]) => {
    y += size + 4
    return { x: pad, y: y - 3, text: line, size, anchor: 'start', look }
  })
}

/** The decision as a whisker over the phases: 10, 50, 90 %. */
function decisionLayout(frame: Frame, y: number): { mark: NonNullable<Phases['decision']>; label: Label } | null {
  const { brief, words, lang, time, text, narrow } = frame
  const decision = brief.position.forecast?.decision
  if (!decision?.p50) return null
  const at = (on: string | null): number => (on ? Math.min(xOf(time, dayOf(on)), time.x1) : time.x1)
  const [from, middle, to] = [at(decision.p10), at(decision.p50), at(decision.p90)]
  const said = `${words.decision} ${shortDate(decision.p50, lang, decision.p50)}`
  const size = narrow ? text - 1 : text
  const width = widthOf(said, size)
  const right = to + 8 + width <= time.x1
  const left = from - 8 - width >= xOf(time, dayOf(brief.asOf)) + 4
  const label: Label =
    right || left
      ? { x: right ? to + 8 : from - 8, y: y + 4, text: said, size, anchor: right ? 'start' : 'end', look: 'ink' }
      : // Over its mark, as far as the frame has room.
        {
          x: Math.max(time.x0 + width / 2, Math.min(middle, time.x1 - width / 2)),
          y: y - 8,
          text: fit(said, (time.x1 - time.x0) * 0.55, size),
          size,
          anchor: 'middle',
          look: 'ink',
        }
  const ends = [decision.p10, decision.p50, decision.p90].map((on) =>
    on ? shortDate(on, lang, brief.asOf) : words.later,
  ) as [string, string, string]
  const shown = (on: string | null): boolean => on !== null && dayOf(on) <= time.to
  return {
    mark: {
      y,
      from: shown(decision.p10) ? from : null,
      middle: shown(decision.p50) ? middle : null,
      to,
      open: !shown(decision.p90),
      words: words.decisionExpected(ends[1], ends[0], ends[2]),
    },
    label,
  }
}
