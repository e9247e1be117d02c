import { readdirSync, readFileSync } from 'node:fs'
import { readConcepts } from '../src/concepts.ts'
import { findSignals } from '../src/find.ts'
import { patternsOf, readModel, writeModel, writingOf } from '../src/model.ts'
import type { Judgement, Model, Trained, Writing } from '../src/model.ts'
import { normalise } from '../src/normalise.ts'
import { readVectors } from '../src/vectors.ts'
import { corpus, partOf } from './corpus.ts'
import type { Line } from './corpus.ts'
import { examplesOf, learnReality, learnTopics } from './learn.ts'
import type { Example } from './learn.ts'

interface MethodSignal {
  id: string
  name: { en: string; zh: string }
  examples: { en: string[]; zh: string[] }
  patterns: { en: string; zh: string }
}

export const method = (JSON.parse(readFileSync(new URL('../../../methodology/signals.json', import.meta.url), 'utf8')) as { signals: MethodSignal[] }).signals
const corpusFolder = new URL('../corpus/', import.meta.url)
const conceptText = readdirSync(corpusFolder)
  .filter((name) => /^concepts.*\.txt$/.test(name))
  .sort()
  .map((name) => readFileSync(new URL(name, corpusFolder), 'utf8'))
  .join('\n')
const signals = method.map(({ id }) => id)
const classOf = new Map(signals.map((id, i) => [id, i]))
const vectors = readVectors(readFileSync(new URL('../vectors.bin', import.meta.url)))
const patterns = patternsOf(signals, method)
const concepts = readConcepts(conceptText)
/** Weights nearer to zero than this are left out of the file. */
const FAINT_WEIGHT = 0.12
/** What is wanted of the suggestions on lines that training did not see: at least this precision, at most this share of traps. */
const PRECISION = 0.66
const TRAPS = 0.06

function trained(lines: readonly Line[]): Omit<Trained, 'judgement'> {
  const fromMethod = method.flatMap(({ id, name, examples }): Example[] =>
    [name.en, name.zh, ...examples.en, ...examples.zh].map((text) => ({ text: normalise(text), classes: [classOf.get(id)!] })),
  )
  const topics = learnTopics([...examplesOf(lines, classOf), ...fromMethod], signals.length, concepts, patterns, vectors)
  const n = signals.length + 1
  const classes: number[] = []
  const weights: number[] = []
  const rows = new Uint32Array(topics.buckets.length + 1)
  for (let r = 0; r < topics.buckets.length; r++) {
    for (let c = 0; c < n; c++) {
      const weight = topics.weights[r * n + c]!
      if (Math.abs(weight) < FAINT_WEIGHT) continue
      classes.push(c)
      weights.push(weight)
    }
    rows[r + 1] = classes.length
  }
  return { signals, conceptText, buckets: topics.buckets, rarity: topics.rarity, rows, classes: Uint8Array.from(classes), weights: Float32Array.from(weights), bias: topics.bias, dense: topics.dense, vectors, ...learnReality(lines) }
}

/** Fits the confidence to what is right on lines that training did not see (logistic regression by Newton steps). */
function calibrated(model: Model, lines: readonly Line[]): [number, number, number] {
  const points = lines.flatMap((line) =>
    findSignals(model, line.text).map(({ signal, share, reality }) => {
      const p = Math.min(1 - 1e-6, Math.max(1e-6, share))
      return { x: [1, Math.log(p / (1 - p)), reality] as const, y: line.gold.includes(model.signals[signal]!) ? 1 : 0 }
    }),
  )
  let beta: [number, number, number] = [0, 0.5, 0.2]
  for (let step = 0; step < 60; step++) {
    const gradient = [0, 0, 0]
    const hessian = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    for (const { x, y } of points) {
      const p = 1 / (1 + Math.exp(-(beta[0] * x[0] + beta[1] * x[1] + beta[2] * x[2])))
      for (let i = 0; i < 3; i++) {
        gradient[i]! += (y - p) * x[i]!
        for (let j = 0; j < 3; j++) hessian[i]![j]! += p * (1 - p) * x[i]! * x[j]!
      }
    }
    // Small steps: a full Newton step may overshoot where all is far from certain.
    const delta = solve(hessian, gradient).map((x) => Math.max(-0.5, Math.min(0.5, x)))
    beta = [beta[0] + delta[0]!, beta[1] + delta[1]!, beta[2] + delta[2]!]
  }
  return beta
}

/** Solves a small linear system by Gaussian elimination with pivoting. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length
  const m = matrix.map((row, i) => [...row, right[i]!])
  for (let i = 0; i < n; i++) {
    let pivot = i
    for (let r = i + 1; r < n; r++) if (Math.abs(m[r]![i]!) > Math.abs(m[pivot]![i]!)) pivot = r
    ;[m[i], m[pivot]] = [m[pivot]!, m[i]!]
    for (let r = 0; r < n; r++) {
      if (r === i) continue
      const factor = m[r]![i]! / m[i]![i]!
      for (let c = i; c <= n; c++) m[r]![c]! -= factor * m[i]![c]!
    }
  }
  return m.map((row, i) => row[n]! / row[i]!)
}

/** The limits with the best F1 among those with at least this precision and at most this share of traps caught. */
function limitsFor(model: Model, lines: readonly Line[], precision: number, trapShare: number): Pick<Judgement, 'threshold' | 'leastReality'> {
  const found = lines.map((line) => ({ line, candidates: findSignals(model, line.text).map(({ signal, confidence, reality }) => ({ id: model.signals[signal]!, confidence, reality })) }))
  let best = { threshold: 0.5, leastReality: 0, f1: -1 }
  for (let leastReality = -1; leastReality <= 1.5; leastReality += 0.1) {
    for (let threshold = 0.15; threshold < 0.9; threshold += 0.01) {
      let [hits, said, there, traps, caught] = [0, 0, 0, 0, 0]
      for (const { line, candidates } of found) {
        const chosen = candidates.filter(({ confidence, reality }) => confidence >= threshold && reality >= leastReality)
        said += chosen.length
        there += line.gold.length
        hits += chosen.filter(({ id }) => line.gold.includes(id)).length
        if (line.kind === 'yes' || line.about === null) continue
        traps++
        if (chosen.some(({ id }) => id === line.about)) caught++
      }
      const f1 = (2 * hits) / Math.max(1, said + there)
      if (hits / Math.max(1, said) >= precision && caught / Math.max(1, traps) <= trapShare && f1 > best.f1) {
        best = { threshold: Math.round(threshold * 100) / 100, leastReality: Math.round(leastReality * 100) / 100, f1 }
      }
    }
  }
  return { threshold: best.threshold, leastReality: best.leastReality }
}

/** Trains on the corpus in the tree: the same corpus gives the same bytes. Takes seconds. */
export function train(): { file: Uint8Array; summary: string } {
  const lines = corpus()
  const seen = lines.filter((line) => partOf(line) === 'train')
  const dev = lines.filter((line) => partOf(line) === 'dev')
  const raw = trained(seen)
  const neutral: Judgement = { calibration: [0, 1, 1], threshold: 0.5, leastReality: 0 }
  const uncalibrated = readModel(writeModel({ ...raw, judgement: { zh: neutral, en: neutral } }), method)
  const judge = (writing: Writing): Judgement => {
    const judged = dev.filter((line) => writingOf(line.text) === writing)
    const calibration = calibrated(uncalibrated, judged)
    const known = { ...neutral, calibration }
    return { calibration, ...limitsFor({ ...uncalibrated, judgement: { zh: known, en: known } }, judged, PRECISION, TRAPS) }
  }
  const judgement = { zh: judge('zh'), en: judge('en') }
  const file = writeModel({ ...raw, judgement })
  const summary = `${lines.length} lines, ${seen.length} of training; ${raw.buckets.length} features, ${raw.classes.length} weights, ${(file.length / 1e6).toFixed(2)} MB; ${JSON.stringify(judgement)}`
  return { file, summary }
}
