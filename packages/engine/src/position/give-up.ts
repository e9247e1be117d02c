import type { Regime } from './chain.ts'

/** The mass of those that give up within a day. */
export function quits({ n, quitMoving, quitStalled }: Regime, vector: Float64Array): number {
  let moving = 0
  let stalled = 0
  for (let i = 0; i < n; i++) {
    moving += vector[i]!
    stalled += vector[n + i]!
  }
  return moving * quitMoving + stalled * quitStalled
}
