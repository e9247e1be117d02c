import { modelOf } from '../core/model.ts'
import type { PlainDate } from '../core/dates.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import { ledgerOf } from '../deal/ledger.ts'
import { referenceOf } from '../people/after.ts'
import type { Methodology } from '../methodology/schema.ts'

export interface NextUnit {
  name: string
  /** The unit that would buy, and what; absent: not known yet. */
  unit?: string
  offer?: string
}

/** What was carried over, in numbers. */
export interface Carried {
  people: number
  touches: number
  promises: number
  proofs: number
  pains: number
}

/** Marks of signals that are carried over: pains, and what the customer said of the result. */
const CARRIED_TAGS = ['pain', 'value_confirmed', 'reference_agreed']

/**
 * The next deal of an account, opened from one that was won, as of a day: its people with their stance, the contacts their trust comes from,
 * open promises both ways, proofs (as prepared: nobody there has seen them yet), pains and results. All of it is marked with the name of
 * the deal it comes from; what was carried over places the customer nowhere and counts as nobody's word until it is heard again.
 */
export function nextUnit(
  from: Deal,
  methodology: Methodology,
  asOf: PlainDate,
  { name, unit, offer }: NextUnit,
): { deal: Deal; carried: Carried } {
  const model = modelOf(methodology)
  const seen = dealAsOf(from, asOf)
  const mark = { carriedFrom: seen.name }
  const people = (seen.people ?? [])
    .filter(({ leftOn }) => leftOn === undefined || leftOn > asOf)
    // A hold was given for that decision, not for this one.
    .map(({ hold: _hold, ...person }) => ({ ...person, ...mark }))
  const here = new Set(people.map(({ id }) => id))
  const there = people.map((person) =>
    person.reportsTo && !here.has(person.reportsTo) ? without(person, 'reportsTo') : person,
  )
  const touches = (seen.touches ?? []).flatMap(({ on, play, what, with: met, outcome, recordedOn }) => {
    const known = met.filter((id) => here.has(id))
    if (known.length === 0 || outcome === 'cancelled') return []
    // Neither its hours nor its concern: they were spent on that deal.
    return [
      said({
        on,
        play,
        what,
        with: known,
        outcome,
        recordedOn,
        ...mark,
      }),
    ]
  })
  const open = new Set(
    ledgerOf(seen, asOf)
      .filter(({ state }) => state === 'open')
      .map(({ index }) => index),
  )
  const commitments = (seen.commitments ?? [])
    .filter((_, index) => open.has(index))
    .map((promise) => ({ ...(promise.to && !here.has(promise.to) ? without(promise, 'to') : promise), ...mark }))
  const proofs = (seen.proofs ?? []).flatMap(({ topic, proof, owner, note, expiresOn, history }) => {
    const ready = history.find(({ status }) => READY.has(status))
    if (!ready || (expiresOn !== undefined && expiresOn <= asOf)) return []
    const prepared = said({ status: 'prepared' as const, on: ready.on })
    return [{ ...said({ topic, proof, owner, note, expiresOn }), history: [prepared], ...mark }]
  })
  const evidence = (seen.evidence ?? []).flatMap((piece) => {
    const tags = model.signals.get(piece.signal)?.tags ?? []
    if (piece.status !== 'confirmed' || !CARRIED_TAGS.some((tag) => tags.includes(tag))) return []
    if (piece.from !== undefined && !here.has(piece.from)) return []
    return [{ ...without(piece, 'id'), ...mark }]
  })
  const agreed = (referenceOf(seen, model) ?? []).length > 0
  const account = seen.account && {
    ...seen.account,
    ...(from.status === 'won' && { wonProjects: Math.max(1, seen.account.wonProjects ?? 1) }),
  }
  const us = seen.us && {
    ...seen.us,
    // Who was won is the nearest reference there is.
    ...(agreed && { references: [...(seen.us.references ?? []), { name: seen.name, execWilling: true }] }),
  }
  const deal = said({
    sente: 1 as const,
    name,
    account,
    unit,
    offer: offer ?? seen.offer,
    carriedFrom: seen.name,
    openedOn: asOf,
    status: 'open' as const,
    style: seen.style,
    traits: seen.traits,
    us,
    people: there.length > 0 ? there : undefined,
    touches: touches.length > 0 ? touches : undefined,
    commitments: commitments.length > 0 ? commitments : undefined,
    proofs: proofs.length > 0 ? proofs : undefined,
    evidence: evidence.length > 0 ? evidence : undefined,
  }) as Deal
  return {
    deal,
    carried: {
      people: there.length,
      touches: touches.length,
      promises: commitments.length,
      proofs: proofs.length,
      pains: evidence.length,
    },
  }
}

const READY: ReadonlySet<string> = new Set(['prepared', 'presented', 'accepted'])

const said = <T extends object>(value: T): { [P in keyof T]: Exclude<T[P], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = value
  return rest
}
