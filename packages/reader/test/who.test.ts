import { describe, expect, test } from 'vitest'
import { normalise } from '../src/normalise.ts'
import { peopleIn } from '../src/who.ts'

const PEOPLE = [
  { id: 'zhang', name: '张卫东', title: '财务总监' },
  { id: 'li', name: '李敏', title: '信息中心主任' },
  { id: 'li2', name: '李强', title: '科长' },
  { id: 'okafor', name: 'Grace Okafor', title: 'CFO' },
  { id: 'brandt', name: 'Helena Brandt', title: 'Chief executive' },
]
const who = (text: string): string[] => peopleIn(normalise(text), PEOPLE).map(({ person }) => person)

describe('people of the map in a note', () => {
  test.each([
    ['张总说预算批了', ['zhang']],
    ['卫东也来了', ['zhang']],
    ['老张不同意', ['zhang']],
    ['財務總監第一次来', ['zhang']],
    ['李敏和张卫东都在', ['li', 'zhang']],
    ['Ms Okafor asked', ['okafor']],
    ['Helena called', ['brandt']],
    ["Brandt's assistant", ['brandt']],
    ['the CFO wants it', ['okafor']],
  ])('%s', (text, ids) => expect(who(text)).toEqual(ids))

  test('a word of the language is no name', () => {
    const people = [
      { id: 'will', name: 'Will Price', title: 'CFO' },
      { id: 'yu', name: '于伟', title: '处长' },
      { id: 'jianshe', name: '李建设', title: '采购部部长' },
    ]
    const found = (text: string): string[] => peopleIn(normalise(text), people, text).map(({ person }) => person)
    for (const text of [
      'They will decide in May',
      'Will they decide?',
      '对于总体方案没有意见',
      '城市建设局来电',
      '向于总部汇报',
    ])
      expect(found(text)).toEqual([])
    expect(found('Will said yes')).toEqual(['will'])
    expect(found('于总说可以')).toEqual(['yu'])
    expect(found('李建设来电')).toEqual(['jianshe'])
  })
  test('an address that fits two people names neither', () => expect(who('李工来电')).toEqual([]))
  test('a name inside another word is none', () => expect(who('The brandy was good')).toEqual([]))
})
