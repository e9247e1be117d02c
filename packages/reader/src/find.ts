import { hasCue } from './features.ts'
import { confidenceOf, evidenceFor, isSaid, logit, patternsIn, realityOf, topicShares, writingOf } from './model.ts'
import type { Evidence, Model, Writing } from './model.ts'
import { bare } from './neutral.ts'
import { normalise } from './normalise.ts'
import { isHead, isOurQuestion, isToDo } from './heads.ts'
import { contextOf, sentencesOf, weigh, windowsOf } from './segments.ts'
import type { Stretch } from './segments.ts'

/** A signal that a text may carry, before the limit. */
export interface Candidate {
  /** Place of the signal in the model. */
  signal: number
  /** Its share of what the best stretch speaks of, 0..1. */
  share: number
  /** Log-odds that it is so. */
  reality: number
  /** In few words, nothing of which denies, plans, asks or guesses. */
  plain: boolean
  /** What the confidence is made of. */
  evidence: Evidence
  confidence: number
  /** It is sure enough to be suggested. */
  said: boolean
  /** The stretch that speaks of it most, and the sentence that stands in. */
  stretch: Stretch
  sentence: Stretch
}

/** A sentence up to this, in letters, is a statement in few words. */
const FEW_WORDS = 45

/** Shares below this are not looked at further. */
const FAINT = 0.03

/** A candidate by itself, before it is seen beside the others. */
type Alone = Pick<Candidate, 'signal' | 'share' | 'reality' | 'plain' | 'stretch' | 'sentence'> & {
  size: number
  confidence: number
  writing: Writing
}

/**
 * The best candidate of every signal in a text. Each clause, each two neighbouring clauses and each sentence is judged; whether
 * it is so is judged by the whole sentence, because "we heard that" stands at its beginning. Of two that rest on the same words the
 * less clear one is believed less.
 */
export function findSignals(model: Model, text: string): Candidate[] {
  const alone = [...bestAlone(model, text).values()]
  const found = alone.map((one): Candidate => {
    const { signal, share, reality, plain, size, stretch, sentence, writing } = one
    const judgement = model.judgement[writing]
    const evidence = evidenceFor(share, reality, size, lagOf(one, alone))
    const confidence = confidenceOf(judgement, evidence)
    return {
      signal,
      share,
      reality,
      plain,
      evidence,
      confidence,
      said: isSaid(judgement, confidence, reality, plain),
      stretch,
      sentence,
    }
  })
  return found.sort((a, b) => b.confidence - a.confidence || a.signal - b.signal)
}

/** How far, in log-odds of the share, a candidate lies behind the clearest that rests on some of the same words; 0 where it is that one. */
function lagOf(one: Alone, all: readonly Alone[]): number {
  let most = one.share
  for (const { stretch, share } of all)
    if (stretch.start < one.stretch.end && stretch.end > one.stretch.start) most = Math.max(most, share)
  return logit(one.share) - logit(most)
}

function bestAlone(model: Model, text: string): Map<number, Alone> {
  const normal = normalise(text)
  const best = new Map<number, Alone>()
  const sharesOf = sharer(model, normal)
  for (const sentence of sentencesOf(normal)) {
    if (isHead(normal, sentence) || isToDo(normal, sentence) || isOurQuestion(normal, sentence)) continue
    for (const stretch of windowsOf(normal, sentence)) {
      const context = contextOf(normal, sentence, stretch)
      const words = asSaid(normal, context)
      const writing = writingOf(words)
      const size = sizeOf(normal, stretch)
      const [shares, around] = [sharesOf(stretch, sentence), sharesOf(context, sentence)]
      let realityFor: ReturnType<typeof realityOf> | undefined
      let plain = false
      for (let signal = 0; signal < model.signals.length; signal++) {
        const share = together(shares[signal]!, around[signal]!)
        if (share < FAINT) continue
        if (!realityFor) {
          realityFor = realityOf(model, words, stretch.start - context.start, stretch.end - context.start)
          plain = sizeOf(normal, context) <= FEW_WORDS && !hasCue(words)
        }
        const reality = realityFor(model.signals[signal]!)
        const confidence = confidenceOf(model.judgement[writing], evidenceFor(share, reality, size, 0))
        const known = best.get(signal)
        if (!known || confidence > known.confidence)
          best.set(signal, { signal, share, reality, plain, size, confidence, writing, stretch, sentence })
      }
    }
  }
  return best
}

/** How much a stretch says, but for words that only say when. */
function sizeOf(normal: string, { start, end }: Stretch): number {
  const words = bare(normal.slice(start, end))
  return weigh(words, { start: 0, end: words.length })
}

/** A clause alone is easily misread: it counts with what it stands in (weighted geometric mean). */
const OWN = 0.5
const together = (own: number, around: number): number => own ** OWN * around ** (1 - OWN)

/** The shares of stretches of one text, each worked out once. */
function sharer(model: Model, normal: string): (stretch: Stretch, sentence: Stretch) => Float32Array {
  const known = new Map<string, Float32Array>()
  let [sentenceStart, fits] = [-1, [] as number[]]
  return ({ start, end }, sentence) => {
    const key = `${start} ${end}`
    const before = known.get(key)
    if (before) return before
    if (sentence.start !== sentenceStart)
      [sentenceStart, fits] = [
        sentence.start,
        patternsIn(model.patterns, bare(normal.slice(sentence.start, sentence.end))),
      ]
    const shares = topicShares(model, normal.slice(start, end), new Float32Array(model.signals.length + 1), fits)
    known.set(key, shares)
    return shares
  }
}

/** Where in a text one signal is spoken of most, in its sentence with a question mark behind it. */
export function findSignal(
  model: Model,
  text: string,
  signal: number,
): { words: string; start: number; end: number } | undefined {
  const normal = normalise(text)
  const sharesOf = sharer(model, normal)
  let best: { words: string; start: number; end: number; share: number } | undefined
  for (const sentence of sentencesOf(normal)) {
    for (const stretch of windowsOf(normal, sentence)) {
      const context = contextOf(normal, sentence, stretch)
      const share = together(sharesOf(stretch, sentence)[signal]!, sharesOf(context, sentence)[signal]!)
      if (!best || share > best.share)
        best = {
          words: asSaid(normal, context),
          start: stretch.start - context.start,
          end: stretch.end - context.start,
          share,
        }
    }
  }
  return best
}

/** A sentence with the question mark that stands behind it: it belongs to what is said. */
function asSaid(normal: string, { start, end }: Stretch): string {
  const words = normal.slice(start, end)
  return /^["')\s]*[?]/.test(normal.slice(end, end + 4)) ? `${words}?` : words
}
