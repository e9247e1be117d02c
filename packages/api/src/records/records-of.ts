import type { Deal } from '@sente/engine'
import type { Fact, KindName } from './kinds.ts'
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

const LISTS = [
  'people',
  'rivals',
  'process',
  'evidence',
  'pins',
  'stages',
  'touches',
  'proofs',
  'notNeeded',
  'ucv',
  'steps',
  'plan',
  'commitments',
  'discounts',
  'notes',
  'sellerEstimate',
  'managerEstimate',
] as const

/** The records that say a deal: account, people, deal and facts with new ids, in the order of the deal's lists. The inverse of `dealOf`. */
export function recordsOf(deal: Deal, { newId, ownerId, createdAt, accountId, personId }: RecordsOfOptions): DealWhole {
  const stored = { version: 1, createdAt }
  const account = deal.account && { ...deal.account, id: accountId ?? newId(), ...stored, updatedAt: createdAt }
  const ids = new Map((deal.people ?? []).map((person) => [person.id, personId?.(person) ?? newId()]))
  const idOf = (key: string): string => ids.get(key)!
  const dealId = newId()
  const fact = (fields: object): object => ({ ...fields, id: newId(), ...stored, dealId })

  const facts: { [K in KindName]: object[] } = {
    stakeholder: [],
    stance: [],
    hold: [],
    rival: [],
    rivalContact: [],
    note: [],
    evidence: [],
    touch: [],
    proof: [],
    proofStatus: [],
    ucv: [],
    processStep: [],
    ourStep: [],
    planStep: [],
    estimate: [],
    pin: [],
    stageClaim: [],
    commitment: [],
    discount: [],
    notNeeded: [],
  }
  const put = (kind: KindName, fields: object): { id: string } => {
    const made = fact(fields) as { id: string }
    facts[kind].push(made)
    return made
  }

  const people = (deal.people ?? []).map((person) => {
    const {
      id: key,
      name,
      title,
      reportsTo,
      local,
      email,
      phone,
      leftOn,
      stance,
      hold,
      roles,
      influence,
      path,
      agenda,
      pressures,
      businessModel,
      recordedOn,
    } = person
    const emptyLists = [...(stance?.length === 0 ? ['stance'] : []), ...(hold?.length === 0 ? ['hold'] : [])]
    put(
      'stakeholder',
      defined({
        personId: idOf(key),
        key,
        roles,
        influence,
        path,
        agenda,
        pressures,
        businessModel,
        recordedOn,
        emptyLists: emptyLists.length > 0 ? emptyLists : undefined,
      }),
    )
    for (const since of stance ?? []) put('stance', { personId: idOf(key), ...since })
    for (const { value, ...since } of hold ?? []) put('hold', { personId: idOf(key), state: value, ...since })
    return defined({
      accountId: account?.id ?? accountId ?? '',
      name,
      title,
      reportsTo: reportsTo === null ? false : reportsTo === undefined ? undefined : idOf(reportsTo),
      local,
      email,
      phone,
      leftOn,
      id: idOf(key),
      ...stored,
      updatedAt: createdAt,
    })
  })
  for (const { id: key, contacts, ...rival } of deal.rivals ?? []) {
    const { id: rivalId } = put('rival', { key, ...rival, ...(contacts?.length === 0 ? { noContacts: true } : {}) })
    for (const { person, ...contact } of contacts ?? [])
      put('rivalContact', { rivalId, personId: idOf(person), ...contact })
  }
  for (const step of deal.process ?? []) put('processStep', step)
  for (const { id: key, from, ...piece } of deal.evidence ?? [])
    put('evidence', defined({ key, ...piece, personId: from === undefined ? undefined : idOf(from) }))
  for (const pin of deal.pins ?? []) put('pin', pin)
  for (const claim of deal.stages ?? []) put('stageClaim', claim)
  for (const { id: key, ...touch } of deal.touches ?? [])
    put('touch', defined({ key, ...touch, with: touch.with.map(idOf) }))
  for (const { history, ...proof } of deal.proofs ?? []) {
    const { id: proofId } = put('proof', defined({ ...proof, for: proof.for?.map(idOf) }))
    for (const status of history) put('proofStatus', { proofId, ...status })
  }
  for (const topic of deal.notNeeded ?? []) put('notNeeded', topic)
  for (const ucv of deal.ucv ?? [])
    put('ucv', defined({ ...ucv, confirmedBy: ucv.confirmedBy === undefined ? undefined : idOf(ucv.confirmedBy) }))
  for (const step of deal.steps ?? []) put('ourStep', step)
  for (const { id: key, ...step } of deal.plan ?? [])
    put('planStep', defined({ key, ...step, with: step.with?.map(idOf) }))
  for (const promise of deal.commitments ?? []) put('commitment', promise)
  for (const discount of deal.discounts ?? []) put('discount', discount)
  for (const note of deal.notes ?? []) put('note', note)
  for (const estimate of deal.sellerEstimate ?? []) put('estimate', { side: 'seller', ...estimate })
  for (const estimate of deal.managerEstimate ?? []) put('estimate', { side: 'manager', ...estimate })

  const { sente: _, id: key, account: __, execPlan, ...rest } = deal
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !(LISTS as readonly string[]).includes(name)))
  const emptyLists = LISTS.filter((name) => deal[name]?.length === 0)
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
      emptyLists: emptyLists.length > 0 ? emptyLists : undefined,
    }),
    ...(account ? { account } : {}),
    people,
    ...(facts as unknown as { [K in KindName]: Fact<K>[] }),
    access: { write: true, sensitive: true, share: true },
  } as DealWhole
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
