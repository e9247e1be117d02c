import { routes } from '@sente/api'
import { operation } from '../../operation.ts'

interface View extends Record<string, unknown> {
  id: string
  screen: string
  name: string
  query: Record<string, unknown>
  shared: boolean
  mine: boolean
}

export const views = operation(routes.workspace.views, async ({ query, context: { tx, member } }) => ({
  items: await tx.rows<View>(
    `select id, screen, name, query, shared, member_id = $2 as mine from saved_view
     where workspace_id = $1 and (member_id = $2 or shared) and ($3::text is null or screen = $3)
     order by screen, name, id`,
    [tx.workspaceId, member.id, query.screen ?? null],
  ),
}))
