import type { EventEmitter } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { ApiError, createClient } from '@sente/api'
import type { Client, Problem } from '@sente/api'
import type { Database } from '../../src/store/connect.ts'

/** The typed client of somebody, without a socket in between. */
export function clientOf(app: FastifyInstance, token: string): Client {
  return createClient({
    token,
    fetch: async (url, init = {}) => {
      const answer = await app.inject({
        method: (init.method ?? 'GET') as 'GET',
        url: String(url),
        headers: init.headers as Record<string, string>,
        ...(init.body === undefined || init.body === null ? {} : { payload: init.body as string }),
      })
      const headers = new Headers()
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined) headers.set(name, String(value))
      return new Response(
        answer.statusCode === 204 || answer.statusCode === 304 ? null : new Uint8Array(answer.rawPayload),
        { status: answer.statusCode, headers },
      )
    },
  })
}

/** The problem that a call ends with. */
export async function problemFrom(call: Promise<unknown>): Promise<Problem> {
  const value = await call.then(
    (answer: unknown) => ({ answer }),
    (error: unknown) => ({ error }),
  )
  if ('error' in value && value.error instanceof ApiError) return value.error.problem
  if ('error' in value) throw value.error
  throw new Error(`It should have failed, and answered ${JSON.stringify(value.answer)}`)
}

/** Who it is: remembered, so it depends on the request before. And what is told to others after the commit. */
const GATE = /token_of|update api_token|pg_notify/

/** The statements that the application sends while `work` runs, without the brackets of its transactions. */
export async function statementsOf<T>(
  database: Database,
  work: () => Promise<T>,
): Promise<{ value: T; statements: string[] }> {
  const statements: string[] = []
  type Query = (...input: unknown[]) => unknown
  const plain = new Map<object, Query>()
  const listen = (client: object): void => {
    const query = (client as { query: Query }).query
    if (plain.has(client)) return
    plain.set(client, query)
    ;(client as { query: Query }).query = (...input) => {
      const text = typeof input[0] === 'string' ? input[0] : ((input[0] as { text?: string }).text ?? '')
      if (!/^(begin|commit|rollback)/.test(text) && !GATE.test(text)) statements.push(text)
      return query.apply(client, input)
    }
  }
  const pool = database.app as unknown as EventEmitter
  pool.on('acquire', listen)
  try {
    return { value: await work(), statements }
  } finally {
    pool.off('acquire', listen)
    for (const [client, query] of plain) (client as { query: Query }).query = query
  }
}
