import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Me, Role } from '@sente/api'
import { isSecure } from './origin.ts'
import type { Services } from '../services.ts'
import { withWorkspace } from '../../store/tenant.ts'
import type { Tx } from '../../store/tenant.ts'
import { cookieOptions, sessionCookie } from './cookies.ts'
import { ABSOLUTE_SECONDS } from '../../auth/lifetimes.ts'
import { meFrom } from './me.ts'
import { permissionsOf } from '../../auth/principal.ts'
import { createSession } from '../../auth/session-records.ts'

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  secret: string,
): void {
  const secure = isSecure(request, services.settings)
  // The cookie may live as long as a session can; when the session really ends, the database says.
  void reply.setCookie(sessionCookie(secure), secret, cookieOptions(secure, ABSOLUTE_SECONDS))
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply, services: Services): void {
  const secure = isSecure(request, services.settings)
  void reply.clearCookie(sessionCookie(secure), cookieOptions(secure, 0))
}

/** What `/me` says of a session that was just made. */
export async function meOfNew(tx: Tx, memberId: string, secret: string): Promise<Me> {
  const [row] = await tx.rows<{ role: Role; sensitive: boolean | null }>(
    'select role, sensitive from member where workspace_id = $1 and id = $2',
    [tx.workspaceId, memberId],
  )
  return meFrom(
    tx,
    { workspaceId: tx.workspaceId, permissions: permissionsOf(row!.role, row!.sensitive), member: { id: memberId } },
    secret,
  )
}

/** Opens a session for somebody whose identity is proven, and gives the browser its cookie. */
export async function signInAs(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  who: { workspaceId: string; memberId: string },
): Promise<Me> {
  const { secret, me } = await withWorkspace(
    services.store,
    { workspaceId: who.workspaceId, actorId: who.memberId, via: 'web' },
    async (tx) => {
      const secret = await createSession(tx, who.memberId, request.headers['user-agent'])
      return { secret, me: await meOfNew(tx, who.memberId, secret) }
    },
  )
  setSessionCookie(request, reply, services, secret)
  return me
}
