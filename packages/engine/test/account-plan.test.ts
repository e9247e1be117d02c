import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { accountPlan, AccountPlan, brief, plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const FOLDER = new URL('../../../examples/6-one-project-became-an-account/', import.meta.url)
const story = readdirSync(FOLDER)
  .sort()
  .map((name) => read(parse(readFileSync(new URL(name, FOLDER), 'utf8'))) as Deal)
const TODAY = plainDate('2025-10-15')
const plan = accountPlan(story, METHOD, TODAY)
const cell = (unit: string, offer: string) => plan.grid.find((one) => one.unit === unit && one.offer === offer)!

describe('story 6: a project that was won opened three more', () => {
  test('every unit stands with every offer: what is in use, open, not decided, a rival’s, or white, and why', () => {
    expect(plan.units).toEqual(['集团总部', '一水厂', '二水厂', '三水厂', '管网公司'])
    expect(plan.grid).toHaveLength(plan.units.length * plan.offers.length)
    expect(cell('二水厂', '供水调度平台')).toMatchObject({ status: 'won', deal: '二水厂调度延伸' })
    expect(cell('三水厂', '供水调度平台')).toMatchObject({ status: 'no-decision' })
    expect(cell('三水厂', '供水调度平台').reason.zh).toContain('今年的钱先换水泵')
    expect(cell('管网公司', '水质预警')).toMatchObject({
      status: 'rival',
      claim: { state: 'confirmed', on: '2025-09-23' },
    })
    expect(cell('一水厂', '供水调度平台')).toMatchObject({ status: 'white', claim: { state: 'assumed' } })
    expect(cell('一水厂', '供水调度平台').reason.zh).toContain('可以引荐')
  })

  test('the one who would decide is of the unit; where nobody there is known, the number one above all units', () => {
    expect(cell('管网公司', '漏损诊断').decider).toMatchObject({ name: '欧阳荣', group: false })
    expect(cell('一水厂', '漏损诊断').decider).toMatchObject({ name: '龙启明', group: true })
  })

  test('one person of four deals is one row, with who of ours was there and when the next contact is due', () => {
    const long = plan.people.find(({ name }) => name === '龙启明')!
    expect(plan.people.filter(({ name }) => name === '沈岚')).toHaveLength(1)
    expect(long).toMatchObject({
      level: 'top',
      decides: true,
      last: '2025-06-24',
      due: '2025-09-07',
      overdue: true,
      red: true,
    })
    expect(long.cells.find(({ ours }) => ours === '许长庚')).toMatchObject({ last: '2025-06-24' })
    expect(plan.people.find(({ name }) => name === '沈岚')).toMatchObject({ red: false, overdue: false })
    expect(plan.ours[0]).toBe('许长庚')
  })

  test('a carried contact is counted once, though two deals know of it', () => {
    const long = plan.people.find(({ name }) => name === '龙启明')!
    const own = story[0]!.touches!.filter((touch) => touch.with.includes('long')).length
    const carried = story[2]!.touches!.filter((touch) => touch.with.includes('long') && touch.what !== undefined).length
    expect(carried).toBe(1)
    // The one of 9 January is there as a play and, in words, in the deal it was carried to.
    expect(long.cells.find(({ ours }) => ours === '许长庚')!.times).toBeLessThanOrEqual(own + carried)
  })

  test('promises of all deals both ways, overdue ones first; two currencies are shown and not added up', () => {
    expect(plan.promises.slice(0, 2).map(({ overdue, by }) => [overdue, by])).toEqual([
      [true, 'us'],
      [true, 'us'],
    ])
    expect(plan.promises.filter(({ by }) => by === 'them')).toHaveLength(2)
    expect(plan.money).toEqual([
      { currency: 'CNY', won: '6580000.5', open: '0', deals: 3 },
      { currency: 'USD', won: '0', open: '640000', deals: 1 },
    ])
  })

  test('what comes next has its day and who of ours does it: back to the one who did not decide before their budget day', () => {
    const back = plan.growth.find(({ deal }) => deal === '三水厂调度延伸')!
    expect(back).toMatchObject({ on: '2025-11-15', owner: '白露' })
    expect(back.what.zh).toContain('预算批复')
    expect(plan.growth.some(({ unit, what }) => unit === '一水厂' && what.zh.includes('引荐'))).toBe(true)
    expect(plan.growth.map(({ on }) => on)).toEqual(plan.growth.map(({ on }) => on).toSorted())
  })

  test('our executive stands beside theirs; the result stands in the customer’s own words', () => {
    expect(plan.sponsors.every(({ ours, parity }) => ours === '许长庚' && parity === true)).toBe(true)
    expect(plan.results).toMatchObject([{ who: '沈岚', on: '2024-12-26' }])
    expect(plan.results[0]!.what).toContain('两小时十分')
  })

  test('at least 70 % is filled from the deals alone, and what is missing is asked', () => {
    expect(plan.filled.share).toBeGreaterThanOrEqual(0.7)
    const missing = plan.filled.fields.filter(({ share }) => share < 1)
    expect(missing.map(({ id }) => id)).toEqual(['deciders', 'results'])
    expect(missing.map(({ question }) => question!.zh)).toEqual([
      '一水厂谁拍板？',
      '二水厂调度延伸带来了什么？用客户的数字',
    ])
  })

  test('the won deal is not silent: its brief names what is due after the signature on the day it is due', () => {
    const on = (day: string) => brief(story[0]!, METHOD, plainDate(day)).after!.visits
    expect(on('2024-07-05').at(-1)).toMatchObject({ days: 30, state: 'ahead' })
    expect(on('2025-10-15').filter(({ state }) => state === 'missed')).toEqual([])
    expect(brief(story[1]!, METHOD, TODAY).findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['R96_acceptance_late', 'R99_low_use', 'R95_our_promise_due']),
    )
  })
})

describe('for any deals', () => {
  test('the plan is what its schema says, knows nothing later than its day, and its share is between 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(deals, { minLength: 1, maxLength: 3 }), asOfs, (list, asOf) => {
        const found = accountPlan(list, METHOD, asOf)
        expect(AccountPlan.safeParse(found).error).toBeUndefined()
        expect(found.filled.share >= 0 && found.filled.share <= 1).toBe(true)
        for (const { last } of found.people) expect(last === null || last <= asOf).toBe(true)
        for (const { on } of found.growth) expect(on >= asOf).toBe(true)
        for (const person of found.people) if (person.red) expect(person.last === null || person.overdue).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('a claim grows stale by itself and never becomes surer', () => {
    const states = ['2025-10-15', '2026-06-01', '2027-01-01'].map(
      (day) => accountPlan(story, METHOD, plainDate(day)).rivals.find(({ name }) => name === '蓝河测漏')!.claim.state,
    )
    expect(states).toEqual(['confirmed', 'stale', 'stale'])
  })
})
