import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { SLIDE } from '@sente/picture'
import type { Deck } from '@sente/picture'
import { pptx } from '../src/exchange/export/slides/write.ts'
import { sente, withFiles } from './run.ts'
import { all, readSlides, xml } from './support/slides.ts'

const STORY = fileURLToPath(new URL('../../../examples/6-one-project-became-an-account', import.meta.url))

const slidesOf = (...args: string[]): Promise<ReturnType<typeof readSlides>> =>
  withFiles({}, async (_, at) => {
    const { code, err } = await sente([...args, '--pptx', at('deck.pptx')])
    expect([code, err]).toEqual([0, ''])
    return readSlides(await readFile(at('deck.pptx')))
  })

test.each([
  ['en', 'Units and offers', 'Relationships', 'For our own review, not for the customer'],
  ['zh', '单位与产品', '关系', '内部复盘用，不给客户'],
])(
  'in %s the account plan is slides with titles, tables and charts of their own, in both fonts',
  async (lang, units, people, mark) => {
    const { slides, fonts, languages, parts } = await slidesOf(
      'account',
      STORY,
      '--as-of',
      '2025-10-15',
      '--lang',
      lang,
    )
    expect(slides[0]!.title).toContain('澄江水务集团')
    expect(slides.map(({ title }) => title)).toEqual(expect.arrayContaining([units, people]))
    for (const { title, ids } of slides) {
      expect(title).not.toBe('')
      expect(new Set(ids).size).toBe(ids.length)
    }
    const grid = slides.find(({ title }) => title === units)!.tables[0]!
    expect(grid.map(([unit]) => unit!.split('\n')[0])).toEqual(expect.arrayContaining(['一水厂', '管网公司']))
    const charts = slides.flatMap((slide) => slide.charts)
    expect(charts.length).toBe(2)
    for (const chart of charts) {
      // A bar chart has two axes (ISO/IEC 29500-1, 21.2.2.16), and each of them is in it.
      const plot = xml(chart)
      const axes = all(all(plot, 'c:barChart')[0]!, 'c:axId').filter((axis) => axis.attributes['val'] !== undefined)
      expect(axes.length).toBe(2)
      for (const value of all(plot, 'c:v')) expect(value.text).not.toBe('')
    }
    expect([...fonts.latin]).toEqual(expect.arrayContaining(['Calibri']))
    expect(fonts.eastAsian).toEqual(new Set(['Microsoft YaHei']))
    expect(languages).toEqual(new Set([lang === 'zh' ? 'zh-CN' : 'en-GB']))
    expect(
      Object.entries(parts).some(([name, text]) => /slideMasters|slideLayouts/.test(name) && text.includes(mark)),
    ).toBe(true)
    expect(parts['docProps/core.xml']).not.toContain('PptxGenJS')
  },
)

/** Words of ours, and of what we think of them. */
const LEAKS = /secret|zhou|north|own review|stance|trust|rival|probab/i

const DEAL = `name: Secret name of ours
account: {name: Riverbank Water, goal: Secret goal of ours}
unit: First works
offer: Leak control
status: won
closedOn: 2025-03-01
reason: Secret reason
goal: Secret goal
us: {team: [{id: s, name: Secret seller}]}
people:
  - {id: zhou, name: Secret Zhou, roles: [number-one], agenda: Secret agenda, stance: [{value: -2, on: 2025-02-01}]}
rivals: [{id: north, name: Secret rival}]
commitments: [{what: Secret promise, who: us, promisedOn: 2025-02-01, dueOn: 2025-06-01}]
ucv: [{on: 2025-05-01, onlyUs: Secret difference, number: 12 % less water lost, differsFrom: {north: Secret weakness}, confirmedBy: zhou}]
joint:
  - {what: Review of the first year, whose: both, owner: Ms Lin, on: 2025-09-04}
  - {what: Hand over the papers, on: 2025-04-20, doneOn: 2025-04-19}
`

const forCustomer = (command: string, file: string) =>
  slidesOf(command, file, '--as-of', '2025-08-01', '--lang', 'en', '--for-customer')

test('the slides for the customer hold what is in use, their own numbers and the joint steps, and nothing else of the deals', () =>
  withFiles({ 'deal.yaml': DEAL }, async (_, at) => {
    const { slides, parts } = await forCustomer('account', at('deal.yaml'))
    expect(slides.map(({ title }) => title)).toEqual([
      'Riverbank Water',
      'In use',
      'What it brought, in your numbers',
      'Agreed steps',
      'Agreed steps by unit',
    ])
    expect(slides[1]!.tables[0]![1]).toEqual(['First works', 'Leak control', '1 Mar'])
    expect(slides[2]!.tables[0]![1]).toEqual(['First works', '12 % less water lost', '1 May'])
    expect(slides[3]!.tables[0]!.slice(1)).toEqual([
      ['Hand over the papers', 'We', 'done on 19 Apr'],
      ['Review of the first year', 'Together\nMs Lin', '4 Sep'],
    ])
    for (const [name, text] of Object.entries(parts))
      expect([name, LEAKS.test(text.replaceAll(/<[^>]*>/g, ' '))]).toEqual([name, false])
  }))

const EXAMPLE = fileURLToPath(new URL('../../../examples/5-early-and-right.yaml', import.meta.url))

test('a deal is slides for our own review, with a chart of what they care about and a table of people', async () => {
  const { slides } = await slidesOf('brief', EXAMPLE, '--as-of', '2024-08-20', '--lang', 'zh')
  expect(slides[0]!.title).toBe('集团供应链协同平台')
  const of = (title: string) => slides.find((slide) => slide.title === title)!
  expect(of('关注点').charts.length).toBe(1)
  expect(of('人员与覆盖').tables[0]!.map(([who]) => who!.split('\n')[0])).toContain('江帆')
  // Reasons are called by their names, not by the ids of the method.
  expect(
    of('客户走到哪里')
      .tables.flat(2)
      .filter((text) => /^[a-z]+-[a-z]+$/.test(text)),
  ).toEqual([])
})

test('the slides of a deal for the customer are its joint steps and nothing else', () =>
  withFiles({ 'deal.yaml': DEAL }, async (_, at) => {
    const { slides, parts } = await forCustomer('brief', at('deal.yaml'))
    expect(slides.map(({ title }) => title)).toEqual(['Joint plan', 'Agreed steps'])
    for (const [name, text] of Object.entries(parts))
      expect([name, LEAKS.test(text.replaceAll(/<[^>]*>/g, ' '))]).toEqual([name, false])
  }))

test('--for-customer without a file of slides says how to name one', async () => {
  const { code, err } = await sente(['account', STORY, '--for-customer', '--lang', 'en'])
  expect(code).not.toBe(0)
  expect(err).toContain('--pptx FILE')
})

test('whatever signs a text holds, the slides are XML and show what XML may hold', async () => {
  const hostile = '\u0001\u000b\ufffe\ud800]]><a:t>&amp;"\'\u{1f600}'
  const deck: Deck = {
    title: hostile,
    lang: 'zh',
    mark: hostile,
    slides: [
      {
        title: hostile,
        cover: false,
        parts: [
          { kind: 'text', x: 0, y: 0, w: 100, h: 20, size: 12, lines: [{ text: hostile }] },
          {
            kind: 'table',
            x: 0,
            y: 30,
            w: 100,
            h: 40,
            size: 12,
            small: 10,
            widths: [100],
            head: [hostile],
            headHeight: 20,
            rows: [{ height: 20, cells: [{ text: hostile, sub: hostile }] }],
          },
          {
            kind: 'chart',
            x: 0,
            y: 90,
            w: 100,
            h: 40,
            says: hostile,
            categories: [hostile],
            series: [{ name: hostile, values: [1], color: '10637D' }],
            format: 'number',
            stacked: false,
          },
        ],
      },
    ],
  }
  const { slides, parts } = readSlides(await pptx(deck))
  for (const [name, text] of Object.entries(parts))
    if (name.endsWith('.xml'))
      // eslint-disable-next-line no-control-regex -- what XML may not hold
      expect([name, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)]).toEqual([name, false])
  expect(slides[0]!.tables[0]![0]![0]).toContain(']]><a:t>&amp;"\'\u{1f600}')
  expect(SLIDE.width / SLIDE.height).toBeCloseTo(16 / 9)
})
