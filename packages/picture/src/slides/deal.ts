import { CONCERNS, OPEN_PHASES, PHASES } from '@sente/engine'
import type { Brief } from '@sente/engine'
import { days, money, percent } from '../format.ts'
import { positionWords } from '../layout/headline.ts'
import { bandWords, headlineWords, leadWords, roomsWords, toneOf } from '../lead-words.ts'
import { contextOf } from '../page/context.ts'
import type { Context } from '../page/context.ts'
import type { PageOptions } from '../page/options.ts'
import { LIGHT } from '../style.ts'
import { cards, chain, timeline } from './draw.ts'
import type { Card } from './draw.ts'
import { COLORS, deckOf } from './flow.ts'
import type { Block, Chapter } from './flow.ts'
import type { Deck, SlideCell, SlideLine, SlideTone } from './types.ts'
import { SLIDE_WORDS } from './words.ts'

/** More reasons than this are no reasons but a log. */
const MOST_REASONS = 8
const TONES = { good: 'good', danger: 'red', plain: 'ink' } as const

/** The brief of a deal as slides for our own review: it has trust, stances, rivals and the outlook. What a customer may see is `jointSlides`. */
export function dealSlides(brief: Brief, options: PageOptions): Deck {
  const c = contextOf(brief, options)
  const { lang, w, words } = c
  const { deal, lead } = brief
  const rooms = roomsWords(lead, words)
  const meta = [deal.account, deal.amount && money(deal.amount, lang), w.asOf(c.fullDate(brief.asOf))]
  const under: SlideLine[] = [
    { text: meta.filter((part) => part).join(' · '), tone: 'faint' },
    {
      text: [headlineWords(brief, words), bandWords(lead, words)].filter((part) => part).join(' '),
      bold: true,
      tone: TONES[toneOf(lead)],
    },
    ...(rooms ? [{ text: rooms.join(' · ') }] : []),
    ...(lead.act ? [{ text: `→ ${lead.act.words[lang]}`, bold: true }] : []),
    { text: positionWords(c) },
  ]
  const chapters = [position(c), concerns(c), findings(c), people(c), plan(c), proofs(c), outlook(c), questions(c)]
  return deckOf(lang, SLIDE_WORDS[lang].ourOwn, { title: deal.name, under, blocks: [cards(numbers(c))] }, chapters)
}

const tableOf = (columns: [head: string, share: number][], rows: SlideCell[][], empty: string): Block => ({
  kind: 'table',
  columns: columns.map(([head, share]) => ({ head, share })),
  rows,
  empty,
})
const cell = (text: string | null | undefined, rest: Omit<SlideCell, 'text'> = {}): SlideCell => ({
  text: text || '–',
  ...rest,
})

function numbers({ brief, w, words, date }: Context): Card[] {
  const { whether, when } = brief.outlook
  const { numberOne, executives } = brief.people.cover
  return [
    { name: w.lead, value: headlineWords(brief, words), tone: TONES[toneOf(brief.lead)] },
    whether
      ? {
          name: `${w.outlook} · ${w.model}`,
          value: percent(whether.value),
          under: w.interval(percent(whether.low), percent(whether.high)),
        }
      : { name: `${w.outlook} · ${w.model}`, value: w.none, under: w.notGiven },
    { name: w.when, value: when ? (when.p50 ? date(when.p50) : w.later) : w.none },
    {
      name: `${w.cover} · ${w.numberOne}`,
      value: numberOne ? percent(numberOne.value) : w.none,
      under: numberOne ? w.of(numberOne.n) : w.unknown,
    },
    {
      name: `${w.cover} · ${w.executives}`,
      value: executives ? percent(executives.value) : w.none,
      under: executives ? w.of(executives.n) : w.unknown,
    },
  ]
}

function position({ brief, w, phase, signal, person, date, lang }: Context): Chapter {
  const now = brief.position
  const shown = PHASES.slice(0, now.state === 'won' ? PHASES.length : OPEN_PHASES)
  const steps = shown.map((id, i) => ({
    name: phase(id),
    value: percent(now.phases[id]),
    fill: id === now.leading ? COLORS.tint : LIGHT.phases[Math.min(1, i)]!.slice(1).toUpperCase(),
  }))
  const rows = now.reasons.slice(0, MOST_REASONS).map((reason) => [
    cell(date(reason.on)),
    cell(reason.kind === 'pin' ? w.pinned(phase(reason.what as (typeof PHASES)[number])) : signal(reason.what), {
      bold: true,
      ...(reason.quote !== null && { sub: reason.quote }),
    }),
    cell(reason.from && person(reason.from)),
    cell(reason.effect < 0 ? w.effect.against : w.effect.for, { tone: reason.effect < 0 ? 'red' : 'good' }),
  ])
  return {
    title: w.position,
    blocks: [
      chain(steps),
      {
        kind: 'lines',
        lines: [
          {
            text: `${w.progress(percent(Math.min(1, now.progress)))}${now.stalled >= 0.01 ? ` ${w.stalled(percent(now.stalled))}` : ''}`,
          },
          { text: w.reasons, bold: true, tone: 'good' },
        ],
      },
      tableOf(
        [
          [SLIDE_WORDS[lang].on, 0.8],
          [w.reasons, 3],
          [w.person, 1],
          [w.basis, 1],
        ],
        rows,
        w.noReasons,
      ),
    ],
  }
}

function concerns({ brief, w, words, concern, date }: Context): Chapter {
  const rows = CONCERNS.map((id) => {
    const lead = brief.lead.concerns?.[id] ?? null
    const ready = lead?.state === 'unknown' ? null : brief.readiness.now[id]
    return { id, demand: brief.demand.now[id], lead, ready }
  })
  // A bar of something that is not known would say that it is nothing.
  const known = rows.filter((row): row is typeof row & { ready: number } => row.ready !== null).reverse()
  const drawn: Block[] =
    known.length === 0
      ? []
      : [
          {
            kind: 'chart',
            height: 190,
            says: w.concerns,
            categories: known.map(({ id }) => concern(id)),
            series: [
              { name: w.readiness, values: known.map(({ ready }) => ready), color: COLORS.good },
              { name: w.demandNow, values: known.map(({ demand }) => demand.value), color: COLORS.faint },
            ],
            format: 'percent',
            stacked: false,
          },
        ]
  return {
    title: w.concerns,
    blocks: [
      ...drawn,
      tableOf(
        [
          [w.concern, 1],
          [w.demandNow, 1.2],
          [w.readiness, 0.8],
          [w.lead, 1.4],
          [w.crossing, 0.8],
        ],
        rows.map(({ id, demand, lead, ready }) => [
          cell(concern(id), { bold: true }),
          cell(`${percent(demand.value)} (${percent(demand.low)}–${percent(demand.high)})`),
          cell(ready === null ? null : percent(ready)),
          cell(lead ? [leadWords(lead, words), bandWords(lead, words)].filter((part) => part).join(' ') : null, {
            tone: lead ? TONES[toneOf(lead)] : 'faint',
          }),
          cell(lead?.crossing ? date(lead.crossing) : null),
        ]),
        w.none,
      ),
    ],
  }
}

const GRAVE: Readonly<Record<Brief['findings'][number]['severity'], SlideTone>> = {
  block: 'red',
  danger: 'red',
  warn: 'ink',
  info: 'faint',
}

function findings({ brief, w, say, person, date, lang }: Context): Chapter {
  const s = SLIDE_WORDS[lang]
  return {
    title: w.findings,
    blocks: [
      tableOf(
        [
          [s.what, 2.4],
          [s.todo, 2],
          [s.due, 0.8],
        ],
        brief.findings.map(({ severity, name, message, todo, with: who, by, within }) => [
          cell(`${w.severity[severity]} · ${say(name)}`, { bold: true, tone: GRAVE[severity], sub: say(message) }),
          cell(say(todo), who.length > 0 ? { sub: who.map(person).join(w.comma) } : {}),
          cell(by ? date(by) : within > 0 ? w.within(within) : null),
        ]),
        w.noFindings,
      ),
    ],
  }
}

function people(c: Context): Chapter {
  const { brief, w, rung, role, stance, hold, concern, date } = c
  const { people: all, rivals, vacuum } = brief.people
  const rivalLines = rivals.map(({ name, incumbent, contacts }): SlideLine => {
    const last = contacts
      .map(({ on }) => on)
      .sort()
      .at(-1)
    const visits = last ? w.visits(contacts.length, date(last)) : w.noVisits
    const who = [...new Set(contacts.map(({ person }) => c.person(person)))]
    return {
      bullet: true,
      text: [name, incumbent === true && w.incumbent, visits, who.join(w.comma)].filter((part) => part).join(' · '),
    }
  })
  return {
    title: w.people,
    blocks: [
      ...(vacuum === true ? [{ kind: 'lines', lines: [{ text: w.vacuum, tone: 'red' }] } satisfies Block] : []),
      tableOf(
        [
          [w.person, 2],
          [w.rung, 1],
          [w.trust, 0.7],
          [w.stance, 1],
          [w.hold, 1],
          [w.caresAbout, 1],
          [w.lastTouch, 0.9],
        ],
        all.map((one) => [
          cell(`${one.name}${one.numberOne ? ` · ${w.numberOne}` : ''}`, {
            bold: true,
            sub: [one.title, one.roles.map(role).join(w.comma)].filter((part) => part).join(' · '),
          }),
          cell(rung(one.rung)),
          cell(percent(one.trust)),
          cell(one.stance === null ? w.unknown : stance(one.stance)),
          cell(one.hold ? `${hold(one.hold.state)}${one.hold.fragile ? w.paren(w.fragile) : ''}` : null),
          cell(concern(one.topConcern)),
          cell(one.lastTouch && date(one.lastTouch)),
        ]),
        w.noPeople,
      ),
      ...(rivalLines.length > 0 ? [{ kind: 'lines', head: w.rivals, lines: rivalLines } satisfies Block] : []),
    ],
  }
}

function plan({ brief, w, say, date, person, lang }: Context): Chapter {
  const s = SLIDE_WORDS[lang]
  const line = timeline(
    brief.plan.map(({ on, name, late }) => ({ on, text: `${date(on)} ${say(name)}`, tone: late ? 'red' : 'good' })),
    { on: brief.asOf, text: s.today },
  )
  return {
    title: w.plan,
    blocks: [
      ...(line ? [line] : []),
      tableOf(
        [
          [s.on, 0.7],
          [w.play, 2.6],
          [w.with, 1.2],
          [s.owner, 0.9],
          [w.startBy, 0.9],
        ],
        brief.plan.map(({ on, name, objective, with: who, ours, startBy, late }) => [
          cell(date(on)),
          cell(say(name), { bold: true, sub: say(objective) }),
          cell(who.map(person).join(w.comma)),
          cell(ours),
          cell(startBy ? `${date(startBy)}${late ? w.paren(w.late) : ''}` : w.none, late ? { tone: 'red' } : {}),
        ]),
        w.noPlan,
      ),
    ],
  }
}

function proofs({ brief, w, say, date, concern, owner, lang }: Context): Chapter {
  return {
    title: w.proofs,
    blocks: [
      tableOf(
        [
          [w.proof, 1.8],
          [w.answers, 1.8],
          [w.owner, 1],
          [w.startBy, 0.8],
          [w.inTime, 1.2],
        ],
        brief.lead.startBy.map((item) => [
          cell(say(item.proofName), { bold: true, ...(!item.chosen && { sub: w.suggested }) }),
          cell(`${say(item.name)} · ${concern(item.concern)}`),
          cell(owner(item.owner)),
          cell(date(item.startBy)),
          cell(w.verdict[item.verdict], {
            tone: item.verdict === 'normal' ? 'ink' : 'red',
            sub: w.takes(days(item.leadDays, lang)),
          }),
        ]),
        w.noProofs,
      ),
    ],
  }
}

/** Three numbers side by side, none written over another. */
function outlook({ brief, w, date }: Context): Chapter {
  const { whether, seller, manager, when, horizon } = brief.outlook
  const given = (name: string, view: typeof seller): Card =>
    view
      ? { name, value: percent(view.value), under: w.given(view.by, view.on && date(view.on)) }
      : { name, value: w.none, under: w.notGiven }
  const model: Card = whether
    ? { name: w.model, value: percent(whether.value), under: w.interval(percent(whether.low), percent(whether.high)) }
    : { name: w.model, value: w.none, under: w.notGiven }
  const lines: SlideLine[] = [
    ...(when
      ? [
          {
            text: `${w.when}${w.colon}${when.p50 ? date(when.p50) : w.later} ${w.whenRange(when.p10 ? date(when.p10) : w.later, when.p90 ? date(when.p90) : w.later)}`,
          },
        ]
      : []),
    ...(horizon
      ? [
          {
            text: `${w.horizon(date(horizon.on))}${w.colon}${w.wonLost(percent(horizon.won), percent(horizon.lost), percent(horizon.noDecision))}`,
          },
        ]
      : []),
    ...(whether
      ? [{ text: whether.source === 'prior' ? w.prior(whether.base.deals) : w.fitted, tone: 'faint' as const }]
      : []),
  ]
  return {
    title: w.outlook,
    blocks: [
      cards([model, given(w.seller, seller), given(w.manager, manager)]),
      ...(lines.length > 0 ? [{ kind: 'lines', lines } satisfies Block] : []),
    ],
  }
}

function questions({ brief, w, say }: Context): Chapter {
  const list = (head: string, texts: string[], empty: string | null): Block[] =>
    texts.length > 0
      ? [{ kind: 'lines', head, lines: texts.map((text) => ({ text, bullet: true })) }]
      : empty === null
        ? []
        : [{ kind: 'lines', head, lines: [{ text: empty, tone: 'faint' }] }]
  return {
    title: w.homework,
    blocks: [
      ...list(
        w.homework,
        brief.homework.map(({ question }) => say(question)),
        w.noHomework,
      ),
      ...list(
        w.missing,
        brief.missing.map(({ what }) => say(what)),
        null,
      ),
    ],
  }
}
