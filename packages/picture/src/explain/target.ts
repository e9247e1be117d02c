import type { ConcernId } from '@sente/engine'
import { dayAt, xOf } from '../time.ts'
import type { Box, PictureLayout, Point } from '../layout/types.ts'

/** What a pointer or a cursor can stand on; a day is a day number. */
export type Target =
  | { kind: 'phases'; day: number }
  | { kind: 'concern'; concern: ConcernId; day: number }
  | { kind: 'point'; point: Point }

/** A finger is wider than a mark. */
const REACH = 7

const holds = (box: Box, x: number, y: number, more = 0): boolean =>
  x >= box.x - more && x <= box.x + box.width + more && y >= box.y - more && y <= box.y + box.height + more

/** What lies under a place of the picture: the nearest point in reach, else the row it is in. */
export function targetAt(layout: PictureLayout, x: number, y: number, reach = REACH): Target | null {
  let found: Point | null = null
  let least = Infinity
  for (const point of layout.points) {
    const distance = Math.hypot(point.x - x, point.y - y) - point.r
    if (distance <= reach && distance < least) {
      found = point
      least = distance
    }
  }
  if (found) return { kind: 'point', point: found }
  const day = Math.min(Math.max(dayAt(layout.time, x), layout.time.from), layout.time.to)
  if (holds(layout.phases.box, x, y, 2)) return { kind: 'phases', day }
  for (const { box, concern } of layout.strips) if (holds(box, x, y, 2)) return { kind: 'concern', concern, day }
  return null
}

/** Where its words should point to. */
export function placeOf(layout: PictureLayout, target: Target): { x: number; y: number } {
  if (target.kind === 'point') return { x: target.point.x, y: target.point.y }
  const x = xOf(layout.time, target.day)
  if (target.kind === 'phases') return { x, y: layout.phases.box.y + layout.phases.box.height / 2 }
  const { box } = layout.strips.find(({ concern }) => concern === target.concern)!
  return { x, y: box.y + box.height / 2 }
}

export interface Row {
  name: string
  /** Null: the cursor moves day by day; else from point to point. */
  points: readonly Point[] | null
  at: (day: number) => Target
}

/** The rows a cursor moves through, from above: the process, the concerns, what to start, the people. */
export function rowsOf(layout: PictureLayout): Row[] {
  const marks = (name: string, points: readonly Point[]): Row => {
    const sorted = [...points].sort((a, b) => a.x - b.x)
    const nearest = (day: number): Point =>
      sorted.reduce((best, point) =>
        Math.abs(point.x - xOf(layout.time, day)) < Math.abs(best.x - xOf(layout.time, day)) ? point : best,
      )
    return { name, points: sorted, at: (day) => ({ kind: 'point', point: nearest(day) }) }
  }
  const flags = layout.flags.map(({ point }) => point)
  return [
    { name: layout.sections[0]?.text ?? '', points: null, at: (day) => ({ kind: 'phases', day }) },
    ...layout.strips.map(({ concern, words }): Row => ({
      name: words,
      points: null,
      at: (day) => ({ kind: 'concern', concern, day }),
    })),
    ...(flags.length > 0 ? [marks('', flags)] : []),
    ...layout.lanes.flatMap(({ name, points }) => (points.length > 0 ? [marks(name, points)] : [])),
  ]
}
