import { routes } from '@sente/api'
import { quoted, withoutPersonalRows } from '../../../access/personal.ts'
import { audit as auditOf } from '../../../store/history.ts'
import { accessToAll, sightOf } from '../../../store/sight.ts'
import { operation } from '../../operation.ts'

/** Of the deals that the caller may see. Neither the right to read it nor a share brings the right to what is personal. */
export const audit = operation(routes.work.audit, async ({ query, context: { tx, viewer } }) => {
  const sight = await sightOf(tx, viewer)
  const page = await auditOf(tx, query, sight)
  const items = page.items as { dealId?: string }[]
  const access = await accessToAll(tx, viewer, [...new Set(items.flatMap(({ dealId }) => dealId ?? []))])
  // Of a deal that is gone only who sees all reads here.
  const sees = ({ dealId }: { dealId?: string }): boolean =>
    viewer.sensitive && (dealId === undefined || (access.get(dealId)?.sensitive ?? sight.all))
  return {
    ...page,
    items: items.map((item) => quoted(tx.rights, sees(item) ? item : withoutPersonalRows(item))) as never[],
  }
})
