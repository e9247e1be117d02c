import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { normalise } from '../src/normalise.ts'
import { daysIn } from '../src/when.ts'

// A Wednesday.
const ON = plainDate('2025-03-19')
const days = (text: string): string[] => daysIn(normalise(text), ON).map(({ on }) => on)

describe('days that a note names, seen from the day it was written', () => {
  test.each([
    ['昨天见了张总', '2025-03-18'],
    ['前天', '2025-03-17'],
    ['大前天开的会', '2025-03-16'],
    ['今天签了', '2025-03-19'],
    ['上周五', '2025-03-14'],
    ['上週五', '2025-03-14'],
    ['上上周一', '2025-03-03'],
    ['周一来电', '2025-03-17'],
    ['本周二', '2025-03-18'],
    ['上个月', '2025-02-19'],
    ['三天前', '2025-03-16'],
    ['两周前', '2025-03-05'],
    ['3月5日', '2025-03-05'],
    ['12月30号', '2024-12-30'],
    ['5号去过', '2025-03-05'],
    ['25号见的', '2025-02-25'],
    ['2024年11月2日', '2024-11-02'],
    ['上月28号', '2025-02-28'],
    ['yesterday', '2025-03-18'],
    ['the day before yesterday', '2025-03-17'],
    ['last Friday', '2025-03-14'],
    ['on Monday', '2025-03-17'],
    ['last Wednesday', '2025-03-12'],
    ['Tuesday of last week', '2025-03-11'],
    ['two weeks ago', '2025-03-05'],
    ['a month ago', '2025-02-19'],
    ['on 5 March', '2025-03-05'],
    ['March 5th', '2025-03-05'],
    ['Nov 2, 2024', '2024-11-02'],
    ['2025-03-01', '2025-03-01'],
    ['on the 12th', '2025-03-12'],
    ['去年9月15日', '2024-09-15'],
    ['The RFP was issued on 3 March.', '2025-03-03'],
    ['on 3 Sept. 2024', '2024-09-03'],
    ['5号上午来的', '2025-03-05'],
    ['昨天截止', '2025-03-18'],
    ['上周五开标', '2025-03-14'],
    ['12号开标了', '2025-03-12'],
  ])('%s', (text, on) => expect(days(text)).toEqual([on]))

  test.each([
    '下周五去',
    '明天',
    'next Friday',
    'who comes on Sunday nights',
    'every Monday',
    'the month end',
    '3号线',
    'monitor it',
    '2026-01-01',
    '4月5日开标',
    '要求2025年12月02日前递交',
    '今年9月15日之前',
    '25号截止',
    '周五截止',
    '最晚周五交',
    'bids are due on Friday',
    'signed before 15 January',
    'by 3 March',
    'demos are on 3 April',
    'their 4 decision makers',
    '3 separate vendors in 4 markets',
    '3 may want it',
    '在8号会议室',
    '5号标段',
  ])('%s names no day on which something happened', (text) => expect(days(text)).toEqual([]))

  test('months of different length do not overflow', () => {
    expect(daysIn('上个月', plainDate('2025-03-31')).map(({ on }) => on)).toEqual(['2025-02-28'])
    expect(daysIn('a month ago', plainDate('2025-01-31')).map(({ on }) => on)).toEqual(['2024-12-31'])
  })
})
