import type { DealWhole } from '@sente/api'
import { brief, firstDay, plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { useEffect, useState } from 'react'
import type { DealReading } from '../../../shared/api/deal.ts'

/** First day of the run of days on which each rule has been firing, by rule. */
export type FiringSince = ReadonlyMap<string, PlainDate>

const NONE: FiringSince = new Map()
const known = new WeakMap<DealWhole, { asOf: string; since: Promise<FiringSince> }>()
/** A brief takes milliseconds: what the reader does meanwhile goes first. Not every browser says when it is idle. */
const breathe = (): Promise<void> =>
  new Promise(
    (go) =>
      void (typeof requestIdleCallback === 'function'
        ? requestIdleCallback(() => go(), { timeout: 500 })
        : setTimeout(go)),
  )

/** By what could be known on each day, as the server says it of findings of today; some dozen briefs. */
export async function firingSince({
  whole,
  deal,
  brief: { findings },
  methodology,
  asOf,
}: DealReading): Promise<FiringSince> {
  const days = new Map<PlainDate, ReadonlySet<string>>()
  const rulesOn = async (day: PlainDate): Promise<ReadonlySet<string>> => {
    const rules = days.get(day)
    if (rules) return rules
    await breathe()
    const computed = new Set(brief(deal, methodology, day).findings.map(({ rule }) => rule))
    days.set(day, computed)
    return computed
  }
  const began = [deal.openedOn, deal.firstContactOn, plainDate(whole.deal.createdAt.slice(0, 10)), asOf]
    .filter((day) => typeof day === 'string')
    .sort()[0] as PlainDate
  const since = new Map<string, PlainDate>()
  for (const { rule } of findings) {
    const day = await firstDay(asOf, began, async (at) => (await rulesOn(at)).has(rule))
    if (day) since.set(rule, day)
  }
  return since
}

/** Known a moment after the findings are shown; computed once for a state of the deal. */
export function useFiringSince(reading: DealReading): FiringSince {
  const [answer, setAnswer] = useState<{ of: DealWhole; since: FiringSince }>()
  useEffect(() => {
    let gone = false
    let entry = known.get(reading.whole)
    if (entry?.asOf !== reading.asOf) {
      entry = { asOf: reading.asOf, since: firingSince(reading) }
      known.set(reading.whole, entry)
    }
    void entry!.since.then((since) => gone || setAnswer({ of: reading.whole, since }))
    return () => {
      gone = true
    }
  }, [reading])
  return answer?.since ?? NONE
}
