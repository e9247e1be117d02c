import { CONCERNS, OPEN_PHASES, PHASES } from '@sente/engine'
import type { PhaseId, Reason } from '@sente/engine'
import { percent, signed } from '../format.ts'
import { bandWords, leadWords, toneOf } from '../lead-words.ts'
import { measure, span } from './context.ts'
import type { Context } from './context.ts'
import { bar, html, section, table } from './html.ts'
import type { Html } from './html.ts'

/** More reasons than this are no reasons but a log. */
const MOST_REASONS = 8

export function position(c: Context): Html {
  const { brief, w, phase } = c
  const now = brief.position
  const shown = PHASES.slice(0, now.state === 'won' ? PHASES.length : OPEN_PHASES)
  const began = new Map(now.began.map((entry) => [entry.phase, entry.on]))
  const ends = new Map(now.forecast?.ends.map((entry) => [entry.phase, entry.on]))
  const at = (map: typeof began, id: PhaseId): string => (map.has(id) ? span(c, map.get(id)!) : w.none)
  const rows = shown.map((id) => [
    html`<span class="${id === now.leading ? 'good' : 'plain'}">${phase(id)}</span>`,
    measure(now.phases[id], percent(now.phases[id])),
    at(began, id),
    now.forecast ? at(ends, id) : w.none,
  ])
  const stalled = now.stalled >= 0.01 && html` ${w.stalled(percent(now.stalled))}`
  const reasons = now.reasons.slice(0, MOST_REASONS)
  const more = now.reasons.length - reasons.length
  return section(
    'position',
    w.position,
    html`<p>${w.progress(percent(Math.min(1, now.progress)))}${stalled}</p>`,
    table(w.position, [{ head: w.phase }, { head: w.now }, { head: w.began }, { head: w.ends }], rows),
    html`<h3>${w.reasons}</h3>`,
    reasons.length === 0
      ? html`<p class="mute">${w.noReasons}</p>`
      : html`<ul>
          ${reasons.map((reason) => reasonItem(c, reason))}
        </ul>`,
    more > 0 && html`<p class="mute small">${w.moreReasons(more)}</p>`,
  )
}

/** How much it moves the leading phase, in log-odds, then what was observed, by whom, in which words. */
function reasonItem({ w, date, phase, signal, person }: Context, reason: Reason): Html {
  const what = reason.kind === 'pin' ? w.pinned(phase(reason.what as PhaseId)) : signal(reason.what)
  const tenths = Math.round(reason.effect * 10)
  const effect = `${signed(Math.trunc(tenths / 10)).replace(/^0$/, tenths < 0 ? '−0' : tenths > 0 ? '+0' : '0')}.${Math.abs(tenths % 10)}`
  const source = [
    date(reason.on),
    reason.from && person(reason.from),
    w.counts(percent(reason.weight)),
    reason.effect < 0 ? w.effect.against : w.effect.for,
  ]
    .filter((part) => part)
    .join(' · ')
  return html`<li class="reason">
    <span class="effect ${reason.effect < 0 ? 'danger' : 'good'}">${effect}</span>
    <div>
      ${what} <span class="mute small">${source}</span>${reason.quote !== null && html`<br /><q>${reason.quote}</q>`}
    </div>
  </li>`
}

export function concerns(c: Context): Html {
  const { brief, w, words, concern, date } = c
  const rows = CONCERNS.map((id) => {
    const now = brief.demand.now[id]
    const lead = brief.lead.concerns?.[id] ?? null
    return [
      concern(id),
      html`${bar(now.value, now, 'ink')}${percent(now.value)}
        <span class="mute small">(${percent(now.low)}–${percent(now.high)})</span>`,
      lead?.state === 'unknown' ? w.none : measure(brief.readiness.now[id], percent(brief.readiness.now[id])),
      lead
        ? html`<span class="${toneOf(lead)}"><b>${leadWords(lead, words)}</b></span>
            <span class="mute small">${bandWords(lead, words)}</span>`
        : w.none,
      lead?.crossing ? date(lead.crossing) : w.none,
    ]
  })
  const traits = brief.demand.traits.map(({ name }) => c.say(name))
  return section(
    'concerns',
    w.concerns,
    table(
      w.concerns,
      [{ head: w.concern }, { head: w.demandNow }, { head: w.readiness }, { head: w.lead }, { head: w.crossing }],
      rows,
    ),
    traits.length > 0 && html`<p class="mute small">${traits.join(w.comma)}</p>`,
  )
}
