import type { Regime } from './chain.ts'

/** Takes the mass of those that give up out of a distribution and returns it. */
export function giveUp(regime: Regime, vector: Float64Array, at: number): number {
  const { n, quitMoving, quitStalled } = regime
  let a = 0
  let b = 0
  for (let j = 0; j < n; j++) {
    const moving = vector[at + j]! * quitMoving
    const stalled = vector[at + n + j]! * quitStalled
    vector[at + j]! -= moving
    vector[at + n + j]! -= stalled
    a += moving
    b += stalled
  }
  return a + b
}
