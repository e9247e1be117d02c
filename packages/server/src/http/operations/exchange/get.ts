import { routes } from '@sente/api'
import { noticeInterrupted, readRun, runsSeenBy } from '../../../exchange/import/runs.ts'
import { operation } from '../../operation.ts'

export const get = operation(routes.exchange.get, async ({ params, context: { tx, viewer } }) => {
  await noticeInterrupted(tx)
  return readRun(tx, params.runId, runsSeenBy(viewer))
})
