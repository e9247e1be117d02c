import type { Text } from '@sente/engine'
import { dayOf, noteDays } from './day-of.ts'
import { learner } from './feedback.ts'
import type { Feedback } from './feedback.ts'
import { findSignals } from './find.ts'
import { isSaid, readModel, writingOf } from './model.ts'
import type { Model } from './model.ts'
import { normalise } from './normalise.ts'
import { rivalsNamed } from './rivals.ts'
import type { KnownPerson, KnownRival, Note, Suggestion } from './types.ts'
import type { Stretch } from './segments.ts'
import { peopleIn } from './who.ts'
import { personOf, toldOf } from './whose.ts'

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
  const known = new Set(signals.map(({ id }) => id))
  const about = (whom: string): Set<string> =>
    new Set(signals.filter((one) => one.about?.includes(whom)).map(({ id }) => id))
  const [ofRivals, ofPersons] = [about('rival'), about('person')]
  // Where a signal is usually about somebody else, it is about us only if we are who does it.
  const alsoOfUs = new Set(signals.filter((one) => (one.about?.indexOf('us') ?? 0) > 0).map(({ id }) => id))
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
          const signal = model.signals[place]!
          const quote = note.text.slice(stretch.start, stretch.end)
          const confidence = adjusted(signal, quote, raw)
          if (!isSaid(judgement, confidence, reality, plain) || !known.has(signal)) return []
          const told = ofPersons.has(signal) ? toldOf(text, sentence, stretch, mentions) : undefined
          const from = told?.from ?? personOf(text, sentence, stretch, mentions, signal)
          const whom =
            (ofRivals.has(signal) ? onlyRival(named, sentence, stretch) : undefined) ??
            told?.about ??
            (alsoOfUs.has(signal) && isOurs(text.slice(stretch.start, stretch.end)) ? 'us' : undefined)
          return [
            {
              signal,
              confidence: Math.round(confidence * 100) / 100,
              span: [stretch.start, stretch.end],
              quote,
              ...(from === undefined ? {} : { from }),
              ...(whom === undefined ? {} : { about: whom }),
              on: dayOf(text, days, sentence, stretch),
            },
          ]
        },
      )
      return suggestions.sort((a, b) => a.span[0] - b.span[0] || b.confidence - a.confidence)
    },
  }
}

/** Do we do what a clause tells? */
const isOurs = (words: string): boolean =>
  /^(?:今天|昨天|上周.?|周.)?(?:我们|咱们|我方|我司)|^(?:yesterday|today|then|so|and)?,? ?(?:we|we've) /.test(words)

/** The rival that the words name, or else their sentence; of two nobody can say which is meant. */
function onlyRival(named: ReturnType<typeof rivalsNamed>, sentence: Stretch, stretch: Stretch): string | undefined {
  for (const { start, end } of [stretch, sentence]) {
    const here = new Set(named.filter((one) => one.start >= start && one.end <= end).map(({ rival }) => rival))
    if (here.size > 0) return here.size === 1 ? [...here][0] : undefined
  }
  return undefined
}
