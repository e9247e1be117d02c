import { addDays, brief as briefOf, daysBetween, modelOf } from '@sente/engine'
import type { Brief, Deal, Lang, Methodology, PlainDate } from '@sente/engine'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { dealOf } from './brief.ts'
import { leadWords } from '../terminal/brief.ts'
import { nameOf } from '../terminal/view.ts'
import { date } from '../terminal/format.ts'
import { hang, pad, width } from '../terminal/text.ts'
import { WORDS } from '../words.ts'

/** What could have been known on one day: only what had happened by then. */
export interface ReplayDay {
  on: PlainDate
  phase: Brief['position']['leading']
  probability: number
  stalled: number
  lead: Pick<Brief['lead'], 'state' | 'days' | 'concern'>
  /** Findings that fire on that day and did not on the day before it in the list, and those that no longer do. */
  fired: string[]
  cleared: string[]
  findings: string[]
}

/** The deal on one day after another, every `every` days from its start to `asOf` (or its close). */
export function replay(deal: Deal, methodology: Methodology, asOf: PlainDate, every: number): ReplayDay[] {
  const last = deal.closedOn && deal.closedOn < asOf ? deal.closedOn : asOf
  const start = briefOf(deal, methodology, last).position.since as PlainDate
  const days: ReplayDay[] = []
  let before: string[] = []
  for (let n = 0; ; n += every) {
    const on = n >= daysBetween(start, last) ? last : addDays(start, n)
    const { position, lead, findings } = briefOf(deal, methodology, on)
    const now = findings.map((finding) => finding.rule)
    days.push({
      on,
      phase: position.leading,
      probability: position.phases[position.leading],
      stalled: position.stalled,
      lead: { state: lead.state, days: lead.days, concern: lead.concern },
      fired: now.filter((rule) => !before.includes(rule)),
      // On the day of its close a deal has no findings; that does not mean that they were mended.
      cleared: position.state === 'open' ? before.filter((rule) => !now.includes(rule)) : [],
      findings: now,
    })
    before = now
    if (on === last) return days
  }
}

/** `sente replay FILE`: phase, lead and findings over time. */
export async function replayCommand(
  file: string,
  options: GlobalOptions & { asOf?: string; every?: string; json?: boolean; method?: string },
): Promise<number> {
  const lang = languageOf(options.lang)
  const every = Number(options.every ?? 7)
  if (!Number.isInteger(every) || every < 1 || every > 365)
    throw new Stop(`--every ${options.every}: 1 … 365`, EXIT.badInput)
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  const deal = await dealOf(file, methodology, lang)
  const days = replay(deal, methodology, asOf, every)
  if (options.json) await print(JSON.stringify(days, null, 2))
  else await print(replayLines(days, deal, methodology, lang, columnsOf(options.width)).join('\n'))
  return EXIT.fine
}

function replayLines(
  days: readonly ReplayDay[],
  deal: Deal,
  methodology: Methodology,
  lang: Lang,
  columns: number,
): string[] {
  const words = WORDS[lang]
  const paint = paintOf()
  const model = modelOf(methodology)
  const phaseName = (id: string): string => methodology.phases.phases.find((phase) => phase.id === id)!.short[lang]
  const phaseColumns = Math.max(...methodology.phases.phases.map((phase) => width(phase.short[lang]))) + 1
  const lines = [paint('bold', deal.name), '']
  for (const day of days) {
    const quiet = day.fired.length === 0 && day.cleared.length === 0 && day !== days[0] && day !== days.at(-1)
    const lead = leadWords({ ...day.lead } as Brief['lead'], lang)
    const concern = day.lead.concern ? ` (${nameOf(methodology, day.lead.concern, lang)})` : ''
    const head = `${pad(date(day.on, lang), 15)}${pad(phaseName(day.phase), phaseColumns)}${pad(`${Math.round(day.probability * 100)}%`, 6, 'right')}  ${lead}${concern}`
    lines.push(quiet ? paint('dim', head) : day.lead.state === 'behind' ? paint('red', head) : head)
    const name = (rule: string): string => `${model.rules.get(rule)?.name[lang] ?? rule}`
    for (const rule of day.fired) {
      const severity = model.rules.get(rule)?.severity ?? 'info'
      const mark =
        severity === 'danger' || severity === 'block'
          ? paint('red', `▲ ${words.fired}`)
          : `${severity === 'warn' ? '●' : '○'} ${words.fired}`
      lines.push(...hang(`    ${mark}  `, `${name(rule)} (${rule})`, columns))
    }
    for (const rule of day.cleared)
      lines.push(...hang(`    ✓ ${words.cleared}  `, name(rule), columns).map((line) => paint('dim', line)))
  }
  if (deal.status !== 'open' && deal.closedOn) {
    lines.push(
      '',
      paint('bold', `${date(deal.closedOn, lang)}  ${words.statuses[deal.status]}`),
      ...(deal.reason ? hang('  ', deal.reason, columns) : []),
    )
  }
  return lines
}
