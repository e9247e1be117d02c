import { saidDay } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Text } from '../methodology/words.ts'
import { fill } from '../plan/words.ts'
import { claimOf, heardOf } from './part.ts'
import type { Ground, Part } from './part.ts'
import type { AccountPlan } from './schema.ts'

type Cell = AccountPlan['grid'][number]
type Decider = Cell['decider']

/** Units of the customer: those it is said to have, then those that deals name. */
export function unitsOf({ parts }: Ground): string[] {
  return [...new Set([...parts.flatMap(({ deal }) => deal.account?.units ?? []), ...parts.map(({ unit }) => unit)])]
}

export function offersOf({ parts }: Ground): string[] {
  return [...new Set([...parts.flatMap(({ deal }) => deal.us?.offers ?? []), ...parts.map(({ offer }) => offer)])]
}

/** Every unit with every offer: what is there, why it is so, and who would decide. */
export function gridOf(ground: Ground): Cell[] {
  const offers = offersOf(ground)
  return unitsOf(ground).flatMap((unit) => {
    const decider = deciderOf(ground, unit)
    return offers.map((offer) => cellOf(ground, unit, offer, decider))
  })
}

/** What stands of several deals in one cell: what is in use before what is open, then the latest end. */
const ORDER = { won: 0, open: 1, lost: 2, 'no-decision': 2 } as const

function cellOf(ground: Ground, unit: string, offer: string, decider: Decider): Cell {
  const { model, parts } = ground
  const says = model.methodology.account.grid
  const here = parts
    .filter((part) => part.unit === unit && part.offer === offer)
    .sort(
      (a, b) =>
        ORDER[a.deal.status] - ORDER[b.deal.status] || ((a.deal.closedOn ?? '') < (b.deal.closedOn ?? '') ? 1 : -1),
    )[0]
  if (here) {
    const { status, name, closedOn, reason } = here.deal
    const on = status === 'open' ? lastDay(here) : (closedOn ?? null)
    const why = reason === undefined ? '' : reason
    return {
      unit,
      offer,
      status,
      reason: fill(says[status], {
        deal: name,
        day: closedOn === undefined ? { en: 'an unknown day', zh: '某天' } : saidDay(closedOn),
        why: why === '' ? '' : { en: `: ${why}`, zh: `：${why}` },
      }),
      decider,
      deal: name,
      // What is in use stays known; what is open must be heard of again.
      claim:
        status === 'open'
          ? claimOf(ground, name, on)
          : { state: on === null ? 'assumed' : 'confirmed', source: name, on },
    }
  }
  return { unit, offer, ...whiteOf(ground, unit, offer), decider, deal: null }
}

/** A cell in which nothing of ours is sold or open. */
function whiteOf(ground: Ground, unit: string, offer: string): Pick<Cell, 'status' | 'reason' | 'claim'> {
  const { model, parts, asOf } = ground
  const says = model.methodology.account.grid
  for (const { name, units, incumbent, claim } of rivalRows(ground))
    if (incumbent && units.includes(unit)) return { status: 'rival', reason: fill(says.rival, { rival: name }), claim }
  const won = parts.find((part) => part.offer === offer && part.deal.status === 'won')
  const known = ground.people.filter((person) => person.in.some(({ part }) => part.unit === unit)).length
  const reason: Text = won
    ? fill(says.result, { deal: won.deal.name, unit: won.unit })
    : known > 0
      ? fill(says.known, { count: String(known) })
      : says.nobody
  return { status: 'white', reason, claim: claimOf(ground, parts[0]?.deal.account?.name ?? '', asOf, true) }
}

/** The last day on which anything happened in a deal. */
export function lastDay({ deal }: Part): PlainDate | null {
  return [...(deal.evidence ?? []), ...(deal.touches ?? [])].reduce<PlainDate | null>(
    (last, { on, carriedFrom }) => (carriedFrom === undefined && (last === null || on > last) ? on : last),
    null,
  )
}

/** Who decides in a unit: its number one, else whoever decides there; else the number one above all units, whom nobody is above. */
function deciderOf(ground: Ground, unit: string): Decider {
  const deciders = ground.people.flatMap((known) =>
    known.in.flatMap(({ part, person, relation }) =>
      relation.numberOne || relation.decides
        ? [{ known, person, relation, unit: part.unit, on: heardOf(part, person) ?? '' }]
        : [],
    ),
  )
  const own = deciders
    .filter((one) => one.unit === unit && one.person.carriedFrom === undefined)
    .sort((a, b) => Number(b.relation.numberOne) - Number(a.relation.numberOne) || (a.on < b.on ? 1 : -1))[0]
  const above = deciders
    .filter(({ relation }) => relation.numberOne)
    .sort(
      (a, b) =>
        Number(b.relation.reportsTo === null && b.person.reportsTo === null) -
          Number(a.relation.reportsTo === null && a.person.reportsTo === null) ||
        b.relation.influence - a.relation.influence,
    )[0]
  const found = own ?? above
  return found ? { name: found.known.name, title: found.known.title, group: !own } : null
}

/** Rivals over all deals: in which units, with whom they were seen, and on which day we last knew. */
export function rivalRows(ground: Ground): AccountPlan['rivals'] {
  const rows = new Map<string, AccountPlan['rivals'][number]>()
  for (const { deal, unit } of ground.parts)
    for (const rival of deal.rivals ?? []) {
      if ((rival.kind ?? 'vendor') !== 'vendor') continue
      const on = [rival.recordedOn, ...(rival.contacts ?? []).map((contact) => contact.recordedOn ?? contact.on)]
        .filter((day) => day !== undefined)
        .sort()
        .at(-1)
      const people = (rival.contacts ?? []).flatMap(
        ({ person }) => deal.people?.find(({ id }) => id === person)?.name ?? [],
      )
      const claim = claimOf(ground, deal.name, on ?? null)
      const before = rows.get(rival.name)
      // Whoever lost to us there no longer stands there.
      const incumbent = rival.incumbent === true && deal.status !== 'won'
      rows.set(rival.name, {
        name: rival.name,
        units: [...new Set([...(before?.units ?? []), unit])],
        incumbent: incumbent || before?.incumbent === true,
        people: [...new Set([...(before?.people ?? []), ...people])],
        claim: before && (before.claim.on ?? '') > (claim.on ?? '') ? before.claim : claim,
      })
    }
  return [...rows.values()].sort((a, b) => Number(b.incumbent) - Number(a.incumbent) || (a.name < b.name ? -1 : 1))
}
