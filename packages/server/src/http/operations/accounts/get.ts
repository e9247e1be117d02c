import { routes } from '@sente/api'
import type { Account, Person } from '@sente/api'
import { relationshipsOf } from '../../../queries/relationships.ts'
import { listedDeals } from '../../../store/lists.ts'
import { read } from '../../../store/read.ts'
import { recordOf } from '../../../store/records.ts'
import type { Row } from '../../../store/records.ts'
import { accessToAll, visibilityOf, visibilitySql, viewerOf } from '../../../store/visibility.ts'
import type { Tx } from '../../../store/tenant.ts'
import { answer, operation } from '../../operation.ts'
import type { Context } from '../../operation.ts'

/** What a page can show; accounts with more are read through the lists. */
const MOST = { deals: 200, people: 500, children: 200, notes: 20 }

export const get = operation(routes.accounts.get, async ({ params, context }) => {
  const { tx } = context
  const account = await read(tx, 'account', params.accountId)
  const parent = account.parentId === undefined ? undefined : await read(tx, 'account', account.parentId)
  const children = await rowsOf<Account>(tx, 'account', 'parent_id', account.id, MOST.children)
  const dealIds = await dealsOf(context, account.id)
  const place = new Map(dealIds.map((id, i) => [id, i]))
  const deals = (await listedDeals(tx, dealIds)).sort((a, b) => place.get(a.id)! - place.get(b.id)!)
  const people = await relationshipsOf(
    context,
    await rowsOf<Person>(tx, 'person', 'account_id', account.id, MOST.people),
  )
  return answer(
    { account, ...(parent ? { parent } : {}), children, deals, people, notes: await notesOf(context, dealIds) },
    { version: account.version },
  )
})

async function rowsOf<T>(tx: Tx, kind: 'account' | 'person', column: string, id: string, most: number): Promise<T[]> {
  const rows = await tx.rows<{ row: Row }>(
    `select to_jsonb(t) as row
     from ${kind} t
     where t.workspace_id = $1 and t.${column} = $2
     order by lower(t.name), t.id
     limit ${most}`,
    [tx.workspaceId, id],
    `${kind}_by_${column}`,
  )
  return rows.map(({ row }) => recordOf(kind, row) as T)
}

/** Of the account, the deals that the caller may see; open ones first, then the newest. The address book alone shows none. */
async function dealsOf({ tx, principal, permissions }: Context, accountId: string): Promise<string[]> {
  if (!permissions.has('deals:read')) return []
  const visibility = await visibilityOf(tx, viewerOf(principal))
  const values: unknown[] = [tx.workspaceId, accountId]
  const rows = await tx.rows<{ id: string }>(
    `select d.id
     from deal d
     where d.workspace_id = $1
       and d.account_id = $2
       and ${visibilitySql(visibility, (value) => `$${values.push(value)}`)}
     order by d.status = 'open' desc, d.id desc
     limit ${MOST.deals}`,
    values,
  )
  return rows.map(({ id }) => id)
}

async function notesOf(
  { tx, principal }: Context,
  dealIds: readonly string[],
): Promise<{ id: string; dealId: string; on: string; author?: string; text: string }[]> {
  const access = await accessToAll(tx, viewerOf(principal), dealIds)
  const rows = await tx.rows<{ id: string; deal_id: string; on: string; author: string | null; text: string }>(
    `select n.id, n.deal_id, n."on", n.author, n.text from note n
     where n.workspace_id = $1
       and n.deal_id = any($2::uuid[])
       and (not coalesce(n.private, false) or n.deal_id = any($3::uuid[]))
     order by n."on" desc, n.id desc
     limit ${MOST.notes}`,
    [tx.workspaceId, dealIds, dealIds.filter((id) => access.get(id)?.sensitive)],
    'notes_of_account',
  )
  return rows.map(({ deal_id: dealId, author, ...note }) => ({
    ...note,
    dealId,
    ...(author === null ? {} : { author }),
  }))
}
