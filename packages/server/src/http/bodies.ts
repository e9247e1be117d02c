import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../core/fault.ts'
import type { PaceLimits } from '../core/limits.ts'
import { PROBLEM_TYPE, problemOf } from './problem.ts'

/**
 * Ends requests whose JSON stands still: such bodies are read as fast as they come, so that it is the client who does not send. Streams are looked after
 * by who reads them.
 */
export function endStalledBodies(
  app: FastifyInstance,
  { idleMs, perSecond }: PaceLimits,
  send: (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>()
  const stop = (request: FastifyRequest): void => clearTimeout(timers.get(request))
  app.addHook('preParsing', async (request, reply) => {
    if (!isJson(request)) return
    const { socket } = request.raw
    let before = socket.bytesRead
    const look = (): void => {
      const moved = socket.bytesRead - before
      before += moved
      if (moved >= (idleMs / 1000) * perSecond) return
      stop(request)
      reply.raw.once('close', () => socket.destroy())
      void send(new Fault('stalled'), request, reply.header('connection', 'close'))
    }
    timers.set(request, setInterval(look, idleMs).unref())
  })
  app.addHook('preValidation', async (request) => stop(request))
  app.addHook('onResponse', async (request) => stop(request))
}

const isJson = ({ headers }: FastifyRequest): boolean => (headers['content-type'] ?? '').startsWith('application/json')

/** What the HTTP parser says of a request that it cannot read. */
const UNREADABLE: Readonly<Record<string, 'headers-too-large' | 'stalled'>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'stalled',
}

/** A request that never became one has no handler: its problem is written on the connection, which ends with it. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return
  const problem = problemOf(new Fault(UNREADABLE[error.code ?? ''] ?? 'bad-request'), 'en', '')
  const body = JSON.stringify(problem)
  const status = `${problem.status} ${REASONS[problem.status] ?? 'Bad Request'}`
  const head = `content-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n${body}`, () => socket.destroy())
  else socket.destroy()
}

const REASONS: Readonly<Record<number, string>> = {
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}
