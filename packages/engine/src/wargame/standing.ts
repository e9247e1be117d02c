import type { ConcernId, FeatureId } from '../methodology/schema.ts'
import { aliveAfter } from '../outlook/outlook.ts'
import type { Board } from './board.ts'
import { PATH_DAYS } from './paths.ts'
import type { Played } from './play.ts'
import { SIGNED } from './rivals.ts'
import type { GameSignal } from './rivals.ts'
import { REACH_NOBODY } from './steps.ts'
import type { GameStep } from './steps.ts'

/** Influence that a whole group would need: see outlook/support.ts. */
const GROUP = 10
const KNOWN = 1
const CLIMBS_PER_DAY = 2
const NEVER = -1e9

/**
 * How everything stands on a path: people, answers, signs. It is the arithmetic of `people`, `readiness` and `outlook` in typed
 * arrays; a test writes paths down as facts and asks the engine itself for the same numbers (`test/wargame-engine.test.ts`).
 */
export class Standing {
  readonly rung: Int8Array
  readonly stance: Float64Array
  /** 1 given, −1 broken, 0 else. */
  readonly held: Int8Array
  private readonly met: Uint8Array
  private readonly since: Float64Array
  private readonly substantive: Uint8Array
  private readonly setback: Float64Array
  private readonly tied: Int8Array
  private readonly tiedOn: Int32Array
  private readonly touchedOn: Int32Array
  private readonly answer: Float64Array
  /** Of all topics together. */
  private readonly weight: number
  /** Feature values in the order of the outlook file, and silence in days. */
  readonly features: Float64Array
  readonly order: FeatureId[]
  private readonly left: Float64Array
  private alive = NEVER
  /** Where nothing was ever heard of them a silence is counted from the first word of any kind. */
  private firstWord = Infinity
  silence = 0
  private readonly board: Board
  private readonly outlook: Board['model']['methodology']['outlook']
  private readonly person: Board['model']['methodology']['outlook']['person']
  /** 1 where a feature moves P(ours). */
  private readonly ours: Uint8Array
  /** What the silence leaves of P(decided). */
  private alone = 1
  private readonly start: { features: Float64Array; left: Float64Array }
  private readonly fade: Float64Array
  private readonly at: Record<string, number>
  private readonly signed: Int32Array
  private readonly trustOf: Float64Array
  private readonly floor: number

  constructor(board: Board) {
    const { pawns, model, topics } = board
    const { outlook, people } = model.methodology
    this.board = board
    this.person = outlook.person
    this.outlook = outlook
    this.ours = Uint8Array.from(outlook.features, ({ stage }) => (stage === 'ours' ? 1 : 0))
    const n = pawns.length
    this.rung = new Int8Array(n)
    this.stance = new Float64Array(n)
    this.held = new Int8Array(n)
    this.met = new Uint8Array(n)
    this.since = new Float64Array(n)
    this.substantive = new Uint8Array(n)
    this.setback = new Float64Array(n)
    this.tied = new Int8Array(n)
    this.tiedOn = new Int32Array(n)
    this.touchedOn = new Int32Array(n)
    this.answer = new Float64Array(topics.ids.length)
    this.weight = topics.weight.reduce((all, one) => all + one, 0)
    this.order = outlook.features.map(({ id }) => id)
    this.at = Object.fromEntries(this.order.map((id, i) => [id, i]))
    this.signed = Int32Array.from(SIGNED, (id) => this.at[id]!)
    const features = Float64Array.from(this.order, (id) => board.features[id].value)
    this.features = Float64Array.from(features)
    this.left = new Float64Array(features.length)
    this.start = { features, left: features.map((value) => 1 - value) }
    this.fade = Float64Array.from({ length: PATH_DAYS + 3000 }, (_, d) => 2 ** (-d / people.halfLifeDays))
    this.trustOf = Float64Array.from(people.rungs, ({ trust }) => trust)
    this.floor = model.rungIndex.get(people.floorRung)!
  }

  reset(): void {
    const { pawns, topics, alive } = this.board
    for (let p = 0; p < pawns.length; p++) {
      const pawn = pawns[p]!
      this.rung[p] = pawn.rung
      this.stance[p] = pawn.stance ?? 0
      this.held[p] = pawn.hold
      this.met[p] = pawn.met ? 1 : 0
      this.since[p] = pawn.since ?? NEVER
      this.substantive[p] = pawn.substantive ? 1 : 0
      this.setback[p] = pawn.setback
      this.tied[p] = pawn.tied
      this.tiedOn[p] = NEVER
      this.touchedOn[p] = 0
    }
    this.answer.set(topics.answer)
    this.features.set(this.start.features)
    this.left.set(this.start.left)
    this.alive = alive ?? NEVER
    this.firstWord = Infinity
  }

  /** Nobody is met twice on one day: the first day from `day` on that is free for all of them. */
  freeDay(who: Int32Array, day: number): number {
    let free = day
    for (let i = 0; i < who.length; i++) {
      const last = this.touchedOn[who[i]!]!
      if (last >= free) free = last + 1
    }
    return free
  }

  /** The ladder of `people/ladder.ts`, one contact on. */
  touch(who: Int32Array, day: number, effect: GameStep['done'], met: boolean): void {
    const top = this.trustOf.length - 1
    for (let i = 0; i < who.length; i++) {
      const p = who[i]!
      this.touchedOn[p] = day
      if (met) this.met[p] = 1
      let today = 0
      if (effect.reach !== REACH_NOBODY) {
        if (this.rung[p]! < KNOWN) {
          this.rung[p]!++
          today++
        }
        if (this.rung[p]! < Math.min(effect.reach, top) && today < CLIMBS_PER_DAY) {
          this.rung[p]!++
          today++
        }
      }
      if (effect.substantive) {
        this.since[p] = day
        this.substantive[p] = 1
        this.setback[p] = 1
      } else if (today > 0 && this.substantive[p] === 0) {
        this.since[p] = day
        this.setback[p] = 1
      } else this.setback[p]! *= effect.trust
      if (effect.hold === 'given') this.held[p] = 1
      else if (effect.hold === 'none') this.held[p] = 0
      else if (effect.hold === 'asked' && this.held[p] === -1) this.held[p] = 0
    }
    if (met) this.lives(day)
    else this.firstWord = Math.min(this.firstWord, day)
  }

  warms(p: number): void {
    this.stance[p] = Math.min(2, this.stance[p]! + 1)
  }

  stances(p: number, value: number): void {
    this.stance[p] = value
  }

  meets(p: number, day: number): void {
    if (this.tiedOn[p] === day) return
    this.tiedOn[p] = day
    if (this.tied[p]! < 2) this.tied[p]!++
  }

  shows({ features, ratios }: GameSignal, day: number): void {
    if (day < this.firstWord) this.firstWord = day
    for (let i = 0; i < features.length; i++) this.left[features[i]!]! *= ratios[i]!
  }

  answers(topics: Int32Array, values: Float64Array): void {
    for (let i = 0; i < topics.length; i++)
      if (values[i]! > this.answer[topics[i]!]!) this.answer[topics[i]!] = values[i]!
  }

  lives(day: number): void {
    if (day > this.alive) this.alive = day
  }

  /** How much room a move finds: less the more somebody stands behind us; of a concern, what is asked and not answered. */
  room(unless: 'top' | 'working' | ConcernId, day: number, phase: number): number {
    const { pawns, concerns } = this.board
    if (unless === 'top' || unless === 'working') {
      let best = 0
      for (let p = 0; p < pawns.length; p++)
        if (unless === 'top' ? pawns[p]!.top : !pawns[p]!.executive) best = Math.max(best, this.support(p, day))
      return 1 - best
    }
    const { topics, weights, demand } = concerns[unless]
    let open = 0
    let total = 0
    const full = this.board.model.methodology.topics.statuses.presented
    for (let i = 0; i < topics.length; i++) {
      total += weights[i]!
      open += weights[i]! * (1 - Math.min(1, this.answer[topics[i]!]! / full))
    }
    return total > 0 ? (demand[phase]! * open) / total : 0
  }

  /** `outlook/support.ts` on a day. */
  support(p: number, day: number): number {
    const { person } = this
    const pawn = this.board.pawns[p]!
    const rung = this.rung[p]!
    const value = this.trustOf[rung]! * pawn.promises * this.setback[p]!
    const since = this.since[p]!
    const age = day - since
    const faded = since === NEVER ? value : value * (age < this.fade.length ? this.fade[age]! : 0)
    const trust = rung >= this.floor ? Math.max(faded, pawn.promises * this.trustOf[this.floor]!) : faded
    const known = this.trustOf[KNOWN]!
    const stance = Math.round(this.stance[p]!)
    const meant = Math.max(0, (trust - known) / (1 - known)) * person.stance[stance + 2]!
    const word = person.support * (Math.max(0, stance) / 2)
    const held = this.held[p]!
    const all = 1 - (1 - meant) * (1 - word) * (1 - (held > 0 ? person.hold : 0))
    const tie = 1 - pawn.free * (this.tied[p] === 0 ? 1 : 1 - person.tie[this.tied[p] === 1 ? 0 : 1])
    return all * (held < 0 ? person.broken : 1) * (1 - person.tieTakes * tie)
  }

  /** Puts the features together as of the day of the decision. */
  close(day: number): void {
    const { pawns, topics, firstContact } = this.board
    const { outlook } = this
    const { features, left, at } = this
    let [one, buyer, executives, workers] = [1, 1, 1, 1]
    let [oneMet, buyerMet] = [0, 0]
    for (let p = 0; p < pawns.length; p++) {
      const { seats, executive, influence } = pawns[p]!
      const support = this.support(p, day)
      if (seats.numberOne) {
        one *= 1 - support
        oneMet |= this.met[p]!
      }
      if (seats.buyer) {
        buyer *= 1 - support
        buyerMet |= this.met[p]!
      }
      if (seats.numberOne || seats.buyer || support === 0) continue
      const rest = (1 - support) ** (influence / GROUP)
      if (executive) executives *= rest
      else workers *= rest
    }
    features[at.number_one!] = 1 - one
    features[at.economic_buyer!] = 1 - buyer
    features[at.other_deciders!] = 1 - executives
    features[at.working_level!] = 1 - workers
    if (firstContact !== null) {
      const gone = 1 - 2 ** (-Math.max(0, day - firstContact) / outlook.topMissing.halfAfterDays)
      const stays = 1 - outlook.topMissing.met
      features[at.top_missing!] = (gone * (2 * one * (oneMet ? stays : 1) + buyer * (buyerMet ? stays : 1))) / 3
    }
    let sum = 0
    let calm = 1
    const total = this.weight
    for (let t = 0; t < topics.weight.length; t++) {
      sum += topics.weight[t]! * this.answer[t]!
      if (topics.worry[t]! > 0) calm *= 1 - topics.worry[t]! * (1 - this.answer[t]!)
    }
    features[at.answered!] = 1 - 2 ** (-(total > 0 ? sum / total : 0) / outlook.answered.halfAt)
    features[at.open_questions!] = 1 - calm
    for (let i = 0; i < this.signed.length; i++) features[this.signed[i]!] = 1 - left[this.signed[i]!]!
    const last = this.alive === NEVER ? this.firstWord : this.alive
    this.silence = last === Infinity ? 0 : Math.max(0, day - last)
    this.alone = aliveAfter(this.silence, this.outlook)
  }

  /** P(decided) and P(won) of `outlook/outlook.ts` with a row of coefficients. */
  chances(coefficients: Float64Array, into: Played): void {
    const { features, ours: isOurs } = this
    let decides = coefficients[0]!
    let ours = coefficients[1]!
    for (let i = 0; i < features.length; i++) {
      const push = coefficients[i + 2]! * features[i]!
      if (isOurs[i] === 1) ours += push
      else decides += push
    }
    into.decided = this.alone / (1 + Math.exp(-decides))
    into.won = into.decided / (1 + Math.exp(-ours))
  }
}
