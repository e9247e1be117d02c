import type { Deal, KindName } from '@sente/engine'
import { DEAL_LISTS, KIND_NAMES, kindOf, LISTED_KINDS } from '@sente/engine'
import { fieldsOfItem } from './items.ts'
import type { Fact } from './kinds.ts'
import type { DealWhole } from './records.ts'

export interface RecordsOfOptions {
  /** A new id, greater than all before it: ids are the order of lists. */
  newId: () => string
  ownerId: string
  /** When the records came to be, RFC 3339. */
  createdAt: string
  /** An account and people that are there already; their records are made up all the same, with these ids. */
  accountId?: string | undefined
  personId?: ((person: NonNullable<Deal['people']>[number]) => string | undefined) | undefined
}

/** The records that say a deal: account, people, deal and facts with new ids, in the order of the deal's lists. The inverse of `dealOf`. */
export function recordsOf(deal: Deal, { newId, ownerId, createdAt, accountId, personId }: RecordsOfOptions): DealWhole {
  const stored = { version: 1, createdAt }
  const account = deal.account && { ...deal.account, id: accountId ?? newId(), ...stored, updatedAt: createdAt }
  const ids = new Map((deal.people ?? []).map((person) => [person.id, personId?.(person) ?? newId()]))
  const idOf = (key: string): string => ids.get(key)!
  const dealId = newId()
  const fact = (fields: object): object => ({ ...fields, id: newId(), ...stored, dealId })

  const facts = Object.fromEntries(KIND_NAMES.map((kind) => [kind, [] as object[]])) as Record<KindName, object[]>
  /** A record of an item of the file, with what only the record says. */
  const put = (kind: KindName, item: object, more: object = {}): { id: string } => {
    const made = fact({ ...fieldsOfItem(kind, item, (key) => ids.get(key)), ...more }) as { id: string }
    facts[kind].push(made)
    return made
  }

  const people = (deal.people ?? []).map((person) => {
    const { id: file, name, title, reportsTo, local, email, phone, leftOn, stance, hold } = person
    const recordId = idOf(file)
    const emptyLists = [...emptied('stance', stance), ...emptied('hold', hold)]
    put('stakeholder', person, defined({ personId: recordId, emptyLists: someOf(emptyLists) }))
    for (const since of stance ?? []) put('stance', since, { personId: recordId })
    for (const { value: state, ...since } of hold ?? []) put('hold', since, { personId: recordId, state })
    return defined({
      accountId: account?.id ?? accountId ?? '',
      name,
      title,
      // Nobody above is said by false; null would take back what was said.
      reportsTo: reportsTo === null ? false : reportsTo && idOf(reportsTo),
      local,
      email,
      phone,
      leftOn,
      id: recordId,
      ...stored,
      updatedAt: createdAt,
    })
  })
  for (const rival of deal.rivals ?? []) {
    const { id: rivalId } = put('rival', rival, rival.contacts?.length === 0 ? { noContacts: true } : {})
    for (const contact of rival.contacts ?? []) put('rivalContact', contact, { rivalId })
  }
  for (const proof of deal.proofs ?? []) {
    const { id: proofId } = put('proof', proof)
    for (const status of proof.history) put('proofStatus', status, { proofId })
  }
  for (const estimate of deal.sellerEstimate ?? []) put('estimate', estimate, { side: 'seller' })
  for (const estimate of deal.managerEstimate ?? []) put('estimate', estimate, { side: 'manager' })
  for (const kind of LISTED_KINDS) for (const item of deal[kindOf(kind).lists[0] as 'notes'] ?? []) put(kind, item)

  const { sente: _, id: key, account: __, execPlan, ...rest } = deal
  const own = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !(DEAL_LISTS as readonly string[]).includes(name)),
  )
  const emptyLists = DEAL_LISTS.filter((name) => deal[name]?.length === 0)
  return {
    deal: defined({
      ...own,
      id: dealId,
      ...stored,
      updatedAt: createdAt,
      ownerId,
      key,
      accountId: account?.id,
      execPlan: execPlan ? defined({ ...execPlan, targets: execPlan.targets?.map(idOf) }) : execPlan,
      emptyLists: someOf(emptyLists),
    }),
    ...(account ? { account } : {}),
    people,
    ...(facts as unknown as { [K in KindName]: Fact<K>[] }),
    access: { write: true, sensitive: true, share: true },
  } as DealWhole
}

const someOf = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined)

const emptied = (name: string, list: readonly unknown[] | undefined): string[] => (list?.length === 0 ? [name] : [])

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
