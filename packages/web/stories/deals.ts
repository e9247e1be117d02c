import { addDays, parseDeal, plainDate } from '@sente/engine'
import type { Deal, Methodology, PlainDate } from '@sente/engine'
import examples from 'virtual:examples'

/** An example by the number in its name, open as it was on its day. */
export function example(number: string, methodology: Methodology): Deal {
  const name = Object.keys(examples).find((file) => file.startsWith(number))
  if (!name) throw new Error(`no example ${number}`)
  const read = parseDeal(examples[name], methodology)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.deal
}

/** The same with a plan to drag: two steps and a proof under way after the day. */
export function withPlan(deal: Deal, asOf: PlainDate): Deal {
  const people = (deal.people ?? []).slice(0, 2).map(({ id }) => id)
  return {
    ...deal,
    plan: [
      { play: 'exec_discovery', on: addDays(asOf, 21), with: people.slice(0, 1), status: 'open' },
      { play: 'proof_pack', on: addDays(asOf, 60), with: people, status: 'open' },
    ],
    proofs: [
      ...(deal.proofs ?? []),
      {
        topic: 'vendor_viability',
        proof: 'investor_letter',
        history: [{ status: 'preparing', on: asOf }],
        readyOn: addDays(asOf, 45),
        ...(people.length > 0 && { for: people }),
      },
    ],
  }
}

/** Open on this day, whatever came later. */
export const openOn = (deal: Deal): Deal => {
  const { closedOn: _, reason: __, ...rest } = deal
  return { ...rest, status: 'open' }
}

/** A deal of 200 facts, as large as they get: seeded, the same on every machine. */
export function largeDeal(methodology: Methodology): { deal: Deal; asOf: PlainDate } {
  let state = 7
  const random = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % n
  }
  const from = plainDate('2025-01-01')
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!
  const dates = (n: number): PlainDate[] => Array.from({ length: n }, () => addDays(from, random(300))).sort()
  const roles = methodology.people.roles.map(({ id }) => id)
  const people = Array.from({ length: 8 }, (_, i) => ({
    id: `p${i}`,
    name: `Person ${i}`,
    roles: i === 0 ? ['number_one'] : [pick(roles)],
    influence: 1 + random(5),
  }))
  const deal: Deal = {
    sente: 1,
    name: 'A deal of two hundred facts',
    status: 'open',
    firstContactOn: from,
    people,
    rivals: [{ id: 'r', name: 'Rival', contacts: [{ person: 'p0', on: addDays(from, 200) }] }],
    evidence: dates(120).map((on) => ({
      on,
      signal: pick(methodology.signals.signals).id,
      from: pick(people).id,
      confidence: 0.9,
      status: 'confirmed' as const,
    })),
    touches: dates(50).map((on) => ({
      on,
      play: pick(methodology.plays.plays).id,
      with: [pick(people).id],
      outcome: 'done' as const,
    })),
    proofs: dates(30).map((on) => {
      const topic = pick(methodology.topics.topics)
      return {
        topic: topic.id,
        proof: pick(topic.proofs).id,
        for: [pick(people).id],
        history: [{ status: 'prepared' as const, on }],
      }
    }),
  }
  const asOf = addDays(from, 300)
  return { deal: withPlan(deal, asOf), asOf }
}
