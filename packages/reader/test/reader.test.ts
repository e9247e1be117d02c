import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { openReader } from '../src/index.ts'
import { normalise } from '../src/normalise.ts'
import { sentencesOf, windowsOf } from '../src/segments.ts'
import { MODEL_FILE, reader, SIGNALS } from './open.ts'

const ON = plainDate('2025-03-19')
const signals = (text: string): string[] => reader.read({ on: ON, text }).map(({ signal }) => signal)

describe('the reader', () => {
  test('finds several facts in one note, with their words, people and days', () => {
    const text = '上周五见了林总，立项会通过了，编号下来了。财务张总问我们公司才三年，以后还在不在。'
    const found = reader.read(
      { on: ON, text },
      {
        people: [
          { id: 'lin', name: '林涛' },
          { id: 'zhang', name: '张卫东' },
        ],
      },
    )
    expect(found.map(({ signal }) => signal)).toEqual(
      expect.arrayContaining(['project_approved', 'asks_vendor_viability']),
    )
    const viability = found.find(({ signal }) => signal === 'asks_vendor_viability')!
    expect(viability.from).toBe('zhang')
    expect(text.slice(...viability.span)).toBe(viability.quote)
    expect(found.find(({ signal }) => signal === 'project_approved')!.on).toBe('2025-03-14')
  })

  test.each([
    ['预算没批，打回来重报', 'budget_approved'],
    ['下周准备约董事长', 'exec_meeting_accepted'],
    ['听说另一家银行去年出了事故', 'incident_triggered'],
    ['如果立项通过了就好办', 'project_approved'],
    ['The contract has not been signed yet', 'contract_signed'],
    ['We plan to ask for a reference visit', 'reference_site_visit'],
    ['I think they will shortlist us', 'shortlisted'],
  ])('does not take %s for a fact', (text, trap) => expect(signals(text)).not.toContain(trap))

  test('says the same of full-width and half-width, simplified and traditional writing', () => {
    const ids = (text: string): string[] => signals(text).sort()
    expect(ids('立項會通過了，編號下來了')).toEqual(ids('立项会通过了,编号下来了'))
    expect(ids('要求做ＰＯＣ，两周')).toEqual(ids('要求做POC，两周'))
  })

  test('for any text: spans are its own words, no signal twice, confidences in 0..1, days not after the note, the same each time', () => {
    const words = fc
      .array(
        fc.constantFrom(
          '立项通过了',
          '，',
          '。',
          '预算批了',
          '张总',
          '昨天',
          'the contract was signed',
          '. ',
          'RFP is out',
          '\n',
          '（',
          '没',
          '听说',
          '🙂',
          'ｑ',
          '𠮷',
        ),
        { maxLength: 40 },
      )
      .map((list) => list.join(''))
    fc.assert(
      fc.property(words, (text) => {
        const found = reader.read({ on: ON, text })
        for (const { span, quote, confidence, on } of found) {
          expect(text.slice(...span)).toBe(quote)
          expect(confidence).toBeGreaterThan(0)
          expect(confidence).toBeLessThanOrEqual(1)
          expect(on <= ON).toBe(true)
        }
        expect(new Set(found.map(({ signal }) => signal)).size).toBe(found.length)
        expect(reader.read({ on: ON, text })).toEqual(found)
      }),
    )
  })

  test('finds facts in dictated text without marks, and in Chinese with blanks for marks', () => {
    expect(
      signals(
        'the request for proposal came out this morning and it closes in three weeks the cfo asked for audited accounts of the last three years and after that we had lunch in the canteen and talked about football for a while',
      ),
    ).toContain('asks_financial_statements')
    expect(signals('今天去了趟财务科 立项会通过了 编号下来了 中午食堂的鱼不错 下午回公司写材料')).toContain(
      'project_approved',
    )
  })

  test('an empty note says nothing, one that is too long is refused', () => {
    expect(reader.read({ on: ON, text: '' })).toEqual([])
    expect(() => reader.read({ on: ON, text: 'x'.repeat(20_001) })).toThrow(/20000/)
  })

  test('a file that is no model is refused', () => {
    expect(() => openReader(new Uint8Array([1, 2, 3]), SIGNALS)).toThrow(/not a model/)
    expect(() => openReader(new TextEncoder().encode('{"magic":"other"}\n'), SIGNALS)).toThrow(/another version/)
  })

  test('the model is a few megabytes at most', () => expect(MODEL_FILE.length).toBeLessThan(6.5e6))
})

describe('learning from the user', () => {
  const text = '立项会通过了，编号下来了'
  const first = reader.read({ on: ON, text }).find(({ signal }) => signal === 'project_approved')!

  test('enough rejections of a phrase stop it, each makes it less sure, and taking them back restores it', () => {
    const after = (n: number): number => {
      const feedback = Array.from({ length: n }, () => ({
        signal: 'project_approved',
        quote: first.quote,
        verdict: 'rejected' as const,
      }))
      return (
        reader.read({ on: ON, text }, { feedback }).find(({ signal }) => signal === 'project_approved')?.confidence ?? 0
      )
    }
    const course = [0, 1, 2, 4, 8, 12].map(after)
    for (let i = 1; i < course.length; i++) expect(course[i]!).toBeLessThanOrEqual(course[i - 1]!)
    expect(course.at(-1)).toBe(0)
    expect(after(0)).toBe(first.confidence)
  })

  test('whatever the phrase: enough rejections stop it, and without them it is as before', () => {
    const phrases = [
      '立项会通过了，编号下来了',
      '预算批下来了',
      '招标文件今天挂网了',
      '采购要求再降百分之十五',
      'The RFP is out',
      'The contract was signed today by both sides',
      'Their lawyer sent redlines on our contract draft',
      'We are shortlisted',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...phrases), fc.constantFrom('', '。', ' '), (phrase, tail) => {
        const note = { on: ON, text: `${phrase}${tail}` }
        const before = reader.read(note)
        for (const { signal, quote } of before) {
          const feedback = Array.from({ length: 16 }, () => ({ signal, quote, verdict: 'rejected' as const }))
          expect(reader.read(note, { feedback }).map((one) => one.signal)).not.toContain(signal)
        }
        expect(reader.read(note, { feedback: [] })).toEqual(before)
      }),
    )
    expect(phrases.filter((phrase) => reader.read({ on: ON, text: phrase }).length > 0).length).toBeGreaterThan(4)
  })

  test('a rejection hardly touches other signals and other words', () => {
    const feedback = [{ signal: 'project_approved', quote: first.quote, verdict: 'rejected' as const }]
    expect(reader.read({ on: ON, text: '招标公告今天挂网了' }, { feedback })).toEqual(
      reader.read({ on: ON, text: '招标公告今天挂网了' }),
    )
  })
})

describe('splitting', () => {
  test('normalising keeps every position', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => normalise(text).length === text.length))
  })

  test('numbers, times and abbreviations do not end a sentence', () => {
    const parts = (text: string): string[] => sentencesOf(text).map(({ start, end }) => text.slice(start, end))
    expect(parts('it costs 1.5 million. dr. haas said v2.1 at 14:30 is fine')).toEqual([
      'it costs 1.5 million',
      'dr. haas said v2.1 at 14:30 is fine',
    ])
    expect(parts('预算批了.下周开会')).toEqual(['预算批了', '下周开会'])
  })

  test('the windows of a sentence cover it and lie in it', () => {
    const text = 'a b c, d e f, g h i'
    const windows = windowsOf(text, { start: 0, end: text.length })
    expect(windows).toContainEqual({ start: 0, end: text.length })
    for (const { start, end } of windows) expect(start >= 0 && end <= text.length && start < end).toBe(true)
  })
})
