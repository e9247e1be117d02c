import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelOf } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { climb, eventsOf } from '../src/people/ladder.ts'
import type { LadderEvent } from '../src/people/ladder.ts'
import { deals } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)
const TOP = METHOD.people.rungs.length - 1
const peopleOf = (deal: Deal): string[] => (deal.people ?? []).map(({ id }) => id)

/** Events of one person as they may come, in the order that `eventsOf` gives. */
const day = fc.integer({ min: 1, max: 6 }).map((n) => `2025-01-0${n}` as LadderEvent['on'])
const event = fc
  .record({
    on: day,
    reach: fc.oneof(fc.constantFrom(undefined, null), fc.integer({ min: 1, max: TOP })),
    lowers: fc.boolean(),
  })
  .map((of): LadderEvent => ({ ...of, by: 'x', touch: true, substantive: true, trust: 1 }))
const inOrder = (list: readonly LadderEvent[]): LadderEvent[] =>
  list.toSorted(
    (a, b) =>
      (a.on < b.on ? -1 : a.on > b.on ? 1 : 0) ||
      Number(a.lowers) - Number(b.lowers) ||
      (a.reach ?? 0) - (b.reach ?? 0),
  )
const events = fc.array(event, { maxLength: 14 }).map(inOrder)

describe('the ladder of relations', () => {
  test('takes no account of the order in which a file lists contacts and evidence', () => {
    fc.assert(
      fc.property(deals, fc.nat(), (deal, turn) => {
        const turned = <T>(list: readonly T[] | undefined): T[] | undefined =>
          list && [...list.slice(turn % (list.length || 1)), ...list.slice(0, turn % (list.length || 1))].reverse()
        const other = { ...deal, touches: turned(deal.touches), evidence: turned(deal.evidence) } as Deal
        for (const id of peopleOf(deal))
          expect(climb(eventsOf(id, other, MODEL), MODEL)).toEqual(climb(eventsOf(id, deal, MODEL), MODEL))
      }),
      { numRuns: 100 },
    )
  })

  test('moves nobody by what others say and do: only by what they took part in, said, or is said of them', () => {
    fc.assert(
      fc.property(deals, (deal) => {
        for (const id of peopleOf(deal)) {
          const theirs = {
            ...deal,
            touches: deal.touches?.filter((touch) => touch.with.includes(id)),
            evidence: deal.evidence?.filter((piece) => piece.from === id || piece.about === id),
          } as Deal
          expect(climb(eventsOf(id, theirs, MODEL), MODEL)).toEqual(climb(eventsOf(id, deal, MODEL), MODEL))
        }
      }),
      { numRuns: 100 },
    )
  })

  test('never ends lower for a contact more that is no setback', () => {
    fc.assert(
      fc.property(events, event, (list, one) => {
        const more = inOrder([...list, { ...one, lowers: false }])
        expect(climb(more, MODEL).rung).toBeGreaterThanOrEqual(climb(list, MODEL).rung)
      }),
    )
  })

  test('never ends higher for a setback more, and nobody becomes unknown by one', () => {
    fc.assert(
      fc.property(events, event, (list, one) => {
        const before = climb(list, MODEL)
        const after = climb(inOrder([...list, { ...one, lowers: true }]), MODEL)
        expect(after.rung).toBeLessThanOrEqual(before.rung)
        expect(after.rung > 0).toBe(before.rung > 0)
      }),
    )
  })

  test('leads nobody above the highest rung that any of the events can bring to', () => {
    fc.assert(
      fc.property(events, (list) => {
        const highest = Math.max(1, ...list.map(({ reach, lowers }) => (lowers ? 0 : (reach ?? 0))))
        const { rung, climbs } = climb(list, MODEL)
        for (const { to } of climbs) expect(to).toBeLessThanOrEqual(highest)
        expect(climbs.at(-1)?.to ?? 0).toBe(rung)
      }),
    )
  })
})
