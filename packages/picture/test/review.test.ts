import type { ReviewLine } from '@sente/engine'
import { describe, expect, test } from 'vitest'
import { changeWords, leadSaid, wordsFrom } from '../src/index.ts'

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
