import type { Route } from '@sente/api'
import type { Lang } from '@sente/engine'
import type { z } from 'zod'
import type { Streamed } from '../http/operation.ts'
import type { Shelf } from './shelf.ts'

/** What an operation on files is told of the request. */
export interface Asked {
  shelf: Shelf
  language: Lang
  /** Version of the record that the change rests on. */
  ifMatch: number | undefined
  /** Ends when the page goes away or the program stops. */
  signal: AbortSignal
  /** Notes under which name the change can be undone. */
  changed: (changeSet: string) => void
  csrfToken: string
}

type Part<R, K extends string> = R extends { [P in K]: infer S extends z.ZodType } ? z.output<S> : undefined
type Value<R> = R extends { output: infer S extends z.ZodType }
  ? z.input<S>
  : R extends { produces: string }
    ? Streamed
    : void
export interface Input<R extends Route> {
  params: Part<R, 'params'>
  query: Part<R, 'query'>
  body: Part<R, 'body'>
}
export interface FileOperation {
  contract: Route
  handler: (input: never, asked: Asked) => unknown
}

/** Binds what answers an operation from files to its contract. */
export const onFiles = <R extends Route>(
  contract: R,
  handler: (input: Input<R>, asked: Asked) => Promise<Value<R>> | Value<R>,
): FileOperation => ({ contract, handler: handler as FileOperation['handler'] })
