import type { Brief, ConcernId, PhaseId, Text } from '@sente/engine'
import type { Tone } from '../lead-words.ts'
import type { Lang } from '@sente/engine'
import type { Tick, TimeScale } from '../time.ts'
import type { PictureWords } from '../words.ts'

export type XY = readonly [x: number, y: number]

/** Between the parts of one line. */
export const RUN_GAP = 8

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Where a text starts (or ends, or has its middle), with its own width already made to fit. */
export interface Label {
  x: number
  y: number
  text: string
  size: number
  anchor: 'start' | 'middle' | 'end'
  look: Look
  /** Goes on in the same line. */
  after?: readonly { text: string; size: number; look: Look }[]
}

export type Look = 'ink' | 'strong' | 'mute' | 'good' | 'danger' | 'onPhase' | 'leading'

/** What a point stands for: a place in the brief's own lists. */
export type PointItem =
  | { list: 'touches'; index: number }
  | { list: 'plan'; index: number }
  | { list: 'startBy'; index: number }
  | { list: 'contacts'; rival: number; index: number }
  | { list: 'concerns'; concern: ConcernId }

/** Something a pointer can rest on, said in words. */
export interface Point {
  kind: 'touch' | 'planned' | 'recommended' | 'rival' | 'startBy' | 'crossing'
  x: number
  y: number
  /** Reach in pixels. */
  r: number
  on: string
  words: string
  /** How many of the brief's items it stands for, and which. */
  count: number
  of: readonly PointItem[]
  /** A recommendation whose day has passed. */
  late?: boolean
}

export interface Headline {
  box: Box
  tone: Tone
  labels: Label[]
}

export interface PhaseBand {
  phase: PhaseId
  /** Place in the order of phases, for its shade. */
  index: number
  words: string
  past: XY[]
  future: XY[]
}

export interface Phases {
  box: Box
  bands: PhaseBand[]
  /** Decided or ended, rising from below. */
  fallen: XY[]
  labels: Label[]
  /** Ends that lie beyond the picture are null; `open`: an arrow points there. */
  decision: { y: number; from: number | null; middle: number | null; to: number; open: boolean; words: string } | null
}

export interface Strip {
  concern: ConcernId
  box: Box
  tone: Tone
  words: string
  labels: Label[]
  demand: XY[]
  band: XY[]
  readiness: XY[]
  planned: XY[]
  /** Demand over readiness by more than the margin, even with what is planned; `over`: long answered. */
  uncovered: { area: XY[]; over: boolean }[]
  /** The same, but gone once what is planned is ready. */
  saved: XY[][]
  crossing: Point | null
}

export interface Flag {
  x: number
  y: number
  /** Where its pole begins: the line of the axis. */
  top: number
  /** Text to the right of the pole, or to its left at the right edge. */
  label: Label
  late: boolean
  fast: boolean
  point: Point
}

export interface Lane {
  y: number
  name: string
  /** Whose it is; null: what has no person we know. */
  people: readonly string[] | null
  labels: Label[]
  points: Point[]
}

export interface Key {
  x: number
  y: number
  kind:
    | 'demand'
    | 'readiness'
    | 'planned'
    | 'uncovered'
    | 'saved'
    | 'forecast'
    | 'touch'
    | 'plannedTouch'
    | 'recommended'
    | 'rival'
  label: Label
}

/** Everything about where things are, and no word of how they look: plain data for SVG, canvas or hit tests. */
export interface PictureLayout {
  width: number
  height: number
  lang: Lang
  /** The picture in one line, and in some sentences for who cannot see it. */
  title: string
  description: string
  narrow: boolean
  time: TimeScale
  ticks: Tick[]
  axisY: number
  today: { x: number; label: Label } | null
  /** Where today's line and the month lines run, and leave words alone. */
  spans: { y0: number; y1: number }[]
  headline: Headline | null
  sections: Label[]
  rules: { x0: number; x1: number; y: number }[]
  phases: Phases
  strips: Strip[]
  flags: Flag[]
  lanes: Lane[]
  notes: Label[]
  keys: Key[]
  /** Every point of the picture, for hit tests. */
  points: Point[]
}

/** What all parts of the layout share. */
export interface Frame {
  brief: Brief
  lang: Lang
  words: PictureWords
  width: number
  /** Margin left and right. */
  pad: number
  /** Left of the plot; 0 on narrow pictures, whose labels stand above their rows. */
  gutter: number
  narrow: boolean
  time: TimeScale
  /** Of ordinary and of small text. */
  text: number
  small: number
  phaseName: (phase: PhaseId) => Text
  phaseShort: (phase: PhaseId) => Text
  concernName: (concern: ConcernId) => string
}
