import { Readable } from 'node:stream'
import type { z } from 'zod'
import type { FieldFault, Route } from '@sente/api'
import { Fault } from '../core/fault.ts'
import { fieldFaults } from '../store/field-faults.ts'

/** Parameters, query and body as the contract wants them, defaults filled in; throws all faults of all three at once. */
export function checkInput(
  contract: Route,
  raw: { params: unknown; query: unknown; body: unknown },
): { params: unknown; query: unknown; body: unknown } {
  if (contract.accepts === undefined && raw.body instanceof Readable) throw new Fault('unsupported-media')
  if (contract.accepts !== undefined && !(raw.body instanceof Readable)) throw new Fault('unsupported-media')
  const faults: FieldFault[] = []
  const check = (part: 'params' | 'query' | 'body', schema: z.ZodType | undefined): unknown => {
    if (!schema) {
      // Nothing is taken: what was sent all the same is a mistake that must not pass in silence.
      if (part === 'query')
        for (const name of Object.keys((raw.query ?? {}) as object).slice(0, 20))
          faults.push({ field: `query.${name}`, what: { en: 'There is no such field.', zh: '没有这个字段。' } })
      return undefined
    }
    const result = schema.safeParse(raw[part], { reportInput: true })
    if (result.success) return result.data
    faults.push(...fieldFaults(part, result.error.issues, schema))
    return undefined
  }
  const checked = {
    params: check('params', contract.params),
    query: check('query', contract.query),
    body: contract.accepts === undefined ? check('body', contract.body) : raw.body,
  }
  if (faults.length > 0) throw new Fault('invalid-input', { faults })
  return checked
}
