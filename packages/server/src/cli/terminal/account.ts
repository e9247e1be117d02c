import { unitRows } from '@sente/engine'
import type { AccountPlan } from '@sente/engine'
import { ACCOUNT_WORDS, accountSections } from '@sente/picture'
import { date, percent, shortDate } from './format.ts'
import { cut, hang, pad, width } from './text.ts'
import { heading } from './view.ts'
import type { View } from './view.ts'

/** The account plan on a terminal: white space, relationships, then the rest line by line. */
export function accountLines(plan: AccountPlan, view: View): string[] {
  const { lang, columns, paint } = view
  const w = ACCOUNT_WORDS[lang]
  const under = [
    plan.industry,
    plan.region,
    `${w.asOf} ${date(plan.asOf, lang)}`,
    w.filled(percent(plan.filled.share), percent(plan.filled.assumed)),
  ]
  return [
    paint('bold', `${plan.name} · ${w.product}`),
    paint('dim', under.filter(Boolean).join(' · ')),
    ...gridLines(plan, view),
    ...peopleLines(plan, view),
    ...accountSections(plan, lang).flatMap(({ name, lines }) => [
      ...heading(name, view),
      ...lines.flatMap(({ text, red, faint }) =>
        hang('  ', text, columns).map((line) => (red ? paint('red', line) : faint ? paint('dim', line) : line)),
      ),
    ]),
  ]
}

const SIGN = { won: '●', open: '○', lost: '✗', 'no-decision': '–', rival: '▲', white: '□' } as const

function gridLines(plan: AccountPlan, view: View): string[] {
  const { lang, columns, paint } = view
  const w = ACCOUNT_WORDS[lang]
  const lines = heading(w.grid, view)
  for (const { unit, decider, cells } of unitRows(plan)) {
    const who = decider ? `${decider.name} ${decider.group ? w.group : w.decides}` : w.nobody
    lines.push(paint('bold', unit) + paint(decider ? 'dim' : 'red', `  ${who}`))
    for (const { offer, status, reason, claim } of cells) {
      const state =
        claim.on === null || claim.state === 'assumed'
          ? w.claim[claim.state]
          : `${w.claim[claim.state]} ${shortDate(claim.on, plan.asOf, lang)}`
      lines.push(
        ...hang(`  ${SIGN[status]} `, `${offer}${w.colon}${w.statuses[status]} · ${reason[lang]} (${state})`, columns),
      )
    }
  }
  return lines
}

function peopleLines(plan: AccountPlan, view: View): string[] {
  const { lang, columns, paint } = view
  const w = ACCOUNT_WORDS[lang]
  const lines = heading(w.people, view)
  const short = (on: string): string => shortDate(on, plan.asOf, lang)
  const names = Math.min(
    36,
    Math.max(12, ...plan.people.map(({ name, title }) => width(name) + (title ? width(title) + 2 : 0))) + 2,
  )
  for (const { name, title, cells, last, due, overdue, red, decides, units } of plan.people) {
    const met = cells
      .map(({ ours, last: on, times }) => `${ours ?? w.unsaid}${lang === 'en' ? ' ' : ''}${w.met(times, short(on))}`)
      .join(w.comma)
    const says = [
      decides && w.decides,
      last === null ? w.never : met,
      due !== null && `${w.due} ${short(due)}${overdue ? ` (${w.overdue})` : ''}`,
      units.join(w.comma),
    ]
    const lead = pad(cut(title ? `${name}, ${title}` : name, names - 2), names)
    lines.push(
      ...hang(`  ${lead}`, says.filter(Boolean).join(' · '), columns).map((line) => (red ? paint('red', line) : line)),
    )
  }
  return lines
}
