import { routes } from '@sente/client'
import { cancelRun } from '../../../exchange/import/runs.ts'
import { operation } from '../../operation.ts'

export const cancel = operation(routes.exchange.cancel, ({ params, context: { tx } }) => cancelRun(tx, params.runId))
