import { describe, expect, test } from 'vitest'
import { addDays, brief, dayNumber, daysBetween, daysLate, modelOf, plainDate, withBaseRate } from '@sente/engine'
import { curveValue, dealDemand, expected, orderOf, quantile, roleDemand } from '../src/demand/demand.ts'
import { homeworkOf } from '../src/diagnosis/homework.ts'
import { executivesRoom } from '../src/lead/executives.ts'
import { roomOf } from '../src/lead/topics.ts'
import type { TopicRoom } from '../src/lead/topics.ts'
import { mapEstimate } from '../src/outlook/map.ts'
import { coverOf, relations } from '../src/people/relations.ts'
import { chainOf } from '../src/position/chain.ts'
import { toldOf } from '../src/position/told.ts'
import { FIRST, read, SPAN } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)

/** As the page writes it: so many digits. */
const said = (value: number, digits = 3): string => value.toFixed(digits)

describe('what docs/engine.md works out by hand', () => {
  test('section 1: a day told with .8 for what the chain gives .2 is kept with .84, and what lies outside is worth .0476', () => {
    const { open } = chainOf(MODEL)
    const today = dayNumber(FIRST)
    // A week ahead the window begins today, so that a future is inside or outside and nothing else.
    const told = (now: Float64Array) =>
      toldOf(open, MODEL, now, today, [
        { index: 0, step: 'x', rank: 12, day: today + 7, reliability: 0.8, done: false },
      ])!
    const outside = (now: Float64Array): number => told(now).factors.get(7)![0]!.by
    const standing = (...places: [place: number, share: number][]): Float64Array => {
      const vector = new Float64Array(2 * open.n)
      for (const [place, share] of places) vector[place]! += share
      return vector
    }
    // P0 follows from ε, and is linear in where they stand: a mix of far away and close by has exactly .2.
    const near = open.rankOf.indexOf(11)
    const share = (now: Float64Array): number => (0.8 * outside(now)) / (0.2 * (1 - outside(now)))
    const [far, close] = [share(standing([0, 1])), share(standing([near, 1]))]
    const mix = (0.2 - far) / (close - far)
    expect(mix).toBeGreaterThan(0)
    expect(mix).toBeLessThan(1)
    const now = standing([0, 1 - mix], [near, mix])
    expect(said(outside(now), 4)).toBe('0.0476')
    const { worth } = told(now)
    const left = now.reduce((sum, mass, i) => sum + mass * worth[i]!, 0)
    expect(said(left, 4)).toBe('0.2381')
    expect(said(0.2 / left, 4)).toBe('0.8400')
  })

  test('section 2: the demand of a person, of a deal, and what is expected of it over the position', () => {
    const { open } = chainOf(MODEL)
    const trait = { trait: MODEL.traits.get('mission_critical')!, implied: false }
    const people = read({
      name: 'x',
      people: [
        { id: 'cfo', name: 'C', roles: ['finance'], influence: 4 },
        { id: 'cio', name: 'I', roles: ['technical_buyer'], influence: 2 },
      ],
    }).people!
    const demand = dealDemand(MODEL, open, [trait], people).risk
    const [third, fourth] = [14, 15].map((rank) => open.rankOf.indexOf(rank)) as [number, number]
    expect(said(open.u[third]!)).toBe('0.614')
    expect(said(curveValue(MODEL, [], 'risk', open.u[third]!), 1)).toBe('42.1')
    expect(said(curveValue(MODEL, [trait], 'risk', open.u[third]!), 1)).toBe('54.1')
    const of = (role: string): string => said(roleDemand(MODEL, open, [trait], [role]).risk[third]!)
    expect([of('finance'), of('technical_buyer'), said(demand[third]!)]).toEqual(['0.666', '0.643', '0.658'])
    expect(said(curveValue(MODEL, [], 'risk', open.u[fourth]!), 1)).toBe('55.1')
    expect(said(demand[fourth]!)).toBe('0.817')
    const shares = new Float64Array(open.n)
    shares[third] = 0.7
    shares[fourth] = 0.3
    expect(said(expected(shares, demand))).toBe('0.706')
    const order = orderOf(demand)
    expect([0.1, 0.9].map((q) => said(quantile(shares, demand, order, q)))).toEqual(['0.658', '0.817'])
  })
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

  test('section 6: what is asked, in which order, and what is asked once', () => {
    const rule = (severity: string) => METHOD.rules.rules.find((entry) => entry.severity === severity)!
    const waits = (severity: string, ...missing: string[]) => ({
      rule: rule(severity),
      result: 'unknown' as const,
      missing,
    })
    const results = [
      waits('danger', 'execs.top.identified'),
      waits('danger', 'signals.competitor_met_top', 'ucv.versions'),
      waits('warn', 'competitor.met_top'),
    ]
    const asked = (more: object): [fact: string, weight: number][] => {
      const deal = read({ name: 'x', people: [{ id: 'p', name: 'P' }], ...more })
      const ctx = { model: MODEL, deal, asOf: addDays(FIRST, 30) } as Parameters<typeof homeworkOf>[2]
      return homeworkOf(results, new Map(), ctx).map(({ fact, weight }) => [fact, weight])
    }
    const [who, rest] = [
      ['execs.top.identified', 34],
      [
        ['phase.evidence_count', 20],
        ['signals.competitor_met_top', 4],
      ],
    ] as const
    expect(asked({})).toEqual([who, ['process.known_ratio', 24], ...rest])
    const passed = { step: 'shortlist', on: addDays(FIRST, 10), done: false }
    expect(asked({ process: [passed] })).toEqual([['process.known_ratio', 40], who, ...rest])
  })

  test('section 7: the own base rate, and a coefficient between its prior and the data', () => {
    const { won, noDecision, sd } = withBaseRate(METHOD.outlook, { won: 18, lost: 14, noDecision: 8 }).base
    expect([won, noDecision, sd].map((value) => said(value))).toEqual(['0.446', '0.205', '0.433'])
    expect(METHOD.outlook.base.sd).toBe(0.6)
    const fit = (wins: number, sign: 0 | 1): { value: number; sd: number } => {
      const { values, sds } = mapEstimate(
        Array.from({ length: 5 }, () => [1]),
        [{ mean: 0, sd: 1, sign }],
        (predictor, i) => {
          const p = 1 / (1 + Math.exp(-predictor))
          const y = Number(i < wins)
          return { value: -Math.log(y ? p : 1 - p), slope: p - y, curvature: p * (1 - p) }
        },
      )
      return { value: values[0]!, sd: sds[0]! }
    }
    const four = fit(4, 1)
    expect([four.value, four.sd].map((value) => said(value))).toEqual(['0.681', '0.687'])
    expect([-1, 1].map((side) => said(four.value + side * 1.2816 * four.sd, 2))).toEqual(['-0.20', '1.56'])
    expect(said(fit(1, 0).value)).toBe('-0.681')
    expect(fit(1, 1).value).toBe(0)
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
