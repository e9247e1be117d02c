import type { ReviewLine } from '@sente/engine'
import { describe, expect, test } from 'vitest'
import { changeWords, leadSaid, weekWords, wordsFrom } from '../src/index.ts'

const lead = (state: ReviewLine['lead']['state'], days: number | null = null): ReviewLine['lead'] => ({ state, days })

describe('the lead in a pipeline review', () => {
  test('is said as the list and the brief say it, in both languages', () => {
    expect(leadSaid(lead('behind', -26), 'en')).toBe('26 days behind')
    expect(leadSaid(lead('behind', -26), 'zh')).toBe('落后 26 天')
    expect(leadSaid(lead('ahead', 12), 'en')).toBe('12 days ahead')
    expect(leadSaid(lead('ahead', 12), 'zh')).toBe('先手 12 天')
    expect(leadSaid(lead('covered'), 'zh')).toBe(wordsFrom('today', 'zh').coveredShort)
  })

  test('says of what it is not known, beside other things that may not be', () => {
    expect(leadSaid(lead('unknown'), 'en')).toBe('Lead not known')
    expect(leadSaid(lead('unknown'), 'zh')).toBe('先手未知')
  })

  test('that moved is told from what to what in the same words', () => {
    const change = { kind: 'lead' as const, from: lead('ahead', 3), to: lead('behind', -4), by: -7 }
    const names = { asOf: '2025-05-05', phases: { phases: [] } }
    expect(changeWords(change, { ...names, lang: 'en' })).toBe('3 days ahead → 4 days behind')
    expect(changeWords(change, { ...names, lang: 'zh' })).toBe('先手 3 天 → 落后 4 天')
    const first = { ...change, from: lead('unknown'), by: null }
    expect(changeWords(first, { ...names, lang: 'zh' })).toBe('先手未知 → 落后 4 天')
  })
})

describe('what to begin this week', () => {
  const act = (name: string, start: string, closes = false) => ({
    what: { en: name, zh: name },
    with: [],
    start,
    on: start,
    last: start,
    closes,
  })
  const week = {
    acts: [...['a', 'b', 'c', 'd', 'e'].map((name) => act(name, '2025-05-05')), act('proof', '2025-05-07', true)],
    gain: 0.08,
    drop: 0.01,
    closing: 0.01,
    passes: 0,
  }

  test('is few lines, first that for which a week later is too late, and how many more there are', () => {
    const [sum, ...lines] = weekWords(week, 'en', '2025-05-05')
    expect(sum).toContain('8 points')
    expect(lines).toEqual([
      'proof: begin by 7 May (a week later is too late)',
      'a: begin today',
      'b: begin today',
      'c: begin today',
      'and 2 more',
    ])
    expect(weekWords(week, 'zh', '2025-05-05').at(-1)).toBe('另有 2 件')
  })

  test('is all of it where all is asked for, and what is not known is not nothing', () => {
    expect(weekWords(week, 'en', '2025-05-05', Infinity)).toHaveLength(7)
    expect(weekWords(null, 'en', '2025-05-05')).toEqual(['not known'])
    expect(weekWords({ ...week, acts: [] }, 'en', '2025-05-05')).toEqual(['nothing has to begin this week'])
  })
})
