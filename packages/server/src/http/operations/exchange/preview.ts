import { routes } from '@sente/api'
import { previewOf } from '../../../exchange/files/preview.ts'
import { ImportProblem } from '../../../exchange/files/problem.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

export const preview = operation(routes.exchange.preview, async ({ query, body }) => {
  try {
    return await previewOf(body, query.filename, query.kind)
  } catch (error) {
    if (error instanceof ImportProblem) throw new Fault('unsupported-media', { detail: error.says })
    throw error
  }
})
