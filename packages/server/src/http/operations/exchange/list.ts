import { routes } from '@sente/api'
import { listRuns, noticeInterrupted, runsSeenBy } from '../../../exchange/import/runs.ts'
import { cursorOf, onlyId, placeOf } from '../../../store/cursors.ts'
import { operation } from '../../operation.ts'

export const list = operation(routes.exchange.list, async ({ query, context: { tx, viewer } }) => {
  const place = placeOf<[string]>('imports', query.cursor, onlyId)
  await noticeInterrupted(tx)
  const items = await listRuns(tx, query.limit + 1, runsSeenBy(viewer), place?.[0])
  const last = items.length > query.limit ? items[query.limit - 1] : undefined
  return { items: items.slice(0, query.limit), ...(last ? { next: cursorOf('imports', [last.id]) } : {}) }
})
