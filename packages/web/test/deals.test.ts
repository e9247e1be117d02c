import { DEAL_SORTS } from '@sente/api'
import { describe, expect, test } from 'vitest'
import { dealsSearch, filterOf, nextSort, sortOf } from '../src/features/deals/model.ts'
import { sums } from '../src/features/deals/sums.ts'

describe('the address of the deals list', () => {
  test('opens whatever it says: parts that cannot be read are left out', () => {
    expect(
      dealsSearch({
        status: 'won,nonsense',
        phase: 'x',
        sort: 'nothing',
        order: 'up',
        danger: 'maybe',
        columns: 'lead,amount',
      }),
    ).toEqual({ status: ['won'], columns: ['lead', 'amount'] })
  })

  test('sorts by whatever the API sorts by', () => {
    for (const sort of DEAL_SORTS) expect(dealsSearch({ sort })).toEqual({ sort })
  })

  test('shows open deals, furthest behind first, unless something else is asked for', () => {
    expect(filterOf({})).toEqual({ status: ['open'] })
    expect(sortOf({})).toEqual({ sort: 'lead', order: 'asc' })
    expect(filterOf(dealsSearch({ status: 'won,lost', owner: 'o', danger: true, q: 'bank' }))).toEqual({
      q: 'bank',
      status: ['won', 'lost'],
      ownerId: ['o'],
      danger: 'true',
    })
  })

  test('sorts by a heading in the direction one usually looks, then the other way', () => {
    expect(nextSort({}, 'amount')).toEqual({ sort: 'amount', order: 'desc' })
    expect(nextSort({ sort: 'amount', order: 'desc' }, 'amount')).toEqual({ sort: 'amount', order: 'asc' })
    expect(nextSort({}, 'lead')).toEqual({ sort: 'lead', order: 'desc' })
  })
})

describe('sums of money', () => {
  test('are exact and kept apart by currency, the largest first', () => {
    expect(
      sums([
        { currency: 'CNY', amount: '0.1' },
        { currency: 'CNY', amount: '0.2' },
        { currency: 'EUR', amount: '999999999999999.999999' },
        { amount: '0' },
      ]),
    ).toEqual([
      { currency: 'EUR', value: '999999999999999.999999' },
      { currency: 'CNY', value: '0.3' },
    ])
  })
})
