import type { Lang } from '@sente/engine'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Principal } from '../auth/principal.ts'
import { acceptedLanguage } from '../core/language.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its path holds a secret. */
    bySecret?: boolean
  }
  interface FastifyRequest {
    /** Absent where nobody is signed in, or need be. */
    principal: Principal | undefined
    /** Asks again who it is; for streams, which outlive the answer. Throws when the session or the right has ended. */
    authenticate: () => Promise<Principal | undefined>
    /** Language of messages: what the request asks for, else the member's own, else English. */
    readonly language: Lang
    /** Ends when the client goes away or the server stops. */
    readonly gone: AbortSignal
  }
}

/** Adds what handlers ask a request for. `stopping` ends every request that listens for its end. */
export function decorateRequests(app: FastifyInstance, stopping: AbortSignal): void {
  app.decorateRequest('principal', undefined)
  app.decorateRequest('authenticate', async () => undefined)
  app.decorateRequest('language', {
    getter() {
      return acceptedLanguage(this.headers['accept-language']) ?? this.principal?.member.language ?? 'en'
    },
  })
  const signals = new WeakMap<object, AbortSignal>()
  // One for each connection: many requests come over one, and a listener of each would stay as long as it does.
  const closed = new WeakMap<Socket, AbortController>()
  const closedOf = (socket: Socket): AbortSignal => {
    let controller = closed.get(socket)
    if (!controller) {
      const made = (controller = new AbortController())
      closed.set(socket, made)
      socket.once('close', () => made.abort())
      if (socket.destroyed) made.abort()
    }
    return controller.signal
  }
  app.decorateRequest('gone', {
    getter() {
      let signal = signals.get(this)
      if (!signal) {
        signal = AbortSignal.any([closedOf(this.raw.socket), stopping])
        signals.set(this, signal)
      }
      return signal
    },
  })
}
