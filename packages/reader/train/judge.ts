import { findSignals } from '../src/find.ts'
import { confidenceOf, isSaid, writingOf } from '../src/model.ts'
import type { Evidence, Judgement, Model, Writing } from '../src/model.ts'
import type { Line, WholeNote } from './corpus.ts'

export const NEUTRAL: Judgement = { calibration: [0, 1, 1, 0, 0, 0], limit: 0, caution: 0, leastReality: 0, trust: 0 }
/**
 * What is wanted of the suggestions on what training did not see: in notes by hands that wrote nothing else at least this precision, of the
 * traps in notes and of all traps at most these shares.
 */
const PRECISION = 0.8
const TRAPS_IN_NOTES = 0.03
const TRAPS = 0.07
/** Notes are what will be read; single sentences, half of them traps, only steady the fit. */
const SENTENCE_WEIGHT = 0.02

interface Found {
  gold: readonly string[]
  traps: readonly string[]
  candidates: { id: string; reality: number; plain: boolean; evidence: Evidence }[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface Point {
  x: Evidence
  y: number
  weight: number
}

/** For each writing its own confidence and limits, because the model knows more of the one than of the other. */
export function judgementFor(
  model: Model,
  lines: readonly Line[],
  notes: readonly WholeNote[],
): Record<Writing, Judgement> {
  const judge = (writing: Writing): Judgement => {
    const ofWriting = lines.filter(({ text }) => writingOf(text) === writing)
    const ofNotes = notes.filter(({ lang }) => lang === writing)
    const look = (
      judgement: Judgement,
    ): { sentences: Found[]; whole: Found[]; calibration: Judgement['calibration'] } => {
      const found = finder({ ...model, judgement: { zh: judgement, en: judgement } })
      const sentences = ofWriting.map(({ text, gold, kind, about }) =>
        found(text, gold, kind === 'yes' || about === null ? [] : [about]),
      )
      const whole = ofNotes.map(({ text, gold, traps }) => found(text, gold, traps))
      const points = (list: readonly Found[], weight: number): Point[] =>
        list.flatMap(({ gold, candidates }) =>
          candidates.map(({ id, evidence }) => ({ x: evidence, y: gold.includes(id) ? 1 : 0, weight })),
        )
      return { sentences, whole, calibration: calibrated([...points(whole, 1), ...points(sentences, SENTENCE_WEIGHT)]) }
    }
    // Which stretch speaks of a signal most depends on the confidence: looked at again with the one that was fitted.
    const { calibration } = look(NEUTRAL)
    const { sentences, whole } = look({ ...NEUTRAL, calibration })
    return {
      calibration,
      ...limitsFor(calibration, sentences, whole),
    }
  }
  return { zh: judge('zh'), en: judge('en') }
}

/** What a model finds in a text, beside what is there and what only looks so. */
const finder =
  (model: Model) =>
  (text: string, gold: readonly string[], traps: readonly string[]): Found => ({
    gold,
    traps,
    candidates: findSignals(model, text).map(({ signal, reality, plain, evidence }) => ({
      id: model.signals[signal]!,
      reality,
      plain,
      evidence,
    })),
  })

/** Fits the confidence to what is right (logistic regression by Newton steps). */
function calibrated(points: readonly Point[]): Judgement['calibration'] {
  const beta: Mutable<Evidence> = [0, 0.5, 0.2, 0, 0, 0]
  const n = beta.length
  for (let step = 0; step < 60; step++) {
    const gradient = beta.map(() => 0)
    const hessian = beta.map((_, i) => beta.map((__, j): number => (i === j ? 1 : 0)))
    for (const { x, y, weight } of points) {
      const p = confidenceOf({ calibration: beta }, x)
      for (let i = 0; i < n; i++) {
        gradient[i]! += weight * (y - p) * x[i]!
        for (let j = 0; j < n; j++) hessian[i]![j]! += weight * p * (1 - p) * x[i]! * x[j]!
      }
    }
    // Small steps: a full Newton step may overshoot where all is far from certain.
    solve(hessian, gradient).forEach((delta, i) => (beta[i]! += Math.max(-0.5, Math.min(0.5, delta))))
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

/** The limits with the best F1 on notes among those with enough precision and few enough traps caught, in notes and sentences. */
function limitsFor(
  calibration: Judgement['calibration'],
  sentences: readonly Found[],
  notes: readonly Found[],
): Omit<Judgement, 'calibration'> {
  const sure = (list: readonly Found[]) =>
    list.map(({ gold, traps, candidates }) => ({
      gold,
      traps,
      candidates: candidates.map(({ id, reality, plain, evidence }) => ({
        id,
        reality,
        plain,
        confidence: confidenceOf({ calibration }, evidence),
      })),
    }))
  const count = (list: ReturnType<typeof sure>, limits: Omit<Judgement, 'calibration'>) => {
    const sum = { hits: 0, said: 0, there: 0, traps: 0, caught: 0 }
    for (const { gold, traps, candidates } of list) {
      const chosen = candidates
        .filter(({ confidence, reality, plain }) => isSaid(limits, confidence, reality, plain))
        .map(({ id }) => id)
      sum.said += chosen.length
      sum.there += gold.length
      sum.hits += chosen.filter((id) => gold.includes(id)).length
      sum.traps += traps.length
      sum.caught += traps.filter((id) => chosen.includes(id)).length
    }
    return sum
  }
  const [inSentences, inNotes] = [sure(sentences), sure(notes)]
  let best = { f1: -1, limits: { limit: 0, caution: 0, leastReality: 0, trust: 0 } }
  for (let leastReality = -1; leastReality <= 3; leastReality += 0.25) {
    for (const trust of [0, 0.25, 0.5, 0.75, 1]) {
      for (let limit = -1.5; limit < 4; limit += 0.125) {
        const limits = { limit, caution: 0, leastReality, trust }
        const note = count(inNotes, limits)
        const f1 = (2 * note.hits) / Math.max(1, note.said + note.there)
        if (f1 <= best.f1 || note.hits / Math.max(1, note.said) < PRECISION) continue
        if (note.caught / Math.max(1, note.traps) > TRAPS_IN_NOTES) continue
        const sentence = count(inSentences, limits)
        if ((note.caught + sentence.caught) / Math.max(1, note.traps + sentence.traps) > TRAPS) continue
        best = { f1, limits }
      }
    }
  }
  return best.limits
}
