import { dayNumber } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { proofOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { effectsOf } from '../deal/outcomes.ts'
import { PHASES } from '../methodology/schema.ts'
import type { ConcernId, OurStrategy, OutcomeId, Play } from '../methodology/schema.ts'
import type { Plan } from '../plan/schema.ts'
import type { Board } from './board.ts'

/** What an outcome of a step does, in the numbers of the game. */
interface Effect {
  /** Highest rung it can bring to; −1: it only makes known; −2: it moves nobody. */
  reach: number
  substantive: boolean
  /** Factor on trust. */
  trust: number
  /** The hold: asked, or given; null: nothing is said of it. */
  hold: 'asked' | 'given' | 'none' | null
}

/** A paper of ours that is shown with a step. */
export interface Paper {
  topic: string
  proof: string
  for: string
}

/** A step of ours on the board. */
export interface GameStep {
  play: string
  name: Play['name']
  /** Its day where it has one, else so many days after a phase begins; never before `earliest`. */
  day: number | null
  phase: number
  after: number
  earliest: number
  /** Bit p: the play fits while the customer is in phase p. */
  fits: number
  who: Int32Array
  /** For each of them: chance of the way in, 0 where we know each other. */
  way: Float64Array
  from: number
  done: Effect
  cold: Effect
  refused: Effect
  /** Chance that the stance moves one up. */
  stance: number
  /** Topics it brings to a value: by talk, and on paper. */
  topics: Int32Array
  values: Float64Array
  papers: Paper[]
  hours: number
  level: 'top' | 'working' | null
  /** Where its draws stand in a path's row of draws: success, stance, hold. */
  slot: number
}

/** Rows of draws are shared by name, so that the same step has the same luck in every strategy. */
export class Slots {
  private readonly known = new Map<string, number>()
  size = 0
  of(name: string, width = 3): number {
    let at = this.known.get(name)
    if (at === undefined) {
      this.known.set(name, (at = this.size))
      this.size += width
    }
    return at
  }
}

const REACH_UNKNOWN = -1
export const REACH_NOBODY = -2
/** So many papers at most go with one step. */
const PAPERS = 5

function effectOf(play: Play, outcome: OutcomeId, model: Model): Effect {
  const { reach, substantive, trust = 1, hold } = effectsOf(play, outcome, model)
  return {
    reach: reach === null ? REACH_NOBODY : (reach ?? REACH_UNKNOWN),
    substantive,
    trust,
    hold: hold === 'broken' ? null : (hold ?? null),
  }
}

interface When {
  day: number | null
  phase?: number
  after?: number
  alone?: boolean
}

/** The way in that needs somebody of theirs to take us. */
const INSIDE = 'internal_recommendation'

/** A play with people, put on the board. Null: nobody to do it with. */
export function stepOf(
  board: Board,
  slots: Slots,
  playId: string,
  who: readonly number[],
  when: When,
  papers: readonly Paper[] = [],
  turn = 0,
): GameStep | null {
  const { model, pawns } = board
  const play = model.plays.get(playId)
  if (!play || who.length === 0) return null
  const done = effectsOf(play, 'done', model)
  const values = new Map<number, number>()
  const raise = (topic: string, value: number): void => {
    const i = board.topics.ids.indexOf(topic)
    if (i >= 0) values.set(i, Math.max(values.get(i) ?? 0, value))
  }
  const { statuses, strengths } = model.methodology.topics
  for (const { topic, status } of done.topics) raise(topic, statuses[status] * strengths.medium)
  for (const { topic, factor } of done.worries ?? []) raise(topic, 1 - factor)
  for (const { topic, proof } of papers) {
    const known = proofOf(model.topics.get(topic), proof)
    if (known) raise(topic, statuses.presented * strengths[known.strength])
  }
  const ways = who.map((p) =>
    board.view.people
      .find(({ id }) => id === pawns[p]!.id)
      ?.ways.find(({ path }) => when.alone !== true || path !== INSIDE),
  )
  const wait = Math.max(0, ...ways.map((way) => way?.normal ?? 0))
  const paperDays = Math.max(
    0,
    ...papers.map(({ topic, proof }) => proofOf(model.topics.get(topic), proof)?.leadDays[1] ?? 0),
  )
  return {
    play: play.id,
    name: play.name,
    day: when.day,
    phase: when.phase ?? 0,
    after: when.after ?? 0,
    earliest: Math.max(1, play.leadDays[1], wait, paperDays),
    fits: play.phases.reduce((bits, phase) => bits | (1 << PHASES.indexOf(phase)), 0),
    who: Int32Array.from(who),
    way: Float64Array.from(ways, (way) => way?.probability ?? 0),
    from: model.rungIndex.get(play.from)!,
    done: effectOf(play, 'done', model),
    cold: effectOf(play, 'met_cold', model),
    refused: effectOf(play, 'no_answer', model),
    stance: Math.max(0, done.stance ?? 0),
    topics: Int32Array.from(values.keys()),
    values: Float64Array.from(values.values()),
    papers: [...papers],
    hours: play.hours,
    level: who.some((p) => pawns[p]!.top) ? 'top' : who.some((p) => !pawns[p]!.executive) ? 'working' : null,
    slot: slots.of(`${play.id}~${pawns[who[0]!]!.id}~${turn}`),
  }
}

/**
 * Who a step of a strategy is with: the number one; the most influential other who decides; two of the working level. Those who
 * stand on the rung it starts from come first: no rung is skipped.
 */
export function peopleFor(board: Board, to: 'top' | 'executive' | 'working', count = 2, from = 0): number[] {
  const { pawns } = board
  const ready = (i: number): number => Number(pawns[i]!.rung >= from)
  const order = pawns
    .map((_, i) => i)
    .sort((a, b) => ready(b) - ready(a) || pawns[b]!.influence - pawns[a]!.influence || a - b)
  if (to === 'top') return order.filter((i) => pawns[i]!.top).slice(0, 1)
  if (to === 'executive') return order.filter((i) => pawns[i]!.decides && !pawns[i]!.top).slice(0, 1)
  return order.filter((i) => !pawns[i]!.executive).slice(0, count)
}

/** The most pressing open topics of a concern with the quickest good paper for each. */
function papersFor(board: Board, concern: ConcernId, who: readonly number[], taken: Set<string>): Paper[] {
  const { topics, weights } = board.concerns[concern]
  const person = board.pawns[who[0]!]?.id
  if (person === undefined) return []
  return [...topics]
    .map((topic, i) => ({ topic, weight: weights[i]! }))
    .filter(({ topic }) => board.topics.answer[topic]! < 0.5 && !taken.has(board.topics.ids[topic]!))
    .sort((a, b) => b.weight - a.weight || a.topic - b.topic)
    .slice(0, PAPERS)
    .flatMap(({ topic }): Paper[] => {
      const id = board.topics.ids[topic]!
      const proofs = board.model.topics.get(id)!.proofs.filter(({ strength }) => strength !== 'weak')
      const quick = [...proofs].sort((a, b) => a.leadDays[1] - b.leadDays[1] || (a.id < b.id ? -1 : 1))[0]
      if (!quick) return []
      taken.add(id)
      return [{ topic: id, proof: quick.id, for: person }]
    })
}

/** The steps of a strategy; `plans`: what the planner made, by style. */
export function stepsFor(
  board: Board,
  slots: Slots,
  strategy: OurStrategy,
  plans: Partial<Record<'steady' | 'swift', Plan>>,
): GameStep[] {
  const at = new Map(board.pawns.map(({ id }, i) => [id, i]))
  const indices = (ids: readonly string[]): number[] => ids.flatMap((id) => at.get(id) ?? [])
  const daysTo = (on: string): number => Math.max(1, dayNumber(on as PlainDate) - dayNumber(board.asOf))
  const some = (steps: (GameStep | null)[]): GameStep[] => steps.filter((step) => step !== null)
  const taken = new Set<string>()
  const written = (): GameStep[] =>
    some(
      strategy.steps.flatMap(({ play, to, phase, after, papers, alone, every = 0, times = 1 }) => {
        const from = board.model.rungIndex.get(board.model.plays.get(play)?.from ?? '') ?? 0
        const who = peopleFor(board, to, 2, from)
        return Array.from({ length: times }, (_, turn) => {
          const when = { day: null, phase: PHASES.indexOf(phase), after: after + turn * every, alone: alone === true }
          return stepOf(board, slots, play, who, when, papers ? papersFor(board, papers, who, taken) : [], turn)
        })
      }),
    )
  switch (strategy.from) {
    case 'planner': {
      const planned = some(
        (plans[strategy.style ?? 'steady']?.steps ?? []).map((step) => {
          if (board.model.plays.get(step.play)?.does?.includes('leave')) return null
          const papers = step.bring.proofs.map(({ topic, proof, for: person }) => ({ topic, proof, for: person }))
          return stepOf(board, slots, step.play, indices(step.with), { day: daysTo(step.on) }, papers)
        }),
      )
      return planned.length > 0 ? [...planned, ...written()] : []
    }
    case 'deal':
      return some(
        (board.deal.plan ?? []).map((step) =>
          step.status === 'open' && step.play && step.on && step.on >= board.asOf
            ? stepOf(board, slots, step.play, indices(step.with ?? []), { day: daysTo(step.on) })
            : null,
        ),
      )
    case 'steps':
      return written()
    default:
      return []
  }
}

/** The step with which we answer a rival's visit to the top; null: nobody is known there. */
export function counterOf(board: Board, slots: Slots): GameStep | null {
  const play = board.model.methodology.plays.plays.find(({ outcomes }) => outcomes?.done?.rival === 'cancelled')
  return play ? stepOf(board, slots, play.id, peopleFor(board, 'top'), { day: 1 }) : null
}
