import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief } from '@sente/engine'
import type { Brief, PlainDate } from '@sente/engine'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const on = (n: number): PlainDate => addDays(FIRST, n)
const people = [
  { id: 'zhou', name: 'Zhou', roles: ['number-one', 'economic-buyer'], reportsTo: null },
  { id: 'lin', name: 'Lin', roles: ['deputy'], stance: [{ value: 1, on: on(10) }] },
]
const deal = (more: object): ReturnType<typeof read> => read({ name: 'x', firstContactOn: FIRST, people, ...more })
const acts = (result: Brief): string[] => result.findings.map(({ act }) => act)
const of = (result: Brief, act: string): Brief['findings'][number] | undefined =>
  result.findings.find((finding) => finding.act === act)

describe('findings', () => {
  test('are one for each act, with all reasons, whatever the deal; what rests is not said as well', () => {
    fc.assert(
      fc.property(deals, asOfs, (some, asOf) => {
        const { findings, rested } = brief(some, METHOD, asOf)
        const all = [...findings, ...rested].map(({ act }) => act)
        expect(new Set(all).size).toBe(all.length)
        for (const { rule, reasons, with: whom, within } of findings) {
          expect(reasons[0]!.rule).toBe(rule)
          expect(new Set(reasons.map((reason) => reason.rule)).size).toBe(reasons.length)
          for (const id of whom) expect(some.people?.some((person) => person.id === id)).toBe(true)
          expect(within).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 80 },
    )
  })

  test('a rival with a decider must be answered within 72 hours; then another reason takes over, until we were there', () => {
    const seen = { rivals: [{ id: 'north', name: 'North', contacts: [{ person: 'zhou', on: on(50) }] }] }
    const story = deal({ ...seen, touches: [{ on: on(5), what: 'a talk', with: ['lin'] }] })
    const first = of(brief(story, METHOD, on(51)), 'answer_rival')!
    expect([first.rule.split('_')[0], first.by, first.with]).toEqual(['R30', on(53), ['zhou']])
    expect(of(brief(story, METHOD, on(56)), 'answer_rival')!.rule.split('_')[0]).toBe('R72')
    const answered = deal({ ...seen, touches: [{ on: on(57), what: 'a talk', with: ['zhou'] }] })
    expect(acts(brief(answered, METHOD, on(57)))).not.toContain('answer_rival')
  })

  test('what a fact answers is silent at once, what only wavers stays for a while', () => {
    const silent = { evidence: [{ on: on(10), signal: 'pain_admitted', from: 'lin' }] }
    expect(acts(brief(deal(silent), METHOD, on(40)))).toContain('wake_up')
    const spoken = { evidence: [...silent.evidence, { on: on(40), signal: 'pain_quantified', from: 'lin' }] }
    expect(acts(brief(deal(spoken), METHOD, on(40)))).not.toContain('wake_up')
  })

  test('a warning nobody acts on rests after its days, and is not lost', () => {
    const story = deal({
      evidence: [{ on: on(10), signal: 'champion_silent', from: 'lin' }],
      us: { foundedOn: on(-400) },
    })
    const long = brief(story, METHOD, on(200))
    for (const { act } of long.rested) expect(acts(long)).not.toContain(act)
    const shown = new Set([...long.findings, ...long.rested].flatMap(({ reasons }) => reasons.map(({ rule }) => rule)))
    expect(shown.size).toBeGreaterThan(0)
  })

  test('every act is asked for by a rule, and every rule asks for one', () => {
    const asked = new Set(METHOD.rules.rules.map(({ act }) => act))
    expect(METHOD.rules.acts.map(({ id }) => id).toSorted()).toEqual([...asked].toSorted())
  })

  test.each([
    ['champion_leaving', 'rebuild_support'],
    ['decision_maker_replaced', 'meet_new_decider'],
    ['approval_moved_up', 'meet_new_decider'],
    ['budget_cut_or_frozen', 'secure_money'],
    ['exec_access_blocked', 'open_way_up'],
    ['decision_delayed', 'wake_up'],
    ['column_fodder_hint', 'go_no_go'],
    ['not_shortlisted', 'go_no_go'],
    ['top_not_met', 'see_top'],
    ['competitor_met_top', 'answer_rival'],
    ['unexplained_hesitation', 'hear_worries'],
    ['trust_broken_event', 'keep_promise'],
    ['partner_changes_side', 'rework_route'],
  ])('words alone warn, without a map: %s', (signal, act) => {
    const notes = read({
      name: 'x',
      evidence: [
        { on: on(10), signal: 'requirements_shared' },
        { on: on(20), signal },
      ],
    })
    expect(acts(brief(notes, METHOD, on(21)))).toContain(act)
  })
})
