import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  brief,
  briefs,
  daysBetween,
  dayNumber,
  modelOf,
  PHASES,
  plainDate,
  positionCases,
  rollTo,
  track,
} from '@sente/engine'
import type { CaseResult, Deal, Evidence, PlainDate, Reason } from '@sente/engine'
import type { Milestone } from '../src/position/milestones.ts'
import { leadingPhase, phaseShares, reasons } from '../src/position/position.ts'
import { current, nowOf, rowOf } from '../src/position/track.ts'
import type { Track } from '../src/position/track.ts'
import { asOfs, deals, evidence, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'
import { slowPosition } from './support/slow-filter.ts'

interface ReferenceCase {
  name: string
  expect: CaseResult
}
const reference = JSON.parse(readFileSync(new URL('./reference/position.json', import.meta.url), 'utf8')) as {
  cases: ReferenceCase[]
}

const MODEL = modelOf(METHOD)
const last = (deal: Deal, asOf: PlainDate): Float64Array => {
  const segment = current(track(deal, MODEL, asOf))
  return Float64Array.from(rowOf(segment, segment.to))
}
const far = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)))

describe('the position, its pace and its forecast agree with an independent program', () => {
  const computed = positionCases(reference, METHOD)
  if ('faults' in computed) throw new Error(JSON.stringify(computed.faults))
  const numbers = (value: unknown): number[] =>
    typeof value === 'number' ? [value] : Object.values(value as object).flatMap(numbers)

  test.each(computed.file.cases)('$name', ({ result, ...entry }) => {
    const wanted = (entry as unknown as ReferenceCase).expect
    expect(Object.keys(result)).toEqual(Object.keys(wanted))
    expect(far(numbers(result), numbers(wanted))).toBeLessThan(1e-9)
  })
})

/** The deal without the item that a reason names. */
function without(
  deal: Deal,
  { kind, index }: Reason,
  milestones: readonly Milestone[],
): { rest: Deal; milestones: readonly Milestone[] } {
  const rest = <T>(list: readonly T[] | undefined): T[] => (list ?? []).filter((_, i) => i !== index)
  if (kind === 'milestone') return { rest: deal, milestones: milestones.filter((item) => item.index !== index) }
  const key = kind === 'evidence' ? 'evidence' : 'pins'
  return { rest: { ...deal, [key]: rest<unknown>(deal[key]) }, milestones }
}

describe('the filter', () => {
  test('equals a slow one that follows the definition state by state', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        // Told dates are checked by the independent program's cases; here only what is reached.
        const process = deal.process?.filter(({ done, on }) => done && on !== undefined && on <= asOf)
        const only: Deal = { ...deal, ...(process ? { process } : {}) }
        const { phases, stalled } = slowPosition(only, METHOD, asOf)
        const { position } = brief(only, METHOD, asOf)
        expect(
          far(
            PHASES.map((phase) => position.phases[phase]),
            phases,
          ),
        ).toBeLessThan(1e-9)
        expect(Math.abs(position.stalled - stalled)).toBeLessThan(1e-9)
      }),
      { numRuns: 60 },
    )
  })

  test('does not care in which order the file lists its facts', () => {
    fc.assert(
      fc.property(deals, asOfs, fc.infiniteStream(fc.nat()), (deal, asOf, dice) => {
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, at: dice.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item)
        const shuffled: Deal = {
          ...deal,
          ...(deal.evidence ? { evidence: shuffle(deal.evidence) } : {}),
          ...(deal.pins ? { pins: shuffle(deal.pins) } : {}),
          ...(deal.touches ? { touches: shuffle(deal.touches) } : {}),
        }
        const [a, b] = [brief(deal, METHOD, asOf), brief(shuffled, METHOD, asOf)]
        expect(b.position.phases).toEqual(a.position.phases)
        expect(b.lead.days).toBe(a.lead.days)
        expect(b.people.people.map(({ rung, trust }) => [rung, trust])).toEqual(
          a.people.people.map(({ rung, trust }) => [rung, trust]),
        )
        expect(b.findings.map(({ rule }) => rule)).toEqual(a.findings.map(({ rule }) => rule))
      }),
      { numRuns: 40 },
    )
  })

  test('keeps every distribution summing to one: past, today, smoothed and forecast', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { position } = brief(deal, METHOD, asOf)
        const one = (list: Iterable<number>): void => expect([...list].reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9)
        one(Object.values(position.phases))
        position.history.phases.forEach(one)
        position.forecast?.phases.forEach(one)
      }),
      { numRuns: 40 },
    )
  })

  test('goes on from a stored position to what a fresh computation gives', () => {
    const wide = fc.array(evidence, { maxLength: 20 })
    fc.assert(
      fc.property(wide, fc.integer({ min: 30, max: 200 }), fc.integer({ min: 1, max: 200 }), (list, at, more) => {
        const deal = read({
          name: 'x',
          firstContactOn: FIRST,
          people: [
            { id: 'zhou', name: 'Z' },
            { id: 'lin', name: 'L' },
            { id: 'he', name: 'H' },
            { id: 'ma', name: 'M' },
          ],
          evidence: JSON.parse(JSON.stringify(list)) as Evidence[],
        })
        const [day, later] = [addDays(FIRST, at), addDays(FIRST, at + more)]
        const before: Deal = { ...deal, evidence: deal.evidence!.filter(({ on }) => on <= day) }
        const known = deal.evidence!.filter(({ on }) => on <= later)
        const segment = current(track(before, MODEL, day))
        const start = {
          regime: 'open' as const,
          day: dayNumber(FIRST),
          vector: Float64Array.from(segment.filtered.subarray(0, 2 * segment.regime.n)),
          recent: [],
        }
        const fresh = last({ ...deal, evidence: known }, later)
        // In one stride, and stopping on the way.
        const first = known.filter(({ on }) => on === FIRST)
        fc.pre(first.length === 0)
        const stride = rollTo(start, MODEL, dayNumber(later), known)
        const half = rollTo(rollTo(start, MODEL, dayNumber(day), known), MODEL, dayNumber(later), known)
        expect(far(stride.vector, fresh)).toBeLessThan(1e-9)
        expect(far(half.vector, fresh)).toBeLessThan(1e-9)
      }),
      { numRuns: 60 },
    )
  })

  test('gives each piece of evidence the effect that leaving it out has', () => {
    fc.assert(
      fc.property(deals, asOfs, (whole, asOf) => {
        fc.pre(whole.evidence !== undefined && whole.evidence.length > 0)
        const deal: Deal = {
          ...whole,
          evidence: whole.evidence!.filter(({ on }) => on <= asOf),
          pins: (whole.pins ?? []).filter(({ on }) => on <= asOf),
          stages: [],
        }
        const all = track(deal, MODEL, asOf)
        const { regime } = current(all)
        const PLACE = regime.phases
        // What is told for days to come goes on weighing as it does with everything.
        const logOdds = (way: Track): number => {
          const segment = current(way)
          const row = rowOf(segment, segment.to)
          const shares = PLACE.map(() => 0)
          for (let i = 0; i < row.length; i++)
            shares[regime.phaseOf[i % regime.n]!]! += row[i]! * (all.told ? all.told.worth[i]! : 1)
          return Math.log(shares[leading]!) - Math.log(shares.reduce((sum, x, p) => (p === leading ? sum : sum + x), 0))
        }
        const leading = PLACE.indexOf(PHASES.indexOf(leadingPhase(phaseShares(regime, nowOf(all)))))
        for (const reason of reasons(deal, MODEL, asOf, all)) {
          const told =
            reason.kind === 'milestone' && !all.milestones.some(({ index, done }) => index === reason.index && done)
          if (told) continue
          const { rest, milestones } = without(deal, reason, all.milestones)
          const other = track(rest, MODEL, asOf, undefined, milestones)
          expect(reason.effect).toBeCloseTo(logOdds(all) - logOdds(other), 8)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('lets rejected evidence count nothing and a suggestion less than its confirmation', () => {
    const say = (status: string): number =>
      brief(
        read({
          name: 'x',
          firstContactOn: FIRST,
          evidence: [{ on: addDays(FIRST, 40), signal: 'rfp_issued', status }],
        }),
        METHOD,
        addDays(FIRST, 50),
      ).position.phases.evaluate
    const none = brief(read({ name: 'x', firstContactOn: FIRST }), METHOD, addDays(FIRST, 50)).position.phases.evaluate
    expect(say('rejected')).toBe(none)
    expect(say('suggested')).toBeGreaterThan(none)
    expect(say('confirmed')).toBeGreaterThan(say('suggested'))
  })

  test('takes a pin as strong, and later evidence can still move it', () => {
    const pinned = { name: 'x', firstContactOn: FIRST, pins: [{ on: addDays(FIRST, 30), phase: 'evaluate' }] }
    expect(brief(read(pinned), METHOD, addDays(FIRST, 30)).position.phases.evaluate).toBeGreaterThan(0.8)
    const late = ['contract_template_sent', 'legal_redlines', 'signature_workflow', 'kickoff_date_discussed'].map(
      (signal, i) => ({ on: addDays(FIRST, 60 + 7 * i), signal }),
    )
    expect(brief(read({ ...pinned, evidence: late }), METHOD, addDays(FIRST, 90)).position.leading).toBe('commit')
  })

  test('takes a CRM stage as weak evidence, never as the phase', () => {
    const at = (extra: object): number =>
      brief(read({ name: 'x', firstContactOn: FIRST, ...extra }), METHOD, addDays(FIRST, 10)).position.phases.commit
    const stage = at({ stages: [{ on: addDays(FIRST, 10), phase: 'commit' }] })
    expect(stage).toBeGreaterThan(at({}))
    expect(stage).toBeLessThan(at({ evidence: [{ on: addDays(FIRST, 10), signal: 'signature_workflow' }] }))
    expect(stage).toBeLessThan(0.5)
  })
})

describe('closed deals', () => {
  test('a lost deal keeps the position of the day it closed and has no lead', () => {
    const deal = read({
      name: 'x',
      firstContactOn: FIRST,
      status: 'lost',
      closedOn: addDays(FIRST, 100),
      evidence: [{ on: addDays(FIRST, 90), signal: 'rfp_issued' }],
    })
    const [then, later] = [brief(deal, METHOD, addDays(FIRST, 100)), brief(deal, METHOD, addDays(FIRST, 300))]
    expect(later.position.phases).toEqual(then.position.phases)
    expect(later.position.state).toBe('frozen')
    expect(later.lead).toMatchObject({ state: 'closed', days: null, concerns: null })
  })

  test('a won deal starts anew at the implementation', () => {
    const deal = read({ name: 'x', firstContactOn: FIRST, status: 'won', closedOn: addDays(FIRST, 100) })
    expect(brief(deal, METHOD, addDays(FIRST, 100)).position.phases.implement).toBe(1)
    const later = brief(deal, METHOD, addDays(FIRST, 500)).position
    expect(later.leading).toBe('realize')
    expect(later.phases.commit).toBe(0)
  })

  test('before it closed it was open', () => {
    const deal = read({ name: 'x', firstContactOn: FIRST, status: 'won', closedOn: addDays(FIRST, 100) })
    expect(brief(deal, METHOD, addDays(FIRST, 99)).position.state).toBe('open')
  })
})

describe('many deals in one pass', () => {
  test('give in each column what the brief of each deal says', () => {
    fc.assert(
      fc.property(fc.array(deals, { minLength: 1, maxLength: 5 }), asOfs, (list, asOf) => {
        const columns = briefs(list, METHOD, asOf)
        list.forEach((deal, i) => {
          const one = brief(deal, METHOD, asOf)
          PHASES.forEach((phase, p) => expect(columns.phases[8 * i + p]).toBe(one.position.phases[phase]))
          expect(columns.stalled[i]).toBe(one.position.stalled)
          ;(['need', 'cost', 'solution', 'risk'] as const).forEach((concern, c) => {
            expect(columns.demand[4 * i + c]).toBeCloseTo(one.demand.now[concern].value, 12)
            expect(columns.readiness[4 * i + c]).toBe(one.readiness.now[concern])
            expect(columns.leads[4 * i + c]).toEqual(one.lead.concerns?.[concern].days ?? NaN)
          })
          expect(columns.lead[i]).toEqual(one.lead.days ?? NaN)
        })
      }),
      { numRuns: 25 },
    )
  })
})

test('a day is a calendar day, whatever the time zone: differences are whole over a change of clocks', () => {
  expect(daysBetween(plainDate('2025-03-29'), plainDate('2025-03-31'))).toBe(2)
  expect(addDays(plainDate('2024-02-28'), 1)).toBe('2024-02-29')
  expect(addDays(plainDate('2025-12-31'), 1)).toBe('2026-01-01')
  expect(() => plainDate('2025-02-29')).toThrow(/2025-02-29/)
})
