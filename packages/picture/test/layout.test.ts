import { describe, expect, test } from 'vitest'
import { layout, xOf } from '../src/index.ts'
import type { PictureLayout } from '../src/layout/types.ts'
import { widthOf } from '../src/text.ts'
import { BRIEFS, METHOD } from './stories.ts'

const WIDTHS = [340, 560, 900, 1280] as const
const LANGS = ['en', 'zh'] as const
const laid = (width: number, lang: 'en' | 'zh'): [name: string, PictureLayout][] =>
  BRIEFS.map(([name, brief]) => [
    `${name}, ${width} wide, ${lang}`,
    layout(brief, { lang, methodology: METHOD, width }),
  ])
const ALL = WIDTHS.flatMap((width) => LANGS.flatMap((lang) => laid(width, lang)))

const ys = (points: readonly (readonly [number, number])[]): number[] => points.map(([, y]) => y)

describe('the layout of a picture, of any brief at any width', () => {
  test('has its rows one below the other: headline, phases, the four concerns, the axis, the lanes', () => {
    for (const [name, { headline, phases, strips, axisY, lanes, height }] of ALL) {
      const rows = [...(headline ? [headline.box] : []), phases.box, ...strips.map(({ box }) => box)].flatMap(
        ({ y, height: tall }) => [y, y + tall],
      )
      const down = [0, ...rows, axisY, ...lanes.map(({ y }) => y), height]
      expect([name, down]).toEqual([name, down.toSorted((a, b) => a - b)])
    }
  })

  test('draws every curve inside its own row', () => {
    const outside: string[] = []
    const check = (name: string, box: { y: number; height: number }, points: Parameters<typeof ys>[0]): void => {
      if (ys(points).some((y) => !(y >= box.y - 1e-6 && y <= box.y + box.height + 1e-6))) outside.push(name)
    }
    for (const [name, { phases, strips }] of ALL) {
      for (const { box, demand, band, readiness, planned, saved, uncovered, concern } of strips)
        check(`${name}: ${concern}`, box, [
          ...demand,
          ...band,
          ...readiness,
          ...planned,
          ...saved.flat(),
          ...uncovered.flatMap(({ area }) => area),
        ])
      for (const { past, future, phase } of phases.bands) check(`${name}: ${phase}`, phases.box, [...past, ...future])
    }
    expect(outside).toEqual([])
  })

  test('places every mark on the day it stands for', () => {
    for (const [name, { time, today, ticks, points }] of ALL) {
      expect(time.to, name).toBeGreaterThan(time.from)
      expect(xOf(time, time.from)).toBe(time.x0)
      expect(xOf(time, time.to)).toBe(time.x1)
      const along = ticks.map(({ x }) => x)
      expect([name, along]).toEqual([name, along.toSorted((a, b) => a - b)])
      for (const x of [...along, ...(today ? [today.x] : []), ...points.map((point) => point.x)]) {
        expect(x, name).toBeGreaterThanOrEqual(time.x0 - 1e-6)
        expect(x, name).toBeLessThanOrEqual(time.x1 + 1e-6)
      }
    }
  })

  test('is of one geometry in both languages: the same rows, days and curves, in other words', () => {
    for (const width of WIDTHS) {
      const [en, zh] = [laid(width, 'en'), laid(width, 'zh')]
      for (const [i, [name, a]] of en.entries()) {
        const b = zh[i]![1]
        expect([name, b.time.from, b.time.to]).toEqual([name, a.time.from, a.time.to])
        expect([name, b.phases.bands.map(({ phase }) => phase)]).toEqual([
          name,
          a.phases.bands.map(({ phase }) => phase),
        ])
        expect([name, b.strips.map(({ demand }) => demand.length)]).toEqual([
          name,
          a.strips.map(({ demand }) => demand.length),
        ])
        expect([name, b.strips.map(({ uncovered }) => uncovered.length)]).toEqual([
          name,
          a.strips.map(({ uncovered }) => uncovered.length),
        ])
        expect([name, b.lanes.length]).toEqual([name, a.lanes.length])
      }
    }
  })

  test('keeps the words of flags apart: on one line none begins before the one to its left has ended', () => {
    for (const [name, { flags }] of ALL)
      for (const line of Map.groupBy(flags, ({ label }) => label.y).values()) {
        const spans = line
          .map(({ label: { x, text, size, anchor } }) => {
            const width = widthOf(text, size)
            return anchor === 'end' ? [x - width, x] : [x, x + width]
          })
          .toSorted(([a], [b]) => a! - b!)
        for (const [i, [from]] of spans.entries())
          if (i > 0) expect(from!, name).toBeGreaterThanOrEqual(spans[i - 1]![1]!)
      }
  })
})
