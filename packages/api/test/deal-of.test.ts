import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { brief, plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { dealOf, recordsOf } from '@sente/api'
import { deals, read } from '../../engine/test/support/deals.ts'
import { METHOD } from '../../engine/test/support/method.ts'

/** Ids that sort in the order in which they were made, and look like those of the store. */
function counter(): () => string {
  let n = 0
  return () => `01900000-0000-7000-8000-${String(n++).padStart(12, '0')}`
}
const options = () => ({
  newId: counter(),
  ownerId: '01900000-0000-7000-8000-ffffffffffff',
  createdAt: '2026-01-01T00:00:00+00:00',
})

const folder = new URL('../../../examples/', import.meta.url)
const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

it.each(examples)('%s becomes records and the same deal again', (name) => {
  const deal = read(parse(readFileSync(new URL(name, folder), 'utf8')))
  expect(dealOf(recordsOf(deal, options()))).toEqual(deal)
})

it('any deal becomes records and the same deal again, in whatever order the records come', () => {
  fc.assert(
    fc.property(deals, fc.boolean(), (deal, reversed) => {
      const whole = recordsOf(deal, options())
      const given = reversed
        ? (Object.fromEntries(
            Object.entries(whole).map(([name, value]) => [name, Array.isArray(value) ? value.toReversed() : value]),
          ) as typeof whole)
        : whole
      expect(dealOf(given)).toEqual(deal)
    }),
    { numRuns: 300 },
  )
})

it('whom evidence is about is a person, a rival or us, in the records as in the file', () => {
  const on = plainDate('2026-01-01')
  const evidence = (['zhou', 'north', 'us'] as const).map((about) => ({
    on,
    signal: 'asks_local_support',
    about,
    confidence: 1,
    status: 'confirmed' as const,
  }))
  const deal: Deal = {
    sente: 1,
    name: 'A deal',
    status: 'open',
    people: [{ id: 'zhou', name: 'Zhou Min', roles: [] }],
    rivals: [{ id: 'north', name: 'Northstar' }],
    evidence,
  }
  const whole = recordsOf(deal, options())
  expect(whole.evidence!.map(({ about }) => about)).toEqual([whole.people![0]!.id, 'north', 'us'])
  expect(dealOf(whole)).toEqual(deal)
})

it('keeps silence, none and empty apart, and lists of every kind that are known to be empty', () => {
  const deal: Deal = {
    sente: 1,
    id: 'the-deal',
    name: 'A deal',
    status: 'open',
    goal: false,
    exchange: false,
    riskFile: false,
    riskMessage: false,
    execPlan: { targets: [] },
    traits: [],
    us: { execSponsor: false, references: [] },
    account: { name: 'A', goal: false, plan: false },
    people: [
      {
        id: 'a',
        name: 'A',
        roles: [],
        stance: [],
        hold: [],
        agenda: false,
        pressures: false,
        businessModel: false,
        reportsTo: null,
      },
      { id: 'b', name: 'B', roles: [] },
    ],
    rivals: [
      { id: 'x', name: 'X', contacts: [], strengths: {} },
      { id: 'y', name: 'Y' },
    ],
    process: [],
    evidence: [],
    pins: [],
    stages: [],
    notNeeded: [],
    ucv: [],
    steps: [],
    commitments: [],
    discounts: [],
    notes: [],
    sellerEstimate: [],
    managerEstimate: [],
    touches: [{ on: plainDate('2026-01-01'), with: [], outcome: 'done' }],
    proofs: [{ topic: 'vendor_viability', proof: 'investor_letter', for: [], history: [] }],
    plan: [{ status: 'open', with: [] }, { status: 'open' }],
  }
  expect(dealOf(recordsOf(deal, options()))).toEqual(deal)
  const nothing: Deal = {
    sente: 1,
    name: 'Nothing',
    status: 'open',
    people: [],
    rivals: [],
    touches: [],
    proofs: [],
    plan: [],
  }
  expect(dealOf(recordsOf(nothing, options()))).toEqual(nothing)
})

it('a status that was written down late takes its place in the history by its day', () => {
  const deal: Deal = {
    sente: 1,
    name: 'A deal',
    status: 'open',
    people: [
      {
        id: 'a',
        name: 'A',
        roles: [],
        stance: [
          { value: 1, on: plainDate('2026-02-01') },
          { value: -1, on: plainDate('2026-01-01') },
        ],
      },
    ],
  }
  expect(dealOf(recordsOf(deal, options())).people![0]!.stance!.map(({ value }) => value)).toEqual([-1, 1])
})

it('gives the engine the same brief', () => {
  const deal = read(parse(readFileSync(new URL(examples[0]!, folder), 'utf8')))
  const asOf = plainDate('2025-04-15')
  expect(JSON.stringify(brief(dealOf(recordsOf(deal, options())), METHOD, asOf))).toBe(
    JSON.stringify(brief(deal, METHOD, asOf)),
  )
})
