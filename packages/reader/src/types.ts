import type { PlainDate } from '@sente/engine'

/** A note as a seller wrote it; `text` up to 20,000 characters, Chinese, English or mixed. */
export interface Note {
  on: PlainDate
  author?: string
  text: string
}

/** Somebody on the deal's map, to be recognised in a note. */
export interface KnownPerson {
  id: string
  name: string
  title?: string
}

/** A rival of the deal, to be recognised in a note. */
export interface KnownRival {
  id: string
  name: string
}

/** Evidence that a note suggests; the user confirms or rejects it. */
export interface Suggestion {
  signal: string
  /** Calibrated: of those said with .8, about 80 % are right. */
  confidence: number
  /** The words it rests on: half-open range of UTF-16 positions in the note's text, and the words themselves. */
  span: readonly [start: number, end: number]
  quote: string
  /** Person of the map whom the note means. */
  from?: string
  /**
   * Whom it is about, where the words say so: the rival of the deal that the sentence names, the person of the map whom another one tells of, or
   * `us`. Absent: as the signal usually is.
   */
  about?: string
  /** The day it happened: what the note says ("last Friday"), else the day of the note. */
  on: PlainDate
}
