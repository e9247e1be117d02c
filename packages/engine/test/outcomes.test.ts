import { describe, expect, test } from 'vitest'
import { addDays, brief, ledgerOf, modelOf, OUTCOMES } from '@sente/engine'
import type { Brief, PlainDate } from '@sente/engine'
import { effectsOf } from '../src/deal/outcomes.ts'
import { FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const on = (n: number): PlainDate => addDays(FIRST, n)
const model = modelOf(METHOD)
const people = [
  { id: 'zhou', name: 'Zhou', roles: ['number_one'], reportsTo: null },
  { id: 'lin', name: 'Lin', roles: ['project_leader', 'coach'], reportsTo: 'zhou' },
]
const looked = (touches: object[], more: object = {}): Brief =>
  brief(read({ name: 'x', firstContactOn: FIRST, people, touches, proofs: [], ...more }), METHOD, on(60))
const zhou = (seen: Brief): Brief['people']['people'][number] => seen.people.people.find(({ id }) => id === 'zhou')!
const met = (play: string, n: number, outcome = 'done'): object => ({ on: on(n), play, with: ['zhou'], outcome })
const base = [met('register_exec', 1), met('exec_discovery', 15), met('executive_briefing', 30)]

describe('what a step does to a relation', () => {
  test('registering opens the door and no more: no trust, no hold, no topic', () => {
    const seen = looked([met('register_exec', 1)])
    expect([zhou(seen).rung, zhou(seen).hold, zhou(seen).lastSubstantive]).toEqual(['registered', null, null])
  })
  test('asking for a hold is remembered as asked, a refusal as none', () => {
    expect(zhou(looked([...base, met('hold_commitment', 45)])).hold?.state).toBe('asked')
    expect(zhou(looked([...base, met('hold_commitment', 45, 'declined')])).hold?.state).toBe('none')
  })
  test('regaining trust halves the worries about career and viability and lets trust begin anew', () => {
    const before = looked(base)
    const after = looked([...base, met('trust_reconfirm', 58)])
    for (const topic of ['career', 'vendor_viability']) {
      const of = (seen: Brief): number =>
        seen.readiness.topics.risk.find((t) => t.topic === topic)!.people.find((p) => p.person === 'zhou')!.value
      expect(of(after)).toBeGreaterThanOrEqual(0.5)
      expect(of(after)).toBeGreaterThan(of(before) - 1e-9)
    }
    expect(zhou(after).lastSubstantive).toBe(on(58))
    expect(zhou(after).trust).toBeGreaterThan(zhou(before).trust)
  })
  test('a counter visit cancels what a rival won at the top until that day, not what he wins later', () => {
    const rival = (contacts: object[]): object => ({ rivals: [{ id: 'r', name: 'R', contacts }] })
    const one = rival([{ person: 'zhou', on: on(20) }])
    const two = rival([
      { person: 'zhou', on: on(20) },
      { person: 'zhou', on: on(55) },
    ])
    expect(looked(base, one).people.rivals[0]!.numberOne!.value).toBeGreaterThan(0)
    expect(looked([...base, met('counter_top_attack', 50)], one).people.rivals[0]!.numberOne!.value).toBe(0)
    expect(looked([...base, met('counter_top_attack', 50)], two).people.rivals[0]!.numberOne!.value).toBeGreaterThan(0)
  })
  test('of all outcomes none is better than done, and what did not take place moves nothing', () => {
    const trust = (outcome: string): number => zhou(looked([...base, met('ucv_update', 50, outcome)])).trust
    for (const outcome of OUTCOMES) expect(trust(outcome)).toBeLessThanOrEqual(trust('done'))
    expect(looked([...base, met('ucv_update', 50, 'cancelled')]).people).toEqual(looked(base).people)
    expect(trust('declined')).toBeLessThan(zhou(looked(base)).trust)
  })
  test('met but cold is a meeting, no answer is none', () => {
    expect(zhou(looked([met('register_exec', 1, 'met_cold')])).rung).toBe('known')
    expect(zhou(looked([met('register_exec', 1, 'no_answer')])).rung).toBe('unknown')
  })
})

describe('the plays as data', () => {
  test('every play says what each of the six outcomes does, and every play that is done does something', () => {
    for (const play of METHOD.plays.plays) {
      for (const outcome of OUTCOMES) expect(effectsOf(play, outcome, model).topics).toBeDefined()
      const done = effectsOf(play, 'done', model)
      const own = Object.keys(play.outcomes?.done ?? {}).length + done.topics.length + (play.rung ? 1 : 0)
      if (play.levels.length > 0 && play.id !== 'qualify_out') expect([play.id, own > 0]).toEqual([play.id, true])
    }
  })
  test('no questionnaire, test report or price list is put before a number one', () => {
    const topFor = METHOD.topics.topics.flatMap(({ proofs }) => proofs.filter((proof) => proof.for.includes('top')))
    for (const id of ['questionnaire', 'pentest', 'requirement_match', 'price_rationale', 'api_sandbox'])
      expect(topFor.map((proof) => proof.id)).not.toContain(id)
  })
  test('a recommendation from inside opens a door sooner and more often than a cold call, at every level', () => {
    const of = (id: string) => METHOD.people.paths.find((path) => path.id === id)!.access
    for (const { level, probability } of of('internal_recommendation')) {
      expect(probability).toBeGreaterThan(of('cold_call').find((row) => row.level === level)!.probability)
    }
  })
})

describe('the promise ledger', () => {
  const promise = { what: '给林的测算', promisedOn: on(10), dueOn: on(40) }
  const lin = (more: object): number =>
    looked([{ on: on(30), play: 'joint_plan', with: ['lin'], outcome: 'done' }], more).people.people.find(
      ({ id }) => id === 'lin',
    )!.trust
  test('a promise of ours that is late lowers the trust of whoever got it until it is kept', () => {
    const kept = lin({ commitments: [{ ...promise, doneOn: on(39) }] })
    const overdue = lin({ commitments: [promise] })
    const late = lin({ commitments: [{ ...promise, doneOn: on(55) }] })
    expect(overdue).toBeLessThan(kept)
    expect(late).toBe(kept)
  })
  test('knows whose it is, to whom, and whether it was kept, late or is open', () => {
    const deal = read({
      name: 'x',
      people,
      commitments: [
        { ...promise, doneOn: on(39) },
        { ...promise, what: 'b', doneOn: on(45) },
        { ...promise, what: 'c' },
        { what: 'd', who: 'zhou', promisedOn: on(10) },
      ],
    })
    expect(ledgerOf(deal, on(60)).map(({ by, to, state, overdue }) => [by, to, state, overdue])).toEqual([
      ['us', 'lin', 'kept', false],
      ['us', 'lin', 'late', false],
      ['us', 'lin', 'open', true],
      ['them', 'zhou', 'open', false],
    ])
  })
})
