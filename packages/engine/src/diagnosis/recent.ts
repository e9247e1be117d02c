import { addDays, daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Evidence, Person, Touch } from '../deal/deal.ts'
import { eventOf, subjectOf } from '../deal/subject.ts'
import type { Subject } from '../deal/subject.ts'
import type { PlayDeed, Signal, SignalCount } from '../methodology/schema.ts'
import type { FactContext } from './context.ts'

/** What the file writes for "never". */
export const NEVER = 999

/** What many facts of a deal on a day ask for, made once. */
interface Counted {
  evidence: readonly Evidence[] | undefined
  touches: readonly Touch[] | undefined
  /** The day so many days before. */
  before: Map<number, PlainDate>
}
const counted = new WeakMap<FactContext, Counted>()

function countedOf(ctx: FactContext): Counted {
  let all = counted.get(ctx)
  if (!all) {
    const { deal } = ctx
    all = {
      // What was carried over from another deal must be heard here again.
      evidence: deal.evidence?.filter((piece) => piece.status !== 'rejected' && piece.carriedFrom === undefined),
      touches: deal.touches?.filter((touch) => touch.outcome === 'done'),
      before: new Map(),
    }
    counted.set(ctx, all)
  }
  return all
}

export const evidenceOf = (ctx: FactContext): readonly Evidence[] | undefined => countedOf(ctx).evidence
export const doneTouches = (ctx: FactContext): readonly Touch[] | undefined => countedOf(ctx).touches

function daysBefore(ctx: FactContext, days: number): PlainDate {
  const { before } = countedOf(ctx)
  let day = before.get(days)
  if (day === undefined) before.set(days, (day = addDays(ctx.asOf, -days)))
  return day
}

/** True within the last `days` days, today included. */
export function within(ctx: FactContext, on: PlainDate, days: number): boolean {
  return on > daysBefore(ctx, days)
}

/** Pieces of evidence of the signals that are asked for; undefined when the file says nothing of evidence. */
export function signalsCounted(ctx: FactContext, wanted: SignalCount): Evidence[] | undefined {
  const { tag, event, rival, promise, days } = wanted
  const after = days === undefined ? '' : daysBefore(ctx, days)
  const pieces = tag === undefined ? heardOf(ctx)?.all : heardOf(ctx)?.tagged(tag)
  if (!pieces) return undefined
  const found: Evidence[] = []
  for (const { piece, signal, about, event: happened } of pieces)
    if (
      (event === undefined || happened === event) &&
      (rival === undefined || (signal.rival !== undefined && rival.includes(signal.rival) && about?.kind !== 'us')) &&
      (promise === undefined || signal.promise === promise) &&
      piece.on > after
    )
      found.push(piece)
  return found
}

interface Heard {
  piece: Evidence
  signal: Signal
  about: Subject | null
  event: ReturnType<typeof eventOf>
}
interface AllHeard {
  all: readonly Heard[]
  /** Those of signals with a tag. */
  tagged: (tag: string) => readonly Heard[]
}
const heard = new WeakMap<FactContext, AllHeard | undefined>()

/** The pieces of evidence that count, with whom they are about: many facts ask for them. */
function heardOf(ctx: FactContext): AllHeard | undefined {
  if (!heard.has(ctx)) {
    const evidence = evidenceOf(ctx)
    const all: Heard[] = []
    for (const piece of evidence ?? []) {
      const signal = ctx.model.signals.get(piece.signal)
      if (!signal) continue
      const about = subjectOf(piece, signal, ctx.deal)
      all.push({ piece, signal, about, event: eventOf(signal, about) })
    }
    heard.set(ctx, evidence && { all, tagged: byTag(all) })
  }
  return heard.get(ctx)
}

function byTag(all: readonly Heard[]): (tag: string) => readonly Heard[] {
  const lists = new Map<string, Heard[]>()
  for (const one of all)
    for (const tag of one.signal.tags ?? []) {
      const list = lists.get(tag)
      if (!list) lists.set(tag, [one])
      else if (list.at(-1) !== one) list.push(one)
    }
  return (tag) => lists.get(tag) ?? []
}

/** Done touches whose play does a thing. */
export function didPlay(ctx: FactContext, touch: Touch, deed: PlayDeed): boolean {
  return touch.play !== undefined && ctx.model.plays.get(touch.play)?.does?.includes(deed) === true
}

/** Days since the latest of some days; `NEVER` when there is none. */
export function daysSince(ctx: FactContext, days: readonly PlainDate[]): number {
  return days.reduce((least, on) => Math.min(least, daysBetween(on, ctx.asOf)), NEVER)
}

/** The number one as the map names him or her; undefined when nobody does. */
export function topOf(ctx: FactContext): Person | undefined {
  return ctx.deal.people?.find((person) => person.roles.includes('number_one') && isPresent(ctx, person))
}

export function isPresent(ctx: FactContext, person: Person): boolean {
  return !person.leftOn || person.leftOn > ctx.asOf
}

export function presentPeopleOf(ctx: FactContext): Person[] | undefined {
  return ctx.deal.people?.filter((person) => isPresent(ctx, person))
}

/** Open plan steps with a date from today on, with their plays. */
export function scheduled(ctx: FactContext): { play: string | undefined; on: PlainDate }[] | undefined {
  return ctx.deal.plan?.flatMap((step) =>
    step.status === 'open' && step.on !== undefined && step.on >= ctx.asOf ? [{ play: step.play, on: step.on }] : [],
  )
}

/** True, false or unknown for a value that may be declared absent. */
export function given(value: unknown): boolean | undefined {
  return value === undefined ? undefined : value !== false
}

export function latestBy<T extends { on?: PlainDate }>(items: readonly T[] | undefined): T | undefined {
  return items?.reduce<T | undefined>(
    (last, next) => (!last || (next.on ?? '') >= (last.on ?? '') ? next : last),
    undefined,
  )
}
