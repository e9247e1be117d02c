import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { dayOf, noteDays } from '../src/day-of.ts'
import { isHead } from '../src/heads.ts'
import { normalise } from '../src/normalise.ts'
import { sentencesOf } from '../src/segments.ts'
import { peopleIn } from '../src/who.ts'
import { personOf } from '../src/whose.ts'

// A Wednesday.
const ON = plainDate('2025-03-19')
/** Where words stand in a note: the sentence around them, and themselves. */
const placed = (text: string, words: string) => {
  const normal = normalise(text)
  const start = normal.indexOf(normalise(words))
  const stretch = { start, end: start + words.length }
  const sentence = sentencesOf(normal).find((one) => one.start <= start && one.end >= stretch.end)!
  return { normal, stretch, sentence }
}
const whose = (text: string, words: string, signal: string, people: string[]): string | undefined => {
  const { normal, stretch, sentence } = placed(text, words)
  const known = people.map((name) => ({ id: name, name }))
  return personOf(normal, sentence, stretch, peopleIn(normal, known, text), signal)
}
const when = (text: string, words: string): string => {
  const { normal, stretch, sentence } = placed(text, words)
  return dayOf(normal, noteDays(normal, ON), sentence, stretch)
}

describe('whose a fact is', () => {
  test('an office without a name is not the person whose address it is', () => {
    const people = [{ id: 'sang', name: '桑处长' }]
    expect(peopleIn('去见了他们处长', people)).toEqual([])
    expect(peopleIn('桑处长来电', people).map(({ person }) => person)).toEqual(['sang'])
  })
  test('what the organisation does is of nobody who stands beside it, but of who tells it', () => {
    const text = '周一验收单签了，签字的是厉厂长。'
    expect(whose(text, '周一验收单签了', 'acceptance_signed', ['厉厂长'])).toBeUndefined()
    expect(whose('小范说验收单签了', '验收单签了', 'acceptance_signed', ['小范'])).toBe('小范')
  })
  test('Chinese goes on without naming who was spoken of', () => {
    const text = '见了祝校长。又问真要弄一套得多大一个数。'
    expect(whose(text, '得多大一个数', 'ballpark_price', ['祝校长'])).toBe('祝校长')
  })
  test('another office that acts is not who was spoken of before', () => {
    const text = '见了祝校长。采购部要我们报个大数。'
    expect(whose(text, '报个大数', 'ballpark_price', ['祝校长'])).toBeUndefined()
  })
  test('who has something done to them is not who does it', () => {
    const text = 'Una Prior told Sam Tolley that she wants a discount.'
    expect(whose(text, 'wants a discount', 'discount_demanded', ['Una Prior', 'Sam Tolley'])).toBe('Una Prior')
  })
  test('a pronoun fits the form of address', () => {
    const text = 'Mr Lou and Ms Hua came. She wants a performance bond.'
    expect(whose(text, 'performance bond', 'asks_guarantee_bond', ['Mr Lou', 'Ms Hua'])).toBe('Ms Hua')
    const other = 'Ms Hua and Mr Lou came. She wants a performance bond.'
    expect(whose(other, 'performance bond', 'asks_guarantee_bond', ['Mr Lou', 'Ms Hua'])).toBe('Ms Hua')
  })
  test('"you" in a letter is whom it is written to', () => {
    const text = '张工您好：\n您提到的老库数据怎么迁，下周答复。'
    expect(whose(text, '老库数据怎么迁', 'asks_migration_cutover', ['张工'])).toBe('张工')
    const english = 'Dear Mr Zang,\nWhat you asked about getting the data out can be agreed.'
    expect(whose(english, 'getting the data out', 'asks_lock_in_exit', ['Mr Zang'])).toBe('Mr Zang')
  })
  test('whose line of a chat it is has said it', () => {
    const text = '我 10:02：在\n柏经理 10:04：你们公司哪年成立的'
    expect(whose(text, '你们公司哪年成立的', 'asks_vendor_viability', ['柏经理'])).toBe('柏经理')
  })
})

describe('when a fact was', () => {
  test.each([
    ['周会纪要\n日期：3月11日\n1. 今日启动会召开。', '启动会召开', '2025-03-11'],
    ['Minutes, Larkhill Dairies, 11 March 2025\n1. They lose a tanker a week.', 'lose a tanker', '2025-03-11'],
    ['Trip report, March 10-12\nThey lose a tanker a week.', 'lose a tanker', '2025-03-12'],
    ['[03-17 09:20] A: hi\n[03-18 08:30] B: 要对比表', '要对比表', '2025-03-18'],
    ['Went over to Tamar on Friday. He wants a discount.', 'wants a discount', '2025-03-14'],
    ['Last Wednesday she rang. On Friday purchasing asked. Same call: accounts.', 'accounts', '2025-03-14'],
    ['周二。对方换人了。\n\n下午谈付款。', '谈付款', '2025-03-18'],
    ['3月8号、9号连着断了两次', '断了两次', '2025-03-09'],
    ['3月8号断了。第二天老总来电。', '老总来电', '2025-03-09'],
    ['We sat down with them.', 'sat down', '2025-03-19'],
    ['It fell over on Friday night.', 'fell over', '2025-03-14'],
    ['半个月没动静，以前天天联系', '没动静', '2025-03-19'],
    ['周五下午再给你们一次机会', '再给你们一次机会', '2025-03-19'],
    ['It is on the agenda, Tuesday 25th, item 4.', 'on the agenda', '2025-03-19'],
    ['She has blocked 45 minutes on the 28th.', 'blocked 45 minutes', '2025-03-19'],
    ['周一开标，只来了两家', '只来了两家', '2025-03-17'],
  ])('%s', (text, words, on) => expect(when(text, words)).toBe(on))
})

test('heads of minutes and mails say nothing, but somebody who is there for the first time is news', () => {
  const heads = (text: string): string[] =>
    sentencesOf(normalise(text))
      .filter((one) => isHead(normalise(text), one))
      .map(({ start, end }) => text.slice(start, end))
  expect(heads('项目周会纪要\n参加：财务部艾会计\n会上说预算批了')).toEqual(['项目周会纪要', '参加：财务部艾会计'])
  expect(heads('Project meeting, week 14\nPresent: Mrs Gant (finance)\nThey signed.')).toEqual([
    'Project meeting, week 14',
    'Present: Mrs Gant (finance)',
  ])
  expect(heads('参加：财务总监江总（首次）')).toEqual([])
  expect(heads('The meeting went well.\nThey signed.')).toEqual([])
})
