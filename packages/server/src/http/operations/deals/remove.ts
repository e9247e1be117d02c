import { routes } from '@sente/api'
import { checkPassesOn, lockWritableDeal } from '../../../access/access.ts'
import { remove as removeRecord } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

/** To delete a deal takes as much as to give it away: a share is no right to it. */
export const remove = operation(routes.deals.remove, async ({ params, context }) => {
  await lockWritableDeal(context, params.dealId)
  await checkPassesOn(context, [params.dealId])
  await removeRecord(context.tx, 'deal', params.dealId, context.ifMatch)
})
