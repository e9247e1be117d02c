import { routes } from '@sente/api'
import { plainDate } from '@sente/engine'
import { loadSample as load } from '../../../sample/load.ts'
import { operation } from '../../operation.ts'
import { todayIn } from '../../../core/time-zones.ts'

export const loadSample = operation(routes.workspace.loadSample, async ({ context: { tx, services } }) => {
  const [row] = await tx.rows<{ zone: string }>(
    `select time_zone as zone
    from workspace
    where id = $1`,
    [tx.workspaceId],
  )
  return load(tx, services.store.methodology, plainDate(todayIn(row!.zone)))
})
