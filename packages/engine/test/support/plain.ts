import type { Regime } from '../../src/position/chain.ts'
import { observe } from '../../src/position/told.ts'
import type { Told } from '../../src/position/told.ts'

/** A day of the chain as docs/engine.md words it, a state at a time; answers what was decided. The plain path of `dayStep`. */
export function plainDay(regime: Regime, from: Float64Array, to: Float64Array): number {
  const { n, first, phaseOf, advance, stall, resume, back } = regime
  const K = regime.paces.length
  let decided = 0
  to.fill(0)
  for (let i = 0; i < n; i++) {
    const phase = phaseOf[i]!
    const backwards = phase === 0 ? 0 : back
    to[n + i]! += from[i]! * stall + from[n + i]! * (1 - resume)
    to[i]! += from[n + i]! * resume + from[i]! * (1 - stall - backwards - advance[i]!)
    if (i + K < n) to[i + K]! += from[i]! * advance[i]!
    else decided += from[i]! * advance[i]!
    if (phase > 0) to[first[phase - 1]! + (i % K)]! += from[i]! * backwards
  }
  return decided
}

/** Takes those that give up on a day out of a distribution and answers their mass. */
export function plainGivingUp({ n, quitMoving, quitStalled }: Regime, vector: Float64Array): number {
  let quit = 0
  for (let i = 0; i < 2 * n; i++) {
    const leaves = vector[i]! * (i < n ? quitMoving : quitStalled)
    vector[i]! -= leaves
    quit += leaves
  }
  return quit
}

const DAYS = 2400

/** The quantiles of the first passage to a rank by running every day to the end. The plain path of `firstPassage`. */
export function plainPassage(
  regime: Regime,
  now: Float64Array,
  rank: number,
  told: Told | null,
  quantiles: readonly number[],
): (number | null)[] {
  const { n, rankOf } = regime
  let vector: Float64Array = Float64Array.from(now)
  let next: Float64Array = new Float64Array(2 * n)
  let sum = 0
  const shares: number[] = []
  const ended = { decided: 0, quit: 0 }
  // Far beyond the days that are followed: what has not passed by then hardly ever does.
  for (let d = 0; d <= 20 * DAYS; d++) {
    if (d > 0) {
      plainGivingUp(regime, vector)
      ended.decided = plainDay(regime, vector, next)
      ;[vector, next] = [next, vector]
      if (told && d <= told.days) observe(regime, told.factors.get(d), vector, 0, ended)
      sum += ended.decided * (told && d <= told.days ? told.decided[d]! : 1)
    }
    for (let i = 0; i < 2 * n; i++) {
      if (rankOf[i % n]! < rank) continue
      sum += vector[i]! * (told && d <= told.days ? told.worth[d * 2 * n + i]! : 1)
      vector[i] = 0
    }
    shares.push(sum)
  }
  const all = told ? now.reduce((total, mass, i) => total + mass * told.worth[i]!, 0) : 1
  return quantiles.map((q) => {
    const at = shares.findIndex((share) => share >= q * sum - 1e-12)
    return at > DAYS || !(sum > 1e-9 * all) ? null : at
  })
}
