import { addDays, dateOf, PHASES } from '@sente/engine'
import type { Brief, ConcernId, Methodology, PlainDate, Reason } from '@sente/engine'
import { days as daysText, fullDate, percent, shortDate } from '../format.ts'
import type { PointItem } from '../layout/types.ts'
import type { LayoutOptions } from '../options.ts'
import type { Lang } from '@sente/engine'
import { dayOf } from '../time.ts'
import type { Target } from './target.ts'
import { EXPLAIN } from './words.ts'
import type { ExplainWords } from './words.ts'

export interface ExplainLine {
  text: string
  tone?: 'good' | 'danger' | 'mute'
}
/** A point of the picture in words: what it is, its numbers, and why they are so. */
export interface Explanation {
  title: string
  lines: ExplainLine[]
  reasons: { heading: string; items: string[] }[]
}

/** Demand may run this far over readiness; the engine's definition of "runs over". */
const MARGIN = 0.1
const MOST_REASONS = 3

interface Context {
  brief: Brief
  method: Methodology
  lang: Lang
  words: ExplainWords
  /** The day is earlier than the reader's. */
  replayed: boolean
}

export function explain(
  target: Target,
  brief: Brief,
  method: Methodology,
  lang: Lang,
  { replayed = false }: Pick<LayoutOptions, 'replayed'> = {},
): Explanation {
  const context: Context = { brief, method, lang, words: EXPLAIN[lang], replayed }
  if (target.kind === 'phases') return explainPhases(context, target.day)
  if (target.kind === 'concern') return explainConcern(context, target.concern, target.day)
  const parts = target.point.of.map((item) => explainItem(context, item))
  const [first] = parts
  if (parts.length === 1 && first) return first
  return {
    title: shortDate(target.point.on, lang, brief.asOf),
    lines: parts
      .slice(0, 6)
      .map(({ title, lines }) => ({
        text: title,
        ...(lines.some(({ tone }) => tone === 'danger') && { tone: 'danger' as const }),
      }))
      .concat(parts.length > 6 ? [{ text: `+${parts.length - 6}` }] : []),
    reasons: [],
  }
}

/** All of it as one text, for a voice. */
export const spoken = ({ title, lines, reasons }: Explanation): string =>
  [
    title,
    ...lines.map(({ text }) => text),
    ...reasons.map(({ heading, items }) => `${heading}: ${items.join('; ')}`),
  ].join('. ')

/** Place of the last of these days that is not after `on`. */
function placeOfDay(days: readonly string[], on: string): number {
  let at = 0
  for (let i = 0; i < days.length; i++) if (days[i]! <= on) at = i
  return at
}

function explainPhases({ brief, method, lang, words }: Context, day: number): Explanation {
  const on = dateOf(day)
  const { history, forecast } = brief.position
  const ahead = on > brief.asOf && forecast !== null
  const at = placeOfDay(ahead ? forecast.days : history.days, on)
  const shares =
    (ahead
      ? forecast.phases[at]
      : on === brief.asOf
        ? PHASES.map((id) => brief.position.phases[id])
        : history.phases[at]) ?? []
  const ranked = PHASES.map((id, i) => ({ name: method.phases.phases[i]!.name[lang], id, share: shares[i] ?? 0 })).sort(
    (a, b) => b.share - a.share,
  )
  const lines: ExplainLine[] = ranked
    .filter(({ share }, i) => i === 0 || share >= 0.05)
    .slice(0, 4)
    .map(({ name, share }) => ({ text: `${name} ${percent(share)}` }))
  const stalled = ahead ? 0 : on === brief.asOf ? brief.position.stalled : (history.stalled[at] ?? 0)
  if (stalled >= 0.1) lines.push({ text: words.stalled(percent(stalled)), tone: 'mute' })
  if (ahead) lines.push({ text: words.decidedBy(percent(1 - (forecast.undecided[at] ?? 1))), tone: 'mute' })
  return {
    title: ahead ? words.forecastOn(fullDate(on, lang)) : fullDate(on, lang),
    lines,
    reasons: ahead ? [] : heard({ brief, method, lang, words }, on),
  }
}

/** What was heard by that day, the strongest for and against today's leading phase. */
function heard({ brief, method, lang, words }: Omit<Context, 'replayed'>, on: string): Explanation['reasons'] {
  const until = brief.position.reasons.filter((reason) => reason.on <= on)
  if (until.length === 0) return [{ heading: words.speaksFor, items: [words.nothingHeard] }]
  const strongest = (sign: number): Reason[] =>
    until
      .filter(({ effect }) => effect * sign > 0.02)
      .sort((a, b) => sign * (b.effect - a.effect))
      .slice(0, MOST_REASONS)
  const nameOf = ({ kind, what }: Reason): string =>
    (kind === 'evidence'
      ? method.signals.signals.find(({ id }) => id === what)?.name
      : method.phases.phases.find(({ id }) => id === what)?.name
    )?.[lang] ?? what
  const say = (reason: Reason): string =>
    `${shortDate(reason.on, lang, brief.asOf)} ${nameOf(reason)}${reason.quote ? (lang === 'zh' ? `：“${reason.quote}”` : `: “${reason.quote}”`) : ''}`
  return [
    { heading: words.speaksFor, items: strongest(1).map(say) },
    { heading: words.speaksAgainst, items: strongest(-1).map(say) },
  ].filter(({ items }) => items.length > 0)
}

function explainConcern({ brief, method, lang, words }: Context, concern: ConcernId, day: number): Explanation {
  const on = dateOf(day)
  const { days, concerns } = brief.demand.curve
  const curve = concerns[concern]
  // Between two drawn days the nearer one speaks; today has its own number.
  const i = placeOfDay(days, on)
  const at = i + 1 < days.length && day - dayOf(days[i]!) > dayOf(days[i + 1]!) - day ? i + 1 : i
  const now = brief.demand.now[concern]
  const [value, low, high] =
    on === brief.asOf ? [now.value, now.low, now.high] : [curve.value[at] ?? 0, curve.low[at] ?? 0, curve.high[at] ?? 0]
  const ahead = on > brief.asOf
  const step = brief.readiness.steps[concern].findLast((entry) => entry.on <= on)
  const ready =
    on === brief.asOf ? brief.readiness.now[concern] : (step?.value ?? (ahead ? brief.readiness.now[concern] : 0))
  const short = value - ready > MARGIN + 1e-12
  const name = method.concerns.concerns.find(({ id }) => id === concern)?.name[lang] ?? concern
  const lines: ExplainLine[] = [
    { text: words.demand(percent(value), percent(low), percent(high)) },
    { text: ahead && step?.planned ? words.readyPlanned(percent(ready)) : words.ready(percent(ready)) },
    short ? { text: words.short(percent(value - ready)), tone: 'danger' } : { text: words.enough, tone: 'good' },
  ]
  const title = `${name}${lang === 'zh' ? '，' : ', '}${ahead ? words.forecastOn(fullDate(on, lang)) : fullDate(on, lang)}`
  if (on < brief.asOf) return { title, lines, reasons: [] }
  const gaps = brief.readiness.topics[concern]
    .map((topic) => ({ topic, gap: topic.weight * (1 - topic.value) }))
    .filter(({ gap }) => gap > 0.05)
    .sort((a, b) => b.gap - a.gap)
    .slice(0, MOST_REASONS)
  const items = gaps.map(
    ({ topic }) =>
      `${topic.name[lang]}${lang === 'zh' ? `（${words.status[topic.status]}）` : ` (${words.status[topic.status]})`}`,
  )
  return { title, lines, reasons: items.length > 0 ? [{ heading: words.missing, items }] : [] }
}

type ItemOf<L extends PointItem['list']> = Extract<PointItem, { list: L }>

function explainItem(context: Context, item: PointItem): Explanation {
  switch (item.list) {
    case 'touches':
      return explainTouch(context, item)
    case 'plan':
      return explainPlay(context, item)
    case 'startBy':
      return explainStart(context, item)
    case 'contacts':
      return explainContact(context, item)
    case 'concerns':
      return explainCrossing(context, item)
  }
}

const near = ({ brief, lang }: Context, on: string): string => shortDate(on, lang, brief.asOf)

const names = ({ brief, lang }: Context, ids: readonly string[]): string =>
  ids.map((id) => brief.people.people.find((person) => person.id === id)?.name ?? id).join(lang === 'zh' ? '、' : ', ')

const whom = (context: Context, ids: readonly string[]): ExplainLine =>
  ids.length > 0 ? { text: context.words.with(names(context, ids)) } : { text: context.words.nobody, tone: 'mute' }

function explainTouch(context: Context, item: ItemOf<'touches'>): Explanation {
  const { brief, method, lang, words } = context
  const touch = brief.deal.touches[item.index]!
  const concern = method.concerns.concerns.find(({ id }) => id === touch.concern)?.name[lang]
  const lines = [
    whom(context, touch.with),
    ...(concern ? [{ text: concern, tone: 'mute' as const }] : []),
    ...(touch.planned ? [{ text: words.planned, tone: 'good' as const }] : []),
  ]
  return { title: `${near(context, touch.on)} ${touch.name[lang]}`, lines, reasons: [] }
}

function explainPlay(context: Context, item: ItemOf<'plan'>): Explanation {
  const { brief, lang, words } = context
  const play = brief.plan[item.index]!
  const because = play.because
    .flatMap((rule) => brief.findings.find((finding) => finding.rule === rule)?.message[lang] ?? [])
    .slice(0, 2)
  return {
    title: play.name[lang],
    lines: [
      whom(context, play.with),
      play.late
        ? { text: words.overdue, tone: 'danger' }
        : { text: play.startBy ? words.startBy(near(context, play.startBy)) : words.recommended },
      { text: words.takes(play.leadDays), tone: 'mute' },
    ],
    reasons: because.length > 0 ? [{ heading: words.because, items: because }] : [],
  }
}

function explainStart(context: Context, item: ItemOf<'startBy'>): Explanation {
  const { brief, lang, words } = context
  const start = brief.lead.startBy[item.index]!
  const verdict: ExplainLine =
    start.verdict === 'too-late'
      ? { text: words.late, tone: 'danger' }
      : start.verdict === 'fast'
        ? { text: words.fast, tone: 'danger' }
        : { text: words.startBy(near(context, start.startBy)) }
  const people: ExplainLine[] =
    start.for.length > 0 ? [{ text: words.for(names(context, start.for)), tone: 'mute' }] : []
  return {
    title: `${start.proofName[lang]} · ${start.name[lang]}`,
    lines: [
      verdict,
      { text: words.takes(start.leadDays) },
      { text: words.needed(near(context, start.crossing)), tone: 'mute' },
      ...people,
    ],
    reasons: [],
  }
}

function explainContact(context: Context, item: ItemOf<'contacts'>): Explanation {
  const { brief, words } = context
  const rival = brief.people.rivals[item.rival]!
  const contact = rival.contacts[item.index]!
  const person = brief.people.people.find(({ id }) => id === contact.person)
  const trust = percent(person?.trust ?? 0)
  return {
    title: `${near(context, contact.on)} ${words.rival(rival.name, person?.name ?? contact.person)}`,
    lines: person
      ? [
          {
            text: context.replayed ? words.ourTrustThen(trust, near(context, brief.asOf)) : words.ourTrust(trust),
            tone: 'mute',
          },
        ]
      : [],
    reasons: [],
  }
}

function explainCrossing(context: Context, item: ItemOf<'concerns'>): Explanation {
  const { brief, method, lang, words } = context
  const lead = brief.lead.concerns?.[item.concern]
  const name = method.concerns.concerns.find(({ id }) => id === item.concern)?.name[lang] ?? item.concern
  const days = lead?.days ?? 0
  const on = lead?.crossing ?? addDays(brief.asOf as PlainDate, days)
  const base = explainConcern(context, item.concern, dayOf(on))
  return {
    title: words.runsOver(name),
    lines: [
      {
        text: `${fullDate(on, lang)} · ${days > 0 ? words.aheadDays(daysText(days, lang)) : words.behindDays(daysText(-days, lang))}`,
        tone: days > 0 ? 'mute' : 'danger',
      },
      ...base.lines,
    ],
    reasons: base.reasons,
  }
}
