import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, ruleResults } from '@sente/engine'
import type { Condition, PlainDate } from '@sente/engine'
import { evaluate } from '../src/diagnosis/evaluate.ts'
import { factFunctions } from '../src/diagnosis/facts.ts'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const on = (n: number): PlainDate => addDays(FIRST, n)
const talk = (concern: string, days: readonly number[]): object[] =>
  days.map((n) => ({ on: on(n), what: 'a talk', with: ['zhou'], concern }))
const people = [{ id: 'zhou', name: 'Zhou', roles: ['number_one', 'economic_buyer'], reportsTo: null }]
const pinned = (phase: string): object => ({ name: 'x', firstContactOn: FIRST, people, pins: [{ on: on(100), phase }] })
const won = { name: 'x', firstContactOn: FIRST, people, status: 'won', closedOn: on(70) }
const heard = (...signals: string[]): object[] => signals.map((signal, i) => ({ on: on(90 + i), signal, from: 'zhou' }))

/** Situations that generated deals hardly ever hit, told by hand; each looks from day 101. */
const TOLD: Readonly<Record<string, object>> = {
  R04_need_phase_offtopic: { ...pinned('need'), touches: talk('solution', [80, 90, 95]) },
  R05_evaluate_phase_offtopic: { ...pinned('evaluate'), touches: talk('need', [80, 90, 95]) },
  R06_late_phase_offtopic: { ...pinned('risk'), touches: talk('solution', [80, 90]) },
  R07_give_what_is_needed: {
    ...pinned('risk'),
    touches: talk('solution', [80, 90]),
    evidence: heard('asks_local_support', 'asks_vendor_viability', 'asks_references'),
  },
  R11_wrong_playbook: {
    ...pinned('risk'),
    firstContactOn: on(99),
    openedOn: on(99),
    playbook: 'early',
    evidence: heard('legal_redlines', 'contract_template_sent', 'reference_call_made', 'asks_sla_penalty'),
  },
  R12_novelty_halo: { ...pinned('need'), evidence: heard('excited_first_meeting') },
  R17_early_love_late_death: {
    ...pinned('risk'),
    proofs: [],
    evidence: [
      { on: on(5), signal: 'excited_first_meeting', from: 'zhou' },
      ...heard('asks_local_support', 'asks_vendor_viability'),
    ],
  },
  R20_price_is_not_last: {
    ...pinned('risk'),
    evidence: heard('asks_local_support', 'asks_vendor_viability', 'asks_references'),
    discounts: [{ on: on(95), percent: 10 }],
  },
  R26_hold_not_asked: {
    ...pinned('define'),
    people: [{ ...people[0], hold: { state: 'none' } }],
    rivals: [{ id: 'north', name: 'North' }],
    touches: talk('need', [80]),
  },
  R33_advisor_pride: {
    ...pinned('define'),
    exchange: false,
    touches: [{ on: on(80), what: 'a study for them', with: ['zhou'], hours: 60, paid: false }],
    evidence: heard('asks_help_feasibility'),
  },
  R22_exec_only_at_decision: {
    ...pinned('commit'),
    pins: [
      { on: on(1), phase: 'need' },
      { on: on(100), phase: 'commit' },
    ],
    touches: [],
  },
  R40_late_lead_with_risk: {
    ...pinned('risk'),
    firstContactOn: on(95),
    openedOn: on(95),
    touches: talk('solution', [96, 98, 99]),
    evidence: heard('legal_redlines', 'contract_template_sent', 'reference_call_made', 'asks_sla_penalty'),
  },
  R30_rival_at_top: {
    ...pinned('define'),
    rivals: [{ id: 'north', name: 'North', contacts: [{ person: 'zhou', on: on(99) }] }],
  },
  R63_priority_lost: { ...pinned('define'), evidence: heard('no_urgency') },
  R86_their_promise_due: {
    ...pinned('define'),
    commitments: [60, 70].map((n) => ({ who: 'zhou', what: 'data', promisedOn: on(n), dueOn: on(n + 14) })),
  },
  R95_our_promise_due: {
    ...pinned('define'),
    commitments: [{ what: 'a reference', to: 'zhou', promisedOn: on(60), dueOn: on(80) }],
  },
  R79_top_not_met_said: { ...pinned('define'), touches: [], evidence: [{ on: on(95), signal: 'top_not_met' }] },
  R89_met_in_silence: {
    ...pinned('evaluate'),
    traits: ['public-tender'],
    process: [{ step: 'tender-notice', on: on(90), done: true }],
    touches: [{ on: on(95), what: 'a lunch', with: ['zhou'] }],
  },
  R91_after_award: {
    ...won,
    touches: [{ on: on(2), what: 'a visit', with: ['zhou'] }],
  },
  R96_acceptance_late: { ...won, process: [{ step: 'acceptance', on: on(95) }] },
  R97_value_not_shown: { ...won, closedOn: on(5), evidence: [], touches: [] },
  R98_reference_open: { ...won, evidence: heard('benefit_review') },
  R100_expansion: { ...won, evidence: heard('expansion_inquiry') },
  R92_after_sale_trouble: { ...won, evidence: heard('top_escalates_after_sale') },
  R93_delivery_complaint: { ...won, evidence: heard('support_escalation') },
  R99_low_use: { ...won, evidence: heard('low_usage') },
  R45_trust_reconfirm: {
    ...pinned('commit'),
    touches: [{ on: on(60), play: 'trust_reconfirm', with: ['zhou'] }],
    plan: [{ play: 'exec_close', on: on(110), with: ['zhou'] }],
  },
}

describe('the rules', () => {
  test.each(Object.entries(TOLD))('%s fires on the day it was told for', (rule, file) => {
    const found = ruleResults(read(file), METHOD, on(101)).find((result) => result.rule.id === rule)!
    expect([found.result, found.missing]).toEqual(['fires', []])
  })

  test('each of them can fire, can be clear and can be unknown', () => {
    const seen = new Map(METHOD.rules.rules.map(({ id }) => [id, new Set<string>()]))
    const look = (file: ReturnType<typeof read>, day: PlainDate): void => {
      for (const { rule, result } of ruleResults(file, METHOD, day)) seen.get(rule.id)!.add(result)
    }
    for (const file of Object.values(TOLD)) look(read(file), on(101))
    look(read({ name: 'x' }), FIRST)
    look(read(won), on(101))
    look(read({ ...won, evidence: [], touches: [] }), on(75))
    // Won long ago, and nobody wrote down what was heard since: whether it brought anything is not known.
    look(read({ ...won, closedOn: on(5), evidence: undefined }), on(101))
    for (const signal of METHOD.signals.signals)
      look(read({ ...pinned('define'), evidence: heard(signal.id) }), on(101))
    const lacking = (): string[] =>
      [...seen]
        .filter(([, results]) => results.size < 3)
        .map(([id, results]) => `${id}: only ${[...results].join(', ')}`)
    // Generated deals until nothing is lacking: a few hundred do, as a rule.
    for (let seed = 1; seed <= 60 && lacking().length > 0; seed++)
      for (const [deal, asOf] of fc.sample(fc.tuple(deals, asOfs), { numRuns: 25, seed })) look(deal, asOf)
    expect(lacking()).toEqual([])
    expect(seen.size).toBe(103)
  })

  test('an unknown fact never fires a rule: what fires holds whatever the unknown facts may be', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const fired = brief(deal, METHOD, asOf).findings
        for (const finding of fired) {
          const rule = METHOD.rules.rules.find(({ id }) => id === finding.rule)!
          // Only the facts the finding itself shows as known; all others are unknown here.
          const known = new Map(finding.facts.map(({ fact, value }) => [fact, value]))
          expect(evaluate(rule.when, known).value).toBe(true)
        }
      }),
      { numRuns: 80 },
    )
  })

  test('a deal of which nothing is known has questions, not warnings', () => {
    const result = brief(read({ name: 'x' }), METHOD, FIRST)
    expect(result.findings).toEqual([])
    expect(result.homework.map(({ fact }) => fact)).toEqual([
      'execs.top.identified',
      'process.known_ratio',
      'phase.evidence_count',
    ])
    const weights = result.homework.map(({ weight }) => weight)
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
  })

  test('homework is at most five questions, all about the customer, none that a fact answers', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { homework } = brief(deal, METHOD, asOf)
        expect(homework.length).toBeLessThanOrEqual(5)
        const of = new Map(METHOD.facts.facts.map(({ id, homework: asked }) => [id, asked?.of]))
        for (const { fact } of homework) expect(of.get(fact)).toBe('customer')
        expect(new Set(homework.map(({ question }) => question.en)).size).toBe(homework.length)
      }),
      { numRuns: 40 },
    )
  })

  test('the first question is whether a day they told has brought what it was told for', () => {
    const told = (more: object) => ({
      ...pinned('define'),
      process: [{ step: 'budget-approval', on: on(90), ...more }],
    })
    const first = (more: object, n: number) => brief(read(told(more)), METHOD, on(n)).homework[0]?.question
    expect(first({}, 101)!.en).toContain('Did it happen')
    expect(first({}, 101)!.zh).toContain('办成了吗')
    expect(first({}, 90)?.en ?? '').not.toContain('Did it happen')
    expect(first({ done: true }, 101)?.en ?? '').not.toContain('Did it happen')
  })

  test('every fact counts signals or has one function, and every function is a fact of the method', () => {
    const counted = METHOD.facts.facts.filter(({ counts }) => counts).map(({ id }) => id)
    const computed = [...Object.keys(factFunctions), ...counted, 'info.completeness'].sort()
    expect(computed).toEqual(METHOD.facts.facts.map(({ id }) => id).sort())
  })
})

describe('three-valued logic', () => {
  const yes: Condition = { fact: 'a', op: '==', value: 1 }
  const no: Condition = { fact: 'a', op: '==', value: 2 }
  const dunno: Condition = { fact: 'b', op: '==', value: 1 }
  const facts = new Map([['a', 1]])
  test.each([
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ all: [no, dunno] }, false],
    [{ all: [yes, dunno] }, null],
    [{ any: [no, no] }, false],
    [{ any: [yes, dunno] }, true],
    [{ any: [no, dunno] }, null],
    [{ all: [{ any: [dunno, yes] }, yes] }, true],
  ] as [Condition, boolean | null][])('%j is %s', (condition, value) => {
    expect(evaluate(condition, facts).value).toBe(value)
  })

  test('names what is missing, once, and only when it matters', () => {
    expect(evaluate({ all: [dunno, dunno, yes] }, facts).missing).toEqual(['b'])
    expect(evaluate({ any: [dunno, yes] }, facts).missing).toEqual([])
  })
})
