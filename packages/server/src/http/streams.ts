import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Route } from '@sente/api'
import { pacedOut } from '../core/limits.ts'
import type { Streamed } from './operation.ts'

/** Sends what is no JSON: a file, lines as they come, events. */
export function sendStream(contract: Route, reply: FastifyReply, value: unknown): FastifyReply {
  if (value === undefined) return reply
  const { stream, type, filename, headers, pace, onClose } = value as Streamed
  void reply.header('content-type', type ?? `${contract.produces!}; charset=utf-8`)
  if (filename !== undefined)
    void reply.header(
      'content-disposition',
      `attachment; filename="${plain(filename)}"; filename*=UTF-8''${encodeURIComponent(filename.toWellFormed())}`,
    )
  if (headers) void reply.headers(headers)
  if (typeof stream === 'string') return reply.send(stream)
  const readable: Readable = Readable.from(pace ? pacedOut(stream, pace, () => stopReading()) : stream)
  const stopReading = (): void => {
    readable.destroy()
    reply.raw.destroy()
  }
  if (onClose) readable.once('close', onClose)
  return reply.send(readable)
}

/** For programs that do not know the second form: what a quoted name may hold. */
const plain = (name: string): string => name.replace(/[^\w.-]+/g, '_')
