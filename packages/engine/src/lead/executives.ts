import { dateOf, dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { firstRank } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { weAreChosen } from '../deal/subject.ts'
import { tenderGuard } from '../deal/tender.ts'
import type { Met } from '../people/relations.ts'
import type { RivalContact } from '../people/rivals.ts'
import { endRank } from './due.ts'
import type { Reached } from './due.ts'
import { MOST_ROOM } from './topics.ts'
import type { RoomState } from './topics.ts'

/** Days for which a meeting of substance holds. */
const HOLDS = 75
/** Days without a meeting of substance after which somebody has gone cold. */
const COLD = 45
/** Days within which one answers a rival's meeting. */
const ANSWER_RIVAL = 14
/** The way in where the map names none. */
const USUAL_WAY = 'letter_then_call'
const FROM_INSIDE = 'internal_recommendation'

export interface ExecutiveRoom {
  person: string
  name: string
  /** Null: whether we met, or until when it is in time, is not known. */
  days: number | null
  met: PlainDate | null
  /** The last day on which a first meeting, or the next one, is still in time. */
  lastGoodDay: PlainDate | null
  /** What the day hangs on. */
  window: 'register' | 'bridge' | 'regain' | 'next' | 'rival' | null
  /** The way in, and the days that it takes. */
  path: string
  wayDays: number
}

export interface ExecutivesRoom {
  state: RoomState
  days: number | null
  /** Whose room is the smallest, and their last good day. */
  who: string | null
  lastGoodDay: PlainDate | null
  each: ExecutiveRoom[]
}

const UNKNOWN: ExecutivesRoom = { state: 'unknown', days: null, who: null, lastGoodDay: null, each: [] }

/** Who was met and when, by us and by each rival: `relations` has it, and `meetings` nothing else. */
export interface Meetings {
  people: readonly Met[]
  rivals: readonly { contacts: readonly { person: string; on: RivalContact['on'] | string }[] }[]
}

/** Whoever decides at the top: the number one, the economic buyer, and the deputy who must agree. */
const TOP: ReadonlySet<string> = new Set(['number_one', 'economic_buyer', 'deputy'])

/**
 * The room of the executives: for each who decides the days that are left to meet them in time, the smallest of them. Never
 * met: the day on which the customer's definition ends, or a tender's silence begins, less the way in; once past, minus the days since.
 * Met: what is left of the days for which a meeting holds, less after a rival was there. Source: docs/engine.md, section 4.
 */
export function executivesRoom(input: {
  deal: Deal
  model: Model
  asOf: PlainDate
  relations: Meetings
  reached: (rank: number) => Reached
}): ExecutivesRoom {
  const { deal, model, asOf, relations, reached } = input
  const today = dayNumber(asOf)
  const deciders = relations.people.filter(({ roles }) => roles.some((role) => TOP.has(role)))
  if (deciders.length === 0) return UNKNOWN
  const silence = tenderGuard(deal, model, asOf).windows[0]
  const closes = silence ? dayNumber(silence.from) : Infinity
  const inside = relations.people.some(({ executive, lastTouch }) => !executive && lastTouch !== null)
  const decision = reached(endRank(model, 'commit'))[1] ?? null
  const signs = decision !== null && decision > today && weAreChosen(deal, model.signals) ? decision : null
  const each = deciders.map((decider) =>
    roomOf(decider, { ...input, today, closes, inside, signs, reached, model, deal }),
  )
  const known = each.filter((room): room is ExecutiveRoom & { days: number } => room.days !== null)
  if (known.length === 0) return { ...UNKNOWN, each }
  const least = known.reduce((found, next) => (next.days < found.days ? next : found))
  return {
    // Somebody whom nobody met is not covered, however long there is time.
    state: least.days < 0 ? 'behind' : least.days >= MOST_ROOM && each.every(({ met }) => met) ? 'covered' : 'ahead',
    days: least.days,
    who: least.person,
    lastGoodDay: least.lastGoodDay,
    each,
  }
}

interface RoomInput {
  deal: Deal
  model: Model
  relations: Meetings
  reached: (rank: number) => Reached
  today: DayNumber
  /** The day a tender's silence begins. */
  closes: DayNumber
  /** We are chosen and they have not signed: the day they will; else null. */
  signs: DayNumber | null
  /** Somebody of the working level was met, so that one can be recommended from inside. */
  inside: boolean
}

const within = (days: number): number => Math.max(-MOST_ROOM, Math.min(MOST_ROOM, Math.round(days))) + 0

function roomOf(person: Met, input: RoomInput): ExecutiveRoom {
  const { deal, model, today, closes, signs, reached } = input
  const way = wayTo(person, input)
  const bare = { person: person.id, name: person.name, path: way.path, wayDays: way.days }
  const met = person.lastSubstantive ?? person.lastTouch ?? person.climbs.at(-1)?.on ?? null
  if (met === null) {
    // Nobody writes down touches: whether one met is not known.
    if (deal.touches === undefined) return { ...bare, days: null, met: null, lastGoodDay: null, window: null }
    // Once we are chosen what counts is that they know us before they sign.
    if (signs !== null)
      return {
        ...bare,
        days: within(signs - way.days - today),
        met: null,
        lastGoodDay: dateOf(signs - way.days),
        window: 'regain',
      }
    const last = Math.min(reached(endRank(model, 'define'))[1] ?? Infinity, closes)
    // Nothing was heard of the customer: until when it would be in time is not known either.
    if (last === Infinity) return { ...bare, days: null, met: null, lastGoodDay: null, window: null }
    const days = last >= today ? last - way.days - today : last - today
    const begin = last >= today ? last - way.days : last
    return { ...bare, days: within(days), met: null, lastGoodDay: dateOf(begin), window: 'register' }
  }
  const metOn = dayNumber(met as PlainDate)
  const options = renewals(person.id, metOn, way.days, input)
  const { last, window } = options.reduce((least, next) => (next.last < least.last ? next : least))
  return { ...bare, days: within(last - today), met: met as PlainDate, lastGoodDay: dateOf(last), window }
}

interface Renewal {
  last: DayNumber
  window: ExecutiveRoom['window']
}

/** Until when somebody who was met must be met again, and why: the meeting grows old, an evaluation or the weighing of risk came since, a rival was there later. */
function renewals(id: string, metOn: DayNumber, wayDays: number, input: RoomInput): Renewal[] {
  const { model, today, closes, signs, reached, relations } = input
  if (signs !== null) return [{ last: Math.max(metOn + HOLDS, signs - wayDays), window: 'regain' }]
  const options: Renewal[] = [{ last: metOn + HOLDS, window: 'next' }]
  // Trust that was won early is taken back while they weigh the risk, before they decide.
  const risk = reached(firstRank(model, 'risk'))[1] ?? null
  const decision = reached(endRank(model, 'commit'))[1] ?? null
  if (risk !== null && risk <= today && metOn < risk && decision !== null)
    options.push({ last: Math.min(decision, closes) - wayDays, window: 'regain' })
  const rivals = relations.rivals.flatMap(({ contacts }) =>
    contacts.filter((contact) => contact.person === id).map(({ on }) => dayNumber(on as PlainDate)),
  )
  // Early trust does not last through an evaluation while a rival has his ear, or when nobody of ours comes any more.
  const evaluate = reached(firstRank(model, 'evaluate'))[1] ?? null
  const evaluating = evaluate !== null && evaluate <= today && metOn < evaluate && risk !== null && risk > today
  if (evaluating && (rivals.length > 0 || today - metOn > COLD))
    options.push({ last: Math.min(risk, closes) - wayDays, window: 'bridge' })
  const later = rivals.filter((on) => on > metOn)
  if (later.length > 0) options.push({ last: Math.min(...later) + ANSWER_RIVAL, window: 'rival' })
  return options
}

/** The way in that the map names, else a recommendation from inside where we know somebody, else the usual letter. */
function wayTo(person: Met, { deal, model, inside }: RoomInput): { path: string; days: number } {
  const { paths } = model.methodology.people
  const named = deal.people?.find(({ id }) => id === person.id)?.path
  const path = paths.find(({ id }) => id === (named ?? (inside ? FROM_INSIDE : USUAL_WAY))) ?? paths[0]!
  const level = person.numberOne ? 'top' : 'executive'
  return { path: path.id, days: path.access.find((access) => access.level === level)?.days[1] ?? ANSWER_RIVAL }
}
