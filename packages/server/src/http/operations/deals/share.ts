import type { Text } from '@sente/engine'
import { newId } from '../../../store/ids.ts'
import { routes } from '@sente/api'
import { checkPassesOn, lockWritableDeal } from '../../../access/access.ts'
import { markShare } from '../../../store/share-marks.ts'
import type { ShareRow } from '../../../store/share-marks.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/** Sharing once more with the same member or team changes what they may do. */
export const share = operation(routes.deals.share, async ({ params, body, context }) => {
  const { tx } = context
  // Locked: two who share the deal at once would share it twice.
  const { sensitive } = await lockWritableDeal(context, params.dealId)
  await checkPassesOn(context, [params.dealId])
  if ((body.memberId === undefined) === (body.teamId === undefined))
    throw refused('body', { en: 'Needs either `memberId` or `teamId`.', zh: '需要 `memberId` 或 `teamId` 其中之一。' })
  if (body.sensitive && !sensitive)
    throw new Fault('not-allowed', {
      detail: { en: 'You cannot show others what you may not see yourself.', zh: '自己无权查看的内容不能共享给别人。' },
    })
  const [known] =
    body.memberId === undefined
      ? await tx.rows('select from team where workspace_id = $1 and id = $2', [tx.workspaceId, body.teamId])
      : await tx.rows(
          `select
        from member
        where workspace_id = $1 and id = $2 and disabled_at is null`,
          [tx.workspaceId, body.memberId],
        )
  if (!known)
    throw body.memberId === undefined
      ? refused('body.teamId', { en: 'There is no such team.', zh: '没有这个团队。' })
      : refused('body.memberId', { en: 'There is no such member.', zh: '没有这位成员。' })
  const [before] = await tx.rows<{ row: ShareRow }>(
    `select to_jsonb(s) as row
     from deal_share s
     where workspace_id = $1
       and deal_id = $2
       and member_id is not distinct from $3::uuid
       and team_id is not distinct from $4::uuid`,
    [tx.workspaceId, params.dealId, body.memberId ?? null, body.teamId ?? null],
  )
  const [after] = before
    ? await tx.rows<{ row: ShareRow }>(
        `update deal_share s
         set may_write = $3, sensitive = $4
         where workspace_id = $1 and id = $2
         returning to_jsonb(s) as row`,
        [tx.workspaceId, before.row.id, body.mayWrite, body.sensitive],
      )
    : await tx.rows<{ row: ShareRow }>(
        `insert into deal_share as s (workspace_id, id, deal_id, member_id, team_id, may_write, sensitive, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         returning to_jsonb(s) as row`,
        [
          tx.workspaceId,
          newId(),
          params.dealId,
          body.memberId ?? null,
          body.teamId ?? null,
          body.mayWrite,
          body.sensitive,
          tx.actorId ?? null,
        ],
      )
  await markShare(tx, before?.row, after!.row)
  return { id: after!.row.id }
})

const refused = (field: string, what: Text): Fault => new Fault('invalid-input', { faults: [{ field, what }] })
