import { addDays, brief, loadMethodology, parseDeal, writeDealFile } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { describe, expect, test } from 'vitest'
import { sampleDeals } from '../src/sample/build.ts'
import { TEAM } from '../src/sample/team.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the methodology has faults')
const { methodology } = loaded
const DAYS = ['2026-11-25', '2027-02-28', '2028-02-29'] as PlainDate[]

describe('the sample workspace', () => {
  test('has 40 deals of 12 accounts and their parents, owned by the team, every one a valid deal file, on any day', () => {
    for (const today of DAYS) {
      const deals = sampleDeals(methodology, today)
      expect(deals).toHaveLength(40)
      expect(new Set(deals.map(({ deal }) => deal.account!.name)).size).toBe(12)
      const keys = TEAM.members.map(({ key }) => key)
      for (const { owner, deal } of deals) {
        expect(keys).toContain(owner)
        expect(parseDeal(writeDealFile(deal), methodology)).toMatchObject({ deal: { name: deal.name } })
      }
    }
  })

  test('never looks stale: the same deals stand where they stood, and nothing has happened after today', () => {
    const [a, b] = DAYS.map((today) =>
      sampleDeals(methodology, today).map(({ deal }) => [deal.name, deal.status, deal.evidence?.length]),
    )
    expect(b).toEqual(a)
    for (const { deal } of sampleDeals(methodology, DAYS[0]!)) {
      for (const { on } of [...deal.evidence!, ...deal.touches!, ...(deal.notes ?? [])])
        expect(on <= DAYS[0]!).toBe(true)
    }
  })

  test('plans no meeting for a Saturday or Sunday, whichever day it is looked at', () => {
    for (let day = 0; day < 7; day++) {
      const deals = sampleDeals(methodology, addDays(DAYS[0]!, day))
      const planned = deals.flatMap(({ deal }) => deal.plan ?? []).filter(({ status }) => status === 'open')
      expect(planned.length).toBeGreaterThan(0)
      for (const { on } of planned) expect([0, 6]).not.toContain(new Date(on!).getUTCDay())
    }
  })

  test('shows what the product is for: deals ahead, behind, covered and stalled, in both languages', () => {
    const today = DAYS[0]!
    const open = sampleDeals(methodology, today)
      .filter(({ deal }) => deal.status === 'open')
      .map(({ deal }) => brief(deal, methodology, today))
    const states = open.map(({ lead }) => lead.state)
    for (const state of ['ahead', 'behind']) expect(states.filter((one) => one === state).length).toBeGreaterThan(2)
    expect(open.some(({ position }) => position.stalled > 0.5)).toBe(true)
    expect(new Set(open.map(({ position }) => position.leading)).size).toBeGreaterThan(4)
    expect(open.filter(({ deal }) => /[\u4e00-\u9fff]/.test(deal.name)).length).toBeGreaterThan(10)
    expect(open.filter(({ deal }) => /^[A-Z]/.test(deal.name)).length).toBeGreaterThan(5)
  })
})
