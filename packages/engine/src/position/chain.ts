import type { Model } from '../core/model.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'

/**
 * The customer's process as a chain of days. A state is (phase, step, moving or stalled); the vector of a distribution holds
 * the moving states first, in order of phase and step, then the stalled ones in the same order.
 *
 * There are two regimes, because a deal is either before its decision or after a win: `open` runs over frame..commit and
 * lets mass leave (decided), `won` runs over implement..realize and lets none leave. Source: docs/engine.md, section 1.
 */
export interface Regime {
  /** Indices into `PHASES`. */
  phases: readonly number[]
  /** Steps of all phases together; a distribution has `2 * n` entries. */
  n: number
  /** First step of each phase of the regime, and `n` at the end. */
  first: Int32Array
  /** Place of the step's phase within `phases`. */
  phaseOf: Int32Array
  /** `u` at the centre of each step. */
  u: Float64Array
  /** Daily probability of going one step on. */
  advance: Float64Array
  /** Daily probability of staying, moving. */
  stay: Float64Array
  stall: number
  resume: number
  back: number
  /** Daily probability that the customer gives up; used by the forecast only. */
  quitMoving: number
  quitStalled: number
}

export interface Chain {
  open: Regime
  won: Regime
}

const chains = new WeakMap<Model, Chain>()

export function chainOf(model: Model): Chain {
  let chain = chains.get(model)
  if (!chain) {
    chain = { open: regime(model, 0, OPEN_PHASES), won: regime(model, OPEN_PHASES, PHASES.length) }
    chains.set(model, chain)
  }
  return chain
}

function regime(model: Model, from: number, to: number): Regime {
  const { chain } = model.methodology.phases
  const phases = Array.from({ length: to - from }, (_, i) => from + i)
  const steps = phases.map((index) => model.phases[index]!.steps)
  const n = steps.reduce((sum, k) => sum + k, 0)
  const first = new Int32Array(phases.length + 1)
  const phaseOf = new Int32Array(n)
  const u = new Float64Array(n)
  const advance = new Float64Array(n)
  const stay = new Float64Array(n)
  const stall = 1 / chain.stallEvery
  const back = 1 / chain.backEvery
  const lets = to < PHASES.length
  let step = 0
  phases.forEach((index, p) => {
    const phase = model.phases[index]!
    const [start, end] = phase.window
    first[p] = step
    for (let j = 0; j < phase.steps; j++, step++) {
      phaseOf[step] = p
      u[step] = start + ((j + 0.5) / phase.steps) * (end - start)
      // After a win nothing leaves the last step: value is realised for as long as we look.
      advance[step] = !lets && step === n - 1 ? 0 : phase.steps / phase.meanDays
      stay[step] = 1 - stall - advance[step]! - (p === 0 ? 0 : back)
    }
  })
  first[phases.length] = n
  return {
    phases,
    n,
    first,
    phaseOf,
    u,
    advance,
    stay,
    stall,
    resume: 1 / chain.resumeEvery,
    back,
    quitMoving: 1 / chain.noDecision.movingEvery,
    quitStalled: 1 / chain.noDecision.stalledEvery,
  }
}

/**
 * One day on: `to` becomes the distribution after `from`'s day. Mass that leaves the last step is returned (decided);
 * the sum of `to` and the return equals the sum of `from`. `from` and `to` must be different arrays of length 2n; `at` and
 * `into` are where the distributions start in them.
 */
export function dayStep(regime: Regime, from: Float64Array, to: Float64Array, at = 0, into = 0): number {
  const { n, first, advance, stay, stall, resume, back, phases } = regime
  const hold = 1 - resume
  let arriving = 0
  for (let j = 0; j < n; j++) {
    const moving = from[at + j]!
    const stalled = from[at + n + j]!
    to[into + j] = moving * stay[j]! + stalled * resume + arriving
    to[into + n + j] = moving * stall + stalled * hold
    arriving = moving * advance[j]!
  }
  for (let p = 1; p < phases.length; p++) {
    let mass = 0
    for (let j = first[p]!; j < first[p + 1]!; j++) mass += from[at + j]!
    to[into + first[p - 1]!]! += mass * back
  }
  return arriving
}

/**
 * The transpose of `dayStep`: what each state of the day before is worth when `from` is what the states of the day are worth.
 * Mass that leaves the open regime is worth nothing: an open deal is known to be undecided.
 */
export function dayStepBack(regime: Regime, from: Float64Array, to: Float64Array): void {
  const { n, first, phaseOf, advance, stay, stall, resume, back } = regime
  const hold = 1 - resume
  for (let j = 0; j < n; j++) {
    const p = phaseOf[j]!
    const moving = from[j]!
    const stalled = from[n + j]!
    const next = j + 1 < n ? from[j + 1]! : 0
    const behind = p > 0 ? from[first[p - 1]!]! * back : 0
    to[j] = moving * stay[j]! + stalled * stall + next * advance[j]! + behind
    to[n + j] = moving * resume + stalled * hold
  }
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

/** The distribution on the first day: the entry prior, spread evenly over the steps of each phase, all moving. */
export function entryDistribution(model: Model, open: Regime): Float64Array {
  const prior = model.methodology.phases.entryPrior
  const vector = new Float64Array(2 * open.n)
  open.phases.forEach((index, p) => {
    const k = open.first[p + 1]! - open.first[p]!
    const mass = prior[PHASES[index]!] ?? 0
    for (let j = open.first[p]!; j < open.first[p + 1]!; j++) vector[j] = mass / k
  })
  return vector
}
