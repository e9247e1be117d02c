import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, Brief, CONCERNS, modelOf, parseDeal, writeDealFile } from '@sente/engine'
import type { Deal, DealProof } from '@sente/engine'
import { asOfs, deals, FIRST, tidy } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)
const proof = fc.constantFrom(
  ...METHOD.topics.topics.flatMap((topic) =>
    topic.proofs.map((entry) => ({ topic: topic.id, proof: entry.id, concern: topic.concern })),
  ),
)
const better = fc.constantFrom('prepared', 'presented', 'accepted')

describe('for any deal and any day', () => {
  test('nothing dated or recorded later changes a single byte', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        // Cutting every later item away by hand must change nothing; the engine has to do the same by itself.
        const later = (item: { on?: string }): boolean => item.on !== undefined && item.on > asOf
        const keep = <T extends { on?: string }>(list: T[] | undefined): T[] | undefined =>
          list?.filter((item) => !later(item))
        const cut: Deal = tidy({
          ...deal,
          evidence: keep(deal.evidence),
          touches: keep(deal.touches),
          pins: keep(deal.pins),
          stages: keep(deal.stages),
          ucv: keep(deal.ucv),
          steps: keep(deal.steps),
          discounts: keep(deal.discounts),
          proofs: deal.proofs?.map((entry) => ({ ...entry, history: keep(entry.history)! })),
          rivals: deal.rivals?.map((rival) => ({ ...rival, contacts: keep(rival.contacts) })),
          people: deal.people?.map((person) => ({ ...person, stance: keep(person.stance), hold: keep(person.hold) })),
        } as Deal)
        // A reason names its place in the file, and the cut file has fewer places.
        const seen = (which: Deal): string => JSON.stringify(brief(which, METHOD, asOf)).replace(/"index":\d+/g, '')
        expect(seen(cut) === seen(deal)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('adding any later fact changes nothing', () => {
    fc.assert(
      fc.property(
        deals,
        asOfs,
        fc.integer({ min: 1, max: 90 }),
        proof,
        better,
        (deal, asOf, days, { topic, proof: id }, status) => {
          const on = addDays(asOf, days)
          const more: Deal = {
            ...deal,
            status: deal.status,
            evidence: [
              ...(deal.evidence ?? []),
              { on, signal: 'contract_signed', confidence: 1, status: 'confirmed' as const },
            ],
            touches: [...(deal.touches ?? []), { on, play: 'proof_pack', with: ['zhou'], outcome: 'done' as const }],
            pins: [...(deal.pins ?? []), { on, phase: 'commit' as const }],
            discounts: [...(deal.discounts ?? []), { on, percent: 20 }],
            proofs: [
              ...(deal.proofs ?? []),
              { topic, proof: id, history: [{ status: status as 'prepared', on }], recordedOn: on },
            ],
          }
          // An empty list says "we looked, there is none", so the comparison starts from lists that are there.
          const base: Deal = {
            ...deal,
            evidence: deal.evidence ?? [],
            touches: deal.touches ?? [],
            pins: deal.pins ?? [],
            discounts: deal.discounts ?? [],
            proofs: deal.proofs ?? [],
          }
          expect(JSON.stringify(brief(more, METHOD, asOf)) === JSON.stringify(brief(base, METHOD, asOf))).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('the same input gives the same bytes, and the input is left as it was', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const before = JSON.stringify(deal)
        const [a, b] = [brief(deal, METHOD, asOf), brief(structuredClone(deal), METHOD, asOf)]
        expect(JSON.stringify(b) === JSON.stringify(a)).toBe(true)
        expect(JSON.stringify(deal)).toBe(before)
      }),
      { numRuns: 30 },
    )
  })

  test('the brief is what its published schema says, with exactly the promised keys', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const result = brief(deal, METHOD, asOf)
        expect(Object.keys(result)).toEqual([
          'asOf',
          'methodology',
          'deal',
          'position',
          'demand',
          'readiness',
          'lead',
          'people',
          'findings',
          'rested',
          'homework',
          'outlook',
          'plan',
          'standing',
          'after',
          'tender',
          'missing',
        ])
        expect(Brief.parse(result)).toEqual(result)
        expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity|undefined/)
        expect(JSON.stringify([result.findings, result.homework, result.plan, result.standing])).not.toMatch(
          /\{\w+[.\w]*\}/,
        )
      }),
      { numRuns: 60 },
    )
  })

  test('a deal written out and read again gives the same brief', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const again = parseDeal(JSON.parse(JSON.stringify(writeDealFile(deal))), METHOD)
        if ('faults' in again) throw new Error(JSON.stringify(again.faults))
        expect(JSON.stringify(brief(again.deal, METHOD, asOf)) === JSON.stringify(brief(deal, METHOD, asOf))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('adding a proof never lowers readiness, and more readiness never shortens the lead', () => {
    fc.assert(
      fc.property(
        deals,
        asOfs,
        proof,
        better,
        fc.subarray(['zhou', 'lin', 'he', 'ma']),
        (deal, asOf, { topic, proof: id, concern }, status, forWhom) => {
          const had = brief(deal, METHOD, asOf)
          fc.pre(had.lead.concerns !== null)
          const more: DealProof = {
            topic,
            proof: id,
            ...(forWhom.length > 0 ? { for: forWhom } : {}),
            history: [{ status: status as 'prepared', on: FIRST }],
          }
          const has = brief({ ...deal, proofs: [...(deal.proofs ?? []), more] }, METHOD, asOf)
          for (const other of CONCERNS)
            expect(has.readiness.now[other]).toBeGreaterThanOrEqual(had.readiness.now[other])
          // A list of proofs that was empty said "none"; with an entry it says nothing of the others.
          fc.pre((deal.proofs ?? []).length > 0)
          const room = ({ state, days }: { state: string; days: number | null }): number =>
            state === 'covered' ? 45 : (days ?? NaN)
          const [before, after] = [room(had.lead), room(has.lead)]
          if (!Number.isNaN(before)) expect(after).toBeGreaterThanOrEqual(before)
          const [own, ownAfter] = [room(had.lead.concerns![concern]), room(has.lead.concerns![concern])]
          if (!Number.isNaN(own)) expect(ownAfter).toBeGreaterThanOrEqual(own)
        },
      ),
      { numRuns: 80 },
    )
  })

  test('a rung is never skipped and never more than two are climbed in a day', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const rungs = METHOD.people.rungs.map(({ id }) => id)
        for (const { climbs, rung } of brief(deal, METHOD, asOf).people.people) {
          let at = 0
          const perDay = new Map<string, number>()
          for (const { on, to } of climbs) {
            const next = rungs.indexOf(to as never)
            expect(Math.abs(next - at)).toBe(1)
            if (next > at) perDay.set(on, (perDay.get(on) ?? 0) + 1)
            at = next
          }
          expect(rungs[at]).toBe(rung)
          expect(Math.max(0, ...perDay.values())).toBeLessThanOrEqual(2)
        }
      }),
      { numRuns: 80 },
    )
  })

  test('won, lost and no decision sum to one, and each number lies in its interval', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { outlook, demand } = brief(deal, METHOD, asOf)
        if (outlook.horizon)
          expect(outlook.horizon.won + outlook.horizon.lost + outlook.horizon.noDecision).toBeCloseTo(1, 9)
        if (outlook.whether) {
          expect(outlook.whether.low).toBeLessThanOrEqual(outlook.whether.value)
          expect(outlook.whether.high).toBeGreaterThanOrEqual(outlook.whether.value)
        }
        for (const concern of CONCERNS) expect(demand.now[concern].low).toBeLessThanOrEqual(demand.now[concern].high)
      }),
      { numRuns: 40 },
    )
  })

  test('every recommended play that names an unmet condition says so, and none is offered whose day has passed without saying late', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        for (const play of brief(deal, METHOD, asOf).plan) {
          expect(MODEL.plays.has(play.play)).toBe(true)
          for (const need of play.first) expect(need.holds).not.toBe(true)
          if (play.before && play.startBy && play.startBy < asOf) expect(play.late).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })
})
