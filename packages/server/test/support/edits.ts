import fc from 'fast-check'
import type { DealWhole, KindName } from '@sente/api'
import { KIND_NAMES } from '@sente/api'
import { loadDeal } from '../../src/store/read.ts'
import { Conflict, InUse, InvalidInput } from '../../src/store/refusal.ts'
import type { Tx } from '../../src/store/tenant.ts'
import { create, remove, update } from '../../src/store/write.ts'
import type { TestWorkspace } from './workspace.ts'

export const ALL = { write: true, sensitive: true, share: true }

/** One edit of a deal, by numbers that pick whatever is there. */
export interface Edit {
  what: 'create' | 'update' | 'remove' | 'person' | 'account' | 'deal'
  kind: (typeof EDITED)[number]
  pick: number
  value: number
}
/** Every kind: one that is added has to say how it is edited. */
const EDITED = KIND_NAMES

export const edits = (most: number): fc.Arbitrary<Edit[]> =>
  fc.array(
    fc.record({
      what: fc.constantFrom('create', 'create', 'create', 'update', 'update', 'remove', 'person', 'account', 'deal'),
      kind: fc.constantFrom(...EDITED),
      pick: fc.nat(1000),
      value: fc.nat(1000),
    }) as fc.Arbitrary<Edit>,
    { minLength: 1, maxLength: most },
  )

export interface Ground {
  dealId: string
  accountId: string
  people: string[]
}

export async function groundOf(w: TestWorkspace): Promise<Ground> {
  return w.within(async (tx) => {
    const account = await create(tx, 'account', { name: 'Riverbank' })
    const deal = await create(tx, 'deal', {
      name: 'Core platform',
      accountId: account.id,
      amount: { value: '480000.50', currency: 'CNY' },
    })
    const people = []
    for (const name of ['周敏', 'Lin Tao', 'He Qian'])
      people.push((await create(tx, 'person', { name, accountId: account.id })).id)
    return { dealId: deal.id, accountId: account.id, people }
  })
}

const day = (n: number): string => `2026-0${1 + (n % 9)}-1${n % 10}`

/** Does an edit; refusals are part of life. Answers whether something was done. */
export async function doEdit(
  tx: Tx,
  { dealId, accountId, people }: Ground,
  { what, kind, pick, value }: Edit,
): Promise<boolean> {
  const person = people[pick % people.length]!
  const whole = await loadDeal(tx, dealId, { access: ALL })
  const some = <K extends KindName>(name: K): { id: string } | undefined => {
    const all = (whole[name] ?? []) as { id: string }[]
    return all.length > 0 ? all.toSorted((a, b) => (a.id < b.id ? -1 : 1))[pick % all.length] : undefined
  }
  const inputs: Record<(typeof EDITED)[number], () => object | undefined> = {
    stance: () => ({ personId: person, value: (value % 5) - 2, on: day(value) }),
    touch: () => ({ on: day(value), with: [person], what: `Meeting ${value}`, hours: value / 8 }),
    evidence: () => ({
      on: day(value),
      signal: 'asks_local_support',
      personId: person,
      quote: `半夜谁来 ${value}`,
      ...(some('note') ? { noteId: some('note')!.id } : {}),
      about: value % 3 === 0 ? 'us' : value % 3 === 1 ? person : ((whole.rival ?? [])[0]?.key ?? person),
    }),
    note: () => ({ on: day(value), text: `笔记 note ${value}`, private: value % 2 === 0 }),
    proof: () => ({ topic: 'vendor_viability', proof: 'investor_letter', for: [person] }),
    proofStatus: () => some('proof') && { proofId: some('proof')!.id, status: 'preparing', on: day(value) },
    rival: () => ({ name: `Rival ${value}` }),
    rivalContact: () => some('rival') && { rivalId: some('rival')!.id, personId: person, on: day(value) },
    planStep: () => ({ what: `Step ${value}`, with: [person], on: day(value), time: '09:30', through: person }),
    setAside: () => ({ play: 'proof_pack', personId: person, until: day(value) }),
    stakeholder: () => ({ personId: person }),
    ucv: () => ({
      on: day(value),
      onlyUs: `only us ${value}`,
      confirmedBy: person,
      ...(value % 2
        ? Object.fromEntries((whole.rival ?? []).slice(0, 1).map(({ key }) => ['differsFrom', { [key!]: 'slower' }]))
        : {}),
    }),
    estimate: () => ({ side: 'seller', value: value / 1000, on: day(value) }),
    hold: () => ({ personId: person, state: 'asked', on: day(value) }),
    processStep: () => ({ step: `Step ${value}`, phase: 'need' }),
    ourStep: () => ({ phase: 'need', status: 'done', on: day(value) }),
    pin: () => ({ on: day(value), phase: 'need', reason: `因为 ${value}` }),
    stageClaim: () => ({ on: day(value), phase: 'evaluate', label: `Stage ${value}` }),
    commitment: () => ({ what: `Promise ${value}`, promisedOn: day(value), to: person }),
    discount: () => ({ on: day(value), percent: value / 20 }),
    notNeeded: () => ({ topic: 'local_support', reason: `reason ${value}` }),
    jointItem: () => ({ what: `Joint ${value}`, whose: 'theirs', on: day(value) }),
    jointSuggestion: () =>
      some('jointItem') && {
        itemId: some('jointItem')!.id,
        item: 'Joint',
        kind: 'move',
        on: day(value),
        personId: person,
      },
  }
  const patches: Record<(typeof EDITED)[number], object> = {
    stance: { value: (value % 5) - 2 },
    touch: { hours: value % 3 === 0 ? null : value, what: `Changed ${value}` },
    evidence: { status: 'rejected', quote: null },
    note: { text: `更改 ${value}` },
    proof: { note: `note ${value}`, for: value % 2 ? [person] : null },
    proofStatus: { status: 'prepared' },
    rival: { strengths: { risk: value / 1000 } },
    rivalContact: { play: `play ${value}` },
    planStep: { status: value % 2 ? 'done' : 'held', with: [] },
    setAside: { until: value % 2 ? null : day(value), reason: `why ${value}` },
    stakeholder: { agenda: value % 2 ? false : `agenda ${value}`, roles: ['number-one'] },
    ucv: { number: `${value} %` },
    estimate: { value: value / 2000 },
    hold: { state: value % 2 ? 'given' : 'broken' },
    processStep: { done: value % 2 === 0, owner: value % 3 === 0 ? null : `owner ${value}` },
    ourStep: { status: 'skipped', reason: `why ${value}` },
    pin: { phase: 'commit' },
    stageClaim: { label: null },
    commitment: { doneOn: day(value) },
    discount: { percent: value % 2 ? null : value / 50 },
    notNeeded: { reason: `changed ${value}` },
    jointItem: { doneOn: day(value), owner: `owner ${value}` },
    jointSuggestion: { decision: 'accepted' },
  }
  // The database refuses some edits itself, which would end the transaction: only this edit is taken back.
  await tx.rows('savepoint edit')
  try {
    if (what === 'person') await update(tx, 'person', person, { title: value % 3 === 0 ? null : `Title ${value}` })
    else if (what === 'account')
      await update(tx, 'account', accountId, { goal: value % 2 === 0 ? false : `Goal ${value}` })
    else if (what === 'deal')
      await update(tx, 'deal', dealId, {
        name: `Deal ${value}`,
        amount: value % 4 === 0 ? null : { value: `${value}.10`, currency: value % 2 ? 'CNY' : 'EUR' },
        emptyLists: value % 2 ? ['rivals'] : null,
      })
    else if (what === 'create') {
      const input = inputs[kind]()
      if (!input) return false
      await create(tx, kind, { dealId, ...input } as never)
    } else {
      const target = some(kind)
      if (!target) return false
      if (what === 'update') await update(tx, kind, target.id, patches[kind] as never)
      else await remove(tx, kind, target.id)
    }
    return true
  } catch (error) {
    await tx.rows('rollback to savepoint edit')
    if (error instanceof InUse || error instanceof Conflict || error instanceof InvalidInput) return false
    throw error
  }
}

/** A deal for comparison: in one order, without what counts changes rather than being one. */
export function comparable(whole: DealWhole): unknown {
  const { summary: _, deal, account, people, ...rest } = whole
  const still = (record: object | undefined): unknown => record && { ...record, version: 0, updatedAt: '' }
  const sorted = <T extends { id: string }>(list: readonly T[] | undefined): T[] =>
    [...(list ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...rest,
    deal: still(deal),
    account: still(account),
    people: sorted(people).map(still),
    ...Object.fromEntries(KIND_NAMES.map((kind) => [kind, sorted(whole[kind] as { id: string }[])])),
  }
}

/** The same without versions, which undoing counts up. */
export function unversioned(whole: DealWhole): unknown {
  return JSON.parse(JSON.stringify(comparable(whole), (key, value: unknown) => (key === 'version' ? undefined : value)))
}
