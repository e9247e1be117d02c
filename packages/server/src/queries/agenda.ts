import { addDays, AHEAD } from '@sente/engine'
import type { DealOfAgenda, PlainDate } from '@sente/engine'
import { planWithoutSensitive } from '../access/without-sensitive.ts'
import type { Asking } from '../auth/principal.ts'
import { livingPlan, planGround } from '../store/plans.ts'
import { accessToAll, viewerOf } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'
import { dealsOfToday, dueOf } from './due.ts'

/** So many plans are read, of the deals that are most endangered: there are no more lines than that. */
const PLANNED = 7
/** … and so many of deals that were won: their visits back would never come before what is in danger. */
const PLANNED_WON = 2

/** What the agenda of a day is put together from: what is fixed in all deals, and the plans of the first few. */
export async function dealsOfAgenda(asking: Asking, on: PlainDate, whose: 'own' | 'all'): Promise<DealOfAgenda[]> {
  const { tx, principal } = asking
  const deals = await dealsOfToday(asking, whose)
  const due = await dueOf(tx, on, deals)
  const promises = await ourPromises(
    tx,
    on,
    deals.map(({ id }) => id),
  )
  const planned = [
    ...deals.filter(({ status }) => status === 'open').slice(0, PLANNED),
    ...deals.filter(({ status }) => status === 'won').slice(0, PLANNED_WON),
  ].map(({ id }) => id)
  const access = await accessToAll(tx, viewerOf(principal), planned)
  const plans = new Map<string, Pick<DealOfAgenda, 'plan' | 'ours'>>()
  for (const id of planned) {
    const ground = await planGround(tx, id)
    const { plan } = await livingPlan(tx, ground)
    plans.set(id, {
      plan: access.get(id)?.sensitive ? plan : planWithoutSensitive(plan),
      ours: new Map((ground.deal.us?.team ?? []).map((one) => [one.id, one.name])),
    })
  }
  return deals.map(({ id, name, account, owner }) => {
    const people = due.people.get(id) ?? new Map()
    const byId = new Map([...people.values()].map((person) => [person.id, person]))
    return {
      dealId: id,
      deal: name,
      ...(account === null ? {} : { account }),
      ...(whose === 'own' || owner === null ? {} : { owner }),
      steps: due.steps.get(id) ?? [],
      promises: (promises.get(id) ?? []).map(({ id: promise, what, to, due_on: dueOn }) => {
        const person = byId.get(to)
        return { id: promise, what, dueOn, ...(person && { to: person }) }
      }),
      people,
      ...plans.get(id),
    }
  })
}

interface PromiseRow {
  id: string
  deal_id: string
  what: string
  to: string
  due_on: string
}

/** Promises of ours, to somebody of the customer, that are open and due within a week. */
async function ourPromises(tx: Tx, on: PlainDate, ids: readonly string[]): Promise<Map<string, PromiseRow[]>> {
  const rows = await tx.rows<PromiseRow>(
    `select id, deal_id, what, "to", due_on from commitment
     where workspace_id = $1
       and deal_id = any($2::uuid[])
       and "to" is not null
       and done_on is null
       and broken_on is null
       and due_on <= $3
     order by due_on, id limit 200`,
    [tx.workspaceId, ids, addDays(on, AHEAD)],
    'our_promises_due',
  )
  return Map.groupBy(rows, ({ deal_id: dealId }) => dealId)
}
