import type { Deal, DealProof, Estimate, FileItem, KindName, Person, Rival, Since } from '@sente/engine'
import { DEAL_LISTS, kindOf, LISTED_KINDS } from '@sente/engine'
import { itemOf } from './items.ts'
import type { Fact } from './kinds.ts'
import type { DealWhole } from './records.ts'

type Dated = { on?: string | undefined }
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** A list with its keys that say nothing left out. */
const said = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T

/** A history is told oldest first; an entry moves only past neighbours that are truly later, so that what has no day keeps its place. */
function oldestFirst<T extends Dated>(entries: readonly T[]): T[] {
  const told: T[] = []
  for (const entry of entries) {
    let at = told.length
    while (at > 0 && entry.on !== undefined && told[at - 1]!.on !== undefined && entry.on < told[at - 1]!.on!) at--
    told.splice(at, 0, entry)
  }
  return told
}

/** The deal that stored records say, as the engine reads it and as a deal file would write it. Pure; the inverse of `recordsOf`. */
export function dealOf(whole: DealWhole): Deal {
  const { deal, account } = whole
  const empty = new Set<string>(deal.emptyLists)
  const all = <K extends KindName>(kind: K): Fact<K>[] => [...((whole[kind] as Fact<K>[] | undefined) ?? [])].sort(byId)
  const stakeholders = all('stakeholder')
  const keys = new Map(stakeholders.map(({ personId, key }) => [personId, key!]))
  const keyOf = (id: string): string | undefined => keys.get(id)
  const keysOf = (ids: readonly string[] | undefined): string[] | undefined => ids?.flatMap((id) => keys.get(id) ?? [])
  const item = <K extends KindName>(kind: K, fact: Fact<K>): FileItem<K> | undefined => itemOf(kind, fact, keyOf)
  const items = <K extends KindName>(kind: K, facts = all(kind)): FileItem<K>[] =>
    facts.flatMap((fact) => item(kind, fact) ?? [])

  const grouped = <K extends KindName>(kind: K, of: (fact: Fact<K>) => string): Map<string, Fact<K>[]> =>
    Map.groupBy(all(kind), of)
  const stances = grouped('stance', ({ personId }) => personId)
  const holds = grouped('hold', ({ personId }) => personId)
  const contacts = grouped('rivalContact', ({ rivalId }) => rivalId)
  const statuses = grouped('proofStatus', ({ proofId }) => proofId)
  const estimates = (side: 'seller' | 'manager'): Estimate[] =>
    items(
      'estimate',
      all('estimate').filter((each) => each.side === side),
    )
  const people = new Map((whole.people ?? []).map((person) => [person.id, person]))

  const personOf = (who: Fact<'stakeholder'>): Person => {
    const person = people.get(who.personId)
    const of = <V>(kind: 'stance' | 'hold', entries: readonly Since<V>[] | undefined): Since<V>[] | undefined =>
      entries ? oldestFirst(entries) : who.emptyLists?.includes(kind) ? [] : undefined
    return said({
      ...item('stakeholder', who)!,
      name: person?.name ?? who.key!,
      title: person?.title,
      reportsTo:
        person?.reportsTo === false ? null : person?.reportsTo === undefined ? undefined : keyOf(person.reportsTo),
      stance: of('stance', stances.get(who.personId) && items('stance', stances.get(who.personId))),
      hold: of(
        'hold',
        holds.get(who.personId)?.map((hold) => {
          const { state, ...since } = item('hold', hold)!
          return { value: state, ...since }
        }),
      ),
      local: person?.local,
      email: person?.email,
      phone: person?.phone,
      leftOn: person?.leftOn,
    }) as Person
  }
  const rivalOf = (rival: Fact<'rival'>): Rival => {
    const met = contacts.get(rival.id)
    return {
      ...item('rival', rival)!,
      ...(met ? { contacts: items('rivalContact', met) } : rival.noContacts ? { contacts: [] } : {}),
    }
  }
  const proofOf = (proof: Fact<'proof'>): DealProof => ({
    ...item('proof', proof)!,
    history: oldestFirst(items('proofStatus', statuses.get(proof.id) ?? [])),
  })

  const lists: Record<string, () => object[]> = {
    ...Object.fromEntries(LISTED_KINDS.map((kind) => [kindOf(kind).lists[0], () => items(kind)])),
    people: () => stakeholders.map(personOf),
    rivals: () => all('rival').map(rivalOf),
    proofs: () => all('proof').map(proofOf),
    sellerEstimate: () => estimates('seller'),
    managerEstimate: () => estimates('manager'),
  }
  const {
    execPlan,
    ownerId: _,
    accountId: __,
    externalId: ___,
    emptyLists: ____,
    key,
    version: _____,
    createdAt: ______,
    createdBy: _______,
    updatedAt: ________,
    id: _________,
    ...own
  } = deal
  return said({
    sente: 1,
    ...own,
    id: key,
    account:
      account &&
      said({
        name: account.name,
        industry: account.industry,
        region: account.region,
        country: account.country,
        goal: account.goal,
        plan: account.plan,
        wonProjects: account.wonProjects,
        nextOpportunities: account.nextOpportunities,
        units: account.units,
      }),
    execPlan: execPlan ? said({ ...execPlan, targets: keysOf(execPlan.targets) }) : execPlan,
    ...Object.fromEntries(
      DEAL_LISTS.flatMap((name) => {
        const told = lists[name]!()
        return told.length > 0 || empty.has(name) ? [[name, told]] : []
      }),
    ),
  }) as unknown as Deal
}
