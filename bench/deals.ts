import { addDays, plainDate, seededRandom } from '@sente/engine'
import type { Deal, DealProof, Evidence, Methodology, PlainDate, Touch } from '@sente/engine'

export const FROM = plainDate('2025-01-01')
const STATUSES = ['preparing', 'prepared', 'presented', 'accepted'] as const

export interface Size {
  days: number
  evidence: number
  touches: number
  proofs: number
  people: number
}

/** A deal of a given size whose facts lie anywhere in its days; nothing in it is tuned to be fast. */
export function makeDeal(method: Methodology, size: Size, seed: number): Deal {
  const random = seededRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const day = (): PlainDate => addDays(FROM, Math.floor(random() * size.days))
  const byDay = <T extends { on: PlainDate }>(list: T[]): T[] =>
    list.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const roles = method.people.roles.map(({ id }) => id).filter((id) => id !== 'number_one')
  const people = Array.from({ length: size.people }, (_, i) => ({
    id: `p${i}`,
    name: `Person ${i}`,
    roles: i === 0 ? ['number_one', 'economic_buyer'] : [pick(roles)],
    reportsTo: i === 0 ? null : 'p0',
    influence: 1 + Math.floor(random() * 5),
    stance: [{ value: Math.floor(random() * 5) - 2, on: day() }],
  }))
  const someone = (): string => pick(people).id
  const evidence = byDay(
    Array.from({ length: size.evidence }, (): Evidence => ({
      on: day(),
      signal: pick(method.signals.signals).id,
      from: someone(),
      confidence: 0.5 + random() / 2,
      status: random() < 0.8 ? 'confirmed' : 'suggested',
    })),
  )
  const touches = byDay(
    Array.from({ length: size.touches }, (): Touch => ({
      on: day(),
      play: pick(method.plays.plays).id,
      with: [someone()],
      outcome: 'done',
      concern: pick(['need', 'cost', 'solution', 'risk'] as const),
      hours: 4,
    })),
  )
  const proofs = Array.from({ length: size.proofs }, (): DealProof => {
    const topic = pick(method.topics.topics)
    return {
      topic: topic.id,
      proof: pick(topic.proofs).id,
      for: [someone()],
      history: [{ status: pick(STATUSES), on: day() }],
    }
  })
  return {
    sente: 1,
    name: `Deal ${seed}`,
    status: 'open',
    openedOn: FROM,
    firstContactOn: FROM,
    us: { localPresence: random() < 0.5 },
    people,
    rivals: [{ id: 'r', name: 'Rival', contacts: [{ person: 'p0', on: day() }] }],
    evidence,
    touches,
    proofs,
  }
}
