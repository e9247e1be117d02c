import { routes } from '@sente/api'
import { checkPassesOn, lockWritableDeal } from '../../../access/access.ts'
import { newJointLink } from '../../../auth/joint-links.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/** Shows a part of the deal to somebody outside: for whoever may share it. */
export const link = operation(routes.joint.link, async ({ params: { dealId }, body, context }) => {
  const { tx, origin } = context
  await lockWritableDeal(context, dealId)
  await checkPassesOn(context, [dealId])
  if (body.personId !== undefined) {
    const known = await tx.rows(
      `select
      from stakeholder
      where workspace_id = $1 and deal_id = $2 and person_id = $3`,
      [tx.workspaceId, dealId, body.personId],
    )
    if (known.length === 0)
      throw new Fault('invalid-input', {
        faults: [
          { field: 'body.personId', what: { en: 'Nobody of the people of this deal.', zh: '不是这个商机里的人。' } },
        ],
      })
  }
  const { path, link: made } = await newJointLink(tx, dealId, body)
  return { url: origin + path, link: made }
})
