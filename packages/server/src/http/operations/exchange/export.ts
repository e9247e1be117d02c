import { routes } from '@sente/api'
import { exportWorkspace } from '../../../exchange/export/workspace.ts'
import { viewerOf } from '../../../store/sight.ts'
import { operation } from '../../operation.ts'
import { todayIn } from '../../../core/time-zones.ts'

/** Streamed from one moment of the database; what is personal only where it is asked for and may be seen. */
export const exportAll = operation(routes.exchange.export, async ({ query, context }) => {
  const { services, principal, workspaceId, member, via, signal } = context
  const lines = exportWorkspace(services.store, { workspaceId, actorId: member.id, via }, viewerOf(principal), {
    sensitive: query.private && context.permissions.has('sensitive:read'),
  })
  const { slots, limits } = services.store.database
  const giveBack = await slots.exports.take(member.id, signal)
  return { stream: lines, pace: limits.downloads, onClose: giveBack, filename: `sente-${todayIn('UTC')}.ndjson` }
})
