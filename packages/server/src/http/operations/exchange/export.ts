import { routes } from '@sente/api'
import { exportWorkspace } from '../../../exchange/export/workspace.ts'
import { viewerOf } from '../../../store/visibility.ts'
import { Fault } from '../../../core/fault.ts'
import { spooled } from '../../../core/spool.ts'
import { operation } from '../../operation.ts'
import { todayIn } from '../../../core/time-zones.ts'

const TAKES = ['deals:read', 'accounts:read', 'members:read'] as const

/**
 * Streamed from one moment of the database, whose connection is free as soon as all is made, however slowly it is read; what is personal only where it is
 * asked for and may be seen.
 */
export const exportAll = operation(routes.exchange.export, async ({ query, context }) => {
  const { services, principal, permissions, workspaceId, member, via, signal } = context
  const missing = TAKES.filter((right) => !permissions.has(right))
  if (missing.length > 0)
    throw new Fault('not-allowed', {
      detail: {
        en: `An export holds deals, the address book and the names of members: it takes the right ${missing.join(', ')}.`,
        zh: `导出包含商机、通讯录和成员名单，需要权限 ${missing.join('、')}。`,
      },
    })
  const who = { workspaceId, actorId: member.id, via, rights: permissions }
  const lines = exportWorkspace(services.store, who, viewerOf(principal), {
    sensitive: query.private && permissions.has('sensitive:read'),
  })
  const { slots, limits } = services.store.database
  const read = await slots.readers.take(member.id, signal)
  const made = await slots.exports.take(member.id, signal).catch((error: unknown) => {
    read()
    throw error
  })
  return {
    stream: spooled(lines, made),
    pace: limits.downloads,
    // Also of a stream that nobody has begun to read.
    onClose: () => {
      made()
      read()
    },
    filename: `sente-${todayIn('UTC')}.ndjson`,
  }
})
