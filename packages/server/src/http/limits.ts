import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Route } from '@sente/api'
import { Fault } from '../core/fault.ts'
import type { Settings } from '../core/settings.ts'

type Check = (request: FastifyRequest) => Promise<void>

/** Limits around the check of who calls: those of an address before it, since it costs a query; those of a member after it. */
export interface Limits {
  before: (contract: Route) => Check
  after: Check
  /** Around pages that a secret in the address opens, and what is said on them. */
  link: Check
  said: Check
}

/**
 * Requests a minute, counted by each process for itself: generous, against programs that run away. Guessing passwords is held up by the
 * lock-out, which all processes count together; the stricter limit of signing in protects the processor from its costly hashes.
 */
export async function registerLimits(app: FastifyInstance, { limits }: Settings): Promise<Limits> {
  await app.register(rateLimit, { global: false, timeWindow: 60_000, cache: 20_000 })
  const limit = (max: number, keyGenerator: (request: FastifyRequest) => string): Check => {
    const check = app.createRateLimit({ max, keyGenerator })
    return async (request) => {
      const state = await check(request)
      if (!state.isAllowed && state.isExceeded)
        throw new Fault('too-many-requests', { retryAfter: Math.max(1, state.ttlInSeconds) })
    }
  }
  const address = limit(limits.address, (request) => `a ${request.ip}`)
  const auth = limit(limits.auth, (request) => `s ${request.ip}`)
  const secret = limit(limits.secret, (request) => `l ${request.ip}`)
  const member = limit(limits.member, (request) =>
    request.principal ? `m ${request.principal.member.id}` : `p ${request.ip}`,
  )
  return {
    before: (contract) => {
      if (contract.bySecret) return secret
      return contract.permission === 'public' && contract.method === 'POST' ? auth : address
    },
    after: member,
    link: secret,
    said: limit(Math.ceil(limits.secret / 6), (request) => `w ${request.ip}`),
  }
}
