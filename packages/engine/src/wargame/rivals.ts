import { addDays } from '../core/dates.ts'
import type { Deal, Evidence } from '../deal/deal.ts'
import { PHASES } from '../methodology/schema.ts'
import type { ConcernId, FeatureId, RivalPolicy } from '../methodology/schema.ts'
import { featuresOf } from '../outlook/features.ts'
import type { Board } from './board.ts'
import { peopleFor } from './steps.ts'
import type { Slots } from './steps.ts'

/** A move of the rival on the board. */
export interface GameMove {
  phase: number
  after: readonly [number, number]
  chance: number
  /** Whom it meets; empty: nobody. */
  who: readonly number[]
  atTop: boolean
  signals: readonly GameSignal[]
  unless: 'top' | 'working' | ConcernId | null
  /** Draws: day, chance, whether it takes. */
  slot: number
  /** An answer to our first step at this level; null: a move of its own. */
  when: 'top' | 'working' | null
}

/** A signal with what it leaves of `1 − feature`, for each feature it moves: (1 − with it) / (1 − without). */
export interface GameSignal {
  id: string
  /** Its place among the signals of the game: it counts once. */
  bit: number
  features: Int32Array
  ratios: Float64Array
}

/** The features that are noisy-ors of signs, so that one more sign multiplies what is left. */
export const SIGNED: readonly FeatureId[] = ['favour', 'examined', 'rival_pull', 'trouble', 'drive', 'brakes']

/** A sign of the game as it would be written down: of the rival where such signs are about one. */
export function pieceOf(board: Board, signal: string, day: number): Evidence {
  const ofRival = board.model.signals.get(signal)?.about?.includes('rival') === true
  return {
    on: addDays(board.asOf, day),
    signal,
    confidence: 1,
    status: 'confirmed',
    ...(ofRival ? { about: board.rival.id } : {}),
  } as Evidence
}

/** Signals by id, each asked of the engine once: the deal's features with it, beside those without. */
export function signalsOf(board: Board, ids: readonly string[], order: readonly FeatureId[]): Map<string, GameSignal> {
  const { deal, model, asOf, relations } = board
  const before = featuresOf(deal, relations, model, asOf)
  return new Map(
    [...new Set(ids)].map((id, bit): [string, GameSignal] => {
      const seen: Deal = { ...deal, evidence: [...(deal.evidence ?? []), pieceOf(board, id, 1)] }
      const after = featuresOf(seen, relations, model, asOf)
      const moved = SIGNED.filter((feature) => after[feature].value !== before[feature].value)
      return [
        id,
        {
          id,
          bit,
          features: Int32Array.from(moved, (feature) => order.indexOf(feature)),
          ratios: Float64Array.from(moved, (feature) => (1 - after[feature].value) / (1 - before[feature].value)),
        },
      ]
    }),
  )
}

export function movesOf(
  board: Board,
  slots: Slots,
  policy: RivalPolicy,
  signals: ReadonlyMap<string, GameSignal>,
): GameMove[] {
  const workers = peopleFor(board, 'working', Infinity)
  const meet = (to: 'top' | 'executive' | 'working' | undefined, turn: number): number[] =>
    to === undefined
      ? []
      : to === 'working'
        ? workers.slice(turn % Math.max(1, workers.length)).slice(0, 1)
        : peopleFor(board, to)
  const moves: GameMove[] = []
  policy.moves.forEach((move, i) => {
    for (let turn = 0; turn < (move.times ?? 1); turn++) {
      const later = turn * (move.every ?? 0)
      moves.push({
        phase: move.phase === undefined ? -1 : PHASES.indexOf(move.phase),
        after: [move.after[0] + later, move.after[1] + later],
        chance: move.chance,
        who: meet(move.meets, turn),
        atTop: move.meets === 'top',
        signals: move.signals.map((id) => signals.get(id)!),
        unless: move.unless ?? null,
        slot: slots.of(`${policy.id} ${i} ${turn}`),
        when: null,
      })
    }
  })
  policy.answers.forEach((answer, i) =>
    moves.push({
      phase: -1,
      after: answer.after,
      chance: answer.chance,
      who: meet(answer.meets, 0),
      atTop: answer.meets === 'top',
      signals: answer.signals.map((id) => signals.get(id)!),
      unless: answer.unless ?? null,
      slot: slots.of(`${policy.id} answer ${i}`),
      when: answer.when,
    }),
  )
  return moves
}

/** How likely each policy is, from what is usual and what the file shows of rivals; they sum to one. */
export function sharesOf(board: Board): Float64Array {
  const { theirs, metTop } = board.model.methodology.wargame
  const { deal, pawns, invented, rival } = board
  const heard = new Set((deal.evidence ?? []).flatMap(({ signal, status }) => (status === 'rejected' ? [] : [signal])))
  const met = (top: boolean): boolean => pawns.some((pawn) => pawn.tied > 0 && (top ? pawn.top : !pawn.executive))
  const holds = ({ when, signals = [] }: RivalPolicy['signs'][number]): boolean => {
    switch (when) {
      case 'met_top':
        return met(true) || heard.has(metTop)
      case 'met_working':
        return met(false)
      case 'incumbent':
        return rival.incumbent === true
      case 'leading':
        return rival.leading === true
      case 'no_rival':
        return invented
      case 'signal':
        return signals.some((id) => heard.has(id))
    }
  }
  const shares = Float64Array.from(theirs, ({ prior, signs }) =>
    signs.reduce((share, sign) => (holds(sign) ? share * sign.factor : share), prior),
  )
  const sum = shares.reduce((a, b) => a + b, 0)
  return shares.map((share) => (sum > 0 ? share / sum : 1 / shares.length))
}
