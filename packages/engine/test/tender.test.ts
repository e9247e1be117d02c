import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, forbidden, modelOf, silenceOn, tenderGuard } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)
const on = (n: number): PlainDate => addDays(FIRST, n)
const people = [
  { id: 'zhou', name: 'Zhou', roles: ['number-one', 'economic-buyer'], reportsTo: null },
  { id: 'lin', name: 'Lin', roles: ['technical-buyer'] },
  { id: 'pan', name: 'Pan', roles: ['procurement'] },
]
const tender = (more: object): ReturnType<typeof read> =>
  read({ name: 'x', firstContactOn: FIRST, traits: ['public-tender'], people, ...more })
const silent = (deal: ReturnType<typeof read>, day: number): boolean =>
  silenceOn(tenderGuard(deal, MODEL, on(day)), on(day)) !== null

describe('a tender is silent from any sign of its notice', () => {
  const NOTICES: [string, object][] = [
    ['the milestone by its id', { process: [{ step: 'tender-notice', on: on(10) }] }],
    ['its English name', { process: [{ step: 'Tender notice published', phase: 'evaluate', on: on(10) }] }],
    ['its Chinese name', { process: [{ step: '招标公告', phase: 'evaluate', on: on(10) }] }],
    ['another Chinese name', { process: [{ step: '挂网', phase: 'evaluate', on: on(10) }] }],
    ['a later step that has come', { process: [{ step: '开标', phase: 'evaluate', on: on(10) }] }],
    ['evidence', { evidence: [{ on: on(10), signal: 'rfp_issued' }] }],
    ['evidence nobody has confirmed yet', { evidence: [{ on: on(10), signal: 'rfp_issued', confirmed: false }] }],
    ['evidence of a later step', { evidence: [{ on: on(10), signal: 'bid_clarification' }] }],
  ]
  test.each(NOTICES)('%s', (_, more) => {
    const deal = tender(more)
    expect([9, 10, 60].map((day) => silent(deal, day))).toEqual([false, true, true])
  })

  test('and what was rejected is no sign', () => {
    expect(silent(tender({ evidence: [{ on: on(10), signal: 'rfp_issued', rejected: true }] }), 20)).toBe(false)
  })

  test('it ends with the award, by id or by name, else with the publicity of the result', () => {
    const ended = (process: object[]): boolean[] =>
      [39, 40].map((day) => silent(tender({ process: [{ step: 'tender-notice', on: on(10) }, ...process] }), day))
    expect(ended([{ step: 'award', on: on(40) }])).toEqual([true, false])
    expect(ended([{ step: '中标通知书', phase: 'commit', on: on(40) }])).toEqual([true, false])
    expect(ended([{ step: 'award-publicity', on: on(40) }])).toEqual([true, false])
    expect(
      ended([
        { step: 'award-publicity', on: on(30) },
        { step: 'award', on: on(40) },
      ]),
    ).toEqual([true, false])
  })

  test.each(['won', 'lost', 'no-decision'])(
    'a deal that is closed as %s ended it, though no award is told',
    (status) => {
      const closed = { status, closedOn: on(40) }
      const days = [39, 40, 90]
      const dated = tender({ ...closed, process: [{ step: 'tender-notice', on: on(10) }] })
      expect(days.map((day) => silent(dated, day))).toEqual([true, false, false])
      // The notice and the opening were ticked off without a day.
      const ticked = tender({
        ...closed,
        process: [
          { step: 'tender-notice', done: true },
          { step: 'bid-opening', done: true },
        ],
      })
      expect([40, 90].map((day) => silent(ticked, day))).toEqual([false, false])
      const asked = tender({ ...closed, traits: [], evidence: [{ on: on(30), signal: 'distance_asked' }] })
      expect(days.map((day) => silent(asked, day))).toEqual([true, false, false])
    },
  )

  test('of a lost deal an award that is still to come is waited for; a won one has had it', () => {
    const days = (status: string): boolean[] =>
      [39, 40, 49, 50].map((day) =>
        silent(
          tender({
            status,
            closedOn: on(40),
            process: [
              { step: 'tender-notice', on: on(10) },
              { step: 'award', on: on(50) },
            ],
          }),
          day,
        ),
      )
    expect(days('lost')).toEqual([true, true, true, false])
    expect(days('won')).toEqual([true, false, false, false])
  })

  test('after a deal was closed a new notice is silent again', () => {
    const process = [
      { step: 'tender-notice', on: on(10) },
      { step: '招标公告', phase: 'evaluate', on: on(60) },
    ]
    const deal = tender({ status: 'no-decision', closedOn: on(40), process })
    expect([39, 40, 59, 60].map((day) => silent(deal, day))).toEqual([true, false, false, true])
  })

  test('a tender that failed is silent again from its new notice', () => {
    const deal = tender({
      process: [
        { step: 'tender-notice', on: on(10) },
        { step: '招标公告', phase: 'evaluate', on: on(50) },
      ],
      evidence: [{ on: on(30), signal: 'tender_rerun' }],
    })
    expect([20, 30, 49, 50].map((day) => silent(deal, day))).toEqual([true, false, false, true])
  })

  test('a notice told for later is a window of the future, known but not begun', () => {
    const guard = tenderGuard(tender({ process: [{ step: 'tender-notice', on: on(100) }] }), MODEL, on(10))
    expect(guard.windows).toMatchObject([{ from: on(100), to: null, begun: false }])
    expect(forbidden(guard, [people[0]], on(99), MODEL)).toBeNull()
    expect(forbidden(guard, [{ roles: ['number_one'] }], on(100), MODEL)).toMatchObject({ en: expect.any(String) })
  })
})

describe('whose rules hold', () => {
  const regime = (more: object): string => tenderGuard(tender(more), MODEL, on(10)).regime.id
  test('place and currency choose among public ones, a private purchase keeps its own, and somebody can say it', () => {
    expect(regime({ amount: { value: 1, currency: 'CNY' } })).toBe('public_cn')
    expect(regime({ account: { name: 'Stadt Graz', region: 'Austria' } })).toBe('public_eu')
    expect(regime({ account: { name: 'Lagos', region: 'Nigeria' } })).toBe('public')
    expect(regime({ traits: [] })).toBe('private')
    expect(regime({ tender: { regime: 'public-eu' }, traits: [] })).toBe('public_eu')
  })

  test('experts drawn from a pool show a public tender though nobody marked it', () => {
    expect(regime({ traits: [], evidence: [{ on: on(5), signal: 'bid_experts_drawn' }] })).toBe('public')
  })

  test('a private customer is left alone when it asks for distance', () => {
    const deal = tender({ traits: [], evidence: [{ on: on(10), signal: 'distance_asked', from: 'zhou' }] })
    expect([9, 10, 60, 200].map((day) => silent(deal, day))).toEqual([false, true, true, false])
  })
})

describe('inside the silence', () => {
  const process = [{ step: 'tender-notice', on: on(10) }]
  test('nobody but the formal channel may be met, and an evaluation expert never', () => {
    const guard = tenderGuard(tender({ process }), MODEL, on(20))
    const may = (...roles: string[]): boolean => forbidden(guard, [{ roles }], on(20), MODEL) === null
    expect(may('number_one')).toBe(false)
    expect(may('technical_buyer')).toBe(false)
    expect(may('procurement', 'executive')).toBe(false)
    expect(may('procurement')).toBe(true)
    expect(forbidden(guard, [undefined], on(20), MODEL)).not.toBeNull()
    expect(forbidden(guard, [], on(20), MODEL)).toBeNull()
    const before = tenderGuard(tender({}), MODEL, on(20))
    expect(forbidden(before, [{ roles: ['evaluation_expert'] }], on(20), MODEL)).not.toBeNull()
  })

  test('no play that meets an executive or an evaluator is offered, whatever the deal', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const quiet = { ...deal, traits: ['public_tender'], process: [{ step: 'tender-notice', on: FIRST }] }
        const result = brief(quiet, METHOD, asOf)
        if (!result.tender.silence) return
        for (const { with: met, play } of result.plan) {
          const { levels, inWriting, alone } = MODEL.plays.get(play)!
          const roles = met.map((id) => quiet.people?.find((person) => person.id === id)?.roles ?? [])
          expect(roles.every((of) => of.length > 0 && of.every((role) => role === 'procurement'))).toBe(true)
          expect(levels.length === 0 || inWriting === true || alone !== undefined || met.length > 0).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('it can be set aside with a reason, which is shown, and only from the day it was', () => {
    const deal = tender({
      process,
      tender: { overruled: [{ on: on(20), by: 'Wen', reason: 'The notice is of another lot' }] },
    })
    expect(brief(deal, METHOD, on(19)).tender).toMatchObject({ silence: { from: on(10) }, overruled: null })
    expect(brief(deal, METHOD, on(20)).tender).toMatchObject({
      silence: null,
      overruled: { by: 'Wen', reason: 'The notice is of another lot' },
    })
  })
})
