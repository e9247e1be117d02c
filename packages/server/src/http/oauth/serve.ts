import { timingSafeEqual } from 'node:crypto'
import { routes } from '@sente/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { endGranted, grantCode, tokenForCode } from '../../auth/granted-tokens.ts'
import type { Principal } from '../../auth/principal.ts'
import { csrfOf, hashOf } from '../../auth/secrets.ts'
import { acceptedLanguage } from '../../core/language.ts'
import { newId } from '../../store/ids.ts'
import { withWorkspace } from '../../store/tenant.ts'
import { newNonce } from '../headers.ts'
import type { Limits } from '../limits.ts'
import { MCP_PATH } from '../mcp/serve.ts'
import type { Services } from '../services.ts'
import { refuseOtherSites } from '../session/authenticate.ts'
import { sessionCookie } from '../session/cookies.ts'
import { isSecure, ownOrigin } from '../session/origin.ts'
import { Client, clientOf, idOf, isHere } from './clients.ts'
import { consentHtml, DAYS, stoppedHtml, toldHtml } from './page.ts'
import { readRequest, SCOPES, withParameters } from './request.ts'
import type { Asked } from './request.ts'

const BODY_LIMIT = 32 * 1024

/**
 * Sente as its own authorization server, for programs that connect by a browser: OAuth 2.1 with PKCE, metadata (RFC 8414), registration (RFC 7591) and revocation (RFC 7009).
 * What they get is an API token like any other, with the rights and the days that the person chose; it stands in their list of tokens and ends there.
 */
export async function serveOAuth(app: FastifyInstance, services: Services, limits: Limits): Promise<void> {
  const [reading, signing] = [limits.before(routes.auth.options), limits.before(routes.auth.signIn)]
  app.get('/.well-known/oauth-authorization-server', { onRequest: reading }, (request, reply) => {
    const issuer = ownOrigin(request, services.settings)
    return reply.header('cache-control', 'public, max-age=300').send({
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      registration_endpoint: `${issuer}/oauth/register`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: ['none'],
      scopes_supported: SCOPES,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true,
    })
  })
  app.post('/oauth/register', { onRequest: signing, bodyLimit: BODY_LIMIT }, (request, reply) =>
    register(request, reply),
  )
  await app.register(async (forms) => {
    forms.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_, body, done) => done(null, new URLSearchParams(body as string)),
    )
    forms.get('/oauth/authorize', { onRequest: reading }, (request, reply) => ask(request, reply, services))
    forms.post('/oauth/authorize', { onRequest: signing }, (request, reply) => decide(request, reply, services))
    forms.post('/oauth/token', { onRequest: signing }, (request, reply) => give(request, reply, services))
    forms.post('/oauth/revoke', { onRequest: signing }, (request, reply) => revoke(request, reply, services))
  })
}

function register(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { client_name: name = 'Assistant', redirect_uris: redirects } = (request.body ?? {}) as Record<string, unknown>
  const read = Client.safeParse({ name: typeof name === 'string' ? name.slice(0, 80) : name, redirects })
  if (!read.success)
    return reply.code(400).send({
      error: read.error.issues.some(({ path }) => path[0] === 'redirects')
        ? 'invalid_redirect_uri'
        : 'invalid_client_metadata',
      error_description: read.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; ')
        .slice(0, 500),
    })
  const id = idOf(read.data)
  if (!clientOf(id))
    return reply.code(400).send({
      error: 'invalid_redirect_uri',
      error_description: 'name and addresses are too long together',
    })
  return reply
    .code(201)
    .header('cache-control', 'no-store')
    .send({
      client_id: id,
      client_id_issued_at: Math.floor(Date.now() / 1000),
      client_name: read.data.name,
      redirect_uris: read.data.redirects,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
    })
}

interface SignedIn {
  principal: Principal
  csrf: string
}

async function signedIn(request: FastifyRequest, { sessions, settings }: Services): Promise<SignedIn | undefined> {
  const secret = request.cookies[sessionCookie(isSecure(request, settings))]
  const principal = secret === undefined ? undefined : await sessions.ofCookie(secret)
  return principal && { principal, csrf: csrfOf(secret!) }
}

async function ask(request: FastifyRequest, reply: FastifyReply, services: Services): Promise<FastifyReply> {
  const read = readOf(new URLSearchParams(new URL(request.url, 'http://localhost').search), request, services)
  if ('refused' in read) return stopped(request, reply, read.refused)
  if ('error' in read) return refused(reply, services, request, read)
  const somebody = await signedIn(request, services)
  if (!somebody) return reply.redirect(`/signin?to=${encodeURIComponent(request.url)}`, 303)
  const { asked } = read
  const nonce = newNonce()
  const { member, permissions } = somebody.principal
  const url = new URL(asked.redirectUri)
  // Browsers hold the way on after a form to the same list: it may go where the answer goes, and nowhere else.
  const target = url.host === '' || !/^https?:$/.test(url.protocol) ? url.protocol : url.origin
  return page(reply, nonce, `form-action 'self' ${target}`).send(
    consentHtml(asked, {
      language: languageOf(request, somebody),
      nonce,
      member: `${member.name} (${member.email})`,
      offered: SCOPES.filter((scope) => permissions.has(scope)),
      csrf: somebody.csrf,
    }),
  )
}

async function decide(request: FastifyRequest, reply: FastifyReply, services: Services): Promise<FastifyReply> {
  refuseOtherSites(request, services.settings)
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  const read = readOf(form, request, services)
  if ('refused' in read) return stopped(request, reply, read.refused)
  if ('error' in read) return refused(reply, services, request, read)
  const somebody = await signedIn(request, services)
  if (!somebody || !same(form.get('csrf') ?? '', somebody.csrf)) return stopped(request, reply, 'stale')
  const { asked } = read
  if (form.get('decision') !== 'allow')
    return back(reply, services, request, {
      ...asked,
      error: 'access_denied',
      description: 'The person did not allow it',
    })
  const code = await codeFor(services, somebody.principal, asked, form)
  return sendTo(reply, asked.redirectUri, { code, state: asked.state, iss: ownOrigin(request, services.settings) })
}

async function codeFor(services: Services, principal: Principal, asked: Asked, form: URLSearchParams): Promise<string> {
  const allowed = new Set(form.getAll('allow'))
  const days = DAYS.find((n) => String(n) === form.get('days')) ?? DAYS[0]
  const { workspaceId, member } = principal
  return withWorkspace(services.store, { workspaceId, actorId: member.id, via: 'web', changeSet: newId() }, (tx) =>
    grantCode(tx, principal, {
      name: asked.client.name,
      scopes: SCOPES.filter((scope) => scope === 'deals:read' || allowed.has(scope)),
      days,
      clientId: asked.clientId,
      redirectUri: asked.redirectUri,
      challenge: asked.challenge,
    }),
  )
}

async function give(request: FastifyRequest, reply: FastifyReply, services: Services): Promise<FastifyReply> {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  void reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  const no = (error: string, description: string): FastifyReply =>
    reply.code(error === 'invalid_client' ? 401 : 400).send({ error, error_description: description })
  if (form.get('grant_type') !== 'authorization_code')
    return no('unsupported_grant_type', 'grant_type must be authorization_code')
  const [code, clientId, verifier] = [form.get('code'), form.get('client_id'), form.get('code_verifier')]
  const client = clientOf(clientId ?? '')
  if (!client) return no('invalid_client', 'client_id is none that was registered here')
  if (!code || code.length > 200 || !verifier || !/^[\w.~-]{43,128}$/.test(verifier))
    return no('invalid_request', 'code and code_verifier are needed')
  const redirectUri = form.get('redirect_uri') ?? client.redirects[0]!
  const granted = await tokenForCode(services, { code, verifier, clientId: clientId!, redirectUri })
  if (!granted)
    return no('invalid_grant', 'The code is wrong, older than a minute, used already, or not of this program')
  return reply.send({
    access_token: granted.token,
    token_type: 'Bearer',
    expires_in: granted.seconds,
    scope: granted.scopes.join(' '),
  })
}

/** Whoever has a token may end it; that it is none is no mistake (RFC 7009, 2.2). */
async function revoke(request: FastifyRequest, reply: FastifyReply, services: Services): Promise<FastifyReply> {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  void reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  const token = form.get('token') ?? ''
  if (token === '') return reply.code(400).send({ error: 'invalid_request', error_description: 'token is needed' })
  if (token.length <= 200) await endGranted(services, token)
  return reply.code(200).send()
}

const readOf = (parameters: URLSearchParams, request: FastifyRequest, { settings }: Services) =>
  readRequest(parameters, `${ownOrigin(request, settings)}${MCP_PATH}`)

interface Told {
  redirectUri: string
  state: string | undefined
  error: string
  description: string
}

const errorOf = (
  { settings }: Services,
  request: FastifyRequest,
  { state, error, description }: Told,
): Record<string, string | undefined> => ({
  error,
  error_description: description,
  state,
  iss: ownOrigin(request, settings),
})

/** Tells the program at its address that it gets nothing, and why; after the person's word. */
const back = (reply: FastifyReply, services: Services, request: FastifyRequest, error: Told): FastifyReply =>
  sendTo(reply, error.redirectUri, errorOf(services, request, error))

/**
 * The same before anybody said anything. Whoever may register may name any address: a link to this server must not lead on to it by itself (RFC 9700,
 * 4.11.2), but for a program on the same machine.
 */
function refused(reply: FastifyReply, services: Services, request: FastifyRequest, error: Told): FastifyReply {
  if (isHere(error.redirectUri)) return back(reply, services, request, error)
  const nonce = newNonce()
  return page(reply.code(400), nonce, "form-action 'none'").send(
    toldHtml(
      languageOf(request, undefined),
      nonce,
      withParameters(error.redirectUri, errorOf(services, request, error)),
    ),
  )
}

const sendTo = (reply: FastifyReply, address: string, more: Record<string, string | undefined>): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(withParameters(address, more), 303)

const stopped = (request: FastifyRequest, reply: FastifyReply, why: 'client' | 'redirect' | 'stale'): FastifyReply => {
  const nonce = newNonce()
  return page(reply.code(400), nonce, "form-action 'none'").send(
    stoppedHtml(languageOf(request, undefined), nonce, why),
  )
}

const page = (reply: FastifyReply, nonce: string, forms: string): FastifyReply =>
  reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; ${forms}; base-uri 'none'; frame-ancestors 'none'`,
  })

const languageOf = (request: FastifyRequest, somebody: SignedIn | undefined) =>
  somebody?.principal.member.language ?? acceptedLanguage(request.headers['accept-language']) ?? 'en'

/** Compared by their digests: whatever is sent has as many bytes then. */
const same = (a: string, b: string): boolean => timingSafeEqual(hashOf(a), hashOf(b))
