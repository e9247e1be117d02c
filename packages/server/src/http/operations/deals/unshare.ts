import { routes } from '@sente/api'
import { checkPassesOn, lockWritableDeal } from '../../../access/access.ts'
import { NotFound } from '../../../store/refusal.ts'
import { markShare } from '../../../store/share-marks.ts'
import type { ShareRow } from '../../../store/share-marks.ts'
import { operation } from '../../operation.ts'

export const unshare = operation(routes.deals.unshare, async ({ params, context }) => {
  const { tx } = context
  await lockWritableDeal(context, params.dealId)
  await checkPassesOn(context, [params.dealId])
  const [before] = await tx.rows<{ row: ShareRow }>(
    `delete from deal_share s
     where workspace_id = $1 and deal_id = $2 and id = $3
     returning to_jsonb(s) as row`,
    [tx.workspaceId, params.dealId, params.id],
  )
  if (!before) throw new NotFound()
  await markShare(tx, before.row, undefined)
})
