import { dateOf, saidDay as said } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { perConcern } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { ConcernId, Text } from '../methodology/schema.ts'
import type { ExecutivesRoom } from './executives.ts'
import type { ConcernLead, Lead, StartBy } from './schema.ts'
import { clamped, MOST_ROOM, roomDays, roomOf } from './topics.ts'
import type { Room, TopicRoom } from './topics.ts'

type Steps = ConcernLead['lines']['due']

/** Equal rooms: the concern named first is spoken of. */
const TIE_ORDER: readonly ConcernId[] = ['risk', 'solution', 'cost', 'need']

/** Where one stands with each concern. `crossing`: the day its most pressing open topic is due. */
export function concernLeads(topics: readonly TopicRoom[], today: DayNumber): Record<ConcernId, ConcernLead> {
  return perConcern((concern) => {
    const own = ownOf(topics, concern)
    const worst = worstOf(own.filter(({ base, extra }) => base + extra > 0))
    const due = worst?.due[1] ?? null
    const room = roomOfOwn(own)
    return {
      ...room,
      crossing: room.days === null || due === null ? null : dateOf(due),
      red: own.some((topic) => isRed(topic)),
      lines: linesOf(own, today),
    }
  })
}

const ownOf = (topics: readonly TopicRoom[], concern: ConcernId): TopicRoom[] =>
  topics.filter((topic) => topic.critical && topic.concern === concern)

function roomOfOwn(own: readonly TopicRoom[]): Room {
  const none = { days: null, low: null, high: null } as const
  return own.length === 0 ? { state: 'covered', ...none } : isQuiet(own) ? { state: 'quiet', ...none } : roomOf(own)
}

/** The room of each concern alone, as `concernLeads` has it, without what is drawn. */
export function concernRooms(topics: readonly TopicRoom[]): Record<ConcernId, Room> {
  return perConcern((concern) => roomOfOwn(ownOf(topics, concern)))
}

/** Nothing of a concern is asked any more, its phase being over, and something of it was never answered: that is no room and no lack of it. */
const isQuiet = (topics: readonly TopicRoom[]): boolean =>
  topics.every(({ over, extra }) => over && extra === 0) &&
  topics.some(({ answered, unknown }) => answered === null && !unknown)

/** What is due and cannot be ready in time; of what nobody knows nothing is red. */
export function isRed(topic: TopicRoom): boolean {
  return topic.base + topic.extra > 0 && !topic.unknown && topic.answered === null && roomDays(topic) < 0
}

/** The open topic with the least room; of equal ones the weightiest. */
export function worstOf(topics: readonly TopicRoom[]): TopicRoom | null {
  return topics
    .filter(({ answered, unknown }) => answered === null && !unknown)
    .reduce<TopicRoom | null>((worst, next) => {
      if (!worst) return next
      const [a, b] = [pressing(worst), pressing(next)]
      return b < a || (b === a && next.weight > worst.weight) ? next : worst
    }, null)
}

const pressing = ({ due, ready }: TopicRoom): number => (due[1] ?? Infinity) - ready

/**
 * For the picture: the share of a concern's critical weight that is asked by a day, what is ready, what the plan adds to it, what
 * is due and not ready even so, and what is due and only the plan makes ready. What has no room left is open from today at the latest: that is when it can still be begun.
 */
function linesOf(topics: readonly TopicRoom[], today: DayNumber): ConcernLead['lines'] {
  const total = topics.reduce((sum, { weight }) => sum + weight, 0)
  const steps = (changes: readonly (readonly [day: DayNumber | null, weight: number])[]): Steps => {
    const sums = new Map<DayNumber, number>()
    for (const [day, weight] of changes)
      if (day !== null && Number.isFinite(day)) sums.set(day, (sums.get(day) ?? 0) + weight)
    let sum = 0
    return [...sums.entries()]
      .sort(([a], [b]) => a - b)
      .map(([day, weight]) => {
        sum += weight
        return { on: dateOf(day), share: Math.min(1, Math.max(0, sum / total)) }
      })
  }
  const dueOf = (topic: TopicRoom, reading: number): DayNumber | null => {
    const day = topic.due[reading] ?? null
    return isRed(topic) && (day === null || day > today) ? today : day
  }
  // What nobody talks of any more is not held against us.
  const isOver = ({ base, extra }: TopicRoom, due: DayNumber): boolean => base + extra === 0 && due <= today
  // Answered since before anybody wrote days: it always stood.
  const parts = topics.flatMap((topic) =>
    topic.parts.map(({ share, since, planned }) => ({
      topic,
      weight: share * topic.weight,
      since: since === -Infinity ? 0 : since,
      planned,
      due: dueOf(topic, 1),
    })),
  )
  return {
    due: steps(topics.map((topic) => [dueOf(topic, 1), topic.weight])),
    early: steps(topics.map((topic) => [dueOf(topic, 0), topic.weight])),
    late: steps(topics.map((topic) => [dueOf(topic, 2), topic.weight])),
    ready: steps(parts.map(({ since, weight }) => [since, weight])),
    planned: steps(parts.map(({ planned, weight }) => [planned, weight])),
    open: steps(
      parts.flatMap(({ topic, weight, since, planned, due }): [DayNumber | null, number][] => {
        const ready = since ?? planned
        if (due === null || topic.unknown || isOver(topic, due) || (ready !== null && ready <= due)) return []
        return [
          [due, weight],
          [ready, -weight],
        ]
      }),
    ),
    saved: steps(
      parts.flatMap(({ topic, weight, planned, due }): [DayNumber | null, number][] =>
        due === null || topic.unknown || isOver(topic, due) || planned === null
          ? []
          : [[Math.max(due, planned), weight]],
      ),
    ),
  }
}

/** The two rooms and their mean: what is said of a deal's lead, without what is to be started. */
export function leadFrom(
  topics: readonly TopicRoom[],
  executives: ExecutivesRoom,
): Pick<Lead, 'state' | 'days' | 'low' | 'high'> & { topics: Room } {
  const room = roomOf(topics)
  const values = [
    ...(room.state === 'unknown'
      ? []
      : [{ days: room.days ?? MOST_ROOM, low: room.low ?? MOST_ROOM, high: room.high ?? MOST_ROOM }]),
    ...(executives.days === null ? [] : [{ days: executives.days, low: executives.days, high: executives.days }]),
  ]
  if (values.length === 0) return { state: 'unknown', days: null, low: null, high: null, topics: room }
  const covered =
    (room.state === 'covered' && (executives.state === 'covered' || executives.state === 'unknown')) ||
    (room.state === 'unknown' && executives.state === 'covered')
  if (covered) return { state: 'covered', days: null, low: null, high: null, topics: room }
  const mean = (of: 'days' | 'low' | 'high'): number =>
    clamped(values.reduce((sum, value) => sum + value[of], 0) / values.length)
  const days = mean('days')
  return { state: days < 0 ? 'behind' : 'ahead', days, low: mean('low'), high: mean('high'), topics: room }
}

/** The concern with the least room; null when all are covered or unknown. */
export function decidingConcern(of: Readonly<Record<ConcernId, { days: number | null }>>): ConcernId | null {
  let found: ConcernId | null = null
  for (const concern of TIE_ORDER) {
    const value = of[concern].days
    if (value !== null && (found === null || value < of[found].days!)) found = concern
  }
  return found
}

/** The one act that the lead asks for first, with its day, in both languages; null: nothing presses. */
export function firstAct(
  lead: { topics: Room },
  executives: ExecutivesRoom,
  topics: readonly TopicRoom[],
  startBy: readonly StartBy[],
  model: Model,
  asOf: PlainDate,
): Lead['act'] {
  const person = executives.each.find(({ person: id }) => id === executives.who)
  const topicDays = lead.topics.days ?? MOST_ROOM
  if (person && executives.days !== null && executives.days < MOST_ROOM && executives.days <= topicDays)
    return executiveAct(person, model, asOf)
  const worst =
    worstOf(topics.filter(({ base, extra }) => base + extra > 0)) ??
    worstOf(topics.filter(({ critical, due }) => critical && dayDue(due) >= asOf))
  const start = worst && startBy.find((item) => item.topic === worst.topic.id)
  if (!start) {
    if (person && executives.days !== null && executives.days < MOST_ROOM) return executiveAct(person, model, asOf)
    return null
  }
  const [by, needed] = [said(start.startBy), said(start.crossing)]
  const late = start.verdict === 'too-late'
  const takes = start.leadDays
  return {
    kind: 'proof',
    topic: start.topic,
    proof: start.proof,
    person: null,
    on: start.startBy,
    words: late
      ? {
          en: `start “${start.proofName.en}” at once and raise “${start.name.en}” yourself: it takes ${takes} days and was needed by ${needed.en}`,
          zh: `立即启动“${start.proofName.zh}”，并主动谈“${start.name.zh}”：需要 ${takes} 天，${needed.zh}前就该有`,
        }
      : {
          en: `start “${start.proofName.en}” by ${by.en} (takes ${takes} days, needed ${needed.en})`,
          zh: `${by.zh}前启动“${start.proofName.zh}”（需要 ${takes} 天，${needed.zh}要用）`,
        },
  }
}

function executiveAct(person: ExecutivesRoom['each'][number], model: Model, asOf: PlainDate): Lead['act'] {
  const path = model.methodology.people.paths.find(({ id }) => id === person.path)!.name
  const last = person.lastGoodDay
  const on = last !== null && last >= asOf ? last : asOf
  const day = last === null ? null : said(last)
  const way = {
    en: `way in: ${path.en.toLowerCase()} (${person.wayDays} days)`,
    zh: `途径：${path.zh}（${person.wayDays} 天）`,
  }
  const missed = last !== null && last < asOf
  const words: Text = person.met
    ? {
        en: missed
          ? `see ${person.name} again now; the last good day was ${day!.en}`
          : `see ${person.name} again by ${day!.en}`,
        zh: missed ? `尽快再见${person.name}；最后的好时机是${day!.zh}` : `${day!.zh}前再见一次${person.name}`,
      }
    : {
        en: missed
          ? `nobody of ours has met ${person.name} for this deal; the last good day was ${day!.en}; ${way.en}`
          : `meet ${person.name}${day ? `: start by ${day.en}` : ''}; ${way.en}`,
        zh: missed
          ? `这个商机里我方还没人见过${person.name}；最后的好时机是${day!.zh}；${way.zh}`
          : `去见${person.name}${day ? `：${day.zh}前要动手` : ''}；${way.zh}`,
      }
  return { kind: 'executive', topic: null, proof: null, person: person.person, on, words }
}

/** The expected day, or nothing that is earlier than any day. */
const dayDue = (due: TopicRoom['due']): string => {
  const day = due[1] ?? null
  return day === null ? '' : dateOf(day)
}
