import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, daysBetween, modelOf, plainDate, track } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { firstPassage } from '../src/position/passage.ts'
import { current, rowOf } from '../src/position/track.ts'
import { FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)

describe('dates the customer tells', () => {
  const tender = (ahead: number, more: object = {}): Deal =>
    read({
      name: 'x',
      firstContactOn: FIRST,
      evidence: [{ on: addDays(FIRST, 10), signal: 'problem_owner_named' }],
      process: [{ step: 'tender-notice', on: addDays(FIRST, 60 + ahead), ...more }],
    })
  const asOf = addDays(FIRST, 60)
  const decision = (deal: Deal): number => daysBetween(asOf, plainDate(brief(deal, METHOD, asOf).outlook.when!.p50!))

  test('a told date moved by N days moves the median of its milestone by at least .7 N', () => {
    const milestones = METHOD.phases.milestones.filter(({ rank }) => rank >= 8 && rank <= 24)
    fc.assert(
      fc.property(
        fc.constantFrom(...milestones),
        fc.integer({ min: 30, max: 200 }),
        fc.integer({ min: 30, max: 120 }),
        fc.constantFrom('published', 'executive', 'project-leader', undefined),
        ({ id, rank }, ahead, more, source) => {
          const median = (on: number): number => {
            const deal = read({
              name: 'x',
              firstContactOn: FIRST,
              // The milestone is still ahead of them.
              pins: [{ on: asOf, phase: 'frame' }],
              process: [{ step: id, on: addDays(asOf, on), ...(source ? { source } : {}) }],
            })
            const way = track(deal, MODEL, asOf)
            const segment = current(way)
            return firstPassage(segment.regime, rowOf(segment, segment.to), rank, way.told)[1]!
          }
          expect(median(ahead + more) - median(ahead)).toBeGreaterThanOrEqual(0.7 * more)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('a tender told for sixty days later moves the decision by at least 42 days', () => {
    for (const ahead of [35, 60, 120])
      expect(decision(tender(ahead + 60)) - decision(tender(ahead))).toBeGreaterThanOrEqual(42)
  })

  test('a day that has passed says nothing, and asks whether it happened', () => {
    const past = tender(-10)
    const bare = { ...past, process: [] }
    expect(brief(past, METHOD, asOf).position.phases).toEqual(brief(bare, METHOD, asOf).position.phases)
    expect(brief(past, METHOD, asOf).position.told).toMatchObject([{ step: 'tender-notice', passed: true }])
  })

  test('each slip takes a fifth off what the date is taken for, and the older day is not told any more', () => {
    const step = { step: 'tender-notice', source: 'published' }
    const deal = read({
      name: 'x',
      firstContactOn: FIRST,
      process: [
        { ...step, on: addDays(FIRST, 80), recordedOn: addDays(FIRST, 5) },
        { ...step, on: addDays(FIRST, 110), recordedOn: addDays(FIRST, 40) },
        { ...step, on: addDays(FIRST, 150), recordedOn: addDays(FIRST, 70) },
      ],
    })
    const told = (n: number): unknown =>
      brief(deal, METHOD, addDays(FIRST, n)).position.told.map(({ on, slips, reliability }) => [on, slips, reliability])
    expect(told(4)).toEqual([])
    expect(told(30)).toEqual([[addDays(FIRST, 80), 0, 0.95]])
    expect(told(50)).toEqual([[addDays(FIRST, 110), 1, 0.95 * 0.8]])
    expect(told(75)).toEqual([[addDays(FIRST, 150), 2, 0.95 * 0.8 ** 2]])
  })

  test('a deal of which only a list says a stage is not placed by the calendar', () => {
    const listed = read({ name: 'x', openedOn: FIRST, stages: [{ on: FIRST, phase: 'need', label: 'Prospecting' }] })
    const { known, claim } = brief(listed, METHOD, addDays(FIRST, 400)).position
    expect([known, claim]).toEqual([false, { phase: 'need', label: 'Prospecting', on: FIRST }])
    expect(brief(tender(30), METHOD, asOf).position.known).toBe(true)
  })

  test('the slower a customer goes, the more the pace says so, in both languages', () => {
    const slow = brief(
      read({
        name: 'x',
        firstContactOn: FIRST,
        pins: [1, 150, 300].map((n) => ({ on: addDays(FIRST, n), phase: 'need' })),
      }),
      METHOD,
      addDays(FIRST, 310),
    )
    const { each, likely, words } = slow.position.pace
    expect(each.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
    expect(likely).toBe(4)
    expect(words).toEqual({ en: expect.stringContaining('four times'), zh: expect.stringContaining('四倍') })
  })
})
