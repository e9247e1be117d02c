import type { DealRow } from '@sente/api'
import { describe, expect, test } from 'vitest'
import { layoutDeals } from '../src/features/account/model.ts'

const deal = (id: string, openedOn: string, more: object = {}): DealRow =>
  ({
    id,
    version: 1,
    name: id,
    owner: { id: 'o', name: 'O' },
    status: 'open',
    openedOn,
    updatedAt: '2026-11-01T00:00:00Z',
    ...more,
  }) as DealRow

describe('the deals of an account on one line of time', () => {
  test('open ones first, then by their opening; each from its opening to its close, or to today and on to the decision', () => {
    const { rows, now } = layoutDeals(
      [
        deal('lost', '2026-01-01', { status: 'lost', closedOn: '2026-06-01' }),
        deal('later', '2026-09-01'),
        deal('open', '2026-03-01', { summary: { decisionOn: '2027-02-01' } }),
      ],
      '2026-11-25',
    )
    expect(rows.map(({ deal: { id } }) => id)).toEqual(['open', 'later', 'lost'])
    const [open, later, lost] = rows
    expect(open!.to).toBeCloseTo(now, 10)
    expect(open!.until).toBe(1)
    expect(later!.until).toBe(later!.to)
    expect(lost!.from).toBe(0)
    expect(lost!.to).toBeLessThan(now)
  })

  test('has a tick for each quarter, fewer where it is long or narrow, and none that would leave the frame', () => {
    const { ticks } = layoutDeals([deal('a', '2026-01-10')], '2026-11-25')
    expect(ticks.map(({ on }) => on)).toEqual(['2026-04-01', '2026-07-01', '2026-10-01'])
    const long = layoutDeals([deal('a', '2020-01-10')], '2026-11-25').ticks
    expect(long.every(({ on }) => on.endsWith('-01-01'))).toBe(true)
    const narrow = layoutDeals([deal('a', '2025-08-10')], '2026-11-25', 3).ticks
    expect(narrow.map(({ on }) => on)).toEqual(['2026-01-01', '2026-07-01'])
    for (const { at } of [...ticks, ...long]) expect(at).toBeLessThanOrEqual(0.94)
  })
})
