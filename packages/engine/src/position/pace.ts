import type { Model } from '../core/model.ts'
import type { Text } from '../methodology/schema.ts'
import { paceShares } from './chain.ts'
import type { Regime } from './chain.ts'

/** From this probability on a pace is spoken of; below it the words say that it is not clear yet. */
const CLEAR = 0.5

export interface PaceView {
  /** Each pace with its probability; the factor multiplies the usual length of every phase. */
  each: { factor: number; probability: number }[]
  /** The most probable factor; of equals the one nearest to the usual. */
  likely: number
  words: Text
}

/** How fast this customer goes through its process, with the words for it, from a distribution before the decision. */
export function paceView(model: Model, regime: Regime, now: Float64Array): PaceView {
  const { paces } = model.methodology.phases.chain
  const shares = paceShares(regime, now)
  let best = 0
  shares.forEach((share, i) => {
    const nearer = Math.abs(Math.log(paces[i]!.factor)) < Math.abs(Math.log(paces[best]!.factor))
    if (share > shares[best]! + 1e-12 || (share > shares[best]! - 1e-12 && nearer)) best = i
  })
  const { name } = paces[best]!
  const percent = `${Math.round(100 * shares[best]!)}%`
  return {
    each: paces.map(({ factor }, i) => ({ factor, probability: Math.min(1, shares[i]!) })),
    likely: paces[best]!.factor,
    words:
      shares[best]! >= CLEAR
        ? { en: `this customer takes ${name.en} (${percent})`, zh: `这家客户${name.zh}（${percent}）` }
        : {
            en: `how fast this customer goes is not clear yet; most likely ${name.en} (${percent})`,
            zh: `这家客户走得快慢还看不清，最可能${name.zh}（${percent}）`,
          },
  }
}
