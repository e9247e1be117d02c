import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { openReader } from '../src/index.ts'
import { MODEL_FILE, SIGNALS } from './open.ts'

const reader = openReader(MODEL_FILE, SIGNALS)
const about = (text: string, signal: string) => {
  const found = reader
    .read(
      { on: plainDate('2025-03-19'), text },
      {
        people: [
          { id: 'tara', name: 'Tara Quill' },
          { id: 'ken', name: 'Ken Aldous' },
          { id: 'tian', name: '田小满' },
          { id: 'geng', name: '耿建国', title: '主任' },
        ],
        rivals: [{ id: 'kanto', name: 'Kanto' }],
      },
    )
    .find((one) => one.signal === signal)
  return found && [found.from, found.about]
}

describe('whom a suggestion is about', () => {
  test('one who tells of another is where it comes from, the other whom it is about', () => {
    expect(about('Tara told me that our champion Ken is leaving the company.', 'champion_leaving')).toEqual([
      'tara',
      'ken',
    ])
    expect(about('田小满说一直支持我们的耿主任调走了。', 'champion_leaving')).toEqual(['tian', 'geng'])
  })
  test('nobody is named twice: it is about whom it comes from, which need not be said', () =>
    expect(about('Our champion Ken is leaving the company.', 'champion_leaving')).toEqual(['ken', undefined]))
  test('a rival that is named, or us', () => {
    expect(about('Kanto made the shortlist.', 'shortlisted')).toEqual([undefined, 'kanto'])
    expect(about('我们昨天递交了质疑函。', 'bid_protested')).toEqual([undefined, 'us'])
    expect(about('第三名递了质疑函，冲着我们来的。', 'bid_protested')).toEqual([undefined, undefined])
  })
})
