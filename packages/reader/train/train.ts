import { readdirSync, readFileSync } from 'node:fs'
import { readConcepts } from '../src/concepts.ts'
import { BITS } from '../src/features.ts'
import { findSignal } from '../src/find.ts'
import { patternsOf, readModel, writeModel } from '../src/model.ts'
import type { Judgement, Model, Trained, Writing } from '../src/model.ts'
import { normalise } from '../src/normalise.ts'
import { sentencesOf } from '../src/segments.ts'
import { readVectors } from '../src/vectors.ts'
import { corpus, developmentNotes, judgedNotes, partOf, phrases, trainingNotes } from './corpus.ts'
import type { Line, TrainingNote } from './corpus.ts'
import { judgementFor, NEUTRAL } from './judge.ts'
import { examplesIn, examplesOf, learnReality, learnTopics, saidIn } from './learn.ts'
import type { Example, Place, Said } from './learn.ts'

interface MethodSignal {
  id: string
  name: { en: string; zh: string }
  examples: { en: string[]; zh: string[] }
  patterns: { en: string; zh: string }
}

export const method = (
  JSON.parse(readFileSync(new URL('../../../methodology/signals.json', import.meta.url), 'utf8')) as {
    signals: MethodSignal[]
  }
).signals
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
const FAINT_WEIGHT = 0.14

/** Everything but the judgement, from these lines and what is always of training. */
function learned(lines: readonly Line[], whole: readonly TrainingNote[]): Omit<Trained, 'judgement'> {
  const short = [
    ...method.flatMap(({ id, name, examples }) =>
      [name.en, name.zh, ...examples.en, ...examples.zh].map((text) => ({ signal: id, text })),
    ),
    ...phrases(),
  ].map(({ signal, text }): Example => ({ text: normalise(text), classes: [classOf.get(signal)!] }))
  const topics = learnTopics(
    [...examplesOf(lines, classOf), ...examplesIn(whole, classOf), ...short],
    signals.length,
    concepts,
    patterns,
    vectors,
  )
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
  const topicsOnly = {
    signals,
    conceptText,
    buckets: topics.buckets,
    rarity: topics.rarity,
    rows,
    classes: Uint8Array.from(classes),
    weights: Float32Array.from(weights),
    bias: topics.bias,
    dense: topics.dense,
    vectors,
  }
  const blank = { reality: new Float32Array(1 << BITS), realityBias: 0, judgement: { zh: NEUTRAL, en: NEUTRAL } }
  const model = readModel(writeModel({ ...topicsOnly, ...blank }), method)
  const all = ({ text }: Line): Place => ({ words: normalise(text), start: 0, end: text.length })
  const placeOf = (line: Line): Place => findSignal(model, line.text, classOf.get(line.about!)!) ?? all(line)
  // A fact in few words has no mark at all, and is so.
  const plain = short.map(({ text, classes: [at] }): Said => {
    return { place: { words: text, start: 0, end: text.length }, signal: signals[at!]!, so: true }
  })
  return { ...topicsOnly, ...learnReality([...saidIn(lines, placeOf), ...saidInNotes(model, whole), ...plain]) }
}

/** Facts of whole notes where they stand, and their traps where the note speaks of them most. */
function saidInNotes(model: Model, whole: readonly TrainingNote[]): Said[] {
  return whole.flatMap(({ text, facts, traps }): Said[] => {
    const found = (part: string, signal: string, so: boolean): Said[] => {
      const place = findSignal(model, part, classOf.get(signal)!)
      return place ? [{ place, signal, so }] : []
    }
    // The sentences that the words of a fact stand in.
    const around = ([start, end]: [number, number]): string =>
      sentencesOf(normalise(text))
        .filter((sentence) => sentence.start < end && sentence.end > start)
        .map((sentence) => text.slice(sentence.start, sentence.end))
        .join('\n')
    return [
      ...facts.flatMap(({ signal, span }) => found(around(span), signal, true)),
      ...traps.flatMap((signal) => found(text, signal, false)),
    ]
  })
}

/** A model that has not seen the development part, and that fits confidences and limits on it. */
export function trainJudged(): { file: Uint8Array; judgement: Record<Writing, Judgement> } {
  const lines = corpus()
  const of = (part: string): Line[] => lines.filter((line) => partOf(line) === part)
  const first = learned(of('train'), trainingNotes('unjudged'))
  const judgement = judgementFor(
    readModel(writeModel({ ...first, judgement: { zh: NEUTRAL, en: NEUTRAL } }), method),
    of('dev'),
    judgedNotes(),
  )
  return { file: writeModel({ ...first, judgement }), judgement }
}

/**
 * Trains on the corpus in the tree: the same corpus gives the same bytes. Confidences and limits are fitted on the development
 * part by a model that has not seen it (`judged`); the model that is shipped then learns from both parts (`file`).
 */
export function train(): { file: Uint8Array; judged: Model; summary: string } {
  const lines = corpus()
  const { file: judged, judgement } = trainJudged()
  const last = learned(
    lines.filter((line) => partOf(line) !== 'test'),
    [...trainingNotes('all'), ...developmentNotes()],
  )
  const file = writeModel({ ...last, judgement })
  const summary = `${lines.length} lines; ${last.buckets.length} features, ${last.classes.length} weights, ${(file.length / 1e6).toFixed(2)} MB; ${JSON.stringify(judgement)}`
  return { file, judged: readModel(judged, method), summary }
}
