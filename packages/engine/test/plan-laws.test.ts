import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, dayNumber, modelOf, plan, planWin, trustOf } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { dealAsOf } from '../src/deal/as-of.ts'
import { relations } from '../src/people/relations.ts'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const model = modelOf(METHOD)
const quick = { withoutQuestions: true, evaluations: 150 } as const
const on = (n: number): PlainDate => addDays(FIRST, n)

describe('how trust came to be', () => {
  test('ends at today’s trust, goes from one move to the next without a gap, by day, and stays between 0 and 1', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const now = new Map(
          relations(dealAsOf(deal, asOf), model, asOf).people.map((person) => [person.id, person.trust]),
        )
        const all = trustOf(deal, METHOD, asOf)
        expect(all.map(({ person }) => person)).toEqual([...now.keys()])
        for (const { person, trust, moves } of all) {
          expect(trust).toBe(now.get(person))
          let [at, day] = [0, '']
          for (const move of moves) {
            expect(move.from).toBe(at)
            expect(move.on >= day && move.on <= asOf).toBe(true)
            expect(move.to >= 0 && move.to <= 1).toBe(true)
            if (move.kind === 'faded' || move.kind === 'overdue' || move.kind === 'broken')
              expect(move.to).toBeLessThan(move.from)
            ;[at, day] = [move.to, move.on]
          }
          expect(Math.abs(at - trust)).toBeLessThan(0.005)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('no fact after its day moves it', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        expect(trustOf(deal, METHOD, asOf)).toEqual(trustOf(dealAsOf(deal, asOf), METHOD, asOf))
      }),
      { numRuns: 60 },
    )
  })

  test('a promise of ours that is broken never leaves more trust than the same promise kept', () => {
    fc.assert(
      fc.property(deals, asOfs, fc.nat(), (deal, asOf, n) => {
        const person = deal.people?.[n % Math.max(1, deal.people.length)]
        if (!person) return
        const made = addDays(asOf, -20)
        const with_ = (end: object): Deal => ({
          ...deal,
          commitments: [{ what: 'A paper', to: person.id, promisedOn: made, ...end }],
        })
        const of = (one: Deal): number | undefined =>
          trustOf(one, METHOD, asOf).find((row) => row.person === person.id)?.trust
        const kept = of(with_({ doneOn: addDays(asOf, -5) }))
        const broken = of(with_({ brokenOn: addDays(asOf, -5) }))
        if (kept !== undefined) expect(broken!).toBeLessThanOrEqual(kept)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the win number with the plan done', () => {
  test('is never lower than without, today’s is the deal’s own, and both are told or neither', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { before, after } = planWin(deal, METHOD, asOf, plan(deal, METHOD, asOf, quick))
        expect(before?.value).toBe(brief(deal, METHOD, asOf).outlook.whether?.value)
        expect(after === null).toBe(before === null)
        if (before && after) expect(after.value).toBeGreaterThanOrEqual(before.value - 1e-9)
      }),
      { numRuns: 30 },
    )
  })
})

describe('what the user set aside', () => {
  test('is in no plan before its day: a play, a person, or a play with a person', () => {
    fc.assert(
      fc.property(
        deals,
        asOfs,
        fc.nat(),
        fc.nat(2),
        fc.option(fc.integer({ min: 1, max: 120 })),
        (deal, asOf, n, how, days) => {
          const first = plan(deal, METHOD, asOf, quick).steps.filter(({ play }) => play !== 'qualify_out')
          const step = first[n % Math.max(1, first.length)]
          if (!step) return
          const [person] = step.with
          const aside = {
            ...(how !== 1 || person === undefined ? { play: step.play } : {}),
            ...(how !== 0 && person !== undefined ? { person } : {}),
            ...(days === null ? {} : { until: addDays(asOf, days) }),
          }
          const until = days === null ? '9' : addDays(asOf, days)
          for (const request of [
            { deal: { ...deal, setAside: [aside] }, more: {} },
            { deal, more: { setAside: [aside] } },
          ]) {
            const again = plan(request.deal, METHOD, asOf, { ...quick, ...request.more })
            const breaking = again.steps.filter(
              (one) =>
                !one.locked &&
                one.play !== 'qualify_out' &&
                one.on < until &&
                (aside.play ?? one.play) === one.play &&
                (aside.person === undefined || one.with.includes(aside.person)),
            )
            expect(breaking).toEqual([])
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('straight to the top', () => {
  const deal = (decision: number, more: object = {}): Deal =>
    read({
      name: 'x',
      firstContactOn: on(0),
      people: [
        { id: 'boss', name: 'Boss', roles: ['number_one', 'economic_buyer'], influence: 5, reportsTo: null },
        {
          id: 'guard',
          name: 'Guard',
          roles: ['security', 'technical_buyer'],
          influence: 4,
          stance: -1,
          reportsTo: 'boss',
        },
        { id: 'lead', name: 'Lead', roles: ['project_leader'], influence: 3, stance: 1, reportsTo: 'boss' },
      ],
      us: {
        execSponsor: 'Mo',
        team: [
          { id: 'mo', name: 'Mo', rank: 'executive' },
          { id: 'ann', name: 'Ann' },
        ],
      },
      account: { name: 'A', plan: { updatedOn: on(80) } },
      riskMessage: 'Who answers for the night?',
      touches: [{ on: on(60), play: 'intel_sprint', with: ['lead'] }],
      process: [{ step: 'signature', on: on(100 + decision), owner: 'boss' }],
      pins: [{ on: on(95), phase: 'risk' }],
      proofs: [],
      ...more,
    })
  // Every other way to him is set aside, so that it is this or nothing.
  const others = METHOD.plays.plays
    .filter(({ id }) => id !== 'direct_to_top')
    .map(({ id }) => ({ play: id, person: 'boss' }))
  const stepsOf = (one: Deal) =>
    plan(one, METHOD, on(100), { style: 'swift', withoutQuestions: true, setAside: others }).steps
  const straight = (one: Deal) => stepsOf(one).filter(({ play }) => play === 'direct_to_top')

  test('with little time left it is in the plan', () => {
    expect([25, 32, 40, 50].some((days) => straight(deal(days)).length > 0)).toBe(true)
  })

  test('is for want of time: never more than sixty days before the decision', () => {
    for (const days of [50, 120, 300])
      for (const step of straight(deal(days)))
        expect(dayNumber(on(100 + days)) - dayNumber(step.on as PlainDate)).toBeLessThanOrEqual(60)
  })

  test('comes after whoever objects was heard, wherever somebody can still reach him', () => {
    fc.assert(
      fc.property(fc.integer({ min: 25, max: 60 }), (days) => {
        const one = deal(days)
        for (const step of straight(one)) {
          const heard = stepsOf(one).filter(({ with: who }) => who.includes('guard'))
          expect(heard.some(({ on: day }) => dayNumber(day as PlainDate) < dayNumber(step.on as PlainDate))).toBe(true)
        }
      }),
      { numRuns: 8 },
    )
  })
})
