import { dayNumber, plainDate } from '@sente/engine'
import { widthOf } from '../text.ts'
import { AREA, COLORS, label } from './flow.ts'
import type { Block } from './flow.ts'
import { cut, heightOf } from './measure.ts'
import type { Box, SlideFill, SlidePart, SlideTone } from './types.ts'

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
  const dayOf = (on: string): number => dayNumber(plainDate(on))
  const days = [...marks.map(({ on }) => on), today.on].map(dayOf)
  const [first, last] = [Math.min(...days), Math.max(...days)]
  const xOf = (on: string): number => AREA.x + 12 + ((dayOf(on) - first) / Math.max(1, last - first)) * (AREA.w - 24)
  const taken = Array.from({ length: 2 * LANES }, (): number => AREA.x)
  const placed = [...marks]
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map((mark) => {
      const x = xOf(mark.on)
      const text = label(mark.text, 190, NAME)
      const width = Math.ceil(widthOf(text, NAME)) + 4
      const from = Math.max(AREA.x, Math.min(x - 4, AREA.x + AREA.w - width))
      const lane = taken.findIndex((end) => end <= from)
      if (lane >= 0) taken[lane] = from + width + 8
      return { tone: mark.tone, x, text, width, from, lane }
    })
  const lanes = Math.max(1, ...placed.map(({ lane }) => Math.floor(lane / 2) + 1))
  const height = 2 * lanes * LANE + 32
  const draw = (at: Box): SlidePart[] => {
    const middle = at.y + height / 2
    const names = placed.flatMap(({ tone, x, text, width, from, lane }): SlidePart[] => {
      const dot = { kind: 'shape', shape: 'dot', x: x - 5, y: middle - 5, w: 10, h: 10, fill: COLORS[tone] } as const
      if (lane < 0) return [dot]
      // Above and below in turn, the nearest first.
      const away = Math.floor(lane / 2)
      const above = lane % 2 === 0
      const y = above ? middle - 2 - (away + 1) * LANE : middle + 14 + away * LANE
      const h = heightOf(1, NAME) + 2
      const stem = above ? { y: y + h, h: middle - 5 - y - h } : { y: middle + 5, h: y - middle - 5 }
      return [
        { kind: 'shape', shape: 'rect', x: x - 0.5, w: 1, ...stem, fill: COLORS.hair },
        dot,
        { kind: 'text', x: from, y, w: width, h, size: NAME, lines: [{ text, tone }] },
      ]
    })
    const now = xOf(today.on)
    return [
      { kind: 'shape', shape: 'rect', x: at.x, y: middle - 1, w: at.w, h: 2, fill: COLORS.hair },
      { kind: 'shape', shape: 'rect', x: now - 1, y: at.y + 4, w: 2, h: height - 20, fill: COLORS.tint },
      {
        kind: 'text',
        x: Math.max(AREA.x, Math.min(now - 40, AREA.x + AREA.w - 80)),
        y: at.y + height - 14,
        w: 80,
        h: 14,
        size: NAME,
        align: now - 40 < AREA.x ? 'left' : 'center',
        lines: [{ text: today.text, tone: 'faint' }],
      },
      ...names,
    ]
  }
  return { kind: 'drawn', height: height + 6, draw }
}

/** Steps of a way, one after the other, each with what holds of it. */
export function chain(list: readonly { name: string; value: string; fill: SlideFill }[]): Block {
  const height = 70
  const overlap = 10
  const draw = (at: Box): SlidePart[] => {
    const w = (at.w + overlap * (list.length - 1)) / list.length
    const room = w - 48
    return list.map(({ name, value, fill }, i) => ({
      kind: 'shape',
      shape: 'chevron',
      x: at.x + i * (w - overlap),
      y: at.y,
      w,
      h: height,
      fill,
      text: {
        size: 10,
        lines: [{ text: cut(name, room, 10, 2, true), bold: true }, { text: label(value, room, 10) }],
      },
    }))
  }
  return { kind: 'drawn', height, draw }
}
