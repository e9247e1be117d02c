import { KINDS, routes } from '@sente/api'
import type { Fact, KindName } from '@sente/api'
import { dealFor, lockWritableDeal } from '../../../access/access.ts'
import { checkPersonal, checkShown, personalSql, showing, withoutPersonal } from '../../../access/personal.ts'
import { cursorOf, onlyId, placeOf } from '../../../store/cursors.ts'
import { dealOfFact } from '../../../store/gateway.ts'
import { recordOf } from '../../../store/records.ts'
import type { InputOf, PatchOf, Row } from '../../../store/records.ts'
import { NotFound } from '../../../store/refusal.ts'
import { rowJson } from '../../../store/statements.ts'
import type { Tx } from '../../../store/tenant.ts'
import { create, remove, update } from '../../../store/write.ts'
import { operation } from '../../operation.ts'
import type { Operation } from '../../operation.ts'

/** All kinds have the same four contracts and differ only in the fields, which the contract has checked when a handler runs. */
type Contracts = (typeof routes.facts)['discount']
type Answer = Fact<'discount'>

export function factOperations<K extends KindName>(kind: K): Operation[] {
  const contracts = routes.facts[kind] as unknown as Contracts
  const shown = (record: object, sensitive: boolean): Answer =>
    (sensitive ? record : withoutPersonal(kind, record)) as Answer
  return [
    operation(contracts.list, async ({ params, query: { limit, cursor }, context }) => {
      const { sensitive } = await dealFor(context, params.dealId)
      const list = ['facts', kind, params.dealId]
      const found = await factsOf(context.tx, kind, params.dealId, {
        sensitive,
        after: placeOf<[string]>(list, cursor, onlyId)?.[0],
        limit: limit + 1,
      })
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return {
        items: items.map((record) => shown(record, sensitive)),
        ...(last ? { next: cursorOf(list, [last.id]) } : {}),
      }
    }),
    operation(contracts.create, async ({ params, body, context }) => {
      const { deal, sensitive } = await lockWritableDeal(context, params.dealId)
      if (!sensitive) await checkGiven(context.tx, kind, body)
      return shown(
        await create(context.tx, kind, { ...body, dealId: params.dealId } as unknown as InputOf<K>, deal),
        sensitive,
      )
    }),
    operation(contracts.update, async ({ params, body, context }) => {
      const { deal, sensitive } = await lockWritableDeal(context, params.dealId)
      await checkPlace(context.tx, kind, params)
      if (!sensitive) {
        await checkShown(context.tx, kind, params.id)
        await checkGiven(context.tx, kind, body)
      }
      return shown(
        await showing(kind, sensitive, () =>
          update(context.tx, kind, params.id, body as unknown as PatchOf<K>, context.ifMatch, deal),
        ),
        sensitive,
      )
    }),
    operation(contracts.remove, async ({ params, context }) => {
      const { deal, sensitive } = await lockWritableDeal(context, params.dealId)
      await checkPlace(context.tx, kind, params)
      if (!sensitive) await checkShown(context.tx, kind, params.id)
      await showing(kind, sensitive, () => remove(context.tx, kind, params.id, context.ifMatch, deal))
    }),
  ]
}

/** Ids are made in the order of time, so they are the order of the list and the place in it. */
async function factsOf(
  tx: Tx,
  kind: KindName,
  dealId: string,
  { sensitive, after, limit }: { sensitive: boolean; after: string | undefined; limit: number },
): Promise<{ id: string }[]> {
  const rows = await tx.rows<{ row: Row }>(
    `select ${rowJson(kind, 't')} as row
     from "${KINDS[kind].table}" t
     where t.workspace_id = $1
       and t.deal_id = $2${sensitive ? '' : ` and not ${personalSql(kind, 't')}`}
       and ($4::uuid is null or t.id > $4)
     order by t.id
     limit $3`,
    [tx.workspaceId, dealId, limit, after ?? null],
    `facts_${kind}${sensitive ? '' : '_shown'}`,
  )
  return rows.map(({ row }) => recordOf(kind, row))
}

/** The right to a deal is no right to the facts of another one. */
async function checkPlace(tx: Tx, kind: KindName, { dealId, id }: { dealId: string; id: string }): Promise<void> {
  if ((await dealOfFact(tx, kind, id)) !== dealId) throw new NotFound()
}

/** Nor may something be hung on a private note that its writer cannot see. */
async function checkGiven(tx: Tx, kind: KindName, given: object): Promise<void> {
  checkPersonal(kind, given as Record<string, unknown>)
  const noteId = (given as { noteId?: string | null }).noteId
  if (typeof noteId === 'string') await checkShown(tx, 'note', noteId)
}
