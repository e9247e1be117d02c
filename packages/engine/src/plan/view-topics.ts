import { dayNumber } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { levelOfRole } from '../methodology/check-references.ts'
import { CONCERNS, PHASES } from '../methodology/schema.ts'
import type { ConcernId, PersonLevel, Text, Topic } from '../methodology/schema.ts'
import type { Readiness } from '../readiness/schema.ts'

/** Days in which an open question asked aloud should be answered. */
const PATIENCE_DAYS = 10
/** A question whose time has passed is alive only when somebody asked it in so many days. */
const ALIVE_DAYS = 60

/** A topic that a person asks, with the papers that could answer it. */
export interface TopicNeed {
  topic: string
  name: Text
  concern: ConcernId
  /** After the deal's traits, 0… */
  weight: number
  /** What answers it now, 0..1. */
  value: number
  /** Asked aloud by this person. */
  asked: boolean
  /** The file says something of it; otherwise it is not known whether it is open. */
  known: boolean
  /** Day by which it should be answered. */
  due: number
  /** Proofs that can be put before this person, each with the first day on which it may be ready, the soonest first. */
  proofs: readonly { proof: string; name: Text; ready: number; share: number }[]
}

interface Base {
  model: Model
  today: number
  deal: Deal
  begins: readonly (number | null)[]
  style: { lead: 'fast' | 'normal' }
}

/** The topics of a person with weight and something left to answer. */
export function topicsOf(
  person: { id: string; roles: readonly string[] },
  base: Base,
  readiness: Readiness,
): TopicNeed[] {
  const { model, deal, today } = base
  const asked = new Map<string, number>()
  for (const piece of deal.evidence ?? []) {
    const topics = model.signals.get(piece.signal)?.asks ?? []
    if (piece.from !== person.id || piece.status === 'rejected') continue
    for (const topic of topics) asked.set(topic, Math.max(asked.get(topic) ?? -Infinity, dayNumber(piece.on) - today))
  }
  return CONCERNS.flatMap((concern) =>
    readiness.topics[concern].flatMap((view): TopicNeed[] => {
      const own = view.people.find((entry) => entry.person === person.id)
      const heard = asked.get(view.topic)
      if (!own && heard === undefined) return []
      const topic = model.topics.get(view.topic)!
      const value = own?.value ?? 0
      const due = dueOf(topic, base.begins, heard)
      if (due === null || value >= 0.99) return []
      return [
        {
          topic: topic.id,
          name: topic.name,
          concern,
          weight: view.weight,
          value,
          asked: heard !== undefined && heard > -ALIVE_DAYS,
          known:
            heard !== undefined ||
            (deal.proofs ?? []).some((proof) => proof.topic === topic.id) ||
            deal.proofs?.length === 0,
          due,
          proofs: proofsFor(topic, person, base),
        },
      ]
    }),
  )
}

/** The middle of the first phase in which it rises, or the day it was asked with some patience; null: its time has passed. */
function dueOf(topic: Topic, begins: readonly (number | null)[], heard: number | undefined): number | null {
  const first = Math.min(...topic.risesIn.map((phase) => PHASES.indexOf(phase)))
  const last = Math.max(...topic.risesIn.map((phase) => PHASES.indexOf(phase)))
  const asked = heard !== undefined && heard > -ALIVE_DAYS ? Math.max(heard + PATIENCE_DAYS, 0) : null
  const from = begins[first]
  const to = begins[first + 1] ?? null
  const over = begins[last + 1] === 0
  const middle = from === null || from === undefined ? null : Math.round((from + (to ?? from + 30)) / 2)
  if (over) return asked
  if (middle === null) return asked
  return asked === null ? middle : Math.min(asked, middle)
}

const SHARE = { strong: 0.95, medium: 0.7, weak: 0.35 } as const
/** The customer's own work: nobody of ours can hand it over. */
const THEIRS: ReadonlySet<string> = new Set(['buyer', 'champion', 'economic_buyer'])

function proofsFor(topic: Topic, person: { id: string; roles: readonly string[] }, base: Base): TopicNeed['proofs'] {
  const { model, deal, today } = base
  const levels = new Set<PersonLevel>(
    person.roles.flatMap((role) => {
      const known = model.roles.get(role)
      return known ? [levelOfRole(known)] : []
    }),
  )
  if (levels.has('top')) levels.delete('working')
  if (levels.size === 0) levels.add('working')
  return topic.proofs
    .flatMap((proof) => {
      if (THEIRS.has(proof.owner) || !proof.for.some((level) => levels.has(level))) return []
      const own = deal.proofs?.find((entry) => entry.topic === topic.id && entry.proof === proof.id)
      const status = own?.history.at(-1)?.status
      const lead = proof.leadDays[base.style.lead === 'fast' ? 0 : 1]
      const expected = own?.readyOn ? Math.max(0, dayNumber(own.readyOn as PlainDate) - today) : lead
      const ready = status && status !== 'missing' && status !== 'preparing' ? 0 : expected
      return [{ proof: proof.id, name: proof.name, ready, share: SHARE[proof.strength] }]
    })
    .sort((a, b) => a.ready - b.ready || b.share - a.share)
}
