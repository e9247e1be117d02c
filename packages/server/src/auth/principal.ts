import type { Lang } from '@sente/engine'
import { ROLE_PERMISSIONS } from '@sente/api'
import type { Permission, Role } from '@sente/api'
import type { Tx } from '../store/tenant.ts'

/** Who is calling: a member, by a session of the browser or by an API token. */
export interface Principal {
  workspaceId: string
  member: { id: string; name: string; email: string; role: Role; teamIds: readonly string[]; language?: Lang }
  /** What the role allows, or the part of it that the token carries. */
  permissions: ReadonlySet<Permission>
  /** `web`: a session; `api`: a token; `mcp`: a token, through an assistant. */
  via: 'web' | 'api' | 'mcp'
  session?: { id: string; csrfHash: Buffer }
  /** `whole`: it carries all that its member may. */
  token?: { id: string; whole: boolean }
}

/** What a member may do: the role's rights, with the right to see what is personal given or taken by hand. */
export function permissionsOf(
  role: Role,
  sensitive: boolean | null,
  scopes?: readonly string[],
): ReadonlySet<Permission> {
  const all = new Set<Permission>(ROLE_PERMISSIONS[role])
  if (sensitive === true) all.add('sensitive:read')
  if (sensitive === false) all.delete('sensitive:read')
  if (!scopes) return all
  return new Set([...all].filter((permission) => scopes.includes(permission)))
}

/** Somebody who asks something of the records: who they are, and the transaction in which they are answered. */
export interface Asking {
  principal: Principal
  tx: Tx
}
