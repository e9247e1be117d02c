import { seededRandom } from '@sente/engine'
import { conceptsIn } from '../src/concepts.ts'
import type { ConceptList } from '../src/concepts.ts'
import { BITS, hasCue, marksOf, realityMarks } from '../src/features.ts'
import { bare } from '../src/neutral.ts'
import { DIRECTION, STEEPNESS, topicVector, UNSEEN_RARITY, weighed } from '../src/model.ts'
import { normalise } from '../src/normalise.ts'
import { clausesOf, sentencesOf } from '../src/segments.ts'
import { conceptVectors, directionOf } from '../src/vectors.ts'
import type { Vectors } from '../src/vectors.ts'
import { UNREAL } from './corpus.ts'
import type { Line, TrainingNote } from './corpus.ts'

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
}

/** A text and the classes it speaks of; none means "nothing of this". */
export interface Example {
  text: string
  classes: number[]
}

/** What training sees of a line: the whole, the marked words alone, and the clauses beside them as nothing. */
export function examplesOf(lines: readonly Line[], classOf: ReadonlyMap<string, number>): Example[] {
  return lines.flatMap((line): Example[] => {
    const text = normalise(line.text)
    const gold = line.gold.map((id) => classOf.get(id)!)
    const about = line.about === null ? undefined : classOf.get(line.about)!
    // A trap speaks of the matter; whether it is so is for the other model.
    if (UNREAL.has(line.kind)) return [{ text, classes: [...new Set([about!, ...gold])] }]
    if (line.kind !== 'yes') return [{ text, classes: gold }]
    const [start, end] = line.span
    const list: Example[] = [{ text, classes: gold }]
    if (end - start < 0.85 * text.length && end - start > 3)
      list.push({ text: text.slice(start, end), classes: [about!] })
    if (gold.length === 1) {
      for (const sentence of sentencesOf(text)) {
        for (const clause of clausesOf(text, sentence))
          if (clause.end <= start || clause.start >= end)
            list.push({ text: text.slice(clause.start, clause.end), classes: [] })
      }
    }
    return list
  })
}

/**
 * The sentences of whole notes: those with a fact speak of it, also its words alone; the others of nothing. Where a note has traps, a
 * sentence without a fact may speak of one of them, and is not learned from if it denies, plans or guesses.
 */
export function examplesIn(notes: readonly TrainingNote[], classOf: ReadonlyMap<string, number>): Example[] {
  return notes.flatMap(({ text: written, facts, traps }): Example[] => {
    const text = normalise(written)
    const words = facts.map(({ signal, span: [start, end] }) => ({
      text: text.slice(start, end),
      classes: [classOf.get(signal)!],
    }))
    const sentences = sentencesOf(text).flatMap(({ start, end }): Example[] => {
      const here = facts.filter(({ span }) => span[0] < end && span[1] > start)
      const sentence = text.slice(start, end)
      if (here.length === 0 && traps.length > 0 && hasCue(sentence)) return []
      return [{ text: sentence, classes: [...new Set(here.map(({ signal }) => classOf.get(signal)!))] }]
    })
    return [...words, ...sentences]
  })
}

export interface TopicModel {
  /** Hashed features that training saw often enough, in ascending order. */
  buckets: Int32Array
  rarity: Float32Array
  /** Dense, feature × class (the last class: nothing of this); pruned when written. */
  weights: Float32Array
  bias: Float32Array
  /** Dimension × class. */
  dense: Float32Array
}

const SEEN_AT_LEAST = 2
const EPOCHS = 14
const RATE = 0.3
const DECAY = 1e-5
/** Share of features left out anew at each look at an example, so that none is relied on alone: notes use other words. */
const DROPPED = 0.5

interface Sparse {
  at: Int32Array
  value: Float32Array
}

/** The example with some of its features, as long as with all. */
function thinned({ at, value }: Sparse, random: () => number): Sparse {
  const kept: number[] = []
  let [all, some] = [0, 0]
  for (let i = 0; i < at.length; i++) {
    const square = value[i]! ** 2
    all += square
    if (random() < DROPPED) continue
    some += square
    kept.push(i)
  }
  const scale = some > 0 ? Math.sqrt(all / some) : 1
  return { at: Int32Array.from(kept, (i) => at[i]!), value: Float32Array.from(kept, (i) => value[i]! * scale) }
}

/** Multinomial logistic regression over hashed words and concepts, by AdaGrad. */
export function learnTopics(
  examples: readonly Example[],
  signals: number,
  concepts: ConceptList,
  patterns: readonly (RegExp | null)[],
  vectors: Vectors,
): TopicModel {
  const n = signals + 1
  const bags = examples.map(({ text }) => [...topicVector(concepts, patterns, text)])
  const count = new Int32Array(1 << BITS)
  for (const bag of bags) for (const [bucket] of bag) count[bucket]!++
  const buckets = Int32Array.from([...count.keys()].filter((bucket) => count[bucket]! >= SEEN_AT_LEAST))
  const place = new Int32Array(1 << BITS).fill(-1)
  buckets.forEach((bucket, i) => (place[bucket] = i))
  const rarity = Float32Array.from(buckets, (bucket) => Math.log((examples.length + 1) / (count[bucket]! + 0.5)) / 2)
  const sparse = bags.map((bag): Sparse => {
    const known = bag.filter(([bucket]) => place[bucket]! >= 0)
    const values = known.map(([bucket, weight]) => rarity[place[bucket]!]! * weight)
    const norm = values.reduce((sum, x) => sum + x * x, 0) + (bag.length - known.length) * UNSEEN_RARITY ** 2
    const scale = norm > 0 ? STEEPNESS / Math.sqrt(norm) : 0
    return {
      at: Int32Array.from(known, ([bucket]) => place[bucket]!),
      value: Float32Array.from(values, (x) => x * scale),
    }
  })
  const ofConcepts = conceptVectors(vectors, concepts)
  const bares = examples.map(({ text }) => bare(text))
  const directions = bares.map((text) =>
    directionOf(vectors, ofConcepts, text, conceptsIn(concepts, text))?.map((x) => x * DIRECTION),
  )
  const dense = new Float32Array(vectors.dimensions * n)
  const denseSlopes = new Float32Array(vectors.dimensions * n).fill(0.05)
  const weights = new Float32Array(buckets.length * n)
  const slopes = new Float32Array(buckets.length * n).fill(0.05)
  const bias = new Float32Array(n)
  const scores = new Float32Array(n)
  // The classes that an example says anything of: the weights of one feature lie together, so they are gone through feature by feature.
  const active = new Int32Array(n)
  const learnRow = (table: Float32Array, squares: Float32Array, row: number, x: number, many: number): void => {
    for (let k = 0; k < many; k++) {
      const w = row + active[k]!
      const slope = scores[active[k]!]! * x + DECAY * table[w]!
      squares[w]! += slope * slope
      table[w]! -= (RATE * slope) / Math.sqrt(squares[w]!)
    }
  }
  const random = seededRandom(2025)
  const order = examples.map((_, i) => i)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random)
    for (const i of order) {
      const { at, value } = thinned(sparse[i]!, random)
      const classes = examples[i]!.classes.length > 0 ? examples[i]!.classes : [signals]
      scores.set(bias)
      for (let f = 0; f < at.length; f++) {
        const row = at[f]! * n
        const v = value[f]!
        for (let c = 0; c < n; c++) scores[c]! += v * weights[row + c]!
      }
      const direction = directions[i]
      direction?.forEach((x, d) => {
        for (let c = 0; c < n; c++) scores[c]! += x * dense[d * n + c]!
      })
      let top = -Infinity
      for (const score of scores) top = Math.max(top, score)
      let sum = 0
      for (let c = 0; c < n; c++) sum += scores[c] = Math.exp(scores[c]! - top)
      for (let c = 0; c < n; c++) scores[c]! /= sum
      for (const c of classes) scores[c]! -= 1 / classes.length
      let many = 0
      for (let c = 0; c < n; c++) {
        if (Math.abs(scores[c]!) < 0.002) continue
        active[many++] = c
        bias[c]! -= 0.02 * scores[c]!
      }
      for (let f = 0; f < at.length; f++) learnRow(weights, slopes, at[f]! * n, value[f]!, many)
      direction?.forEach((x, d) => learnRow(dense, denseSlopes, d * n, x, many))
    }
  }
  return { buckets, rarity, weights, bias, dense }
}

export interface RealityModel {
  reality: Float32Array
  realityBias: number
}

/** Where a line speaks of its signal: its sentence, and the stretch in it. */
export interface Place {
  words: string
  start: number
  end: number
}

/** Something said of a signal, and whether it is so. */
export interface Said {
  place: Place
  signal: string
  so: boolean
}

/** What the lines say of their signals; "in another sense" counts as not so. */
export function saidIn(lines: readonly Line[], placeOf: (line: Line) => Place): Said[] {
  return lines
    .filter((line) => line.about !== null && (line.kind === 'yes' || line.kind === 'sense' || UNREAL.has(line.kind)))
    .map((line) => ({ place: placeOf(line), signal: line.about!, so: line.kind === 'yes' }))
}

/** Whether it is so, learned from the facts and the traps of all signals together. */
export function learnReality(said: readonly Said[]): RealityModel {
  const examples = said.map(({ place: { words, start, end }, signal, so }) => {
    const marks = realityMarks(words, start, end)
    const all = [...weighed([...marks.features, ...marksOf(marks, signal)])]
    return { at: all.map(([bucket]) => bucket), weight: all.map(([, weight]) => weight), yes: so ? 1 : 0 }
  })
  const reality = new Float32Array(1 << BITS)
  const slopes = new Float32Array(1 << BITS).fill(0.1)
  let realityBias = 0
  let biasSlope = 1
  const traps = examples.filter(({ yes }) => yes === 0).length
  const heavier = (examples.length - traps) / Math.max(1, traps)
  const random = seededRandom(7)
  const order = examples.map((_, i) => i)
  for (let epoch = 0; epoch < 30; epoch++) {
    shuffle(order, random)
    for (const i of order) {
      const { at, weight, yes } = examples[i]!
      const kept: number[] = []
      let squares = 0
      for (let k = 0; k < at.length; k++) {
        if (random() < DROPPED) continue
        kept.push(k)
        squares += weight[k]! ** 2
      }
      if (kept.length === 0) continue
      const scale = 1 / Math.sqrt(squares)
      let sum = realityBias
      for (const k of kept) sum += reality[at[k]!]! * weight[k]! * scale
      const error = (1 / (1 + Math.exp(-sum)) - yes) * (yes === 1 ? 1 : heavier)
      biasSlope += error * error
      realityBias -= (0.1 * error) / Math.sqrt(biasSlope)
      for (const k of kept) {
        const f = at[k]!
        const slope = error * weight[k]! * scale + DECAY * reality[f]!
        slopes[f]! += slope * slope
        reality[f]! -= (0.4 * slope) / Math.sqrt(slopes[f]!)
      }
    }
  }
  return { reality, realityBias }
}
