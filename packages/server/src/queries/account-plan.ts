import { dealOf, withOurs } from '@sente/api'
import { accountPlan, plainDate } from '@sente/engine'
import type { AccountPlan, Deal, PlainDate } from '@sente/engine'
import { hiddenPlaces } from '../access/private-evidence.ts'
import { dealWithoutSensitive } from '../access/without-sensitive.ts'
import type { Principal } from '../auth/principal.ts'
import { Fault } from '../core/fault.ts'
import { methodologyOf } from '../store/method.ts'
import { oursOf } from '../store/plans.ts'
import { loadDeals, read } from '../store/read.ts'
import { todayOf } from '../store/today.ts'
import { accessToAll, visibilityOf, visibilitySql, viewerOf } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'

/** So many deals an account plan is made of: those that are open or won first. */
const MOST = 80

export interface AccountPlanFor {
  plan: AccountPlan
  /** Those it is made of, as the caller may see them. */
  deals: Deal[]
  /** Ids by the names of the deals. */
  dealIds: Record<string, string>
  asOf: PlainDate
}

/**
 * From the deals that the caller may see, of the account and of the accounts below it: a child account is a unit where its deals name none.
 * What is personal in a deal is left out where the caller may not see it, so that two members may see two plans.
 */
export async function accountPlanFor(
  { tx, principal }: { tx: Tx; principal: Principal },
  accountId: string,
  asked: string | undefined,
): Promise<AccountPlanFor> {
  const account = await read(tx, 'account', accountId)
  const viewer = viewerOf(principal)
  const found = await dealsOf(tx, account.id, viewer)
  if (found.length === 0)
    throw new Fault('conflict', {
      detail: {
        en: 'An account plan is made from deals, and you see none of this account. Create a deal, or ask its owner to share one.',
        zh: '大客户规划由商机生成，这个客户你还看不到任何商机。请新建商机，或请负责人共享给你。',
      },
    })
  const ids = found.map(({ id }) => id)
  const [access, ours, methodology] = [await accessToAll(tx, viewer, ids), await oursOf(tx), await methodologyOf(tx)]
  const units = new Map(found.map(({ id, unit }) => [id, unit]))
  const deals = await Promise.all(
    (await loadDeals(tx, ids)).map(async (whole) => {
      const known = withOurs(dealOf(whole), ours)
      const deal = access.get(whole.deal.id)?.sensitive
        ? known
        : dealWithoutSensitive(known, await hiddenPlaces(tx, whole))
      const unit = deal.unit ?? units.get(whole.deal.id) ?? undefined
      return { ...deal, ...(unit !== undefined && { unit }), account: { ...deal.account, name: account.name } }
    }),
  )
  const asOf = asked === undefined ? await todayOf(tx) : plainDate(asked)
  const made = accountPlan(deals, methodology, asOf)
  // Of a stance that is heard in evidence the person's own signs tell; it is no less personal than one that is written down.
  const blind = ids.some((id) => !access.get(id)?.sensitive)
  const people = blind ? made.people.map((person) => ({ ...person, stance: null })) : made.people
  return {
    plan: { ...made, people },
    deals,
    dealIds: Object.fromEntries(found.map(({ id, name }) => [name, id])),
    asOf,
  }
}

interface Found {
  id: string
  name: string
  unit: string | null
}

async function dealsOf(tx: Tx, accountId: string, viewer: ReturnType<typeof viewerOf>): Promise<Found[]> {
  const visibility = await visibilityOf(tx, viewer)
  const values: unknown[] = [tx.workspaceId, accountId]
  return tx.rows<Found>(
    `select d.id, d.name, case when a.id <> $2 then a.name end as unit
     from deal d
     join account a on a.workspace_id = $1 and a.id = d.account_id
     where d.workspace_id = $1
       and (a.id = $2 or a.parent_id = $2)
       and ${visibilitySql(visibility, (value) => `$${values.push(value)}`)}
     order by d.status in ('open', 'won') desc, d.id
     limit ${MOST}`,
    values,
  )
}
