import { daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, Rival } from '../deal/deal.ts'
import { effectsOf, outcomeOf } from '../deal/outcomes.ts'
import type { People } from './schema.ts'

/** Of a rival we see contacts, not what was said: nobody is taken to be beyond this rung by contacts alone. */
const RIVAL_REACH = 'access'

/** A rival's meeting with somebody of the customer. */
export type RivalContact = Pick<NonNullable<Rival['contacts']>[number], 'person' | 'on'>

/** Rivals who sell; what stays as it is and what they build themselves are no vendors. */
export const vendorsOf = (deal: Deal): Rival[] =>
  (deal.rivals ?? []).filter((rival) => (rival.kind ?? 'vendor') === 'vendor')

interface Mapped {
  id: string
  executive: boolean
  decides: boolean
  numberOne: boolean
  influence: number
}

/** Steps of ours that undid what a rival had won with somebody, by person and day. */
function countersOf(deal: Deal, model: Model): { person: string; on: PlainDate; how: string }[] {
  return (deal.touches ?? []).flatMap((touch) => {
    const play = touch.play ? model.plays.get(touch.play) : undefined
    const outcome = outcomeOf(touch)
    const how = play && outcome ? effectsOf(play, outcome, model).rival : undefined
    return how ? touch.with.map((person) => ({ person, on: touch.on, how })) : []
  })
}

/**
 * What is known of each rival's relations. The first contact with a person makes the rival registered there, a second on a
 * later day gives access; it fades like our own trust, from the last contact. Null where a rival's contacts are not known.
 */
export function rivalViews(deal: Deal, people: readonly Mapped[], model: Model, asOf: PlainDate): People['rivals'] {
  const counters = countersOf(deal, model)
  /** What a counter of ours cancelled counts no more. */
  const alive = (contact: { person: string; on: PlainDate }): boolean =>
    !counters.some(({ person, on, how }) => how === 'cancelled' && person === contact.person && on > contact.on)
  const { rungs, halfLifeDays, floorRung } = model.methodology.people
  const registered = model.rungIndex.get(floorRung)!
  const reach = model.rungIndex.get(RIVAL_REACH) ?? registered
  const trustIn = (days: readonly PlainDate[]): number => {
    if (days.length === 0) return 0
    const rung = Math.min(registered + new Set(days).size - 1, reach)
    const last = days.reduce((latest, on) => (on > latest ? on : latest))
    return Math.max(rungs[registered]!.trust, rungs[rung]!.trust * 2 ** (-daysBetween(last, asOf) / halfLifeDays))
  }
  return vendorsOf(deal).map((rival) => {
    const contacts = [...(rival.contacts ?? [])].sort((a, b) =>
      a.on < b.on ? -1 : a.on > b.on ? 1 : a.person < b.person ? -1 : 1,
    )
    const cover = (keep: (person: Mapped) => boolean): { value: number; n: number } | null => {
      const wanted = people.filter(keep)
      if (rival.contacts === undefined || wanted.length === 0) return null
      let sum = 0
      let total = 0
      for (const person of wanted) {
        total += person.influence
        sum +=
          person.influence *
          trustIn(
            contacts.filter((contact) => contact.person === person.id && alive(contact)).map((contact) => contact.on),
          )
      }
      return { value: sum / total, n: wanted.length }
    }
    return {
      id: rival.id,
      name: rival.name,
      incumbent: rival.incumbent ?? null,
      executives: cover((person) => person.executive && person.decides),
      numberOne: cover((person) => person.numberOne),
      contacts: contacts.map(({ person, on }) => ({ person, on })),
    }
  })
}
