import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, onRequestAsyncHookHandler, preHandlerAsyncHookHandler } from 'fastify'
import type { Route } from '@sente/client'
import { Fault } from './fault.ts'
import type { Settings } from './settings.ts'

type Hook = onRequestAsyncHookHandler | preHandlerAsyncHookHandler

/** Limits around the check of who calls: those of an address before it, since it costs a query; those of a member after it. */
export interface Limits {
  before: (contract: Route) => Hook
  after: Hook
}

/**
 * Requests a minute, counted by each process for itself: generous, against programs that run away. Guessing passwords is held up by the
 * lock-out, which all processes count together; the stricter limit of signing in protects the processor from its costly hashes.
 */
export async function registerLimits(app: FastifyInstance, { limits }: Settings): Promise<Limits> {
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    hook: 'onRequest',
    cache: 20_000,
    errorResponseBuilder: (_request, { ttl }) => new Fault('too-many-requests', { retryAfter: Math.max(1, Math.ceil(ttl / 1000)) }),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  })
  const address = app.rateLimit({ max: limits.address, keyGenerator: (request) => `a ${request.ip}` })
  const auth = app.rateLimit({ max: limits.auth, keyGenerator: (request) => `s ${request.ip}` })
  const member = app.rateLimit({ max: limits.member, keyGenerator: (request) => (request.principal ? `m ${request.principal.member.id}` : `p ${request.ip}`) })
  return { before: (contract) => (contract.permission === 'public' && contract.method === 'POST' ? auth : address), after: member }
}
