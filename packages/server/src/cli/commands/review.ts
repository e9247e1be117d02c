import { addDays, isOpenOn, reviewLine, reviewOf, WEEK } from '@sente/engine'
import type { Before, Deal, DealOfReview, Methodology, PlainDate } from '@sente/engine'
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
      deals.push(dealOfReview(deal, deal.id ?? file, methodology, asOf, since))
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

function dealOfReview(
  deal: Deal,
  id: string,
  methodology: Methodology,
  asOf: PlainDate,
  since: PlainDate,
): DealOfReview {
  const team = deal.us?.team ?? []
  return {
    id,
    name: deal.name,
    account: deal.account?.name ?? null,
    owner: (team.find(({ rank = 'seller' }) => rank === 'seller') ?? team[0])?.name ?? null,
    line: reviewLine(deal, methodology, asOf, { calendars: calendarsOf(deal, asOf) }),
    before: beforeOf(deal, methodology, since),
  }
}

/** The deal on the earlier day. A file keeps no days for its amount: what it was then is not known. */
function beforeOf(deal: Deal, methodology: Methodology, since: PlainDate): Before {
  const days = [
    deal.openedOn,
    deal.firstContactOn,
    ...[...(deal.evidence ?? []), ...(deal.touches ?? []), ...(deal.stages ?? [])].map(({ on }) => on),
  ].filter((on) => on !== undefined)
  if (days.length > 0 && days.every((on) => on > since)) return 'new'
  if (days.length === 0) return 'unknown'
  return { ...reviewLine(deal, methodology, since, { plan: false }), amount: null }
}
