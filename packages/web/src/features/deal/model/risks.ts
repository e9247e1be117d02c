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
  /** Day on which one of them asked for it last, of confirmed evidence. */
  asked: { on: string; personId: string | undefined } | undefined
  notNeeded: Fact<'notNeeded'> | undefined
}

/** The nine kinds of risk, the heaviest that is open first: what the customer will ask, before they ask. */
export function risksOf(whole: DealWhole, brief: Brief, index: MethodIndex): Risk[] {
  return brief.readiness.topics.risk
    .map((readiness): Risk => {
      const { topic } = readiness
      const asked = (whole.evidence ?? [])
        .filter(({ signal, status }) => status !== 'rejected' && index.signals.get(signal)?.asks?.includes(topic))
        .sort((a, b) => b.on.localeCompare(a.on))[0]
      return {
        topic,
        readiness,
        proofs: (whole.proof ?? []).filter((proof) => proof.topic === topic),
        startBy: brief.lead.startBy
          .flatMap((one) => (one.topic === topic ? [{ ...one, late: daysLate(one, brief.asOf as PlainDate) }] : []))
          .sort((a, b) => b.late - a.late || a.startBy.localeCompare(b.startBy))[0],
        asked: asked && { on: asked.on, personId: asked.personId },
        notNeeded: (whole.notNeeded ?? []).find((one) => one.topic === topic),
      }
    })
    .sort((a, b) => weigh(b) - weigh(a))
}

const weigh = ({ readiness, notNeeded, asked }: Risk): number =>
  (notNeeded ? -10 : 0) +
  readiness.weight * (1 - readiness.value) * (readiness.addressed ? 0.5 : 1) +
  (asked && !readiness.addressed ? 1 : 0)
