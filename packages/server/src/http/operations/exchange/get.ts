import { routes } from '@sente/client'
import { readRun } from '../../../exchange/import/runs.ts'
import { operation } from '../../operation.ts'

export const get = operation(routes.exchange.get, ({ params, context: { tx } }) => readRun(tx, params.runId))
