import { newId } from '../../../store/ids.ts'
import { routes } from '@sente/api'
import { KEPT, tooMuch } from '../../../core/kept.ts'
import { Conflict } from '../../../store/refusal.ts'
import type { Tx } from '../../../store/tenant.ts'
import { operation } from '../../operation.ts'

/** Saved again under the same name, it is the same view. Everybody loads the shared ones: there are only so many, and none is large. */
export const saveView = operation(routes.workspace.saveView, async ({ body, context: { tx, member } }) => {
  const query = JSON.stringify(body.query)
  if (query.length > KEPT.view)
    throw tooMuch(
      'body.query',
      `Too large: at most ${KEPT.view} characters of JSON.`,
      `内容过大，JSON 最多 ${KEPT.view} 个字符。`,
    )
  // Two who save at once count one after the other.
  await tx.rows('select from workspace where id = $1 for no key update', [tx.workspaceId])
  const values = [tx.workspaceId, member.id, body.screen, body.name, query, body.shared]
  const [known] = await tx.rows<{ id: string; shared: boolean }>(
    `select id, shared
     from saved_view
     where workspace_id = $1 and member_id = $2 and screen = $3 and name = $4`,
    values.slice(0, 4),
  )
  await checkRoom(tx, member.id, { another: !known, sharedToo: body.shared && !known?.shared })
  const id = known?.id ?? newId()
  await tx.rows(
    known
      ? `update saved_view
        set query = $5, shared = $6, version = version + 1
        where workspace_id = $1 and member_id = $2 and screen = $3 and name = $4 and id = $7`
      : `insert into saved_view (workspace_id, member_id, screen, name, query, shared, id)
        values ($1, $2, $3, $4, $5, $6, $7)`,
    [...values, id],
  )
  return { id }
})

async function checkRoom(
  tx: Tx,
  memberId: string,
  { another, sharedToo }: { another: boolean; sharedToo: boolean },
): Promise<void> {
  if (!another && !sharedToo) return
  const [count] = await tx.rows<{ mine: number; mine_shared: number; shared: number }>(
    `select count(*) filter (where member_id = $2)::int as mine, count(*) filter (where member_id = $2 and shared)::int as mine_shared,
       count(*) filter (where shared)::int as shared from saved_view where workspace_id = $1`,
    [tx.workspaceId, memberId],
  )
  if (another && count!.mine >= KEPT.views)
    throw new Conflict({
      en: `You have ${KEPT.views} saved views, as many as there may be. Delete one first.`,
      zh: `你已有 ${KEPT.views} 个保存的视图，已达上限。请先删除一个。`,
    })
  if (sharedToo && (count!.mine_shared >= KEPT.sharedOfMember || count!.shared >= KEPT.shared))
    throw new Conflict({
      en: `At most ${KEPT.sharedOfMember} views of a member and ${KEPT.shared} of a workspace are shared. Delete one, or keep this one to yourself.`,
      zh: `每位成员最多共享 ${KEPT.sharedOfMember} 个视图，整个工作区最多 ${KEPT.shared} 个。请先删除一个，或仅自己使用。`,
    })
}
