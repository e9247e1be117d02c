import { describe, expect, test } from 'vitest'
import { CONCERNS } from '@sente/engine'
import { dayAt, explain, layout as layoutOf, picture, placeOf, rowsOf, spoken, targetAt, xOf } from '../src/index.ts'
import type { Target } from '../src/index.ts'
import { BRIEFS, METHOD } from './stories.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const LANGS = ['en', 'zh'] as const
const layouts = BRIEFS.flatMap(([name, brief]) =>
  LANGS.map((lang) => ({ name, brief, lang, layout: layoutOf(brief, { lang, methodology: METHOD }) })),
)

describe('an explanation', () => {
  test('is there for every mark and for every day of every row, in whole words', () => {
    for (const { brief, lang, layout } of layouts) {
      const days = [layout.time.from, dayAt(layout.time, (layout.time.x0 + layout.time.x1) / 2), layout.time.to]
      const targets: Target[] = [
        ...layout.points.map((point) => ({ kind: 'point' as const, point })),
        ...rowsOf(layout).flatMap((row) => days.map((day) => row.at(day))),
      ]
      for (const target of targets) {
        const said = explain(target, brief, METHOD, lang)
        expect(said.title).not.toBe('')
        expect(said.lines.length).toBeGreaterThan(0)
        expect(spoken(said)).not.toMatch(/undefined|NaN|null|\[object/)
      }
    }
  })

  test('of today says the numbers of the brief', () => {
    for (const { brief, lang, layout } of layouts) {
      if (brief.position.forecast === null) continue
      for (const concern of CONCERNS) {
        const { lines } = explain(
          { kind: 'concern', concern, day: dayAt(layout.time, layout.today!.x) },
          brief,
          METHOD,
          lang,
        )
        expect(lines[0]!.text).toContain(`${Math.round(brief.demand.now[concern].value * 100)}%`)
        const short = brief.demand.now[concern].value - brief.readiness.now[concern] > 0.1
        expect(lines.some(({ tone }) => tone === 'danger')).toBe(short)
      }
    }
  })
})

describe('a picture that looks back', () => {
  test('names the day it looks from, and says today nowhere: not on its line, not in its title, not in what it explains', () => {
    for (const { brief, lang } of layouts) {
      const options = { lang, methodology: METHOD, replayed: true }
      const laid = layoutOf(brief, options)
      if (laid.today && brief.position.state !== 'frozen') {
        const [month, day] = [Number(brief.asOf.slice(5, 7)), Number(brief.asOf.slice(8))]
        expect(laid.today.label.text).toBe(lang === 'zh' ? `${month}月${day}日` : `${day} ${MONTHS[month - 1]}`)
      }
      const said = [
        picture(brief, options).replace(/<style[^]*?<\/style>|<[^>]*>/g, '\n'),
        ...laid.points.map((point) => spoken(explain({ kind: 'point', point }, brief, METHOD, lang, options))),
      ].join('\n')
      expect(said.match(/.*(?:today|今天).*/gi) ?? []).toEqual([])
      const behind = { ...brief, lead: { ...brief.lead, state: 'behind' as const, days: 0 } }
      if (brief.lead.state !== 'closed') expect(layoutOf(behind, options).title).not.toMatch(/today|今天/i)
    }
  })
})

describe('a pointer', () => {
  test('finds the mark it rests on, and the row and day of any other place', () => {
    for (const { layout } of layouts) {
      for (const point of layout.points) {
        const found = targetAt(layout, point.x, point.y)
        expect(found?.kind).toBe('point')
      }
      const { x, y, width, height } = layout.phases.box
      expect(targetAt(layout, x + width / 3, y + height / 2)?.kind).toBe('phases')
      for (const { box, concern } of layout.strips) {
        const target = targetAt(layout, box.x + box.width * 0.61, box.y + box.height - 1, -20)
        expect(target).toMatchObject({ kind: 'concern', concern })
        expect(placeOf(layout, target!).x).toBeCloseTo(xOf(layout.time, (target as { day: number }).day), 5)
      }
      expect(targetAt(layout, -50, -50)).toBeNull()
    }
  })
})
