import { z } from 'zod'
import { Member, Role } from '../records/members.ts'
import { patchOf } from '../records/records.ts'
import { Email, Id, Line, Moment } from '../records/shapes.ts'
import { route } from '../route.ts'

const oneMember = z.strictObject({ memberId: Id })
const oneTeam = z.strictObject({ teamId: Id })
const Team = z.strictObject({ id: Id, version: z.int(), name: z.string(), memberIds: z.array(Id) })
const Link = z.strictObject({ url: z.string(), expiresAt: Moment })

export const members = {
  list: route({
    method: 'GET',
    path: '/members',
    tag: 'Members',
    summary: 'List the members of the workspace',
    permission: 'members:read',
    output: z.strictObject({ items: z.array(Member) }),
  }),
  invite: route({
    method: 'POST',
    path: '/members',
    tag: 'Members',
    summary: 'Invite somebody; the link is shown once',
    permission: 'members:manage',
    body: z.strictObject({
      email: Email,
      name: Line,
      role: Role,
      teamIds: z.array(Id).max(50).optional(),
      sensitive: z.boolean().optional(),
    }),
    output: z.strictObject({ member: Member, link: Link }),
    status: 201,
    idempotent: true,
    errors: ['conflict'],
  }),
  update: route({
    method: 'PATCH',
    path: '/members/{memberId}',
    tag: 'Members',
    summary: 'Change name, role, teams or rights of a member',
    permission: 'members:manage',
    params: oneMember,
    body: patchOf({
      name: Line,
      role: Role,
      sensitive: z.boolean(),
      disabled: z.boolean(),
      teamIds: z.array(Id).max(50),
    }),
    output: Member,
    versioned: true,
    errors: ['changed-since', 'conflict'],
  }),
  resetLink: route({
    method: 'POST',
    path: '/members/{memberId}/reset-link',
    tag: 'Members',
    summary: 'Reset a password: the old one, all sessions and API tokens end, and a link sets a new one',
    permission: 'members:manage',
    params: oneMember,
    output: Link,
    status: 201,
    idempotent: true,
  }),
  signOut: route({
    method: 'POST',
    path: '/members/{memberId}/sign-out',
    tag: 'Members',
    summary: 'End all sessions of a member',
    permission: 'members:manage',
    params: oneMember,
  }),
  teams: route({
    method: 'GET',
    path: '/teams',
    tag: 'Members',
    summary: 'List teams',
    permission: 'members:read',
    output: z.strictObject({ items: z.array(Team) }),
  }),
  createTeam: route({
    method: 'POST',
    path: '/teams',
    tag: 'Members',
    summary: 'Create a team',
    permission: 'members:manage',
    body: z.strictObject({ name: Line, memberIds: z.array(Id).max(500).optional() }),
    output: Team,
    status: 201,
    idempotent: true,
    errors: ['conflict'],
  }),
  updateTeam: route({
    method: 'PATCH',
    path: '/teams/{teamId}',
    tag: 'Members',
    summary: 'Rename a team or change who is in it',
    permission: 'members:manage',
    params: oneTeam,
    body: patchOf({ name: Line, memberIds: z.array(Id).max(500) }),
    output: Team,
    versioned: true,
    errors: ['changed-since', 'conflict'],
  }),
  removeTeam: route({
    method: 'DELETE',
    path: '/teams/{teamId}',
    tag: 'Members',
    summary: 'Delete a team',
    permission: 'members:manage',
    params: oneTeam,
    versioned: true,
    errors: ['changed-since'],
  }),
}
