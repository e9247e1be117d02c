import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { splitNotes } from '../src/index.ts'

const days = (text: string): [string, string | undefined, string][] =>
  splitNotes(text).notes.map(({ on, author, text: body }) => [on, author, body])

describe('a file of notes is split by its days', () => {
  test('Markdown headings, with and without an author', () => {
    expect(days('# Deal\n\n## 2025-03-05 Dana Reyes\nFirst.\n\n## 18 March 2025\nSecond.\nThird.\n')).toEqual([
      ['2025-03-05', 'Dana Reyes', 'First.'],
      ['2025-03-18', undefined, 'Second.\nThird.'],
    ])
  })

  test('Chinese dates with a weekday and a name', () => {
    expect(days('2025年3月5日 周三 王海\n见了林总\n2025/3/18\n又见了')).toEqual([
      ['2025-03-05', '王海', '见了林总'],
      ['2025-03-18', undefined, '又见了'],
    ])
  })

  test('the day at the beginning of the line', () => {
    expect(days('2025-03-05: budget approved\n- 2025-03-07 王海：预算批了\n[2025-03-08] third')).toEqual([
      ['2025-03-05', undefined, 'budget approved'],
      ['2025-03-07', '王海', '预算批了'],
      ['2025-03-08', undefined, 'third'],
    ])
  })

  test('chats as they are exported', () => {
    expect(days('王海 2025-03-05 14:22:11\n客户说不急\n李倩 2025-03-05 14:23\n好的')).toEqual([
      ['2025-03-05', '王海', '客户说不急'],
      ['2025-03-05', '李倩', '好的'],
    ])
  })

  test('a mail: its subject and its text, without headers and quoted lines', () => {
    const mail =
      'From: Dana Reyes <dana@example.com>\nTo: me\nDate: Wed, 5 Mar 2025 09:12:00 +0100\nSubject: Visit\n\nThe RFP is out.\n> old text\n'
    expect(days(mail)).toEqual([['2025-03-05', 'Dana Reyes', 'Visit\n\nThe RFP is out.']])
  })

  test('Windows line ends', () => expect(days('2025-03-05\r\nA\r\nB\r\n')).toEqual([['2025-03-05', undefined, 'A\nB']]))

  test('text without a day is given back, not dropped, and dated where a day is given', () => {
    expect(splitNotes('no day here')).toEqual({ notes: [], undated: 'no day here' })
    expect(splitNotes('no day here', plainDate('2025-03-05')).notes).toEqual([
      { on: '2025-03-05', text: 'no day here' },
    ])
  })

  test('a day inside a sentence is no heading of another note', () => {
    expect(days('2025-03-05\nThey decide on 5 May 2025 in the board.')).toHaveLength(1)
  })

  test('a deadline at the beginning of a line opens no note', () =>
    expect(days('2025-03-05\n期限：\n2025年6月30日前必须上线')).toHaveLength(1))

  test('what was done is nobody’s name', () => {
    expect(
      days('2025-03-05 拜访\nA\n2025-03-06 Site Visit\nB\n2025-03-07 周例会\nC').map(([, author]) => author),
    ).toEqual([undefined, undefined, undefined])
    expect(days('2025-03-05 欧阳锋\nA')).toEqual([['2025-03-05', '欧阳锋', 'A']])
  })

  test('a number before a noun is no day', () => expect(days('2025-03-05\n4 markets 2026 rollout')).toHaveLength(1))

  describe('days without a year, seen from the day of the paste', () => {
    const on = plainDate('2026-01-20')
    const split = (text: string): [string, string][] =>
      splitNotes(text, on).notes.map(({ on: day, text: body }) => [day, body])

    test.each([
      ['7月14日 拜访王总\n7月16日 电话', ['2025-07-14', '2025-07-16']],
      ['7.14 拜访王总\n7.16 电话', ['2025-07-14', '2025-07-16']],
      ['7/14 met Ruth\n7/16 call', ['2025-07-14', '2025-07-16']],
      ['14.11. Treffen im Werk\n2.12. wieder angerufen', ['2025-11-14', '2025-12-02']],
      ['12.28 见面\n1.5 电话', ['2025-12-28', '2026-01-05']],
      ['12月28日（周日）\n见面', ['2025-12-28']],
      ['7.14\n来电', ['2025-07-14']],
      // Only day first brings these in order.
      ['3/11 met Ruth\n5/11 call\n2/12 demo', ['2025-11-03', '2025-11-05', '2025-12-02']],
    ])('%j', (text, expected) => expect(split(text).map(([day]) => day)).toEqual(expected))

    test.each([
      ['parts of a paper', '1.1 Scope\n1.2 Goals\n2.1 Prices'],
      ['amounts and shares', '3.5 million was named\n1.2 万元一套\n4.5% off'],
      ['half of something', '1/2 of the users agree\n1/4 of them do not'],
      ['a day still to come', '上周谈过\n3月5日 开标'],
      ['a deadline', '催过\n11月30日 前必须交'],
      ['a single pair of numbers in the middle', 'We met.\n7.14 is the version they run'],
    ])('%s begin no note', (_, text) => expect(split(text)).toHaveLength(1))

    test('the year of the last full day, where no day of the paste is known', () =>
      expect(days('2025-12-28 saw them\n\n1.5 called again\n').map(([day]) => day)).toEqual([
        '2025-12-28',
        '2026-01-05',
      ]))
  })
})
