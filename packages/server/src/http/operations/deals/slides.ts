import { Readable } from 'node:stream'
import { jointSteps } from '@sente/engine'
import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { fileName } from '../../../exchange/export/deal-file.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { briefFor } from '../../../queries/brief-for.ts'
import { methodologyOf } from '../../../store/method.ts'
import { todayOf } from '../../../store/today.ts'
import { operation } from '../../operation.ts'

export const slides = operation(routes.deals.slides, async ({ params, query, context }) => {
  const { language, inWorkspace } = context
  const lang = query.language ?? language
  const seen = await inWorkspace(async (tx) => {
    const access = await dealFor({ ...context, tx }, params.dealId)
    const asOf = await dayAskedFor(tx, query.asOf)
    const { deal, brief } = await briefFor(tx, params.dealId, { asOf }, access)
    const today = await todayOf(tx)
    return { deal, brief, methodology: await methodologyOf(tx), replayed: brief.asOf !== today }
  })
  // Fetched when somebody wants some, and written once the database is free again.
  const [{ dealSlides, jointSlides }, { pptx }] = await Promise.all([
    import('@sente/picture'),
    import('../../../exchange/export/slides/write.ts'),
  ])
  const { deal, brief, methodology, replayed } = seen
  const deck =
    query.audience === 'customer'
      ? jointSlides(jointSteps(deal), brief.asOf, lang)
      : dealSlides(brief, { lang, methodology, replayed })
  return {
    stream: Readable.from([await pptx(deck)]),
    type: routes.deals.slides.produces,
    filename: `${fileName(deck.title)}.pptx`,
    headers: { 'cache-control': 'private, no-store' },
  }
})
