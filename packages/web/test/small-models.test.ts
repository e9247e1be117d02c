import { describe, expect, test } from 'vitest'
import { dayBehind, inOrder, visitsOf } from '../src/features/deal/joint/model.ts'
import type { JointItem, JointLink } from '../src/features/deal/joint/model.ts'
import { daysSaid, withFound } from '../src/features/settings/absences-model.ts'
import { keyOf } from '../src/features/settings/team-out-model.ts'
import { formatFor } from '../src/shared/format/format-for.ts'

describe('days away', () => {
  const week = { from: '2026-05-04', to: '2026-05-08' }
  test('that were found are added in the order of days, and the same days are not twice there', () => {
    const found = [
      { from: '2026-03-02', to: '2026-03-02', why: 'Fair' },
      { ...week, why: 'Leave' },
    ]
    expect(withFound([week], found as never)).toEqual([
      { from: '2026-03-02', to: '2026-03-02', why: 'Fair' },
      { ...week, why: 'Leave' },
    ])
  })
  test('keep the reason that was written by hand', () => {
    expect(withFound([{ ...week, why: 'Holiday' }], [{ ...week, why: 'OOO' }] as never)).toEqual([
      { ...week, why: 'Holiday' },
    ])
  })
  test('that overlap but are not the same stay two', () => {
    expect(withFound([week], [{ from: '2026-05-04', to: '2026-05-10' }] as never).map(({ to }) => to)).toEqual([
      '2026-05-08',
      '2026-05-10',
    ])
  })
  test('are said as one day or from the first to the last, in both languages', () => {
    expect(['en', 'zh'].map((lang) => daysSaid(week, formatFor(lang as 'en')))).toEqual([
      '4 May 2026 – 8 May 2026',
      '2026年5月4日 – 2026年5月8日',
    ])
    expect(daysSaid({ from: '2026-05-04', to: '2026-05-04' }, formatFor('en'))).toBe('4 May 2026')
  })
})

describe('the key of somebody of ours', () => {
  test('is the name in small letters with strokes, and in Chinese the name', () => {
    expect([keyOf('  Gao  Wei ', []), keyOf('高伟', []), keyOf('A/B', [])]).toEqual(['gao-wei', '高伟', 'a-b'])
  })
  test('is one that nobody has, also where two are called the same, and never empty', () => {
    expect(keyOf('Gao Wei', ['gao-wei', 'gao-wei-2'])).toBe('gao-wei-3')
    expect([keyOf('   ', []), keyOf('', ['p'])]).toEqual(['p', 'p-2'])
  })
  test('is no longer than a key may be', () => {
    expect(keyOf('x'.repeat(200), []).length).toBeLessThanOrEqual(64)
  })
})

describe('the joint plan', () => {
  const item = (id: string, more: Partial<JointItem> = {}): JointItem => ({ id, what: id, ...more }) as JointItem
  test('stands in the order of days, what has none at the end, and of one day in the order it was written', () => {
    const items = [
      item('d'),
      item('b', { on: '2026-05-04' }),
      item('a', { on: '2026-05-04' }),
      item('c', { on: '2026-01-02' }),
    ]
    expect(inOrder(items).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd'])
  })
  test('says where our own plan has another day by now, and is silent where it is the same, done, dropped or not ours', () => {
    const shown = item('a', { on: '2026-05-04', planStepId: 's' })
    const whole = (on: string, status: 'open' | 'done' | 'dropped') =>
      ({ planStep: [{ id: 's', on, status }] }) as never
    expect(dayBehind(shown, whole('2026-05-11', 'open'))).toBe('2026-05-11')
    expect([
      dayBehind(shown, whole('2026-05-04', 'open')),
      dayBehind(shown, whole('2026-05-11', 'dropped')),
      dayBehind({ ...shown, doneOn: '2026-05-01' } as JointItem, whole('2026-05-11', 'open')),
      dayBehind(item('b', { on: '2026-05-04' }), whole('2026-05-11', 'open')),
      dayBehind(shown, {}),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
  test('counts what was opened and said under a link over all hours, each name once', () => {
    const visits = [
      { at: '2026-05-04T09:00:00Z', opened: 2, said: 1, authors: ['Lin'] },
      { at: '2026-05-03T09:00:00Z', opened: 1, said: 2, authors: ['Zhou', 'Lin'] },
    ]
    expect(visitsOf({ visits } as JointLink)).toEqual({
      opened: 3,
      said: 3,
      last: '2026-05-04T09:00:00Z',
      authors: ['Lin', 'Zhou'],
    })
    expect(visitsOf({ visits: [] })).toEqual({ opened: 0, said: 0, last: undefined, authors: [] })
  })
})
