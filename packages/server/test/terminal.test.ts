import fc from 'fast-check'
import stringWidth from 'fast-string-width'
import { expect, test } from 'vitest'
import { bar, cut, level, pad, wrap } from '../src/cli/terminal/text.ts'

const words = fc
  .array(
    fc.constantFrom(
      '客户',
      '的',
      '决定',
      '，',
      '。',
      '（',
      '）',
      'POC',
      'and',
      'risk',
      '40',
      '%',
      ' ',
      '  ',
      '“',
      '”',
      '…',
    ),
    { maxLength: 60 },
  )
  .map((list) => list.join(''))

test('no wrapped line is wider than asked, none begins with a closing mark, and no word is lost', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 80 }), (text, columns) => {
      const lines = wrap(text, columns)
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      // A word may be longer than a line; nothing else may be.
      for (const line of lines)
        if (stringWidth(line) > columns) expect(line.replace(/[，。）”…%]+$/, '')).not.toMatch(/\s/)
      for (const line of lines.slice(1)) if (!/^[，。）”…%]+$/.test(line)) expect(line).not.toMatch(/^[，。）”]/)
    }),
  )
})

test('padding and cutting count a Chinese character as two columns', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 40 }), (text, columns) => {
      expect(stringWidth(cut(text, columns))).toBeLessThanOrEqual(columns)
      expect(stringWidth(pad(cut(text, columns), columns))).toBe(columns)
    }),
  )
})

test('a bar is as long as its share, a level as high', () => {
  expect(bar(1, 10)).toBe('██████████')
  expect(bar(0, 10)).toBe('')
  expect(bar(0.5, 3)).toBe('█▌')
  expect([level(0), level(1)]).toEqual(['▁', '█'])
})
