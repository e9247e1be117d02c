import type { Lang } from '@sente/engine'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Permission, Route } from '@sente/api'
import type { Principal } from '../auth/principal.ts'
import type { PaceLimits } from '../core/limits.ts'
import type { Viewer } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'
import type { Services } from './services.ts'

/** What every handler is told about the request. */
interface Common {
  /** In logs, in problems and in the X-Request-Id of the answer. */
  requestId: string
  language: Lang
  /** Scheme, host and port under which people reach the product: links begin with it. Empty where nobody has said it and there is no request. */
  origin: string
  /** Version of the record that the change rests on (If-Match); the store compares it in its transaction. */
  ifMatch: number | undefined
  /** Ends when the client goes away or the server stops. */
  signal: AbortSignal
  services: Services
}

/** For the few operations that deal with cookies, redirects or the client's address: they cannot be called but over HTTP. */
export interface HttpParts {
  request: FastifyRequest
  reply: FastifyReply
}

/** An operation that nobody need be signed in for. It opens its own transactions. */
export type PublicContext = Common

interface SignedIn extends Common {
  principal: Principal
  /** Who acts; `principal.member` for short. */
  member: Principal['member']
  workspaceId: string
  /** For the store's question which deals are seen. */
  viewer: Viewer
  permissions: ReadonlySet<Permission>
  /** For the audit trail: as in `Principal`. */
  via: Principal['via']
  /** All changes of this request share it; they can be undone together. */
  changeSet: string
}

/** An operation that streams, or waits for something else than the database: it opens as many transactions as it needs. */
export interface StreamContext extends SignedIn {
  inWorkspace<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/**
 * The usual operation: one transaction around the whole of it. What the handler throws rolls everything back, and a transaction that
 * the database asks to repeat (deadlock, serialization) is run again from the start: no other effects than those of `tx` in a handler.
 */
export interface Context extends SignedIn {
  tx: Tx
  /** Runs once the transaction is committed; for what must not happen when it is not. */
  afterCommit(effect: () => void | Promise<void>): void
}

type Part<R, K extends string> = R extends { [P in K]: infer S extends z.ZodType } ? z.output<S> : undefined
type OnItsOwn = { produces: string } | { accepts: string } | { waits: true }

export interface Call<R extends Route> {
  params: Part<R, 'params'>
  query: Part<R, 'query'>
  /** Checked and transformed by the contract; a stream where the contract `accepts` one. */
  body: R extends { accepts: string } ? Readable : Part<R, 'body'>
  context: R['permission'] extends 'public' ? PublicContext : R extends OnItsOwn ? StreamContext : Context
}

const ANSWER: unique symbol = Symbol('answer')
/** An answer that says more than its value. */
export interface Answered<T> {
  [ANSWER]: true
  value: T
  /** For the ETag, where the value has no `version` of its own. */
  version?: number
  headers?: Readonly<Record<string, string>>
}
export const answer = <T>(
  value: T,
  more: { version?: number; headers?: Readonly<Record<string, string>> } = {},
): Answered<T> => ({ [ANSWER]: true, value, ...more })
export const isAnswered = (value: unknown): value is Answered<unknown> =>
  typeof value === 'object' && value !== null && ANSWER in value

/** JSON that is written already, such as a stored brief: sent as it is. Where answers are checked, it is read back and checked too. */
export class Json {
  readonly text: string | Uint8Array
  constructor(text: string | Uint8Array) {
    this.text = text
  }
}

/** The answer of an operation that `produces` something else than JSON. `undefined`: the handler has answered by `reply` itself. */
export interface Streamed {
  stream: Readable | AsyncIterable<string | Uint8Array> | string
  type?: string
  filename?: string
  headers?: Readonly<Record<string, string>>
  /** How slowly it may be read before it is ended. */
  pace?: PaceLimits
  /** Told once, however it ends. */
  onClose?: () => void
}

type Value<R> = R extends { output: infer S extends z.ZodType }
  ? z.input<S> | Json
  : R extends { produces: string }
    ? Streamed | undefined
    : void
type Result<R> = Promise<Value<R> | Answered<Value<R>>> | Value<R> | Answered<Value<R>>
export type Handler<R extends Route> = (call: Call<R>) => Result<R>
/** A handler that needs the request or the reply. */
export type HttpHandler<R extends Route> = (
  call: Omit<Call<R>, 'context'> & { context: Call<R>['context'] & HttpParts },
) => Result<R>

/** One operation of the API: its contract and what does the work. */
export interface Operation {
  contract: Route
  handler: (call: never) => unknown
  /** It deals with HTTP itself: `callOperation` refuses it. */
  http?: true
  /** What is done before its transaction begins. */
  prepare?: (call: never) => Promise<unknown>
}

/** Binds a handler to its contract; a file of `operations/` exports the result. */
export function operation<R extends Route>(contract: R, handler: Handler<R>): Operation {
  return { contract, handler: handler as Operation['handler'] }
}

/** The same for one that needs the request or the reply. */
export function httpOperation<R extends Route>(contract: R, handler: HttpHandler<R>): Operation {
  return { contract, handler: handler as Operation['handler'], http: true }
}

/** What `prepare` is told: it may open transactions of its own, and holds no connection while it waits for something else. */
export type Preparing<R extends Route> = Omit<Call<R>, 'context'> & { context: StreamContext }

/**
 * The same where something must be done first that takes time and nothing of the database: it is done before the transaction begins, and not again
 * when that is repeated. What it answers is given to the handler.
 */
export function preparedOperation<R extends Route, P>(
  contract: R,
  prepare: (call: Preparing<R>) => Promise<P>,
  handler: (call: Call<R>, prepared: P) => ReturnType<Handler<R>>,
): Operation {
  return {
    contract,
    prepare: prepare as Operation['prepare'] & object,
    handler: ((call: Call<R> & { prepared: P }) => handler(call, call.prepared)) as Operation['handler'],
  }
}
