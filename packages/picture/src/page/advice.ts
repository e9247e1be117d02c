import type { Finding, PlannedPlay } from '@sente/engine'
import { days } from '../format.ts'
import type { Context } from './context.ts'
import { html, section, table } from './html.ts'
import type { Html } from './html.ts'

const LOOK = { block: 'bad', danger: 'bad', warn: 'warn', info: '' } as const

export function findings(c: Context): Html {
  const { brief, w, say } = c
  const rested =
    brief.rested.length > 0 &&
    html`<p class="mute small">${w.rested}${w.colon}${brief.rested.map(({ name }) => say(name)).join(w.semicolon)}</p>`
  if (brief.findings.length === 0)
    return section('findings', w.findings, rested || html`<p class="mute">${w.noFindings}</p>`)
  return section(
    'findings',
    w.findings,
    html`<ul>
        ${brief.findings.map((finding) => findingItem(c, finding))}
      </ul>
      ${rested}`,
  )
}

function findingItem({ w, say, play, person, date }: Context, finding: Finding): Html {
  const who = finding.with.map(person).join(w.comma)
  const until = finding.by ? w.until(date(finding.by)) : finding.within > 0 ? w.within(finding.within) : ''
  const others = finding.reasons.slice(1).map(({ name }) => say(name))
  const plays =
    finding.plays.length > 0 &&
    html`<p class="chips">
      <span class="mute">${w.recommended}${w.colon}</span>${finding.plays.map((id) => html`<b>${play(id)}</b>`)}
    </p>`
  return html`<li class="item ${LOOK[finding.severity]}">
    <h3><span class="tag">${w.severity[finding.severity]}</span>${say(finding.name)}</h3>
    <p>${say(finding.message)}</p>
    <p><b>${say(finding.todo)}${who && w.paren(who)}</b>${until && html` · ${until}`}</p>
    ${others.length > 0 && html`<p class="mute small">${w.also}${w.colon}${others.join(w.semicolon)}</p>`}
    <p class="thought">${w.thought}${w.colon}${say(finding.claim)}${w.paren(say(finding.speaker))}</p>
    ${plays}
  </li>`
}

export function plan(c: Context): Html {
  const { brief, w, say, date } = c
  const { silence, says } = brief.tender
  const quiet =
    silence &&
    html`<p class="thought danger">${w.silence(date(silence.from), silence.to && date(silence.to))} ${say(says)}</p>`
  if (brief.plan.length === 0)
    return section(
      'plan',
      w.plan,
      html`${quiet}
        <p class="mute">${w.noPlan}</p>`,
    )
  return section(
    'plan',
    w.plan,
    html`${quiet}
      <ol>
        ${brief.plan.map((play) => playItem(c, play))}
      </ol>`,
  )
}

function playItem(c: Context, play: PlannedPlay): Html {
  const { w, say, date, person, lang } = c
  const when = play.startBy
    ? html`${w.startBy} <b>${date(play.startBy)}</b>${play.late && html` <span class="tag danger">${w.late}</span>`}`
    : html`${w.noDate}`
  const detail = [
    play.with.map(person).join(w.comma),
    play.leadDays > 0 && w.takes(days(play.leadDays, lang)),
    play.before && w.before[play.before.what],
  ].filter((part) => part)
  const first = play.first.map(
    ({ name, holds }) => `${say(name)}${w.paren(holds === null ? w.known.unknown : w.known.no)}`,
  )
  return html`<li class="item ${play.late ? 'bad' : ''}">
    <h3>${say(play.name)}</h3>
    <p class="small">${when}${detail.map((part) => html` · ${part}`)}</p>
    <p>${say(play.objective)}</p>
    ${first.length > 0 && html`<p class="thought">${w.firstMeet}${w.colon}${first.join(w.comma)}</p>`}
  </li>`
}

export function proofs(c: Context): Html {
  const { brief, w, say, date, concern, owner, lang } = c
  const { startBy } = brief.lead
  if (startBy.length === 0) return section('proofs', w.proofs, html`<p class="mute">${w.noProofs}</p>`)
  const rows = startBy.map((item) => [
    html`${say(item.proofName)}${!item.chosen && html` <span class="mute small">${w.suggested}</span>`}`,
    html`${say(item.name)} <span class="mute">· ${concern(item.concern)}</span>`,
    owner(item.owner),
    item.verdict === 'too-late'
      ? html`<span class="mute">${date(item.startBy)}</span>`
      : html`<b>${date(item.startBy)}</b>`,
    html`<span class="${item.verdict === 'normal' ? '' : 'danger'}">${w.verdict[item.verdict]}</span>
      <span class="mute small">${w.takes(days(item.leadDays, lang))}</span>`,
  ])
  return section(
    'proofs',
    w.proofs,
    table(
      w.proofs,
      [{ head: w.proof }, { head: w.answers }, { head: w.owner }, { head: w.startBy }, { head: w.inTime }],
      rows,
    ),
  )
}

export function homework(c: Context): Html {
  const { brief, w, say } = c
  if (brief.homework.length === 0) return section('homework', w.homework, html`<p class="mute">${w.noHomework}</p>`)
  return section(
    'homework',
    w.homework,
    html`<ol>
      ${brief.homework.map((item) => html`<li class="item">${say(item.question)} <code>${item.field}</code></li>`)}
    </ol>`,
  )
}

export function missing({ brief, w, say }: Context): Html | false {
  if (brief.missing.length === 0) return false
  return section(
    'missing',
    w.missing,
    html`<ul>
      ${brief.missing.map(({ what, field }) => html`<li class="small">${say(what)} <code>${field}</code></li>`)}
    </ul>`,
  )
}
