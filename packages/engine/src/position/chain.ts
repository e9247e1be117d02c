import type { Model } from '../core/model.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'

/**
 * The customer's process as a chain of days. A state is (phase, step, pace, moving or stalled). A *place* is a step at one pace:
 * places stand in order of phase and step, the paces of a step side by side. The vector of a distribution holds the moving
 * states of all places first, then the stalled ones in the same order.
 *
 * A deal has one pace that never changes (it multiplies the mean length of every phase up to the decision), so the paces are
 * chains side by side that no day joins; they are scaled together, so that evidence and survival weigh them. What follows a win
 * is run by a contract and has the usual pace alone.
 *
 * There are two regimes, because a deal is either before its decision or after a win: `open` runs over frame..commit and
 * lets mass leave (decided), `won` runs over implement..realize and lets none leave. Source: docs/engine.md, section 1.
 */
export interface Regime {
  /** Indices into `PHASES`. */
  phases: readonly number[]
  /** Factors on the mean length of every phase. */
  paces: readonly number[]
  /** Places: steps of all phases together, times paces; a distribution has `2 * n` entries. */
  n: number
  /** First place of each phase of the regime, and `n` at the end. */
  first: Int32Array
  /** Which of `phases` each place is in. */
  phaseOf: Int32Array
  /** Rank of each place: steps before it since the first step of `frame`; rank 24 is the decision. */
  rankOf: Int32Array
  /** `u` at the centre of each place's step. */
  u: Float64Array
  /** Daily probability of going one step on. */
  advance: Float64Array
  /** Daily probability of staying, moving. */
  stay: Float64Array
  stall: number
  resume: number
  back: number
  hold: number
  /** Daily probability that the customer gives up; used by the forecast only. */
  quitMoving: number
  quitStalled: number
  /** The same chain with those taken out who give up: one `dayStep` of it is a day of the forecast. */
  lasting: Flow
}

/** What a day's step needs: the coefficients of a regime, or of a regime in which some give up each day. */
export type Flow = Pick<
  Regime,
  'paces' | 'phases' | 'n' | 'first' | 'advance' | 'stay' | 'stall' | 'resume' | 'hold' | 'back'
>

export interface Chain {
  open: Regime
  won: Regime
}

const chains = new WeakMap<Model, Chain>()

export function chainOf(model: Model): Chain {
  let chain = chains.get(model)
  if (!chain) {
    const paces = model.methodology.phases.chain.paces.map(({ factor }) => factor)
    chain = { open: regime(model, 0, OPEN_PHASES, paces), won: regime(model, OPEN_PHASES, PHASES.length, [1]) }
    chains.set(model, chain)
  }
  return chain
}

function regime(model: Model, from: number, to: number, paces: readonly number[]): Regime {
  const { chain } = model.methodology.phases
  const K = paces.length
  const phases = Array.from({ length: to - from }, (_, i) => from + i)
  const stepsOf = (index: number): number => model.phases[index]!.steps
  const n = K * phases.reduce((sum, index) => sum + stepsOf(index), 0)
  const first = new Int32Array(phases.length + 1)
  const phaseOf = new Int32Array(n)
  const rankOf = new Int32Array(n)
  const u = new Float64Array(n)
  const advance = new Float64Array(n)
  const stay = new Float64Array(n)
  const stall = 1 / chain.stallEvery
  const back = 1 / chain.backEvery
  const lets = to < PHASES.length
  let place = 0
  let rank = 0
  for (let index = 0; index < from; index++) rank += stepsOf(index)
  phases.forEach((index, p) => {
    const phase = model.phases[index]!
    const [start, end] = phase.window
    first[p] = place
    for (let j = 0; j < phase.steps; j++, rank++) {
      for (const pace of paces) {
        phaseOf[place] = p
        rankOf[place] = rank
        u[place] = start + ((j + 0.5) / phase.steps) * (end - start)
        // After a win nothing leaves the last step: value is realised for as long as we look.
        advance[place] = !lets && place >= n - K ? 0 : phase.steps / (phase.meanDays * pace)
        stay[place] = 1 - stall - advance[place]! - (p === 0 ? 0 : back)
        place++
      }
    }
  })
  first[phases.length] = n
  const resume = 1 / chain.resumeEvery
  const quitMoving = 1 / chain.noDecision.movingEvery
  const quitStalled = 1 / chain.noDecision.stalledEvery
  const flow: Flow = { phases, paces, n, first, advance, stay, stall, resume, hold: 1 - resume, back }
  const lasting: Flow = {
    ...flow,
    advance: advance.map((p) => p * (1 - quitMoving)),
    stay: stay.map((p) => p * (1 - quitMoving)),
    stall: stall * (1 - quitMoving),
    back: back * (1 - quitMoving),
    resume: resume * (1 - quitStalled),
    hold: flow.hold * (1 - quitStalled),
  }
  return { ...flow, phaseOf, rankOf, u, quitMoving, quitStalled, lasting }
}

/**
 * One day on: `to` becomes the distribution after `from`'s day. Mass that leaves the last step is returned (decided);
 * the sum of `to` and the return equals the sum of `from`. `at` and `into` are where the distributions start in the arrays;
 * they are the same place or do not overlap. `scale` multiplies what stays.
 *
 * A pace at a time, because its coefficients are the same over a phase: each state is then two loads and two stores, which is
 * all that a day costs. `test/support/plain.ts` has the definition as it is read.
 */
export function dayStep(flow: Flow, from: Float64Array, to: Float64Array, at = 0, into = 0, scale = 1): number {
  const { n, first, advance, stay } = flow
  const K = flow.paces.length
  const P = flow.phases.length
  const stall = flow.stall * scale
  const resume = flow.resume * scale
  const hold = flow.hold * scale
  const back = flow.back * scale
  let decided = 0
  for (let c = 0; c < K; c++) {
    let arriving = 0
    let moving = 0
    for (let p = 0; p < P; p++) {
      const start = first[p]! + c
      const end = first[p + 1]!
      const stays = stay[start]! * scale
      const goes = advance[start]! * scale
      let mass = 0
      for (let i = start; i < end; i += K) {
        moving = from[at + i]!
        const stalled = from[at + n + i]!
        mass += moving
        to[into + i] = moving * stays + stalled * resume + arriving
        to[into + n + i] = moving * stall + stalled * hold
        arriving = moving * goes
      }
      if (p > 0) to[into + first[p - 1]! + c]! += mass * back
    }
    // Nothing leaves the last step after a win: it keeps what other steps of its phase pass on.
    const last = n - K + c
    if (advance[last] === 0) to[into + last]! += moving * (stay[last]! * scale - stay[first[P - 1]! + c]! * scale)
    else decided += moving * advance[last]!
  }
  return decided
}

/**
 * The transpose of `dayStep`: what each state of the day before is worth when `from` is what the states of the day are worth.
 * `decided` is what having left the last step is worth: nothing in the past, where an open deal is known to be undecided.
 */
export function dayStepBack(flow: Flow, from: Float64Array, to: Float64Array, at = 0, into = 0, decided = 0): void {
  const { n, first, advance, stay, stall, resume, hold, back } = flow
  const K = flow.paces.length
  for (let c = 0; c < K; c++) {
    let next = decided
    for (let p = flow.phases.length - 1; p >= 0; p--) {
      const start = first[p]! + c
      const stays = stay[start]!
      const goes = advance[start]!
      const behind = p > 0 ? from[at + first[p - 1]! + c]! * back : 0
      for (let i = first[p + 1]! - K + c; i >= start; i -= K) {
        const moving = from[at + i]!
        const stalled = from[at + n + i]!
        to[into + i] = moving * stays + stalled * stall + next * goes + behind
        to[into + n + i] = moving * resume + stalled * hold
        next = moving
      }
    }
    const last = n - K + c
    if (advance[last] === 0) {
      const start = first[flow.phases.length - 1]! + c
      to[into + last]! += from[at + last]! * (stay[last]! - stay[start]!) - decided * advance[start]!
    }
  }
}

/** The mass that a day's step lets leave the last step. */
export function decidedOf({ n, paces, advance }: Flow, vector: Float64Array, at = 0): number {
  let decided = 0
  for (let i = n - paces.length; i < n; i++) decided += vector[at + i]! * advance[i]!
  return decided
}

/** Divides by the sum and returns it. */
export function normalise(vector: Float64Array, at = 0, length = vector.length - at): number {
  // Four running totals: an addition waits for the one before it, so four chains are nearly four times as fast as one.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const end = at + length
  let i = at
  for (; i + 3 < end; i += 4) {
    a += vector[i]!
    b += vector[i + 1]!
    c += vector[i + 2]!
    d += vector[i + 3]!
  }
  for (; i < end; i++) a += vector[i]!
  const sum = a + b + (c + d)
  if (sum > 0) {
    const scale = 1 / sum
    for (i = at; i < end; i++) vector[i]! *= scale
  }
  return sum
}

const entries = new WeakMap<Regime, Float64Array>()

/** Nobody writes into it. The distribution on the first day of the open chain: the entry prior, spread evenly over the steps of each phase, each pace by its prior, all moving. */
export function entryDistribution(model: Model): Float64Array {
  const { open } = chainOf(model)
  const known = entries.get(open)
  if (known) return known
  const { entryPrior, chain } = model.methodology.phases
  const K = open.paces.length
  const vector = new Float64Array(2 * open.n)
  open.phases.forEach((index, p) => {
    const steps = (open.first[p + 1]! - open.first[p]!) / K
    const mass = entryPrior[PHASES[index]!] ?? 0
    for (let i = open.first[p]!; i < open.first[p + 1]!; i++) vector[i] = (mass / steps) * chain.paces[i % K]!.prior
  })
  entries.set(open, vector)
  return vector
}

/** Probability of each pace. */
export function paceShares(of: Regime, vector: Float64Array, at = 0): number[] {
  const K = of.paces.length
  const shares = of.paces.map(() => 0)
  for (let i = 0; i < 2 * of.n; i++) shares[i % K]! += vector[at + i]!
  return shares
}
