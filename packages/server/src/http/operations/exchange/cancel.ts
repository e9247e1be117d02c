import { routes } from '@sente/api'
import { cancelRun, runsSeenBy } from '../../../exchange/import/runs.ts'
import { operation } from '../../operation.ts'

export const cancel = operation(routes.exchange.cancel, ({ params, context: { tx, viewer } }) =>
  cancelRun(tx, params.runId, runsSeenBy(viewer)),
)
