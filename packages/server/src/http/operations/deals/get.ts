import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { withoutPrivateThen } from '../../../access/private-evidence.ts'
import { dealAt } from '../../../store/as-of.ts'
import { loadDeal } from '../../../store/read.ts'
import { answer, operation } from '../../operation.ts'

/** One query for the deal and all that is asked for, whatever there is of it. */
export const get = operation(routes.deals.get, async ({ params, query, context }) => {
  const { tx } = context
  const access = await dealFor(context, params.dealId)
  const include = query.include ?? []
  if (query.at === undefined) {
    const whole = await loadDeal(tx, params.dealId, { include, limit: query.limit, access })
    return answer(whole, { version: whole.deal.version })
  }
  // The notes of then say which evidence was read from a private one.
  const then = await dealAt(tx, params.dealId, query.at, {
    access,
    include: access.sensitive ? include : [...include, 'note'],
  })
  return answer(access.sensitive ? then : await withoutPrivateThen(tx, then, include), { version: then.deal.version })
})
