import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { effectsOf, outcomeOf, tookPlace } from '../deal/outcomes.ts'
import { personMoved } from '../deal/subject.ts'

/** Something recorded that can move a person on the ladder. */
export interface LadderEvent {
  on: PlainDate
  /** Play or signal id, or `touch` for a contact without a play. */
  by: string
  /** Index of the highest rung it can bring to; undefined: it only makes known; null: it moves nobody. */
  reach: number | undefined | null
  lowers: boolean
  touch: boolean
  substantive: boolean
  /** Factor on trust until the next contact of substance. */
  trust: number
}

const KNOWN = 1
/** Two rungs at most in one day, however much happened on it. */
const CLIMBS_PER_DAY = 2

/** The events of a person, by day; confirmed evidence, and touches with what came of them. Order in the file does not matter. */
export function eventsOf(person: string, deal: Pick<Deal, 'evidence' | 'touches'>, model: Model): LadderEvent[] {
  const events = [...contactsOf(person, deal, model), ...signalsOf(person, deal, model)]
  // Of one day what reaches less comes first, and a setback last: the same whatever the order in the file.
  return events.sort(
    (a, b) =>
      (a.on < b.on ? -1 : a.on > b.on ? 1 : 0) ||
      Number(a.lowers) - Number(b.lowers) ||
      (a.reach ?? 0) - (b.reach ?? 0) ||
      (a.by < b.by ? -1 : a.by > b.by ? 1 : 0),
  )
}

function contactsOf(person: string, deal: Pick<Deal, 'touches'>, model: Model): LadderEvent[] {
  const events: LadderEvent[] = []
  for (const touch of deal.touches ?? []) {
    const outcome = outcomeOf(touch)
    if (outcome === null || !touch.with.includes(person)) continue
    const play = touch.play ? model.plays.get(touch.play) : undefined
    const effects = play && effectsOf(play, outcome, model)
    const met = tookPlace(touch)
    // A refusal is no meeting, but it is remembered: it takes something off trust.
    if (!met && effects?.trust === undefined) continue
    events.push({
      on: touch.on,
      by: touch.play ?? 'touch',
      reach: effects ? effects.reach : undefined,
      lowers: false,
      touch: met,
      substantive: effects?.substantive === true,
      trust: effects?.trust ?? 1,
    })
  }
  return events
}

function signalsOf(person: string, deal: Pick<Deal, 'evidence'>, model: Model): LadderEvent[] {
  const events: LadderEvent[] = []
  for (const piece of deal.evidence ?? []) {
    if (piece.status !== 'confirmed') continue
    const signal = model.signals.get(piece.signal)
    const moves = (signal ? personMoved(piece, signal) : piece.from) === person
    const reach = moves && signal?.rung ? model.rungIndex.get(signal.rung) : undefined
    const lowers = moves && signal?.lowersRung === true
    // News of somebody, told by another, is no contact; it counts only where it says that they were reached.
    if (piece.from !== person && reach === undefined && !lowers) continue
    // What somebody says against us opens no door to them.
    if (signal?.polarity === 'negative' && reach === undefined && !lowers) continue
    events.push({ on: piece.on, by: piece.signal, reach, lowers, touch: false, substantive: false, trust: 1 })
  }
  return events
}

export interface Climb {
  on: PlainDate
  to: number
  by: string
}

/**
 * Climbs the ladder rung by rung. Any recorded contact makes a person known; beyond that an event lifts by one rung, if the
 * person stands below what it can reach. A setback takes one rung away, but nobody becomes unknown again.
 */
export function climb(events: readonly LadderEvent[], model: Model): { rung: number; climbs: Climb[] } {
  const top = model.methodology.people.rungs.length - 1
  const climbs: Climb[] = []
  let rung = 0
  let day = ''
  let today = 0
  for (const event of events) {
    if (event.on !== day) {
      day = event.on
      today = 0
    }
    const up = (): void => {
      rung++
      today++
      climbs.push({ on: event.on, to: rung, by: event.by })
    }
    if (event.lowers) {
      if (rung > KNOWN) {
        rung--
        climbs.push({ on: event.on, to: rung, by: event.by })
      }
      continue
    }
    if (event.reach === null) continue
    if (rung < KNOWN && today < CLIMBS_PER_DAY) up()
    if (event.reach !== undefined && rung < Math.min(event.reach, top) && today < CLIMBS_PER_DAY) up()
  }
  return { rung, climbs }
}
