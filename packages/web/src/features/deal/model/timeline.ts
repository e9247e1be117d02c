import type { Fact } from './fact.ts'
import type { DealWhole } from '@sente/api'

/** Something that happened or was noted, on its day. */
export type Entry =
  | { kind: 'evidence'; on: string; fact: Fact<'evidence'> }
  | { kind: 'touch'; on: string; fact: Fact<'touch'> }
  | { kind: 'note'; on: string; fact: Fact<'note'>; evidence: Fact<'evidence'>[] }
  | { kind: 'rivalContact'; on: string; fact: Fact<'rivalContact'> }
  | { kind: 'pin'; on: string; fact: Fact<'pin'> }
  | { kind: 'stageClaim'; on: string; fact: Fact<'stageClaim'> }
  | { kind: 'discount'; on: string; fact: Fact<'discount'> }

export const FILTERS = ['all', 'evidence', 'touch', 'note', 'rivalContact'] as const
export type Filter = (typeof FILTERS)[number]

/** Newest first; evidence that a note gave stands with the note, unless one asks for evidence alone. */
export function timelineOf(whole: DealWhole, filter: Filter): Entry[] {
  const notes = new Map((whole.note ?? []).map((note) => [note.id, note]))
  const inNote = (piece: Fact<'evidence'>): boolean =>
    filter !== 'evidence' && piece.noteId !== undefined && notes.has(piece.noteId)
  const all: Entry[] = [
    ...(whole.evidence ?? [])
      .filter((piece) => !inNote(piece))
      .map((fact): Entry => ({ kind: 'evidence', on: fact.on, fact })),
    ...(whole.touch ?? []).map((fact): Entry => ({ kind: 'touch', on: fact.on, fact })),
    ...(whole.note ?? []).map((fact): Entry => ({
      kind: 'note',
      on: fact.on,
      fact,
      evidence: (whole.evidence ?? []).filter(({ noteId }) => noteId === fact.id),
    })),
    ...(whole.rivalContact ?? []).map((fact): Entry => ({ kind: 'rivalContact', on: fact.on, fact })),
    ...(whole.pin ?? []).map((fact): Entry => ({ kind: 'pin', on: fact.on, fact })),
    ...(whole.stageClaim ?? []).map((fact): Entry => ({ kind: 'stageClaim', on: fact.on, fact })),
    ...(whole.discount ?? []).map((fact): Entry => ({ kind: 'discount', on: fact.on, fact })),
  ]
  return all
    .filter(({ kind }) => filter === 'all' || kind === filter)
    .sort((a, b) => b.on.localeCompare(a.on) || (a.fact.id < b.fact.id ? 1 : -1))
}

/** By month, in the order given. */
export function byMonth<T extends { on: string }>(entries: readonly T[]): [month: string, entries: T[]][] {
  const months = new Map<string, T[]>()
  for (const entry of entries) {
    const month = entry.on.slice(0, 7)
    const list = months.get(month)
    if (list) list.push(entry)
    else months.set(month, [entry])
  }
  return [...months]
}
