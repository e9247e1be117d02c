import type { Text } from '@sente/engine'
import type { ErrorCode, FieldFault } from '@sente/api'
import { Problem } from './problem.ts'

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
export class Fault extends Problem<Text | undefined> {
  readonly code: ErrorCode
  readonly more: More
  constructor(code: ErrorCode, more: More = {}) {
    super(more.detail, more.cause, code)
    this.code = code
    this.more = more
  }
}
