import { daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, Evidence, Person, Touch } from '../deal/deal.ts'
import { TOP_ROLE } from '../methodology/check-references.ts'
import { personMoved } from '../deal/subject.ts'
import type { People, PersonView } from './schema.ts'
import { ledgerOf, trustLeft } from '../deal/ledger.ts'
import type { LedgerEntry } from '../deal/ledger.ts'
import { climb, eventsOf } from './ladder.ts'
import type { Climb } from './ladder.ts'
import { effectsOf, outcomeOf, tookPlace } from '../deal/outcomes.ts'
import { rivalViews, vendorsOf } from './rivals.ts'
import type { RivalContact } from './rivals.ts'

/** A person as relations stand on a day: everything of a person's view that does not hang on demand. */
export type Relation = Omit<PersonView, 'topConcern'>

export interface Relations extends Omit<People, 'people'> {
  people: Relation[]
}

const DEFAULT_INFLUENCE = 3
/** A hold is fragile when the working level below it is covered less than this. */
const BASE_COVER = 0.4

export function isExecutive(person: { roles: readonly string[] }, model: Model): boolean {
  return person.roles.some((role) => model.roles.get(role)?.level === 'executive')
}

export function decides(person: { roles: readonly string[] }, model: Model): boolean {
  return person.roles.some((role) => model.roles.get(role)?.decides === true)
}

/**
 * The people of a deal on a day: rung, trust, cover, vacuum, hold, rivals. `deal` must be cut to `asOf`. People who have
 * left are not part of it. Source: docs/engine.md, section 5.
 */
export function relations(deal: Deal, model: Model, asOf: PlainDate): Relations {
  const present = (deal.people ?? []).filter((person) => !person.leftOn || person.leftOn > asOf)
  const ledger = ledgerOf(deal, asOf)
  const own = ownOf(deal, model)
  const plain = present.map((person) => relationOf(person, own(person.id), model, asOf, ledger))
  const cover = {
    executives: coverOf(plain.filter((person) => person.executive && person.decides)),
    working: coverOf(plain.filter((person) => !person.executive)),
    numberOne: coverOf(plain.filter((person) => person.numberOne)),
  }
  const { topBelow, workingAbove } = model.methodology.people.vacuum
  const vacuum =
    cover.numberOne && cover.working ? cover.numberOne.value < topBelow && cover.working.value > workingAbove : null
  const hasCoach =
    plain.some((person) => person.roles.includes('coach')) ||
    (deal.evidence ?? []).some(
      (piece) => model.signals.get(piece.signal)?.shows === 'coach' && piece.status !== 'rejected',
    )
  const base = hasCoach && (cover.working?.value ?? 0) >= BASE_COVER
  const people = plain.map((person) => {
    const held = person.hold && (person.hold.state === 'asked' || person.hold.state === 'given')
    return person.hold ? { ...person, hold: { ...person.hold, fragile: Boolean(held) && !base } } : person
  })
  return { people, cover, vacuum, rivals: rivalViews(deal, plain, model, asOf) }
}

/** The evidence and the touches that can say something of a person, in the order of the file. */
export type Own = Pick<Deal, 'evidence' | 'touches'>

/** For each person what can say something of them. */
export function ownOf(deal: Deal, model: Model): (person: string) => Own {
  const evidence = new Map<string, Evidence[]>()
  const touches = new Map<string, Touch[]>()
  const add = <T>(to: Map<string, T[]>, person: string, item: T): void => {
    const list = to.get(person)
    if (!list) to.set(person, [item])
    else if (list.at(-1) !== item) list.push(item)
  }
  for (const piece of deal.evidence ?? []) {
    if (piece.status !== 'confirmed') continue
    const signal = model.signals.get(piece.signal)
    const about = signal && personMoved(piece, signal)
    if (piece.from) add(evidence, piece.from, piece)
    if (about && about !== piece.from) add(evidence, about, piece)
  }
  for (const touch of deal.touches ?? []) for (const person of touch.with) add(touches, person, touch)
  return (person) => ({ evidence: evidence.get(person) ?? [], touches: touches.get(person) ?? [] })
}

/** When somebody was met: all that the room of the executives asks of a relation. */
export type Met = Pick<
  Relation,
  'id' | 'name' | 'roles' | 'executive' | 'numberOne' | 'climbs' | 'lastTouch' | 'lastSubstantive'
>

/**
 * When each was met, and by which rival: of `relations` what the room of the executives asks for. `climbs` is left out where a
 * touch says the day. `deal` must be cut to `asOf`.
 */
export function meetings(
  deal: Deal,
  model: Model,
  asOf: PlainDate,
): { people: Met[]; rivals: { contacts: readonly RivalContact[] }[] } {
  const own = ownOf(deal, model)
  const present = (deal.people ?? []).filter((person) => !person.leftOn || person.leftOn > asOf)
  const people = present.map((person): Met => {
    const { id, name, roles } = person
    const mine = own(id)
    let lastTouch: PlainDate | null = null
    let lastSubstantive: PlainDate | null = null
    for (const touch of mine.touches ?? []) {
      if (!tookPlace(touch)) continue
      if (lastTouch === null || touch.on > lastTouch) lastTouch = touch.on
      const play = touch.play ? model.plays.get(touch.play) : undefined
      const outcome = outcomeOf(touch)
      if (!play || outcome === null || !effectsOf(play, outcome, model).substantive) continue
      if (lastSubstantive === null || touch.on > lastSubstantive) lastSubstantive = touch.on
    }
    const climbs = lastTouch === null ? climbsOf(climb(eventsOf(id, mine, model), model).climbs, model) : []
    const executive = isExecutive(person, model)
    return {
      id,
      name,
      roles,
      executive,
      numberOne: roles.includes(TOP_ROLE),
      climbs,
      lastTouch,
      lastSubstantive,
    }
  })
  return { people, rivals: vendorsOf(deal).map(({ contacts }) => ({ contacts: contacts ?? [] })) }
}

const climbsOf = (climbs: readonly Climb[], { methodology }: Model): Relation['climbs'] =>
  climbs.map(({ on, to, by }) => ({ on, to: methodology.people.rungs[to]!.id, by }))

function relationOf(
  person: Person,
  deal: Own,
  model: Model,
  asOf: PlainDate,
  ledger: readonly LedgerEntry[],
): Relation {
  const { rungs, halfLifeDays, floorRung } = model.methodology.people
  const events = eventsOf(person.id, deal, model)
  const { rung, climbs } = climb(events, model)
  const substantive = events.filter((event) => event.substantive).map((event) => event.on)
  const touched = events.filter((event) => event.touch).map((event) => event.on)
  const lastSubstantive = substantive.at(-1) ?? null
  // Before there was any contact of substance, trust fades from the last climb.
  const since = lastSubstantive ?? climbs.at(-1)?.on ?? null
  const value = rungs[rung]!.trust
  const promises = trustLeft(ledger, person.id)
  const setbacks =
    promises * events.reduce((left, { on, trust }) => (since === null || on > since ? left * trust : left), 1)
  const faded =
    since === null ? value * setbacks : setbacks * value * 2 ** (-daysBetween(since as PlainDate, asOf) / halfLifeDays)
  const floor = model.rungIndex.get(floorRung)!
  return {
    id: person.id,
    name: person.name,
    title: person.title ?? null,
    roles: person.roles,
    executive: isExecutive(person, model),
    decides: decides(person, model),
    numberOne: person.roles.includes(TOP_ROLE),
    reportsTo: person.reportsTo ?? null,
    influence: person.influence ?? DEFAULT_INFLUENCE,
    stance: stanceOf(person, deal, model),
    rung: rungs[rung]!.id,
    climbs: climbsOf(climbs, model),
    trust: rung >= floor ? Math.max(faded, promises * rungs[floor]!.trust) : faded,
    lastTouch: touched.at(-1) ?? null,
    lastSubstantive,
    hold: holdOf(person, deal, model),
  }
}

/**
 * The newest recorded stance, moved by what was heard of the person since: a confirmed signal says that it is at least, or at
 * most, something. What was recorded of the same day or without a day comes before what was heard.
 */
function stanceOf(person: Person, deal: Own, model: Model): number | null {
  const recorded = (person.stance ?? []).map(({ value, on }) => ({ on: on ?? '', least: value, most: value }))
  const heard = (deal.evidence ?? []).flatMap((piece) => {
    const signal = model.signals.get(piece.signal)
    if (!signal?.stance || piece.status !== 'confirmed' || personMoved(piece, signal) !== person.id) return []
    const { least = -2, most = 2 } = signal.stance
    return [{ on: piece.on as string, least, most }]
  })
  // A lower bound of the same day wins over an upper one, whatever the order in the file.
  heard.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.least - b.least))
  let stance: number | null = null
  let at = 0
  const since = [...recorded].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  for (const { on, least, most } of since) {
    for (; at < heard.length && heard[at]!.on < on; at++) stance = moved(stance, heard[at]!)
    stance = moved(least, { least, most })
  }
  for (; at < heard.length; at++) stance = moved(stance, heard[at]!)
  return stance
}

/** A stance brought between two bounds; unknown, it takes the bound nearer to neutral. */
function moved(stance: number | null, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, stance ?? 0))
}

/** The newest word on a hold: recorded with the person, or heard as a signal from the person. */
function holdOf(person: Person, deal: Own, model: Model): Relation['hold'] {
  const recorded = (person.hold ?? []).map(({ value, on }) => ({
    state: value as 'none' | 'asked' | 'given' | 'broken',
    on: on ?? null,
  }))
  const heard = (deal.evidence ?? []).flatMap((piece) => {
    const signal = model.signals.get(piece.signal)
    const state = signal?.hold
    return state && piece.status === 'confirmed' && personMoved(piece, signal) === person.id
      ? [{ state, on: piece.on as string | null }]
      : []
  })
  const asked = (deal.touches ?? []).flatMap((touch) => {
    const play = touch.play ? model.plays.get(touch.play) : undefined
    const outcome = outcomeOf(touch)
    // One that was carried over was asked for another decision.
    const here = touch.carriedFrom === undefined
    const hold =
      here && play && outcome && touch.with.includes(person.id) ? effectsOf(play, outcome, model).hold : undefined
    return hold ? [{ state: hold, on: touch.on as string | null }] : []
  })
  // Of one day the stronger word counts: asking and being given is one meeting.
  const rank = { none: 0, asked: 1, given: 2, broken: 3 }
  const all = [...recorded, ...asked, ...heard].sort((a, b) =>
    (a.on ?? '') < (b.on ?? '') ? -1 : (a.on ?? '') > (b.on ?? '') ? 1 : rank[a.state] - rank[b.state],
  )
  const latest = all.at(-1)
  // Asking again does not take back what was given.
  const before = latest?.state === 'asked' ? all.findLast(({ state }) => state !== 'asked') : undefined
  const hold = before?.state === 'given' ? before : latest
  return hold ? { ...hold, fragile: false } : null
}

/** Trust weighted by influence; null when nobody is there. */
export function coverOf(people: readonly { trust: number; influence: number }[]): { value: number; n: number } | null {
  if (people.length === 0) return null
  let sum = 0
  let total = 0
  for (const { trust, influence } of people) {
    sum += trust * influence
    total += influence
  }
  return { value: sum / total, n: people.length }
}
