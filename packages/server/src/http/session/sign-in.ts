import type { FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../../store/ids.ts'
import type { Me, Role } from '@sente/api'
import { isSecure } from './origin.ts'
import type { Services } from '../services.ts'
import { withWorkspace } from '../../store/tenant.ts'
import type { Tx } from '../../store/tenant.ts'
import { cookieOptions, sessionCookie } from './cookies.ts'
import { ABSOLUTE_SECONDS, SLIDING } from '../../auth/lifetimes.ts'
import { meFrom } from './me.ts'
import { permissionsOf } from '../../auth/principal.ts'
import { csrfOf, hashOf, newSecret } from '../../auth/secrets.ts'

/** A session of a member; the secret goes into the cookie and nowhere else. */
export async function createSession(tx: Tx, memberId: string, userAgent: string | undefined): Promise<string> {
  const secret = newSecret()
  await tx.rows(
    `insert into session (workspace_id, id, member_id, token_hash, csrf_hash, user_agent, expires_at) values ($1, $2, $3, $4, $5, $6, now() + interval '${SLIDING}')`,
    [tx.workspaceId, newId(), memberId, hashOf(secret), hashOf(csrfOf(secret)), userAgent?.slice(0, 300) ?? null],
  )
  return secret
}

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

/** Ends sessions of a member, all or all but one, and with `tokens` the API tokens as well. Other processes hear of it after the commit. */
export async function endSessions(
  tx: Tx,
  memberId: string,
  { except, tokens = false }: { except?: string | undefined; tokens?: boolean } = {},
): Promise<void> {
  await tx.rows('delete from session where workspace_id = $1 and member_id = $2 and ($3::uuid is null or id <> $3)', [
    tx.workspaceId,
    memberId,
    except ?? null,
  ])
  if (tokens)
    await tx.rows('delete from api_token where workspace_id = $1 and member_id = $2', [tx.workspaceId, memberId])
  memberChanged(tx, memberId)
}

/** What is remembered of the member in any process must be asked anew. */
export function memberChanged(tx: Tx, memberId: string, version = 0): void {
  tx.events.push({
    workspaceId: tx.workspaceId,
    kind: 'member',
    id: memberId,
    version,
    action: 'update',
    ...(tx.actorId === undefined ? {} : { actorId: tx.actorId }),
  })
}
