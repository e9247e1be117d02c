import { routes } from '@sente/api'
import { checkOwner, checkPassesOn, lockWritableDeal } from '../../../access/access.ts'
import type { PatchOf } from '../../../store/records.ts'
import { update as updateRecord } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

export const update = operation(routes.deals.update, async ({ params, body, context }) => {
  await lockWritableDeal(context, params.dealId)
  if (typeof body.ownerId === 'string') {
    await checkPassesOn(context, [params.dealId], body.ownerId)
    await checkOwner(context.tx, body.ownerId)
  }
  return updateRecord(context.tx, 'deal', params.dealId, body as PatchOf<'deal'>, context.ifMatch)
})
