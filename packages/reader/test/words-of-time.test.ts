import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { bare } from '../src/neutral.ts'
import { normalise } from '../src/normalise.ts'
import { reader } from './open.ts'

const ON = plainDate('2025-03-19')
const signals = (text: string): string[] => reader.read({ on: ON, text }).map(({ signal }) => signal)

/** Plain facts with the places where people put when or how it happened, as `_`. */
const CHINESE: readonly [fact: string, signal: string][] = [
  ['_预算_批了', 'budget_approved'],
  ['_合同_签了', 'contract_signed'],
  ['_立项_通过了', 'project_approved'],
  ['_招标文件_发布了', 'rfp_issued'],
  ['_系统_上线了', 'gone_live'],
  ['_启动会_开了', 'kickoff_held'],
  ['_我们_入围了', 'shortlisted'],
  ['_中标通知书_收到了', 'award_notice'],
  ['_第二名_提出了质疑', 'bid_protested'],
  ['_财务总监_参加了谈判', 'cfo_enters'],
]
const CHINESE_WORDS = '已经 已 终于 总算 昨天 今天 上周 上周五 这周 昨晚 前天下午 今早 上个月 刚刚'.split(' ')
const ENGLISH: readonly [fact: string, signal: string][] = [
  ['_ the budget was _ approved _', 'budget_approved'],
  ['_ the contract was _ signed _', 'contract_signed'],
  ['_ the investment committee _ approved the project _', 'project_approved'],
  ['_ the RFP was _ published _', 'rfp_issued'],
  ['_ the system went live _', 'gone_live'],
  ['_ we were _ shortlisted _', 'shortlisted'],
  ['_ the kick-off _ took place _', 'kickoff_held'],
  ['_ procurement _ asked for a discount _', 'discount_demanded'],
  ['_ a losing bidder _ filed a complaint _', 'bid_protest'],
  ['_ they _ asked for references _', 'asks_references'],
]
const ENGLISH_WORDS =
  'already|finally|eventually|recently|yesterday|today|last week|last Friday|on Tuesday|this morning|two weeks ago|the other day'.split(
    '|',
  )

const filled = (fact: string, at: number, word: string): string => {
  let place = 0
  return fact
    .replaceAll('_', () => (place++ === at ? word : ''))
    .replaceAll(/ +/g, ' ')
    .trim()
}
const places = (fact: string): number => fact.split('_').length - 1

describe('when or how a thing happened does not change what happened', () => {
  for (const [language, facts, words] of [
    ['Chinese', CHINESE, CHINESE_WORDS],
    ['English', ENGLISH, ENGLISH_WORDS],
  ] as const)
    test(`a plain ${language} fact is found with and without a word of time, wherever it stands`, () => {
      for (const [fact, signal] of facts) {
        expect(signals(filled(fact, -1, '')), fact).toContain(signal)
        for (let at = 0; at < places(fact); at++)
          for (const word of words) expect(signals(filled(fact, at, word)), filled(fact, at, word)).toContain(signal)
      }
    })

  test('what is still to come, a deadline and "years ago" stay in the words', () => {
    for (const text of [
      '下周三开会',
      '周五前交',
      '3月5日前递交',
      '三年前批过',
      'by friday',
      'next week',
      'three years ago',
      '5月1日上线',
    ])
      expect(bare(normalise(text)), text).toBe(normalise(text))
  })

  test('for any text: nothing is added when words of time are taken out', () => {
    const parts = fc.array(
      fc.constantFrom(...CHINESE_WORDS, ...ENGLISH_WORDS, ' ', '预算', '批了', 'signed', '，', '. '),
      {
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(parts, (list) => {
        const text = normalise(list.join(''))
        expect(bare(text).length).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('a word of time does not make a fact of what is none', () => {
  test.each([
    ['预算昨天没批', 'budget_approved'],
    ['合同上周还没签', 'contract_signed'],
    ['系统今天没上线', 'gone_live'],
    ['The contract was not signed yesterday', 'contract_signed'],
    ['The budget has still not been approved this week', 'budget_approved'],
    ['If the committee approves the project today we can start', 'project_approved'],
  ])('%s', (text, trap) => expect(signals(text)).not.toContain(trap))
})
