import type { Text } from '@sente/engine'
import type { ErrorCode, FieldFault } from '@sente/api'

interface More {
  detail?: Text
  faults?: FieldFault[]
  /** With `changed-since`: the record as it is now. */
  current?: unknown
  /** Seconds; becomes Retry-After. */
  retryAfter?: number
  cause?: unknown
}

/** An error of the API's catalogue. Handlers throw it; errors of the store become one in `faults-of-errors.ts`. */
export class Fault extends Error {
  readonly code: ErrorCode
  readonly more: More
  constructor(code: ErrorCode, more: More = {}) {
    super(more.detail?.en ?? code, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'Fault'
    this.code = code
    this.more = more
  }
}
