import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, ProcessStep } from '../deal/deal.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { Text } from '../methodology/schema.ts'

/** A visit back to a customer who signed, on its place after the signature. */
export interface Return {
  /** Days after the signature on which it is due. */
  days: number
  name: Text
  /** What is shown then. */
  show: Text
  due: PlainDate
  /** The last day on which it is still waited for. */
  until: PlainDate
  /** `due`: the time is now; `missed`: it passed, and nobody went. */
  state: 'done' | 'due' | 'missed' | 'ahead'
  /** The day and the people of the visit that was made. */
  on: PlainDate | null
  with: string[]
}

/**
 * The visits back of a won deal: those whose time has come or passed, and the next one; empty for any other deal. A visit is a done contact
 * with one of `executives` (ids; where the map names none, with anybody). `deal` must be cut to `asOf`.
 */
export function returnsOf(deal: Deal, executives: ReadonlySet<string>, model: Model, asOf: PlainDate): Return[] {
  const signed = deal.status === 'won' ? deal.closedOn : undefined
  if (signed === undefined) return []
  const { returns, thereafter, beforeDays } = model.methodology.account
  const plan = [...returns]
  const found: Return[] = []
  const visits = (deal.touches ?? []).filter(
    ({ outcome, on, with: met }) =>
      outcome === 'done' &&
      on > signed &&
      (executives.size === 0 ? met.length > 0 : met.some((id) => executives.has(id))),
  )
  for (let i = 0; ; i++) {
    const last = plan.at(-1)!
    plan.push({ ...thereafter, days: last.days + thereafter.everyDays })
    const visit = plan[i]!
    const due = addDays(signed, visit.days)
    const from = addDays(due, -beforeDays)
    const next = addDays(signed, plan[i + 1]!.days - beforeDays)
    const until = addDays(due, visit.openDays)
    const made = visits.find(({ on }) => on >= from && on < next)
    found.push({
      days: visit.days,
      name: visit.name,
      show: visit.show,
      due,
      until,
      state: made ? 'done' : asOf > until ? 'missed' : asOf >= due ? 'due' : 'ahead',
      on: made?.on ?? null,
      with: made ? [...made.with] : [],
    })
    if (due > asOf && !made) return found
  }
}

/** The step is of delivery: it comes after the signature. */
export function isDelivery({ step, phase }: ProcessStep, model: Model): boolean {
  const of = phase ?? model.milestones.get(step)?.phase
  return of !== undefined && PHASES.indexOf(of) >= OPEN_PHASES
}

/** The steps of delivery that are told for a day and not reached, the oldest first; undefined: nothing is known of delivery. */
export function deliveryOpen(deal: Deal, model: Model): ProcessStep[] | undefined {
  const steps = deal.process?.filter((step) => step.applies !== false && isDelivery(step, model))
  if (!steps?.length) return undefined
  const reached = new Set(steps.filter(({ done }) => done).map(({ step }) => step))
  const latest = new Map<string, ProcessStep>()
  // A day that was moved is another entry: the one written down last holds.
  for (const step of steps)
    if (!reached.has(step.step) && step.on !== undefined) {
      const known = latest.get(step.step)
      if (!known || (step.recordedOn ?? '') >= (known.recordedOn ?? '')) latest.set(step.step, step)
    }
  return [...latest.values()].sort((a, b) => (a.on! < b.on! ? -1 : a.on! > b.on! ? 1 : 0))
}

/** What the customer said of the result: whose words, on which day; undefined: nothing is known that could say it. */
export function resultsOf(
  deal: Deal,
  model: Model,
): { on: PlainDate; words: string | null; from: string | null }[] | undefined {
  if (!deal.evidence && !deal.process && !deal.ucv) return undefined
  const since = deal.closedOn ?? ''
  const heard = taggedSince(deal, model, VALUE, since)
  const reviewed = (deal.process ?? []).flatMap((step) => {
    const of = step.phase ?? model.milestones.get(step.step)?.phase
    return step.done && of === 'realize' && step.on !== undefined ? [{ on: step.on, words: null, from: null }] : []
  })
  const confirmed = (deal.ucv ?? []).flatMap(({ on, number, confirmedBy }) =>
    on >= since && number !== undefined && confirmedBy !== undefined ? [{ on, words: number, from: confirmedBy }] : [],
  )
  return [...heard, ...reviewed, ...confirmed].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

/** Marks of signals, by which facts count. */
const VALUE = 'value_confirmed'
const REFERENCE = 'reference_agreed'

/** The days on which the customer agreed to be shown; undefined: nothing was heard at all. */
export const referenceOf = (
  deal: Deal,
  model: Model,
): { on: PlainDate; words: string | null; from: string | null }[] | undefined =>
  deal.evidence && taggedSince(deal, model, REFERENCE, '')

function taggedSince(
  deal: Deal,
  model: Model,
  tag: string,
  since: string,
): { on: PlainDate; words: string | null; from: string | null }[] {
  return (deal.evidence ?? []).flatMap(({ on, signal, status, quote, from }) =>
    status === 'confirmed' && on >= since && model.signals.get(signal)?.tags?.includes(tag)
      ? [{ on, words: quote ?? null, from: from ?? null }]
      : [],
  )
}

/** When to come back to a customer who chose another or did not decide; null: the deal is open or won, or its end has no day. */
export function comeBackOf(
  deal: Pick<Deal, 'status' | 'closedOn' | 'process' | 'touches'>,
  model: Model,
  asOf: PlainDate,
): { on: PlainDate; until: PlainDate; due: boolean; why: Text; step: string | null } | null {
  const { status, closedOn } = deal
  if (closedOn === undefined || status === 'open' || status === 'won') return null
  const { comeBack } = model.methodology.account
  const told = (deal.process ?? [])
    .filter(
      ({ on, done, applies }) =>
        on !== undefined && !done && applies !== false && addDays(on, -comeBack.beforeTold.days) > closedOn,
    )
    .map(({ on, step }) => ({
      on: addDays(on!, -comeBack.beforeTold.days),
      why: comeBack.beforeTold.why,
      step,
      told: on!,
    }))
    .filter(({ told: day }) => day >= asOf)
    .sort((a, b) => (a.on < b.on ? -1 : 1))[0]
  const rule = status === 'lost' ? comeBack.lost : comeBack.noDecision
  let on = addDays(closedOn, rule.days)
  const seen = (from: PlainDate): boolean =>
    (deal.touches ?? []).some(
      (touch) =>
        touch.outcome === 'done' && touch.with.length > 0 && touch.on > closedOn && touch.on >= addDays(from, -14),
    )
  while (addDays(on, comeBack.openDays) < asOf || (on <= asOf && seen(on))) on = addDays(on, rule.everyDays)
  const first = told ?? { on, why: rule.why, step: null }
  return {
    on: first.on,
    until: addDays(first.on, comeBack.openDays),
    due: first.on <= asOf && !seen(first.on),
    why: first.why,
    step: first.step,
  }
}
