import { routes } from '@sente/api'
import { quoted, withoutPersonalRows } from '../../../access/personal.ts'
import { audit as auditOf } from '../../../store/history.ts'
import { accessToAll, visibilityOf } from '../../../store/visibility.ts'
import { operation } from '../../operation.ts'

/** Of the deals that the caller may see. Neither the right to read it nor a share brings the right to what is personal. */
export const audit = operation(routes.work.audit, async ({ query, context: { tx, viewer } }) => {
  const visibility = await visibilityOf(tx, viewer)
  const page = await auditOf(tx, query, visibility)
  const items = page.items as { dealId?: string }[]
  const access = await accessToAll(tx, viewer, [...new Set(items.flatMap(({ dealId }) => dealId ?? []))])
  // Of a deal that is gone only who sees all reads here.
  const sees = ({ dealId }: { dealId?: string }): boolean =>
    viewer.sensitive && (dealId === undefined || (access.get(dealId)?.sensitive ?? visibility.all))
  return {
    ...page,
    items: items.map((item) => quoted(tx.rights, sees(item) ? item : withoutPersonalRows(item))) as never[],
  }
})
