import type { ConcernId } from '@sente/engine'
import { percent, shortDate } from '../format.ts'
import { bandWords, concernWords, leadWords, toneOf } from '../lead-words.ts'
import { fit, runs, widthOf } from '../text.ts'
import { dayOf, xOf } from '../time.ts'
import { RUN_GAP } from './types.ts'
import type { Box, Frame, Label, Look, Point, Strip, XY } from './types.ts'

/** The engine's margin (its definition of "runs over"), drawn where the brief says so. */
const MARGIN = 0.1

interface Level {
  day: number
  value: number
}

/** Value of the last level that holds on a day. */
const levelOn = (levels: readonly Level[], day: number): number => {
  let value = levels[0]!.value
  for (const level of levels) if (level.day <= day) value = level.value
  return value
}

/** Readiness from the first day on: as it was, today's held for ever, and with what is planned. */
function levelsOf(frame: Frame, concern: ConcernId): { actual: Level[]; planned: Level[] } {
  const { brief, time } = frame
  const steps = brief.readiness.steps[concern].map(({ on, value, planned }) => ({ day: dayOf(on), value, planned }))
  const today = dayOf(brief.asOf)
  const past = steps.filter(({ planned, day }) => !planned && day <= today)
  const start = {
    day: Math.min(time.from, past[0]?.day ?? time.from) - 1,
    value: past.length > 0 ? 0 : brief.readiness.now[concern],
  }
  const actual = [start, ...past]
  const planned = [...actual, ...steps.filter((step) => step.planned && step.day > today)]
  return { actual, planned }
}

/** Steps as a line within the span. */
function stairs(levels: readonly Level[], from: number, to: number, at: (day: number, value: number) => XY): XY[] {
  if (to < from) return []
  const line: XY[] = [at(from, levelOn(levels, from))]
  for (const { day, value } of levels) {
    if (day <= from || day > to) continue
    line.push(at(day, levelOn(levels, day - 1)), at(day, value))
  }
  line.push(at(to, levelOn(levels, to)))
  return line
}

interface Piece {
  from: number
  to: number
  /** Demand at both ends. */
  a: number
  b: number
  ready: number
}

/** The parts of a line piece where demand exceeds readiness by more than the margin, as quadrilaterals joined end to end. */
function over(pieces: readonly Piece[], at: (day: number, value: number) => XY): XY[][] {
  const areas: { top: XY[]; bottom: XY[]; end: number }[] = []
  for (const { from, to, a, b, ready } of pieces) {
    const limit = ready + MARGIN
    if (a <= limit && b <= limit) continue
    const cut = (limit - a) / (b - a)
    const t0 = a > limit ? 0 : cut
    const t1 = b > limit ? 1 : cut
    const [d0, d1] = [from + (to - from) * t0, from + (to - from) * t1]
    const last = areas.at(-1)
    const area = last && Math.abs(last.end - d0) < 1e-6 ? last : { top: [], bottom: [], end: d0 }
    if (area !== last) areas.push(area)
    area.top.push(at(d0, a + (b - a) * t0), at(d1, a + (b - a) * t1))
    area.bottom.push(at(d0, ready), at(d1, ready))
    area.end = d1
  }
  return areas.map(({ top, bottom }) => [...top, ...bottom.reverse()])
}

/** Demand cut at every day on which readiness changes, so that within a piece it is constant. */
function piecesOf(
  curve: readonly Level[],
  levels: readonly Level[],
  from: number,
  to: number,
  keep: (day: number, demand: number) => boolean,
): Piece[] {
  const pieces: Piece[] = []
  for (let i = 1; i < curve.length; i++) {
    const [p, q] = [curve[i - 1]!, curve[i]!]
    const [first, last] = [Math.max(p.day, from), Math.min(q.day, to)]
    if (first >= last) continue
    // Levels ascend by day.
    const cuts = [first, ...levels.flatMap(({ day }) => (day > first && day < last ? [day] : [])), last]
    for (let k = 1; k < cuts.length; k++) {
      const [d0, d1] = [cuts[k - 1]!, cuts[k]!]
      const value = (day: number): number => p.value + ((q.value - p.value) * (day - p.day)) / (q.day - p.day)
      if (keep(d0, Math.max(value(d0), value(d1))))
        pieces.push({ from: d0, to: d1, a: value(d0), b: value(d1), ready: levelOn(levels, d0) })
    }
  }
  return pieces
}

export function stripLayout(frame: Frame, concern: ConcernId, box: Box): Strip {
  const { brief, time, words } = frame
  const today = dayOf(brief.asOf)
  const { days, concerns } = brief.demand.curve
  const { value, low, high } = concerns[concern]
  const lead = brief.lead.concerns?.[concern] ?? null
  const at = (day: number, share: number): XY => [
    xOf(time, day),
    box.y + box.height - Math.min(1, Math.max(0, share)) * box.height,
  ]
  const line = (values: readonly number[]): Level[] => days.map((on, i) => ({ day: dayOf(on), value: values[i] ?? 0 }))
  const last = Math.max(time.from, Math.min(time.to, days.at(-1) === undefined ? time.to : dayOf(days.at(-1)!)))
  /** A line that rises on the days on which questions will have been asked. */
  const asked = (steps: readonly { on: string; share: number }[]): Level[] => stepLine(steps, time.from, last)
  const demand = lead ? asked(lead.lines.due) : clipLine(line(value), time.from, time.to)
  const top = lead ? asked(lead.lines.early) : clipLine(line(high), time.from, time.to)
  const bottom = lead ? asked(lead.lines.late) : clipLine(line(low), time.from, time.to)
  const { actual, planned } = lead ? readyLevels(lead.lines, time.from) : levelsOf(frame, concern)
  const begin = Math.max(time.from, demand[0]?.day ?? time.from)
  const end = demand.at(-1)?.day ?? begin
  const hasPlan = planned.length > actual.length
  const always = (): boolean => true
  const todayX = xOf(time, today)
  const uncovered = (
    lead ? openAreas(lead.lines, begin, end, at) : over(piecesOf(demand, planned, begin, end, always), at)
  ).map((area) => ({
    area,
    over: lead !== null && Math.max(...area.map(([x]) => x)) < todayX - 0.5,
  }))
  const saved = lead
    ? openAreas(
        { due: lead.lines.due, open: lead.lines.saved, above: lead.lines.open },
        Math.max(today, begin),
        end,
        at,
      )
    : hasPlan
      ? over(
          piecesOf(demand, actual, Math.max(today, begin), end, (day, most) => most <= levelOn(planned, day) + MARGIN),
          at,
        )
      : []
  const crossing = lead?.crossing ? crossingPoint(frame, concern, lead.crossing, demand, at) : null
  const said = lead ? concernWords(lead, words) : `${words.demand} ${percent(brief.demand.now[concern].value)}`
  return {
    concern,
    box,
    tone: lead ? toneOf(lead) : 'plain',
    words: `${frame.concernName(concern)}${words.colon}${said}`,
    labels: [...labelsOf(frame, concern, box), ...(crossing ? crossingLabel(frame, crossing, box) : [])],
    demand: demand.map((point) => at(point.day, point.value)),
    band: [
      ...top.map((point) => at(point.day, point.value)),
      ...bottom.map((point) => at(point.day, point.value)).reverse(),
    ],
    readiness: stairs(actual, begin, Math.min(end, Math.max(begin, today)), at),
    planned: end > today ? stairs(planned, Math.max(begin, today), end, at) : [],
    uncovered,
    saved,
    crossing,
  }
}

type Steps = readonly { on: string; share: number }[]

/** Shares as a line of steps between two days. */
function stepLine(steps: Steps, from: number, to: number): Level[] {
  const levels = [{ day: -Infinity, value: 0 }, ...steps.map(({ on, share }) => ({ day: dayOf(on), value: share }))]
  const line: Level[] = [{ day: from, value: levelOn(levels, from) }]
  for (const { day, value } of levels) {
    if (day <= from || day > to) continue
    line.push({ day, value: line.at(-1)!.value }, { day, value })
  }
  line.push({ day: to, value: line.at(-1)!.value })
  return line
}

/** What is ready from the first day drawn, and what the plan adds to it. */
function readyLevels(
  { ready, planned }: { ready: Steps; planned: Steps },
  from: number,
): Record<'actual' | 'planned', Level[]> {
  const levels = ready.map(({ on, share }) => ({ day: dayOf(on), value: share }))
  const actual = [{ day: Math.min(from, levels[0]?.day ?? from) - 1, value: 0 }, ...levels]
  const now = actual.at(-1)!.value
  return {
    actual,
    planned: [...actual, ...planned.map(({ on, share }) => ({ day: dayOf(on), value: Math.min(1, now + share) }))],
  }
}

/**
 * What is due and not ready hangs below the line of what is asked, a rectangle from one change to the next; below what hangs there
 * `above` it.
 */
function openAreas(
  { due, open, above = [] }: { due: Steps; open: Steps; above?: Steps },
  from: number,
  to: number,
  at: (day: number, value: number) => XY,
): XY[][] {
  const levels = (steps: Steps): Level[] => [
    { day: -Infinity, value: 0 },
    ...steps.map(({ on, share }) => ({ day: dayOf(on), value: share })),
  ]
  const [asked, lacking, higher] = [levels(due), levels(open), levels(above)]
  const cuts = [...new Set([from, to, ...[...asked, ...lacking, ...higher].map(({ day }) => day)])]
    .filter((day) => day >= from && day <= to)
    .sort((a, b) => a - b)
  return cuts.slice(1).flatMap((end, i): XY[][] => {
    const start = cuts[i]!
    const [top, share] = [levelOn(asked, start) - levelOn(higher, start), levelOn(lacking, start)]
    if (share < 1e-9) return []
    return [[at(start, top), at(end, top), at(end, top - share), at(start, top - share)]]
  })
}

function clipLine(line: readonly Level[], from: number, to: number): Level[] {
  const list: Level[] = []
  line.forEach((point, i) => {
    const before = line[i - 1]
    const cut = (day: number): Level => ({
      day,
      value: before!.value + ((point.value - before!.value) * (day - before!.day)) / (point.day - before!.day),
    })
    if (before && before.day < from && point.day > from) list.push(cut(from))
    if (point.day >= from && point.day <= to) list.push(point)
    if (before && before.day < to && point.day > to) list.push(cut(to))
  })
  return list
}

function crossingPoint(
  frame: Frame,
  concern: ConcernId,
  on: string,
  demand: readonly Level[],
  at: (day: number, value: number) => XY,
): Point | null {
  const day = dayOf(on)
  if (day < frame.time.from || day > frame.time.to || demand.length === 0) return null
  const next = demand.findIndex((point) => point.day >= day)
  const [p, q] = [demand[Math.max(0, next - 1)]!, demand[next < 0 ? demand.length - 1 : next]!]
  const value = q.day > p.day ? p.value + ((q.value - p.value) * (day - p.day)) / (q.day - p.day) : q.value
  const [x, y] = at(day, value)
  const words = `${frame.concernName(concern)}${frame.words.colon}${frame.words.crossing(shortDate(on, frame.lang, frame.brief.asOf))}`
  return { kind: 'crossing', x, y, r: 6, on, words, count: 1, of: [{ list: 'concerns', concern }] }
}

/** The day of the crossing beside its mark, above where there is room, else below. */
function crossingLabel(frame: Frame, { x, y, on }: Point, box: Box): Label[] {
  const { lang, small, time } = frame
  const text = shortDate(on, lang, on)
  const width = widthOf(text, small)
  const left = x - 8 - width >= time.x0
  return [
    {
      x: left ? x - 8 : x + 8,
      y: Math.max(box.y + small, Math.min(y - 5, box.y + box.height - 4)),
      text,
      size: small,
      anchor: left ? 'end' : 'start',
      look: 'danger',
    },
  ]
}

function labelsOf(frame: Frame, concern: ConcernId, box: Box): Label[] {
  const { brief, words, pad, gutter, text, small } = frame
  const lead = brief.lead.concerns?.[concern] ?? null
  const name = frame.concernName(concern)
  const tone = lead ? toneOf(lead) : 'plain'
  const look: Look = tone === 'danger' ? 'danger' : tone === 'good' ? 'good' : 'mute'
  const said = lead ? leadWords(lead, words) : `${words.demand} ${percent(brief.demand.now[concern].value)}`
  const band = lead ? bandWords(lead, words) : `${words.readiness} ${percent(brief.readiness.now[concern])}`
  if (gutter === 0) {
    const parts: { text: string; size: number; look: Look }[] = [
      { text: name, size: text + 1, look: 'strong' },
      { text: said, size: text, look },
    ]
    if (band) parts.push({ text: band, size: small, look: 'mute' })
    const [first, ...after] = runs(parts, frame.width - 2 * pad, RUN_GAP)
    return first ? [{ x: pad, y: box.y - 5, anchor: 'start', ...first, after }] : []
  }
  const room = gutter - 10
  const labels: Label[] = [
    { x: pad, y: box.y + 13, text: fit(name, room, 13, true), size: 13, anchor: 'start', look: 'strong' },
    { x: pad, y: box.y + 30, text: fit(said, room, text, look !== 'mute'), size: text, anchor: 'start', look },
  ]
  if (band)
    labels.push({ x: pad, y: box.y + 45, text: fit(band, room, small), size: small, anchor: 'start', look: 'mute' })
  return labels
}
