import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Fault } from '../core/fault.ts'
import { isKnownHost } from '../core/hosts.ts'
import { isSecure } from './session/origin.ts'
import type { Settings } from '../core/settings.ts'

/** Two years, as browsers want it before they remember a host for good. */
const HSTS = 'max-age=63072000; includeSubDomains'

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Addresses hold ids, and those of links a secret: no other site need know them.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  // An answer of the API opened as a page can load nothing and do nothing.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** What answers of the API carry besides: they are one person's, and asked for again each time. */
const API = { ...ALWAYS, 'cache-control': 'private, no-cache', vary: 'Authorization, Cookie, Accept-Language' }

/** Policy of the pages we serve: our own files and nothing else; style elements of components carry the nonce of the page. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Policy of our scripts. A page does not ask it; a thread of its own does, and it must fetch its data: the reader its model. */
export const SCRIPT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"

export const newNonce = (): string => randomBytes(16).toString('base64url')

/** What a balancer asks under whatever name it has for us; it says nothing, and does nothing. */
const ANY_HOST = new Set(['/healthz', '/readyz'])

/** Refuses whoever asks under a name that is not ours, before anything else is looked at; links are made of no other. */
export function checkHost(app: FastifyInstance, settings: Settings): void {
  app.addHook('onRequest', async (request) => {
    if (ANY_HOST.has(request.url.split('?', 1)[0]!) || isKnownHost(request.host, settings)) return
    throw new Fault('unknown-host')
  })
}

export function setHeaders(app: FastifyInstance, settings: Settings): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
    void reply.headers(request.url.startsWith('/api/v1/') ? API : ALWAYS)
    if (isSecure(request, settings)) void reply.header('strict-transport-security', HSTS)
  })
}
