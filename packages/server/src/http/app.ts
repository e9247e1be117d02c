import { LARGEST_STRUCTURE, structureOf } from './json-structure.ts'
import cookie from '@fastify/cookie'
import fastify, { LogController } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { loadMethodology } from '@sente/engine'
import type { Methodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { Sessions } from '../auth/sessions.ts'
import { sweep } from '../auth/sweep.ts'
import type { Database } from '../store/connect.ts'
import { eventBus } from '../store/events.ts'
import type { EventBus } from '../store/events.ts'
import type { Store } from '../store/tenant.ts'
import { authenticate } from './session/authenticate.ts'
import { compressAnswers } from './compression.ts'
import { endStalledBodies, refuseUnreadable } from './bodies.ts'
import { serveDocs } from './docs.ts'
import { Fault } from '../core/fault.ts'
import { faultOf } from './faults-of-errors.ts'
import { serveJoint } from './joint/serve.ts'
import { checkHost, setHeaders } from './headers.ts'
import { answerHealth } from './health.ts'
import { registerLimits } from './limits.ts'
import { loggerOptions, logRequests, requestId } from './log.ts'
import type { LogOptions } from './log.ts'
import { serveMcp } from './mcp/serve.ts'
import { serveOAuth } from './oauth/serve.ts'
import { answerMetrics } from './metrics.ts'
import type { Operation } from './operation.ts'
import { operations as all } from './operations/index.ts'
import { PROBLEM_TYPE, problemOf } from './problem.ts'
import { decorateRequests } from './request.ts'
import { runOperation } from './run.ts'
import { writerOf } from './serialise.ts'
import type { Services } from './services.ts'
import { DEFAULTS } from '../core/settings.ts'
import type { Settings } from '../core/settings.ts'
import { checkTable } from './table.ts'
import { serveWeb } from './web.ts'

export interface AppOptions {
  db: Database
  /** Where the process has one already; otherwise the application opens and closes its own. */
  events?: EventBus
  settings?: Partial<Settings>
  log?: LogOptions | false
  /** For tests: other operations than those of the product. */
  operations?: readonly Operation[]
}

/** Bytes of a streamed body; what an operation makes of them has limits of its own. */
const STREAM_LIMIT = 2 ** 31

/** How long requests under way may take once the server is told to stop; then they are cut off, and their transactions roll back. */
const FINISH_MS = 9_000

/**
 * The server without its socket: `listen` it, or ask it by `inject`. Throws when the operations do not fit the route table. `close` takes no more
 * requests, ends streams of events and finishes what is under way.
 */
export async function buildApp({
  db,
  events,
  settings: given,
  log,
  operations = all,
}: AppOptions): Promise<FastifyInstance> {
  const settings: Settings = { ...DEFAULTS, ...given }
  const named = checkTable(operations)
  const app = fastify({
    logger: log === false ? false : loggerOptions(log ?? {}),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    trustProxy: settings.trustProxy,
    bodyLimit: settings.bodyLimit,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    // An upload may last for as long as its bytes move (`uploads.ts`, `bodies.ts`); headers have a minute.
    requestTimeout: 0,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, request, reply) => void sendFault(error, request, reply),
  })
  const stopping = stopsWell(app)
  decorateRequests(app, stopping)
  setHeaders(app, settings)
  checkHost(app, settings)
  if (log !== false) logRequests(app)
  app.setErrorHandler(sendFault)
  app.setNotFoundHandler((request, reply) => sendFault(new Fault('no-such-route'), request, reply))
  readJson(app)
  endStalledBodies(app, db.limits.uploads, sendFault)
  await app.register(cookie)
  await compressAnswers(app)

  const store: Store = { database: db, methodology: shippedMethod(), events: events ?? eventBus(db) }
  const sessions = new Sessions(store)
  const services: Services = { settings, store, sessions }
  const limits = await registerLimits(app, settings)
  for (const { operation } of named) {
    const { contract } = operation
    const running = {
      operation,
      services,
      write: contract.output && !contract.produces ? writerOf(contract, settings.checkAnswers) : undefined,
    }
    app.route({
      method: contract.method,
      url: `/api/v1${contract.path.replace(/\{(\w+)\}/g, ':$1')}`,
      onRequest: [
        limits.before(contract),
        async (request) => {
          request.authenticate = () => authenticate(contract, request, sessions, settings)
          request.principal = await request.authenticate()
        },
        limits.after,
      ],
      ...(contract.accepts ? { bodyLimit: STREAM_LIMIT } : contract.largest ? { bodyLimit: contract.largest } : {}),
      config: { bySecret: contract.bySecret === true },
      handler: (request, reply) => runOperation(running, request, reply),
    })
  }
  answerHealth(app, db, stopping)
  answerMetrics(app, db, settings)
  await serveDocs(app)
  await serveJoint(app, store, limits)
  serveMcp(app, services, { operations, limits })
  await serveOAuth(app, services, limits)
  if (settings.webFolder !== undefined) await serveWeb(app, settings.webFolder)
  keepHouse(app, store, sessions, !events)
  return app
}

/** Aborts when the server is told to stop. Connections that are kept alive would hold it up once their last answer is out: they are closed then. */
function stopsWell(app: FastifyInstance): AbortSignal {
  const stopping = new AbortController()
  app.addHook('preClose', async () => {
    stopping.abort()
    setTimeout(() => app.server.closeAllConnections(), FINISH_MS).unref()
  })
  app.addHook('onResponse', async () => {
    if (stopping.signal.aborted) setImmediate(() => app.server.closeIdleConnections())
  })
  return stopping.signal
}

const SWEEP_MS = 3_600_000

/** What goes on besides requests, from the first one to the last. */
function keepHouse(app: FastifyInstance, { database, events }: Store, sessions: Sessions, ownEvents: boolean): void {
  let timer: NodeJS.Timeout | undefined
  let listening: Promise<() => void> | undefined
  app.addHook('onReady', async () => {
    listening = sessions.listen()
    // Not waited for: until it hears the others nothing is remembered, and everything works.
    listening.catch((error: unknown) => app.log.warn({ err: error }, 'does not hear of ended sessions'))
    timer = setInterval(
      () => void sweep(database).catch((error: unknown) => app.log.warn({ err: error }, 'sweep')),
      SWEEP_MS,
    ).unref()
  })
  app.addHook('onClose', async () => {
    clearInterval(timer)
    if (ownEvents) await events.close()
    ;(await listening?.catch(() => undefined))?.()
  })
}

/**
 * JSON, with an empty body where none is wanted; what would change the prototype of objects is refused. Bytes go to operations that
 * accept a stream, which `run.ts` checks.
 */
function readJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else if (structureOf(body as string) > LARGEST_STRUCTURE) done(new Fault('too-large'))
    else void parse(request, body as string, done)
  })
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
}

function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error)
  const problem = problemOf(fault, request.language, request.id)
  if (problem.status >= 500) request.log.error({ err: fault.more.cause ?? error }, problem.code)
  if (fault.more.retryAfter !== undefined) void reply.header('retry-after', String(fault.more.retryAfter))
  if (problem.status === 401 && !reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem))
}

function shippedMethod(): Methodology {
  const loaded = loadMethodology(files)
  if ('methodology' in loaded) return loaded.methodology
  throw new Error(
    `The shipped methodology has faults: ${loaded.faults.map((fault) => `${fault.file} ${fault.path}: ${fault.what}`).join('; ')}`,
  )
}
