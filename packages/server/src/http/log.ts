import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import type { DestinationStream } from 'pino'

export interface LogOptions {
  level?: string
  /** Where lines of JSON go; standard output by default. */
  stream?: DestinationStream
}

/** Never written, wherever an object that has them is logged. */
const SECRETS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'current',
  'next',
  'token',
  'csrfToken',
  'secret',
  'clientSecret',
  'code',
  'state',
  '["x-csrf-token"]',
  '["idempotency-key"]',
]
const under = (prefix: string): string[] =>
  SECRETS.map((name) => (name.startsWith('[') ? `${prefix}${name}` : `${prefix}.${name}`))

/**
 * Lines of JSON with the id of the request. One line for each request, made by us below: method, route and path, never the query, which
 * may hold the token of a link, nor headers or bodies.
 */
export function loggerOptions({ level = 'info', stream }: LogOptions): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    ...(stream ? { stream } : {}),
    base: null,
    redact: {
      paths: [
        ...under('headers'),
        ...under('req.headers'),
        ...under('res.headers'),
        ...under('body'),
        ...under('query'),
        ...SECRETS.filter((name) => !['code', 'next', 'current', 'state'].includes(name)),
      ],
      censor: '…',
    },
    serializers: {
      req: ({ method, url }) => ({ method, path: pathOf(url) }),
      res: ({ statusCode }) => ({ statusCode }),
      err: errorLine,
    },
  }
}

/** What an error may say in a log: no values of a query, which PostgreSQL's `detail` would repeat. */
function errorLine(error: Error & { constraint?: string; table?: string }): {
  type: string
  message: string
  stack: string
  [key: string]: unknown
} {
  const { name, message, stack = '', cause, constraint, table } = error
  return {
    type: name,
    message,
    stack,
    ...('code' in error ? { code: error.code } : {}),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(cause instanceof Error ? { cause: errorLine(cause) } : {}),
  }
}

export const pathOf = (url: string | undefined): string | undefined => url?.split('?', 1)[0]

/** The client's id where it sends a sane one, so that its log and ours can be joined. */
export function requestId(request: IncomingMessage): string {
  const sent = request.headers['x-request-id']
  return typeof sent === 'string' && /^[\w.:-]{4,100}$/.test(sent) ? sent : randomUUID()
}

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { principal } = request
    const { url: route, config } = request.routeOptions
    request.log.info(
      {
        method: request.method,
        route,
        // A path that is no route may hold anything, a mistyped secret among it.
        ...(route?.startsWith('/api/') && config.bySecret !== true ? { path: pathOf(request.url) } : {}),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(principal ? { workspaceId: principal.workspaceId, memberId: principal.member.id, via: principal.via } : {}),
      },
      'request',
    )
  })
}
