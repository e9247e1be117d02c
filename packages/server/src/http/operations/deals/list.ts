import { routes } from '@sente/api'
import { listDeals } from '../../../store/lists.ts'
import { viewerOf } from '../../../store/visibility.ts'
import { operation } from '../../operation.ts'

export const list = operation(routes.deals.list, ({ query, context }) =>
  listDeals(context.tx, viewerOf(context.principal), query),
)
