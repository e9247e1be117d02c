import { routes } from '@sente/api'
import { operation } from '../../operation.ts'

export const sessions = operation(routes.auth.sessions, async ({ context: { tx, principal } }) => {
  const rows = await tx.rows<{ id: string; user_agent: string | null; created_at: Date; seen_at: Date }>(
    `select id, user_agent, created_at, seen_at
     from session
     where workspace_id = $1 and member_id = $2 and expires_at > now()
     order by seen_at desc, id`,
    [tx.workspaceId, principal.member.id],
  )
  return {
    items: rows.map((row) => ({
      id: row.id,
      ...(row.user_agent === null ? {} : { userAgent: row.user_agent }),
      createdAt: row.created_at.toISOString(),
      seenAt: row.seen_at.toISOString(),
      current: row.id === principal.session?.id,
    })),
  }
})
