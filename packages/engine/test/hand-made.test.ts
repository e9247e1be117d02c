import { describe, expect, test } from 'vitest'
import { addDays, brief, daysBetween, daysLate, modelOf, plainDate } from '@sente/engine'
import { FIRST, read, SPAN } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)

describe('hand-made cases', () => {
  const on = (n: number): string => addDays(FIRST, n)
  const base = {
    name: 'x',
    firstContactOn: FIRST,
    people: [
      { id: 'cfo', name: 'C', roles: ['finance'], influence: 4 },
      { id: 'cio', name: 'I', roles: ['technical_buyer'], influence: 2 },
    ],
  }

  test('readiness of a topic is status times strength, over people by influence, over topics by weight', () => {
    const topic = MODEL.topics.get('vendor_viability')!
    const deal = read({
      ...heard,
      proofs: [{ topic: 'vendor_viability', proof: 'financials', for: ['cfo'], status: 'presented', on: on(10) }],
    })
    const view = brief(deal, METHOD, addDays(FIRST, 20)).readiness
    const entry = view.topics.risk.find((item) => item.topic === 'vendor_viability')!
    // Only the finance director asks it (engine.md, section 3): presented 0.7 × strong 1.
    expect(topic.askedBy).toContain('finance')
    expect(entry.people.map(({ person, value }) => [person, value])).toEqual([['cfo', 0.7]])
    expect(entry.value).toBeCloseTo(0.7, 12)
    const total = view.topics.risk.reduce((sum, item) => sum + item.weight, 0)
    expect(view.now.risk).toBeCloseTo((0.7 * entry.weight) / total, 12)
  })

  test('a proof for nobody in particular counts at most as prepared', () => {
    const deal = read({
      ...base,
      proofs: [{ topic: 'vendor_viability', proof: 'financials', status: 'accepted', on: on(10) }],
    })
    const entry = brief(deal, METHOD, addDays(FIRST, 20)).readiness.topics.risk.find(
      (item) => item.topic === 'vendor_viability',
    )!
    expect(entry.value).toBeCloseTo(0.4, 12)
  })

  test('a status counts from its day on, and an expired proof falls back to missing', () => {
    const deal = read({
      ...base,
      proofs: [
        {
          topic: 'vendor_viability',
          proof: 'financials',
          for: ['cfo'],
          status: 'accepted',
          on: on(10),
          expiresOn: on(40),
        },
      ],
    })
    const at = (n: number): number =>
      brief(deal, METHOD, addDays(FIRST, n)).readiness.topics.risk.find((item) => item.topic === 'vendor_viability')!
        .value
    expect([at(9), at(10), at(39), at(40)]).toEqual([0, 1, 1, 0])
  })

  test('what is being prepared counts nothing yet, but is seen', () => {
    const deal = read({
      ...base,
      proofs: [{ topic: 'vendor_viability', proof: 'financials', for: ['cfo'], status: 'preparing', on: on(10) }],
    })
    const entry = brief(deal, METHOD, addDays(FIRST, 20)).readiness.topics.risk.find(
      (item) => item.topic === 'vendor_viability',
    )!
    expect([entry.value, entry.status]).toEqual([0, 'preparing'])
  })

  test('trust halves in 60 days after the last substantive touch, and never falls below registered', () => {
    const person = { id: 'top', name: 'T', roles: ['number_one', 'economic_buyer'], reportsTo: null }
    const climb = ['register_exec', 'peer_exec_exchange', 'peer_exec_exchange'].map((play, i) => ({
      on: on(10 * i),
      play,
      with: ['top'],
    }))
    const deal = read({ name: 'x', firstContactOn: FIRST, people: [person], touches: climb })
    const at = (n: number): { rung: string; trust: number } => brief(deal, METHOD, addDays(FIRST, n)).people.people[0]!
    const rungs = METHOD.people.rungs
    const reached = rungs.find(({ id }) => id === at(20).rung)!
    const registered = rungs.find(({ id }) => id === 'registered')!
    expect(reached.trust).toBeGreaterThan(registered.trust)
    expect(at(20).trust).toBeCloseTo(reached.trust, 12)
    expect(at(80).trust).toBeCloseTo(Math.max(reached.trust / 2, registered.trust), 12)
    expect(at(SPAN).trust).toBeCloseTo(registered.trust, 12)
  })

  const heard = { ...base, evidence: [{ on: on(1), signal: 'problem_owner_named' }] }

  test('a topic that everybody has accepted is never a proof to start', () => {
    const deal = read({
      ...base,
      proofs: [{ topic: 'vendor_viability', proof: 'financials', for: ['cfo'], status: 'accepted', on: on(1) }],
    })
    expect(brief(deal, METHOD, addDays(FIRST, 20)).lead.startBy.map(({ topic }) => topic)).not.toContain(
      'vendor_viability',
    )
    expect(
      brief(read({ ...heard, proofs: [] }), METHOD, addDays(FIRST, 20)).lead.startBy.map(({ topic }) => topic),
    ).toContain('vendor_viability')
  })

  test('the start-by date is the day it is due less the lead time; past it only the fast way is left, then none', () => {
    const items = brief(read({ ...heard, proofs: [] }), METHOD, addDays(FIRST, 5)).lead.startBy
    expect(items.length).toBeGreaterThan(5)
    for (const item of items) {
      const proofEntry = MODEL.topics.get(item.topic)!.proofs.find(({ id }) => id === item.proof)!
      const [fast, slow] = proofEntry.leadDays
      expect(daysLate(item, addDays(FIRST, 5)) > 0).toBe(item.verdict === 'too-late')
      if (item.verdict === 'too-late') expect(item.startBy).toBe(addDays(FIRST, 5))
      else expect(daysBetween(plainDate(item.startBy), plainDate(item.crossing))).toBe(item.leadDays)
      if (item.verdict === 'fast') expect(item.leadDays).toBe(fast)
      if (item.verdict === 'normal') expect(item.leadDays).toBeLessThanOrEqual(slow)
    }
  })
})
