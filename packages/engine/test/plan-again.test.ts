import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, plan } from '@sente/engine'
import type { Deal, PlainDate, Plan } from '@sente/engine'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const on = (n: number): PlainDate => addDays(FIRST, n)
const today = on(45)
const quick = { withoutQuestions: true, evaluations: 150 } as const

const told = (more: object = {}): Deal =>
  read({
    name: 'x',
    firstContactOn: FIRST,
    people: [
      { id: 'zhou', name: '周总', roles: ['number_one'], reportsTo: null, influence: 5 },
      { id: 'he', name: '何副总', roles: ['executive', 'economic_buyer'], reportsTo: 'zhou', influence: 4 },
      { id: 'lin', name: '林工', roles: ['project_leader', 'coach'], reportsTo: 'he', influence: 3, stance: 1 },
      { id: 'gu', name: '顾工', roles: ['technical_buyer'], reportsTo: 'lin', influence: 3, stance: -1 },
    ],
    us: {
      hoursPerWeek: 30,
      team: [
        { id: 'ceo', name: 'Mo', rank: 'executive' },
        { id: 'ann', name: 'Ann' },
      ],
    },
    touches: [{ on: on(5), play: 'exec_discovery', with: ['lin'], outcome: 'done' }],
    process: [{ step: 'signature', on: on(220), owner: 'he' }],
    pins: [{ on: on(40), phase: 'define' }],
    proofs: [],
    ...more,
  })
const at = (deal: Deal, previous?: Plan, day: PlainDate = today): Plan =>
  plan(deal, METHOD, day, { withoutQuestions: true, ...(previous && { previous }) })
const whyOf = ({ changed }: Plan, play: string, who?: string): string | undefined =>
  changed.find((one) => one.play === play && (who === undefined || one.with[0] === who))?.why.en

describe('a new fact', () => {
  test('that does not touch a person moves no step with that person, whatever the deal', () => {
    fc.assert(
      fc.property(deals, asOfs, fc.nat(), fc.nat(3), (deal, asOf, n, what) => {
        const who = deal.people?.[n % Math.max(1, deal.people.length)]?.id
        if (who === undefined) return
        const before = plan(deal, METHOD, asOf, quick)
        const facts: Partial<Deal>[] = [
          {
            evidence: [
              ...(deal.evidence ?? []),
              { on: asOf, signal: 'career_fear', from: who, confidence: 1, status: 'confirmed' },
            ],
          },
          {
            commitments: [
              ...(deal.commitments ?? []),
              { what: 'A list', to: who, promisedOn: addDays(asOf, -20), dueOn: addDays(asOf, -2) },
            ],
          },
          { touches: [...(deal.touches ?? []), { on: asOf, what: 'a talk', with: [who], outcome: 'done' }] },
          { rivals: [...(deal.rivals ?? []), { id: 'new', name: 'New', contacts: [{ person: who, on: asOf }] }] },
        ]
        const after = plan({ ...deal, ...facts[what] }, METHOD, asOf, { ...quick, previous: before })
        const [then, now] = [before.basis!, after.basis!]
        if (then.leading !== now.leading || then.silence !== now.silence || then.decision !== now.decision) return
        const same = new Set(
          now.people
            .filter(({ id, mark }) => then.people.some((one) => one.id === id && one.mark === mark))
            .map(({ id }) => id),
        )
        expect(same.has(who)).toBe(false)
        for (const { play, with: people, on: day } of before.steps) {
          if (play === 'qualify_out' || people.length === 0 || !people.every((id) => same.has(id))) continue
          expect(after.steps.some((one) => one.play === play && one.with[0] === people[0] && one.on === day)).toBe(true)
        }
      }),
      { numRuns: 30 },
    )
  })
  test('about one person is about nobody else, as long as nobody reaches others through that person', () => {
    const evidence = [{ on: on(44), signal: 'career_fear', from: 'gu' }]
    const [before, after] = [at(told()).basis!, at(told({ evidence })).basis!]
    const changed = after.people.filter(({ mark }, i) => before.people[i]!.mark !== mark).map(({ id }) => id)
    expect(changed).toEqual(['gu'])
  })
  test('the same facts a week later are the same facts', () => {
    const [before, after] = [at(told()).basis!, at(told(), undefined, addDays(today, 7)).basis!]
    expect(after.people).toEqual(before.people)
  })
})

describe('what changed, and why', () => {
  const before = at(told())
  const [first] = before.steps.filter(({ with: [who] }) => who === 'gu')

  test('a step that was done is told as done, with its day', () => {
    const done = { on: first!.on, play: first!.play, with: first!.with, outcome: 'done' }
    const after = at(
      told({ touches: [{ on: on(5), play: 'exec_discovery', with: ['lin'], outcome: 'done' }, done] }),
      before,
      addDays(first!.on as PlainDate, 0),
    )
    expect(whyOf(after, first!.play, 'gu')).toMatch(/^done on /)
  })
  test('a step that cannot stand any more says on which day and what forbids it', () => {
    const zhou = before.steps.find(({ with: [who] }) => who === 'zhou')!
    const us = {
      hoursPerWeek: 30,
      team: [
        { id: 'ceo', name: 'Mo', rank: 'executive', absences: [{ from: today, to: zhou.on }] },
        { id: 'ann', name: 'Ann', absences: [{ from: today, to: zhou.on }] },
      ],
    }
    const after = at(told({ us }), before)
    expect(whyOf(after, zhou.play, 'zhou')).toMatch(/cannot stand on .*: .* is away/)
  })
  test('a step whose reason is gone says that what it was for is answered', () => {
    const rivals: object[] = []
    const priced = at(told({ rivals, evidence: [{ on: on(40), signal: 'only_price_talk', from: 'he' }] }))
    expect(priced.steps.some(({ play, with: who }) => play === 'account_review' && who.length === 0)).toBe(true)
    const heardWrongly = { on: on(40), signal: 'only_price_talk', from: 'he', status: 'rejected' }
    expect(whyOf(at(told({ rivals, evidence: [heardWrongly] }), priced), 'account_review')).toBe(
      'what it was for is answered',
    )
  })
  test('a new step says what it is for', () => {
    const rivals = [{ id: 'r', name: 'Rival', contacts: [{ person: 'zhou', on: on(44) }] }]
    const after = at(told({ rivals }), before)
    const added = after.changed.filter(({ kind }) => kind === 'added')
    expect(added.length).toBeGreaterThan(0)
    for (const { why } of added) expect(why.en).toMatch(/^new: ./)
  })
})
