import type { Brief, ConcernId, Lang, Methodology } from '@sente/engine'
import { actWords, CONCERNS, modelOf, PHASES } from '@sente/engine'
import { roomsWords, WORDS as PICTURE_WORDS } from '@sente/picture'
import { WORDS } from '../words.ts'
import { afterLines } from './after.ts'
import { date, money, percent, shortDate, signedDays } from './format.ts'
import { findingLines } from './findings.ts'
import { peopleLines } from './people.ts'
import { heading, nameOf, personName } from './view.ts'
import type { View } from './view.ts'
import { bar, cut, hang, level, pad, width, wrap } from './text.ts'
import type { Paint, Style } from './text.ts'

/** The brief as a seller reads it on a terminal, in lines of at most `columns`. */
export function briefLines(brief: Brief, view: View): string[] {
  return [
    ...titleLines(brief, view),
    ...leadLines(brief, view),
    ...positionLines(brief, view),
    ...concernLines(brief, view),
    ...findingLines(brief, view),
    ...afterLines(brief, view),
    ...startByLines(brief, view),
    ...peopleLines(brief, view),
    ...homeworkLines(brief, view),
    ...playLines(brief, view),
    ...outlookLines(brief, view),
    ...footLines(brief, view),
  ]
}

function titleLines(brief: Brief, { lang, columns, paint }: View): string[] {
  const words = WORDS[lang]
  const { deal } = brief
  const closed = deal.status === 'open' ? '' : ` · ${words.statuses[deal.status]} ${date(deal.closedOn, lang)}`
  const what = [deal.account, deal.amount && money(deal.amount, lang)].filter(Boolean).join(' · ')
  const right = `${words.asOf} ${date(brief.asOf, lang)}`
  const name = cut(deal.name, Math.max(20, columns - width(right) - 2))
  const lines = [
    paint('bold', name) + ' '.repeat(Math.max(2, columns - width(name) - width(right))) + paint('dim', right),
  ]
  if (what || closed) lines.push(paint('dim', cut(what + closed, columns)))
  if (deal.goal) lines.push(...hang('', deal.goal, columns).map((line) => paint('dim', line)))
  return lines
}

export function leadWords(lead: Brief['lead'], lang: Lang): string {
  const words = WORDS[lang]
  if (lead.state === 'closed') return words.closedLead
  if (lead.state === 'unknown') return words.leadUnknown
  if (lead.state === 'covered' || lead.days === null) return words.covered
  return lead.state === 'behind' ? words.behind(-lead.days) : words.ahead(lead.days)
}

const leadStyle = (state: Brief['lead']['state']): Style =>
  state === 'behind' ? ['bold', 'red'] : state === 'closed' || state === 'unknown' ? 'bold' : ['bold', 'green']

function leadLines(brief: Brief, { lang, columns, paint, methodology }: View): string[] {
  const words = WORDS[lang]
  const { lead } = brief
  const headline = leadWords(lead, lang)
  const label = `${words.lead}  `
  const spread =
    lead.low === null || lead.high === null || lead.low === lead.high
      ? ''
      : `   ${words.band(signedDays(lead.low, lang), signedDays(lead.high, lang))}`
  const first = paint('bold', label) + paint(leadStyle(lead.state), headline)
  const beside = width(label) + width(headline) + width(spread) <= columns
  const lines = ['', beside ? first + paint('dim', spread) : first]
  const rooms = roomsWords(lead, PICTURE_WORDS[lang])
  if (rooms) lines.push(...hang('', rooms.join(' · '), columns))
  const act = actWords(brief)
  if (act) lines.push(...hang('→ ', act[lang], columns).map((line) => paint('bold', line)))
  return [...lines, ...stepLines(brief, lang, methodology, columns, paint)]
}

function stepLines(
  { lead, position }: Brief,
  lang: Lang,
  methodology: Methodology,
  columns: number,
  paint: Paint,
): string[] {
  const words = WORDS[lang]
  const { phases } = methodology.phases
  const { ours, theirs, lead: difference } = lead.step
  const oursText = ours === null ? words.stepUnknown : ours < 0 ? words.noStep : phases[ours]!.ourStep.name[lang]
  const gap = difference === null ? '' : ` (${words.stepLead(difference)})`
  const phase = position.known ? phases[theirs]!.name[lang] : words.notKnown
  const text = `${words.theirPhase}: ${phase} · ${words.ourStep}: ${oursText}${gap}`
  return hang('', text, columns).map((line) => paint('dim', line))
}

function positionLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint, methodology } = view
  const words = WORDS[lang]
  const { position } = brief
  const labels = methodology.phases.phases.map((phase) => phase.name[lang])
  const labelColumns = Math.max(...labels.map(width)) + 2
  const barColumns = Math.min(40, columns - labelColumns - 10)
  const lines = heading(words.whereCustomer, view)
  if (!position.known) lines.push(...hang('', words.notPlaced, columns).map((line) => paint('yellow', line)))
  if (position.claim) {
    const { label, phase, on } = position.claim
    const stage = label ?? methodology.phases.phases.find(({ id }) => id === phase)!.name[lang]
    lines.push(...hang('', words.crmSays(stage, shortDate(on, brief.asOf, lang)), columns))
  }
  PHASES.forEach((phase, i) => {
    const share = position.phases[phase] ?? 0
    const closed = i >= 6
    if (closed ? position.state !== 'won' : position.state === 'won') return
    const leading = phase === position.leading && position.known
    const text =
      pad(labels[i]!, labelColumns) + pad(bar(share, barColumns), barColumns + 1) + pad(percent(share), 6, 'right')
    lines.push(leading ? paint('bold', text) : paint('dim', text))
  })
  const { when } = brief.outlook
  const short = (on: string | null): string => shortDate(on, brief.asOf, lang)
  if (position.known) {
    const parts = [words.progress(percent(Math.min(1, position.progress)))]
    if (position.stalled >= 0.01 && brief.deal.status === 'open') parts.push(words.stalled(percent(position.stalled)))
    if (when) {
      // A range whose ends lie in different years names the year of each.
      const years = new Set([brief.asOf, when.p10, when.p50, when.p90].flatMap((on) => on?.slice(0, 4) ?? []))
      const say = years.size > 1 ? (on: string | null) => (on ? date(on, lang) : short(on)) : short
      parts.push(`${words.decisionExpected} ${say(when.p50)} (${say(when.p10)} – ${say(when.p90)})`)
    }
    lines.push(...hang('', parts.join(' · '), columns))
    lines.push(...hang('', capital(position.pace.words[lang]), columns))
  }
  lines.push(...toldLines(brief, view))
  const model = modelOf(methodology)
  // The strongest for the leading phase, then the strongest against it.
  const most = view.all ? 50 : 3
  const reasons = [
    ...position.reasons.filter(({ effect }) => effect > 0.05).slice(0, most),
    ...position.reasons.filter(({ effect }) => effect < -0.05).slice(0, most),
  ]
  if (reasons.length > 0)
    lines.push(
      ...hang(
        '',
        words.why(methodology.phases.phases.find(({ id }) => id === position.leading)!.short[lang]),
        columns,
      ).map((line) => paint('dim', line)),
    )
  for (const { kind, what, on, from, effect } of reasons) {
    const name =
      kind === 'evidence'
        ? (model.signals.get(what)?.name[lang] ?? what)
        : `${words.reasonKinds[kind]}${
            kind === 'milestone'
              ? (model.milestones.get(what)?.name[lang] ?? what)
              : methodology.phases.phases.find(({ id }) => id === what)!.name[lang]
          }`
    const who = from ? ` · ${personName(brief, from)}` : ''
    lines.push(
      ...hang(
        `  ${effect > 0 ? '+' : '−'}${Math.abs(effect).toFixed(1)}  `,
        `${name} (${shortDate(on, brief.asOf, lang)}${who})`,
        columns,
      ),
    )
  }
  return lines
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** The dates that the customer told, who said each and how far it is taken. */
function toldLines({ position, asOf, deal }: Brief, { lang, columns, paint }: View): string[] {
  const words = WORDS[lang]
  return position.told.flatMap(({ name, on, source, reliability, slips, passed: past }) => {
    const passed = past && deal.status === 'open'
    const said = [
      source ? words.toldBy(source.name[lang]) : words.toldByNobody,
      ...(slips > 0 ? [words.slipped(slips)] : []),
      ...(passed ? [words.didItHappen] : past ? [] : [words.taken(percent(reliability))]),
    ]
    const text = `${name[lang]} ${shortDate(on, asOf, lang)} (${said.join(lang === 'zh' ? '，' : ', ')})`
    return hang(`${words.told}  `, text, columns).map((line) => (passed ? paint('yellow', line) : line))
  })
}

function concernLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint, methodology } = view
  const words = WORDS[lang]
  const names = CONCERNS.map((concern) => nameOf(methodology, concern, lang))
  const first = Math.max(width(words.concern), ...names.map(width)) + 2
  const [a, b, c] = [width(words.demand) + 2, width(words.readiness) + 2, Math.max(9, width(words.leadColumn) + 2)]
  const chart = Math.max(16, Math.min(48, columns - first - a - b - c - 2))
  const lines = heading(words.concerns, view)
  const header =
    pad(words.concern, first) +
    pad(words.demand, a, 'right') +
    pad(words.readiness, b, 'right') +
    pad(words.leadColumn, c, 'right')
  lines.push(paint('dim', `${header}  ${cut(words.course, Math.max(0, columns - width(header) - 2))}`))
  CONCERNS.forEach((concern, i) => {
    const demand = brief.demand.now[concern]!
    const lead = brief.lead.concerns?.[concern]
    // Where nobody wrote what is ready, nothing is known of it, and none is not what it is.
    const readiness = lead?.state === 'unknown' ? '?' : percent(brief.readiness.now[concern] ?? 0)
    const days = !lead
      ? words.none
      : lead.state === 'unknown'
        ? '?'
        : lead.state === 'quiet'
          ? '–'
          : lead.days === null
            ? '✓'
            : signedDays(lead.days, lang)
    const style: Style =
      lead?.state === 'behind' || lead?.red
        ? 'red'
        : lead?.state === 'unknown' || lead?.state === 'quiet'
          ? 'dim'
          : 'green'
    const row = pad(names[i]!, first) + pad(percent(demand.value), a, 'right') + pad(readiness, b, 'right')
    const { curve, marks } = chartOf(brief, concern, chart, paint)
    lines.push(`${row}${paint(style, pad(days, c, 'right'))}  ${curve}`)
    if (marks.trim()) lines.push(paint('red', `${' '.repeat(first + a + b + c + 2)}${marks}`))
  })
  return lines
}

/** The share of a concern's questions that will have been asked by a day, and under it a mark where some are due and not ready. */
function chartOf(brief: Brief, concern: ConcernId, columns: number, paint: Paint): { curve: string; marks: string } {
  const { days, concerns } = brief.demand.curve
  const { value } = concerns[concern]
  const lines = brief.lead.concerns?.[concern].lines
  const shareOn = (steps: readonly { on: string; share: number }[], day: string): number =>
    steps.findLast((step) => step.on <= day)?.share ?? 0
  const today = days.findLastIndex((day) => day <= brief.asOf)
  const place = Math.round((today / Math.max(1, days.length - 1)) * (columns - 1))
  let curve = ''
  let marks = ''
  for (let i = 0; i < columns; i++) {
    const at = Math.round((i / Math.max(1, columns - 1)) * (days.length - 1))
    const day = days[at]!
    const share = lines ? shareOn(lines.due, day) : (value[at] ?? 0)
    const over = lines !== undefined && shareOn(lines.open, i === place ? brief.asOf : day) > 1e-9
    curve += i === place ? paint('bold', '│') : over ? paint('red', level(share)) : paint('dim', level(share))
    marks += over ? '▲' : ' '
  }
  return { curve, marks }
}

function startByLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint, methodology } = view
  const words = WORDS[lang]
  const { startBy } = brief.lead
  if (startBy.length === 0) return []
  const lines = heading(words.startBy, view)
  const owners = new Map(methodology.topics.owners.map((owner) => [owner.id, owner.name[lang]]))
  const shown = view.all ? startBy : startBy.slice(0, 8)
  for (const item of shown) {
    const lead = pad(item.startBy <= brief.asOf ? words.now : shortDate(item.startBy, brief.asOf, lang), 14)
    const style: Style = item.verdict === 'too-late' ? 'red' : item.verdict === 'fast' ? 'yellow' : 'green'
    const text = `${item.name[lang]}: ${item.proofName[lang]} (${owners.get(item.owner) ?? item.owner}) · ${words.verdict[item.verdict]}`
    lines.push(...hang(`  ${lead}`, text, columns).map((line, i) => (i === 0 ? paint(style, line) : line)))
  }
  if (shown.length < startBy.length) lines.push(paint('dim', words.more(startBy.length - shown.length)))
  return lines
}

function homeworkLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint } = view
  const words = WORDS[lang]
  if (brief.homework.length === 0) return []
  const lines = heading(words.homework, view)
  const shown = view.all ? brief.homework : brief.homework.slice(0, 6)
  shown.forEach((item, i) => {
    lines.push(...hang(`  ${pad(`${i + 1}.`, 4)}`, item.question[lang], columns))
    // Only who writes the file by hand needs the name of its field.
    if (view.all) lines.push(paint('dim', `      ${words.homeworkField} ${item.field}`))
  })
  if (shown.length < brief.homework.length) lines.push(paint('dim', words.more(brief.homework.length - shown.length)))
  return lines
}

function playLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint } = view
  const words = WORDS[lang]
  const lines = heading(words.next, view)
  const { silence, overruled, says } = brief.tender
  if (silence) {
    const until = silence.to && shortDate(silence.to, brief.asOf, lang)
    const told = words.silence(shortDate(silence.from, brief.asOf, lang), until, silence.sign[lang])
    lines.push(...wrap(`${told} ${says[lang]}`, columns).map((line) => paint('red', line)))
  } else if (overruled) lines.push(...wrap(words.overruled(overruled.by ?? '', overruled.reason), columns))
  if (brief.plan.length === 0) return [...lines, words.noPlays]
  const shown = view.all ? brief.plan : brief.plan.slice(0, 6)
  for (const play of shown) {
    const when = pad(
      play.startBy === null
        ? words.none
        : play.startBy <= brief.asOf
          ? words.now
          : shortDate(play.startBy, brief.asOf, lang),
      14,
    )
    const who =
      play.with.length > 0
        ? ` · ${play.with
            .slice(0, 3)
            .map((id) => personName(brief, id))
            .join(lang === 'zh' ? '、' : ', ')}`
        : ''
    const late = play.late ? ` · ${words.late}` : ''
    lines.push(
      ...hang(`  ${when}`, `${play.name[lang]}${who}${late}`, columns).map((line, i) =>
        i === 0 && play.late ? paint('yellow', line) : line,
      ),
    )
    const needs = play.first.map((need) =>
      need.holds === null ? `${need.name[lang]} (${words.notKnown})` : need.name[lang],
    )
    if (needs.length > 0)
      lines.push(
        ...hang(`  ${' '.repeat(14)}${words.firstNeeds}: `, needs.join(lang === 'zh' ? ';' : '; '), columns).map(
          (line) => paint('dim', line),
        ),
      )
  }
  if (shown.length < brief.plan.length) lines.push(paint('dim', words.more(brief.plan.length - shown.length)))
  return lines
}

function outlookLines(brief: Brief, view: View): string[] {
  const { lang, paint, columns } = view
  const words = WORDS[lang]
  const { outlook } = brief
  const parts: string[] = []
  if (outlook.whether)
    parts.push(
      `${words.model} ${percent(outlook.whether.value)} (${percent(outlook.whether.low)} – ${percent(outlook.whether.high)})`,
    )
  if (outlook.seller) parts.push(`${words.seller} ${percent(outlook.seller.value)}`)
  if (outlook.manager) parts.push(`${words.manager} ${percent(outlook.manager.value)}`)
  if (parts.length === 0) return []
  const lines = [...heading(words.outlook, view), ...hang('', parts.join(' · '), columns)]
  if (outlook.horizon) {
    const { won, lost, noDecision, on } = outlook.horizon
    lines.push(
      ...hang(
        '',
        `${words.by} ${date(on, lang)}: ${words.won} ${percent(won)} · ${words.lost} ${percent(lost)} · ${words.noDecision} ${percent(noDecision)}`,
        columns,
      ),
    )
  }
  if (outlook.whether)
    lines.push(
      ...hang(
        '',
        outlook.whether.source === 'prior' ? words.prior(outlook.whether.base.deals) : words.fitted,
        columns,
      ).map((line) => paint('dim', line)),
    )
  return lines
}

function footLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint } = view
  const words = WORDS[lang]
  const lines: string[] = []
  if (brief.missing.length > 0) {
    lines.push(...heading(words.missing, view))
    const shown = view.all ? brief.missing : brief.missing.slice(0, 5)
    for (const item of shown)
      lines.push(...hang('  · ', `${item.what[lang]} → ${item.field}`, columns).map((line) => paint('dim', line)))
    if (shown.length < brief.missing.length) lines.push(paint('dim', words.more(brief.missing.length - shown.length)))
  }
  lines.push(
    '',
    paint(
      'dim',
      `${words.method}: ${brief.methodology.name[lang]} (${brief.methodology.id} ${brief.methodology.version})`,
    ),
  )
  return lines
}
