import type { ErrorCode } from '@sente/api'
import { StoreProblem } from '../store/problem.ts'
import {
  BadCursor,
  ChangedSince,
  Conflict,
  InUse,
  InvalidInput,
  NotAllowed,
  NotFound,
  Refusal,
} from '../store/refusal.ts'
import { isConnectionLost, NoConnection } from '../store/pool.ts'
import { Fault } from '../core/fault.ts'

/** What Fastify throws before a handler runs. */
const OF_FASTIFY: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_JSON_BODY: 'not-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'not-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'not-json',
  FST_ERR_BAD_URL: 'no-such-route',
  FST_ERR_MAX_PARAM_LENGTH: 'no-such-route',
  FST_ERR_ASYNC_CONSTRAINT: 'no-such-route',
}

/** The database is away, full, overworked, or takes nothing just now as a standby (25006): nothing is wrong with the request. */
const AWAY = /^(25006|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[1235]|57014|53\d\d\d|08\d\d\d|40001|40P01|55P03)$/

/** Every error that can come out of a request, as one of the catalogue. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  if (error instanceof Refusal) return ofRefusal(error)
  if (error instanceof NoConnection) return new Fault('busy', { retryAfter: 5, cause: error })
  if (error instanceof StoreProblem) return new Fault('not-ready', { cause: error })
  const { code = '', statusCode, constraint } = error as { code?: string; statusCode?: number; constraint?: string }
  const known = OF_FASTIFY[code]
  if (known) return new Fault(known, { cause: error })
  if (error instanceof SyntaxError && statusCode === 400) return new Fault('not-json', { cause: error })
  // 53100: disk_full, also while a temporary file or the log of changes is written.
  if (code === '53100' || code === 'ENOSPC' || /No space left on device/.test(String((error as Error).message)))
    return new Fault('disk-full', { cause: error })
  if (AWAY.test(code) || isConnectionLost(error)) return new Fault('not-ready', { retryAfter: 2, cause: error })
  const ofRow = ofConstraint(code, constraint, error)
  if (ofRow) return ofRow
  // Deeper than any sane value: JSON in JSON in JSON, refused by whoever recurses first.
  if (code === '54001' || (error instanceof RangeError && /call stack/.test(error.message)))
    return new Fault('invalid-input', { cause: error })
  if (statusCode === 413) return new Fault('too-large', { cause: error })
  if (statusCode === 400) return new Fault('not-json', { cause: error })
  return new Fault('internal', { cause: error })
}

/** What the database says of a row that it does not take. */
function ofConstraint(code: string, constraint: string | undefined, error: unknown): Fault | undefined {
  if (code === '23505') {
    return new Fault('conflict', {
      detail: {
        en: `Something with the same name or key is already there${constraint ? ` (${constraint})` : ''}.`,
        zh: `已有同名或同键的记录${constraint ? `（${constraint}）` : ''}。`,
      },
      cause: error,
    })
  }
  if (code === '23503') {
    return new Fault('conflict', {
      detail: {
        en: `It refers to something that is not there, or something still refers to it${constraint ? ` (${constraint})` : ''}.`,
        zh: `引用了不存在的记录，或仍被其他记录引用${constraint ? `（${constraint}）` : ''}。`,
      },
      cause: error,
    })
  }
  // Values the database cannot hold: a zero character, a number out of range, a day that is none, a broken constraint.
  if (/^22...$|^23514$|^23502$/.test(code)) {
    return new Fault('invalid-input', {
      detail: {
        en: 'A value cannot be stored: it is out of range or holds characters that text may not hold.',
        zh: '有一个值无法保存：超出范围，或含有文本不允许的字符。',
      },
      cause: error,
    })
  }
  return undefined
}

function ofRefusal(refusal: Refusal): Fault {
  const more = { cause: refusal, ...(refusal.says ? { detail: refusal.says } : {}) }
  if (refusal instanceof NotFound) return new Fault('not-found', more)
  if (refusal instanceof ChangedSince) return new Fault('changed-since', { ...more, current: refusal.current })
  if (refusal instanceof InvalidInput) return new Fault('invalid-input', { cause: refusal, faults: refusal.faults })
  if (refusal instanceof NotAllowed)
    return new Fault('not-allowed', { ...more, ...(refusal.faults.length > 0 ? { faults: refusal.faults } : {}) })
  if (refusal instanceof InUse) return new Fault('in-use', more)
  if (refusal instanceof BadCursor) return new Fault('bad-cursor', more)
  if (refusal instanceof Conflict) return new Fault('conflict', more)
  return new Fault('internal', more)
}
