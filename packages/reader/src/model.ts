import type { Text } from '@sente/engine'
import { conceptsIn, readConcepts } from './concepts.ts'
import type { ConceptList } from './concepts.ts'
import { BITS, hash, marksOf, markWeight, realityMarks, topicFeatures, weightOf } from './features.ts'
import { conceptVectors, directionOf, readVectors } from './vectors.ts'
import { bare } from './neutral.ts'
import type { Vectors } from './vectors.ts'

/**
 * The trained model: for each feature its rarity and, for each signal it speaks for or against, a weight; for whether a thing is
 * so, one weight per feature. Linear, so that each suggestion can be explained by its words.
 */
export interface Model {
  /** Ids of the signals; the class after the last one is "nothing of this". */
  signals: readonly string[]
  concepts: ConceptList
  /** Regular expressions of the method, as features. */
  patterns: readonly (RegExp | null)[]
  /** Per hashed feature: place in `rows`, or −1. */
  place: Int32Array
  rarity: Float32Array
  /** English word vectors, and the middle of each concept's words. */
  vectors: Vectors
  conceptVectors: readonly Float64Array[]
  /** Weights of the directions: dimension × class. */
  dense: Float32Array
  /** Entries of row r: from `rows[r]` to `rows[r + 1]`. */
  rows: Uint32Array
  classes: Uint8Array
  weights: Float32Array
  bias: Float32Array
  /** Whether it is so, per hashed feature. */
  reality: Float32Array
  realityBias: number
  /** For each writing its own, because the model knows more of the one than of the other. */
  judgement: Readonly<Record<Writing, Judgement>>
}

/** Which writing carries a text. */
export type Writing = 'zh' | 'en'

/** Chinese as soon as there is a Chinese character: English words in a Chinese sentence are the rule. */
export function writingOf(text: string): Writing {
  return /[\u3400-\u9fff]/.test(text) ? 'zh' : 'en'
}

export interface Judgement {
  /** Confidence from the evidence: logistic of the sum of each part times its number here. */
  calibration: Evidence
  /** Suggest when log-odds of the confidence + caution · reality reach this … */
  limit: number
  caution: number
  /** … and when it is at least this likely, in log-odds, that it is so … */
  leastReality: number
  /** … less by so much for each step of log-odds that the confidence lies above even: what is clear need not show it as much. */
  trust: number
}

/**
 * Is it sure enough to be suggested? A plain sentence ("the RFP is out"), with nothing in it that denies, plans, asks or guesses, need not show
 * that it is so.
 */
export function isSaid(
  { limit, caution, leastReality, trust }: Omit<Judgement, 'calibration'>,
  confidence: number,
  reality: number,
  plain: boolean,
): boolean {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, confidence))
  const sure = Math.log(p / (1 - p))
  return reality >= leastReality - (plain ? PLAIN : 0) - trust * Math.max(0, sure) && sure + caution * reality >= limit
}

/** So much less, in log-odds, a plain sentence need show that it is so. */
const PLAIN = 2.5

/** Never surer than this: even of the clearest suggestions a few in a hundred were wrong. */
const SUREST = 0.98

/** Rarity given to a feature that training did not see. */
export const UNSEEN_RARITY = 2
/** Length of a feature vector: how steep the scores are. */
export const STEEPNESS = 3
/** Length of the direction of English text beside it. */
export const DIRECTION = 3

/** Which patterns of the method a text fits, of those that it may fit. */
export function patternsIn(
  patterns: readonly (RegExp | null)[],
  text: string,
  among: readonly number[] = [...patterns.keys()],
): number[] {
  return among.filter((p) => patterns[p]?.test(text))
}

/** Hashed features of a normalised text, each once, with the weight of its kind; `fits`: the patterns it fits. */
function vectorOf(text: string, concepts: readonly number[], fits: readonly number[]): Map<number, number> {
  const vector = new Map<number, number>()
  for (const feature of topicFeatures(text, concepts)) vector.set(hash(feature), weightOf(feature))
  for (const p of fits) vector.set(hash(`P${p}`), 1)
  return vector
}

/** The same with everything looked for. */
export function topicVector(
  concepts: ConceptList,
  patterns: readonly (RegExp | null)[],
  written: string,
): Map<number, number> {
  const text = bare(written)
  return vectorOf(text, conceptsIn(concepts, text), patternsIn(patterns, text))
}

/**
 * Probability of every signal for a stretch of normalised text, written into `into`; the last place is "nothing of this".
 * `fits`: the patterns that the sentence around it fits; others cannot fit here.
 */
export function topicShares(model: Model, written: string, into: Float32Array, fits?: readonly number[]): Float32Array {
  const text = bare(written)
  into.set(model.bias)
  const concepts = conceptsIn(model.concepts, text)
  let norm = 0
  const found: { row: number; value: number }[] = []
  for (const [bucket, weight] of vectorOf(text, concepts, patternsIn(model.patterns, text, fits))) {
    const row = model.place[bucket]!
    // A word never seen in training still takes its share of attention.
    const value = row < 0 ? UNSEEN_RARITY : model.rarity[row]! * weight
    norm += value * value
    if (row >= 0) found.push({ row, value })
  }
  const scale = norm > 0 ? STEEPNESS / Math.sqrt(norm) : 0
  for (const { row, value } of found) {
    for (let e = model.rows[row]!; e < model.rows[row + 1]!; e++)
      into[model.classes[e]!]! += value * scale * model.weights[e]!
  }
  const direction = directionOf(model.vectors, model.conceptVectors, text, concepts)
  if (direction) {
    const n = into.length
    direction.forEach((x, d) => {
      for (let c = 0; c < n; c++) into[c]! += DIRECTION * x * model.dense[d * n + c]!
    })
  }
  let top = -Infinity
  for (const score of into) top = Math.max(top, score)
  let sum = 0
  for (let c = 0; c < into.length; c++) sum += into[c] = Math.exp(into[c]! - top)
  for (let c = 0; c < into.length; c++) into[c]! /= sum
  return into
}

/** Log-odds that what a sentence says of a signal, at a stretch of it, is so (no plan, no hearsay, no denial), by signal. */
export function realityOf(
  model: Pick<Model, 'reality' | 'realityBias'>,
  sentence: string,
  start: number,
  end: number,
): (signal: string) => number {
  const marks = realityMarks(sentence, start, end)
  const general = weighed(marks.features)
  let [base, squares] = [0, 0]
  for (const [bucket, weight] of general) {
    base += weight * model.reality[bucket]!
    squares += weight * weight
  }
  return (signal) => {
    let [sum, all] = [base, squares]
    for (const [bucket, weight] of weighed(marksOf(marks, signal))) {
      if (general.has(bucket)) continue
      sum += weight * model.reality[bucket]!
      all += weight * weight
    }
    return model.realityBias + sum / Math.sqrt(all)
  }
}

/** Hashed marks with their weights, each once. */
export const weighed = (marks: readonly string[]): Map<number, number> =>
  new Map(marks.map((mark) => [hash(mark), markWeight(mark)]))

/**
 * What the confidence of a candidate is made of: 1, log-odds of its share of the topic, log-odds that it is so, the logarithm of how much is said in
 * letters, how far it lies behind the clearest on the same words (log-odds, 0 or less), and the log-odds that it is so up to `CLEARLY_SO`: beyond
 * that more marks of a fact make it no truer.
 */
export type Evidence = readonly [
  one: number,
  topic: number,
  reality: number,
  size: number,
  lag: number,
  realityCapped: number,
]
const CLEARLY_SO = 2

/** Log-odds of a probability, kept finite. */
export function logit(probability: number): number {
  const p = Math.min(1 - 1e-6, Math.max(1e-6, probability))
  return Math.log(p / (1 - p))
}

/** The evidence from a share (0..1), the log-odds that it is so, the size in letters (above 0) and the lag (0 or less). */
export const evidenceFor = (share: number, reality: number, size: number, lag: number): Evidence => [
  1,
  logit(share),
  reality,
  Math.log(Math.max(1, size)),
  lag,
  Math.min(CLEARLY_SO, reality),
]

/** The calibrated confidence. */
export function confidenceOf({ calibration }: Pick<Judgement, 'calibration'>, evidence: Evidence): number {
  let sum = 0
  for (let i = 0; i < evidence.length; i++) sum += calibration[i]! * evidence[i]!
  return Math.min(SUREST, 1 / (1 + Math.exp(-sum)))
}

const MAGIC = 'sente-reader 4'

interface Header {
  magic: string
  signals: string[]
  concepts: string
  rows: number
  entries: number
  reality: number
  vectors: number
  dense: number
  scales: { weight: number; reality: number; rarity: number; dense: number }
  bias: number[]
  realityBias: number
  judgement: Record<Writing, Judgement>
}

/** What training hands over to be written. */
export type Trained = Omit<Model, 'patterns' | 'concepts' | 'place' | 'conceptVectors'> & {
  buckets: Int32Array
  conceptText: string
}

/** The model as a file: a line of JSON, then the tables with weights in one byte each. */
export function writeModel(model: Trained): Uint8Array {
  const { rows, classes, weights, reality, rarity, buckets } = model
  const most = (values: Float32Array): number => values.reduce((top, x) => Math.max(top, Math.abs(x)), 1e-9)
  const scales = {
    weight: most(weights) / 127,
    reality: most(reality) / 127,
    rarity: most(rarity) / 255,
    dense: most(model.dense) / 127,
  }
  const bytes = (values: Float32Array, scale: number): Int8Array => Int8Array.from(values, (x) => Math.round(x / scale))
  const kept = Int32Array.from(reality.keys()).filter((bucket) => Math.round(reality[bucket]! / scales.reality) !== 0)
  const header: Header = {
    magic: MAGIC,
    signals: [...model.signals],
    concepts: model.conceptText,
    rows: buckets.length,
    entries: classes.length,
    reality: kept.length,
    vectors: model.vectors.file.length,
    dense: model.dense.length,
    scales,
    bias: [...model.bias],
    realityBias: model.realityBias,
    judgement: model.judgement,
  }
  const head = new TextEncoder().encode(`${JSON.stringify(header)}\n`)
  const counts = Uint16Array.from(buckets, (_, r) => rows[r + 1]! - rows[r]!)
  const parts = [
    head,
    new Uint8Array(Uint32Array.from(buckets).buffer),
    Uint8Array.from(rarity, (x) => Math.round(x / scales.rarity)),
    new Uint8Array(counts.buffer),
    classes,
    new Uint8Array(bytes(weights, scales.weight).buffer),
    new Uint8Array(Uint32Array.from(kept).buffer),
    new Uint8Array(
      bytes(
        Float32Array.from(kept, (bucket) => reality[bucket]!),
        scales.reality,
      ).buffer,
    ),
    model.vectors.file,
    new Uint8Array(bytes(model.dense, scales.dense).buffer),
  ]
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }
  return file
}

/** Patterns of the method's signals, both languages as one expression. */
export function patternsOf(
  signals: readonly string[],
  method: readonly { id: string; patterns: Text }[],
): (RegExp | null)[] {
  const known = new Map(method.map((signal) => [signal.id, signal.patterns]))
  return signals.map((id) => {
    const found = known.get(id)
    return found ? new RegExp(`(?:${found.en})|(?:${found.zh})`, 'i') : null
  })
}

/** A plain loop: `from` with a function takes ten times as long, and a page waits for it. */
function scaled(bytes: Int8Array | Uint8Array, scale: number): Float32Array {
  const values = new Float32Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) values[i] = bytes[i]! * scale
  return values
}

/** Reads a model file. Throws when it is none. */
export function readModel(file: Uint8Array, method: Parameters<typeof patternsOf>[1]): Model {
  const newline = file.indexOf(10)
  let header: Header
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(0, newline))) as Header
  } catch {
    throw new TypeError('not a model of the reader')
  }
  if (header.magic !== MAGIC) throw new TypeError('not a model of the reader, or of another version')
  let at = newline + 1
  // Copies, because the tables need not begin at a multiple of their size.
  const take = (bytes: number): ArrayBuffer => new Uint8Array(file.subarray(at, (at += bytes))).buffer
  const buckets = new Uint32Array(take(4 * header.rows))
  const rarity = scaled(new Uint8Array(take(header.rows)), header.scales.rarity)
  const counts = new Uint16Array(take(2 * header.rows))
  const classes = new Uint8Array(take(header.entries))
  const weights = scaled(new Int8Array(take(header.entries)), header.scales.weight)
  const realityAt = new Uint32Array(take(4 * header.reality))
  const realityBytes = new Int8Array(take(header.reality))
  const vectors = readVectors(new Uint8Array(take(header.vectors)))
  const dense = scaled(new Int8Array(take(header.dense)), header.scales.dense)
  const concepts = readConcepts(header.concepts)
  const place = new Int32Array(1 << BITS).fill(-1)
  for (let row = 0; row < buckets.length; row++) place[buckets[row]!] = row
  const rows = new Uint32Array(header.rows + 1)
  for (let row = 0; row < counts.length; row++) rows[row + 1] = rows[row]! + counts[row]!
  const reality = new Float32Array(1 << BITS)
  for (let i = 0; i < realityAt.length; i++) reality[realityAt[i]!] = realityBytes[i]! * header.scales.reality
  const { signals, realityBias, judgement } = header
  return {
    signals,
    concepts,
    vectors,
    conceptVectors: conceptVectors(vectors, concepts),
    dense,
    patterns: patternsOf(signals, method),
    place,
    rarity,
    rows,
    classes,
    weights,
    bias: Float32Array.from(header.bias),
    reality,
    realityBias,
    judgement,
  }
}
