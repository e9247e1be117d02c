import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { modelOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal, Person } from '../deal/deal.ts'
import { outcomeOf, tookPlace } from '../deal/outcomes.ts'
import type { Methodology } from '../methodology/schema.ts'
import { relations } from '../people/relations.ts'
import type { Relation, Relations } from '../people/relations.ts'
import type { AccountPlan, Claim } from './schema.ts'

/** One deal of the account as it stands on the day, with what hangs on it. */
export interface Part {
  deal: Deal
  relations: Relations
  unit: string
  offer: string
}

/** A person over all deals; found by name, and by title where two of one name have different ones. */
export interface Known {
  name: string
  title: string | null
  in: { part: Part; person: Person; relation: Relation }[]
}

export interface Ground {
  model: Model
  asOf: PlainDate
  parts: readonly Part[]
  people: readonly Known[]
}

export function accountGround(deals: readonly Deal[], methodology: Methodology, asOf: PlainDate): Ground {
  const model = modelOf(methodology)
  const parts = deals.map((given): Part => {
    const deal = dealAsOf(given, asOf)
    const account = deal.account?.name ?? deal.name
    return { deal, relations: relations(deal, model, asOf), unit: deal.unit ?? account, offer: deal.offer ?? deal.name }
  })
  const people: Known[] = []
  for (const part of parts)
    for (const person of part.deal.people ?? []) {
      const relation = part.relations.people.find(({ id }) => id === person.id)
      if (!relation) continue
      const title = person.title ?? null
      const same = people.find(
        (known) =>
          known.name.trim().toLowerCase() === person.name.trim().toLowerCase() &&
          (known.title === null || title === null || known.title === title),
      )
      if (same) {
        same.title ??= title
        same.in.push({ part, person, relation })
      } else people.push({ name: person.name, title, in: [{ part, person, relation }] })
    }
  return { model, asOf, parts, people }
}

/** What state a claim has on a day: see `Claim`. */
export function claimOf({ model, asOf }: Ground, source: string, on: PlainDate | null, assumed = false): Claim {
  const stale = on !== null && addDays(on, model.methodology.account.staleDays) < asOf
  return { state: assumed || on === null ? 'assumed' : stale ? 'stale' : 'confirmed', source, on }
}

/** The latest day on which anything was written of a person in a deal; null: nothing has a day. */
export function heardOf({ deal }: Part, person: Person): PlainDate | null {
  const days = [
    ...(person.stance ?? []).flatMap(({ on }) => on ?? []),
    ...(person.recordedOn === undefined ? [] : [person.recordedOn]),
    ...(deal.evidence ?? []).flatMap(({ from, on, status }) =>
      from === person.id && status !== 'rejected' ? [on] : [],
    ),
    ...(deal.touches ?? []).flatMap((touch) => (tookPlace(touch) && touch.with.includes(person.id) ? [touch.on] : [])),
  ]
  return days.reduce<PlainDate | null>((last, on) => (last === null || on > last ? on : last), null)
}

/** How high somebody stands, over all deals. */
export function levelOf(known: Known): AccountPlan['people'][number]['level'] {
  if (known.in.some(({ relation }) => relation.numberOne)) return 'top'
  return known.in.some(({ relation }) => relation.executive) ? 'executive' : 'working'
}

/** Contacts that took place with somebody, each once though several deals carry it, with who of ours was there. */
export function contactsWith(known: Known): { on: PlainDate; ours: string[] }[] {
  const seen = new Map<string, { on: PlainDate; ours: string[] }>()
  for (const { part, person } of known.in)
    for (const touch of part.deal.touches ?? []) {
      if (outcomeOf(touch) === null || !tookPlace(touch) || !touch.with.includes(person.id)) continue
      const planned = (part.deal.plan ?? []).find(
        ({ play, on, owner, status }) => owner && status === 'done' && play === touch.play && on === touch.on,
      )
      const ours = (touch.ours ?? planned?.owner ?? '')
        .split(/[,，、]/)
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => part.deal.us?.team?.find(({ id }) => id === name)?.name ?? name)
      const key = `${touch.on} ${touch.play ?? touch.what ?? ''}`
      const before = seen.get(key)
      seen.set(key, { on: touch.on, ours: before && before.ours.length > 0 ? before.ours : ours })
    }
  return [...seen.values()].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}
