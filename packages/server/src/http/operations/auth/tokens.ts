import { routes } from '@sente/api'
import type { Permission } from '@sente/api'
import { operation } from '../../operation.ts'

export const tokens = operation(routes.auth.tokens, async ({ context: { tx, member } }) => {
  const rows = await tx.rows<{
    id: string
    name: string
    scopes: Permission[]
    expires_at: Date | null
    used_at: Date | null
    created_at: Date
  }>(
    `select id, name, scopes, expires_at, used_at, created_at
     from api_token
     where workspace_id = $1 and member_id = $2
     order by id desc`,
    [tx.workspaceId, member.id],
  )
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes,
      ...(row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {}),
      ...(row.used_at ? { usedAt: row.used_at.toISOString() } : {}),
      createdAt: row.created_at.toISOString(),
    })),
  }
})
