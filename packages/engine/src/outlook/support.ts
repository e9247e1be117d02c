import type { Model } from '../core/model.ts'
import type { Deal, Person } from '../deal/deal.ts'
import type { OutlookFeature } from '../methodology/schema.ts'
import { isExecutive } from '../people/relations.ts'
import type { Relation, Relations } from '../people/relations.ts'
import type { Feature } from './feature.ts'
import { noisyOr } from './signs.ts'

/** Groups saturate slowly: somebody of influence 5 counts half as much as if the whole group stood on him. */
const GROUP = 10

/**
 * How far a person would speak for us, 0..1: trust that reaches beyond merely knowing each other, as much of it as the stance
 * leaves; a supporter's word without it; a hold. A rival's tie takes a share away, a broken hold half. Nobody of whom nothing
 * is known is below 0, so taking a person off the map never raises it.
 */
export function supportOf(relation: Relation, ties: ReadonlyMap<string, number>, model: Model): number {
  const { person } = model.methodology.outlook
  const known = model.methodology.people.rungs[1]!.trust
  const stance = Math.round(relation.stance ?? 0)
  const trust = Math.max(0, (relation.trust - known) / (1 - known)) * person.stance[stance + 2]!
  const word = person.support * (Math.max(0, stance) / 2)
  const held = relation.hold?.state === 'given' ? person.hold : 0
  const broken = relation.hold?.state === 'broken' ? person.broken : 1
  return noisyOr([trust, word, held]) * broken * (1 - person.tieTakes * (ties.get(relation.id) ?? 0))
}

/** How tied each person is to the rivals, from days of contact. It does not fade: we do not see what else there was. */
export function tiesOf(deal: Deal, model: Model): ReadonlyMap<string, number> {
  const { tie } = model.methodology.outlook.person
  const free = new Map<string, number>()
  for (const rival of deal.rivals ?? []) {
    const days = new Map<string, Set<string>>()
    for (const { person, on } of rival.contacts ?? []) {
      const set = days.get(person)
      if (set) set.add(on)
      else days.set(person, new Set([on]))
    }
    for (const [person, { size }] of days)
      free.set(person, (free.get(person) ?? 1) * (1 - (size > 1 ? tie[1] : tie[0])))
  }
  return new Map([...free].map(([person, left]) => [person, 1 - left]))
}

/** There was a contact of ours that took place; a word from them, which may be a refusal, is none. */
const isMet = ({ lastTouch }: Relation): boolean => lastTouch !== null

const sits = ({ roles }: { roles: readonly string[] }, seat: readonly string[]): boolean =>
  roles.some((role) => seat.includes(role))

const heardOf = ({ id }: Person, deal: Deal): boolean =>
  (deal.touches ?? []).some((touch) => touch.with.includes(id)) || (deal.evidence ?? []).some(({ from }) => from === id)

/** Of somebody of whom only the name is known nobody has said whether he stands behind us; where touches are written down, having none says it. */
const isTold = (person: Person, deal: Deal): boolean =>
  deal.touches !== undefined || heardOf(person, deal) || (person.stance?.length ?? 0) > 0

/** A seat that must exist: nobody on it is an unknown person, without support. Who has left is known all the same. */
function seatOf(
  seat: readonly string[],
  deal: Deal,
  relations: Relations,
  support: (one: Relation) => number,
): Feature {
  const sitting = (deal.people ?? []).filter((person) => sits(person, seat))
  const told = sitting.map((person) => 0.4 + (person.stance?.length ? 0.3 : 0) + (heardOf(person, deal) ? 0.3 : 0))
  const value = noisyOr(relations.people.filter((one) => sits(one, seat)).map(support))
  return {
    value,
    known: Math.max(0, ...told),
    met: relations.people.some((one) => sits(one, seat) && isMet(one)),
    told: value > 0 || sitting.some((person) => isTold(person, deal)),
  }
}

const groupOf = (members: readonly Relation[], support: (one: Relation) => number): number =>
  1 - members.reduce((left, one) => left * (1 - support(one)) ** (one.influence / GROUP), 1)

/** The four features about people. */
export function peopleFeatures(
  deal: Deal,
  relations: Relations,
  model: Model,
): Record<'number_one' | 'economic_buyer' | 'other_deciders' | 'working_level', Feature> {
  const ties = tiesOf(deal, model)
  const support = (one: Relation): number => supportOf(one, ties, model)
  const rolesOf = (id: OutlookFeature['id']): readonly string[] =>
    model.methodology.outlook.features.find((feature) => feature.id === id)?.roles ?? []
  const seats = { number_one: rolesOf('number_one'), economic_buyer: rolesOf('economic_buyer') }
  const seated = [...seats.number_one, ...seats.economic_buyer]
  const others = relations.people.filter((one) => !sits(one, seated))
  const told = (deal.people ?? []).filter((person) => !sits(person, seated))
  const executives = told.filter((person) => isExecutive(person, model))
  const workers = told.filter((person) => !executives.includes(person))
  const group = (executive: boolean): number =>
    groupOf(
      others.filter((one) => one.executive === executive),
      support,
    )
  return {
    number_one: seatOf(seats.number_one, deal, relations, support),
    economic_buyer: seatOf(seats.economic_buyer, deal, relations, support),
    // Each further person tells of the group a share of what the others left open.
    other_deciders: {
      value: group(true),
      known: 1 - 0.6 ** executives.length,
      told: executives.some((person) => isTold(person, deal)),
    },
    working_level: {
      value: group(false),
      known: 1 - 0.7 ** workers.length,
      told: workers.some((person) => isTold(person, deal)),
    },
  }
}
