import { OPEN_PHASES } from '../methodology/schema.ts'
import type { Board } from './board.ts'
import { Standing } from './standing.ts'
import type { GameMove, GameSignal } from './rivals.ts'
import type { GameStep, Paper } from './steps.ts'

/** What happened on a path, as it would be written down; `facts.ts` makes facts of a deal of it. */
export type Happened =
  | { kind: 'touch'; day: number; play: string; who: readonly number[]; outcome: 'done' | 'met_cold' | 'no_answer' }
  | { kind: 'stance'; day: number; who: number; value: number }
  | { kind: 'held'; day: number; who: number }
  | { kind: 'papers'; day: number; papers: readonly Paper[] }
  | { kind: 'meets'; day: number; who: number }
  | { kind: 'signal'; day: number; id: string }
  | { kind: 'life'; day: number }

/** A strategy on the board. */
export interface Side {
  steps: readonly GameStep[]
  /** The visit with which we answer a rival's at the top; null: we do not. */
  counter: GameStep | null
  leaves: boolean
}

/** A path as it is played: where the customer goes, what is so and nobody knows, and the luck of every step and move. */
export interface Path {
  /** Day on which each open phase begins, 0 where it has. */
  enters: Int16Array
  decides: number
  draws: Float64Array
  /** A rival has been with the number one. */
  metTop: boolean
  /** What the number one thinks, −1 … 1, where nobody knows; null: as the file has it. */
  topStance: number | null
  /** Factor on the odds of every assumed chance of ours, and of the rival's. */
  lift: number
  theirLift: number
}

export interface Played {
  decided: number
  won: number
  hours: number
}

const STEP = 0
const COUNTER = 1
const MOVE = 2
const MOST = 96
/** Below it we do not know each other well enough to be let in without a way. */
const KNOWN_ENOUGH = 2

/** Plays one strategy against one policy on one path at a time; all its memory is made once. */
export class Player {
  private readonly days = new Int32Array(MOST)
  private readonly kinds = new Uint8Array(MOST)
  private readonly items = new Int32Array(MOST)
  private count = 0
  readonly standing: Standing
  private readonly board: Board
  private readonly file: Board['model']['methodology']['wargame']
  private readonly factors: Board['model']['methodology']['plan']['factors']
  private readonly accessSlot: Int32Array
  private readonly shown: { bit: number } = { bit: 0 }
  trace: Happened[] | null = null
  private readonly topMet: GameSignal | null

  constructor(board: Board, accessSlot: Int32Array, topMet: GameSignal | null) {
    this.board = board
    this.accessSlot = accessSlot
    this.topMet = topMet
    this.standing = new Standing(board)
    this.file = board.model.methodology.wargame
    this.factors = board.model.methodology.plan.factors
  }

  /** `coefficients`: rows of the win number (`coefficientsOf`); each gives its chances in `into`, in their order. */
  play(
    side: Side,
    moves: readonly GameMove[],
    path: Path,
    coefficients: readonly Float64Array[],
    into: Played[],
  ): void {
    const { standing, trace } = this
    const { decides } = path
    const end = decides - 1
    standing.reset()
    this.shown.bit = 0
    this.count = 0
    const { idleHoursPerWeek, bidHours, counterDays } = this.file
    let hours = bidHours + (idleHoursPerWeek * decides) / 7
    this.hidden(path)
    const first = this.ours(side, path, end)
    const visit = this.theirs(moves, path, first, end)
    if (side.counter && visit < Infinity) this.add(Math.max(visit + counterDays, side.counter.earliest), COUNTER, 0)
    for (let e = 0; e < this.count; e++) {
      const day = this.days[e]!
      if (day > end) break
      const kind = this.kinds[e]!
      if (kind === MOVE) this.move(moves[this.items[e]!]!, day, path)
      else hours += this.step(kind === COUNTER ? side.counter! : side.steps[this.items[e]!]!, day, path)
    }
    for (let p = 0; p < OPEN_PHASES; p++) {
      const on = path.enters[p]!
      if (on > 0 && on <= decides) {
        standing.lives(on)
        trace?.push({ kind: 'life', day: on })
      }
    }
    standing.close(decides)
    for (let c = 0; c < coefficients.length; c++) {
      const out = into[c]!
      standing.chances(coefficients[c]!, out)
      out.hours = hours
    }
  }

  /** What was so before the game began and nobody told us. */
  private hidden({ metTop, topStance }: Path): void {
    const { pawns } = this.board
    for (let p = 0; p < pawns.length; p++) {
      if (!pawns[p]!.top) continue
      if (metTop) {
        this.standing.meets(p, 0)
        this.trace?.push({ kind: 'meets', day: 0, who: p })
      }
      if (topStance !== null) {
        this.standing.stances(p, topStance)
        this.trace?.push({ kind: 'stance', day: 0, who: p, value: topStance })
      }
    }
    if (metTop && this.topMet) {
      this.shown.bit |= 1 << this.topMet.bit
      this.standing.shows(this.topMet, 0)
      this.trace?.push({ kind: 'signal', day: 0, id: this.topMet.id })
    }
  }

  /** Puts our steps on their days; the first ones at the top and at the working level, which rivals answer. */
  private ours({ steps }: Side, path: Path, end: number): { top: number; working: number } {
    const first = { top: Infinity, working: Infinity }
    for (let k = 0; k < steps.length; k++) {
      const step = steps[k]!
      const day = Math.max(step.earliest, step.day ?? path.enters[step.phase]! + step.after)
      if (day > end) continue
      this.add(day, STEP, k)
      if (step.level !== null && this.fits(step, day, path) && day < first[step.level]) first[step.level] = day
    }
    return first
  }

  /** Puts the rival's moves and answers on their days; the first day on which it is with the number one. */
  private theirs(moves: readonly GameMove[], path: Path, first: { top: number; working: number }, end: number): number {
    let visit = Infinity
    for (let m = 0; m < moves.length; m++) {
      const move = moves[m]!
      const from = move.when === null ? (move.phase < 0 ? 0 : path.enters[move.phase]!) : first[move.when]
      if (from > end || path.draws[move.slot + 1]! >= lifted(move.chance, path.theirLift)) continue
      const [least, most] = move.after
      const day = Math.max(1, from + Math.round(least + (most - least) * path.draws[move.slot]!))
      if (day > end || (move.who.length > 0 && this.silent(move.who, day))) continue
      this.add(day, MOVE, m)
      if (move.atTop && move.who.length > 0 && day < visit) visit = day
    }
    return visit
  }

  private add(day: number, kind: number, item: number): void {
    if (this.count >= MOST) return
    let at = this.count++
    for (; at > 0 && this.days[at - 1]! > day; at--) {
      this.days[at] = this.days[at - 1]!
      this.kinds[at] = this.kinds[at - 1]!
      this.items[at] = this.items[at - 1]!
    }
    this.days[at] = day
    this.kinds[at] = kind
    this.items[at] = item
  }

  private silent(who: ArrayLike<number>, day: number): boolean {
    const { silences, quiet } = this.board
    for (const { from, to } of silences) {
      if (day < from || day >= to) continue
      for (let i = 0; i < who.length; i++) if (quiet[who[i]!]) return true
    }
    return false
  }

  private fits(step: GameStep, day: number, path: Path): boolean {
    return (step.fits & (1 << phaseOn(day, path))) !== 0 && !this.silent(step.who, day)
  }

  /** Hours it took; 0 where it could not be done. */
  private step(step: GameStep, planned: number, path: Path): number {
    const { standing, trace } = this
    const lead = step.who[0]!
    if (!this.fits(step, planned, path) || standing.rung[lead]! < step.from) return 0
    const day = standing.freeDay(step.who, planned)
    if (day >= path.decides) return 0
    const way = step.way[0]!
    const { draws } = path
    let outcome: 'done' | 'met_cold' | 'no_answer' = 'done'
    if (way > 0 && standing.rung[lead]! < KNOWN_ENOUGH) {
      if (draws[this.accessSlot[lead]!]! >= lifted(way, path.lift)) outcome = 'no_answer'
    } else {
      const { metSupporter, metNeutral, metOpponent } = this.factors
      const stance = standing.stance[lead]!
      const chance = stance >= 1 ? metSupporter : stance <= -1 ? metOpponent : metNeutral
      if (draws[step.slot]! >= lifted(chance, path.lift)) outcome = 'met_cold'
    }
    const effect = outcome === 'done' ? step.done : outcome === 'met_cold' ? step.cold : step.refused
    const met = outcome !== 'no_answer'
    standing.touch(step.who, day, effect, met)
    trace?.push({ kind: 'touch', day, play: step.play, who: [...step.who], outcome })
    if (outcome !== 'done') return step.hours
    if (step.stance > 0 && draws[step.slot + 1]! < step.stance) {
      for (const p of step.who) {
        standing.warms(p)
        trace?.push({ kind: 'stance', day, who: p, value: standing.stance[p]! })
      }
    }
    if (effect.hold === 'asked' && draws[step.slot + 2]! < lifted(this.file.holdGiven, path.lift)) {
      for (const p of step.who) {
        standing.held[p] = 1
        trace?.push({ kind: 'held', day, who: p })
      }
    }
    standing.answers(step.topics, step.values)
    if (step.papers.length > 0) trace?.push({ kind: 'papers', day, papers: step.papers })
    return step.hours
  }

  private move(move: GameMove, day: number, path: Path): void {
    const { standing, trace } = this
    if (move.unless !== null && path.draws[move.slot + 2]! >= standing.room(move.unless, day, phaseOn(day, path)))
      return
    for (const p of move.who) {
      standing.meets(p, day)
      trace?.push({ kind: 'meets', day, who: p })
    }
    for (const signal of move.signals) {
      if (this.shown.bit & (1 << signal.bit)) continue
      this.shown.bit |= 1 << signal.bit
      standing.shows(signal, day)
      trace?.push({ kind: 'signal', day, id: signal.id })
    }
  }
}

/** The open phase in which the customer is on a day. */
function phaseOn(day: number, { enters }: Path): number {
  let phase = 0
  for (let p = 1; p < OPEN_PHASES; p++) if (enters[p]! <= day) phase = p
  return phase
}

/** A chance with its odds multiplied; what is certain stays so. */
const lifted = (p: number, by: number): number => (p * by) / (1 - p + p * by)
