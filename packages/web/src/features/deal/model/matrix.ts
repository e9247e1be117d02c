import type { DealWhole } from '@sente/api'
import { CONCERNS } from '@sente/engine'
import type { Fact } from './fact.ts'
import type { Brief, ConcernId, Methodology, ProofStatus, TopicReadiness } from '@sente/engine'

export interface MatrixRow {
  topic: string
  concern: ConcernId
  readiness: TopicReadiness
  /** Best status of the deal, and for whom. */
  cells: ReadonlyMap<string, { status: ProofStatus; value: number; proof: string | null }>
  /** Why nobody need be answered, where somebody said so. */
  notNeeded: Fact<'notNeeded'> | undefined
}

/** Topics by concern with what each person has been shown; columns are people by key. */
export function matrixOf(
  whole: DealWhole,
  brief: Brief,
): { concern: ConcernId; now: number; demand: number; rows: MatrixRow[] }[] {
  return CONCERNS.map((concern) => ({
    concern,
    now: brief.readiness.now[concern],
    demand: brief.demand.now[concern].value,
    rows: brief.readiness.topics[concern].map((readiness) => ({
      topic: readiness.topic,
      concern,
      readiness,
      cells: new Map(readiness.people.map(({ person, status, value, proof }) => [person, { status, value, proof }])),
      notNeeded: (whole.notNeeded ?? []).find(({ topic }) => topic === readiness.topic),
    })),
  }))
}

/** The proof of a topic that serves this person, or the one that names nobody. */
export function proofFor(
  whole: DealWhole,
  topic: string,
  proof: string | null,
  personId: string,
): Fact<'proof'> | undefined {
  const all = (whole.proof ?? []).filter((one) => one.topic === topic)
  const own = all.filter((one) => one.for?.includes(personId))
  return own.find((one) => one.proof === proof) ?? own[0] ?? all.find((one) => (one.for ?? []).length === 0)
}

/** What one would start with: the strongest proof that is ready soonest. */
export function bestProof(topic: string, methodology: Methodology): string | undefined {
  const rank = { strong: 0, medium: 1, weak: 2 } as const
  const proofs = methodology.topics.topics.find(({ id }) => id === topic)?.proofs ?? []
  return [...proofs].sort((a, b) => rank[a.strength] - rank[b.strength] || a.leadDays[1] - b.leadDays[1])[0]?.id
}
