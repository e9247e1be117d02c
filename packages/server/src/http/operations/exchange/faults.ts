import { routes } from '@sente/api'
import type { Text } from '@sente/engine'
import { FIELDS } from '../../../exchange/files/fields.ts'
import { listFaults, readRun, runsSeenBy } from '../../../exchange/import/runs.ts'
import { cursorOf, placeOf } from '../../../store/cursors.ts'
import { operation } from '../../operation.ts'

/** What the fields of lists are called, by kind. */
const LABELS: ReadonlyMap<string, ReadonlyMap<string, Text>> = new Map(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, new Map(fields.map(({ name, label }) => [name, label]))]),
)

export const faults = operation(routes.exchange.faults, async ({ params, query, context: { tx, viewer } }) => {
  const { kind } = await readRun(tx, params.runId, runsSeenBy(viewer))
  const list = ['faults', params.runId]
  const place = placeOf<[number, string]>(
    list,
    query.cursor,
    ([row, field]) => Number.isSafeInteger(row) && typeof field === 'string',
  )
  const items = await listFaults(tx, params.runId, query.limit + 1, place && { row: place[0], field: place[1] })
  const last = items.length > query.limit ? items[query.limit - 1] : undefined
  const labels = LABELS.get(kind)
  const named = items.slice(0, query.limit).map((fault) => {
    const label = labels?.get(fault.field)
    return label ? { ...fault, label } : fault
  })
  return { items: named, ...(last ? { next: cursorOf(list, [last.row, last.field]) } : {}) }
})
