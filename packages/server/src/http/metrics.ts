import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../store/connect.ts'
import { Fault } from '../core/fault.ts'
import type { Settings } from '../core/settings.ts'

/** `/metrics` for Prometheus, with the token that is set for it, or from this machine itself where none is set. */
export function answerMetrics(app: FastifyInstance, db: Database, settings: Settings): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const duration = new Histogram({
    name: 'sente_http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  })
  const pool = new Gauge({
    name: 'sente_database_connections',
    help: 'Connections of the application to the database',
    labelNames: ['state'] as const,
    registers: [register],
    collect() {
      pool.set({ state: 'open' }, db.app.totalCount)
      pool.set({ state: 'idle' }, db.app.idleCount)
      pool.set({ state: 'waited_for' }, db.app.waitingCount)
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    // Streams last as long as somebody looks; they would say nothing of how fast we are.
    if (route !== '/api/v1/events')
      duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, settings.metricsToken)) throw new Fault('not-allowed')
    return reply.type(register.contentType).send(await register.metrics())
  })
}

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  const { authorization } = request.headers
  if (token !== undefined)
    return timingSafeEqual(hash('sha256', authorization ?? '', 'buffer'), hash('sha256', `Bearer ${token}`, 'buffer'))
  // Behind a proxy on the same machine everybody seems to come from here; a proxy says for whom it asks.
  const proxied = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined
  return !proxied && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
}
