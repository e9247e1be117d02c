import { confidenceOf, realityScore, topicShares, writingOf } from './model.ts'
import type { Model } from './model.ts'
import { normalise } from './normalise.ts'
import { sentencesOf, windowsOf } from './segments.ts'
import type { Stretch } from './segments.ts'

/** A signal that a text may carry, before the threshold. */
export interface Candidate {
  /** Place of the signal in the model. */
  signal: number
  /** Its share of what the best stretch speaks of, 0..1. */
  share: number
  /** Log-odds that it is so. */
  reality: number
  confidence: number
  /** It is sure enough to be suggested. */
  said: boolean
  /** The stretch that speaks of it most, and the sentence that stands in. */
  stretch: Stretch
  sentence: Stretch
}

/** Shares below this are not looked at further. */
const FAINT = 0.03

/**
 * The best candidate of every signal in a text. Each clause, each two neighbouring clauses and each sentence is judged; whether
 * it is so is judged by the whole sentence, because "we heard that" stands at its beginning.
 */
export function findSignals(model: Model, text: string): Candidate[] {
  const normal = normalise(text)
  const best = new Map<number, Candidate>()
  const shares = new Float32Array(model.signals.length + 1)
  for (const sentence of sentencesOf(normal)) {
    const words = normal.slice(sentence.start, sentence.end)
    const writing = writingOf(words)
    const whole = Float32Array.from(topicShares(model, words, shares))
    for (const stretch of windowsOf(normal, sentence)) {
      topicShares(model, normal.slice(stretch.start, stretch.end), shares)
      for (let signal = 0; signal < model.signals.length; signal++) {
        // A clause alone is easily misread: it counts with the sentence it stands in (geometric mean).
        const share = Math.sqrt(shares[signal]! * whole[signal]!)
        if (share < FAINT) continue
        const reality = realityScore(model, words, model.signals[signal]!)
        const judgement = model.judgement[writing]
        const confidence = confidenceOf(judgement, share, reality)
        const said = confidence >= judgement.threshold && reality >= judgement.leastReality
        const known = best.get(signal)
        if (!known || confidence > known.confidence) best.set(signal, { signal, share, reality, confidence, said, stretch, sentence })
      }
    }
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence || a.signal - b.signal)
}
