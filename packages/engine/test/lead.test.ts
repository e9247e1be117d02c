import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, CONCERNS, dayNumber, daysBetween, modelOf, plainDate } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { roomOf } from '../src/lead/topics.ts'
import type { TopicRoom } from '../src/lead/topics.ts'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)

describe('the lead', () => {
  test('a deal with only a name has no lead, nothing to start, and nothing red', () => {
    for (const n of [0, 100, 400]) {
      const { lead } = brief(read({ name: 'x', openedOn: FIRST }), METHOD, addDays(FIRST, n))
      expect(lead).toMatchObject({ state: 'unknown', days: null, act: null, startBy: [] })
      expect(lead.topics.red).toEqual([])
      for (const concern of CONCERNS) expect(lead.concerns![concern]).toMatchObject({ state: 'unknown', red: false })
    }
  })

  test('the calendar alone places nobody: without a word of the customer no phase is a fact, nothing is due, and no day of a decision is said', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { evidence: _, pins: _pins, process: _process, ...rest } = deal
        const { position, lead, outlook, findings } = brief({ ...rest, status: 'open' }, METHOD, asOf)
        expect(position.known).toBe(false)
        expect(outlook.when).toBeNull()
        expect(lead.topics).toMatchObject({ state: 'unknown', days: null, red: [] })
        expect(lead.startBy).toEqual([])
        expect(lead.step.lead).toBeNull()
        for (const room of lead.executives.each) if (room.met === null) expect(room.days).toBeNull()
        for (const { facts } of findings)
          expect(facts.map(({ fact }) => fact)).not.toEqual(expect.arrayContaining(['phase.index']))
      }),
      { numRuns: 40 },
    )
  })

  test('a list without proofs says of nothing that it is too late', () => {
    const late = (deal: Deal, asOf: PlainDate): number =>
      brief(deal, METHOD, asOf).lead.startBy.filter(({ verdict }) => verdict === 'too-late').length
    let withProofs = 0
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { proofs, ...rest } = deal
        const silent: Deal = { ...rest, evidence: [], touches: [], pins: [{ on: FIRST, phase: 'define' }] }
        withProofs += late({ ...silent, ...(proofs && { proofs }) }, asOf)
        expect(late(silent, asOf)).toBe(0)
      }),
      { numRuns: 60 },
    )
    expect(withProofs).toBeGreaterThan(0)
  })

  test('behind never stands without something red or a decider who is missed, covered never with either', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { lead } = brief(deal, METHOD, asOf)
        const red = CONCERNS.filter((concern) => lead.concerns?.[concern].red)
        const today = (concern: (typeof CONCERNS)[number]): number =>
          lead.concerns![concern].lines.open.findLast(({ on }) => on <= asOf)?.share ?? 0
        for (const concern of CONCERNS) {
          const room = lead.concerns?.[concern]
          if (room?.state === 'behind') expect(red).toContain(concern)
          if (room?.state === 'quiet') expect([room.days, red.includes(concern)]).toEqual([null, false])
        }
        for (const { met } of lead.executives.each) if (lead.executives.state === 'covered') expect(met).not.toBeNull()
        // What is red in words is red in the picture, today.
        for (const concern of red) expect(today(concern)).toBeGreaterThan(0)
        const missed = (lead.executives.days ?? 0) < 0
        if (lead.state === 'behind') expect(red.length > 0 || missed).toBe(true)
        if (lead.state === 'covered') expect([red, missed]).toEqual([[], false])
        expect(lead.topics.red.length > 0).toBe(red.length > 0)
      }),
      { numRuns: 80 },
    )
  })

  test('whatever else is due: being asked never raises the room of the topics, answering never lowers it', () => {
    const day = dayNumber(FIRST)
    const some = fc.record({
      base: fc.constantFrom(0, 0.4, 0.8, 1, 1.6),
      asked: fc.constantFrom(0, 0, 0.8, 1.5),
      due: fc.integer({ min: -90, max: 75 }),
      sooner: fc.integer({ min: 0, max: 60 }),
      answered: fc.boolean(),
    })
    type Some = typeof some extends fc.Arbitrary<infer T> ? T : never
    const topics = ({ base, asked, due, sooner, answered }: Some): TopicRoom =>
      ({
        critical: true,
        unknown: false,
        due: [due - 20, due, due + 20].map((on) => day + on - (asked > 0 ? sooner : 0)),
        ready: day,
        answered: answered ? day - 1 : null,
        base,
        extra: asked,
      }) as unknown as TopicRoom
    const room = (list: readonly Some[]): number => {
      const { state, days } = roomOf(list.map(topics))
      return state === 'covered' ? 45 : days!
    }
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), some, (others, one) => {
        const rooms = (change: Partial<Some>): number => room([...others, { ...one, ...change }])
        const [quiet, asked] = [rooms({ asked: 0 }), rooms({ asked: 1.5 })]
        if (!one.answered) expect(asked).toBeLessThanOrEqual(quiet)
        expect(rooms({ answered: true })).toBeGreaterThanOrEqual(rooms({ answered: false }))
      }),
      { numRuns: 2000 },
    )
  })

  test('what is planned is red no more from its day on, and without it the red would be as much larger', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { plan: _, ...bare } = deal
        const [withPlan, without] = [brief(deal, METHOD, asOf).lead, brief(bare, METHOD, asOf).lead]
        fc.pre(withPlan.concerns !== null)
        const shareOn = (steps: readonly { on: string; share: number }[], day: string): number =>
          steps.findLast(({ on }) => on <= day)?.share ?? 0
        for (const concern of CONCERNS) {
          const [ours, bareLines] = [withPlan.concerns![concern].lines, without.concerns![concern].lines]
          // Proofs under way are planned in both.
          for (const { on } of [...ours.open, ...ours.saved, ...bareLines.open, ...bareLines.saved]) {
            const [a, b] = [shareOn(ours.open, on), shareOn(bareLines.open, on)]
            expect(a).toBeLessThanOrEqual(b + 1e-9)
            expect(a + shareOn(ours.saved, on)).toBeCloseTo(b + shareOn(bareLines.saved, on), 9)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('nothing is due before it could have been ready after the first contact', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const first = deal.firstContactOn
        fc.pre(first !== undefined && first <= asOf)
        for (const { topic, crossing } of brief(deal, METHOD, asOf).lead.startBy) {
          const fast = Math.min(...MODEL.topics.get(topic)!.proofs.map(({ leadDays }) => leadDays[0]))
          expect(crossing >= addDays(first!, fast)).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('once we are chosen, a decider whom nobody met can be met until they sign, less the way in', () => {
    const signature = addDays(FIRST, 150)
    const deal = {
      name: 'x',
      firstContactOn: FIRST,
      people: [{ id: 'top', name: 'T', roles: ['number_one'], reportsTo: null, path: 'our_exec' }],
      touches: [],
      process: [
        { step: 'criteria-set', on: addDays(FIRST, 60), done: true },
        { step: 'signature', on: signature, source: 'contract' },
      ],
    }
    const room = (evidence: object[]): number => {
      const { executives } = brief(read({ ...deal, evidence }), METHOD, addDays(FIRST, 100)).lead
      return executives.each[0]!.days!
    }
    const said = { on: addDays(FIRST, 95), signal: 'preferred_vendor_named' }
    expect(room([])).toBeLessThan(0)
    expect(room([{ ...said, about: 'us' }])).toBeGreaterThan(20)
    // Said of nobody in the file it is said of us; said of a rival it is no word for us.
    const rivals = [{ id: 'r', name: 'R' }]
    const theirs = brief(read({ ...deal, rivals, evidence: [{ ...said, about: 'r' }] }), METHOD, addDays(FIRST, 100))
    expect(theirs.lead.executives.each[0]!.days).toBeLessThan(0)
  })

  test('no phase ends, and no decision falls, before the same reading of the phase before it', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { forecast } = brief(deal, METHOD, asOf).position
        fc.pre(forecast !== null)
        const ends = [...forecast!.ends.map(({ on }) => on), forecast!.decision]
        for (const reading of ['p10', 'p50', 'p90'] as const) {
          const days = ends.flatMap((on) => on[reading] ?? [])
          expect(days).toEqual([...days].sort())
        }
      }),
      { numRuns: 150 },
    )
  })

  test('a decision that is expected within the window of the day told for it is expected on that day', () => {
    const signature = addDays(FIRST, 200)
    const told = read({
      name: 'x',
      firstContactOn: FIRST,
      evidence: [{ on: addDays(FIRST, 5), signal: 'problem_owner_named' }],
      process: [{ step: 'signature', on: signature, source: 'published' }],
    })
    const { when } = brief(told, METHOD, addDays(FIRST, 50)).outlook
    expect([when!.p50, when!.p90]).toEqual([signature, signature])
    expect(when!.p10! <= signature).toBe(true)
  })

  test('a decider whom nobody met: the last good day is the end of their definition less the way in', () => {
    const deal = read({
      name: 'x',
      firstContactOn: FIRST,
      people: [{ id: 'top', name: 'T', roles: ['number_one'], reportsTo: null, path: 'our_exec' }],
      touches: [],
      proofs: [],
      evidence: [{ on: addDays(FIRST, 5), signal: 'problem_owner_named' }],
    })
    const { lead } = brief(deal, METHOD, addDays(FIRST, 10))
    const { executives } = lead
    expect(executives).toMatchObject({
      who: 'top',
      each: [{ met: null, path: 'our_exec', wayDays: 18, window: 'register' }],
    })
    expect(daysBetween(addDays(FIRST, 10), plainDate(executives.lastGoodDay!))).toBeGreaterThanOrEqual(executives.days!)
    const met = brief(
      { ...deal, touches: [{ on: addDays(FIRST, 9), play: 'register_exec', with: ['top'], outcome: 'done' }] },
      METHOD,
      addDays(FIRST, 10),
    )
    expect(met.lead.executives.days).toBe(45)
    const later = brief(
      { ...deal, touches: [{ on: addDays(FIRST, 9), play: 'register_exec', with: ['top'], outcome: 'done' }] },
      METHOD,
      addDays(FIRST, 9 + 70),
    )
    expect(later.lead.executives.days).toBe(5)
  })
})
