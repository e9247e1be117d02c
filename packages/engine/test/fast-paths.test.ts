import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brief, modelOf, plainDate, summary, track } from '@sente/engine'
import { dateOf, dayNumber } from '../src/core/dates.ts'
import { chainOf, dayStep } from '../src/position/chain.ts'
import type { Flow, Regime } from '../src/position/chain.ts'
import { quits } from '../src/position/give-up.ts'
import { firstPassage } from '../src/position/passage.ts'
import { pastOf, progressAt, shareAt } from '../src/position/past.ts'
import { progressOf, shareFrom } from '../src/position/position.ts'
import { smooth } from '../src/position/smooth.ts'
import { rowOf } from '../src/position/track.ts'
import { reweighing, usesOf, weighUses } from '../src/position/weigh.ts'
import { asOfs, deals } from './support/deals.ts'
import { METHOD } from './support/method.ts'
import { plainDay, plainGivingUp, plainPassage } from './support/plain.ts'

const MODEL = modelOf(METHOD)
const { open, won } = chainOf(MODEL)
const far = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)))

const distribution = ({ n }: Regime): fc.Arbitrary<Float64Array> =>
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 * n, maxLength: 2 * n }).map((list) => {
    const sum = list.reduce((total, x) => total + x, 0) || 1
    return Float64Array.from(list, (x) => x / sum)
  })

describe('what is computed fast is what is computed plainly', () => {
  const regimes = fc.constantFrom(open, won).chain((regime) => fc.tuple(fc.constant(regime), distribution(regime)))

  test('a day of the chain, in another place or in the same one, and scaled', () => {
    fc.assert(
      fc.property(regimes, fc.double({ min: 0.5, max: 2, noNaN: true }), ([regime, from], scale) => {
        const wanted = new Float64Array(from.length)
        const decided = plainDay(regime, from, wanted)
        const to = new Float64Array(from.length)
        expect(dayStep(regime, from, to)).toBeCloseTo(decided, 14)
        expect(far(to, wanted)).toBeLessThan(1e-14)
        expect(dayStep(regime, from, to, 0, 0, scale)).toBeCloseTo(decided, 14)
        expect(
          far(
            to,
            wanted.map((mass) => scale * mass),
          ),
        ).toBeLessThan(1e-14)
        expect(dayStep(regime, from, from)).toBeCloseTo(decided, 14)
        expect(far(from, wanted)).toBeLessThan(1e-14)
      }),
      { numRuns: 100 },
    )
  })

  test('what weighs more once a piece of evidence is gone is what all others would weigh without it', () => {
    const pieces = fc.array(
      fc.record({
        on: fc.integer({ min: 0, max: 120 }).map((day) => dateOf(dayNumber(plainDate('2025-01-06')) + day)),
        signal: fc.constantFrom('pain_admitted', 'asks_references', 'just_learning'),
        confidence: fc.double({ min: 0.1, max: 1, noNaN: true }),
        status: fc.constant('confirmed' as const),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(pieces, (evidence) => {
        const uses = usesOf(evidence, MODEL)
        const items = weighUses(uses, MODEL)
        const without = reweighing(items, MODEL)
        for (const item of items) {
          const rest = weighUses(
            uses.filter(({ index }) => index !== item.index),
            MODEL,
          )
          const before = new Map(items.map(({ index, weight }) => [index, weight]))
          expect(without(item)).toEqual(rest.filter(({ index, weight }) => before.get(index) !== weight))
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a day of the forecast, in which some give up before the rest goes on', () => {
    fc.assert(
      fc.property(distribution(open), (from) => {
        const plain = Float64Array.from(from)
        const quit = plainGivingUp(open, plain)
        const wanted = new Float64Array(from.length)
        const decided = plainDay(open, plain, wanted)
        expect(quits(open, from)).toBeCloseTo(quit, 14)
        const lasting: Flow = open.lasting
        expect(dayStep(lasting, from, from)).toBeCloseTo(decided, 14)
        expect(far(from, wanted)).toBeLessThan(1e-14)
      }),
      { numRuns: 100 },
    )
  })

  test('the days of a first passage, told dates ahead or none', () => {
    const quantiles = [0.1, 0.5, 0.9]
    fc.assert(
      fc.property(deals, asOfs, fc.integer({ min: 1, max: 24 }), (deal, asOf, rank) => {
        const way = track(deal, MODEL, asOf)
        if (way.state !== 'open') return
        const now = rowOf(way.open, way.open.to)
        expect(firstPassage(open, now, rank, way.told, quantiles)).toEqual(
          plainPassage(open, now, rank, way.told, quantiles),
        )
      }),
      { numRuns: 30 },
    )
  })
})

test('a summary says of a deal, on any day, what its brief says', () => {
  fc.assert(
    fc.property(deals, asOfs, (deal, asOf) => {
      const whole = brief(deal, METHOD, asOf)
      expect(summary(deal, METHOD, asOf)).toEqual({
        asOf,
        position: {
          known: whole.position.known,
          leading: whole.position.leading,
          phases: whole.position.phases,
          stalled: whole.position.stalled,
          progress: whole.position.progress,
        },
        lead: whole.lead,
        people: { cover: whole.people.cover, vacuum: whole.people.vacuum },
        findings: whole.findings,
        homework: whole.homework,
        outlook: { when: whole.outlook.when, whether: whole.outlook.whether },
      })
    }),
    { numRuns: 60 },
  )
})

test('the past by rank is the smoothed past added up', () => {
  fc.assert(
    fc.property(deals, asOfs, (deal, asOf) => {
      const { open: segment, told } = track(deal, MODEL, asOf)
      const past = pastOf(segment, told?.worth)
      const rows = smooth(segment, told?.worth)
      for (let day = segment.from; day <= segment.to; day++) {
        const at = (day - segment.from) * 2 * open.n
        for (let rank = 0; rank <= 24; rank++)
          expect(Math.abs(shareAt(past, day, rank) - shareFrom(open, rows, rank, at))).toBeLessThan(1e-12)
        expect(Math.abs(progressAt(past, open, day) - progressOf(open, rows, at))).toBeLessThan(1e-12)
      }
    }),
    { numRuns: 20 },
  )
})
