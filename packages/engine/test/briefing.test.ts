import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { brief, Briefing, briefing, plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const story = (name: string): Deal =>
  read(parse(readFileSync(new URL(`../../../examples/${name}.yaml`, import.meta.url), 'utf8')))
const page = (deal: Deal, person: string, on: string): Briefing =>
  briefing(deal, brief(deal, METHOD, plainDate(on)), METHOD, person)!

test('before the finance director is met, the page says that risk weighs most, what he may ask, and that he has asked it', () => {
  const result = page(story('1-loved-early-killed-late'), 'tang', '2025-08-10')
  expect(result.person).toMatchObject({ name: 'Tang Hui', stance: -1, numberOne: false })
  expect(result.caresAbout.map(({ concern }) => concern)[0]).toMatch(/risk|cost/)
  expect(result.mayAsk[0]).toMatchObject({ topic: 'vendor_viability', asked: '2025-08-06', status: 'preparing' })
  expect(result.promised).toContainEqual(expect.objectContaining({ by: 'us', kind: 'proof' }))
  expect(result.insight).toMatchObject({ kind: 'ucv', number: '12 % less stock' })
})

test('what they promised and is not done is on the page, late once its day has passed, and what we planned with them', () => {
  const deal = story('2-deputy-won-top-lost')
  const before = page(deal, 'he', '2024-09-15').promised
  expect(before).toContainEqual({
    by: 'them',
    kind: 'commitment',
    what: { en: '何总答应带我们去北京见郑董', zh: '何总答应带我们去北京见郑董' },
    on: '2024-09-30',
    late: false,
  })
  expect(page(deal, 'he', '2024-11-26').promised).toEqual([
    expect.objectContaining({ by: 'them', late: true }),
    expect.objectContaining({ by: 'us', kind: 'step', on: '2024-12-20', late: false }),
  ])
})

test('what is answered is no longer among the questions', () => {
  const deal = story('4-late-but-risk-first')
  const last = brief(deal, METHOD, plainDate('2025-09-07'))
  for (const { id } of last.people.people) {
    for (const { topic, concern } of briefing(deal, last, METHOD, id)!.mayAsk) {
      const mine = last.readiness.topics[concern]
        .find((entry) => entry.topic === topic)!
        .people.find(({ person }) => person === id)
      expect(mine?.status).not.toMatch(/presented|accepted/)
    }
  }
})

test('nobody of that id: no page', () => {
  const deal = story('5-early-and-right')
  expect(briefing(deal, brief(deal, METHOD, plainDate('2024-06-01')), METHOD, 'nobody')).toBeUndefined()
})

test('every person of every deal on every day has a page in the published shape, with at most five questions and one of each', () => {
  fc.assert(
    fc.property(deals, asOfs, (deal, asOf) => {
      const whole = brief(deal, METHOD, asOf)
      for (const { id } of whole.people.people) {
        const result = Briefing.parse(briefing(deal, whole, METHOD, id))
        expect(result.mayAsk.length).toBeLessThanOrEqual(5)
        for (const { on } of result.promised) if (on) expect(on >= '2024').toBe(true)
        expect(JSON.stringify(briefing(deal, whole, METHOD, id))).toBe(JSON.stringify(result))
      }
    }),
    { numRuns: 150 },
  )
})
