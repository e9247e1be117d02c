import { addDays, AHEAD } from '@sente/engine'
import type { DealOfAgenda, PlainDate } from '@sente/engine'
import { planWithoutSensitive } from '../access/without-sensitive.ts'
import type { Asking } from '../auth/principal.ts'
import { keptPlans, livingPlan, planGround } from '../store/plans.ts'
import type { KeptPlan } from '../store/plans.ts'
import { accessToAll, viewerOf } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'
import { dealsOfToday, dueOf } from './due.ts'
import type { Whose } from './due.ts'

/** So many plans are read where they have been made today already, and so many are made, of the deals that are most endangered. */
const READ = 60
const MADE = 7
/** … and so many of deals that were won: their visits back would never come before what is in danger. */
const PLANNED_WON = 2

export interface ForAgenda {
  deals: DealOfAgenda[]
  looked: { deals: number; plans: number }
}

/** What the agenda of a day is put together from: what is fixed in all deals, and the plans of the most endangered. */
export async function dealsOfAgenda(asking: Asking, on: PlainDate, whose: Whose): Promise<ForAgenda> {
  const { tx } = asking
  const deals = await dealsOfToday(asking, whose)
  const due = await dueOf(tx, on, deals)
  const ids = deals.map(({ id }) => id)
  const promises = await ourPromises(tx, on, ids)
  const open = deals.filter(({ status }) => status === 'open').slice(0, READ)
  const won = deals.filter(({ status }) => status === 'won').slice(0, PLANNED_WON)
  const plans = new Map([...(await plansOf(asking, open, MADE)), ...(await plansOf(asking, won, PLANNED_WON))])
  const ofOthers = whose.whose === 'all' || whose.memberId !== undefined || whose.teamId !== undefined
  const lines = deals.map(({ id, name, account, owner }) => {
    const people = due.people.get(id) ?? new Map()
    const byId = new Map([...people.values()].map((person) => [person.id, person]))
    return {
      dealId: id,
      deal: name,
      ...(account === null ? {} : { account }),
      ...(!ofOthers || owner === null ? {} : { owner }),
      steps: due.steps.get(id) ?? [],
      promises: (promises.get(id) ?? []).map(({ id: promise, what, to, due_on: dueOn }) => {
        const person = byId.get(to)
        return { id: promise, what, dueOn, ...(person && { to: person }) }
      }),
      people,
      ...plans.get(id),
    }
  })
  return { deals: lines, looked: { deals: deals.length, plans: plans.size } }
}

type OfPlan = Required<Pick<DealOfAgenda, 'plan' | 'ours'>>

/** Plans as whoever asks may see them. What is made here is kept, so that the next look goes further down the list. */
async function plansOf(
  { tx, principal }: Asking,
  deals: readonly { id: string }[],
  most: number,
): Promise<Map<string, OfPlan>> {
  const ids = deals.map(({ id }) => id)
  const access = await accessToAll(tx, viewerOf(principal), ids)
  const kept = await keptPlans(tx, ids)
  const found = new Map<string, OfPlan>()
  let made = 0
  for (const id of ids) {
    const known = kept.get(id)
    if (!known && made++ >= most) continue
    const { plan, team } = known ?? (await planMade(tx, id))
    found.set(id, {
      plan: access.get(id)?.sensitive ? plan : planWithoutSensitive(plan),
      ours: new Map(team.map((one) => [one.id, one.name])),
    })
  }
  return found
}

async function planMade(tx: Tx, id: string): Promise<KeptPlan> {
  const ground = await planGround(tx, id)
  return { plan: (await livingPlan(tx, ground)).plan, team: ground.deal.us?.team ?? [] }
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
