import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { aboutWhom } from '../src/about.ts'
import { dayOf, noteDays } from '../src/day-of.ts'
import { normalise } from '../src/normalise.ts'
import { sentencesOf, windowsOf } from '../src/segments.ts'
import { peopleIn } from '../src/who.ts'

// A Wednesday.
const ON = plainDate('2026-03-18')
/** The window of a note that is nearest to some words, as the reader looks at it. */
function placed(text: string, words: string) {
  const normal = normalise(text)
  const start = normal.indexOf(normalise(words))
  const end = start + words.length
  const sentence = sentencesOf(normal).find((one) => one.end > start)!
  const miss = (one: { start: number; end: number }): number => Math.abs(one.start - start) + Math.abs(one.end - end)
  const stretch = windowsOf(normal, sentence).reduce((best, one) => (miss(one) < miss(best) ? one : best))
  return { normal, sentence, stretch }
}
function whose(text: string, words: string, names: readonly string[], signal = { id: 'asks_references' }) {
  const { normal, sentence, stretch } = placed(text, words)
  const known = names.map((line) => {
    const [name = '', title] = line.split(' | ')
    return { id: name, name, ...(title === undefined ? {} : { title }) }
  })
  return aboutWhom(normal, sentence, stretch, { mentions: peopleIn(normal, known, text), named: [], signal })
}
function when(text: string, words: string): string {
  const { normal, sentence, stretch } = placed(text, words)
  return dayOf(normal, noteDays(normal, ON), sentence, stretch)
}

describe('whose words a line is', () => {
  test.each([
    [
      'initials at its head',
      'KL: build that ROI thing\nme: sure\nSP: give me names',
      'give me names',
      ['Kurt Lind', 'Shauna Pace'],
      'Shauna Pace',
    ],
    [
      'initials that the minutes explain',
      'Present: A. Holm (AH), M. Lund (ML)\n1. ML asked for names.',
      'asked for names',
      ['A. Holm (AH)', 'M. Lund (ML)'],
      'M. Lund (ML)',
    ],
    ['a name and a dash', 'Review\nSO - give me names', 'give me names', ['S. Okafor', 'R. Menon'], 'S. Okafor'],
    ['a day before the name', '27 May - Petra: give me names', 'give me names', ['Petra Novak'], 'Petra Novak'],
    [
      'a time behind the name',
      'Priya Shah  2:14 PM\nhey\nPriya Shah  2:15 PM\ngive me names',
      'give me names',
      ['Priya Shah'],
      'Priya Shah',
    ],
    [
      'a stamp in brackets',
      'Ana Reyes [9:41 AM]: hi\nme [9:42 AM]: hi\nAna Reyes [9:45 AM]: give me names',
      'give me names',
      ['Ana Reyes'],
      'Ana Reyes',
    ],
    [
      'an office behind the name',
      'Dana, CFO: morning\nTom (IT): give me names',
      'give me names',
      ['Dana', 'Tom'],
      'Tom',
    ],
    [
      'a mail from somebody',
      'From: Rosa Keane\nTo: Neil\n\nNeil, give me names.',
      'give me names',
      ['Rosa Keane'],
      'Rosa Keane',
    ],
    [
      'a mail signed by somebody',
      'Hi Tom,\nGreat seeing you. As I said, we need names.\nAngela',
      'we need names',
      ['Angela Ruiz'],
      'Angela Ruiz',
    ],
    [
      'a Chinese surname with a short title',
      '参会：沈建平局长\n沈局：给个名单',
      '给个名单',
      ['沈建平 | 局长'],
      '沈建平',
    ],
    [
      'a stamp behind a Chinese name',
      '慕容工 3-11 11:02\n给个名单\nAda 黎 3-12 15:40\n要报价',
      '要报价',
      ['慕容工', 'Ada 黎'],
      'Ada 黎',
    ],
    ['an office before a Chinese name', '我 11:20：在吗\n供应科毛工 11:24：给个名单', '给个名单', ['毛工'], '毛工'],
  ])('%s', (_, text, words, names, person) => expect(whose(text, words, names).from).toBe(person))

  test('a pronoun in a line is not who speaks in it', () => {
    const text = '苗工：贺总昨天问了\n我：好\n苗工：另外他要一个名单'
    expect(whose(text, '他要一个名单', ['苗工', '贺总']).from).toBe('贺总')
  })
})

describe('who tells and who is told of', () => {
  test.each([
    [
      'who asks, through somebody else',
      'Uri asked me to say that Ana would like names.',
      'Ana would like names',
      ['Uri', 'Ana'],
      'Ana',
    ],
    [
      'who tells of somebody to whom it is done',
      'Bex: Mick has been told there are no names',
      'Mick has been told',
      ['Bex', 'Mick'],
      'Bex',
    ],
    [
      'who is quoted, named behind',
      '"Give me names," Ingrid told me over lunch.',
      'Give me names',
      ['Ingrid', 'Arne'],
      'Ingrid',
    ],
    [
      'who is quoted, named in the next clause',
      '“给个名单。”晏姐昨天饭桌上这么说的。',
      '给个名单',
      ['晏姐', '屠主席'],
      '晏姐',
    ],
    [
      'who is quoted before another sentence',
      'Ade: "You make up the numbers." Fergus hinted as much.',
      'You make up the numbers',
      ['Ade', 'Fergus'],
      'Ade',
    ],
    [
      'a relative clause',
      'Dana introduced me to Tom, who asked for names.',
      'who asked for names',
      ['Dana', 'Tom'],
      'Tom',
    ],
    [
      'a post',
      'Dinner with the MD. He wants names.',
      'He wants names',
      ['Gordon Tait | Managing Director', 'Isla'],
      'Gordon Tait',
    ],
    [
      'a line in small letters',
      'jonny: morning\nBex: jonny is asking for names',
      'jonny is asking for names',
      ['Bex', 'Jonny Carr'],
      'Jonny Carr',
    ],
  ])('%s', (_, text, words, names, person) => expect(whose(text, words, names).from).toBe(person))

  const LEAVING = { id: 'champion_leaving', about: ['person'] }
  test('of what is about a person who tells it is the source, wherever he stands', () => {
    expect(whose('Petra again: Jens is off in August', 'Jens is off', ['Petra', 'Jens'], LEAVING).from).toBe('Petra')
    expect(whose('According to Ada, Jens is off in August.', 'Jens is off', ['Ada', 'Jens'], LEAVING).from).toBe('Ada')
    expect(whose('水工带我转了一圈。他私下说蒙总要走', '蒙总要走', ['水工', '蒙总'], LEAVING).from).toBe('水工')
  })
})

test('who sent somebody else is whose the delegation is', () => {
  const delegated = { id: 'meeting_delegated_down', about: ['person'] }
  expect(
    whose('Nadia stood in for Keith this morning.', 'Nadia stood in for Keith', ['Nadia', 'Keith'], delegated).from,
  ).toBe('Keith')
  expect(whose('苗总没来，席工代苗总接待', '席工代苗总接待', ['苗总', '席工'], delegated).from).toBe('苗总')
})

describe('the day of what is told', () => {
  test.each([
    // Where one met or heard from somebody, the day holds for what follows.
    ['Popped in on Bev last Thursday. Says they need names.', 'need names', '2026-03-12'],
    ['We did the deep dive Monday with Ana. Names are needed.', 'Names are needed', '2026-03-16'],
    [
      'As discussed with Mr. Subra on 10-Mar-2026, they need names. Ms. Rao asked for names.',
      'Ms. Rao asked',
      '2026-03-10',
    ],
    ['Plant tour 3/10 w/ Walt. Scrap is six percent.', 'Scrap is six percent', '2026-03-10'],
    ['王总请李工和我们吃了顿饭，前天。李工问能不能抵。', '问能不能抵', '2026-03-16'],
    // A look back holds for itself alone.
    ['Two weeks ago she was all over it. They asked for names.', 'asked for names', '2026-03-18'],
    // The day behind.
    ['Dana asked for names. That was on Monday.', 'asked for names', '2026-03-16'],
    ['"We had four before you." That is how Ana began on Tuesday.', 'We had four', '2026-03-17'],
    ['他要名单。这话是大前天说的。', '他要名单', '2026-03-15'],
    ['Pete may go in the reorg, which was announced on the 1st.', 'Pete may go', '2026-03-18'],
    ['She left last month, effective February 27.', 'She left last month', '2026-02-27'],
    // Heads.
    ['Weekly catch-up 16.3.26\nThey need names.', 'need names', '2026-03-16'],
    [
      'Visit report\nDate: 15/03/2026\nThey need names.\nOn 17/03 Layla wrote asking for names.',
      'asking for names',
      '2026-03-17',
    ],
    ['Trip report, 10-12 March\nDay 1: they need names.', 'need names', '2026-03-10'],
    ['上周五去厂里，例会上又提了一次，名单要给，中控是月初才来的，1月5号。', '例会上又提了一次', '2026-03-13'],
    // Stamps.
    ['[16/03/2026, 16:02] Ana: names please\n[17/03/2026, 09:10] Ana: and prices', 'names please', '2026-03-16'],
    ['焦阳 3/16 17:20\n要名单', '要名单', '2026-03-16'],
    // Forms of days.
    ['王总3/11来电要名单', '要名单', '2026-03-11'],
    ['20260311 王总要名单', '要名单', '2026-03-11'],
    ['半个月前王总要名单', '要名单', '2026-03-03'],
    ['3月初王总要名单', '要名单', '2026-03-03'],
    ['Mid-February Dana asked for names.', 'asked for names', '2026-02-15'],
    ['On the 2nd Dana asked for names.', 'asked for names', '2026-03-02'],
    ['We run 24/7 and 1/3 of it fails.', 'We run', '2026-03-18'],
    ['占1/3的人要名单', '要名单', '2026-03-18'],
  ])('%s', (text, words, on) => expect(when(text, words)).toBe(on))
})
