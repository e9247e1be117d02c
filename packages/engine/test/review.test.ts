import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  changesOf,
  isNews,
  dealAsOf,
  farOf,
  groupsOf,
  lacksOf,
  lossOf,
  ownersOf,
  plan as planOf,
  planWin,
  plainDate,
  reviewLine,
  ReviewLine,
  reviewOf,
  totalOf,
  WEEK,
} from '@sente/engine'
import type { DealOfReview, Staked } from '@sente/engine'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const TODAY = plainDate('2025-05-05')
const DEAL = {
  sente: 1,
  name: 'Core platform',
  amount: { value: '1000000', currency: 'CNY' },
  firstContactOn: '2025-01-10',
  sellerEstimate: [{ value: 0.8, on: '2025-03-01' }],
  people: [
    { id: 'zhou', name: 'Zhou Min', roles: ['number_one', 'economic_buyer'], influence: 5, reportsTo: null },
    { id: 'lin', name: 'Lin Tao', roles: ['coach'], influence: 3, reportsTo: 'zhou' },
  ],
  evidence: [
    { on: '2025-01-10', signal: 'excited_first_meeting', from: 'lin', confidence: 0.9, status: 'confirmed' },
    { on: '2025-04-30', signal: METHOD.signals.signals[3]!.id, from: 'lin', confidence: 0.9, status: 'confirmed' },
  ],
  touches: [{ on: '2025-01-10', play: 'intro_by_coach', with: ['lin'], outcome: 'done' }],
  process: [{ step: 'budget-approval', on: '2025-05-20' }],
}
const deal = read(DEAL)!
const lineOf = (more: object = {}): ReviewLine => reviewLine(read({ ...DEAL, ...more })!, METHOD, TODAY)
const base = lineOf()

describe('what a week costs', () => {
  test('lies between what closes and the whole gain, and is closing + passes · (gain − closing)', () => {
    fc.assert(
      fc.property(deals, asOfs, (one, asOf) => {
        const line = reviewLine(one, METHOD, asOf)
        expect(ReviewLine.safeParse(line).error).toBeUndefined()
        const { week } = line
        if (!week) return
        expect(week.closing).toBeLessThanOrEqual(week.gain + 1e-12)
        expect(week.drop).toBeCloseTo(week.closing + week.passes * (week.gain - week.closing), 12)
        if (week.acts.length === 0) expect(week.gain).toBe(0)
      }),
      { numRuns: 15 },
    )
  })

  test('is gained by the same rule as the win number beside a plan', () => {
    const plan = planOf(deal, METHOD, TODAY, { withoutQuestions: true })
    const soon = plan.steps.filter(({ start, with: people }) => people.length > 0 && start < addDays(TODAY, WEEK))
    expect(soon.length).toBeGreaterThan(0)
    const { before, after } = planWin(deal, METHOD, TODAY, { ...plan, steps: soon })
    // Proofs come on top of steps; by steps alone it is the plan's own number.
    expect(base.week!.gain).toBeGreaterThanOrEqual(after!.value - before!.value - 1e-9)
    expect(base.week!.acts.filter(({ with: people }) => people.length > 0).length).toBeGreaterThanOrEqual(soon.length)
  })

  test('is not known once closed, and where nothing was heard of the customer', () => {
    const won = lineOf({ status: 'won', closedOn: '2025-02-01' })
    expect(won.week).toBeNull()
    expect(ReviewLine.safeParse(won).error).toBeUndefined()
    expect(won.progress).toBeGreaterThan(1)
    expect(lineOf({ evidence: [], process: [], touches: [] }).week).toBeNull()
    expect(lineOf({ evidence: [], process: [], touches: [] }).phase).toBeNull()
  })

  test('an earlier day is told by what was known then: later facts change nothing of it', () => {
    fc.assert(
      fc.property(deals, asOfs, (one, asOf) => {
        const then = reviewLine(one, METHOD, asOf, { plan: false })
        expect(reviewLine(dealAsOf(one, asOf), METHOD, asOf, { plan: false })).toEqual(then)
      }),
      { numRuns: 15 },
    )
  })
})

const staked = fc.record({
  id: fc.uuid(),
  name: fc.string(),
  owner: fc.constantFrom('Ann', 'Bo', null),
  amount: fc.option(
    fc.record({ value: fc.integer({ min: 0, max: 1e9 }).map(String), currency: fc.constantFrom('CNY', 'EUR', 'USD') }),
    { nil: null },
  ),
  drop: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  lacks: fc.subarray(['meeting', 'decider-unmet', 'single'] as const),
})

describe('the order of a review', () => {
  test('never compares or adds up two currencies, and never ranks what is not known', () => {
    fc.assert(
      fc.property(fc.array(staked), (list: Staked[]) => {
        const groups = groupsOf(list)
        expect(groups.flatMap((group) => group.deals).length).toBe(list.length)
        for (const { by, currency, deals: own, loss } of groups) {
          expect(new Set(own.map(({ amount }) => amount?.currency ?? null))).toEqual(new Set([currency]))
          if (by === 'loss') {
            const losses = own.map((one) => lossOf(one)!)
            expect(losses).toEqual([...losses].sort((a, b) => b - a))
            expect(loss).toBeCloseTo(
              losses.reduce((sum, one) => sum + one, 0),
              3,
            )
          } else {
            expect(loss).toBeNull()
            expect(own.every((one) => lossOf(one) === null)).toBe(true)
          }
        }
      }),
    )
  })

  test('does not hang on the order in which deals come in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(staked, { selector: ({ id }) => id }), (list: Staked[]) => {
        const ids = (all: readonly Staked[]): string[] => groupsOf(all).flatMap((one) => one.deals.map(({ id }) => id))
        expect(ids([...list].reverse())).toEqual(ids(list))
      }),
    )
  })

  test('a million of which a week costs 2 % comes before four of which it costs 0.4 %', () => {
    const one = (id: string, value: string, drop: number): Staked => ({
      id,
      name: id,
      owner: null,
      amount: { value, currency: 'CNY' },
      drop,
      lacks: [],
    })
    const [group] = groupsOf([one('large', '4000000', 0.004), one('urgent', '1000000', 0.02)])
    expect(group!.deals.map(({ id }) => id)).toEqual(['urgent', 'large'])
    expect(group!.loss).toBeCloseTo(36_000)
  })

  test('totals of sellers add up to the total, by currency', () => {
    fc.assert(
      fc.property(fc.array(staked), (list: Staked[]) => {
        const owners = ownersOf(list)
        const total = totalOf(list)
        expect(owners.reduce((sum, { deals: n }) => sum + n, 0)).toBe(total.deals)
        expect(owners.reduce((sum, { unknown }) => sum + unknown, 0)).toBe(total.unknown)
        for (const { currency, loss } of total.loss) {
          const parts = owners.flatMap((owner) => owner.loss.filter((one) => one.currency === currency))
          expect(parts.reduce((sum, part) => sum + part.loss, 0)).toBeCloseTo(loss, 3)
        }
      }),
    )
  })
})

describe('what changed', () => {
  test('days that went by are no news, a lead that is lost is', () => {
    const at = (state: 'ahead' | 'behind', days: number): ReviewLine => ({ ...base, lead: { state, days } })
    const news = (from: ReviewLine, to: ReviewLine): boolean => changesOf(from, to).some(isNews)
    expect(changesOf(at('ahead', 9), at('ahead', 2))).toHaveLength(1)
    expect(news(at('ahead', 9), at('ahead', 2))).toBe(false)
    expect(news(at('ahead', 2), at('behind', -5))).toBe(true)
    expect(news(base, { ...base, phase: null })).toBe(true)
  })

  test('a date that slipped is told with its days, one that came earlier too', () => {
    const told = (on: string): ReviewLine => lineOf({ process: [{ step: 'budget-approval', on }] })
    const changes = changesOf(told('2025-05-20'), told('2025-06-03'))
    expect(changes).toContainEqual(expect.objectContaining({ kind: 'told', from: '2025-05-20', slips: 14 }))
    expect(changesOf(told('2025-06-03'), told('2025-05-20'))).toContainEqual(
      expect.objectContaining({ kind: 'told', slips: -14 }),
    )
  })

  test('findings are new or answered, and none is both', () => {
    fc.assert(
      fc.property(deals, asOfs, (one, asOf) => {
        const [then, now] = [addDays(asOf, -WEEK), asOf].map((on) => reviewLine(one, METHOD, on, { plan: false }))
        const found = changesOf(then!, now!).flatMap((change) => (change.kind === 'finding' ? [change] : []))
        expect(new Set(found.map(({ rule }) => rule)).size).toBe(found.length)
        const rules = new Set(now!.findings.map(({ rule }) => rule))
        for (const { rule, is } of found) expect(rules.has(rule)).toBe(is === 'new')
      }),
      { numRuns: 15 },
    )
  })

  test('nothing is told where the earlier day is not known, an amount only where it was', () => {
    expect(changesOf('unknown', base)).toEqual([])
    expect(changesOf(base, base)).toEqual([])
    expect(changesOf({ ...base, amount: null }, base)).toEqual([])
    expect(changesOf({ ...base, amount: { value: '900000', currency: 'CNY' } }, base)).toEqual([
      { kind: 'amount', from: { value: '900000', currency: 'CNY' }, to: base.amount },
    ])
  })

  test('new deals, those that ended and those opened again', () => {
    const won: ReviewLine = { ...base, status: 'won' }
    expect(changesOf('new', base)).toEqual([{ kind: 'new' }])
    expect(changesOf(base, won)).toContainEqual({ kind: 'closed', to: 'won' })
    expect(changesOf(won, base)).toContainEqual({ kind: 'reopened' })
    const one = (id: string, line: ReviewLine): DealOfReview => ({
      id,
      name: id,
      owner: null,
      account: null,
      line,
      before: base,
    })
    const review = reviewOf(TODAY, addDays(TODAY, -WEEK), [one('open', base), one('won', won)])
    expect(review.gone.map(({ id }) => id)).toEqual(['won'])
    expect(review.groups.flatMap((group) => group.deals.map(({ id }) => id))).toEqual(['open'])
  })
})

test('whoever says nothing is far off nobody; the widest gap comes first', () => {
  expect(farOf({ sente: 0.2, base: 0.35 })).toEqual([])
  expect(farOf({ seller: 0.8, sente: 0.2, base: 0.35 }).map(({ high, low }) => [high, low])).toEqual([
    ['seller', 'sente'],
    ['seller', 'base'],
  ])
})

test('a deal without a next meeting, a met decider or a second person is named; what is not known is not claimed', () => {
  expect(base.decider).toBe('unmet')
  expect(lacksOf(base)).toEqual(['meeting', 'decider-unmet', 'single'])
  const silent = lineOf({ touches: undefined })
  expect(silent.threads).toBeNull()
  expect(lacksOf(silent)).toEqual(['meeting', 'decider-unknown'])
  const planned = lineOf({ plan: [{ on: '2025-05-09', play: 'intro_by_coach', with: ['zhou'] }] })
  expect(planned.nextMeeting).toMatchObject({ on: '2025-05-09', with: ['Zhou Min'] })
  expect(lacksOf(planned)).not.toContain('meeting')
  expect(lacksOf({ ...base, status: 'won' })).toEqual([])
})
