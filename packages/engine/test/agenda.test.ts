import { describe, expect, test } from 'vitest'
import { agendaOf, plainDate } from '@sente/engine'
import type { DealOfAgenda, Step } from '@sente/engine'

const today = plainDate('2025-08-12')
const text = (en: string) => ({ en, zh: en })
const lu = { id: 'p-lu', name: 'Lu Yan' }
const qin = { id: 'p-qin', name: 'Qin Bo' }
const step = (more: Partial<Step> = {}): Step => ({
  play: 'ucv_update',
  name: text('UCV update'),
  with: ['lu'],
  through: 'qin',
  path: 'internal_recommendation',
  ours: 'chen',
  on: '2025-08-18',
  earliest: '2025-08-14',
  latest: '2025-10-09',
  start: '2025-08-13',
  bring: {
    what: text('Half a page'),
    proofs: [{ proof: 'case', name: text('Written case'), topic: 'reference', for: 'lu', startBy: '2025-08-13' }],
  },
  ask: text('Still so?'),
  why: [text('must have met us')],
  because: [],
  first: [],
  ifDeclined: null,
  linked: [],
  locked: false,
  worth: 10,
  ...more,
})
const deal = (more: Partial<DealOfAgenda> = {}): DealOfAgenda => ({
  dealId: 'd1',
  deal: 'One',
  steps: [],
  promises: [],
  people: new Map([
    ['lu', lu],
    ['qin', qin],
  ]),
  ours: new Map([['chen', 'Chen Mei']]),
  ...more,
})

describe('the agenda of a day', () => {
  test('names people before papers: with whom, through whom, who of ours, by when, with what in hand, and why', () => {
    const { lines } = agendaOf(today, [deal({ plan: { steps: [step()], questions: [] } })])
    expect(lines).toEqual([
      {
        kind: 'decide',
        dealId: 'd1',
        deal: 'One',
        step: 'ucv_update~lu',
        play: 'ucv_update',
        with: [lu],
        on: '2025-08-18',
        start: '2025-08-13',
        ours: 'Chen Mei',
        through: 'Qin Bo',
        why: text('must have met us'),
        bring: text('Half a page'),
        papers: [{ name: text('Written case'), startBy: '2025-08-13' }],
      },
    ])
  })

  test('asks of a meeting of half a year ago behind what must be begun now', () => {
    const { lines } = agendaOf(today, [
      deal({ dealId: 'd1', steps: [{ id: 's1', what: 'Visit', on: '2025-02-06', with: [qin] }] }),
      deal({ dealId: 'd2', steps: [{ id: 's2', what: 'Call', on: '2025-07-13', with: [qin] }] }),
      deal({ dealId: 'd3', plan: { steps: [step()], questions: [] } }),
    ])
    expect(lines.map(({ kind, dealId }) => [kind, dealId])).toEqual([
      ['outcome', 'd2'],
      ['decide', 'd3'],
      ['outcome', 'd1'],
    ])
  })

  test('has today first, then promises of ours that are due, what has passed, what comes, and what must be begun', () => {
    const { lines } = agendaOf(today, [
      deal({
        plan: { steps: [step()], questions: [] },
        promises: [{ id: 'c1', what: 'Cost model', dueOn: '2025-08-10', to: lu }],
      }),
      deal({ dealId: 'd2', steps: [{ id: 's1', what: 'Visit', on: '2025-08-06', with: [qin] }] }),
      deal({ dealId: 'd3', steps: [{ id: 's2', play: 'exec_discovery', on: '2025-08-12', with: [lu] }] }),
      deal({ dealId: 'd4', steps: [{ id: 's3', play: 'exec_discovery', on: '2025-08-15', with: [lu] }] }),
    ])
    expect(lines.map(({ kind, on }) => [kind, on])).toEqual([
      ['see', '2025-08-12'],
      ['promise', '2025-08-10'],
      ['outcome', '2025-08-06'],
      ['see', '2025-08-15'],
      ['decide', '2025-08-18'],
    ])
  })

  test('is never longer than seven lines, nor more than two of one deal where there are others', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ id: `s${i}`, what: `Call ${i}`, on: '2025-08-12', with: [lu] }))
    const { lines } = agendaOf(today, [deal({ steps: many }), deal({ dealId: 'd2', steps: many })])
    expect(lines.map(({ dealId }) => dealId)).toEqual(['d1', 'd1', 'd2', 'd2'])
    expect(agendaOf(today, [deal({ steps: many })]).lines).toHaveLength(7)
  })

  test('leaves out what need not be begun yet and what is further away than a week, and asks one question', () => {
    const question = {
      to: 'qin',
      about: 'decision',
      text: text('Who must agree?'),
      changes: text('every window'),
      worth: 2,
    }
    const agenda = agendaOf(today, [
      deal({
        plan: { steps: [step({ start: '2025-09-20', on: '2025-10-01' })], questions: [{ ...question, worth: 1 }] },
        steps: [{ id: 's', what: 'Far', on: '2025-08-30', with: [lu] }],
      }),
      deal({ dealId: 'd2', deal: 'Two', plan: { steps: [], questions: [question] } }),
    ])
    expect(agenda.lines).toEqual([])
    expect(agenda.question).toEqual({
      dealId: 'd2',
      deal: 'Two',
      to: 'Qin Bo',
      text: question.text,
      changes: question.changes,
    })
  })

  test('of a step in the deal says what the plan says of it', () => {
    const own = step({ locked: true })
    const { lines } = agendaOf(today, [
      deal({
        plan: { steps: [own], questions: [] },
        steps: [{ id: 's', play: 'ucv_update', on: '2025-08-18', with: [lu], owner: 'Wang' }],
      }),
    ])
    expect(lines).toMatchObject([
      { kind: 'see', planStepId: 's', ours: 'Wang', through: 'Qin Bo', bring: text('Half a page') },
    ])
  })
})
