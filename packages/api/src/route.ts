import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import type { Permission } from './permissions.ts'

/**
 * The contract of one operation: what goes in, what comes out, what may go wrong and who may call it. The server's handler, the OpenAPI
 * document and the typed client are all made from it.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1; parameters in braces, as in OpenAPI. */
  path: string
  /** Heading in the API's documentation. */
  tag: string
  /** One sentence, in the imperative. */
  summary: string
  permission: Permission | 'public' | 'signed-in'
  /** Found by a secret in its path: limited more narrowly, and the path is not logged. */
  bySecret?: true
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** Bytes of a JSON body, where it holds a whole file; others are small. */
  largest?: number
  /** Body is not JSON: a stream of this media type. */
  accepts?: string
  /** The answer; absent: 204, or a stream of `produces`. */
  output?: z.ZodType
  produces?: string
  /** Waits for something else than the database: holds none of its connections meanwhile, so that nobody waits with it. */
  waits?: true
  /** Status of success, where it is not 200 (or 204 without output). */
  status?: 201 | 202 | 204
  /** Errors of its own, besides those every operation may give. */
  errors?: readonly ErrorCode[]
  /** Creates: takes an Idempotency-Key. */
  idempotent?: true
  /** Answers carry an ETag; changes take If-Match. */
  versioned?: true
}

/** Keeps the exact types of a contract. */
export const route = <const R extends Route>(contract: R): R => contract
