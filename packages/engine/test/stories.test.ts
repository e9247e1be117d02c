import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { addDays, brief, daysBetween, PHASES, plainDate } from '@sente/engine'
import type { Brief, Deal, PlainDate } from '@sente/engine'
import { read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const story = (name: string): Deal =>
  read(parse(readFileSync(new URL(`../../../examples/${name}.yaml`, import.meta.url), 'utf8')))
const on = (deal: Deal, day: string): Brief => brief(deal, METHOD, plainDate(day))
/** Rules behind what is said, and behind what was said long enough and rests. */
const fired = (result: Brief): string[] =>
  [...result.findings, ...result.rested].flatMap(({ reasons }) => reasons.map(({ rule }) => rule.split('_')[0]!))
const dangers = (result: Brief): string[] =>
  result.findings.filter(({ severity }) => severity === 'danger' || severity === 'block').map(({ rule }) => rule)
/** Every day from one to the other, each looked at as it was known then. */
const days = (from: string, to: string, step = 1): PlainDate[] => {
  const list: PlainDate[] = []
  for (let day = plainDate(from); day <= to; day = addDays(day, step)) list.push(day)
  return list
}

test.each([
  '1-loved-early-killed-late',
  '2-deputy-won-top-lost',
  '3-proud-unpaid-adviser',
  '4-late-but-risk-first',
  '5-early-and-right',
])('%s tells 15 to 40 dated facts', (name) => {
  const deal = story(name)
  const dated = [...(deal.evidence ?? []), ...(deal.touches ?? [])]
  expect(dated.length).toBeGreaterThanOrEqual(15)
  expect(dated.length).toBeLessThanOrEqual(40)
  if (deal.status === 'lost') for (const fact of dated) expect(fact.on <= deal.closedOn!).toBe(true)
})

describe('story 1: loved early, killed late by risk', () => {
  const deal = story('1-loved-early-killed-late')
  const lost = plainDate('2025-09-26')

  test('at least 60 days before the loss, while they are still in need or define, support and survival are findings, and their proofs have start-by dates that can be met', () => {
    const warned = days('2025-01-08', '2025-06-30').filter((day) => {
      const result = on(deal, day)
      const early = result.position.leading === 'need' || result.position.leading === 'define'
      const startable = (topic: string): boolean =>
        result.lead.startBy.some((item) => item.topic === topic && item.verdict === 'normal')
      return (
        early &&
        fired(result).includes('R15') &&
        fired(result).includes('R16') &&
        startable('local_support') &&
        startable('vendor_viability')
      )
    })
    expect(daysBetween(warned[0]!, lost)).toBeGreaterThanOrEqual(60)
    // Not a flash: the warning stands through the whole of define.
    for (const day of days('2025-04-01', '2025-05-20')) expect(warned).toContain(day)
  })

  test('the warning came months before the customer spoke of it', () => {
    const spoken = plainDate('2025-08-06')
    expect(fired(on(deal, addDays(spoken, -90)))).toContain('R16')
  })

  test('the seller’s 80 % stands beside the model’s own much lower number', () => {
    const { outlook } = on(deal, '2025-03-20')
    expect(outlook.seller!.value).toBe(0.8)
    expect(outlook.whether!.high).toBeLessThan(0.8)
  })

  test('room runs short months before the loss, and they are behind until the end', () => {
    expect(on(deal, '2025-03-01').lead.state).not.toBe('behind')
    for (const day of days('2025-08-01', '2025-09-25', 7)) expect(on(deal, day).lead.state).toBe('behind')
    for (const day of days('2025-08-16', '2025-09-25', 7)) expect(on(deal, day).lead.concerns!.risk.red).toBe(true)
  })

  test('the number one whom nobody met is named with the last good day, months before the end', () => {
    const { executives, act } = on(deal, '2025-08-01').lead
    expect(executives).toMatchObject({ state: 'behind', who: 'shen' })
    expect(executives.lastGoodDay! < '2025-07-01').toBe(true)
    expect(act).toMatchObject({ kind: 'executive', person: 'shen' })
  })

  test('the lead moves when a proof is ready', () => {
    const day = plainDate('2025-09-10')
    const ready: Deal = {
      ...deal,
      proofs: [
        ...(deal.proofs ?? []),
        ...(['local_support', 'vendor_viability', 'implementation', 'career'] as const).map((topic) => ({
          topic,
          proof: METHOD.topics.topics.find(({ id }) => id === topic)!.proofs[0]!.id,
          history: [{ status: 'prepared' as const, on: day }],
        })),
      ],
    }
    expect(on(ready, day).lead.days!).toBeGreaterThan(on(deal, day).lead.days! + 10)
  })
})

describe('story 2: the deputy won, the top lost', () => {
  const deal = story('2-deputy-won-top-lost')
  const visit = plainDate('2024-09-12')

  test('the trap is named well before the rival’s visit to the number one, and the top is shown empty', () => {
    const before = addDays(visit, -30)
    const result = on(deal, before)
    expect(fired(result)).toContain('R29')
    expect(result.people.cover.numberOne!.value).toBe(0)
    expect(result.people.cover.working!.value).toBeGreaterThan(0.6)
    expect(result.people.vacuum).toBe(true)
  })

  test('the visit itself is not known before somebody told us', () => {
    expect(fired(on(deal, '2024-11-17'))).not.toContain('R30')
    expect(fired(on(deal, '2024-11-18'))).toContain('R30')
    expect(on(deal, '2024-11-17').people.rivals[0]!.contacts).toEqual([])
  })

  test('what the brief recommends then is to see the number one', () => {
    const [first] = on(deal, addDays(visit, -30)).plan
    expect(first!.with).toContain('zheng')
  })
})

describe('story 3: the proud unpaid adviser', () => {
  const deal = story('3-proud-unpaid-adviser')

  test('unpaid work without an exchange is named as soon as the first hundred hours are gone', () => {
    const result = on(deal, '2024-05-06')
    expect(fired(result)).toEqual(expect.arrayContaining(['R33', 'R34']))
  })

  test('raising the odds for advice is named, and risk and price stand unanswered', () => {
    const result = on(deal, '2024-07-10')
    expect(fired(result)).toContain('R35')
    expect(result.readiness.now.risk).toBeLessThan(0.2)
    expect(result.readiness.now.cost).toBeLessThan(0.2)
    expect(result.outlook.whether!.value).toBeLessThan(0.3)
  })

  test('the number one unmet is named months before the rival’s dinner is heard of', () => {
    expect(fired(on(deal, '2024-06-20'))).toContain('R29')
  })
})

describe('story 4: late, but risk first', () => {
  const deal = story('4-late-but-risk-first')

  test('the lateness is said at once', () => {
    expect(fired(on(deal, '2025-05-06'))).toEqual(expect.arrayContaining(['R10', 'R28']))
  })

  test('the homework is done fast, not skipped: behind at the start, ahead within six weeks until the decision', () => {
    expect(on(deal, '2025-05-06').lead.state).toBe('behind')
    for (const day of days('2025-06-17', '2025-09-08', 4))
      expect(['ahead', 'covered']).toContain(on(deal, day).lead.state)
  })

  test('risk is answered a month before they check references and security', () => {
    const checked = deal.evidence!.find(({ signal }) => signal === 'reference_call_made')!.on
    expect(on(deal, addDays(checked, -27)).readiness.now.risk).toBeGreaterThan(0.6)
    expect(on(deal, '2025-05-06').readiness.now.risk).toBeLessThan(0.05)
  })

  test('the model’s number climbs with what was done', () => {
    const at = (day: string): number => on(deal, day).outlook.whether!.value
    expect(at('2025-05-06')).toBeLessThan(METHOD.outlook.base.won)
    expect(at('2025-08-08')).toBeGreaterThan(at('2025-05-06') + 0.2)
  })
})

describe('story 5: early and right', () => {
  const deal = story('5-early-and-right')

  test('from May to the signature there is hardly a day with a danger', () => {
    const looked = days('2024-05-01', '2024-12-17', 3)
    const bad = looked.filter((day) => dangers(on(deal, day)).length > 0)
    expect(bad.length / looked.length).toBeLessThan(0.1)
  })

  test('they are ahead from the second month to the signature', () => {
    for (const day of days('2024-03-01', '2024-12-17', 7))
      expect(['ahead', 'covered']).toContain(on(deal, day).lead.state)
  })

  test('the number one is on a rung of trust before the evaluation', () => {
    const top = on(deal, '2024-07-20').people.people.find(({ numberOne }) => numberOne)!
    expect(['trust', 'sponsor']).toContain(top.rung)
    expect(top.hold).toMatchObject({ state: 'given', fragile: false })
  })

  test('after the win the brief shows their implementation', () => {
    expect(PHASES.indexOf(on(deal, '2025-01-20').position.leading)).toBe(PHASES.indexOf('implement'))
  })
})
