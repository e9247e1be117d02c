import type { z } from 'zod'
import type { Problem } from './errors.ts'
import type { Route } from './route.ts'

type Part<R, K extends string> = R extends { [P in K]: infer S extends z.ZodType } ? z.input<S> : undefined
type Needed<K extends string, T> = T extends undefined
  ? { [P in K]?: never }
  : object extends T
    ? { [P in K]?: T }
    : { [P in K]: T }

/** What a call of an operation takes: its parameters, query and body, as their contract says. */
export type CallInput<R extends Route> = Needed<'params', Part<R, 'params'>> &
  Needed<'query', Part<R, 'query'>> &
  (R extends { accepts: string } ? { body: BodyInit } : Needed<'body', Part<R, 'body'>>) & {
    /** Version the change rests on; sent as If-Match. */
    version?: number
    idempotencyKey?: string
    signal?: AbortSignal
  }
/** What it answers; `Response` where the answer is a stream. */
export type CallOutput<R extends Route> = R extends { output: infer S extends z.ZodType }
  ? z.output<S>
  : R extends { produces: string }
    ? Response
    : undefined

/** An answer that is an error, as the server says it. */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
    this.problem = problem
  }
}

export interface ClientOptions {
  /** Address of the server without /api/v1; empty in a browser that was served by it. */
  server?: string | undefined
  /** An API token; without it the cookie of the session counts. */
  token?: string | undefined
  /** Token of the session against forged requests, asked for with every change. */
  csrfToken?: () => string | undefined
  /** Language of messages. */
  language?: () => string
  fetch?: typeof fetch
}

export interface Client {
  call: <R extends Route>(
    contract: R,
    ...input: object extends CallInput<R> ? [CallInput<R>?] : [CallInput<R>]
  ) => Promise<CallOutput<R>>
}

/** Path and query of an operation, filled in. */
export function addressOf(
  contract: Route,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    search.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  const text = search.toString()
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`
}

/** A client over the route table: types from the contracts, nothing generated. Throws an `ApiError` for every answer that is none. */
export function createClient({
  server = '',
  token,
  csrfToken,
  language,
  fetch: send = fetch,
}: ClientOptions = {}): Client {
  return {
    async call(contract, ...[input]) {
      const { params, query, body, version, idempotencyKey, signal } = (input ?? {}) as {
        params?: Record<string, unknown>
        query?: Record<string, unknown>
        body?: unknown
        version?: number
        idempotencyKey?: string
        signal?: AbortSignal
      }
      const headers: Record<string, string> = { accept: contract.produces ?? 'application/json' }
      if (token !== undefined) headers['authorization'] = `Bearer ${token}`
      const csrf = contract.method === 'GET' ? undefined : csrfToken?.()
      if (csrf !== undefined) headers['x-csrf-token'] = csrf
      const lang = language?.()
      if (lang !== undefined) headers['accept-language'] = lang
      if (version !== undefined) headers['if-match'] = `"${version}"`
      if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
      if (body !== undefined) headers['content-type'] = contract.accepts ?? 'application/json'
      const response = await send(`${server}${addressOf(contract, params, query)}`, {
        method: contract.method,
        headers,
        credentials: 'same-origin',
        ...(body === undefined
          ? {}
          : {
              body: contract.accepts ? (body as BodyInit) : JSON.stringify(body),
              ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
            }),
        ...(signal ? { signal } : {}),
      } as RequestInit)
      if (!response.ok) throw new ApiError(await problemOf(response))
      if (!contract.output) return (contract.produces ? response : undefined) as never
      return (await response.json()) as never
    },
  }
}

/** The problem a response tells of; a proxy's answer in the way becomes one as well. */
async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '')
  try {
    const problem = JSON.parse(text) as Problem
    if (typeof problem.code === 'string') return problem
  } catch {
    // Not ours: say what came.
  }
  return {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: 'internal',
    remedy: '',
    ...(text === '' ? {} : { detail: text.slice(0, 300) }),
  }
}
