import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, modelOf, track } from '@sente/engine'
import { chainOf, dayStep, dayStepBack } from '../src/position/chain.ts'
import { forecast } from '../src/position/forecast.ts'
import { firstPassage } from '../src/position/passage.ts'
import { phaseShares } from '../src/position/position.ts'
import { smooth } from '../src/position/smooth.ts'
import { current, rowOf } from '../src/position/track.ts'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)
const far = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)))

describe('smoothing and forecasting', () => {
  test('the backward step is the transpose of the forward step', () => {
    const { open, won } = chainOf(MODEL)
    for (const regime of [open, won]) {
      const width = 2 * regime.n
      const unit = (i: number): Float64Array => new Float64Array(width).map((_, j) => (i === j ? 1 : 0))
      const forward = Array.from({ length: width }, (_, i) => {
        const to = new Float64Array(width)
        dayStep(regime, unit(i), to)
        return to
      })
      const backward = Array.from({ length: width }, (_, i) => {
        const to = new Float64Array(width)
        dayStepBack(regime, unit(i), to)
        return to
      })
      for (let i = 0; i < width; i++)
        for (let j = 0; j < width; j++) expect(backward[j]![i]).toBeCloseTo(forward[i]![j]!, 15)
    }
  })

  test('no mass is lost: what a day does not keep it decides', () => {
    const { open } = chainOf(MODEL)
    const from = new Float64Array(2 * open.n).fill(1 / (2 * open.n))
    const to = new Float64Array(2 * open.n)
    const decided = dayStep(open, from, to)
    expect(to.reduce((sum, x) => sum + x, 0) + decided).toBeCloseTo(1, 12)
  })

  test('the smoothed last day is the filtered one, and earlier days gain from later evidence', () => {
    const deal = read({
      name: 'x',
      firstContactOn: FIRST,
      evidence: [
        { on: addDays(FIRST, 120), signal: 'rfp_issued' },
        { on: addDays(FIRST, 125), signal: 'shortlisted' },
      ],
    })
    const segment = current(track(deal, MODEL, addDays(FIRST, 130)))
    const rows = smooth(segment)
    const width = 2 * segment.regime.n
    expect(far(rows.subarray(130 * width), rowOf(segment, segment.to))).toBeLessThan(1e-12)
    const evaluate = (row: Float64Array): number => phaseShares(segment.regime, row)[3]!
    expect(evaluate(rows.subarray(115 * width, 116 * width))).toBeGreaterThan(
      evaluate(segment.filtered.subarray(115 * width, 116 * width)),
    )
  })

  test('without stalling, going back or giving up a phase lasts as long as its Erlang law says', () => {
    const files = structuredClone(METHOD)
    Object.assign(files.phases.chain, {
      stallEvery: 1e15,
      backEvery: 1e15,
      resumeEvery: 1,
      noDecision: { movingEvery: 1e15, stalledEvery: 1e15 },
    })
    const regime = chainOf(modelOf(files)).open
    const start = new Float64Array(2 * regime.n)
    // All of it at the usual pace.
    start[regime.paces.indexOf(1)] = 1
    // The sum of k geometric waits of mean m/k has mean m; the median of so narrow a law is close to it.
    const { meanDays } = files.phases.phases[0]!
    let mean = 0
    let left = start
    for (let d = 1; d < 5000; d++) {
      const to = new Float64Array(2 * regime.n)
      dayStep(regime, left, to)
      left = to
      mean += left.slice(0, regime.first[1]).reduce((sum, x) => sum + x, 0)
    }
    expect(mean + 1).toBeCloseTo(meanDays, 6)
    const [, median] = firstPassage(regime, start, 4)
    expect(median).toBeGreaterThan(0.85 * meanDays)
    expect(median).toBeLessThan(meanDays)
  })

  test('a share of futures decides, a share gives up, the rest is open: together all', () => {
    const segment = current(track(read({ name: 'x', firstContactOn: FIRST }), MODEL, addDays(FIRST, 100)))
    const run = forecast(segment.regime, rowOf(segment, segment.to))
    run.reach(540)
    const width = 2 * segment.regime.n
    for (let d = 0; d <= run.days; d += 30) {
      const open = run.open.subarray(d * width, (d + 1) * width).reduce((sum, x) => sum + x, 0)
      expect(open + run.decided[d]! + run.quit[d]!).toBeCloseTo(1, 9)
    }
    expect(run.quit[run.days]).toBeGreaterThan(0)
  })

  // Across phases no order holds: each is read over those futures that pass it, and a slow customer may pass the first only.
  test('the quantiles of when a phase ends come in order', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { position } = brief(deal, METHOD, asOf)
        fc.pre(position.forecast !== null)
        for (const { on } of position.forecast!.ends) {
          if (on.p50 === null) continue
          expect(on.p10! <= on.p50 && (on.p90 === null || on.p50 <= on.p90)).toBe(true)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('a long silence looks stalled', () => {
    const silent = brief(read({ name: 'x', firstContactOn: FIRST }), METHOD, addDays(FIRST, 400))
    const heard = brief(
      read({
        name: 'x',
        firstContactOn: FIRST,
        evidence: [{ on: addDays(FIRST, 398), signal: 'deep_technical_questions' }],
      }),
      METHOD,
      addDays(FIRST, 400),
    )
    expect(silent.position.stalled).toBeGreaterThan(heard.position.stalled)
  })
})
