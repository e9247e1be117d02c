import type { PersonView } from '@sente/engine'
import { percent } from '../format.ts'
import { measure, span } from './context.ts'
import type { Context } from './context.ts'
import { html, section, table } from './html.ts'
import type { Html } from './html.ts'

export function people(c: Context): Html {
  const { brief, w, date } = c
  const { people: all, cover, vacuum, rivals } = brief.people
  if (all.length === 0 && rivals.length === 0)
    return section('people', w.people, html`<p class="mute">${w.noPeople}</p>`)
  const covers = (
    [
      ['numberOne', w.numberOne],
      ['executives', w.executives],
      ['working', w.working],
    ] as const
  ).map(([key, name]) => {
    const value = cover[key]
    return html`<div class="card">
      <p class="mute small">${w.cover}${w.colon}${name}</p>
      <p class="big">${value ? percent(value.value) : w.none}</p>
      <p class="mute small">${value ? w.of(value.n) : w.unknown}</p>
    </div>`
  })
  const columns = [
    { head: w.person },
    { head: w.rung },
    { head: w.trust },
    { head: w.stance },
    { head: w.hold },
    { head: w.caresAbout },
    { head: w.lastTouch },
  ]
  const rivalItems = rivals.map((rival) => {
    const last = rival.contacts
      .map(({ on }) => on)
      .sort()
      .at(-1)
    const who = [...new Set(rival.contacts.map(({ person }) => c.person(person)))]
    const known =
      rival.contacts.length === 0
        ? []
        : [
            rival.numberOne && `${w.numberOne} ${percent(rival.numberOne.value)}`,
            rival.executives && `${w.executives} ${percent(rival.executives.value)}`,
          ].filter((part) => part)
    return html`<li class="item">
      <h3>${rival.name}${rival.incumbent === true && html` <span class="tag">${w.incumbent}</span>`}</h3>
      <p class="small">
        ${last ? w.visits(rival.contacts.length, date(last)) : w.noVisits}${who.length > 0 && html`${w.colon}${who.join(w.comma)}`}${known.length > 0 && html` · ${w.cover}${w.colon}${known.join(w.comma)}`}
      </p>
    </li>`
  })
  return section(
    'people',
    w.people,
    html`<div class="cards tight">${covers}</div>`,
    vacuum === true && html`<p class="danger">${w.vacuum}</p>`,
    all.length > 0
      ? html`<div style="margin-top:16px">
          ${table(
            w.people,
            columns,
            all.map((person) => personRow(c, person)),
          )}
        </div>`
      : html`<p class="mute">${w.noPeople}</p>`,
    rivals.length > 0 &&
      html`<h3>${w.rivals}</h3>
        <ul>
          ${rivalItems}
        </ul>`,
  )
}

function personRow(c: Context, person: PersonView): (Html | string)[] {
  const { w, rung, role, stance, hold, concern, date } = c
  const sub = [person.title, person.roles.map(role).join(w.comma)].filter((part) => part).join(' · ')
  const held = person.hold ? `${hold(person.hold.state)}${person.hold.fragile ? w.paren(w.fragile) : ''}` : w.none
  return [
    html`${person.name}${person.numberOne && html` <span class="tag">${w.numberOne}</span>`}${sub !== '' && html`<br /><span class="mute small" style="font-weight:400">${sub}</span>`}`,
    rung(person.rung),
    measure(person.trust, percent(person.trust)),
    person.stance === null ? w.unknown : stance(person.stance),
    held,
    concern(person.topConcern),
    person.lastTouch ? date(person.lastTouch) : w.none,
  ]
}

/** Three numbers side by side, none written over another. */
export function outlook(c: Context): Html {
  const { brief, w, date } = c
  const { whether, seller, manager, when, horizon } = brief.outlook
  const card = (name: string, big: string, ...small: (string | null)[]): Html =>
    html`<div class="card">
      <p class="mute small">${name}</p>
      <p class="big">${big}</p>
      ${small.filter((part) => part).map((part) => html`<p class="mute small">${part}</p>`)}
    </div>`
  const estimate = (name: string, view: typeof seller): Html =>
    view ? card(name, percent(view.value), w.given(view.by, view.on && date(view.on))) : card(name, w.none, w.notGiven)
  const model = whether
    ? card(
        w.model,
        percent(whether.value),
        w.interval(percent(whether.low), percent(whether.high)),
        w.modelMeans,
        whether.source === 'prior' ? w.prior(whether.base.deals) : w.fitted,
      )
    : card(w.model, w.none, w.notGiven)
  const known =
    whether?.contributions
      .filter((part) => part.known && Math.abs(part.contribution) >= 0.05)
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)) ?? []
  const made = known.slice(0, 6).map(
    (part) =>
      html`<li class="reason">
        <span class="effect ${part.contribution < 0 ? 'danger' : 'good'}"
          >${part.contribution < 0 ? '−' : '+'}${Math.abs(part.contribution).toFixed(1)}</span
        >
        <div>${c.say(part.name)}</div>
      </li>`,
  )
  return section(
    'outlook',
    w.outlook,
    html`<div class="cards">${model}${estimate(w.seller, seller)}${estimate(w.manager, manager)}</div>`,
    when &&
      html`<p>
        ${w.when}${w.colon}<b>${when.p50 ? span(c, { p10: null, p50: when.p50, p90: null }) : w.later}</b>
        <span class="mute"
          >${w.whenRange(when.p10 ? date(when.p10) : w.later, when.p90 ? date(when.p90) : w.later)}</span
        >
      </p>`,
    horizon &&
      html`<p>
        ${w.horizon(date(horizon.on))}${w.colon}${w.wonLost(percent(horizon.won), percent(horizon.lost), percent(horizon.noDecision))}
      </p>`,
    made.length > 0 &&
      html`<h3>${w.whyModel}</h3>
        <ul>
          ${made}
        </ul>`,
  )
}
