import { oursColumns, unitRows } from '@sente/engine'
import type { AccountPlan, Lang, Text } from '@sente/engine'
import { fullDate, percent, shortDate } from '../format.ts'
import { FONT } from '../style.ts'
import { ACCOUNT_WORDS } from './account-words.ts'
import type { AccountWords } from './account-words.ts'
import { html, Html } from './html.ts'

const STYLE = `
@page{size:A4 landscape;margin:10mm}
body{margin:0;background:#fff}
main{max-width:1180px;margin:0 auto;padding:22px 20px;font:13px/1.42 ${FONT};color:#14181d;overflow-wrap:anywhere;font-variant-numeric:tabular-nums;--red:#b3261e;--faint:#5b6470;--hair:#cfd5dc}
h1{margin:0;font-size:21px;line-height:1.25}h2{margin:14px 0 4px;padding-top:4px;border-top:1.5px solid currentColor;font-size:13px}
p{margin:0 0 3px}.faint{color:var(--faint)}.red{color:var(--red);font-weight:650}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:12px}th,td{border:1px solid var(--hair);padding:4px 6px;text-align:left;vertical-align:top}thead th{background:#f3f5f7}
td b{display:block}.won{background:#e9f3ec}.open{background:#eaf1fb}.lost,.rival{background:#fbeceb}.no-decision{background:#f5f1e6}.white{background:repeating-linear-gradient(45deg,#fff 0 6px,#f5f6f8 6px 12px)}.gap{background:#fbeceb}
.parts{columns:2;column-gap:24px}.parts section{break-inside:avoid}
@media(max-width:700px){.parts{columns:1}}
@media print{main{max-width:none;padding:0;font-size:8.6pt;line-height:1.3}h1{font-size:13pt}h2{font-size:9pt;margin-top:7pt}table{font-size:7.8pt}th,td{padding:2pt 3pt}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`

interface Context {
  plan: AccountPlan
  w: AccountWords
  lang: Lang
  say: (text: Text) => string
  day: (on: string) => string
}

/** The account plan as one page to print or mail: no script, no request to anywhere. The same plan gives the same bytes. */
export function accountHtml(plan: AccountPlan, lang: Lang): string {
  const w = ACCOUNT_WORDS[lang]
  const c: Context = { plan, w, lang, say: (text) => text[lang], day: (on) => shortDate(on, lang, plan.asOf) }
  const under = [
    plan.industry,
    plan.region,
    `${w.asOf} ${fullDate(plan.asOf, lang)}`,
    w.filled(percent(plan.filled.share), percent(plan.filled.assumed)),
  ]
  return html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${plan.name} · ${w.product}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${plan.name} · ${w.product}</h1>
          <p class="faint">${under.filter((part) => part !== null).join(' · ')}</p>
          <h2>${w.grid}</h2>
          <div class="wide">${grid(c)}</div>
          <h2>${w.people}</h2>
          <div class="wide">${people(c)}</div>
          <div class="parts">${accountSections(plan, lang).map(sectionOf)}</div>
        </main>
      </body>
    </html> `.text
}

function grid({ plan, w, say, day }: Context): Html {
  const rows = unitRows(plan).map(({ unit, decider, cells }) => {
    return html`<tr>
      <th scope="row">
        ${unit}
        <p class="${decider ? 'faint' : 'red'}">
          ${decider ? `${decider.name} ${decider.group ? w.group : w.decides}` : w.nobody}
        </p>
      </th>
      ${plan.offers.map((offer) => {
        const cell = cells.find((one) => one.offer === offer)!
        const { state, on } = cell.claim
        return html`<td class="${cell.status}">
          <b>${w.statuses[cell.status]}</b>${say(cell.reason)}
          <span class="faint">(${w.claim[state]}${on !== null && state !== 'assumed' && ` ${day(on)}`})</span>
        </td>`
      })}
    </tr>`
  })
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${w.unit}</th>
        ${plan.offers.map((offer) => html`<th scope="col">${offer}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

function people({ plan, w, day }: Context): Html {
  const columns = oursColumns(plan)
  const rows = plan.people.map(
    (person) =>
      html`<tr>
        <th scope="row">
          ${person.name}
          <p class="faint">
            ${[person.title, person.units.join(w.comma), person.decides && w.decides].filter(Boolean).join(' · ')}
          </p>
        </th>
        ${columns.map((ours) => {
          const cell = person.cells.find((one) => one.ours === ours)
          return html`<td class="${!cell && person.red ? 'gap' : ''}">
            ${cell ? `${day(cell.last)} ×${cell.times}` : ''}
          </td>`
        })}
        <td class="${person.red ? 'red' : ''}">${person.last === null ? w.never : day(person.last)}</td>
        <td class="${person.overdue ? 'red' : ''}">
          ${person.due === null ? '–' : day(person.due)}${person.overdue && ` (${w.overdue})`}
        </td>
      </tr>`,
  )
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${w.person}</th>
        ${columns.map((ours) => html`<th scope="col">${ours ?? w.unsaid}</th>`)}
        <th scope="col">${w.last}</th>
        <th scope="col">${w.due}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

const sectionOf = ({ name, lines }: AccountSection): Html =>
  html`<section>
    <h2>${name}</h2>
    ${lines.map(({ text, red, faint }) => html`<p class="${red ? 'red' : faint ? 'faint' : ''}">${text}</p>`)}
  </section>`

export interface AccountSection {
  name: string
  lines: { text: string; red?: boolean; faint?: boolean }[]
}

/** Everything of the plan but its two grids, laid out as lines: the same on paper and on a terminal. */
export function accountSections(plan: AccountPlan, lang: Lang): AccountSection[] {
  const w = ACCOUNT_WORDS[lang]
  const day = (on: string): string => shortDate(on, lang, plan.asOf)
  const said = ({ what, who, claim }: AccountPlan['pressures'][number]): string => {
    const state = claim.state === 'confirmed' ? '' : `${w.claim[claim.state]}${w.comma}`
    const source = claim.on === null ? claim.source : w.said(claim.source, day(claim.on))
    return `${who === null ? '' : `${who}${w.colon}`}${what} (${state}${source})`
  }
  const or = (lines: AccountSection['lines'], none = w.none): AccountSection['lines'] =>
    lines.length > 0 ? lines : [{ text: none, faint: true }]
  const join = (parts: readonly (string | null | false)[]): string => parts.filter(Boolean).join(' · ')
  return [
    {
      name: w.goals,
      lines: or([
        ...(plan.goals.ours ? [{ text: `${w.ours}${w.colon}${said(plan.goals.ours)}` }] : []),
        ...plan.goals.theirs.map((one) => ({ text: said(one) })),
      ]),
    },
    { name: w.pressures, lines: or([...plan.pressures, ...plan.business].map((one) => ({ text: said(one) }))) },
    {
      name: w.growth,
      lines: or(plan.growth.map(({ what, on, owner }) => ({ text: join([day(on), what[lang], owner]) }))),
    },
    {
      name: w.sponsors,
      lines: or(
        plan.sponsors.map(({ ours, theirs, last, due, parity }) => ({
          text: join([
            `${ours} × ${theirs ?? '?'}`,
            last === null ? w.notTogether : `${w.last} ${day(last)}`,
            due !== null && `${w.due} ${day(due)}`,
            parity === null ? null : parity ? w.parity : w.noParity,
          ]),
          red: last === null || (due !== null && due < plan.asOf),
        })),
      ),
    },
    {
      name: w.promises,
      lines: or(
        plan.promises.map(({ what, by, to, due, overdue, deal }) => ({
          text: join([by === 'us' ? w.us : w.them, to, what, due && day(due), overdue && w.overdue, deal]),
          red: overdue && by === 'us',
        })),
      ),
    },
    {
      name: w.results,
      lines: or(plan.results.map(({ what, who, on, deal }) => ({ text: join([what, who, day(on), deal]) }))),
    },
    {
      name: w.rivals,
      lines: or(
        plan.rivals.map(({ name, units, incumbent, people: met, claim }) => ({
          text: join([
            name,
            incumbent && w.incumbent,
            units.join(w.comma),
            met.join(w.comma),
            `${w.claim[claim.state]}${claim.on === null ? '' : ` ${day(claim.on)}`}`,
          ]),
        })),
      ),
    },
    {
      name: w.risks,
      lines: or(
        plan.risks.map(({ deal, severity, name }) => ({
          text: join([name[lang], deal]),
          red: severity !== 'warn',
        })),
        w.noRisk,
      ),
    },
    {
      name: w.calendar,
      lines: or(
        plan.calendar.map(({ on, name, deal, claim }) => ({
          text: join([day(on), name[lang], deal, w.claim[claim.state]]),
        })),
      ),
    },
    {
      name: w.money,
      lines: or([
        ...plan.money.map(({ currency, won, open }) => ({
          text: `${currency} ${grouped(won)} ${w.won} · ${grouped(open)} ${w.open}`,
        })),
        ...(plan.money.length > 1 ? [{ text: w.noRate, faint: true }] : []),
      ]),
    },
    {
      name: w.deals,
      lines: plan.deals.map(({ name, unit, status, since, from }) => ({
        text: join([name, unit, w.statuses[status], since && day(since), from && `${w.from} ${from}`]),
      })),
    },
    { name: w.team, lines: or(plan.team.map(({ name, title }) => ({ text: join([name, title]) }))) },
    {
      name: w.ask,
      lines: plan.filled.fields.flatMap(({ question }) => (question ? [{ text: question[lang] }] : [])),
    },
  ]
}

/** Thousands apart, cents as they are. */
function grouped(value: string): string {
  const [whole = '0', part] = value.split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`)
}
