import type { Brief } from '@sente/engine'
import { modelOf } from '@sente/engine'
import { WORDS } from '../words.ts'
import { shortDate } from './format.ts'
import { cut, hang, width } from './text.ts'
import type { Style } from './text.ts'
import { heading, personName } from './view.ts'
import type { View } from './view.ts'

const SEVERITY_STYLE: Record<Brief['findings'][number]['severity'], Style> = {
  block: ['bold', 'red'],
  danger: 'red',
  warn: 'yellow',
  info: 'cyan',
}
const SEVERITY_MARK: Record<Brief['findings'][number]['severity'], string> = {
  block: '■',
  danger: '▲',
  warn: '●',
  info: '○',
}

/** What must be done, by whom and when, with the reasons; then what was said before. */
export function findingLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint, methodology } = view
  const words = WORDS[lang]
  const lines = heading(words.findings, view)
  if (brief.findings.length === 0)
    return [...lines, ...(brief.rested.length === 0 ? [words.noFindings] : restedLines(brief, view))]
  const model = modelOf(methodology)
  const shown = view.all ? brief.findings : brief.findings.slice(0, 8)
  for (const finding of shown) {
    const style = SEVERITY_STYLE[finding.severity]
    const label = `${SEVERITY_MARK[finding.severity]} ${words.severity[finding.severity]}  `
    lines.push(paint(style, label) + paint('bold', cut(finding.name[lang], columns - width(label))))
    lines.push(...hang('  ', finding.message[lang], columns))
    const who = finding.with.map((id) => personName(brief, id)).join(lang === 'zh' ? '、' : ', ')
    const until = finding.by
      ? words.until(shortDate(finding.by, brief.asOf, lang))
      : finding.within > 0
        ? words.within(finding.within)
        : words.now
    const todo = `${finding.todo[lang]}${who ? ` (${who})` : ''} · ${until}`
    lines.push(...hang('  ', todo, columns).map((line) => paint('bold', line)))
    const others = finding.reasons.slice(1).map(({ name }) => name[lang])
    if (others.length > 0)
      lines.push(
        ...hang(`  + ${words.also}: `, others.join(lang === 'zh' ? '；' : '; '), columns).map((line) =>
          paint('dim', line),
        ),
      )
    const plays = finding.plays.map((play) => model.plays.get(play)?.name[lang] ?? play)
    if (plays.length > 0)
      lines.push(
        ...hang(`  → ${words.plays}: `, plays.join(lang === 'zh' ? '、' : ', '), columns).map((line) =>
          paint('dim', line),
        ),
      )
  }
  if (shown.length < brief.findings.length) lines.push(paint('dim', words.more(brief.findings.length - shown.length)))
  return [...lines, ...restedLines(brief, view)]
}

/** What was said long enough and is unchanged: one line. */
function restedLines(brief: Brief, { lang, columns, paint }: View): string[] {
  if (brief.rested.length === 0) return []
  const names = brief.rested.map(({ name }) => name[lang]).join(lang === 'zh' ? '；' : '; ')
  return hang('', `${WORDS[lang].rested}: ${names}`, columns).map((line) => paint('dim', line))
}
