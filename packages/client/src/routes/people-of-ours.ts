import { z } from 'zod'
import { Currency, Email, Id, Line, Moment } from '../kinds/shapes.ts'
import { PERMISSIONS, ROLES } from '../permissions.ts'
import { route } from '../route.ts'
import { patchOf } from './records.ts'

const Password = z.string().min(10).max(200).meta({ description: '10 to 200 characters' })
const Language = z.enum(['en', 'zh'])
const Role = z.enum(ROLES)
const Permission = z.enum(PERMISSIONS)

export const Member = z.strictObject({ id: Id, version: z.int(), email: z.string(), name: z.string(), role: Role, sensitive: z.boolean().optional(), disabled: z.boolean(), hasPassword: z.boolean(), teamIds: z.array(Id), createdAt: Moment })
export type Member = z.infer<typeof Member>
export const Me = z.strictObject({
  member: Member,
  workspace: z.strictObject({ id: Id, name: z.string(), language: Language, timeZone: z.string(), currency: Currency, today: z.iso.date(), sample: z.boolean() }),
  permissions: z.array(Permission),
  language: Language.optional(),
  theme: z.enum(['light', 'dark', 'auto']).optional(),
  preferences: z.record(z.string(), z.unknown()),
  csrfToken: z.string().optional().meta({ description: 'Of this session: send it as X-CSRF-Token with every change' }),
})
export type Me = z.infer<typeof Me>

export const auth = {
  options: route({ method: 'GET', path: '/auth/options', tag: 'Signing in', summary: 'See which ways of signing in there are, and whether the first start is still to be done', permission: 'public', output: z.strictObject({ password: z.boolean(), oidc: z.strictObject({ name: z.string(), url: z.string() }).optional(), setupNeeded: z.boolean() }) }),
  signIn: route({ method: 'POST', path: '/auth/sign-in', tag: 'Signing in', summary: 'Sign in with address and password', permission: 'public', body: z.strictObject({ email: Email, password: z.string().max(200), workspaceId: Id.optional() }), output: Me, errors: ['wrong-credentials', 'locked-out'] }),
  signOut: route({ method: 'POST', path: '/auth/sign-out', tag: 'Signing in', summary: 'End this session', permission: 'signed-in' }),
  signOutEverywhere: route({ method: 'POST', path: '/auth/sign-out-everywhere', tag: 'Signing in', summary: 'End all your sessions', permission: 'signed-in' }),
  link: route({ method: 'POST', path: '/auth/links/look', tag: 'Signing in', summary: 'See what a one-time link is for', permission: 'public', body: z.strictObject({ token: z.string().max(200) }), output: z.strictObject({ purpose: z.enum(['setup', 'invitation', 'reset']), email: z.string(), name: z.string(), workspace: z.string() }), errors: ['link-invalid'] }),
  useLink: route({ method: 'POST', path: '/auth/links/use', tag: 'Signing in', summary: 'Set name and password by a one-time link, and sign in', permission: 'public', body: z.strictObject({ token: z.string().max(200), password: Password, name: Line.optional(), email: Email.optional(), workspaceName: Line.optional(), language: Language.optional() }), output: Me, errors: ['link-invalid'] }),
  oidcStart: route({ method: 'GET', path: '/auth/oidc', tag: 'Signing in', summary: 'Go to the sign-in service of the organisation', permission: 'public', query: z.strictObject({ to: z.string().max(500).optional() }), produces: 'text/html', errors: ['sign-in-unavailable'] }),
  oidcReturn: route({ method: 'GET', path: '/auth/oidc/callback', tag: 'Signing in', summary: 'Come back from the sign-in service', permission: 'public', query: z.looseObject({}), produces: 'text/html', errors: ['sign-in-unavailable', 'not-allowed'] }),
  me: route({ method: 'GET', path: '/me', tag: 'Signing in', summary: 'Read who you are and what you may do', permission: 'signed-in', output: Me }),
  updateMe: route({ method: 'PATCH', path: '/me', tag: 'Signing in', summary: 'Change your name, language, theme and preferences', permission: 'signed-in', body: z.strictObject({ name: Line.optional(), language: Language.nullable().optional(), theme: z.enum(['light', 'dark', 'auto']).nullable().optional(), preferences: z.record(z.string(), z.unknown()).optional() }), output: Me }),
  password: route({ method: 'POST', path: '/me/password', tag: 'Signing in', summary: 'Change your password; other sessions end', permission: 'signed-in', body: z.strictObject({ current: z.string().max(200), next: Password }), errors: ['wrong-credentials', 'locked-out'] }),
  sessions: route({ method: 'GET', path: '/me/sessions', tag: 'Signing in', summary: 'List your sessions', permission: 'signed-in', output: z.strictObject({ items: z.array(z.strictObject({ id: Id, userAgent: z.string().optional(), createdAt: Moment, seenAt: Moment, current: z.boolean() })) }) }),
  endSession: route({ method: 'DELETE', path: '/me/sessions/{id}', tag: 'Signing in', summary: 'End one of your sessions', permission: 'signed-in', params: z.strictObject({ id: Id }) }),
  tokens: route({ method: 'GET', path: '/me/tokens', tag: 'Signing in', summary: 'List your API tokens', permission: 'signed-in', output: z.strictObject({ items: z.array(z.strictObject({ id: Id, name: z.string(), scopes: z.array(Permission), expiresAt: Moment.optional(), usedAt: Moment.optional(), createdAt: Moment })) }) }),
  createToken: route({ method: 'POST', path: '/me/tokens', tag: 'Signing in', summary: 'Create an API token; it is shown once', permission: 'signed-in', body: z.strictObject({ name: Line, scopes: z.array(Permission).min(1), expiresInDays: z.int().min(1).max(3650).optional() }), output: z.strictObject({ id: Id, token: z.string() }), status: 201, idempotent: true }),
  revokeToken: route({ method: 'DELETE', path: '/me/tokens/{id}', tag: 'Signing in', summary: 'Revoke an API token', permission: 'signed-in', params: z.strictObject({ id: Id }) }),
}

const oneMember = z.strictObject({ memberId: Id })
const oneTeam = z.strictObject({ teamId: Id })
const Team = z.strictObject({ id: Id, version: z.int(), name: z.string(), memberIds: z.array(Id) })
const Link = z.strictObject({ url: z.string(), expiresAt: Moment })

export const members = {
  list: route({ method: 'GET', path: '/members', tag: 'Members', summary: 'List the members of the workspace', permission: 'members:read', output: z.strictObject({ items: z.array(Member) }) }),
  invite: route({ method: 'POST', path: '/members', tag: 'Members', summary: 'Invite somebody; the link is shown once', permission: 'members:manage', body: z.strictObject({ email: Email, name: Line, role: Role, teamIds: z.array(Id).max(50).optional(), sensitive: z.boolean().optional() }), output: z.strictObject({ member: Member, link: Link }), status: 201, idempotent: true, errors: ['conflict'] }),
  update: route({ method: 'PATCH', path: '/members/{memberId}', tag: 'Members', summary: 'Change name, role, teams or rights of a member', permission: 'members:manage', params: oneMember, body: patchOf({ name: Line, role: Role, sensitive: z.boolean(), disabled: z.boolean(), teamIds: z.array(Id).max(50) }), output: Member, versioned: true, errors: ['changed-since', 'conflict'] }),
  resetLink: route({ method: 'POST', path: '/members/{memberId}/reset-link', tag: 'Members', summary: 'Make a link by which a member sets a new password', permission: 'members:manage', params: oneMember, output: Link, status: 201, idempotent: true }),
  signOut: route({ method: 'POST', path: '/members/{memberId}/sign-out', tag: 'Members', summary: 'End all sessions of a member', permission: 'members:manage', params: oneMember }),
  teams: route({ method: 'GET', path: '/teams', tag: 'Members', summary: 'List teams', permission: 'members:read', output: z.strictObject({ items: z.array(Team) }) }),
  createTeam: route({ method: 'POST', path: '/teams', tag: 'Members', summary: 'Create a team', permission: 'members:manage', body: z.strictObject({ name: Line, memberIds: z.array(Id).max(500).optional() }), output: Team, status: 201, idempotent: true, errors: ['conflict'] }),
  updateTeam: route({ method: 'PATCH', path: '/teams/{teamId}', tag: 'Members', summary: 'Rename a team or change who is in it', permission: 'members:manage', params: oneTeam, body: patchOf({ name: Line, memberIds: z.array(Id).max(500) }), output: Team, versioned: true, errors: ['changed-since', 'conflict'] }),
  removeTeam: route({ method: 'DELETE', path: '/teams/{teamId}', tag: 'Members', summary: 'Delete a team', permission: 'members:manage', params: oneTeam, versioned: true, errors: ['changed-since'] }),
}

const Settings = { id: Id, version: z.int(), name: z.string(), language: Language, timeZone: z.string(), currency: Currency }

export const workspace = {
  get: route({ method: 'GET', path: '/workspace', tag: 'Workspace', summary: 'Read the settings of the workspace', permission: 'signed-in', output: z.strictObject({ ...Settings, sample: z.boolean(), counts: z.strictObject({ accounts: z.int(), people: z.int(), deals: z.int() }) }), versioned: true }),
  update: route({ method: 'PATCH', path: '/workspace', tag: 'Workspace', summary: 'Change the settings of the workspace', permission: 'workspace:manage', body: z.strictObject({ name: Line.optional(), language: Language.optional(), timeZone: Line.optional(), currency: Currency.optional() }), output: z.strictObject(Settings), versioned: true, errors: ['changed-since'] }),
  loadSample: route({ method: 'POST', path: '/workspace/sample', tag: 'Workspace', summary: 'Fill an empty workspace with the sample team', permission: 'workspace:manage', output: z.strictObject({ accounts: z.int(), people: z.int(), deals: z.int() }), status: 201, idempotent: true, errors: ['conflict'] }),
  clearSample: route({ method: 'DELETE', path: '/workspace/sample', tag: 'Workspace', summary: 'Take the sample data out again', permission: 'workspace:manage', output: z.strictObject({ deals: z.int() }), errors: ['conflict'] }),
  views: route({ method: 'GET', path: '/views', tag: 'Workspace', summary: 'List your saved views and those shared', permission: 'signed-in', query: z.strictObject({ screen: z.string().max(50).optional() }), output: z.strictObject({ items: z.array(z.strictObject({ id: Id, screen: z.string(), name: z.string(), query: z.record(z.string(), z.unknown()), shared: z.boolean(), mine: z.boolean() })) }) }),
  saveView: route({ method: 'POST', path: '/views', tag: 'Workspace', summary: 'Save a view', permission: 'signed-in', body: z.strictObject({ screen: z.string().max(50), name: Line, query: z.record(z.string(), z.unknown()), shared: z.boolean().default(false) }), output: z.strictObject({ id: Id }), status: 201, idempotent: true }),
  removeView: route({ method: 'DELETE', path: '/views/{id}', tag: 'Workspace', summary: 'Delete a saved view', permission: 'signed-in', params: z.strictObject({ id: Id }) }),
}
