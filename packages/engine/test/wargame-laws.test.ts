import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addTally, dealAsOf, emptyTally, gameOf, playPaths, warGame } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { matchOf } from '../src/wargame/match.ts'
import type { Match } from '../src/wargame/match.ts'
import { asOfs, deals } from './support/deals.ts'
import { playable, story, STORIES } from './support/games.ts'
import { METHOD } from './support/method.ts'

/** The share won in each cell that is played by steps of the method, whatever the planner would plan. */
function cells(match: Match, paths: number): { cell: string; won: number }[] {
  const tally = playPaths(match, 0, paths)
  const kinds = 1 << match.facts.length
  return match.sides.flatMap(({ id, playable: can }, s) =>
    can && id !== 'leave'
      ? match.rivals.map((rival, r) => {
          const at = (s * match.rivals.length + r) * kinds
          return { cell: `${id} ${rival.id}`, won: tally.won.slice(at, at + kinds).reduce((a, b) => a + b, 0) / paths }
        })
      : [],
  )
}

/** The planner is left out: what it plans hangs on the deal, and a law of the game is about the same steps. */
const withoutPlans = (deal: Deal, asOf: PlainDate): Match | null => {
  const empty = { steps: [], questions: [], cannot: [], changed: [], notes: [], value: 0, byTerm: [], asOf } as never
  const match = matchOf(deal, METHOD, asOf, { plans: { steady: empty, swift: empty } })
  return typeof match === 'string' ? null : match
}

describe('a game is the same for the same seed', () => {
  test('to the last bit, and in parts as in one piece', () => {
    const [{ name, asOf }] = STORIES as [(typeof STORIES)[0]]
    const deal = story(name)
    const whole = warGame(deal, METHOD, asOf, { paths: 600, seed: 5 })
    expect(JSON.stringify(warGame(deal, METHOD, asOf, { paths: 600, seed: 5 }))).toBe(JSON.stringify(whole))
    const match = playable(deal, asOf, { seed: 5 })
    const sum = emptyTally(match)
    for (const from of [400, 0, 200]) addTally(sum, playPaths(match, from, from + 200))
    const parts = gameOf(match, sum)
    expect(parts.recommended!.strategy).toBe(whole.recommended!.strategy)
    parts.cells.forEach((cell, i) => expect(cell.won).toBeCloseTo(whole.cells[i]!.won, 10))
    expect(warGame(deal, METHOD, asOf, { paths: 600, seed: 6 }).cells[0]!.won).not.toBe(whole.cells[0]!.won)
  })

  test.each(STORIES)('$name: another seed keeps the order of the strategies', ({ name, asOf }) => {
    const deal = story(name)
    const orders = [1, 2, 3].map((seed) =>
      warGame(deal, METHOD, asOf, { seed, paths: 4000 })
        .strategies.filter(({ playable: can }) => can)
        .map(({ id, worth }) => ({ id, worth: worth.value })),
    )
    for (let a = 0; a < orders.length; a++)
      for (let b = a + 1; b < orders.length; b++) expect(tau(orders[a]!, orders[b]!)).toBeGreaterThanOrEqual(0.9)
  })
})

/** Kendall's tau of two orders by worth; a difference so small that the game does not tell it is no order. */
function tau(a: readonly { id: string; worth: number }[], b: readonly { id: string; worth: number }[]): number {
  const { least } = METHOD.wargame
  let same = 0
  let pairs = 0
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) {
      const [one, other] = [a[i]!.worth - a[j]!.worth, b[i]!.worth - b[j]!.worth]
      if (Math.abs(one) < least && Math.abs(other) < least) continue
      pairs++
      same += Math.sign(one) * Math.sign(other)
    }
  }
  expect(pairs).toBeGreaterThan(8)
  return same / pairs
}

describe('every share is a share', () => {
  test('won, lost and undecided make one, and leaving is worth nothing, on every generated deal', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const game = warGame(deal, METHOD, asOf, { paths: 200 })
        if (game.state !== 'played') {
          expect(game.why).not.toBeNull()
          expect(game.recommended).toBeNull()
          return
        }
        for (const { strategy, won, lost, noDecision, regret } of game.cells) {
          if (strategy === 'leave') continue
          expect(won + lost + noDecision).toBeCloseTo(1, 9)
          expect(Math.min(won, lost, noDecision, regret)).toBeGreaterThanOrEqual(0)
        }
        for (const { won, worth, playable: can } of game.strategies) {
          if (!can) continue
          expect(won.low).toBeLessThanOrEqual(won.value)
          expect(won.high).toBeGreaterThanOrEqual(won.value)
          expect(Number.isFinite(worth.value)).toBe(true)
        }
        const best = game.strategies.find(({ id }) => id === game.recommended!.strategy)!
        for (const one of game.strategies)
          if (one.playable) expect(best.worth.value).toBeGreaterThanOrEqual(one.worth.value)
        expect(game.policies.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
        expect(game.decisions!.months.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
      }),
      { numRuns: 20 },
    )
  })
})

/** A deal in which one thing is worse for us, on the same paths: no cell may win more. */
const worse: readonly [name: string, change: (deal: Deal, asOf: PlainDate) => Deal][] = [
  [
    'a worse stance of the number one',
    (deal, asOf) => ({
      ...deal,
      people: deal.people!.map((person, i) => ({
        ...person,
        stance: [...(person.stance ?? []), { value: i === 0 ? -2 : (person.stance?.at(-1)?.value ?? 0), on: asOf }],
      })),
    }),
  ],
  [
    'a rival who is ahead on the criteria',
    (deal) => ({ ...deal, rivals: (deal.rivals ?? []).map((rival) => ({ ...rival, leading: true })) }),
  ],
  ['an answer that is taken back', (deal) => ({ ...deal, proofs: [] })],
]

describe('monotone', () => {
  test.each(worse)('%s never wins a path more', (_, change) => {
    let compared = 0
    fc.assert(
      fc.property(deals, asOfs, (whole, asOf) => {
        const deal = dealAsOf(whole, asOf)
        // The same things are known before and after, so that the same things are drawn.
        const told: Deal = {
          ...deal,
          people: (deal.people ?? []).map((person) => ({
            ...person,
            stance: [...(person.stance ?? []), { value: Math.max(-1, person.stance?.at(-1)?.value ?? 0), on: asOf }],
          })),
        }
        const [before, after] = [withoutPlans(told, asOf), withoutPlans(change(told, asOf), asOf)]
        if (!before || !after || before.facts.join() !== after.facts.join()) return
        // Who the rival is, and how it usually plays, is no input here.
        if (before.board.rival.id !== after.board.rival.id) return
        const [one, other] = [cells(before, 60), cells(after, 60)]
        one.forEach(({ cell, won }, i) => expect([cell, other[i]!.won <= won + 1e-9]).toEqual([cell, true]))
        compared++
      }),
      { numRuns: 40 },
    )
    expect(compared).toBeGreaterThan(8)
  })
})
