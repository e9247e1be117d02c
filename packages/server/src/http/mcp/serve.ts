import { routes } from '@sente/api'
import type { Permission } from '@sente/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../../core/fault.ts'
import { Slots } from '../../core/limits.ts'
import type { Limits } from '../limits.ts'
import type { Operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { SCOPES } from '../oauth/request.ts'
import { bearerOf } from '../session/authenticate.ts'
import { ownOrigin } from '../session/origin.ts'

export const MCP_PATH = '/mcp'
const METADATA = '/.well-known/oauth-protected-resource'
/** The least that an assistant needs to do anything. */
const LEAST: Permission = 'deals:read'
/** Calls under way at once: a plan takes the processor for a while, and one assistant must not take it from everybody. */
const SLOTS = { inAll: 16, each: 4, waiting: 64, waitMs: 15_000 }
/** Messages in one body; only an old version of the protocol sends several. */
const MOST_MESSAGES = 10

/**
 * The door for assistants: the Model Context Protocol over streamable HTTP. Every request stands alone, with its token: no session is kept, so none
 * can be stolen, forgotten or piled up, and any process behind a balancer answers. Cookies count for nothing here.
 */
export function serveMcp(
  app: FastifyInstance,
  services: Services,
  { operations, limits }: { operations: readonly Operation[]; limits: Limits },
): void {
  const slots = new Slots(SLOTS)
  const contract = routes.work.agenda
  app.route({
    method: 'POST',
    url: MCP_PATH,
    onRequest: [
      limits.before(contract),
      async (request, reply) => {
        refuseOtherOrigins(request, services)
        await admit(request, reply, services)
      },
      limits.after,
    ],
    async handler(request, reply) {
      const count = Array.isArray(request.body) ? request.body.length : 1
      if (count > MOST_MESSAGES) throw new Fault('too-large')
      // The limit of a member is of calls, however many come in one body.
      for (let more = 1; more < count; more++) await limits.after(request)
      const give = await slots.take(request.principal!.member.id, request.gone)
      try {
        // Loaded with the first request: most starts of the program never get one.
        const { answerMcp } = await import('./answer.ts')
        return await answerMcp(request, reply, { services, operations })
      } finally {
        give()
      }
    },
  })
  // Nothing is pushed and no session is kept: what would open or end one says so, as the specification wants it.
  app.route({
    method: ['GET', 'DELETE'],
    url: MCP_PATH,
    onRequest: limits.before(contract),
    handler: (_, reply) => reply.code(405).header('allow', 'POST').type('text/plain').send('POST\n'),
  })
  for (const url of [METADATA, `${METADATA}${MCP_PATH}`])
    app.get(url, { onRequest: limits.before(contract) }, (request, reply) => {
      const origin = ownOrigin(request, services.settings)
      return reply.header('cache-control', 'public, max-age=300').send({
        resource: `${origin}${MCP_PATH}`,
        resource_name: 'Sente',
        authorization_servers: [origin],
        bearer_methods_supported: ['header'],
        scopes_supported: SCOPES,
      })
    })
}

/** A page of another site must not speak to this server in its visitor's name, also where its name was pointed at this machine. */
function refuseOtherOrigins(request: FastifyRequest, { settings }: Services): void {
  const { origin } = request.headers
  if (origin !== undefined && origin !== ownOrigin(request, settings))
    throw new Fault('not-allowed', {
      detail: {
        en: 'A page of another site may not use this address.',
        zh: '其他网站的页面不能使用这个地址。',
      },
    })
}

/** Who asks, by token alone; whoever is refused learns where to get one and what it must allow (RFC 6750, RFC 9728). */
async function admit(request: FastifyRequest, reply: FastifyReply, { sessions, settings }: Services): Promise<void> {
  const token = bearerOf(request.headers.authorization)
  const principal = token === undefined ? undefined : await sessions.ofToken(token)
  const challenge = (...more: string[]): void =>
    void reply.header(
      'www-authenticate',
      [
        `Bearer resource_metadata="${ownOrigin(request, settings)}${METADATA}${MCP_PATH}"`,
        `scope="${LEAST}"`,
        ...more,
      ].join(', '),
    )
  if (!principal) {
    if (token === undefined) challenge()
    else challenge('error="invalid_token"', 'error_description="The token is wrong, expired or revoked"')
    throw new Fault('not-signed-in')
  }
  request.principal = { ...principal, via: 'mcp' }
  if (principal.permissions.has(LEAST)) return
  challenge('error="insufficient_scope"', `error_description="It needs ${LEAST}"`)
  throw new Fault('not-allowed', {
    detail: { en: `An assistant needs a token with the right ${LEAST}.`, zh: `助手需要带有权限 ${LEAST} 的令牌。` },
  })
}
