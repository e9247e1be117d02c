import { addDays } from '@sente/engine'
import type { DealProof, Methodology, Person, PlainDate } from '@sente/engine'

/**
 * The proofs of a team that does its homework: for each topic the strongest proof that can be made, prepared early and then carried to the
 * people who ask for it. `share` of the topics is covered, those that matter most first.
 */
export interface Kit {
  /** Days after the first contact on which the first proofs are ready, and the rest by `spread` days later. */
  ready: number
  spread: number
  /** 0..1 of the topics. */
  share: number
  /** Days from prepared to presented, and on to accepted. */
  shown: number
  accepted: number
}

export const KITS = {
  early: { ready: 1, spread: 9, share: 1, shown: 20, accepted: 60 },
  half: { ready: 1, spread: 9, share: 0.85, shown: 22, accepted: 150 },
  little: { ready: 1, spread: 12, share: 0.6, shown: 26, accepted: 400 },
} as const satisfies Record<string, Kit>

export function kitProofs(
  methodology: Methodology,
  kit: Kit,
  people: readonly Person[],
  start: PlainDate,
  today: PlainDate,
): DealProof[] {
  const strength = { strong: 0, medium: 1, weak: 2 }
  const topics = methodology.topics.topics.slice().sort((a, b) => b.weight - a.weight)
  const chosen = topics.slice(0, Math.round(topics.length * kit.share))
  return chosen.flatMap((topic, i): DealProof[] => {
    const best = topic.proofs.slice().sort((a, b) => strength[a.strength] - strength[b.strength])[0]!
    const askers = people
      .filter(({ roles }) => roles.some((role) => (topic.askedBy as readonly string[]).includes(role)))
      .map(({ id }) => id)
    const prepared = addDays(start, kit.ready + Math.round((kit.spread * i) / chosen.length))
    const stages = [
      { status: 'prepared' as const, on: prepared },
      { status: 'presented' as const, on: addDays(prepared, kit.shown + (i % 5) * 3) },
      { status: 'accepted' as const, on: addDays(prepared, kit.shown + kit.accepted + (i % 4) * 6) },
    ]
    const history = stages.filter(({ on }) => on <= today)
    // What is under way is on the list with the day it will be ready.
    if (history.length === 0)
      return [
        {
          topic: topic.id,
          proof: best.id,
          ...(askers.length > 0 ? { for: askers } : {}),
          history: [{ status: 'preparing', on: addDays(start, 2) <= today ? addDays(start, 2) : today }],
          readyOn: prepared,
        },
      ]
    return [{ topic: topic.id, proof: best.id, ...(askers.length > 0 ? { for: askers } : {}), history }]
  })
}
