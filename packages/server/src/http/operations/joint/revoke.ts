import { routes } from '@sente/api'
import { lockWritableDeal } from '../../../access/access.ts'
import { revokeJointLink } from '../../../auth/joint-links.ts'
import { operation } from '../../operation.ts'

export const revoke = operation(routes.joint.revoke, async ({ params, context }) => {
  await lockWritableDeal(context, params.dealId)
  await revokeJointLink(context.tx, params.dealId, params.id)
})
