import { addDays, isOpenOn, reviewInput, reviewOf, WEEK } from '@sente/engine'
import type { DealOfReview } from '@sente/engine'
import { calendarsOf } from '../../core/calendars/calendars.ts'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { reviewLines } from '../terminal/review.ts'
import { filesOf } from './account.ts'
import { dealOf, writeWhole } from './brief.ts'

interface ReviewOptions extends GlobalOptions {
  asOf?: string
  since?: string
  json?: boolean
  html?: string
  method?: string
}

/** `sente review FILE…`: the pipeline review of deals, from their files alone. */
export async function reviewCommand(paths: string[], options: ReviewOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  const since = options.since === undefined ? addDays(asOf, -WEEK) : asOfOption(options.since, lang)
  if (since >= asOf)
    throw new Stop(
      {
        en: `--since ${since}: a day before ${asOf}`,
        zh: `--since ${since}：应早于 ${asOf}`,
      },
      EXIT.badInput,
    )
  const files = (await Promise.all(paths.map(filesOf))).flat()
  const deals: DealOfReview[] = []
  for (const file of files) {
    const deal = await dealOf(file, methodology, lang)
    // Closed before the earlier day: no part of this review.
    if (deal.status === 'open' || isOpenOn(deal, since))
      deals.push(
        reviewInput(deal, methodology, { id: deal.id ?? file, asOf, since, calendars: calendarsOf(deal, asOf) }),
      )
  }
  const review = reviewOf(asOf, since, deals)
  if (options.html !== undefined) {
    const { reviewHtml } = await import('@sente/picture')
    await writeWhole(options.html, reviewHtml(review, { lang, phases: methodology.phases }), lang)
  }
  if (options.json) await print(JSON.stringify(review, null, 2))
  else
    await print(
      reviewLines(review, { lang, columns: columnsOf(options.width), paint: paintOf(), methodology, all: true }).join(
        '\n',
      ),
    )
  return EXIT.fine
}
