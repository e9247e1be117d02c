import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { TenderFile, TenderRegime, Text } from '../methodology/schema.ts'
import type { Deal, Evidence, Person, ProcessStep } from './deal.ts'
import { eventOf, subjectOf } from './subject.ts'

/**
 * Only regular means: when nobody at the customer but the formal channel may be met, who is meant, and what the law says.
 * Rules and sources: `methodology/tender.json`. What cannot be known is taken the careful way: any sign of a notice counts.
 */
export interface TenderGuard {
  regime: TenderRegime
  /** Times of silence, the earliest first; a `to` of null: nobody knows its end. Told ones lie ahead. */
  windows: SilenceWindow[]
  /** Evaluation experts were drawn: no contact with them, whatever else holds. */
  expertsDrawn: boolean
  /** Somebody decided that the silence does not apply, and why. */
  overruled: { reason: string; by?: string; on: PlainDate } | null
  /** Whether a person is to be left alone while it is silent. */
  quiet: (person: Pick<Person, 'roles'>) => boolean
}

export interface SilenceWindow {
  from: PlainDate
  /** The first day on which it no longer holds. */
  to: PlainDate | null
  /** It has begun by `asOf`; otherwise it is told for later. */
  begun: boolean
  /** What shows it: the step or the signal, in words. */
  sign: Text
  /** It rests on what the customer asked of us, not on a notice. */
  asked: boolean
}

/**
 * The day on which a deal that is closed ended its tender; undefined while it is open. A won one was awarded by then. A lost one was given to somebody else
 * or given up, unless an award is told for a later day: then the customer still decides, and is left alone until that day.
 */
const closedOf = ({ status, closedOn }: Deal): { on: PlainDate; won: boolean } | undefined =>
  status === 'open' || closedOn === undefined ? undefined : { on: closedOn, won: status === 'won' }

/** A silence that nobody ends lasts at most so long after its last sign where only signals speak of it. */
const FADES_AFTER = 120

/** The guard of a deal. `deal` must be cut to `asOf`; steps told for later stand in it as expectations. */
export function tenderGuard(deal: Deal, model: Model, asOf: PlainDate): TenderGuard {
  const file = model.methodology.tender
  const heard = heardOf(deal, model)
  const regime = regimeOf(deal, file, heard)
  const overruled = deal.tender?.overruled?.reduce((last, next) => (next.on >= last.on ? next : last)) ?? null
  const expertsDrawn = heard.some(({ event }) => event !== undefined && file.signs.experts.events.includes(event))
  const windows = [
    ...(regime.silence ? tenderWindows(deal, model, heard, asOf) : []),
    ...askedWindows(deal, model, heard, asOf),
  ].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const { expertRole } = file
  return {
    regime,
    windows,
    expertsDrawn,
    overruled,
    quiet: ({ roles }) =>
      roles.includes(expertRole) || roles.length === 0 || !roles.every((role) => regime.channel.includes(role)),
  }
}

/** The window in which a day lies; null outside, and where the silence was overruled. */
export function silenceOn(guard: TenderGuard, day: PlainDate): SilenceWindow | null {
  if (guard.overruled) return null
  return guard.windows.find(({ from, to }) => from <= day && (to === null || day < to)) ?? null
}

/** The silence of today, as the plan and the brief show it. */
export function tenderSilence(deal: Deal, model: Model, asOf: PlainDate): SilenceWindow | null {
  return silenceOn(tenderGuard(deal, model, asOf), asOf)
}

/**
 * Why nobody of ours may meet these people on a day; null: it is allowed. `people` are those of the deal; somebody who is
 * not on the map is left alone as well. An expert who was drawn is never met, overruled or not.
 */
export function forbidden(
  guard: TenderGuard,
  people: readonly (Pick<Person, 'roles'> | undefined)[],
  day: PlainDate,
  model: Model,
): Text | null {
  const { expertRole } = model.methodology.tender
  if (people.some((person) => person?.roles.includes(expertRole))) return NEVER_EXPERTS
  const window = silenceOn(guard, day)
  if (!window || !people.some((person) => !person || guard.quiet(person))) return null
  return guard.regime.says
}

const NEVER_EXPERTS: Text = {
  en: 'Whoever evaluates the bids is never contacted.',
  zh: '不得与评标专家有任何接触。',
}

interface Heard {
  piece: Evidence
  event: string | undefined
  milestone: string | undefined
  name: Text
}

/** Evidence that may speak of a tender; what waits for confirmation counts as well, what was rejected does not. */
function heardOf(deal: Deal, model: Model): Heard[] {
  const heard: Heard[] = []
  for (const piece of deal.evidence ?? []) {
    const signal = model.signals.get(piece.signal)
    if (!signal || piece.status === 'rejected') continue
    const { milestone, name } = signal
    // Most signals speak of no tender, whomever they are about.
    if (signal.event === undefined && milestone === undefined) continue
    const event = eventOf(signal, subjectOf(piece, signal, deal))
    if (event !== undefined || milestone !== undefined) heard.push({ piece, event, milestone, name })
  }
  return heard
}

function regimeOf(deal: Deal, file: TenderFile, heard: readonly Heard[]): TenderRegime {
  const said = file.regimes.find(({ id }) => id === deal.tender?.regime)
  if (said) return said
  const isPublic =
    deal.traits?.includes(file.publicTrait) === true ||
    heard.some(({ event }) => event !== undefined && file.signs.publicOnly.events.includes(event))
  const fallback = (law: boolean): TenderRegime =>
    file.regimes.find((regime) => regime.law === law && !regime.applies) ?? file.regimes[0]!
  if (!isPublic) return fallback(false)
  const place = [deal.account?.region, deal.account?.name].filter(Boolean).join(' ')
  const byCurrency = file.regimes.find(({ applies }) => applies?.currencies.includes(deal.amount?.currency ?? ''))
  const byPlace = file.regimes.find(({ applies }) => applies && pattern(applies.places, 'i').test(place))
  return byCurrency ?? byPlace ?? fallback(true)
}

interface Names {
  milestones: readonly string[]
  names: Text
}

/** A step by its id, or by any name that people give it in either language. */
function isStep(step: ProcessStep, { milestones, names }: Names): boolean {
  if (milestones.includes(step.step)) return true
  return pattern(names.en, 'i').test(step.step) || pattern(names.zh).test(step.step)
}

const patterns = new Map<string, RegExp>()

/** The expression that a text of the methodology writes; made once. */
function pattern(source: string, flags = ''): RegExp {
  const key = `${flags}/${source}`
  let made = patterns.get(key)
  if (!made) patterns.set(key, (made = new RegExp(source, flags)))
  return made
}

function tenderWindows(deal: Deal, model: Model, heard: readonly Heard[], asOf: PlainDate): SilenceWindow[] {
  const { signs } = model.methodology.tender
  const steps = (deal.process ?? []).filter((step) => step.applies !== false)
  const stepName = (step: ProcessStep): Text =>
    model.milestones.get(step.step)?.name ?? { en: step.step, zh: step.step }
  const closed = closedOf(deal)
  // What is done without a day was done before the deal was closed.
  const latest = closed ? addDays(closed.on, -1) : asOf
  const dayOf = (step: ProcessStep): PlainDate | undefined => {
    if (step.on !== undefined || !step.done) return step.on
    const known = step.recordedOn ?? asOf
    return known < latest ? known : latest
  }
  const dated = (kind: Names): { on: PlainDate; sign: Text }[] =>
    steps.flatMap((step) => {
      const on = isStep(step, kind) ? dayOf(step) : undefined
      return on ? [{ on, sign: stepName(step) }] : []
    })
  const reported = (events: readonly string[], milestones: readonly string[]): { on: PlainDate; sign: Text }[] =>
    heard
      .filter(
        ({ event, milestone }) =>
          (event !== undefined && events.includes(event)) ||
          (milestone !== undefined && milestones.includes(milestone)),
      )
      .map(({ piece, name }) => ({ on: piece.on, sign: name }))
  const starts = [...dated(signs.notice), ...reported([], signs.notice.milestones)]
  const during = [...dated(signs.running), ...reported(signs.running.events, signs.running.milestones)]
  // The award ends it; where nobody told its day, the publicity of the result does.
  const awards = [...dated(signs.over), ...reported(signs.over.events, signs.over.milestones)]
  const results = [...dated(signs.over.publicity), ...reported([], signs.over.publicity.milestones)]
  const byDay = (a: { on: PlainDate }, b: { on: PlainDate }): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)
  const windows: SilenceWindow[] = []
  for (const start of [...starts, ...during].sort(byDay)) {
    const last = windows.at(-1)
    if (last && (last.to === null || start.on < last.to)) continue
    // Bids may be due on the day of a notice nobody wrote down: every sign opens the window, none reopens a closed one
    // unless it lies after its end and is a notice again.
    if (last && !starts.includes(start)) continue
    const told = (
      [...awards].sort(byDay).find(({ on }) => on > start.on) ??
      [...results].sort(byDay).find(({ on }) => on > start.on)
    )?.on
    const shut = closed && closed.on > start.on ? closed.on : undefined
    const to = (closed?.won === true && shut !== undefined && told !== undefined && shut < told ? shut : told) ?? shut
    windows.push({ from: start.on, to: to ?? null, begun: start.on <= asOf, sign: start.sign, asked: false })
  }
  return windows
}

/** The customer asked for distance: until the award or the end of the deal, or as long as the wish is news. */
function askedWindows(deal: Deal, model: Model, heard: readonly Heard[], asOf: PlainDate): SilenceWindow[] {
  const { signs } = model.methodology.tender
  const wishes = heard.filter(({ event }) => event !== undefined && signs.asked.events.includes(event))
  const award = (deal.process ?? [])
    .filter((step) => step.applies !== false && step.on !== undefined && isStep(step, signs.over))
    .map((step) => step.on!)
    .sort()
  const closed = closedOf(deal)
  return wishes.map(({ piece, name }) => {
    const end = [...award, ...(closed ? [closed.on] : [])].filter((on) => on > piece.on).sort()[0]
    const fades = addDays(piece.on, FADES_AFTER)
    return { from: piece.on, to: end ?? fades, begun: piece.on <= asOf, sign: name, asked: true }
  })
}
