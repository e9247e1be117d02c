import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { addDays, brief, dealAsOf, modelOf, plainDate } from '@sente/engine'
import type { Deal, Person, PlainDate, Rival } from '@sente/engine'
import { relations } from '../src/people/relations.ts'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'
import { winNumber } from './support/win.ts'
import type { Win } from './support/win.ts'

const folder = new URL('./experts/', import.meta.url)
const experts: { deal: Deal; asOf: PlainDate }[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({
    deal: read(parse(readFileSync(new URL(name, folder), 'utf8'))),
    asOf: plainDate(JSON.parse(readFileSync(new URL(name.replace('.yaml', '.json'), folder), 'utf8')).asOf),
  }))

/** Deals that are open on the day, generated ones and those written by people who sell. */
const cases = fc
  .oneof(
    { weight: 3, arbitrary: fc.record({ deal: deals, asOf: asOfs }) },
    { weight: 1, arbitrary: fc.constantFrom(...experts) },
  )
  .map(({ deal, asOf }) => ({ deal: dealAsOf(deal, asOf), asOf }))
  .filter(({ deal }) => deal.status === 'open')

const MODEL = modelOf(METHOD)
const numberOf = (deal: Deal, asOf: PlainDate): Win => winNumber(deal, MODEL, asOf)
const winOf = (deal: Deal, asOf: PlainDate): number => numberOf(deal, asOf).value
const widthOf = (deal: Deal, asOf: PlainDate): number => {
  const { low, high } = numberOf(deal, asOf)
  return high - low
}
const pick = <T>(list: readonly T[] | undefined, at: number): T | undefined => list?.[at % (list.length || 1)]
const EPSILON = 1e-12

/** What is recorded of everything else stays; the person is just not on the map any more. */
function without(deal: Deal, id: string): Deal {
  const { people, rivals, evidence, touches, proofs, ucv, commitments, process, ...rest } = deal
  const not = (other: string): boolean => other !== id
  const strip = <T, K extends keyof T>(item: T, key: K): T => {
    const { [key]: value, ...others } = item
    return value === id ? (others as T) : item
  }
  return {
    ...rest,
    ...(people && { people: people.filter((one) => one.id !== id).map((one) => strip(one, 'reportsTo')) }),
    ...(rivals && {
      rivals: rivals.map((rival) =>
        rival.contacts ? { ...rival, contacts: rival.contacts.filter(({ person }) => person !== id) } : rival,
      ),
    }),
    ...(evidence && { evidence: evidence.map((piece) => strip(strip(piece, 'from'), 'about')) }),
    ...(touches && { touches: touches.map((touch) => ({ ...touch, with: touch.with.filter(not) })) }),
    ...(proofs && { proofs: proofs.map((proof) => (proof.for ? { ...proof, for: proof.for.filter(not) } : proof)) }),
    ...(ucv && { ucv: ucv.map((one) => strip(one, 'confirmedBy')) }),
    ...(commitments && { commitments: commitments.map((one) => strip(one, 'who')) }),
    ...(process && { process: process.map((step) => strip(step, 'owner')) }),
  }
}

const withPerson = (deal: Deal, id: string, change: (person: Person) => Person): Deal => ({
  ...deal,
  people: deal.people!.map((one) => (one.id === id ? change(one) : one)),
})
const withRival = (deal: Deal, change: Partial<Rival>): Deal => {
  const rivals = deal.rivals?.length ? deal.rivals : [{ id: 'other', name: 'Another vendor' }]
  return { ...deal, rivals: rivals.map((rival, i) => (i === 0 ? { ...rival, ...change } : rival)) }
}

function law(
  says: string,
  change: (deal: Deal, asOf: PlainDate, at: number) => Deal | undefined,
  compare: (before: number, after: number) => void,
): void {
  test(says, () => {
    fc.assert(
      fc.property(cases, fc.nat(1000), ({ deal, asOf }, at) => {
        const changed = change(deal, asOf, at)
        fc.pre(changed !== undefined)
        compare(winOf(deal, asOf), winOf(changed!, asOf))
      }),
      { numRuns: 600 },
    )
  })
}
const neverHigher = (before: number, after: number): void => expect(after).toBeLessThanOrEqual(before + EPSILON)
const neverLower = (before: number, after: number): void => expect(after).toBeGreaterThanOrEqual(before - EPSILON)

const proofs = METHOD.topics.topics.flatMap((topic) =>
  topic.proofs.map((proof) => ({ topic: topic.id, proof: proof.id })),
)
const signalsOf = (...ids: string[]): string[] =>
  METHOD.outlook.features.filter(({ id }) => ids.includes(id)).flatMap(({ signals }) => Object.keys(signals ?? {}))
const heard = (deal: Deal, signal: string, on: PlainDate, from?: string): Deal => ({
  ...deal,
  evidence: [
    ...(deal.evidence ?? []),
    { on, signal, confidence: 0.9, status: 'confirmed', ...(from === undefined ? {} : { from }) },
  ],
})

describe('the win number', () => {
  law(
    'never rises when a person is taken off the map',
    (deal, _, at) => {
      const person = pick(deal.people, at)
      return person && without(deal, person.id)
    },
    neverHigher,
  )

  test('does not hang on whether the only dated fact names a person who is gone from the map', () => {
    const asOf = plainDate('2025-06-01')
    const person = { id: 'ma', name: 'M', reportsTo: null }
    const met = read({ sente: 1, name: 'x', people: [person], touches: [{ on: '2025-01-10', with: ['ma'] }] })
    expect(winOf(without(met, 'ma'), asOf)).toBe(winOf(met, asOf))
    const theirs = read({
      sente: 1,
      name: 'x',
      people: [person],
      rivals: [{ id: 'r', name: 'R', contacts: [{ person: 'ma', on: '2025-01-10' }] }],
    })
    expect(winOf(without(theirs, 'ma'), asOf)).toBe(winOf(theirs, asOf))
  })

  law(
    'never falls when somebody’s stance is better',
    (deal, asOf, at) => {
      const person = pick(deal.people, at)
      if (!person) return undefined
      // Better than what stands today, which what was heard of them may have moved since it was written down.
      const now = relations(deal, MODEL, asOf).people.find(({ id }) => id === person.id)
      if (!now) return undefined
      const value = Math.min(2, (now.stance ?? 0) + 1)
      return withPerson(deal, person.id, (one) => ({ ...one, stance: [...(one.stance ?? []), { value, on: asOf }] }))
    },
    neverLower,
  )

  law(
    'never rises when a rival has met somebody',
    (deal, asOf, at) => {
      const person = pick(deal.people, at)
      const contacts = [
        ...(deal.rivals?.[0]?.contacts ?? []),
        { person: person?.id ?? '', on: addDays(asOf, -(at % 200)) },
      ]
      return person && withRival(deal, { contacts })
    },
    neverHigher,
  )

  law('never rises when a rival is ahead on the criteria', (deal) => withRival(deal, { leading: true }), neverHigher)
  law('never rises when a rival is the incumbent', (deal) => withRival(deal, { incumbent: true }), neverHigher)

  law(
    'never rises with a sign that they prefer a rival, or that we are losing them, or that they will not decide',
    (deal, asOf, at) =>
      heard(
        deal,
        pick(signalsOf('rival_pull', 'trouble', 'brakes'), at)!,
        addDays(asOf, -(at % 60)),
        at % 2 ? pick(deal.people, at)?.id : undefined,
      ),
    neverHigher,
  )

  law(
    'never falls when a topic is answered',
    (deal, asOf, at) => ({
      ...deal,
      proofs: [
        ...(deal.proofs ?? []),
        {
          ...pick(proofs, at)!,
          history: [
            { status: pick(['prepared', 'presented', 'accepted'] as const, at)!, on: addDays(asOf, -(at % 90)) },
          ],
        },
      ],
    }),
    neverLower,
  )

  law(
    'never falls when somebody agrees to hold, recorded with the person or heard',
    (deal, asOf, at) => {
      const person = pick(deal.people, at)
      if (!person) return undefined
      return at % 2
        ? heard(deal, 'exec_holds_commitment', asOf, person.id)
        : withPerson(deal, person.id, (one) => ({ ...one, hold: [...(one.hold ?? []), { value: 'given', on: asOf }] }))
    },
    neverLower,
  )

  law(
    'never rises when a promise is broken: theirs to hold, or theirs to do',
    (deal, asOf, at) => {
      const person = pick(deal.people, at)
      if (!person || at % 2 === 0)
        return {
          ...deal,
          commitments: [
            ...(deal.commitments ?? []),
            { what: 'to send the data', promisedOn: addDays(asOf, -30), dueOn: addDays(asOf, -10) },
          ],
        }
      return withPerson(deal, person.id, (one) => ({
        ...one,
        hold: [...(one.hold ?? []), { value: 'broken', on: asOf }],
      }))
    },
    neverHigher,
  )

  test('120 days without any fact lower it by at least a twentieth of itself', () => {
    fc.assert(
      fc.property(cases, ({ deal, asOf }) => {
        fc.pre([deal.openedOn, deal.firstContactOn, deal.evidence?.[0], deal.stages?.[0], deal.pins?.[0]].some(Boolean))
        expect(winOf(deal, addDays(asOf, 120))).toBeLessThanOrEqual(0.95 * winOf(deal, asOf))
      }),
      { numRuns: 600 },
    )
  })

  test('its interval is never narrower when the file says less', () => {
    const lists = ['evidence', 'touches', 'proofs', 'people', 'rivals', 'ucv', 'commitments', 'process'] as const
    fc.assert(
      fc.property(cases, fc.constantFrom(...lists), fc.nat(50), fc.boolean(), ({ deal, asOf }, key, at, whole) => {
        const list = deal[key]
        fc.pre(list !== undefined && list.length > 0)
        const { [key]: _whole, ...rest } = deal
        const person = key === 'people' ? pick(deal.people, at) : undefined
        const left = (list as unknown[]).filter((_, i) => i !== at % list!.length)
        const less = whole && key !== 'people' ? rest : person ? without(deal, person.id) : { ...deal, [key]: left }
        expect(widthOf(less as Deal, asOf)).toBeGreaterThanOrEqual(widthOf(deal, asOf) - EPSILON)
      }),
      { numRuns: 600 },
    )
  })

  test('won, lost and no decision sum to one, won is the number, and it lies in its interval', () => {
    fc.assert(
      fc.property(cases, ({ deal, asOf }) => {
        const { whether, horizon } = brief(deal, METHOD, asOf).outlook
        expect(horizon!.won + horizon!.lost + horizon!.noDecision).toBeCloseTo(1, 12)
        expect(horizon!.won).toBe(whether!.value)
        expect(numberOf(deal, asOf)).toEqual(whether)
        for (const share of [horizon!.won, horizon!.lost, horizon!.noDecision, whether!.low, whether!.high]) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
        expect(whether!.low).toBeLessThanOrEqual(whether!.value)
        expect(whether!.high).toBeGreaterThanOrEqual(whether!.value)
      }),
      { numRuns: 80 },
    )
  })

  test('of a deal with only a name is the base rate, in a wide interval', () => {
    const { whether, horizon } = brief(read({ sente: 1, name: 'x' }), METHOD, plainDate('2025-03-01')).outlook
    const { won, noDecision } = METHOD.outlook.base
    expect(whether!.value).toBeCloseTo(won, 12)
    expect(horizon!.noDecision).toBeCloseTo(noDecision, 12)
    expect(whether!.low).toBeLessThan(0.2)
    expect(whether!.high).toBeGreaterThan(0.6)
    expect(whether!.contributions.every(({ contribution, known }) => !known && contribution === 0)).toBe(true)
  })

  test('is what docs/engine.md works out by hand in section 7', () => {
    const deal = read({
      sente: 1,
      name: 'x',
      firstContactOn: '2025-01-01',
      people: [{ id: 'top', name: 'T', roles: ['number_one', 'economic_buyer'], reportsTo: null, stance: 1 }],
      rivals: [{ id: 'r', name: 'R', leading: true, contacts: [{ person: 'top', on: '2025-02-20' }] }],
      touches: [{ on: '2025-03-01', play: 'register_exec', with: ['top'] }],
      evidence: [
        { on: '2025-02-20', signal: 'champion_sells_inside' },
        { on: '2025-02-25', signal: 'budget_approved' },
      ],
    })
    const { whether, horizon } = brief(deal, METHOD, plainDate('2025-03-02')).outlook
    expect([horizon!.won, horizon!.lost, horizon!.noDecision].map((p) => p.toFixed(3))).toEqual([
      '0.301',
      '0.467',
      '0.231',
    ])
    expect([whether!.low, whether!.high].map((p) => p.toFixed(3))).toEqual(['0.157', '0.637'])
    const value = Object.fromEntries(whether!.contributions.map((part) => [part.feature, part.value.toFixed(3)]))
    expect(value).toMatchObject({
      number_one: '0.238',
      top_missing: '0.190',
      rival_pull: '0.350',
      favour: '0.500',
      early: '0.074',
      far: '0.000',
    })
  })
})
