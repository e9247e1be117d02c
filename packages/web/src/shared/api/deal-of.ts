import type { DealWhole } from '@sente/client'
import type { Deal, Estimate, Person, PlainDate } from '@sente/engine'

type Stored = { id: string; version: number; dealId?: string; createdAt: string; createdBy?: string | undefined }
type Listed = Exclude<NonNullable<DealWhole['deal']['emptyLists']>[number], never>

/** Without what only the store needs, and without keys that say nothing. */
function plain<T extends object>(record: T, ...without: (keyof T)[]): Omit<T, keyof Stored> {
  const drop = new Set<string>(['id', 'version', 'dealId', 'createdAt', 'createdBy', 'updatedAt', 'mapX', 'mapY', 'externalId', 'noteId', 'span', 'emptyLists', ...(without as string[])])
  return Object.fromEntries(Object.entries(record).filter(([name, value]) => !drop.has(name) && value !== undefined)) as Omit<T, keyof Stored>
}

/** The engine's deal from the records of the API. Lists keep their order: a reason of the brief names its item by its place. */
export function dealOf(whole: DealWhole): Deal {
  const { deal: record, account } = whole
  const known = new Set<string>(record.emptyLists ?? [])
  const list = <T>(name: Listed, items: T[] | undefined): { [K in string]?: T[] } => (items && (items.length > 0 || known.has(name)) ? { [name]: items } : {})
  const people = new Map((whole.people ?? []).map((person) => [person.id, person]))
  const keyOf = new Map((whole.stakeholder ?? []).map((one) => [one.personId, one.key ?? one.id.slice(0, 8)]))
  const key = (id: string | undefined): string | undefined => (id === undefined ? undefined : keyOf.get(id))
  const keysOf = (ids: readonly string[] | undefined): string[] | undefined => ids?.flatMap((id) => keyOf.get(id) ?? [])
  const rivalKey = new Map((whole.rival ?? []).map((rival) => [rival.id, rival.key ?? rival.id.slice(0, 8)]))
  const estimates = (side: 'seller' | 'manager'): Estimate[] => (whole.estimate ?? []).filter((one) => one.side === side).map((one) => plain(one, 'side') as unknown as Estimate)
  const reports = (to: string | false | undefined): Pick<Person, 'reportsTo'> => (to === undefined ? {} : to === false ? { reportsTo: null } : keyOf.has(to) ? { reportsTo: keyOf.get(to)! } : {})

  return {
    sente: 1,
    ...(plain(record, 'accountId' as never, 'ownerId' as never, 'key' as never) as object),
    name: record.name,
    status: record.status,
    ...(account && { account: plain(account, 'parentId' as never, 'ownerId' as never) as unknown as NonNullable<Deal['account']> }),
    ...(record.execPlan && { execPlan: { ...record.execPlan, ...(record.execPlan.targets && { targets: keysOf(record.execPlan.targets)! }) } as NonNullable<Deal['execPlan']> }),
    ...list('sellerEstimate', estimates('seller')),
    ...list('managerEstimate', estimates('manager')),
    ...list(
      'people',
      whole.stakeholder?.map((one): Person => {
        const person = people.get(one.personId)
        const own = <T extends { personId: string }>(items: T[] | undefined, name: 'stance' | 'hold') => {
          const mine = (items ?? []).filter((item) => item.personId === one.personId).map((item) => plain(item, 'personId'))
          return mine.length > 0 || one.emptyLists?.includes(name) ? { [name]: mine } : {}
        }
        return {
          ...(plain(one, 'personId', 'key') as object),
          id: keyOf.get(one.personId)!,
          name: person?.name ?? '?',
          ...(person && (plain(person, 'accountId', 'reportsTo', 'name') as object)),
          roles: one.roles ?? [],
          ...reports(person?.reportsTo),
          ...own(whole.stance, 'stance'),
          ...own(whole.hold, 'hold'),
        }
      }),
    ),
    ...list('rivals', whole.rival?.map((rival) => {
      const contacts = (whole.rivalContact ?? []).filter(({ rivalId }) => rivalId === rival.id).flatMap((contact) => (keyOf.has(contact.personId) ? [{ ...(plain(contact, 'rivalId', 'personId') as object), person: keyOf.get(contact.personId)! }] : []))
      return { ...(plain(rival, 'key', 'noContacts') as object), id: rivalKey.get(rival.id)!, ...((contacts.length > 0 || rival.noContacts) && { contacts }) }
    })),
    ...list('process', whole.processStep?.map((step) => plain(step))),
    ...list('evidence', whole.evidence?.map(({ key: id, personId, ...piece }) => ({ ...(plain(piece as typeof piece & { id: string }) as object), ...(id && { id }), ...(key(personId) && { from: key(personId) }), confidence: piece.confidence ?? 1, status: piece.status ?? 'confirmed' }))),
    ...list('pins', whole.pin?.map((pin) => plain(pin))),
    ...list('stages', whole.stageClaim?.map((claim) => plain(claim))),
    ...list('touches', whole.touch?.map(({ key: id, ...touch }) => ({ ...(plain(touch as typeof touch & { id: string }) as object), ...(id && { id }), with: keysOf(touch.with) ?? [], outcome: touch.outcome ?? 'done' }))),
    ...list('proofs', whole.proof?.map((proof) => ({
      ...(plain(proof) as object),
      ...(proof.for && { for: keysOf(proof.for) }),
      history: (whole.proofStatus ?? []).filter(({ proofId }) => proofId === proof.id).map((status) => plain(status, 'proofId')).sort((a, b) => ((a as unknown as { on?: PlainDate }).on ?? '').localeCompare((b as unknown as { on?: PlainDate }).on ?? '')),
    }))),
    ...list('notNeeded', whole.notNeeded?.map((one) => plain(one))),
    ...list('ucv', whole.ucv?.map((one) => ({ ...(plain(one) as object), ...(key(one.confirmedBy) ? { confirmedBy: key(one.confirmedBy) } : { confirmedBy: undefined }) }))),
    ...list('steps', whole.ourStep?.map((step) => ({ status: 'done', ...(plain(step) as object) }))),
    ...list('plan', whole.planStep?.map(({ key: id, ...step }) => ({ status: 'open', ...(plain(step as typeof step & { id: string }) as object), ...(id && { id }), ...(step.with && { with: keysOf(step.with) }) }))),
    ...list('commitments', whole.commitment?.map((one) => plain(one))),
    ...list('discounts', whole.discount?.map((one) => plain(one))),
    ...list('notes', whole.note?.map((one) => plain(one))),
  } as Deal
}
