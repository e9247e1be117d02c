import { routes } from '@sente/api'
import { reviewAnswer } from '../../../queries/review.ts'
import { operation } from '../../operation.ts'

/** Nothing is computed in the request: `store/review-lines.ts` made the lines before. */
export const get = operation(routes.review.get, ({ query: { offset, limit, ...asked }, context }) =>
  reviewAnswer(context, asked, { offset, limit }),
)
