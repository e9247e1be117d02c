import type { FastifyRequest } from 'fastify'
import type { Settings } from '../../core/settings.ts'

/** Scheme, host and port under which the browser reached us. */
export function ownOrigin(request: FastifyRequest, settings: Settings): string {
  return settings.baseUrl ?? `${request.protocol}://${request.host}`
}

export function isSecure(request: FastifyRequest, settings: Settings): boolean {
  return ownOrigin(request, settings).startsWith('https:')
}
