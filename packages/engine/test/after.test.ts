import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, modelOf, plan, ruleResults } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { returnsOf } from '../src/people/after.ts'
import { FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const model = modelOf(METHOD)
const on = (n: number): PlainDate => addDays(FIRST, n)
const SIGNED = 100
const people = [
  { id: 'zhou', name: 'Zhou', roles: ['number_one', 'economic_buyer'], reportsTo: null, influence: 5 },
  { id: 'he', name: 'He', roles: ['user_buyer', 'project_leader'], reportsTo: 'zhou' },
]
const met = (n: number, who = 'zhou'): object => ({ on: on(n), what: 'a visit', with: [who] })
const closed = (status: string, more: object = {}): Deal =>
  read({
    name: 'Plant one',
    account: { name: 'A' },
    firstContactOn: FIRST,
    status,
    closedOn: on(SIGNED),
    people,
    touches: [met(20), met(60), met(40, 'he')],
    evidence: [{ on: on(SIGNED), signal: 'contract_signed', from: 'zhou' }],
    process: [],
    commitments: [],
    ...more,
  })
const at = (deal: Deal, n: number) => brief(deal, METHOD, on(SIGNED + n))
const rules = (deal: Deal, n: number): string[] => at(deal, n).findings.map(({ rule }) => rule)
const RETURN = 'R91_after_award'

describe('a won deal', () => {
  test('asks for a visit back after 7, 30, 90 and 180 days, and each half year after that', () => {
    const found = at(closed('won'), 400).after!.visits
    expect(found.map(({ days }) => days)).toEqual([7, 30, 90, 180, 360, 540])
    expect(found.map(({ state }) => state)).toEqual(['missed', 'missed', 'missed', 'missed', 'missed', 'ahead'])
    for (const [from, to] of [
      [7, 21],
      [30, 60],
      [90, 120],
      [180, 210],
      [360, 390],
    ])
      expect(
        [rules(closed('won'), from! - 1), rules(closed('won'), from!), rules(closed('won'), to! + 1)].map((list) =>
          list.includes(RETURN),
        ),
      ).toEqual([false, true, false])
  })

  test('a visit to an executive answers the visit that was due, a talk below does not', () => {
    expect(rules(closed('won', { touches: [met(SIGNED + 28, 'he')] }), 31)).toContain(RETURN)
    const gone = closed('won', { touches: [met(SIGNED + 28)] })
    expect(rules(gone, 31)).not.toContain(RETURN)
    expect(at(gone, 31).after!.visits.find(({ days }) => days === 30)).toMatchObject({
      state: 'done',
      on: on(SIGNED + 28),
      with: ['zhou'],
    })
  })

  test('is never silent: on every day of three years a next visit has its day, and the plan has a step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1095 }), (n) => {
        const deal = closed('won')
        const next = at(deal, n).after!.visits.at(-1)!
        expect(next.due >= on(SIGNED + n)).toBe(true)
        expect(plan(deal, METHOD, on(SIGNED + n)).steps.length).toBeGreaterThan(0)
      }),
      { numRuns: 40 },
    )
  })

  test('no visit counts for two returns', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 700 }),
        (days, n) => {
          const deal = closed('won', { touches: days.filter((day) => day <= n).map((day) => met(SIGNED + day)) })
          const made = returnsOf(deal, new Set(['zhou']), model, on(SIGNED + n)).flatMap(({ on: day }) => day ?? [])
          expect(new Set(made).size).toBe(made.length)
        },
      ),
    )
  })

  test('keeps the promises made on the way in its ledger, and an overdue one is a danger after the signature too', () => {
    const deal = closed('won', {
      commitments: [{ what: 'a test bench', to: 'zhou', promisedOn: on(80), dueOn: on(SIGNED + 20) }],
    })
    expect(at(deal, 10).after!.promises).toMatchObject([
      { what: 'a test bench', by: 'us', to: 'zhou', state: 'open', overdue: false },
    ])
    expect(rules(deal, 10)).not.toContain('R95_our_promise_due')
    expect(rules(deal, 25)).toContain('R95_our_promise_due')
  })

  test('says what was promised in numbers beside what the customer says it brought', () => {
    const deal = closed('won', {
      ucv: [{ on: on(50), onlyUs: 'replans in ten minutes', number: '12 million a year', confirmedBy: 'zhou' }],
      evidence: [
        { on: on(SIGNED + 95), signal: 'benefit_review', from: 'zhou', quote: '9 million in the first quarter' },
      ],
    })
    expect(rules(deal, 92)).toContain('R97_value_not_shown')
    expect(at(deal, 94).after!.reached).toEqual([])
    const after = at(deal, 100).after!
    expect(after.promised).toEqual([{ on: on(50), number: '12 million a year', confirmedBy: 'zhou' }])
    expect(after.reached).toEqual([{ on: on(SIGNED + 95), words: '9 million in the first quarter', from: 'zhou' }])
    expect(rules(deal, 100)).not.toContain('R97_value_not_shown')
    expect(rules(deal, 100)).toContain('R98_reference_open')
  })

  test.each([
    ['low_usage', 'R99_low_use', 'use_raised'],
    ['support_escalation', 'R93_delivery_complaint', 'delivery_repaired'],
    ['top_escalates_after_sale', 'R92_after_sale_trouble', 'answered_at_top'],
    ['expansion_inquiry', 'R100_expansion', 'unit_opened'],
  ])('after %s it warns (%s) and plans what does %s', (signal, rule, deed) => {
    const deal = closed('won', {
      us: { team: [{ id: 'mo', name: 'Mo', rank: 'executive' }] },
      evidence: [{ on: on(SIGNED + 40), signal, from: 'he' }],
    })
    expect(rules(deal, 41)).toContain(rule)
    expect(
      plan(deal, METHOD, on(SIGNED + 41)).steps.flatMap((step) => model.plays.get(step.play)!.does ?? []),
    ).toContain(deed)
    expect(rules(closed('won'), 41)).not.toContain(rule)
  })

  test('a told day of acceptance that passes is asked for at whoever owns it; the way to the signature is not asked for any more', () => {
    const deal = closed('won', {
      process: [
        { step: 'signature', on: on(SIGNED - 5), owner: 'zhou' },
        { step: 'acceptance', on: on(SIGNED + 30), owner: 'he' },
      ],
    })
    expect(
      at(deal, 10)
        .homework.map(({ question }) => question.en)
        .join(),
    ).not.toContain('Signature')
    expect(rules(deal, 29)).not.toContain('R96_acceptance_late')
    expect(rules(deal, 40)).toContain('R96_acceptance_late')
    const step = plan(deal, METHOD, on(SIGNED + 40)).steps.find(({ play }) => play === 'acceptance_walk')
    expect(step?.with[0]).toBe('he')
    expect(at(deal, 40).after!.delivery).toMatchObject([{ step: 'acceptance', late: true, owner: 'he' }])
  })

  test('is only asked after what can be asked after the signature', () => {
    const after = METHOD.facts.facts.filter(({ homework }) => homework?.after).map(({ id }) => id)
    expect(after.length).toBeGreaterThan(0)
    const open = ruleResults(read({ name: 'x', people, firstContactOn: FIRST }), METHOD, on(50))
    expect(open.flatMap(({ missing }) => missing).filter((fact) => after.includes(fact))).toEqual([])
  })
})

describe('a deal that was lost, or ended without a decision', () => {
  test.each([
    ['lost', 90, 270],
    ['no-decision', 60, 150],
  ])('%s: says when to come back (after %i days, then after %i) and to whom', (status, first, second) => {
    const deal = closed(status, {
      people: [
        { ...people[0], stance: -1 },
        { ...people[1], stance: 1 },
      ],
    })
    expect(at(deal, 5).after).toMatchObject({
      status,
      visits: [],
      comeBack: { on: on(SIGNED + first), due: false },
      stays: [{ person: 'he', stance: 1 }],
    })
    expect(at(deal, first).after!.comeBack!.due).toBe(true)
    expect(at(deal, first + 31).after!.comeBack).toMatchObject({ on: on(SIGNED + second), due: false })
  })

  test('a visit at that time moves it to the next; a day of theirs that is told comes before any rule', () => {
    const gone = closed('lost', { touches: [met(SIGNED + 92)] })
    expect(at(gone, 95).after!.comeBack).toMatchObject({ on: on(SIGNED + 270), due: false })
    const told = closed('no-decision', { process: [{ step: 'budget-approval', on: on(SIGNED + 80) }] })
    expect(at(told, 10).after!.comeBack).toMatchObject({ on: on(SIGNED + 50) })
    expect(at(told, 10).after!.comeBack!.why.en).toContain('Budget approval')
  })

  test('what they promised us stays open in the ledger', () => {
    const deal = closed('lost', {
      commitments: [{ what: 'a debrief', who: 'zhou', promisedOn: on(99), dueOn: on(SIGNED + 14) }],
    })
    expect(at(deal, 5).after!.promises).toMatchObject([{ by: 'them', to: 'zhou', state: 'open' }])
  })
})

test('an open deal has no section of what follows its end', () => {
  expect(brief(read({ name: 'x', people, firstContactOn: FIRST }), METHOD, on(50)).after).toBeNull()
})
