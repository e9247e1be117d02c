import { routes } from '@sente/client'
import { withoutPersonalRows } from '../../../answers/personal.ts'
import { audit as auditOf } from '../../../store/history.ts'
import { sightOf, viewerOf } from '../../../store/sight.ts'
import { operation } from '../../operation.ts'

/** Of the deals that the caller may see. The right to read it does not bring the right to what is personal. */
export const audit = operation(routes.work.audit, async ({ query, context }) => {
  const page = await auditOf(context.tx, query, await sightOf(context.tx, viewerOf(context.principal)))
  return { ...page, items: (context.permissions.has('sensitive:read') ? page.items : page.items.map(withoutPersonalRows)) as never[] }
})
