import { routes } from '@sente/client'
import { audit as auditOf } from '../../../store/history.ts'
import { operation } from '../../operation.ts'
import { withoutPersonalRows } from '../../../answers/personal.ts'

/** Of the whole workspace: the right to read it goes beyond single deals, the right to what is personal does not come with it. */
export const audit = operation(routes.work.audit, async ({ query, context }) => {
  const page = await auditOf(context.tx, query)
  return { ...page, items: (context.permissions.has('sensitive:read') ? page.items : page.items.map(withoutPersonalRows)) as never[] }
})
