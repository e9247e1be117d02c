import type { Lang } from '@sente/engine'
import { routes } from '@sente/api'
import type { Ours } from '@sente/api'
import { visibilityOf, visibilitySql } from '../../../store/visibility.ts'
import { operation } from '../../operation.ts'

interface Row {
  id: string
  version: number
  name: string
  language: Lang
  timeZone: string
  currency: string
  us: Ours | null
  sample: boolean
  counts: { accounts: number; people: number; deals: number }
}

/** Deals are counted as far as they are seen. */
export const get = operation(routes.workspace.get, async ({ context: { tx, viewer } }) => {
  const visibility = await visibilityOf(tx, viewer)
  const values: unknown[] = [tx.workspaceId]
  const [row] = await tx.rows<Row & Record<string, unknown>>(
    `select id, version, name, language, time_zone as "timeZone", currency, us, coalesce(settings -> 'sample' not in ('null', 'false'), false) as sample,
       json_build_object(
         'accounts', (select count(*) from account where workspace_id = $1),
         'people', (select count(*) from person where workspace_id = $1),
         'deals', (select count(*)
           from deal d
           where d.workspace_id = $1 and ${visibilitySql(visibility, (value) => `$${values.push(value)}`)})) as counts
     from workspace where id = $1`,
    values,
  )
  const { us, ...rest } = row!
  return us ? { ...rest, us } : rest
})
