import type { Lang } from '@sente/engine'

/** Slides laid out: lengths in points from the top left corner, on a slide of `SLIDE`. What writes a file of them measures nothing. */
export interface Deck {
  title: string
  lang: Lang
  /** Stands at the foot of every slide; null: nothing does. */
  mark: string | null
  slides: Slide[]
}
export interface Slide {
  title: string
  /** The first slide, whose title is large. */
  cover: boolean
  parts: SlidePart[]
}
export type SlidePart = TextPart | ShapePart | TablePart | ChartPart

/** 16:9, as presentation programs make it: 13⅓ × 7½ inches. */
export const SLIDE = { width: 960, height: 540 } as const

export type SlideTone = 'ink' | 'faint' | 'red' | 'good'
export interface Box {
  x: number
  y: number
  w: number
  h: number
}
export interface SlideLine {
  text: string
  tone?: SlideTone
  bold?: boolean
  bullet?: boolean
}
export interface TextPart extends Box {
  kind: 'text'
  size: number
  lines: SlideLine[]
  align?: 'left' | 'center'
}
export interface ShapePart extends Box {
  kind: 'shape'
  shape: 'rect' | 'chevron' | 'dot' | 'line'
  fill: SlideFill
  text?: { size: number; lines: SlideLine[] }
}
/** Six hex digits each, as slides write colours. */
export type SlideFill = string
export interface SlideCell {
  text: string
  tone?: SlideTone
  bold?: boolean
  /** Below the text, small and faint. */
  sub?: string
  fill?: SlideFill
}
export interface TablePart extends Box {
  kind: 'table'
  size: number
  /** Of what stands below the text of a cell. */
  small: number
  widths: number[]
  head: string[]
  headHeight: number
  rows: { height: number; cells: SlideCell[] }[]
}
/** Bars of a native chart: every value is known. */
export interface ChartPart extends Box {
  kind: 'chart'
  says: string
  categories: string[]
  series: { name: string; values: number[]; color: SlideFill }[]
  /** Shares of 0..1, or counts and amounts. */
  format: 'percent' | 'number'
  stacked: boolean
}
