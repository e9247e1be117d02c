import type { Deal, DealProof, Estimate, Evidence, Person, Rival, Since, Touch, Ucv } from '@sente/engine'
import type { Fact, KindName } from './kinds.ts'
import type { DealWhole } from './records.ts'

type Dated = { on?: string | undefined }
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** A list with its keys that say nothing left out. */
const said = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T

/** What a fact says, without what only the store needs of it. */
function plain<K extends KindName, D extends string = never>(
  fact: Fact<K>,
  ...drop: D[]
): Omit<Fact<K>, 'id' | 'version' | 'dealId' | 'createdAt' | 'createdBy' | D> {
  const {
    id: _,
    version: __,
    dealId: ___,
    createdAt: ____,
    createdBy: _____,
    ...rest
  } = fact as Record<string, unknown>
  for (const field of drop) delete rest[field]
  return rest as never
}

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
  const keyOf = (id: string | undefined): string | undefined => (id === undefined ? undefined : keys.get(id))
  const keysOf = (ids: readonly string[] | undefined): string[] | undefined => ids?.flatMap((id) => keys.get(id) ?? [])
  const list = <T>(name: string, items: T[]): { [key: string]: T[] } =>
    items.length > 0 || empty.has(name) ? { [name]: items } : {}

  const grouped = <K extends KindName>(kind: K, of: (fact: Fact<K>) => string): Map<string, Fact<K>[]> =>
    Map.groupBy(all(kind), of)
  const stances = grouped('stance', ({ personId }) => personId)
  const holds = grouped('hold', ({ personId }) => personId)
  const contacts = grouped('rivalContact', ({ rivalId }) => rivalId)
  const statuses = grouped('proofStatus', ({ proofId }) => proofId)
  const estimates = (side: 'seller' | 'manager'): Estimate[] =>
    all('estimate')
      .filter((each) => each.side === side)
      .map((each) => plain(each, 'side') as Estimate)
  const people = new Map((whole.people ?? []).map((person) => [person.id, person]))

  const personOf = (who: Fact<'stakeholder'>): Person => {
    const person = people.get(who.personId)
    const { roles, influence, path, agenda, pressures, businessModel, recordedOn, emptyLists } = who
    const of = <V>(kind: 'stance' | 'hold', entries: readonly Since<V>[] | undefined): Since<V>[] | undefined =>
      entries ? oldestFirst(entries) : emptyLists?.includes(kind) ? [] : undefined
    return said({
      id: who.key!,
      name: person?.name ?? who.key!,
      title: person?.title,
      roles: roles ?? [],
      reportsTo: person?.reportsTo === false ? null : keyOf(person?.reportsTo),
      influence,
      stance: of(
        'stance',
        stances.get(who.personId)?.map(({ value, on, recordedOn }) => said({ value, on, recordedOn }) as Since<number>),
      ),
      path,
      agenda,
      pressures,
      businessModel,
      hold: of(
        'hold',
        holds
          .get(who.personId)
          ?.map(
            ({ state, on, recordedOn }) =>
              said({ value: state, on, recordedOn }) as Since<'none' | 'asked' | 'given' | 'broken'>,
          ),
      ),
      local: person?.local,
      email: person?.email,
      phone: person?.phone,
      leftOn: person?.leftOn,
      recordedOn,
    }) as Person
  }
  const rivalOf = (rival: Fact<'rival'>): Rival => {
    const met = contacts.get(rival.id)?.flatMap((contact) => {
      const person = keyOf(contact.personId)
      return person === undefined ? [] : [{ ...plain(contact, 'rivalId', 'personId'), person }]
    })
    return {
      ...plain(rival, 'key', 'noContacts'),
      id: rival.key!,
      ...(met ? { contacts: met } : rival.noContacts ? { contacts: [] } : {}),
    } as Rival
  }
  const proofOf = (proof: Fact<'proof'>): DealProof =>
    said({
      ...plain(proof),
      for: keysOf(proof.for),
      history: oldestFirst((statuses.get(proof.id) ?? []).map((status) => plain(status, 'proofId'))),
    }) as DealProof

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
        goal: account.goal,
        plan: account.plan,
        wonProjects: account.wonProjects,
        nextOpportunities: account.nextOpportunities,
      }),
    execPlan: execPlan ? said({ ...execPlan, targets: keysOf(execPlan.targets) }) : execPlan,
    ...list('sellerEstimate', estimates('seller')),
    ...list('managerEstimate', estimates('manager')),
    ...list('people', stakeholders.map(personOf)),
    ...list('rivals', all('rival').map(rivalOf)),
    ...list(
      'process',
      all('processStep').map((step) => plain(step)),
    ),
    ...list(
      'evidence',
      all('evidence').map(
        ({ key, personId, confidence, status, ...piece }) =>
          said({
            ...plain(piece as Fact<'evidence'>, 'noteId', 'span'),
            id: key,
            from: keyOf(personId),
            confidence: confidence ?? 1,
            status: status ?? 'confirmed',
          }) as Evidence,
      ),
    ),
    ...list(
      'pins',
      all('pin').map((pin) => plain(pin)),
    ),
    ...list(
      'stages',
      all('stageClaim').map((claim) => plain(claim)),
    ),
    ...list(
      'touches',
      all('touch').map(
        ({ key, ...touch }) =>
          said({
            ...plain(touch as Fact<'touch'>, 'externalId'),
            id: key,
            with: keysOf(touch.with) ?? [],
            outcome: touch.outcome ?? 'done',
          }) as Touch,
      ),
    ),
    ...list('proofs', all('proof').map(proofOf)),
    ...list(
      'notNeeded',
      all('notNeeded').map((topic) => plain(topic)),
    ),
    ...list(
      'ucv',
      all('ucv').map((ucv) => said({ ...plain(ucv), confirmedBy: keyOf(ucv.confirmedBy) }) as Ucv),
    ),
    ...list(
      'steps',
      all('ourStep').map((step) => ({ ...plain(step), status: step.status ?? 'done' })),
    ),
    ...list(
      'plan',
      all('planStep').map(({ key, ...step }) =>
        said({ ...plain(step as Fact<'planStep'>), id: key, with: keysOf(step.with), status: step.status ?? 'open' }),
      ),
    ),
    ...list(
      'commitments',
      all('commitment').map((promise) => plain(promise)),
    ),
    ...list(
      'discounts',
      all('discount').map((discount) => plain(discount)),
    ),
    ...list(
      'notes',
      all('note').map((note) => plain(note, 'externalId')),
    ),
  }) as unknown as Deal
}
