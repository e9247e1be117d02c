import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Route } from '@sente/api'
import type { Principal } from '../../auth/principal.ts'
import type { Sessions } from '../../auth/sessions.ts'
import { sessionCookie } from './cookies.ts'
import { Fault } from '../../core/fault.ts'
import { isSecure, ownOrigin } from './origin.ts'
import type { Settings } from '../../core/settings.ts'

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Who calls, and may they call this? Runs before the body is read, so that nobody without the right can make the server work.
 * A token goes before a cookie: programs in a browser page send both.
 */
export async function authenticate(
  contract: Route,
  request: FastifyRequest,
  sessions: Sessions,
  settings: Settings,
): Promise<Principal | undefined> {
  const changes = CHANGES.has(contract.method)
  const bearer = bearerOf(request.headers.authorization)
  // Also where nobody need be signed in: another site's page must not sign its visitor in as somebody else.
  if (changes && bearer === undefined) refuseOtherSites(request, settings)
  if (contract.permission === 'public') return undefined
  const principal = bearer === undefined ? await ofCookie(request, sessions, settings) : await sessions.ofToken(bearer)
  if (!principal) throw new Fault('not-signed-in')
  if (changes && principal.session) checkCsrf(request, principal.session.csrfHash)
  checkPermission(contract, principal)
  return principal
}

/** May they call this at all? Which records they see is asked by the operation. */
export function checkPermission({ permission, method }: Route, principal: Principal): void {
  if (permission === 'public') return
  if (permission !== 'signed-in' && !principal.permissions.has(permission))
    throw new Fault('not-allowed', {
      detail: { en: `It needs the right ${permission}.`, zh: `需要权限 ${permission}。` },
    })
  if (permission === 'signed-in' && CHANGES.has(method) && principal.token?.whole === false)
    throw new Fault('not-allowed', { detail: NOT_WHOLE })
}

/** Name, sessions, tokens and views are the member's and have no scope of their own: what carries a part of the rights reads, but changes none of them. */
const NOT_WHOLE = {
  en: 'This token carries a part of your rights only: it may not change what is your own.',
  zh: '这个令牌只带有你的部分权限，不能更改属于你个人的内容。',
}

function ofCookie(
  request: FastifyRequest,
  sessions: Sessions,
  settings: Settings,
): Promise<Principal | undefined> | undefined {
  const cookie = request.cookies[sessionCookie(isSecure(request, settings))]
  return cookie === undefined ? undefined : sessions.ofCookie(cookie)
}

/** The token of an Authorization header; empty: there is one that is none. */
export function bearerOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (/^Bearer ([\w-]{1,200})$/i.exec(header.trim())?.[1] ?? '')
}

/** Browsers say where a request comes from, and pages cannot change it. What says nothing is no browser. */
export function refuseOtherSites(request: FastifyRequest, settings: Settings): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  if (site !== undefined) throw new Fault('csrf')
  const { origin } = request.headers
  if (origin !== undefined && origin !== ownOrigin(request, settings)) throw new Fault('csrf')
}

function checkCsrf(request: FastifyRequest, expected: Buffer): void {
  const sent = request.headers['x-csrf-token']
  if (typeof sent !== 'string' || !timingSafeEqual(hash('sha256', sent, 'buffer'), expected)) throw new Fault('csrf')
}
