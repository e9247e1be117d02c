import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Route } from '@sente/api'
import type { Streamed } from './operation.ts'

/** Sends what is no JSON: a file, lines as they come, events. */
export function sendStream(contract: Route, reply: FastifyReply, value: unknown): FastifyReply {
  if (value === undefined) return reply
  const { stream, type, filename, headers } = value as Streamed
  void reply.header('content-type', type ?? `${contract.produces!}; charset=utf-8`)
  if (filename !== undefined)
    void reply.header(
      'content-disposition',
      `attachment; filename="${plain(filename)}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
    )
  if (headers) void reply.headers(headers)
  return reply.send(typeof stream === 'string' || stream instanceof Readable ? stream : Readable.from(stream))
}

/** For programs that do not know the second form: what a quoted name may hold. */
const plain = (name: string): string => name.replace(/[^\w.-]+/g, '_')
