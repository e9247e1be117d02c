import { routes } from '@sente/api'
import { previewOf } from '../../../exchange/files/preview.ts'
import { ImportProblem } from '../../../exchange/files/problem.ts'
import { uploaded } from '../../uploads.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

export const preview = operation(routes.exchange.preview, async ({ query, body, context }) => {
  const { services, workspaceId, signal } = context
  const giveBack = await services.store.database.slots.imports.take(workspaceId, signal)
  try {
    return await previewOf(uploaded(body, services), query.filename, query.kind)
  } catch (error) {
    if (error instanceof ImportProblem) throw new Fault('unsupported-media', { detail: error.says })
    throw error
  } finally {
    giveBack()
  }
})
