import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Deal, Evidence, Methodology, PlainDate } from '@sente/engine'
import { openReader } from '@sente/reader'
import type { Feedback, KnownPerson, KnownRival, Note, Reader, Suggestion } from '@sente/reader'

let opened: { methodology: Methodology; reader: Reader } | undefined

/** The built-in reader with its trained model; opened once. */
export async function builtInReader(methodology: Methodology): Promise<Reader> {
  if (opened?.methodology !== methodology) {
    const file = await readFile(fileURLToPath(import.meta.resolve('@sente/reader/model.bin')))
    opened = { methodology, reader: openReader(file, methodology.signals.signals) }
  }
  return opened.reader
}

/** People as the reader knows them. */
export function knownPeople(deal: Deal): KnownPerson[] {
  return (deal.people ?? []).map(({ id, name, title }) => ({ id, name, ...(title ? { title } : {}) }))
}

/** Rivals as the reader knows them. */
export function knownRivals(deal: Deal): KnownRival[] {
  return (deal.rivals ?? []).map(({ id, name }) => ({ id, name }))
}

/** What the user said of earlier suggestions: evidence with words that was confirmed or rejected. */
export function feedbackOf(deal: Deal): Feedback[] {
  return (deal.evidence ?? []).flatMap(({ signal, quote, status, source }) =>
    quote !== undefined && source === SOURCE && status !== 'suggested'
      ? [{ signal, quote, verdict: status === 'rejected' ? ('rejected' as const) : ('confirmed' as const) }]
      : [],
  )
}

/** Marks evidence that the reader suggested, also after the user has confirmed or rejected it. */
export const SOURCE = 'note'

/** A suggestion as evidence of the deal: unconfirmed, known since the day of its note. */
export function evidenceOf(
  { signal, confidence, quote, from, about, on }: Suggestion,
  note: Note & { recordedOn?: PlainDate },
): Evidence {
  const recordedOn = note.recordedOn ?? note.on
  return {
    on,
    signal,
    ...(from === undefined ? {} : { from }),
    ...(about === undefined ? {} : { about }),
    confidence: Math.max(0.01, confidence),
    quote,
    status: 'suggested',
    source: SOURCE,
    ...(recordedOn > on ? { recordedOn } : {}),
  }
}

/** True when the deal already says it: the same signal on the same day, or the same words judged before. */
export function isKnown(piece: Evidence, evidence: readonly Evidence[]): boolean {
  return evidence.some(
    (other) =>
      other.signal === piece.signal &&
      (other.on === piece.on || (other.quote !== undefined && other.quote === piece.quote)),
  )
}

/** The deal with what its own notes suggest as unconfirmed evidence. A deal without notes is returned as it is. */
export async function withNotes(deal: Deal, methodology: Methodology): Promise<Deal> {
  if (!deal.notes || deal.notes.length === 0) return deal
  const reader = await builtInReader(methodology)
  const options = { people: knownPeople(deal), rivals: knownRivals(deal), feedback: feedbackOf(deal) }
  const evidence = [...(deal.evidence ?? [])]
  for (const note of deal.notes) {
    for (const suggestion of reader.read(note, options)) {
      const piece = evidenceOf(suggestion, note)
      if (!isKnown(piece, evidence)) evidence.push(piece)
    }
  }
  return { ...deal, evidence }
}
