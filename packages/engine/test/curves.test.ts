import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monotoneCubic } from '../src/methodology/curves.ts'
import { nearestOf } from '@sente/engine'

describe('the monotone cubic', () => {
  const knots = fc
    .uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 9 })
    .chain((xs) =>
      fc.tuple(
        fc.constant([...xs].sort((a, b) => a - b)),
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: xs.length, maxLength: xs.length }),
      ),
    )

  test('goes through its knots and stays between neighbours: no overshoot', () => {
    fc.assert(
      fc.property(knots, fc.double({ min: 0, max: 1, noNaN: true }), ([xs, ys], t) => {
        const curve = monotoneCubic(xs, ys)
        xs.forEach((x, i) => expect(curve(x)).toBeCloseTo(ys[i]!, 9))
        for (let i = 0; i + 1 < xs.length; i++) {
          const y = curve(xs[i]! + t * (xs[i + 1]! - xs[i]!))
          expect(y).toBeGreaterThanOrEqual(Math.min(ys[i]!, ys[i + 1]!) - 1e-9)
          expect(y).toBeLessThanOrEqual(Math.max(ys[i]!, ys[i + 1]!) + 1e-9)
        }
      }),
    )
  })

  test('is a number also where two knots differ by next to nothing', () => {
    const curve = monotoneCubic([0, 1, 2, 3], [0, 5e-324, 80, 80])
    for (const u of [0, 0.5, 1, 1.5, 2, 2.5, 3]) expect(curve(u)).toBeGreaterThanOrEqual(0)
  })

  test('keeps a straight line straight and a flat end flat', () => {
    const line = monotoneCubic([0, 1, 3], [0, 1, 3])
    expect(line(0.3)).toBeCloseTo(0.3, 12)
    expect(line(2.2)).toBeCloseTo(2.2, 12)
    expect(line(-5)).toBe(0)
    expect(line(9)).toBe(3)
  })
})

test('the nearest word is near, or there is none', () => {
  expect(nearestOf('evidnce', ['evidence', 'people'])).toBe('evidence')
  expect(nearestOf('xyz', ['evidence', 'people'])).toBeUndefined()
})
