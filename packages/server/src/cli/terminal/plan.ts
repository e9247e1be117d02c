import type { Deal, Plan, Step } from '@sente/engine'
import { PLAN_WORDS } from '../plan-words.ts'
import { heading } from './view.ts'
import type { View } from './view.ts'
import { date, shortDate } from './format.ts'
import { cut, hang, pad, width } from './text.ts'

/** Steps that a seller can keep in mind; the rest with --all. */
const SHOWN = 7

/** The plan as a seller reads it on a terminal: the next act in one sentence, then the steps in their order. */
export function planLines(plan: Plan, deal: Deal, view: View): string[] {
  const { lang, columns, paint } = view
  const words = PLAN_WORDS[lang]
  const right = `${words.asOf} ${date(plan.asOf, lang)} · ${words.styles[plan.style]}`
  const name = cut(deal.name, Math.max(20, columns - width(right) - 2))
  const lines = [
    paint('bold', name) + ' '.repeat(Math.max(2, columns - width(name) - width(right))) + paint('dim', right),
  ]
  const [first] = plan.steps
  if (!first)
    return [...lines, '', deal.status === 'open' ? words.nothing : words.closed, ...cannotLines(plan, deal, view)]
  lines.push(
    ...heading(words.next, view),
    ...hang('', sentence(first, plan, deal, view), columns).map((line) => paint('bold', line)),
  )
  lines.push(...heading(words.steps(plan.steps.length), view))
  const shown = view.all ? plan.steps : plan.steps.slice(0, SHOWN)
  shown.forEach((step, i) => lines.push(...stepLines(step, i + 1, plan, deal, view)))
  if (shown.length < plan.steps.length) lines.push(paint('dim', words.more(plan.steps.length - shown.length)))
  if (plan.questions.length > 0) {
    lines.push(...heading(words.questions, view))
    for (const { to, text, changes } of plan.questions) {
      lines.push(...hang('  ', `${to ? `${nameOf(deal, to)}${words.colon}` : ''}${text[lang]}`, columns))
      lines.push(...hang('    ', changes[lang], columns).map((line) => paint('dim', line)))
    }
  }
  lines.push(...unseenLines(plan, deal, view), ...cannotLines(plan, deal, view), ...winLines(plan, deal, view))
  for (const note of plan.notes) lines.push(...hang('', note[lang], columns).map((line) => paint('dim', line)))
  return lines
}

/** The win number as things stand and with the plan done, each with its band; said where nothing can be said. */
function winLines({ win }: Plan, deal: Deal, { lang, columns, paint }: View): string[] {
  const words = PLAN_WORDS[lang]
  if (!win || deal.status !== 'open') return []
  if (!win.before || !win.after) return ['', paint('dim', words.winUnknown)]
  const percent = (share: number): string => String(Math.round(100 * share))
  const [before, after] = [win.before, win.after].map(({ value, low, high }) =>
    words.percent(percent(value), percent(low), percent(high)),
  )
  const source = win.before.source === 'fitted' ? words.winFitted : words.winPrior(win.before.deals)
  return ['', ...hang('', `${words.win(before!, after!)} ${source}`, columns).map((line) => paint('dim', line))]
}

/** Who weighs and is not seen in the next weeks, and why. */
function unseenLines({ unseen = [] }: Plan, deal: Deal, view: View): string[] {
  const { lang, columns } = view
  const words = PLAN_WORDS[lang]
  if (unseen.length === 0) return []
  return [
    ...heading(words.unseen, view),
    ...unseen.flatMap(({ person, why }) => hang('  ', `${nameOf(deal, person)}${words.colon}${why[lang]}`, columns)),
  ]
}

function cannotLines(plan: Plan, _deal: Deal, view: View): string[] {
  const { lang, columns, paint } = view
  const words = PLAN_WORDS[lang]
  if (plan.cannot.length === 0) return []
  return [
    ...heading(words.cannot, view),
    ...plan.cannot.flatMap(({ what, why, instead }) => [
      ...hang('  ', `${what[lang]}${words.dash}${why[lang]}`, columns).map((line) => paint('yellow', line)),
      ...(instead ? hang('    ', instead[lang], columns) : []),
    ]),
  ]
}

export const nameOf = (deal: Deal, id: string): string => deal.people?.find((person) => person.id === id)?.name ?? id

/** With whom, through whom, by when, with what in hand, why. */
function sentence(step: Step, plan: Plan, deal: Deal, view: View): string {
  const { lang } = view
  const words = PLAN_WORDS[lang]
  const who = step.with.map((id) => nameOf(deal, id)).join(words.comma)
  return words.act({
    who,
    play: step.name[lang],
    on: shortDate(step.on, plan.asOf, lang),
    ours: step.ours === null ? '' : oursOf(deal, step.ours),
    through: step.through === null || step.with.includes(step.through) ? '' : nameOf(deal, step.through),
    bring: step.bring.proofs[0]?.name[lang] ?? step.bring.what[lang],
    why: step.why[0]?.[lang] ?? '',
  })
}

const oursOf = (deal: Deal, id: string): string => deal.us?.team?.find((one) => one.id === id)?.name ?? id

function stepLines(step: Step, n: number, plan: Plan, deal: Deal, view: View): string[] {
  const { lang, columns, paint } = view
  const words = PLAN_WORDS[lang]
  const indent = '      '
  const day = (on: string): string => shortDate(on, plan.asOf, lang)
  const who = step.with.length > 0 ? step.with.map((id) => nameOf(deal, id)).join(words.comma) : words.ourselves
  const part = (label: string, text: string): string[] => hang(`${indent}${paint('dim', label)} `, text, columns)
  const proofs = step.bring.proofs.map(({ name, for: id, startBy }) =>
    words.proof(name[lang], nameOf(deal, id), startBy > plan.asOf ? day(startBy) : null),
  )
  return [
    ...hang(
      `  ${pad(`${n}.`, 4)}`,
      `${paint('bold', day(step.on))}  ${who} · ${step.name[lang]}${step.locked ? ` · ${step.held ? words.held : words.locked}` : ''}`,
      columns,
    ),
    ...part(
      words.window,
      `${words.between(day(step.earliest), day(step.latest))}${step.start > plan.asOf ? words.begin(day(step.start)) : words.beginNow}`,
    ),
    ...(step.ours !== null || step.through !== null
      ? part(
          words.goes,
          [step.ours && oursOf(deal, step.ours), step.through && words.through(nameOf(deal, step.through))]
            .filter(Boolean)
            .join(words.semi),
        )
      : []),
    ...step.why
      .map((why) => why[lang])
      .flatMap((why, i) => part(i === 0 ? words.why : ' '.repeat(width(words.why)), why)),
    ...(step.first.length > 0 ? part(words.first, step.first.map(({ what }) => what[lang]).join(words.semi)) : []),
    ...part(words.bring, proofs.length > 0 ? proofs.join(words.semi) : step.bring.what[lang]),
    ...part(words.ask, step.ask[lang]),
    ...(step.ifDeclined ? part(words.declined, step.ifDeclined.says[lang]) : []),
    ...step.linked.flatMap(({ says }) => part(words.linked, says[lang])),
  ]
}
