import { routes } from '@sente/api'
import { pipeline as pipelineOf } from '../../../store/pipeline.ts'
import { viewerOf } from '../../../store/visibility.ts'
import { operation } from '../../operation.ts'

/** Added up by the database over everything the filter holds, never over a page. */
export const pipeline = operation(routes.deals.pipeline, ({ query, context }) =>
  pipelineOf(context.tx, viewerOf(context.principal), query),
)
