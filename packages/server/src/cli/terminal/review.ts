import type { Review, ReviewedDeal } from '@sente/engine'
import {
  amountWords,
  changeWords,
  claimWords,
  farWords,
  lackWords,
  leadSaid,
  lossWords,
  REVIEW_WORDS,
  voiceWords,
  weekWords,
} from '@sente/picture'
import { date, shortDate } from './format.ts'
import { hang } from './text.ts'
import { heading } from './view.ts'
import type { View } from './view.ts'

/** A pipeline review on a terminal: groups in which an order has a meaning, deal by deal, then per seller. */
export function reviewLines(review: Review, view: View): string[] {
  const { lang, paint } = view
  const w = REVIEW_WORDS[lang]
  const open = review.groups.reduce((n, { deals }) => n + deals.length, 0)
  const under = [
    w.asOf(date(review.asOf, lang)),
    w.since(date(review.since, lang)),
    open === 0 ? w.noDeals : w.deals(open),
  ]
  return [
    paint('bold', w.title),
    paint('dim', under.join(' · ')),
    ...review.groups.flatMap(({ by, currency, loss, deals }) => [
      ...heading(
        by === 'loss' ? w.groupLoss(currency!) : by === 'no-amount' ? w.groupNoAmount : w.groupNoDrop(currency),
        view,
      ),
      ...(loss === null ? [] : [paint('dim', `  ${lossWords(loss, currency, lang)}`)]),
      ...deals.flatMap((deal, i) => dealLines(deal, i + 1, review, view)),
    ]),
    ...(review.gone.length === 0
      ? []
      : [...heading(w.gone, view), ...review.gone.flatMap((deal) => goneLines(deal, review, view))]),
    ...(open === 0 ? [] : sellerLines(review, view)),
  ]
}

function dealLines(deal: ReviewedDeal, place: number, { asOf }: Review, view: View): string[] {
  const { lang, columns, paint, methodology } = view
  const w = REVIEW_WORDS[lang]
  const { line, loss, amount, changes } = deal
  const names = { lang, asOf, phases: methodology.phases }
  const phase = methodology.phases.phases.find(({ id }) => id === line.phase)?.short[lang] ?? w.notKnown
  const claim = claimWords(line, names)
  const warnings = [
    ...deal.far.map((far) => farWords(far, lang)),
    ...(claim === null ? [] : [claim]),
    ...deal.lacks.map((lack) => lackWords(lack, lang)),
  ]
  const changed =
    changes.length > 0
      ? changes.map((change) => changeWords(change, names)).join(' · ')
      : deal.compared
        ? w.unchanged
        : w.notCompared
  const [sum, ...acts] = weekWords(line.week, lang, asOf)
  const next = line.nextMeeting && w.meeting(shortDate(line.nextMeeting.on, asOf, lang), line.nextMeeting.what[lang])
  return [
    '',
    ...hang(
      `${String(place).padStart(2)} `,
      paint('bold', deal.name) + `  ${lossWords(loss, amount?.currency ?? null, lang)}`,
      columns,
    ),
    ...hang(
      '   ',
      [deal.account, deal.owner, amountWords(amount, lang), phase, leadSaid(line.lead, lang)]
        .filter(Boolean)
        .join(' · '),
      columns,
    ).map((row) => paint('dim', row)),
    ...hang('   ', `${w.numbers}${w.colon}${voiceWords(deal, lang)}`, columns),
    ...warnings.flatMap((says) => hang('   ! ', says, columns)).map((row) => paint('red', row)),
    ...(next ? hang('   ', next, columns) : []),
    ...hang('   ', `${w.changed}${w.colon}${changed}`, columns),
    ...hang('   ', `${w.acts}${w.colon}${sum}`, columns),
    ...acts.flatMap((says) => hang('   → ', says, columns)),
  ]
}

function goneLines({ name, owner, amount, changes }: ReviewedDeal, { asOf }: Review, view: View): string[] {
  const { lang, columns, methodology } = view
  const ends = changes
    .filter(({ kind }) => kind === 'closed')
    .map((change) => changeWords(change, { lang, asOf, phases: methodology.phases }))
  return hang('  ', [name, owner, amount && amountWords(amount, lang), ...ends].filter(Boolean).join(' · '), columns)
}

function sellerLines({ owners }: Review, view: View): string[] {
  const { lang, columns } = view
  const w = REVIEW_WORDS[lang]
  return [
    ...heading(w.sellers, view),
    ...owners.flatMap(({ owner, deals, loss, unknown, lacks }) => {
      const says = [
        w.deals(deals),
        ...loss.map(({ currency, loss: sum }) => lossWords(sum, currency, lang)),
        unknown > 0 && w.unknownLoss(unknown),
        ...(Object.keys(lacks) as (keyof typeof lacks)[])
          .filter((lack) => lacks[lack] > 0)
          .map((lack) => `${lackWords(lack, lang)} ${lacks[lack]}`),
      ]
      return hang('  ', `${owner ?? w.nobody}${w.colon}${says.filter(Boolean).join(' · ')}`, columns)
    }),
  ]
}
