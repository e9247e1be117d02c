import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { history as historyOf } from '../../../store/history.ts'
import { operation } from '../../operation.ts'

export const history = operation(routes.deals.history, async ({ params, query, context }) => {
  const access = await dealFor(context, params.dealId)
  return historyOf(context.tx, params.dealId, query, access)
})
