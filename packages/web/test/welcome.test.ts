import { describe, expect, test } from 'vitest'
import { decimalOf, planOf, readyFor } from '../src/features/welcome/model.ts'
import type { FirstDealValues } from '../src/features/welcome/model.ts'

const EMPTY: FirstDealValues = {
  deal: 'Platform',
  account: 'Riverbank',
  amount: '',
  currency: '',
  firstContactOn: '',
  decider: '',
  deciderTitle: '',
  contact: '',
  contactTitle: '',
  note: '',
  noteOn: '',
}
const IDS = {
  account: 'a',
  deal: 'd',
  decider: 'p1',
  contact: 'p2',
  note: 'n',
  stakeholders: ['s1', 's2'] as [string, string],
}

describe('an amount as people write it', () => {
  test.each([
    ['1,200,000', '1200000'],
    ['120万', '1200000'],
    ['1.5亿', '150000000'],
    ['4.8M', '4800000'],
    ['12.50', '12.50'],
    ['１２０', '120'],
    ['0.5k', '500'],
  ])('%s is %s, exactly', (text, value) => expect(decimalOf(text)).toBe(value))

  test.each(['', 'about 3', '-5', '1e9', '9999999999999999'])('“%s” is none', (text) =>
    expect(decimalOf(text)).toBeUndefined(),
  )
})

describe('the first deal', () => {
  test('asks for two names only, and for an amount that can be read where there is one', () => {
    expect(readyFor(0, EMPTY)).toBe(true)
    expect(readyFor(0, { ...EMPTY, account: ' ' })).toBe(false)
    expect(readyFor(0, { ...EMPTY, amount: 'much' })).toBe(false)
  })

  test('makes nothing of what was left empty', () => {
    const requests = planOf(EMPTY, IDS, '2026-11-25', 'CNY')
    expect(requests.map(({ contract }) => contract.path)).toEqual(['/accounts', '/deals'])
    expect(JSON.stringify(requests.map(({ input }) => input))).not.toMatch(/""|null|amount/)
  })

  test('puts people on the map and keeps the note on its day, each request repeatable', () => {
    const requests = planOf(
      { ...EMPTY, amount: '120万', decider: 'Zhou', contact: 'Lin', note: 'He asked', noteOn: '2026-11-20' },
      IDS,
      '2026-11-25',
      'CNY',
    )
    expect(requests.map(({ contract }) => contract.path)).toEqual([
      '/accounts',
      '/deals',
      '/people',
      '/deals/{dealId}/stakeholders',
      '/people',
      '/deals/{dealId}/stakeholders',
      '/deals/{dealId}/capture',
    ])
    for (const { input } of requests) expect(input).toHaveProperty('idempotencyKey')
    expect(requests[1]!.input).toMatchObject({
      body: { amount: { value: '1200000', currency: 'CNY' }, firstContactOn: '2026-11-20' },
    })
    expect(requests.at(-1)!.input).toMatchObject({ body: { note: { on: '2026-11-20' } } })
  })
})
