import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { dealJsonSchema, parseDeal } from '@sente/engine'
import type { DealFault } from '@sente/engine'
import { rawDeals } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const faultsOf = (file: unknown): DealFault[] => {
  const result = parseDeal(file, METHOD)
  return 'faults' in result ? result.faults : []
}
const people = [
  { id: 'zhou', name: 'Zhou' },
  { id: 'lin', name: 'Lin', reportsTo: 'zhou' },
]

describe('a fault of a deal file says where, what and what is allowed', () => {
  const cases: [what: string, file: object, path: (string | number)[], code: DealFault['code'], nearest?: string][] = [
    ['no name', {}, ['name'], 'missing-key'],
    ['an unknown key', { name: 'x', evidnce: [] }, ['evidnce'], 'unknown-key', 'evidence'],
    [
      'an unknown key far inside',
      { name: 'x', people: [{ id: 'a', name: 'A', titel: 'CEO' }] },
      ['people', 0, 'titel'],
      'unknown-key',
      'title',
    ],
    ['a text where a list belongs', { name: 'x', people: 'Zhou' }, ['people'], 'wrong-type'],
    ['a day that no calendar has', { name: 'x', openedOn: '2025-02-30' }, ['openedOn'], 'impossible-date'],
    ['a date with a time', { name: 'x', openedOn: '2025-02-03T10:00' }, ['openedOn'], 'impossible-date'],
    [
      'a person nobody knows',
      { name: 'x', people, evidence: [{ on: '2025-01-01', signal: 'rfp_issued', from: 'zhu' }] },
      ['evidence', 0, 'from'],
      'unknown-person',
      'zhou',
    ],
    [
      'a boss nobody knows',
      { name: 'x', people: [{ id: 'a', name: 'A', reportsTo: 'b' }] },
      ['people', 0, 'reportsTo'],
      'unknown-person',
    ],
    [
      'two that report to each other',
      {
        name: 'x',
        people: [
          { id: 'a', name: 'A', reportsTo: 'b' },
          { id: 'b', name: 'B', reportsTo: 'a' },
        ],
      },
      ['people', 0, 'reportsTo'],
      'cycle',
    ],
    [
      'the same id twice',
      {
        name: 'x',
        people: [
          { id: 'a', name: 'A' },
          { id: 'a', name: 'B' },
        ],
      },
      ['people', 1, 'id'],
      'duplicate-id',
    ],
    [
      'a signal that the method has not',
      { name: 'x', evidence: [{ on: '2025-01-01', signal: 'rfp_isued' }] },
      ['evidence', 0, 'signal'],
      'unknown-signal',
      'rfp_issued',
    ],
    [
      'a play that the method has not',
      { name: 'x', touches: [{ on: '2025-01-01', play: 'proof_pak' }] },
      ['touches', 0, 'play'],
      'unknown-play',
      'proof_pack',
    ],
    [
      'a topic that the method has not',
      { name: 'x', proofs: [{ topic: 'viability', proof: 'financials' }] },
      ['proofs', 0, 'topic'],
      'unknown-topic',
    ],
    [
      'a proof of another topic',
      { name: 'x', proofs: [{ topic: 'vendor_viability', proof: 'poc_report' }] },
      ['proofs', 0, 'proof'],
      'unknown-proof',
    ],
    [
      'a rival nobody knows',
      {
        name: 'x',
        rivals: [{ id: 'north', name: 'North' }],
        ucv: [{ on: '2025-01-01', onlyUs: 'x', differsFrom: { nort: 'y' } }],
      },
      ['ucv', 0, 'differsFrom', 'nort'],
      'unknown-rival',
      'north',
    ],
    [
      'confidence above one',
      { name: 'x', evidence: [{ on: '2025-01-01', signal: 'rfp_issued', confidence: 1.5 }] },
      ['evidence', 0, 'confidence'],
      'out-of-range',
    ],
    [
      'closed before it opened',
      { name: 'x', openedOn: '2025-03-01', status: 'lost', closedOn: '2025-02-01' },
      ['closedOn'],
      'date-order',
    ],
    [
      'a stance that is no number',
      { name: 'x', people: [{ id: 'a', name: 'A', stance: 'for us' }] },
      ['people', 0, 'stance'],
      'wrong-type',
    ],
    ['a status that is no status', { name: 'x', status: 'winning' }, ['status'], 'not-allowed'],
  ]
  test.each(cases)('%s', (_, file, path, code, nearest) => {
    const fault = faultsOf(file).find((entry) => JSON.stringify(entry.path) === JSON.stringify(path))
    expect(fault, JSON.stringify(faultsOf(file))).toBeDefined()
    expect(fault!.code).toBe(code)
    expect(fault!.what.en).toMatch(/\w/)
    expect(fault!.what.zh).toMatch(/[\u4e00-\u9fff]/)
    if (nearest) expect(fault!.nearest).toBe(nearest)
  })

  test('all faults come at once, and never half a deal', () => {
    const result = parseDeal(
      {
        nme: 'x',
        openedOn: 'soon',
        evidence: [{ signal: 'nothing' }, { on: '2025-01-01', signal: 'rfp_issued', from: 'nobody' }],
      },
      METHOD,
    )
    expect(result).not.toHaveProperty('deal')
    expect((result as { faults: DealFault[] }).faults.length).toBeGreaterThanOrEqual(5)
  })

  test('whatever is put in, there is a deal or a list of faults, never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.dictionary(
            fc.constantFrom('name', 'people', 'evidence', 'touches', 'proofs', 'us', 'process', 'closedOn', 'status'),
            fc.anything(),
          ),
        ),
        (file) => {
          const result = parseDeal(file, METHOD)
          expect('deal' in result || result.faults.length > 0).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

test('hyphens and underscores are the same in roles, traits and paths', () => {
  const read = (role: string): unknown =>
    parseDeal({ name: 'x', people: [{ id: 'a', name: 'A', roles: [role] }] }, METHOD)
  expect(read('economic-buyer')).toEqual(read('economic_buyer'))
})

test('the JSON Schema accepts what the reader accepts in keys and lists every id of the method', () => {
  const schema = JSON.stringify(dealJsonSchema(METHOD))
  for (const { id } of METHOD.signals.signals) expect(schema).toContain(`"${id}"`)
  for (const { id } of METHOD.plays.plays) expect(schema).toContain(`"${id}"`)
  const properties = Object.keys(dealJsonSchema(METHOD)['properties'] as object)
  fc.assert(fc.property(rawDeals, (file) => Object.keys(file).every((key) => properties.includes(key))))
})
