import type { Taken } from '@sente/api'
import { Fault } from '../../../core/fault.ts'
import type { DealContext } from '../../../store/gateway.ts'
import type { Tx } from '../../../store/tenant.ts'
import { create } from '../../../store/write.ts'

type Of<K extends Taken['kind']> = Extract<Taken, { kind: K }>

/**
 * Makes records of the deal from what the user took of a note: people first, because a touch may be with them. Who stands on the map of the deal by
 * that name already, and a rival it knows, are not made again.
 */
export async function take(tx: Tx, dealId: string, deal: DealContext, taken: readonly Taken[]): Promise<void> {
  const of = <K extends Taken['kind']>(kind: K): Of<K>[] => taken.filter((one): one is Of<K> => one.kind === kind)
  const made = new Map<string, string>()
  for (const person of of('person')) made.set(plain(person.name), await personOf(tx, dealId, deal, person))
  const rivals = await tx.rows<{ name: string }>(
    'select r.name from rival r where r.workspace_id = $1 and r.deal_id = $2',
    [tx.workspaceId, dealId],
  )
  const known = new Set(rivals.map(({ name }) => plain(name)))
  for (const { name } of of('rival')) {
    if (known.has(plain(name))) continue
    known.add(plain(name))
    await create(tx, 'rival', { dealId, name, kind: 'vendor' }, deal)
  }
  for (const { on, what, with: met, names } of of('touch')) {
    const others = names.flatMap((name) => made.get(plain(name)) ?? [])
    await create(tx, 'touch', { dealId, on, what, with: [...new Set([...met, ...others])] }, deal)
  }
  for (const { step, on, toldBy } of of('told'))
    await create(tx, 'processStep', { dealId, step, on, ...(toldBy === undefined ? {} : { toldBy }) }, deal)
  for (const { kind: _, ...promise } of of('promise')) await create(tx, 'commitment', { dealId, ...promise }, deal)
}

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** Somebody of the account by that name, on the map of the deal; made where there is nobody. */
async function personOf(tx: Tx, dealId: string, deal: DealContext, { name, title }: Of<'person'>): Promise<string> {
  if (deal.accountId === null)
    throw new Fault('invalid-input', {
      faults: [
        {
          field: 'body.taken',
          what: {
            en: 'The deal has no customer yet: say whose it is before people are taken from a note.',
            zh: '商机还没有客户：先填客户，再从记录里加人。',
          },
        },
      ],
    })
  const [found] = await tx.rows<{ id: string; here: boolean | null }>(
    `select p.id, (select true
       from stakeholder s
       where s.workspace_id = $1 and s.deal_id = $2 and s.person_id = p.id) as here
     from person p
     where p.workspace_id = $1 and p.account_id = $3 and lower(p.name) = lower($4)
     order by here nulls last, p.id
     limit 1`,
    [tx.workspaceId, dealId, deal.accountId, name.trim()],
  )
  if (found?.here) return found.id
  const personId =
    found?.id ??
    (await create(tx, 'person', { accountId: deal.accountId, name: name.trim(), ...(title ? { title } : {}) })).id
  await create(tx, 'stakeholder', { dealId, personId }, deal)
  return personId
}
