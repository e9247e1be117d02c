import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { formatFor } from '../src/shared/format/format-for.ts'
import { sayFrom } from '../src/shared/i18n/say.ts'
import { applyEdit, movablesOf, moveOf } from '../src/shared/picture/edits.ts'

describe('words', () => {
  test('take the form for their number, and put values in their places', () => {
    const en = sayFrom({ days_one: '{{count}} day', days_other: '{{count}} days', a: { b: 'to {{place}}' } }, 'en')
    expect([
      en('days', { count: 1 }),
      en('days', { count: 0 }),
      en('days', { count: 12 }),
      en('a.b', { place: '$1 & co' }),
    ]).toEqual(['1 day', '0 days', '12 days', 'to $1 & co'])
    const zh = sayFrom({ days_other: '{{count}} 天' }, 'zh')
    expect(zh('days', { count: 1 })).toBe('1 天')
  })
})

describe('formats', () => {
  const [en, zh] = [formatFor('en'), formatFor('zh')]

  test('write a day as it is, whatever the time zone of whoever reads', () => {
    expect([en.day('2025-04-15'), zh.day('2025-04-15'), en.shortDay('2025-12-31')]).toEqual([
      '15 Apr 2025',
      '2025年4月15日',
      '31 Dec',
    ])
  })

  test('say how long ago in the largest unit that fits', () => {
    const now = new Date(2025, 3, 15, 12).getTime()
    expect(
      ['2025-04-15', '2025-04-14', '2025-04-25', '2025-03-01', '2025-01-10', '2023-04-01'].map((on) =>
        en.fromNow(on, now, '2025-04-15'),
      ),
    ).toEqual(['today', 'yesterday', 'in 10 days', '6 weeks ago', '3 months ago', '2 years ago'])
    expect([zh.fromNow('2025-04-14', now, '2025-04-15'), zh.fromNow(now - 5 * 60_000, now, '2025-04-15')]).toEqual([
      '昨天',
      '5分钟前',
    ])
  })

  test('keep every digit of an amount', () => {
    expect(en.money({ value: '123456789012345678.90', currency: 'EUR' }).replaceAll(/\s/g, ' ')).toBe(
      'EUR 123,456,789,012,345,678.90',
    )
    expect(zh.money({ value: '4800000', currency: 'CNY' })).toBe('¥4,800,000')
    expect(zh.money({ value: '4800000', currency: 'CNY' }, true)).toBe('¥480万')
  })

  test('say nothing and all only where it is exactly so', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(en.percent)).toEqual(['0%', '<1%', '50%', '>99%', '100%'])
    expect([en.signed(12), en.signed(-9), en.signed(0)]).toEqual(['+12', '−9', '0'])
  })
})

describe('a change in the picture', () => {
  const asOf = plainDate('2025-05-01')
  const deal: Deal = {
    sente: 1,
    name: 'A deal',
    status: 'open',
    evidence: [],
    plan: [
      { play: 'proof_pack', on: plainDate('2025-05-20'), with: ['lin'], status: 'open' },
      { play: 'proof_pack', on: plainDate('2025-04-01'), status: 'open' },
    ],
    proofs: [
      {
        topic: 'vendor_viability',
        proof: 'investor_letter',
        history: [{ status: 'preparing', on: plainDate('2025-04-10') }],
        readyOn: plainDate('2025-06-01'),
      },
    ],
  }

  test('leaves everything but the plan and the proofs the very same objects, and the deal before as it was', () => {
    const before = structuredClone(deal)
    const moved = applyEdit(deal, { kind: 'move-step', index: 0, on: plainDate('2025-06-10') })
    expect(moved.plan![0]!.on).toBe('2025-06-10')
    expect(moved.plan![1]).toBe(deal.plan![1])
    expect([moved.evidence === deal.evidence, moved.proofs === deal.proofs]).toEqual([true, true])
    expect(deal).toEqual(before)
  })

  test('of a proof’s status counts from its day; a second one on that day takes the place of the first', () => {
    const once = applyEdit(deal, { kind: 'proof-status', index: 0, status: 'prepared', on: asOf })
    const twice = applyEdit(once, { kind: 'proof-status', index: 0, status: 'presented', on: asOf })
    expect(twice.proofs![0]!.history).toEqual([
      { status: 'preparing', on: '2025-04-10' },
      { status: 'presented', on: '2025-05-01' },
    ])
  })

  test('is offered for what lies ahead and is not done', () => {
    const movable = movablesOf(deal, asOf)
    expect(movable.map(({ id }) => id)).toEqual(['step-0', 'proof-0'])
    expect(movable.map((each) => moveOf(each, asOf).kind)).toEqual(['move-step', 'proof-ready'])
    expect(
      movablesOf(applyEdit(deal, { kind: 'proof-status', index: 0, status: 'prepared', on: asOf }), asOf),
    ).toHaveLength(1)
  })
})
