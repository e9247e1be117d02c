import type { Text } from '@sente/engine'
import { plainAddress } from '@sente/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as client from 'openid-client'
import { newId } from '../../store/ids.ts'
import { Fault } from '../../core/fault.ts'
import { faultOf } from '../faults-of-errors.ts'
import { ownOrigin } from './origin.ts'
import type { Services } from '../services.ts'
import type { OidcSettings } from '../../core/settings.ts'
import { withWorkspace } from '../../store/tenant.ts'
import { audit } from '../../auth/audit.ts'
import { memberOf, memberShape } from '../../auth/members.ts'

/**
 * Signing in at the organisation's own service: authorization code with PKCE, state and nonce. What must be remembered in between lies in a
 * cookie of the browser that began, so that any process can finish, and no other browser.
 */
interface Flow {
  state: string
  nonce: string
  verifier: string
  to: string
}

const CALLBACK = '/api/v1/auth/oidc/callback'
const TIMEOUT_SECONDS = 10

const configurations = new Map<string, Promise<client.Configuration>>()

/** What the service says of itself; asked once, and again after a failure. */
function configurationOf(settings: OidcSettings): Promise<client.Configuration> {
  const key = JSON.stringify(settings)
  let known = configurations.get(key)
  if (!known) {
    const issuer = new URL(settings.issuer)
    // Without https anybody on the way could sign in as anybody; on the machine itself there is no way.
    const local = issuer.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(issuer.hostname)
    known = client.discovery(
      issuer,
      settings.clientId,
      settings.clientSecret,
      settings.clientSecret === undefined ? client.None() : undefined,
      {
        timeout: TIMEOUT_SECONDS,
        ...(local ? { execute: [client.allowInsecureRequests] } : {}),
      },
    )
    known.catch(() => configurations.delete(key))
    configurations.set(key, known)
  }
  return known
}

function oidcOf({ settings }: Services): OidcSettings {
  if (!settings.oidc)
    throw new Fault('sign-in-unavailable', {
      detail: { en: 'Signing in with an organisation is not set up here.', zh: '这里没有配置统一登录。' },
    })
  return settings.oidc
}

/** Where to send the browser, and what it must bring back. */
export async function beginSignIn(
  services: Services,
  request: FastifyRequest,
  to: string | undefined,
): Promise<{ url: string; flow: string }> {
  const config = await configurationOf(oidcOf(services))
  const flow: Flow = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    to: localPath(to),
  }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: ownOrigin(request, services.settings) + CALLBACK,
    scope: 'openid email profile',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, flow: Buffer.from(JSON.stringify(flow)).toString('base64url') }
}

/** Only paths of our own: an open redirect would lend our address to others. */
export function localPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(to) ? to : '/'
}

/** The member who has signed in over there. Throws when the answer does not fit what was begun, or nobody here is meant. */
export async function finishSignIn(
  services: Services,
  request: FastifyRequest,
  cookie: string | undefined,
): Promise<{ who: { workspaceId: string; memberId: string }; to: string }> {
  const settings = oidcOf(services)
  const flow = readFlow(cookie)
  const config = await configurationOf(settings)
  const here = new URL(request.url, ownOrigin(request, services.settings))
  const tokens = await client.authorizationCodeGrant(config, here, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()!
  // Many services put the address into their user info only.
  const info =
    claims['email'] === undefined && config.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
      : claims
  const email =
    info['email_verified'] === true && typeof info['email'] === 'string' ? plainAddress(info['email']) : undefined
  const name =
    typeof info['name'] === 'string' && info['name'].trim() !== '' ? info['name'].trim().slice(0, 200) : email
  return {
    who: await memberFor(services, settings, { subject: `${claims.iss} ${claims.sub}`, email, name }),
    to: localPath(flow.to),
  }
}

function readFlow(cookie: string | undefined): Flow {
  try {
    const flow = JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()) as Flow
    if ([flow.state, flow.nonce, flow.verifier, flow.to].every((value) => typeof value === 'string')) return flow
  } catch {
    // No cookie of ours.
  }
  throw new Fault('sign-in-unavailable', {
    detail: {
      en: 'This browser did not begin to sign in, or too long ago.',
      zh: '不是从此浏览器发起的登录，或已超时。',
    },
  })
}

interface Identity {
  subject: string
  email: string | undefined
  name: string | undefined
}

/** By the subject once it is known; the first time by the address, if the service vouches for it. */
async function memberFor(
  { store }: Services,
  { create }: OidcSettings,
  { subject, email, name }: Identity,
): Promise<{ workspaceId: string; memberId: string }> {
  const app = store.database.app
  const bySubject = await app.query<{ workspace_id: string; member_id: string }>(
    'select * from members_of_subject($1)',
    [subject],
  )
  if (bySubject.rows[0]) return { workspaceId: bySubject.rows[0].workspace_id, memberId: bySubject.rows[0].member_id }
  if (email === undefined)
    throw denied({
      en: 'The sign-in service does not vouch for your e-mail address.',
      zh: '登录服务没有确认你的邮箱地址。',
    })
  const byEmail = await app.query<{ workspace_id: string; member_id: string }>(
    'select workspace_id, member_id from members_at($1)',
    [email],
  )
  const found = byEmail.rows[0]
  if (found) {
    const who = { workspaceId: found.workspace_id, memberId: found.member_id }
    const joined = await withWorkspace(
      store,
      { workspaceId: who.workspaceId, actorId: who.memberId, via: 'web' },
      (tx) =>
        tx.rows(
          `update member
           set oidc_subject = $3
           where workspace_id = $1 and id = $2 and oidc_subject is null
           returning 1`,
          [who.workspaceId, who.memberId, subject],
        ),
    )
    // The address belongs to somebody else over there than it did before.
    if (joined.length === 0)
      throw denied({
        en: 'This address is bound to another account of the sign-in service.',
        zh: '这个邮箱已绑定登录服务里的另一个账号。',
      })
    return who
  }
  if (!create) throw denied({ en: 'You have not been invited yet.', zh: '你还没有被邀请。' })
  const first = await app.query<{ id: string }>('select id from workspaces() limit 1')
  const workspaceId = first.rows[0]?.id
  if (workspaceId === undefined) throw new Fault('not-ready')
  const memberId = newId()
  await withWorkspace(store, { workspaceId, actorId: memberId, via: 'web' }, async (tx) => {
    const made = await tx.rows(
      `insert into member (workspace_id, id, email, name, role, oidc_subject)
       values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing
       returning 1`,
      [workspaceId, memberId, email, name, create, subject],
    )
    if (made.length === 0) throw denied({ en: 'Your access has been taken away.', zh: '你的访问权限已被停用。' })
    await audit(tx, {
      kind: 'member',
      id: memberId,
      action: 'create',
      after: memberShape(await memberOf(tx, memberId)),
    })
  })
  return { workspaceId, memberId }
}

const denied = (detail: Text): Fault => new Fault('not-allowed', { detail })

/** Somebody at a browser is led to the sign-in page, which says what went wrong; a program gets the error itself. */
export function failTo(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const ours = faultOf(error)
  const fault = ours.code === 'internal' ? new Fault('sign-in-unavailable', { cause: error }) : ours
  if (!(request.headers.accept ?? '').includes('text/html')) throw fault
  if (fault.code === 'sign-in-unavailable') request.log.warn({ err: fault.more.cause ?? fault }, fault.code)
  void reply.redirect(`/signin?problem=${fault.code}`, 303)
}
