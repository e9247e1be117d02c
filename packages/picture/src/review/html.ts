import type { Lang, Methodology, OwnerTotal, Review, ReviewedDeal } from '@sente/engine'
import { fullDate, percent } from '../format.ts'
import { html, Html } from '../page/html.ts'
import { FONT } from '../style.ts'
import { MOST_ROWS, slopes } from './slopes.ts'
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
} from './words.ts'
import type { ReviewNames } from './words.ts'

const STYLE = `
@page{size:A4;margin:11mm}
body{margin:0;background:#fff}
main{max-width:980px;margin:0 auto;padding:22px 18px;font:13px/1.42 ${FONT};color:#14181d;overflow-wrap:anywhere;font-variant-numeric:tabular-nums;--red:#b3261e;--faint:#5b6470;--hair:#cfd5dc}
h1{margin:0;font-size:21px;line-height:1.25}h2{margin:16px 0 5px;padding-top:4px;border-top:1.5px solid currentColor;font-size:13.5px;break-after:avoid}h3{margin:0;font-size:13px;font-weight:650}
p{margin:0 0 2px}.faint{color:var(--faint)}.red{color:var(--red)}
article{padding:7px 0;border-bottom:1px solid var(--hair);break-inside:avoid;display:grid;grid-template-columns:1fr 1fr;gap:2px 18px}
article header{grid-column:1/-1;display:flex;gap:10px;justify-content:space-between;align-items:baseline}article header b{white-space:nowrap}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:12px}th,td{border-bottom:1px solid var(--hair);padding:3px 6px;text-align:left;vertical-align:top}.n{text-align:right}
svg{max-width:100%;height:auto}
@media(max-width:640px){article{grid-template-columns:1fr}}
@media print{main{max-width:none;padding:0;font-size:8.6pt;line-height:1.32}h1{font-size:14pt}h2{font-size:9.5pt;margin-top:9pt}h3{font-size:9pt}table{font-size:8pt}article{padding:4pt 0}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`

export interface ReviewHtmlOptions {
  lang: Lang
  phases: Pick<Methodology['phases'], 'phases'>
}

/** A pipeline review as pages to print or mail, as it was presented: no script, no request to anywhere. The same review gives the same bytes. */
export function reviewHtml(review: Review, { lang, phases }: ReviewHtmlOptions): string {
  const w = REVIEW_WORDS[lang]
  const { asOf, since } = review
  const names: ReviewNames = { lang, asOf, phases }
  const all = review.groups.flatMap(({ deals }) => deals)
  const base = all[0]?.line.base
  const under = [
    w.asOf(fullDate(asOf, lang)),
    w.since(fullDate(since, lang)),
    all.length === 0 ? w.noDeals : w.deals(all.length),
    base &&
      `${w.voices.base} ${percent(base.won)}${lang === 'zh' ? `（${w.baseOf(base.deals)}）` : ` (${w.baseOf(base.deals)})`}`,
  ]
  return html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${w.title} · ${fullDate(asOf, lang)}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${w.title}</h1>
          <p class="faint">${under.filter(Boolean).join(' · ')}</p>
          ${
            all.length > 0 &&
            html`<div class="wide">${new Html(slopes(all.slice(0, MOST_ROWS), { lang, asOf, since, phases }))}</div>`
          }
          ${review.groups.map(
            ({ by, currency, loss, deals }) =>
              html`<section>
                <h2>
                  ${by === 'loss' ? w.groupLoss(currency!) : by === 'no-amount' ? w.groupNoAmount : w.groupNoDrop(currency)}
                  <span class="faint"
                    >${w.deals(deals.length)}${loss !== null && ` · ${lossWords(loss, currency, lang)}`}</span
                  >
                </h2>
                ${deals.map((deal) => dealPart(deal, names))}
              </section>`,
          )}
          ${
            review.gone.length > 0 &&
            html`<section>
              <h2>${w.gone}</h2>
              ${review.gone.map(
                ({ name, owner, amount, changes }) =>
                  html`<p>
                    <b>${name}</b>
                    ${[owner, amount && amountWords(amount, lang)].filter(Boolean).join(' · ')}${w.colon}${changes
                      .filter(({ kind }) => kind === 'closed')
                      .map((change) => changeWords(change, names))
                      .join(w.comma)}
                  </p>`,
              )}
            </section>`
          }
          ${all.length > 0 && ownersPart(review.owners, lang)}
        </main>
      </body>
    </html> `.text
}

function dealPart(deal: ReviewedDeal, names: ReviewNames): Html {
  const { lang, phases, asOf } = names
  const w = REVIEW_WORDS[lang]
  const { line, loss, amount, far, lacks, changes } = deal
  const phase = phases.phases.find(({ id }) => id === line.phase)?.short[lang] ?? w.notKnown
  const claim = claimWords(line, names)
  return html`<article>
    <header>
      <div>
        <h3>${deal.name}</h3>
        <p class="faint">
          ${[deal.account, deal.owner, amountWords(amount, lang), phase, leadSaid(line.lead, lang)].filter(Boolean).join(' · ')}
        </p>
      </div>
      <b>${lossWords(loss, amount?.currency ?? null, lang)}</b>
    </header>
    <div>
      <p>${w.numbers}${w.colon}${voiceWords(deal, lang)}</p>
      ${far.map((one) => html`<p class="red">${farWords(one, lang)}</p>`)}
      ${claim !== null && html`<p class="red">${claim}</p>`}
      ${lacks.map((lack) => html`<p class="red">${lackWords(lack, lang)}</p>`)}
      ${changedWords(deal, names).map((says) => html`<p>${says}</p>`)}
      ${changes.length === 0 && html`<p class="faint">${deal.compared ? w.unchanged : w.notCompared}</p>`}
    </div>
    <div>${weekWords(line.week, lang, asOf).map((says) => html`<p>${says}</p>`)}</div>
  </article>`
}

const changedWords = ({ changes }: ReviewedDeal, names: ReviewNames): string[] =>
  changes.map((change) => changeWords(change, names))

function ownersPart(owners: readonly OwnerTotal[], lang: Lang): Html {
  const w = REVIEW_WORDS[lang]
  const lacks = ['meeting', 'decider-unmet', 'decider-unknown', 'single'] as const
  return html`<section>
    <h2>${w.sellers}</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">${w.owner}</th>
            <th scope="col">${w.lossHead}</th>
            ${lacks.map((lack) => html`<th scope="col" class="n">${lackWords(lack, lang)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${owners.map(
            ({ owner, deals, loss, unknown, lacks: counts }) =>
              html`<tr>
                <th scope="row">
                  ${owner ?? w.nobody}
                  <p class="faint">${w.deals(deals)}</p>
                </th>
                <td>
                  ${loss.map(({ currency, loss: sum }) => html`<p>${lossWords(sum, currency, lang)}</p>`)}
                  ${unknown > 0 && html`<p class="faint">${w.unknownLoss(unknown)}</p>`}
                </td>
                ${lacks.map((lack) => html`<td class="n">${counts[lack]}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
