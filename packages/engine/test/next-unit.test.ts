import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, nextUnit, parseDeal, writeDealFile } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const on = (n: number): PlainDate => addDays(FIRST, n)
const NEXT = { name: 'Plant two', unit: 'Plant two' }
const won = (more: object = {}): Deal =>
  read({
    name: 'Plant one',
    account: { name: 'A', goal: 'all plants' },
    offer: 'planning',
    openedOn: FIRST,
    firstContactOn: FIRST,
    status: 'won',
    closedOn: on(100),
    people: [
      {
        id: 'zhou',
        name: 'Zhou',
        roles: ['number_one'],
        reportsTo: null,
        stance: [{ value: 1, on: on(50) }],
        hold: { state: 'given', on: on(60) },
      },
      { id: 'he', name: 'He', roles: ['user_buyer'], reportsTo: 'gone' },
      { id: 'gone', name: 'Gone', roles: ['executive'], reportsTo: 'zhou', leftOn: on(110) },
    ],
    touches: [
      { on: on(20), play: 'register_exec', with: ['zhou'], concern: 'need', hours: 4 },
      { on: on(30), play: 'exec_discovery', with: ['zhou', 'gone'] },
      { on: on(60), play: 'hold_commitment', with: ['zhou'] },
      { on: on(70), what: 'a talk', with: ['gone'] },
    ],
    evidence: [
      { on: on(25), signal: 'pain_admitted', from: 'he', quote: 'we replan by hand' },
      { on: on(100), signal: 'contract_signed', from: 'zhou' },
    ],
    proofs: [
      {
        topic: 'reference',
        proof: 'matched_reference',
        for: ['zhou'],
        history: [
          { status: 'prepared', on: on(40) },
          { status: 'accepted', on: on(70) },
        ],
      },
      { topic: 'vision', proof: 'vision_workshop', status: 'preparing', on: on(40) },
    ],
    commitments: [
      { what: 'a test bench', to: 'zhou', promisedOn: on(80), dueOn: on(150) },
      { what: 'data', who: 'he', promisedOn: on(10), dueOn: on(30), doneOn: on(28) },
    ],
    ...more,
  })

describe('the next unit, opened from a won deal', () => {
  const { deal, carried } = nextUnit(won(), METHOD, on(120), NEXT)

  test('carries people, contacts, open promises, proofs and pains over, each marked with the deal they come from', () => {
    expect(carried).toEqual({ people: 2, touches: 3, promises: 1, proofs: 1, pains: 1 })
    for (const list of [deal.people, deal.touches, deal.commitments, deal.proofs, deal.evidence])
      for (const item of list!) expect(item.carriedFrom).toBe('Plant one')
    expect(deal).toMatchObject({
      name: 'Plant two',
      unit: 'Plant two',
      offer: 'planning',
      status: 'open',
      openedOn: on(120),
      carriedFrom: 'Plant one',
    })
    expect(deal.account).toMatchObject({ goal: 'all plants', wonProjects: 1 })
  })

  test('leaves behind who left, what was settled, holds and hours: they were of that deal', () => {
    expect(deal.people!.map(({ id }) => id)).toEqual(['zhou', 'he'])
    expect(deal.people!.find(({ id }) => id === 'he')!.reportsTo).toBeUndefined()
    expect(deal.commitments!.map(({ what }) => what)).toEqual(['a test bench'])
    expect(deal.touches!.some(({ hours, concern }) => hours !== undefined || concern !== undefined)).toBe(false)
    expect(brief(deal, METHOD, on(121)).people.people.find(({ id }) => id === 'zhou')!.hold).toBeNull()
  })

  test('trust is what it was in the deal it comes from, and what was proved there is prepared here', () => {
    const trust = (of: Deal): [string, string, number][] =>
      brief(of, METHOD, on(120)).people.people.map(({ id, rung, trust: value }) => [id, rung, value])
    expect(trust(deal)[0]).toEqual(trust(won({ commitments: [] }))[0])
    expect(deal.proofs).toMatchObject([{ topic: 'reference', history: [{ status: 'prepared', on: on(40) }] }])
    expect(deal.proofs![0]!.for).toBeUndefined()
  })

  test('what was heard there places nobody here and is nobody’s word until it is heard again', () => {
    const here = brief(deal, METHOD, on(121))
    expect(here.position.known).toBe(false)
    expect(here.position.since).toBe(on(120))
    expect(here.homework.map(({ fact }) => fact)).toContain('phase.evidence_count')
  })

  test('any deal that is won gives one that can be written to a file and read again', () => {
    fc.assert(
      fc.property(deals, fc.integer({ min: 0, max: 400 }), (any, n) => {
        const file = writeDealFile(nextUnit({ ...any, status: 'won', closedOn: on(0) }, METHOD, on(n), NEXT).deal)
        const parsed = parseDeal(JSON.parse(JSON.stringify(file)), METHOD)
        expect('deal' in parsed ? parsed.deal.name : parsed).toBe('Plant two')
      }),
      { numRuns: 60 },
    )
  })
})
