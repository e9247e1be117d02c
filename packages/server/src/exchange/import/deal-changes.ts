import { KIND_NAMES, recordsOf } from '@sente/api'
import type { DealWhole, KindName } from '@sente/api'
import { kindOf } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { todayOf } from '../../store/today.ts'
import { loadDeal, visible } from '../../store/read.ts'
import type { RecordKind } from '../../store/records.ts'
import type { Tx } from '../../store/tenant.ts'
import { accountNamed } from '../../store/whole.ts'
import { asFields, differing, silentDefaults } from './deal-difference.ts'
import type { Fields, Stored } from './deal-difference.ts'
import { matchFacts } from './fact-match.ts'
import { newId } from '../../store/ids.ts'

export interface DealWrite {
  kind: RecordKind
  action: 'create' | 'update'
  id: string
  fields: Fields
}

/** What a deal file says that the database does not. */
export interface DealChanges {
  /** In an order in which the gateway takes them. */
  writes: DealWrite[]
  /** Facts that the database has and the file has not, in the lists that the file gives: they stay. */
  kept: Map<KindName, number>
}

/** Of the records that a file makes, what says nothing of the deal itself. */
const NOT_SAID = new Set(['key', 'ownerId', 'accountId', 'emptyLists'])

/**
 * Compares a deal file with the deal in the database. What the file does not say, a field or a fact, is no difference; without the right to see what
 * is personal nothing personal is compared. `raw` is the file before silence was turned into defaults.
 */
export async function changesOf(
  tx: Tx,
  id: string,
  deal: Deal,
  raw: Readonly<Fields>,
  sensitive: boolean,
): Promise<DealChanges> {
  const stored = await loadDeal(tx, id, {
    include: ['all'],
    limit: 1_000_000,
    access: { write: false, share: false, sensitive: true },
  })
  const writes: DealWrite[] = []
  const account = await accountFor(tx, stored, deal, writes)
  const given = await recordsFor(tx, stored, deal, account)
  writes.push(...personWrites(stored, given))
  const kept: DealChanges['kept'] = new Map()
  const today = await todayOf(tx)
  // Rivals and proofs are known under other ids in the database.
  const ids = new Map<string, string>()
  for (const kind of KIND_NAMES) {
    const [file, books] = [given, stored].map((whole) =>
      ((whole[kind] ?? []) as unknown as Stored[]).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ) as [Stored[], Stored[]]
    const { lists, within, fields: declared } = kindOf(kind)
    // Each item of the list is one of them: estimates have two lists.
    const items =
      within === undefined && lists.length === 1 ? (raw[lists[0]!] as readonly Fields[] | undefined) : undefined
    const parents = Object.keys(declared).filter((field) => declared[field]!.type === 'parent')
    for (const [place, fact] of file.entries()) {
      if (items) silentDefaults(kind, fact, items[place] ?? {})
      for (const field of parents)
        if (typeof fact[field] === 'string') fact[field] = ids.get(fact[field]) ?? fact[field]
      if (kind === 'stakeholder')
        marksOf(
          fact,
          books.find(({ personId }) => personId === fact['personId']),
          (list) => (stored[list as 'stance'] ?? []).some(({ personId }) => personId === fact['personId']),
        )
      if (
        kind === 'rival' &&
        fact['noContacts'] === true &&
        (stored.rivalContact ?? []).some(({ rivalId }) => rivalId === books.find(({ key }) => key === fact['key'])?.id)
      )
        delete fact['noContacts']
    }
    const seen = (facts: Stored[]): Stored[] =>
      visible(kind, facts as never[], { sensitive, contacts: true }) as unknown as Stored[]
    const { creates, updates, same, left } = matchFacts(kind, seen(file), seen(books), today)
    for (const [mine, theirs] of same) ids.set(mine, theirs)
    writes.push(
      ...creates.map((fields): DealWrite => ({
        kind,
        action: 'create',
        id: fields.id,
        fields: { ...asFields(kind, fields), id: fields.id, dealId: id },
      })),
      ...updates.map(({ id: fact, fields }): DealWrite => ({ kind, action: 'update', id: fact, fields })),
    )
    if (left > 0 && lists.some((list) => deal[list as keyof Deal] !== undefined)) kept.set(kind, left)
    // Its people first, so that the deal may name them; the deal before facts that name others of its account.
    if (kind === 'stakeholder') writes.push(...dealWrite(stored, given, raw, account))
  }
  return { writes, kept }
}

/** The account that the file names: the deal's own, or another one that it moves to. */
async function accountFor(
  tx: Tx,
  { account, deal }: DealWhole,
  file: Deal,
  writes: DealWrite[],
): Promise<string | undefined> {
  if (!file.account) return deal.accountId
  const said = asFields('account', file.account as unknown as Fields)
  if (account && account.name.toLowerCase() === file.account.name.toLowerCase()) {
    const fields = differing('account', account as unknown as Fields, said)
    if (Object.keys(fields).length > 0) writes.push({ kind: 'account', action: 'update', id: account.id, fields })
    return account.id
  }
  const known = await accountNamed(tx, file.account.name)
  if (known !== undefined) return known
  const id = newId()
  writes.push({ kind: 'account', action: 'create', id, fields: { ...said, id } })
  return id
}

/** The records that the file says, with the ids of the people whom the database knows: by their key in this deal, or by name at the account. */
async function recordsFor(tx: Tx, stored: DealWhole, deal: Deal, account: string | undefined): Promise<DealWhole> {
  const byKey = new Map((stored.stakeholder ?? []).map(({ key, personId }) => [key, personId]))
  // People of a deal without an account have one that keeps them.
  const home = account ?? stored.people?.[0]?.accountId
  const rows =
    home === undefined
      ? []
      : await tx.rows<{ id: string; name: string }>(
          `select id, name
           from person
           where workspace_id = $1 and account_id = $2
           order by id desc`,
          [tx.workspaceId, home],
        )
  const byName = new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]))
  const taken = new Set((deal.people ?? []).flatMap(({ id }) => byKey.get(id) ?? []))
  return recordsOf(deal, {
    newId,
    ownerId: stored.deal.ownerId,
    createdAt: '',
    accountId: home,
    personId: ({ id, name }) => {
      const known = byKey.get(id) ?? byName.get(name.toLowerCase())
      if (known === undefined || (!byKey.has(id) && taken.has(known))) return undefined
      taken.add(known)
      return known
    },
  })
}

/** New people come before anybody reports to them. */
function personWrites(stored: DealWhole, given: DealWhole): DealWrite[] {
  const known = new Map((stored.people ?? []).map((person) => [person.id, person as unknown as Fields]))
  const writes: DealWrite[] = []
  const later: DealWrite[] = []
  for (const person of (given.people ?? []) as unknown as Stored[]) {
    const before = known.get(person.id)
    const { reportsTo, accountId, ...fields } = asFields('person', person)
    if (before) {
      const changed = differing('person', before, { ...fields, ...(reportsTo === undefined ? {} : { reportsTo }) })
      if (Object.keys(changed).length > 0)
        later.push({ kind: 'person', action: 'update', id: person.id, fields: changed })
      continue
    }
    writes.push({ kind: 'person', action: 'create', id: person.id, fields: { ...fields, accountId, id: person.id } })
    if (reportsTo !== undefined) later.push({ kind: 'person', action: 'update', id: person.id, fields: { reportsTo } })
  }
  return [...writes, ...later]
}

function dealWrite(
  stored: DealWhole,
  given: DealWhole,
  raw: Readonly<Fields>,
  account: string | undefined,
): DealWrite[] {
  const said = Object.fromEntries(
    Object.entries(asFields('deal', given.deal as unknown as Fields)).filter(
      ([field]) => !NOT_SAID.has(field) && (field !== 'status' || raw['status'] !== undefined),
    ),
  )
  if (account !== stored.deal.accountId) said['accountId'] = account
  const own: Fields = { emptyLists: given.deal.emptyLists }
  marksOf(own, stored.deal as unknown as Fields, (list) =>
    KIND_NAMES.some(
      (kind) =>
        kindOf(kind).lists.includes(list) &&
        (stored[kind] ?? []).some(
          (fact) => kind !== 'estimate' || `${(fact as { side?: string }).side}Estimate` === list,
        ),
    ),
  )
  const fields = differing('deal', stored.deal as unknown as Fields, { ...said, ...own })
  return Object.keys(fields).length > 0 ? [{ kind: 'deal', action: 'update', id: stored.deal.id, fields }] : []
}

/** "We looked, there is none" is added where there is none, and never taken away by silence. */
function marksOf(given: Fields, before: Readonly<Fields> | undefined, has: (list: string) => boolean): void {
  const known = (before?.['emptyLists'] ?? []) as string[]
  const fresh = ((given['emptyLists'] ?? []) as string[]).filter((list) => !known.includes(list) && !has(list))
  if (fresh.length > 0) given['emptyLists'] = [...known, ...fresh]
  else delete given['emptyLists']
}
