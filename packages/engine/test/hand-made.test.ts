import { describe, expect, test } from 'vitest'
import { addDays, brief, dayNumber, daysBetween, daysLate, modelOf, plainDate } from '@sente/engine'
import { executivesRoom } from '../src/lead/executives.ts'
import { roomOf } from '../src/lead/topics.ts'
import type { TopicRoom } from '../src/lead/topics.ts'
import { coverOf, relations } from '../src/people/relations.ts'
import { FIRST, read, SPAN } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)

describe('what docs/engine.md works out by hand', () => {
  test('section 4: the room of the topics is their weighted mean, and a question counts only while it lowers it', () => {
    const today = dayNumber(FIRST)
    const topic = (room: number | 'answered', weight: number, asked = false): TopicRoom =>
      ({
        critical: true,
        unknown: false,
        due: Array.from({ length: 3 }, () => today + (room === 'answered' ? 0 : room)),
        ready: today,
        answered: room === 'answered' ? today - 1 : null,
        base: asked ? 0 : weight,
        extra: asked ? weight : 0,
      }) as unknown as TopicRoom
    const three = [topic(-12, 1), topic(4, 1.2), topic('answered', 1)]
    expect(roomOf(three)).toMatchObject({ state: 'ahead', days: 12 })
    expect(roomOf([...three, topic(-30, 1, true)]).days).toBe(2)
    expect(roomOf([...three, topic(20, 1, true)]).days).toBe(12)
    expect(roomOf([topic('answered', 1), ...three.slice(1)]).days).toBe(30)
  })

  test('section 4: the room of a decider whom nobody met, who was met, and with whom a rival was later', () => {
    const top = { id: 'top', name: 'T', roles: ['number_one'], reportsTo: null, path: 'our_exec' }
    const on = (day: string, more: object): { days: number | null; last: string | null } => {
      const asOf = plainDate(day)
      const deal = read({ name: 'x', firstContactOn: '2025-01-06', people: [top], touches: [], ...more })
      // Their definition ends on 12 June, and nothing else of their way is in sight.
      const ends = dayNumber(plainDate('2025-06-12'))
      const reached = (rank: number): (number | null)[] => (rank <= 12 ? [ends, ends, ends] : [null, null, null])
      const room = executivesRoom({ deal, model: MODEL, asOf, relations: relations(deal, MODEL, asOf), reached })
      return { days: room.days, last: room.lastGoodDay }
    }
    expect(on('2025-05-20', {})).toEqual({ days: 5, last: '2025-05-25' })
    expect(on('2025-06-20', {}).days).toBe(-8)
    const met = { touches: [{ on: '2025-04-01', play: 'register_exec', with: ['top'] }] }
    expect(on('2025-05-20', met)).toEqual({ days: 26, last: '2025-06-15' })
    const rivals = [{ id: 'r', name: 'R', contacts: [{ person: 'top', on: '2025-05-10' }] }]
    expect(on('2025-05-20', { ...met, rivals })).toEqual({ days: 4, last: '2025-05-24' })
  })

  test('section 5: cover is trust by influence', () => {
    const cover = coverOf([
      { trust: 0.55, influence: 4 },
      { trust: 0.3, influence: 2 },
    ])
    expect(cover!.value.toFixed(3)).toBe('0.467')
  })
})

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
