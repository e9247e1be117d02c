import type { DealWhole } from '@sente/api'
import { daysLate } from '@sente/engine'
import type { Brief, PlainDate, StartBy, TopicReadiness } from '@sente/engine'
import type { Fact } from './fact.ts'
import type { MethodIndex } from './method-index.ts'

export interface Risk {
  topic: string
  readiness: TopicReadiness
  /** What we have or are making. */
  proofs: Fact<'proof'>[]
  /** The most urgent thing to start, and by how many days that is too late. */
  startBy: (StartBy & { late: number }) | undefined
  /** The last time one of them asked for it, of confirmed evidence, in their words where they were written down. */
  asked: { on: string; personId: string | undefined; quote: string | undefined } | undefined
  /** Nobody asked for certain: the last sign from which it is inferred. */
  inferred: { on: string; signal: string } | undefined
  notNeeded: Fact<'notNeeded'> | undefined
}

/** The nine kinds of risk, the heaviest that is open first: what the customer will ask, before they ask. */
export function risksOf(whole: DealWhole, brief: Brief, index: MethodIndex): Risk[] {
  return brief.readiness.topics.risk
    .map((readiness): Risk => {
      const { topic } = readiness
      const heard = (whole.evidence ?? [])
        .filter(({ status }) => status !== 'rejected')
        .sort((a, b) => b.on.localeCompare(a.on))
      const asks = ({ signal }: { signal: string }): boolean =>
        index.signals.get(signal)?.asks?.includes(topic) ?? false
      const hints = ({ signal }: { signal: string }): boolean =>
        index.signals.get(signal)?.hints?.includes(topic) ?? false
      const asked = heard.find((piece) => piece.status === 'confirmed' && asks(piece))
      const sign = asked ? undefined : heard.find((piece) => asks(piece) || hints(piece))
      return {
        topic,
        readiness,
        proofs: (whole.proof ?? []).filter((proof) => proof.topic === topic),
        startBy: brief.lead.startBy
          .flatMap((one) => (one.topic === topic ? [{ ...one, late: daysLate(one, brief.asOf as PlainDate) }] : []))
          .sort((a, b) => b.late - a.late || a.startBy.localeCompare(b.startBy))[0],
        asked: asked && { on: asked.on, personId: asked.personId, quote: asked.quote },
        inferred: sign && { on: sign.on, signal: sign.signal },
        notNeeded: (whole.notNeeded ?? []).find((one) => one.topic === topic),
      }
    })
    .sort((a, b) => weigh(b) - weigh(a))
}

const weigh = ({ readiness, notNeeded, asked }: Risk): number =>
  (notNeeded ? -10 : 0) +
  readiness.weight * (1 - readiness.value) * (readiness.addressed ? 0.5 : 1) +
  (asked && !readiness.addressed ? 1 : 0)
