import { routes } from '@sente/api'
import { findLink } from '../../../auth/links.ts'
import { withWorkspace } from '../../../store/tenant.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

export const link = operation(routes.auth.link, async ({ body, context: { services } }) => {
  const { workspaceId, memberId, purpose } = await findLink(services.store, body.token)
  const [row] = await withWorkspace(services.store, { workspaceId, via: 'web' }, (tx) =>
    tx.rows<{ email: string; name: string; workspace: string }>(
      `select m.email, m.name, w.name as workspace
       from member m
       join workspace w on w.id = m.workspace_id
       where m.workspace_id = $1 and m.id = $2 and m.disabled_at is null`,
      [workspaceId, memberId],
    ),
  )
  if (!row) throw new Fault('link-invalid')
  return { purpose, ...row }
})
