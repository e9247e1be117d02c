import { topicVector } from './model.ts'
import type { Model } from './model.ts'
import { normalise } from './normalise.ts'

/** What the user said of a suggestion. The list of these is all that was learned: it can be read, and an entry taken out. */
export interface Feedback {
  signal: string
  /** The words the suggestion rested on. */
  quote: string
  verdict: 'confirmed' | 'rejected'
}

/** How far one verdict on the very same words moves the log-odds. */
const STEP = 0.9
/** Confirmations move less: a fact that is right once is not always right. */
const CONFIRMED_STEP = 0.4

/** Characters of a quote that are compared: the words of a suggestion are a sentence at most. */
const LONGEST_QUOTE = 1000

type Vector = ReadonlyMap<number, number>

function similarity(a: Vector, b: Vector): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (const [bucket, value] of a) {
    aa += value * value
    dot += value * (b.get(bucket) ?? 0)
  }
  for (const value of b.values()) bb += value * value
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0
}

/**
 * Shifts confidences by what the user said of similar words before: each verdict moves the log-odds of its signal by a step
 * times the square of the likeness, so that enough rejections of a phrase stop it and hardly touch others.
 */
export function learner(
  model: Model,
  feedback: readonly Feedback[],
): (signal: string, words: string, confidence: number) => number {
  const known = feedback.map(({ signal, quote, verdict }) => ({
    signal,
    vector: topicVector(model.concepts, model.patterns, normalise(quote.slice(0, LONGEST_QUOTE))),
    step: verdict === 'rejected' ? -STEP : CONFIRMED_STEP,
  }))
  return (signal, words, confidence) => {
    const about = known.filter((entry) => entry.signal === signal)
    if (about.length === 0) return confidence
    const vector = topicVector(model.concepts, model.patterns, normalise(words.slice(0, LONGEST_QUOTE)))
    const shift = about.reduce((sum, { vector: other, step }) => sum + step * similarity(vector, other) ** 2, 0)
    const p = Math.min(1 - 1e-9, Math.max(1e-9, confidence))
    return 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + shift)))
  }
}
