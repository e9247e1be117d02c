import { Readable } from 'node:stream'
import { routes } from '@sente/api'
import { brief as briefOf, jointSteps, plainDate } from '@sente/engine'
import { calendarsOf } from '../core/calendars/calendars.ts'
import { fileName } from '../exchange/export/deal-file.ts'
import { onFiles } from './answering.ts'
import { dealShown } from './shelf.ts'

/** The brief as slides, or for the customer the joint steps that stand in the file. */
export const slides = onFiles(routes.deals.slides, async ({ params, query }, { shelf, language }) => {
  const deal = dealShown(await shelf.deal(params.dealId))
  const today = shelf.today()
  const asOf = query.asOf === undefined ? today : plainDate(query.asOf)
  const lang = query.language ?? language
  const [{ dealSlides, jointSlides }, { pptx }] = await Promise.all([
    import('@sente/picture'),
    import('../exchange/export/slides/write.ts'),
  ])
  const deck =
    query.audience === 'customer'
      ? jointSlides(jointSteps(deal), asOf, lang)
      : dealSlides(briefOf(deal, shelf.method, asOf, { calendars: calendarsOf(deal, asOf) }), {
          lang,
          methodology: shelf.method,
          replayed: asOf !== today,
        })
  return {
    stream: Readable.from([await pptx(deck)]),
    type: routes.deals.slides.produces,
    filename: `${fileName(deck.title)}.pptx`,
  }
})
