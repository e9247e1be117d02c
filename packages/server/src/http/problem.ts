import type { Lang } from '@sente/engine'
import { ERRORS } from '@sente/api'
import type { Problem } from '@sente/api'
import type { Fault } from '../core/fault.ts'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** A fault as the client reads it (RFC 9457), in its language. */
export function problemOf(fault: Fault, language: Lang, requestId: string): Problem {
  const { status, what, remedy } = ERRORS[fault.code]
  const { detail, faults, current } = fault.more
  return {
    type: `urn:sente:error:${fault.code}`,
    title: what[language],
    status,
    code: fault.code,
    ...(detail ? { detail: detail[language] } : {}),
    remedy: remedy[language],
    requestId,
    ...(faults ? { faults } : {}),
    ...(current === undefined ? {} : { current }),
  }
}
