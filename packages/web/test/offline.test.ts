import { describe, expect, test } from 'vitest'
import type { DealWhole, Me } from '@sente/api'
import { withWaiting } from '../src/features/deal/capture/model.ts'
import { areaOf, isTooOld, keepable, ownerOf, shown, surplus } from '../src/shared/api/offline-cache-model.ts'
import type { Entry } from '../src/shared/api/offline-cache-model.ts'

const DAY = 86_400_000
const now = Date.UTC(2026, 10, 25, 23, 30)
const me = {
  member: { id: 'm1', name: 'Aiko Sato' },
  workspace: { id: 'w1', name: 'Team', timeZone: 'Asia/Shanghai', today: '2026-11-20' },
  csrfToken: 'secret',
  permissions: [],
} as unknown as Me

describe('copies of what was seen', () => {
  test('are kept of what one reads on the way, and of nothing else', () => {
    expect(
      [
        ['me'],
        ['members'],
        ['today'],
        ['deals', 'list', {}],
        ['deals', 'pipeline', {}],
        ['deal', 'd1', 'whole'],
        ['deal', 'd1', 'history'],
        ['deal', 'd1', 'meeting', 'p1'],
        ['accounts', 'a1'],
      ].map(areaOf),
    ).toEqual(['me', 'members', 'today', 'deals', 'pipeline', 'deal', 'history', 'meeting', 'account'])
    expect(
      [
        ['deal', 'd1', 'shares'],
        ['accounts', 'a1', 'people', 'x'],
        ['accounts', 'choose', ''],
        ['audit'],
        ['search', 'x'],
        ['methodology'],
      ].map(areaOf),
    ).toEqual(Array.from({ length: 6 }))
  })

  test('are bounded: the oldest of a kind go, and what is too old to rely on', () => {
    const deals = Object.fromEntries(
      Array.from({ length: 33 }, (_, i): [string, Entry] => [`d${i}`, { area: 'deal', at: now - i * 1000 }]),
    )
    expect(surplus(deals, now)).toEqual(['d30', 'd31', 'd32'])
    expect(
      surplus({ old: { area: 'deal', at: now - 15 * DAY }, today: { area: 'today', at: now - 13 * DAY } }, now),
    ).toEqual(['old'])
    expect([isTooOld(now - 14 * DAY, now), isTooOld(now - 14 * DAY - 1, now)]).toEqual([false, true])
  })

  test('hold nothing that opens a session, and of a long list the beginning', () => {
    expect(JSON.stringify(keepable('me', me))).not.toContain('secret')
    for (const area of ['deals', 'history'] as const)
      expect(keepable(area, { pages: [1, 2, 3], pageParams: [undefined, 'a', 'b'] })).toEqual({
        pages: [1],
        pageParams: [undefined],
      })
  })

  test('belong to one member of one workspace', () => {
    expect(ownerOf(me)).toBe('w1/m1')
  })

  test('are read with the day it is now where the workspace is', () => {
    expect((shown('me', me, now) as Me).workspace.today).toBe('2026-11-26')
  })
})

describe('notes that wait on a device', () => {
  const whole = { deal: { id: 'd1' }, evidence: [] } as unknown as DealWhole

  test('count as what they say, except what was rejected', () => {
    const evidence = [
      {
        on: '2026-11-25',
        signal: 'asks_references',
        confidence: 0.8,
        quote: 'who else',
        span: [0, 8],
        status: 'confirmed' as const,
      },
      {
        on: '2026-11-25',
        signal: 'budget_approved',
        confidence: 0.7,
        quote: 'approved',
        span: [9, 17],
        status: 'rejected' as const,
      },
    ]
    const after = withWaiting(whole, [{ note: { id: 'n1', on: '2026-11-25', text: 'who else approved' }, evidence }])
    expect(after.evidence!.map(({ signal, status }) => [signal, status])).toEqual([['asks_references', 'confirmed']])
  })

  test('say nothing while nobody has read them', () => {
    expect(withWaiting(whole, [{ note: { id: 'n1', on: '2026-11-25', text: 'something' } }])).toBe(whole)
  })
})
