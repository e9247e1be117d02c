import { Readable } from 'node:stream'
import { accountReview } from '@sente/engine'
import { routes } from '@sente/api'
import { fileName } from '../../../exchange/export/deal-file.ts'
import { accountPlanFor } from '../../../queries/account-plan.ts'
import { operation } from '../../operation.ts'

export const slides = operation(routes.accounts.slides, async ({ params, query, context }) => {
  const { principal, language, inWorkspace } = context
  const lang = query.language ?? language
  const { plan, deals, asOf } = await inWorkspace((tx) =>
    accountPlanFor({ tx, principal }, params.accountId, query.asOf),
  )
  // Fetched when somebody wants some, and written once the database is free again.
  const [{ accountSlides, reviewSlides }, { pptx }] = await Promise.all([
    import('@sente/picture'),
    import('../../../exchange/export/slides/write.ts'),
  ])
  const deck =
    query.audience === 'customer' ? reviewSlides(accountReview(deals, asOf), lang) : accountSlides(plan, lang)
  return {
    stream: Readable.from([await pptx(deck)]),
    type: routes.accounts.slides.produces,
    filename: `${fileName(deck.title)}.pptx`,
    headers: { 'cache-control': 'private, no-store' },
  }
})
