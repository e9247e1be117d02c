import { routes } from '@sente/api'
import { listFaults, readRun, runsSeenBy } from '../../../exchange/import/runs.ts'
import { cursorOf, placeOf } from '../../../store/cursors.ts'
import { operation } from '../../operation.ts'

export const faults = operation(routes.exchange.faults, async ({ params, query, context: { tx, viewer } }) => {
  await readRun(tx, params.runId, runsSeenBy(viewer))
  const list = ['faults', params.runId]
  const place = placeOf<[number, string]>(
    list,
    query.cursor,
    ([row, field]) => Number.isSafeInteger(row) && typeof field === 'string',
  )
  const items = await listFaults(tx, params.runId, query.limit + 1, place && { row: place[0], field: place[1] })
  const last = items.length > query.limit ? items[query.limit - 1] : undefined
  return { items: items.slice(0, query.limit), ...(last ? { next: cursorOf(list, [last.row, last.field]) } : {}) }
})
