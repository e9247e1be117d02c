import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { modelOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import { ledgerOf } from '../deal/ledger.ts'
import { outcomeOf, tookPlace } from '../deal/outcomes.ts'
import type { Methodology, Text } from '../methodology/schema.ts'
import { relations } from './relations.ts'

/** A day on which somebody's trust moved, and by what. `faded`: nothing happened, time passed. */
export interface TrustMove {
  on: PlainDate
  kind: 'met' | 'cold' | 'kept' | 'late' | 'broken' | 'overdue' | 'faded'
  what: Text
  from: number
  to: number
}

export interface TrustHistory {
  person: string
  name: string
  /** 0..1. */
  trust: number
  /** Oldest first; the first starts from nothing, and the last ends at `trust`. */
  moves: TrustMove[]
}

/** So much is no change. */
const NOTHING = 0.005

/**
 * How much each person trusts us today and what brought it there: meetings, refusals, promises kept, late and broken, and time. Trust on a
 * day is that of section 5 of docs/engine.md, with what was known on that day; between two events it fades, which is a move of its own.
 */
export function trustOf(deal: Deal, methodology: Methodology, asOf: PlainDate): TrustHistory[] {
  const model = modelOf(methodology)
  const seen = dealAsOf(deal, asOf)
  const now = relations(seen, model, asOf)
  const days = causesOf(seen, model, asOf)
  const order = [...days.keys()].sort()
  const stands = new Map<string, { trust: number; moves: TrustMove[] }>(
    now.people.map(({ id }) => [id, { trust: 0, moves: [] }]),
  )
  let before: PlainDate | null = null
  for (const on of order) {
    const eve = addDays(on, -1)
    // What faded since the last event, then what happened on the day.
    if (before !== null && eve > before) move(stands, trustOn(deal, eve), eve, () => ({ kind: 'faded', what: FADED }))
    const happened = days.get(on)!
    move(stands, trustOn(deal, on), on, (id, up) => {
      const own = happened.filter(({ person }) => person === id)
      return own.find(({ kind }) => UP.has(kind) === up) ?? own[0] ?? null
    })
    before = on
  }
  move(stands, new Map(now.people.map(({ id, trust }) => [id, trust])), asOf, () => ({ kind: 'faded', what: FADED }))
  return now.people.map(({ id, name, trust }) => ({ person: id, name, trust, moves: stands.get(id)!.moves }))

  function trustOn(whole: Deal, on: PlainDate): Map<string, number> {
    const then = dealAsOf(whole, on)
    return new Map(relations(then, model, on).people.map(({ id, trust }) => [id, trust]))
  }
}

interface Cause {
  person: string
  kind: TrustMove['kind']
  what: Text
}

/** What can have moved somebody's trust, by its day. */
function causesOf(seen: Deal, model: Model, asOf: PlainDate): Map<PlainDate, Cause[]> {
  const days = new Map<PlainDate, Cause[]>()
  const add = (on: PlainDate, person: string, kind: TrustMove['kind'], what: Text): void => {
    if (on <= asOf) days.set(on, [...(days.get(on) ?? []), { person, kind, what }])
  }
  for (const touch of seen.touches ?? []) {
    if (outcomeOf(touch) === null) continue
    const play = touch.play ? model.plays.get(touch.play)?.name : undefined
    const what = play ?? { en: touch.what ?? 'Contact', zh: touch.what ?? '接触' }
    const kind = tookPlace(touch) && touch.outcome !== 'met_cold' ? 'met' : 'cold'
    for (const person of touch.with) add(touch.on, person, kind, what)
  }
  for (const piece of seen.evidence ?? [])
    if (piece.from) add(piece.on, piece.from, 'met', model.signals.get(piece.signal)?.name ?? both(piece.signal))
  promisesMove(seen, asOf, add)
  return days
}

function promisesMove(
  seen: Deal,
  asOf: PlainDate,
  add: (on: PlainDate, person: string, kind: TrustMove['kind'], what: Text) => void,
): void {
  for (const { by, to, what, due, state, overdue, index } of ledgerOf(seen, asOf)) {
    if (by !== 'us' || to === null) continue
    const promise = seen.commitments![index]!
    const settled = state === 'broken' ? promise.brokenOn : promise.doneOn
    if (due !== null && (overdue || state === 'late')) add(addDays(due, 1), to, 'overdue', both(what))
    if (settled && state !== 'open') add(settled, to, state, both(what))
  }
}

const both = (text: string): Text => ({ en: text, zh: text })
const FADED: Text = { en: 'No contact of substance since', zh: '此后没有实质接触' }
const UP: ReadonlySet<TrustMove['kind']> = new Set<TrustMove['kind']>(['met', 'kept', 'late'])

function move(
  stands: Map<string, { trust: number; moves: TrustMove[] }>,
  now: ReadonlyMap<string, number>,
  on: PlainDate,
  by: (person: string, up: boolean) => Pick<TrustMove, 'kind' | 'what'> | null,
): void {
  for (const [id, stand] of stands) {
    const to = now.get(id) ?? 0
    if (Math.abs(to - stand.trust) < NOTHING) continue
    const cause = by(id, to > stand.trust) ?? { kind: 'faded' as const, what: FADED }
    stand.moves.push({ on, kind: cause.kind, what: cause.what, from: stand.trust, to })
    stand.trust = to
  }
}
