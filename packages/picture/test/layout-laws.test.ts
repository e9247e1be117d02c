import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brief } from '@sente/engine'
import { asOfs, deals } from '../../engine/test/support/deals.ts'
import { METHOD } from '../../engine/test/support/method.ts'
import { layout } from '../src/index.ts'
import type { Label, PictureLayout } from '../src/layout/types.ts'
import { RUN_GAP } from '../src/layout/types.ts'
import { widthOf } from '../src/text.ts'
import { dayOf, TICK_GAP, ticksOf } from '../src/time.ts'

const options = fc.record({
  lang: fc.constantFrom('en' as const, 'zh' as const),
  width: fc.integer({ min: 200, max: 1900 }),
  headline: fc.boolean(),
  replayed: fc.boolean(),
})
const pictures = fc
  .tuple(deals, asOfs, options)
  .map(([deal, asOf, chosen]) => ({ of: brief(deal, METHOD, asOf), chosen: { ...chosen, methodology: METHOD } }))

const isBold = (look: string): boolean => look !== 'mute' && look !== 'ink'
/** From where to where a label reaches, with what goes on in its line. */
function reach({ x, text, size, anchor, look, after = [] }: Label): [from: number, to: number] {
  const own = widthOf(text, size, isBold(look))
  const rest = after.reduce((sum, part) => sum + RUN_GAP + widthOf(part.text, part.size, isBold(part.look)), 0)
  const from = anchor === 'start' ? x : anchor === 'end' ? x - own : x - own / 2
  return [from, from + own + rest]
}

/** Every label anywhere in a layout. */
function labelsOf(part: unknown): Label[] {
  if (typeof part !== 'object' || part === null) return []
  if ('anchor' in part && 'text' in part) return [part as Label]
  return Object.values(part).flatMap(labelsOf)
}
const numbersOf = (part: unknown): number[] =>
  typeof part === 'number'
    ? [part]
    : typeof part === 'object' && part !== null
      ? Object.values(part).flatMap(numbersOf)
      : []

describe('the layout of the picture of any deal, on any day, at any width', () => {
  test('depends on nothing but the brief and the options, and every place in it is a number', () => {
    fc.assert(
      fc.property(pictures, ({ of, chosen }) => {
        const laid = layout(of, chosen)
        expect(layout(structuredClone(of), chosen)).toEqual(laid)
        expect(numbersOf(laid).every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  test('has no words that leave the frame, whatever they say', () => {
    fc.assert(
      fc.property(pictures, ({ of, chosen }) => {
        const laid = layout(of, chosen)
        const outside = labelsOf(laid).filter((label) => {
          const [from, to] = reach(label)
          return from < -0.5 || to > laid.width + 0.5 || label.y < 0 || label.y > laid.height
        })
        expect(outside).toEqual([])
      }),
      { numRuns: 80 },
    )
  })

  test('has its rows one below the other, and its curves and marks inside of them', () => {
    fc.assert(
      fc.property(pictures, ({ of, chosen }) => {
        const { headline, phases, strips, axisY, lanes, height, time, points }: PictureLayout = layout(of, chosen)
        const rows = [...(headline ? [headline.box] : []), phases.box, ...strips.map(({ box }) => box)]
        const down = [
          0,
          ...rows.flatMap((box) => [box.y, box.y + box.height]),
          axisY,
          ...lanes.map(({ y }) => y),
          height,
        ]
        expect(down).toEqual(down.toSorted((a, b) => a - b))
        for (const { box, demand, readiness, planned } of strips) {
          const heights = [...demand, ...readiness, ...planned].map(([, y]) => y)
          expect(heights.filter((y) => y < box.y - 1e-6 || y > box.y + box.height + 1e-6)).toEqual([])
        }
        for (const { x, on } of points) {
          expect(x).toBeGreaterThanOrEqual(time.x0 - 1e-6)
          expect(x).toBeLessThanOrEqual(time.x1 + 1e-6)
          expect(dayOf(on)).toBeGreaterThan(0)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('the days along an axis', () => {
  const axes = fc.record({
    from: fc.integer({ min: 15_000, max: 25_000 }),
    days: fc.integer({ min: 2, max: 4000 }),
    wide: fc.integer({ min: 316, max: 1560 }),
    pad: fc.constantFrom(12, 20),
    lang: fc.constantFrom('en' as const, 'zh' as const),
  })

  test('stand in order on their days, and their words touch neither the next ones nor the edge', () => {
    fc.assert(
      fc.property(axes, ({ from, days, wide, pad, lang }) => {
        const time = { from, to: from + days, x0: pad, x1: pad + wide }
        const ticks = ticksOf(time, lang, 11)
        const end = time.x1 + pad
        for (const words of [
          ticks.map(({ x, label }) => [x + TICK_GAP, x + TICK_GAP + widthOf(label, 11)] as const),
          ticks.flatMap(({ year }) => (year ? [[year.x, year.x + widthOf(year.text, 11, true)] as const] : [])),
        ])
          for (const [i, [begins, ends]] of words.entries()) {
            expect(begins).toBeGreaterThanOrEqual(i === 0 ? 0 : words[i - 1]![1])
            expect(ends).toBeLessThanOrEqual(end)
          }
        for (const { x } of ticks) expect(x).toBeGreaterThanOrEqual(time.x0)
      }),
      { numRuns: 2000 },
    )
  })
})
