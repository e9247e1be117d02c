import type { Text } from '@sente/engine'
import { ApiError, ERRORS } from '@sente/api'
import type { ErrorCode, FieldFault } from '@sente/api'

/** What a screen needs to know of an error, from whatever was thrown. */
export interface SeenProblem {
  kind: 'offline' | 'signed-out' | 'forbidden' | 'not-found' | 'conflict' | 'other'
  code?: ErrorCode
  /** What happened and how to mend it, in both languages, where the server says so. */
  what?: Text
  remedy?: Text
  /** More of this very case, in the language the request asked for. */
  detail?: string
  faults?: readonly FieldFault[]
  /** To be named when the fault is reported. */
  requestId?: string
}

const KINDS: Readonly<Record<number, SeenProblem['kind']>> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  412: 'conflict',
}

/**
 * The API's problems carry a code, and the catalogue has its words in both languages: they follow when the reader switches.
 * A fetch that never arrived is a TypeError.
 */
export function problemOf(error: unknown): SeenProblem {
  if (error instanceof TypeError) return { kind: 'offline' }
  if (error instanceof ApiError) {
    const { code, detail, faults, requestId } = error.problem
    // An address that was cut off on its way names nothing there could be.
    const status = faults?.some(({ field }) => field.startsWith('params.')) ? 404 : error.problem.status
    // An answer of something in between (a proxy) has a code we made up and no words of ours.
    const known = error.problem.remedy !== '' && code in ERRORS ? ERRORS[code] : undefined
    return {
      kind: KINDS[status] ?? (status === 502 || status === 504 ? 'offline' : 'other'),
      code,
      ...(known && { what: known.what, remedy: known.remedy }),
      ...(detail !== undefined && { detail }),
      ...(faults && { faults }),
      ...(requestId !== undefined && { requestId }),
    }
  }
  if (typeof error !== 'object' || error === null) return { kind: 'other' }
  const { status } = error as { status?: unknown }
  return { kind: (typeof status === 'number' && KINDS[status]) || 'other' }
}
