import { dayNumber } from '../core/dates.ts'
import type { DayNumber } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { aboutRival } from '../deal/subject.ts'
import { influenceOf } from '../demand/demand.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId, PhaseId, Proof, Topic } from '../methodology/schema.ts'
import type { Answer } from '../readiness/answers.ts'
import type { Need, ReadinessBasis } from '../readiness/readiness.ts'
import { middleRank } from './due.ts'
import type { Reached } from './due.ts'

/** Topics that weigh at least so much in a deal are critical. */
export const CRITICAL = 0.8
/** Days within which a question that was really asked is answered at the latest. */
const PATIENCE = 10
/** A question that nobody asked again for so many days waits for the day on which its topic is due anyway. */
const REMEMBERED = 60
/** Days ahead up to which what is due counts. */
const SIGHT = 75
/** A concern whose phase is over comes alive again by what was heard within so many days. */
const REOPENED = 45
/** Room is kept between these. */
export const LEAST_ROOM = -60
export const MOST_ROOM = 45
/** A concern's phase is over from this probability on. */
const OVER_FROM = 0.9

/** The phase in which a concern is what everyone talks of. */
export const PEAK: Readonly<Record<ConcernId, PhaseId>> = {
  need: 'need',
  solution: 'evaluate',
  risk: 'risk',
  cost: 'commit',
}

/** What one of those who need a topic has of it. */
export interface TopicPart {
  /** Of the topic, by influence. */
  share: number
  /** Since when it is answered for them, or for most; null: open. */
  since: DayNumber | null
  /** From when on what is planned answers it; null: nothing does, or it is answered. */
  planned: DayNumber | null
}

/** A topic of a deal on a day. */
export interface TopicRoom {
  topic: Topic
  concern: ConcernId
  weight: number
  /** It weighs enough to say where one stands, and is not one that only the customer can say. */
  critical: boolean
  /** Days on which its answer is needed: careful, expected, hopeful. Null: not in sight. */
  due: Reached
  /** Since when it is answered; null: open. */
  answered: DayNumber | null
  /** When it can be answered at the soonest. */
  ready: DayNumber
  /** For each of those who need it, or for the deal as a whole: the days of their answer. Shares sum to one. */
  parts: readonly TopicPart[]
  /** The file has no entry for it and nobody asked: it weighs half, and is a question. */
  silent: boolean
  /** Silent, and the file says nothing of proofs at all: it is never held against us. */
  unknown: boolean
  /** The phase in which its concern is talked of is over. */
  over: boolean
  /** What it weighs where one stands by the customer's way alone: due soon or before and its concern alive, else 0. */
  base: number
  /** What it weighs more because it was asked; this can only lower where one stands. */
  extra: number
}

const counted = (proofs: readonly Proof[]): readonly Proof[] => {
  const ours = proofs.filter(({ owner }) => owner !== 'buyer')
  return ours.length > 0 ? ours : proofs
}

/** Days of the quickest way to any proof of a topic. */
export const quickest = (topic: Topic): number => timesOf(topic).quickest

interface Times {
  quickest: number
  /** Normal days of the quickest proof that is more than weak. */
  normal: number
}
const times = new WeakMap<Topic, Times>()

/** Of a topic's proofs; every deal asks for it. */
function timesOf(topic: Topic): Times {
  let known = times.get(topic)
  if (!known) {
    const strong = counted(topic.proofs).filter(({ strength }) => strength !== 'weak')
    known = {
      quickest: Math.min(...counted(topic.proofs).map(({ leadDays }) => leadDays[0])),
      normal: Math.min(...(strong.length > 0 ? strong : topic.proofs).map(({ leadDays }) => leadDays[1])),
    }
    times.set(topic, known)
  }
  return known
}

/** When a topic was really asked: first, and last. */
interface Asked {
  first: DayNumber
  last: DayNumber
}

function askedDays(deal: Deal, model: Model): Map<string, Asked> {
  const asked = new Map<string, Asked>()
  for (const piece of deal.evidence ?? []) {
    const signal = model.signals.get(piece.signal)
    if (piece.status === 'rejected' || !signal?.asks || aboutRival(piece, signal, deal)) continue
    const day = dayNumber(piece.on)
    for (const topic of signal.asks) {
      const known = asked.get(topic)
      if (!known) {
        asked.set(topic, { first: day, last: day })
        continue
      }
      known.first = Math.min(known.first, day)
      known.last = Math.max(known.last, day)
    }
  }
  return asked
}

const isReady = ({ status }: Answer): boolean =>
  status === 'prepared' || status === 'presented' || status === 'accepted'

/** For each who needs a topic, or for the deal as a whole: since when its answer stands at prepared or better on a day; Infinity: it does not. */
function eachSince(need: Need, answers: readonly Answer[], on: DayNumber): { share: number; from: DayNumber }[] {
  const since = (person: string | null): DayNumber => {
    let first = Infinity
    for (const answer of answers) {
      if (answer.from >= first || answer.from > on || on >= answer.until || !isReady(answer)) continue
      if (person === null || answer.person === null || answer.person === person) first = answer.from
    }
    return first
  }
  if (need.people.length === 0) return [{ share: 1, from: since(null) }]
  const total = need.people.reduce((sum, person) => sum + influenceOf(person), 0)
  return need.people.map((person) => ({ share: influenceOf(person) / total, from: since(person.id) }))
}

/** The day from which most of those who need a topic had its answer; null: they have not. */
function forMost(each: readonly { share: number; from: DayNumber }[]): DayNumber | null {
  let sum = 0
  for (const { share, from } of each.length > 1 ? [...each].sort((a, b) => a.from - b.from) : each) {
    sum += share
    if (from === Infinity) return null
    if (sum >= 0.5 - 1e-12) return from
  }
  return null
}

/** What each who needs a topic has of it, and will have as planned. Answered for most is answered: the rest is a courtesy. */
function partsOf(
  need: Need,
  each: readonly { share: number; from: DayNumber }[],
  basis: ReadinessBasis | undefined,
  today: DayNumber,
): TopicPart[] {
  const answered = forMost(each) ?? Infinity
  const later = basis?.answers.get(need.topic.id) ?? []
  const days = [...new Set(later.map(({ from }) => from))].filter((day) => day > today).sort((a, b) => a - b)
  const ahead = days.map((day) => ({ day, each: eachSince(need, later, day) }))
  const forAll = ahead.find((then) => forMost(then.each) !== null)?.day ?? Infinity
  const day = (value: number): DayNumber | null => (value === Infinity ? null : value)
  return each.map(({ share, from }, i) => {
    const since = Math.min(from, answered)
    const own = ahead.find((then) => then.each[i]!.from < Infinity)?.day ?? Infinity
    return { share, since: day(since), planned: since < Infinity ? null : day(Math.min(own, forAll)) }
  })
}

/** The soonest day on which an open topic is answered: what is under way, else the quickest way at its normal pace. */
function readyDay(topic: Topic, deal: Deal, today: DayNumber): DayNumber {
  let soonest = today + timesOf(topic).normal
  for (const proof of deal.proofs ?? []) {
    if (proof.topic !== topic.id) continue
    const latest = proof.history.at(-1)
    const status = latest?.status ?? 'missing'
    if (status !== 'preparing' && !(proof.readyOn && status === 'missing')) continue
    const normal = topic.proofs.find(({ id }) => id === proof.proof)?.leadDays[1]
    const day = proof.readyOn
      ? dayNumber(proof.readyOn)
      : (latest?.on ? dayNumber(latest.on) : today) + (normal ?? Infinity)
    soonest = Math.min(soonest, Math.max(today + 1, day))
  }
  return soonest
}

export interface TopicsInput {
  deal: Deal
  model: Model
  basis: ReadinessBasis
  /** The same with what is planned as if it were done; left out where nobody draws it. */
  plannedBasis?: ReadinessBasis
  today: DayNumber
  firstContact: DayNumber
  reached: (rank: number) => Reached
  /** Probability that a phase is over. */
  over: (phase: PhaseId) => number
}

/** The topics of a deal: when each is due, when it is ready, and what it weighs today. `criticalOnly` leaves the others out. */
export function topicRooms(input: TopicsInput, criticalOnly = false): TopicRoom[] {
  const { deal, model, basis, today } = input
  const asked = askedDays(deal, model)
  const entries = new Set(deal.proofs?.map(({ topic }) => topic))
  /** Topics of which somebody wrote that nothing is ready: they weigh in full. */
  const lacking = new Set(
    deal.proofs
      ?.filter(({ history }) => ['missing', 'preparing'].includes(history.at(-1)?.status ?? 'missing'))
      .map(({ topic }) => topic),
  )
  const noneAtAll = deal.proofs?.length === 0
  return CONCERNS.flatMap((concern) => {
    const isCritical = ({ topic, weight }: Need): boolean => weight >= CRITICAL && !topic.saidByCustomer
    const needs = criticalOnly ? basis.needs[concern].filter(isCritical) : basis.needs[concern]
    if (needs.length === 0) return []
    const alive = input.over(PEAK[concern]) < OVER_FROM
    const again = alive || reopened(deal, model, concern, today)
    return needs.map((need): TopicRoom => {
      const { topic, weight } = need
      const critical = isCritical(need)
      const answers = basis.answers.get(topic.id) ?? []
      const questions = asked.get(topic.id)
      // Who asked once and never again will ask when its time has come.
      const since = questions && today - questions.last <= REMEMBERED ? questions.first : undefined
      const unsaid = answers.length === 0 && !entries.has(topic.id) && !noneAtAll
      const silent = unsaid && questions === undefined
      const each = eachSince(need, answers, today)
      const answered = forMost(each)
      // An answer for a few does not make the rest weigh more: telling of it may only raise where one stands.
      const half = answered === null && !noneAtAll && !lacking.has(topic.id)
      const due = dueOf(topic, input, since)
      const inSight = (day: DayNumber | null | undefined): boolean =>
        day !== null && day !== undefined && day - today <= SIGHT
      const ready = answered ?? readyDay(topic, deal, today)
      const usual = (since === undefined ? due : dueOf(topic, input, undefined))[1]
      // Whether it was ready by a day that has passed a file without a word on proofs does not say: it speaks neither way.
      const missing = unsaid && deal.proofs === undefined && (usual ?? Infinity) < ready
      const base = critical && alive && inSight(usual) && !missing ? (half ? weight / 2 : weight) : 0
      return {
        topic,
        concern,
        weight,
        critical,
        due,
        answered,
        ready,
        parts: criticalOnly ? [] : partsOf(need, each, input.plannedBasis, today),
        silent,
        unknown: silent && deal.proofs === undefined,
        over: !alive,
        base,
        extra: critical && since !== undefined && again && inSight(due[1]) ? weight - base : 0,
      }
    })
  })
}

/** When a topic is due: by the customer's way, or because it was asked; never before anything could have been ready. */
export function dueOf(
  topic: Topic,
  { model, firstContact, reached }: TopicsInput,
  asked: DayNumber | undefined,
): Reached {
  const first = topic.risesIn[0] ?? PEAK[topic.concern]
  const least = firstContact + quickest(topic)
  const byAsking = asked === undefined ? Infinity : asked + PATIENCE
  return reached(middleRank(model, first)).map((day) => {
    const due = Math.min(day ?? Infinity, byAsking)
    return due === Infinity ? null : Math.max(due, least)
  })
}

function reopened(deal: Deal, model: Model, concern: ConcernId, today: DayNumber): boolean {
  return (deal.evidence ?? []).some((piece) => {
    if (piece.status === 'rejected' || today - dayNumber(piece.on) > REOPENED) return false
    const signal = model.signals.get(piece.signal)
    return signal?.concern === concern || (signal?.asks ?? []).some((id) => model.topics.get(id)?.concern === concern)
  })
}

/** `quiet`: open questions that nobody asks any more, their phase being over. */
export type RoomState = 'unknown' | 'covered' | 'ahead' | 'behind' | 'quiet'

/** Where one stands over some topics: days of room, between −60 and +45; null when unknown or covered. */
export interface Room {
  state: RoomState
  days: number | null
  low: number | null
  high: number | null
}

/** Zero is never written as minus zero. */
export const clamped = (days: number): number => Math.min(MOST_ROOM, Math.max(LEAST_ROOM, Math.round(days))) + 0

export const stateOf = (days: number): RoomState => (days < 0 ? 'behind' : 'ahead')

/**
 * Weighted mean of the rooms of the topics that count, an answered one above every open one. Not the median, which is the same
 * whether what is late is late by a day or by months, and leaps from one end to the other where half is answered. A topic of which
 * nothing is known takes part with half its weight, in a file without a word on proofs only until the day it is due; when that is
 * all of them, or no day is known on which any would be due, the room is unknown. What questions add is taken only as far as it
 * lowers the mean, so that being asked never raises and answering never lowers.
 */
export function roomOf(topics: readonly TopicRoom[]): Room {
  if (topics.every(({ critical, unknown, due }) => unknown || !critical || due.every((day) => day === null)))
    return { state: 'unknown', days: null, low: null, high: null }
  const counting = topics.filter(({ base, extra }) => base + extra > 0)
  if (counting.length > 0 && counting.every(({ answered }) => answered !== null))
    return { state: 'covered', days: null, low: null, high: null }
  const at = (reading: number): number =>
    meanRoom(counting.map((item) => ({ room: roomDays(item, reading), base: item.base, extra: item.extra })))
  // What was answered in time and what is not yet due leave nothing to do today.
  const days = at(1)
  const banded = counting.some(({ due }) => due[0] !== due[1] || due[2] !== due[1])
  const [low, high] = banded ? [at(0), at(2)] : [days, days]
  return { state: stateOf(days), days, low: Math.min(low, days), high: Math.max(high, days) }
}

/** Whole days; nothing at all leaves all the room there is. */
function meanRoom(items: readonly { room: number; base: number; extra: number }[]): number {
  let sum = 0
  let weight = 0
  for (const { room, base } of items) {
    sum += base * room
    weight += base
  }
  for (const { room, extra } of items.filter((item) => item.extra > 0).sort((a, b) => a.room - b.room)) {
    if (weight > 0 && room > sum / weight) break
    sum += extra * room
    weight += extra
  }
  return weight > 0 ? Math.round(sum / weight) + 0 : MOST_ROOM
}

/** Days of room of one topic; an answered one stands above every open one, and what is unknown is never behind. */
export function roomDays({ answered, due, ready, unknown }: TopicRoom, reading = 1): number {
  if (answered !== null) return MOST_ROOM
  const days = clamped((due[reading] ?? Infinity) - ready)
  return unknown ? Math.max(0, days) : days
}
