import { dayNumber } from '../core/dates.ts'
import type { DayNumber } from '../core/dates.ts'
import { proofOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { effectsOf, outcomeOf } from '../deal/outcomes.ts'
import type { Deal, ProofStatus } from '../deal/deal.ts'
import { aboutRival } from '../deal/subject.ts'

/**
 * Something that answers a topic over a stretch of days: a proof in one of its statuses, a play done, or a customer's word.
 * What `preparing` gives is nothing, but it is kept so that the brief can say that someone is at it.
 */
export interface Answer {
  topic: string
  from: DayNumber
  /** First day on which it no longer holds. */
  until: DayNumber
  expires: boolean
  /** Whom it serves; null: everyone, and then at most as prepared. */
  person: string | null
  status: ProofStatus
  /** Status times strength, 0..1. */
  value: number
  /** Proof id, or the play or signal that stands for one. */
  by: string
  byProof: boolean
}

const ALWAYS = -Infinity
const NEVER = Infinity

/** Every answer of a deal. `deal` may hold later facts; each answer says from when it counts. */
export function answersOf(deal: Deal, model: Model): Answer[] {
  const { statuses, strengths } = model.methodology.topics
  const worth = (status: ProofStatus): number => (status === 'preparing' ? 0 : statuses[status])
  const answers: Answer[] = []

  const add = (
    { topic, from, until, expires, status: given, by, byProof }: Omit<Answer, 'value' | 'person'>,
    strength: number,
    people: readonly string[] | undefined,
  ): void => {
    if (people && people.length > 0) {
      const value = worth(given) * strength
      for (const person of people)
        answers.push({ topic, from, until, expires, person, status: given, value, by, byProof })
    } else {
      const status = worth(given) > statuses.prepared ? 'prepared' : given
      answers.push({ topic, from, until, expires, person: null, status, value: worth(status) * strength, by, byProof })
    }
  }

  for (const proof of deal.proofs ?? []) {
    const known = proofOf(model.topics.get(proof.topic), proof.proof)
    if (!known) continue
    const end = proof.expiresOn ? dayNumber(proof.expiresOn) : NEVER
    proof.history.forEach(({ status, on }, i) => {
      const from = on ? dayNumber(on) : ALWAYS
      const next = proof.history[i + 1]?.on
      const until = next ? Math.min(dayNumber(next), end) : end
      const expires = until === end && end !== NEVER
      add(
        { topic: proof.topic, from, until, expires, status, by: proof.proof, byProof: true },
        strengths[known.strength],
        proof.for,
      )
    })
  }
  // A play or a customer's word answers a topic by talk alone: medium strength.
  for (const touch of deal.touches ?? []) {
    const outcome = outcomeOf(touch)
    const play = touch.play ? model.plays.get(touch.play) : undefined
    if (outcome === null || !play) continue
    const effects = effectsOf(play, outcome, model)
    // A worry that was halved is as good as half an answer, for whoever had it.
    for (const { topic, factor } of effects.worries ?? []) {
      for (const person of touch.with)
        answers.push({
          topic,
          from: dayNumber(touch.on),
          until: NEVER,
          expires: false,
          person,
          status: 'presented',
          value: 1 - factor,
          by: play.id,
          byProof: false,
        })
    }
    for (const { topic, status } of effects.topics) {
      const spoken = {
        topic,
        from: dayNumber(touch.on),
        until: NEVER,
        expires: false,
        status,
        by: play.id,
        byProof: false,
      }
      add(spoken, strengths.medium, touch.with)
    }
  }
  for (const piece of deal.evidence ?? []) {
    const signal = model.signals.get(piece.signal)
    if (piece.status !== 'confirmed' || !signal?.answers || aboutRival(piece, signal, deal)) continue
    for (const { topic, status } of signal.answers) {
      const heard = {
        topic,
        from: dayNumber(piece.on),
        until: NEVER,
        expires: false,
        status,
        by: piece.signal,
        byProof: false,
      }
      add(heard, strengths.medium, piece.from ? [piece.from] : undefined)
    }
  }
  return answers
}
