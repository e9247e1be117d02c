import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, CONCERNS, plainDate, replanner } from '@sente/engine'
import type { Deal, DealProof, PlanStep } from '@sente/engine'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const days = fc.integer({ min: -60, max: 120 })
const proofs = fc.array(
  fc.record({
    of: fc.constantFrom(
      ...METHOD.topics.topics.flatMap((topic) => topic.proofs.map((entry) => ({ topic: topic.id, proof: entry.id }))),
    ),
    status: fc.constantFrom('missing', 'preparing', 'prepared', 'presented', 'accepted'),
    on: days,
    ready: fc.option(days, { nil: undefined }),
  }),
  { maxLength: 6 },
)
const plan = fc.array(
  fc.record({
    play: fc.constantFrom(...METHOD.plays.plays.map(({ id }) => id)),
    on: days,
    status: fc.constantFrom('open', 'done', 'dropped'),
  }),
  { maxLength: 6 },
)

describe('replanning', () => {
  test('gives exactly what a brief from scratch gives, whatever is planned and whatever is ready', () => {
    fc.assert(
      fc.property(
        deals,
        asOfs,
        fc.array(fc.tuple(proofs, plan), { minLength: 1, maxLength: 3 }),
        (deal, asOf, changes) => {
          const replan = replanner(deal, METHOD, asOf)
          const people = deal.people?.slice(0, 1).map(({ id }) => id) ?? []
          for (const [some, steps] of changes) {
            const changed: Deal = {
              ...deal,
              proofs: some.map(({ of, status, on, ready }): DealProof => ({
                ...of,
                for: people,
                history: [{ status: status as 'missing', on: addDays(asOf, on) }],
                ...(ready !== undefined && { readyOn: addDays(asOf, ready) }),
              })),
              plan: steps.map(({ play, on, status }): PlanStep => ({
                play,
                on: addDays(asOf, on),
                with: people,
                status: status as 'open',
              })),
            }
            expect(JSON.stringify(replan(changed)) === JSON.stringify(brief(changed, METHOD, asOf))).toBe(true)
          }
          expect(JSON.stringify(replan(deal)) === JSON.stringify(brief(deal, METHOD, asOf))).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a deal that differs in more than its plan and proofs is computed from scratch', () => {
    fc.assert(
      fc.property(deals, deals, asOfs, (a, b, asOf) => {
        const replan = replanner(a, METHOD, asOf)
        expect(JSON.stringify(replan(b)) === JSON.stringify(brief(b, METHOD, asOf))).toBe(true)
        expect(JSON.stringify(replan(a)) === JSON.stringify(brief(a, METHOD, asOf))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})

test('a planned step raises planned readiness and the line of what is ready from its day on, and neither today’s readiness nor the lead', () => {
  const asOf = plainDate('2025-05-01')
  const play = METHOD.plays.plays.find(({ effects }) => effects.length > 0)!
  const topic = METHOD.topics.topics.find(({ id }) => id === play.effects[0]!.topic)!
  const { concern } = topic
  const step = (on: string): object => ({
    name: 'A deal',
    firstContactOn: '2025-03-01',
    people: [{ id: 'lin', name: 'Lin', roles: [topic.askedBy[0]] }],
    plan: on ? [{ play: play.id, on, with: ['lin'] }] : [],
  })
  const [none, early, today] = ['', '2025-05-20', '2025-05-01'].map((on) => brief(read(step(on)), METHOD, asOf)) as [
    ReturnType<typeof brief>,
    ReturnType<typeof brief>,
    ReturnType<typeof brief>,
  ]
  expect(early.readiness.now).toEqual(none.readiness.now)
  const rooms = ({ lead }: ReturnType<typeof brief>): unknown =>
    CONCERNS.map((id) => ({ ...lead.concerns![id], lines: null }))
  expect([early.lead.days, rooms(early)]).toEqual([none.lead.days, rooms(none)])
  const lines = early.lead.concerns![concern].lines
  expect(none.lead.concerns![concern].lines.planned).toEqual([])
  expect(lines.planned.map(({ on }) => on)).toEqual(['2025-05-20'])
  expect(none.readiness.steps[concern].filter(({ planned }) => planned)).toEqual([])
  const [first] = early.readiness.steps[concern].filter(({ planned }) => planned)
  expect(first!.on).toBe('2025-05-20')
  expect(first!.value).toBeGreaterThan(none.readiness.now[concern])
  expect(today.readiness.steps[concern].find(({ planned }) => planned)!.on).toBe('2025-05-02')
})
