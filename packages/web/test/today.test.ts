import { describe, expect, test } from 'vitest'
import { entriesOf, questionsOf } from '../src/features/today/model.ts'
import type { Move } from '../src/features/today/model.ts'

const TODAY = '2026-05-12'
const move = (more: Partial<Move>): Move => ({
  dealId: 'one',
  deal: 'One',
  with: [],
  due: TODAY,
  kind: 'planned',
  late: false,
  ...more,
})

describe('the moves of a day', () => {
  test('are overdue, for today, to be started at once, or to come, each group the soonest first', () => {
    const entries = entriesOf(
      [
        move({ planStepId: 'd', due: '2026-05-15' }),
        move({ planStepId: 'a', due: '2026-05-04', late: true }),
        move({ kind: 'commitment', what: 'Data', due: '2026-04-30', late: true }),
        move({ planStepId: 'c' }),
        move({ kind: 'start-by', topic: 'price', proof: 'tco', late: true }),
        move({ kind: 'start-by', topic: 'risk', proof: 'sla', due: '2026-05-14' }),
      ],
      [],
      TODAY,
    )
    expect(entries.map(({ time, moves: [first] }) => [time, first.planStepId ?? first.what ?? first.proof])).toEqual([
      ['late', 'Data'],
      ['late', 'a'],
      ['today', 'c'],
      ['atOnce', 'tco'],
      ['soon', 'sla'],
      ['soon', 'd'],
    ])
  })

  test('name a deal once for all proofs to be started in it, and each proof once', () => {
    const start = (dealId: string, proof: string): Move =>
      move({ dealId, kind: 'start-by', topic: 'risk', proof, late: true })
    const entries = entriesOf(
      [start('one', 'sla'), start('two', 'sla'), start('one', 'exit'), start('one', 'sla')],
      [],
      TODAY,
    )
    expect(entries.map(({ moves }) => moves.map(({ dealId, proof }) => `${dealId} ${proof}`))).toEqual([
      ['one sla', 'one exit'],
      ['two sla'],
    ])
  })

  test('leave a meeting still to come to the meetings, and keep the one of today to be ticked off', () => {
    const meeting = (planStepId: string, on: string) => ({ dealId: 'one', deal: 'One', planStepId, on, people: [] })
    const entries = entriesOf(
      [move({ planStepId: 'a' }), move({ planStepId: 'b', due: '2026-05-14' })],
      [meeting('a', TODAY), meeting('b', '2026-05-14')],
      TODAY,
    )
    expect(entries.map(({ moves: [first] }) => first.planStepId)).toEqual(['a'])
  })
})

test('a question for several deals is asked once', () => {
  const ask = (dealId: string, question: string) => ({
    dealId,
    deal: dealId,
    fact: 'f',
    field: 'f',
    weight: 1,
    question: { en: question, zh: question },
  })
  expect(
    questionsOf([ask('one', 'Who?'), ask('two', 'When?'), ask('three', 'Who?')]).map((group) =>
      group.map(({ dealId }) => dealId),
    ),
  ).toEqual([['one', 'three'], ['two']])
})
