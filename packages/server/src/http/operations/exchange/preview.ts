import { routes } from '@sente/api'
import { previewOf } from '../../../exchange/files/preview.ts'
import { ImportProblem } from '../../../exchange/files/problem.ts'
import { uploaded } from '../../uploads.ts'
import { Fault } from '../../../core/fault.ts'
import type { Tx } from '../../../store/tenant.ts'
import { operation } from '../../operation.ts'
import { answersOf } from './answers.ts'

export const preview = operation(routes.exchange.preview, async ({ query, body, context }) => {
  const { services, workspaceId, member, signal } = context
  const answers = answersOf(query)
  const ours = await context.inWorkspace(settingsOf)
  const giveBack = await services.store.database.slots.imports.take(workspaceId, signal)
  try {
    return await previewOf(uploaded(body, services), query.filename, query.kind, {
      method: services.store.methodology,
      answers,
      ours,
      owner: member.id,
    })
  } catch (error) {
    if (error instanceof ImportProblem) throw new Fault('unsupported-media', { detail: error.says })
    throw error
  } finally {
    giveBack()
  }
})

async function settingsOf(tx: Tx): Promise<{ currency: string; timeZone: string }> {
  const [row] = await tx.rows<{ currency: string; timeZone: string }>(
    'select currency, time_zone as "timeZone" from workspace where id = $1',
    [tx.workspaceId],
  )
  return row!
}
