import { routes } from '@sente/api'
import { previewOf } from '../../../exchange/import/preview.ts'
import { ImportProblem } from '../../../exchange/import/problem.ts'
import { Fault } from '../../fault.ts'
import { operation } from '../../operation.ts'

export const preview = operation(routes.exchange.preview, async ({ query, body }) => {
  try {
    return await previewOf(body, query.filename, query.kind)
  } catch (error) {
    if (error instanceof ImportProblem) throw new Fault('unsupported-media', { detail: error.says })
    throw error
  }
})
