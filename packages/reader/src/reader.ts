import type { Text } from '@sente/engine'
import { aboutWhom } from './about.ts'
import { dayOf, noteDays } from './day-of.ts'
import { learner } from './feedback.ts'
import type { Feedback } from './feedback.ts'
import { findSignals } from './find.ts'
import { isSaid, readModel, writingOf } from './model.ts'
import type { Model } from './model.ts'
import { normalise } from './normalise.ts'
import { rivalsNamed } from './rivals.ts'
import type { KnownPerson, KnownRival, Note, Suggestion } from './types.ts'
import { peopleIn } from './who.ts'

/** A note may be this long; what is longer is a document. */
export const MAX_NOTE = 20_000

export interface ReadOptions {
  /** People of the deal's map, to be recognised by name, address or title. */
  people?: readonly KnownPerson[]
  /** Rivals of the deal, to be recognised by name. */
  rivals?: readonly KnownRival[]
  /** What the user confirmed and rejected before. */
  feedback?: readonly Feedback[]
}

export interface Reader {
  /** Suggested evidence of a note, in the order of its words; each signal at most once. Throws a RangeError beyond `MAX_NOTE`. */
  read: (note: Note, options?: ReadOptions) => Suggestion[]
  model: Model
}

/** A reader from the bytes of `model.bin` and the signals of a methodology. */
export function openReader(
  file: Uint8Array,
  signals: readonly { id: string; patterns: Text; about?: readonly string[] | undefined }[],
): Reader {
  return readerOf(readModel(file, signals), signals)
}

/** A reader of an opened model. */
export function readerOf(
  model: Model,
  signals: readonly { id: string; about?: readonly string[] | undefined }[],
): Reader {
  const known = new Map(signals.map((one) => [one.id, one]))
  return {
    model,
    read(note, { people = [], rivals = [], feedback = [] } = {}) {
      if (note.text.length > MAX_NOTE)
        throw new RangeError(`a note of ${note.text.length} characters; at most ${MAX_NOTE}`)
      const text = normalise(note.text)
      const adjusted = learner(model, feedback)
      const days = noteDays(text, note.on)
      const mentions = peopleIn(text, people, note.text)
      const named = rivalsNamed(text, rivals)
      const suggestions = findSignals(model, note.text).flatMap(
        ({ signal: place, confidence: raw, reality, plain, stretch, sentence }): Suggestion[] => {
          const judgement = model.judgement[writingOf(text.slice(sentence.start, sentence.end))]
          const id = model.signals[place]!
          const signal = known.get(id)
          const quote = note.text.slice(stretch.start, stretch.end)
          const confidence = adjusted(id, quote, raw)
          if (!isSaid(judgement, confidence, reality, plain) || !signal) return []
          return [
            {
              signal: id,
              confidence: Math.round(confidence * 100) / 100,
              span: [stretch.start, stretch.end],
              quote,
              ...aboutWhom(text, sentence, stretch, { mentions, named, signal }),
              on: dayOf(text, days, sentence, stretch),
            },
          ]
        },
      )
      return suggestions.sort((a, b) => a.span[0] - b.span[0] || b.confidence - a.confidence)
    },
  }
}
