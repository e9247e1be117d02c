import { dayNumber, plainDate } from '@sente/engine'
import { widthOf } from '../text.ts'
import { AREA, COLORS, label } from './flow.ts'
import type { Block } from './flow.ts'
import { heightOf } from './measure.ts'
import type { Box, SlidePart, SlideTone } from './types.ts'

export interface Card {
  name: string
  value: string
  tone?: SlideTone
  under?: string
}

/** Numbers side by side, at most five. */
export function cards(list: readonly Card[]): Block {
  const height = 96
  const gap = 12
  const draw = (at: Box): SlidePart[] => {
    const w = (at.w - gap * (list.length - 1)) / list.length
    const room = w - 24
    return list.flatMap(({ name, value, tone, under }, i): SlidePart[] => {
      const x = at.x + i * (w + gap)
      const size = [22, 18, 15, 12].find((one) => widthOf(value, one, true) <= room) ?? 12
      return [
        { kind: 'shape', shape: 'rect', x, y: at.y, w, h: height, fill: COLORS.head },
        {
          kind: 'text',
          x: x + 12,
          y: at.y + 8,
          w: room,
          h: 16,
          size: 11,
          lines: [{ text: label(name, room, 11), tone: 'faint' }],
        },
        {
          kind: 'text',
          x: x + 12,
          y: at.y + 28,
          w: room,
          h: 32,
          size,
          lines: [{ text: label(value, room, size, true), bold: true, ...(tone && { tone }) }],
        },
        {
          kind: 'text',
          x: x + 12,
          y: at.y + 66,
          w: room,
          h: 16,
          size: 10,
          lines: [{ text: label(under ?? '', room, 10), tone: 'faint' }],
        },
      ]
    })
  }
  return { kind: 'drawn', height, draw }
}

export interface TimelineMark {
  on: string
  text: string
  tone: SlideTone
}

const LANES = 3
const LANE = 30
const NAME = 10

/**
 * Days along a line with what happens on them, and today. A name that finds no room beside the others is left to the table: its dot stays.
 * Null: there is no day to show.
 */
export function timeline(marks: readonly TimelineMark[], today: { on: string; text: string }): Block | null {
  if (marks.length === 0) return null
  const days = [...marks.map(({ on }) => on), today.on].map((on) => dayNumber(plainDate(on)))
  const [first, last] = [Math.min(...days), Math.max(...days)]
  const height = 2 * LANES * LANE + 24
  const draw = (at: Box): SlidePart[] => {
    const middle = at.y + height / 2
    const xOf = (on: string): number =>
      at.x + 12 + ((dayNumber(plainDate(on)) - first) / Math.max(1, last - first)) * (at.w - 24)
    const taken = Array.from({ length: 2 * LANES }, (): number => at.x)
    const names = [...marks]
      .sort((a, b) => (a.on < b.on ? -1 : 1))
      .flatMap((mark): SlidePart[] => {
        const x = xOf(mark.on)
        const text = label(mark.text, 190, NAME)
        const width = Math.min(194, Math.ceil(widthOf(text, NAME)) + 4)
        const from = Math.max(at.x, Math.min(x - 4, at.x + at.w - width))
        const dot = {
          kind: 'shape',
          shape: 'dot',
          x: x - 5,
          y: middle - 5,
          w: 10,
          h: 10,
          fill: COLORS[mark.tone],
        } as const
        const lane = taken.findIndex((end) => end <= from)
        if (lane < 0) return [dot]
        taken[lane] = from + width + 8
        // Above and below in turn, the nearest first.
        const away = Math.floor(lane / 2)
        const above = lane % 2 === 0
        const y = above ? middle - 14 - (away + 1) * LANE + 12 : middle + 14 + away * LANE
        const h = heightOf(1, NAME) + 2
        const stem = above ? { y: y + h, h: middle - 5 - y - h } : { y: middle + 5, h: y - middle - 5 }
        return [
          dot,
          { kind: 'shape', shape: 'rect', x: x - 0.5, w: 1, ...stem, fill: COLORS.hair },
          { kind: 'text', x: from, y, w: width, h, size: NAME, lines: [{ text, tone: mark.tone }] },
        ]
      })
    const now = xOf(today.on)
    return [
      { kind: 'shape', shape: 'rect', x: at.x, y: middle - 1, w: at.w, h: 2, fill: COLORS.hair },
      { kind: 'shape', shape: 'rect', x: now - 1, y: at.y + 4, w: 2, h: height - 8, fill: COLORS.tint },
      {
        kind: 'text',
        x: Math.max(AREA.x, Math.min(now - 40, AREA.x + AREA.w - 80)),
        y: at.y + height - 12,
        w: 80,
        h: 14,
        size: NAME,
        align: 'center',
        lines: [{ text: today.text, tone: 'faint' }],
      },
      ...names,
    ]
  }
  return { kind: 'drawn', height: height + 6, draw }
}
