import { newId } from '../../../store/ids.ts'
import { routes } from '@sente/api'
import { operation } from '../../operation.ts'

/** Saved again under the same name, it is the same view. */
export const saveView = operation(routes.workspace.saveView, async ({ body, context: { tx, member } }) => {
  const values = [tx.workspaceId, member.id, body.screen, body.name, JSON.stringify(body.query), body.shared]
  const [known] = await tx.rows<{ id: string }>(
    'update saved_view set query = $5, shared = $6, version = version + 1 where workspace_id = $1 and member_id = $2 and screen = $3 and name = $4 returning id',
    values,
  )
  if (known) return { id: known.id }
  const id = newId()
  await tx.rows(
    'insert into saved_view (workspace_id, member_id, screen, name, query, shared, id) values ($1, $2, $3, $4, $5, $6, $7)',
    [...values, id],
  )
  return { id }
})
