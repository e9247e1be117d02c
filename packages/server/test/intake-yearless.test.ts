import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { readTable } from '../src/exchange/files/crm.ts'
import { readDay } from '../src/exchange/intake/days.ts'
import type { Answers } from '../src/exchange/intake/doubts.ts'
import { method } from './support/intake.ts'

const today = plainDate('2025-11-20')
const read = (lines: readonly string[], answers: Answers = {}) =>
  readTable('list.csv', new TextEncoder().encode(['商机名称,阶段,创建日期', ...lines].join('\n')), {
    method,
    answers,
    ours: { today },
  })
const days = (list: Awaited<ReturnType<typeof read>>): unknown[] => list.rows.map(({ given }) => given['openedOn'])

describe('days without a year in a list', () => {
  test.each([
    ['7月14日', '2025-07-14'],
    ['1月5日', '2026-01-05'],
    ['14 Jul', '2025-07-14'],
    ['July 14th', '2025-07-14'],
    ['7/14', '2025-07-14'],
    ['14.7.', '2025-07-14'],
    ['12月30', '2025-12-30'],
  ])('%s is the one nearest to today', (text, day) => expect(readDay(text, { year: today })).toMatchObject({ day }))
  test('the year that is said holds for all of them', () =>
    expect(readDay('1月5日', { year: 2024 })).toMatchObject({ day: '2024-01-05' }))
  test('without a year or a day to be near to there is none', () =>
    expect(readDay('1月5日')).toEqual({ not: 'no-year' }))
  test.each(['2月30日', '13/32', '7月', 'Q3', '3季度', '2025-07'])('%s is no day', (text) =>
    expect('day' in readDay(text, { year: today, order: 'mdy' })).toBe(false),
  )

  test('a few are taken and said, with the day each was read as; more than a handful wait', async () => {
    const few = await read(['甲,跟进,7月14日', '乙,跟进,1月5日'])
    expect(days(few)).toEqual(['2025-07-14', '2026-01-05'])
    expect(few.report.doubts).toContainEqual(
      expect.objectContaining({
        about: 'year',
        column: '创建日期',
        rows: 2,
        waits: false,
        choices: ['2024', '2025', '2026'],
        examples: [
          { row: 2, value: '7月14日', readAs: '2025-07-14' },
          { row: 3, value: '1月5日', readAs: '2026-01-05' },
        ],
      }),
    )
    const many = await read(Array.from({ length: 9 }, (_, i) => `丙${i},跟进,7月${i + 1}日`))
    expect(many.report.doubts.filter(({ waits }) => waits).map(({ about }) => about)).toEqual(['year'])
  })
  test('one without a year among days in full is refused, unless the year is said', async () => {
    const rows = ['甲,跟进,2024-07-14', '乙,跟进,2024-07-15', '丙,跟进,7月16日']
    const [, , last] = (await read(rows)).rows
    expect(last!.faults.map(({ field }) => field)).toContain('openedOn')
    expect(days(await read(rows, { year: 2024 }))[2]).toBe('2024-07-16')
  })
  test('once the year is said nothing is in doubt', async () => {
    const list = await read(['甲,跟进,7月14日', '乙,跟进,1月5日'], { year: 2024 })
    expect(days(list)).toEqual(['2024-07-14', '2024-01-05'])
    expect(list.report.doubts.map(({ about }) => about)).not.toContain('year')
  })
  test('the order of day and month is decided on the column, as for days with a year', async () => {
    expect(days(await read(['甲,跟进,14/7', '乙,跟进,3/4']))).toEqual(['2025-07-14', '2026-04-03'])
    expect(days(await read(['甲,跟进,7/14', '乙,跟进,3/4']))).toEqual(['2025-07-14', '2026-03-04'])
  })
})
