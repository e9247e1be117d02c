import type { DealWhole, Person } from '@sente/api'
import type { Fact } from './fact.ts'
import type { Brief, PersonView } from '@sente/engine'

/** Somebody of the customer in this deal: the person, their part in the deal, and how we stand with them today. */
export interface DealPerson {
  /** Id in the deal file and in the brief. */
  key: string
  personId: string
  name: string
  person: Person | undefined
  part: Fact<'stakeholder'>
  /** Absent for somebody who has left. */
  view: PersonView | undefined
  /** Person above, where that is somebody of this deal. */
  above: string | undefined
}

const newestOn = (
  a: { on?: string | undefined; createdAt: string },
  b: { on?: string | undefined; createdAt: string },
): number => (a.on ?? '').localeCompare(b.on ?? '') || a.createdAt.localeCompare(b.createdAt)

export const keyOfPart = (part: { key?: string | undefined; personId: string }): string =>
  part.key ?? part.personId.slice(0, 8)

/** The number one first, then executives, then by influence and name. */
export function peopleOf(whole: DealWhole, brief: Brief): DealPerson[] {
  const persons = new Map((whole.people ?? []).map((person) => [person.id, person]))
  const views = new Map(brief.people.people.map((view) => [view.id, view]))
  const parts = whole.stakeholder ?? []
  const inDeal = new Set(parts.map(({ personId }) => personId))
  const rank = ({ view }: DealPerson): number =>
    view ? (view.numberOne ? 20 : 0) + (view.executive ? 10 : 0) + view.influence : -1
  return parts
    .map((part): DealPerson => {
      const person = persons.get(part.personId)
      const above = person?.reportsTo || undefined
      return {
        key: keyOfPart(part),
        personId: part.personId,
        name: person?.name ?? '?',
        person,
        part,
        view: views.get(keyOfPart(part)),
        above: above && inDeal.has(above) ? above : undefined,
      }
    })
    .sort((a, b) => rank(b) - rank(a) || a.name.localeCompare(b.name))
}

/** The stance or hold that counts today: the one with the latest day, of one day the one written last. */
export function latest<T extends { personId: string; on?: string | undefined; createdAt: string }>(
  items: readonly T[] | undefined,
  personId: string,
  asOf: string,
): T | undefined {
  return (items ?? [])
    .filter((item) => item.personId === personId && (item.on ?? '') <= asOf)
    .sort(newestOn)
    .at(-1)
}

const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** One name however it was typed: upper case, wide letters and spaces between words do not tell people apart. */
export const sameName = (a: string, b: string): boolean => plain(a) !== '' && plain(a) === plain(b)

/** The person of the account whom the reader chose in the form, as long as the name there is still theirs. */
export function knownIn(values: Readonly<Record<string, unknown>>): Person | undefined {
  const known = values['known'] as Person | undefined
  return known !== undefined && sameName(known.name, String(values['name'] ?? '')) ? known : undefined
}

/** A short name for a new person in the deal file: letters of the name where there are any, else counted. */
export function newKey(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 32) ||
    name.replace(/[\s/]+/g, '').slice(0, 16) ||
    'p'
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}-${n}`
    if (!taken.has(key)) return key
  }
}

/** Roles somebody should have; without them the map has a gap. In the order in which a gap hurts. */
const NEEDED = ['number_one', 'economic_buyer', 'technical_buyer', 'user_buyer', 'champion'] as const
export type Gap = (typeof NEEDED)[number]
/** Keys of their questions; a key of words may not end in `_one`. */
export const GAP_WORDS = {
  number_one: 'gap.numberOne',
  economic_buyer: 'gap.economicBuyer',
  technical_buyer: 'gap.technicalBuyer',
  user_buyer: 'gap.userBuyer',
  champion: 'gap.champion',
} as const

/** Roles that nobody on the map has. The number one decides, so nobody asks for a separate economic buyer beside one. */
export function gapsOf(people: readonly DealPerson[]): Gap[] {
  const have = new Set(
    people
      .filter(({ person }) => !person?.leftOn)
      .flatMap(({ part }) => (part.roles ?? []).map((role) => role.replaceAll('-', '_'))),
  )
  return NEEDED.filter(
    (role) =>
      !have.has(role) &&
      !(role === 'economic_buyer' && have.has('number_one')) &&
      !(role === 'champion' && have.has('coach')),
  )
}
