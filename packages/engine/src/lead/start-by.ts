import { addDays, dateOf, dayNumber, daysBetween } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { proofOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import type { TopicReadiness } from '../readiness/schema.ts'
import type { StartBy } from './schema.ts'
import type { TopicRoom } from './topics.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId, Proof } from '../methodology/schema.ts'

/** Of the proofs that could answer a topic: the strongest that can still be ready in time, else the fastest. */
function suggested(proofs: readonly Proof[], daysLeft: number): Proof {
  const rank = { strong: 0, medium: 1, weak: 2 }
  const ours = proofs.filter((proof) => proof.owner !== 'buyer')
  const candidates = ours.length > 0 ? ours : proofs
  const inTime = candidates.filter((proof) => proof.leadDays[1] <= daysLeft)
  const sorted = [...(inTime.length > 0 ? inTime : candidates)].sort((a, b) =>
    inTime.length > 0
      ? rank[a.strength] - rank[b.strength] || a.leadDays[1] - b.leadDays[1]
      : a.leadDays[0] - b.leadDays[0],
  )
  return sorted[0]!
}

/**
 * When to start each proof that is missing, soonest first: the day its topic is due less the proof's normal time; past that
 * less its fast time; past that too, today. A topic without a chosen proof gets a suggested one. A topic of which nothing is
 * known is a question; it is listed only while it can still be ready in time.
 */
export function startByDates(input: {
  deal: Deal
  model: Model
  asOf: PlainDate
  rooms: readonly TopicRoom[]
  topics: Readonly<Record<ConcernId, readonly TopicReadiness[]>>
  firstContact: DayNumber
}): StartBy[] {
  const { deal, model, asOf, rooms, topics, firstContact } = input
  if (rooms.every(({ unknown }) => unknown)) return []
  const roomOf = new Map(rooms.map((room) => [room.topic.id, room]))
  const list: StartBy[] = []
  for (const concern of CONCERNS) {
    for (const view of topics[concern]) {
      const room = roomOf.get(view.topic)
      if (!room || (view.status !== 'missing' && view.status !== 'preparing')) continue
      const day = room.due[1] ?? null
      if (day === null) continue
      const topic = model.topics.get(view.topic)!
      const underWay = (deal.proofs ?? []).filter((proof) => proof.topic === view.topic && proofOf(topic, proof.proof))
      const chosen = underWay.map((proof) => ({ proof: proofOf(topic, proof.proof)!, for: proof.for ?? [] }))
      const wanted =
        chosen.length > 0
          ? chosen
          : [
              {
                proof: suggested(topic.proofs, day - dayNumber(asOf)),
                for: view.people.map(({ person }) => person),
              },
            ]
      for (const { proof, for: people } of wanted) {
        const [fast, normal] = proof.leadDays
        // Nothing could have been begun before the first contact.
        const due = dateOf(Math.max(day, firstContact + fast))
        const left = daysBetween(asOf, due)
        const verdict = normal <= left ? 'normal' : fast <= left ? 'fast' : 'too-late'
        // Of what nobody knows, and of what nobody talks of any more, nothing is too late.
        if (verdict === 'too-late' && (room.unknown || room.base + room.extra === 0)) continue
        const leadDays = verdict === 'normal' ? normal : fast
        list.push({
          concern,
          topic: view.topic,
          name: view.name,
          proof: proof.id,
          proofName: proof.name,
          owner: proof.owner,
          strength: proof.strength,
          for: [...people],
          crossing: due,
          leadDays,
          startBy: verdict === 'too-late' ? asOf : addDays(due, -leadDays),
          verdict,
          chosen: chosen.length > 0,
        })
      }
    }
  }
  // Soonest first; of one day risk before the rest, then what weighs most.
  const rank = (item: StartBy): number => ['risk', 'solution', 'cost', 'need'].indexOf(item.concern)
  const weight = (item: StartBy): number => topics[item.concern].find((view) => view.topic === item.topic)!.weight
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return list.sort(
    (a, b) =>
      text(a.startBy, b.startBy) ||
      rank(a) - rank(b) ||
      weight(b) - weight(a) ||
      text(a.topic, b.topic) ||
      text(a.proof, b.proof),
  )
}

/**
 * Days by which it is too late to start a proof: begun today, and the fast way, it is ready so long after it is needed. 0: it can still be ready.
 * `startBy` is today in that case, whenever it should have been.
 */
export const daysLate = ({ crossing, leadDays }: Pick<StartBy, 'crossing' | 'leadDays'>, asOf: PlainDate): number =>
  Math.max(0, daysBetween(addDays(crossing as PlainDate, -leadDays), asOf))

/** Days from today to the risk phase minus what the topic's proof takes: how much room is left, negative when none. */
export function slackDays(proofs: readonly Proof[], chosen: readonly string[], daysToRisk: number): number {
  const candidates = proofs.filter((proof) => chosen.includes(proof.id))
  const counted = candidates.length > 0 ? candidates : [suggested(proofs, daysToRisk)]
  return Math.max(...counted.map((proof) => daysToRisk - proof.leadDays[1]))
}
