/**
 * What somebody may do. An operation names exactly one of these, `public` (nobody signed in) or `signed-in` (whoever has a session or a
 * token). Which rows it then sees is a second question: a seller's deals, a manager's teams. Tokens carry a subset as scopes.
 */
export const PERMISSIONS = [
  'deals:read',
  'deals:write',
  'accounts:read',
  'accounts:write',
  'sensitive:read',
  'import',
  'export',
  'audit:read',
  'members:read',
  'members:manage',
  'workspace:manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = ['administrator', 'manager', 'seller', 'viewer'] as const
export type Role = (typeof ROLES)[number]

const reading = ['deals:read', 'accounts:read', 'members:read'] as const
const writing = [...reading, 'deals:write', 'accounts:write', 'sensitive:read', 'export', 'import'] as const

/** What each role may do; everything else is denied. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: PERMISSIONS,
  manager: [...writing, 'audit:read'],
  seller: writing,
  viewer: reading,
}

/** Which deals a role sees without a share: all of the workspace, those of its teams' members, or its own. */
export const ROLE_VISIBILITY: Readonly<Record<Role, 'all' | 'teams' | 'own'>> = {
  administrator: 'all',
  manager: 'teams',
  seller: 'own',
  viewer: 'teams',
}
