import fc from 'fast-check'
import { expect, test } from 'vitest'
import { brief, briefs, modelOf, track } from '@sente/engine'
import { chainOf } from '../src/position/chain.ts'
import { newScratch } from '../src/position/forecast.ts'
import { lanesOf } from '../src/position/lanes.ts'
import { pastOf } from '../src/position/past.ts'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)
const { open, won } = chainOf(MODEL)

test('two paces at a time are to be had for the open chain here, and not for what follows a win, which has one', () => {
  expect(lanesOf(open)).not.toBeNull()
  expect(lanesOf(won)).toBeNull()
})

test('two paces at a time say of every day what the plain way says, of deals one after another in the same memory', () => {
  const memory = newScratch(open)
  const plain = newScratch(open, null)
  fc.assert(
    fc.property(deals, asOfs, (deal, asOf) => {
      const fast = track(deal, MODEL, asOf, memory)
      const slow = track(deal, MODEL, asOf, plain)
      const days = slow.open.to - slow.open.from + 1
      expect(fast.open.filtered).toBe(memory.lanes!.filtered)
      for (let i = 0; i < days * 2 * open.n; i++)
        if (Math.abs(fast.open.filtered[i]! - slow.open.filtered[i]!) > 1e-13) expect.fail(`entry ${i} of the position`)
      const a = pastOf(fast.open, fast.told?.worth, memory)
      const b = pastOf(slow.open, slow.told?.worth, plain)
      expect(a.beyond).toBe(memory.lanes!.beyond)
      for (let i = 0; i < days * b.ranks; i++)
        if (Math.abs(a.beyond[i]! - b.beyond[i]!) > 1e-11) expect.fail(`entry ${i} of the past`)
    }),
    { numRuns: 60 },
  )
})

test('a deal of a portfolio says the same alone and behind others', () => {
  fc.assert(
    fc.property(fc.array(deals, { minLength: 2, maxLength: 4 }), asOfs, (list, asOf) => {
      const last = list.at(-1)!
      const alone = briefs([last], METHOD, asOf)
      const among = briefs(list, METHOD, asOf)
      expect(among.lead[list.length - 1]).toBe(alone.lead[0])
      expect(among.progress[list.length - 1]).toBe(alone.progress[0])
    }),
    { numRuns: 20 },
  )
})

test('a deal of decades takes memory of its own, and says behind and before others what its brief says', () => {
  const heard = [{ on: FIRST, signal: 'asks_references' }]
  const long = read({ name: 'long', firstContactOn: '2001-05-01', evidence: heard })
  const short = read({ name: 'short', firstContactOn: '2024-01-10', evidence: heard })
  const memory = newScratch(open)
  const { filtered } = track(long, MODEL, FIRST, memory).open
  expect(filtered).not.toBe(memory.lanes!.filtered)
  expect(memory.filtered.length).toBe(0)
  const columns = briefs([short, long, short], METHOD, FIRST)
  for (const [i, deal] of [short, long, short].entries()) {
    const { position, lead } = brief(deal, METHOD, FIRST)
    expect(columns.progress[i]).toBeCloseTo(position.progress, 12)
    expect(columns.lead[i]).toBe(lead.days ?? NaN)
  }
})
