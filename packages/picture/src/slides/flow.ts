import type { Lang } from '@sente/engine'
import { widthOf } from '../text.ts'
import { cut, heightOf, linesIn, PAD } from './measure.ts'
import { SLIDE_WORDS } from './words.ts'
import { SLIDE } from './types.ts'
import type { Box, ChartPart, Deck, Slide, SlideCell, SlideLine, SlidePart, TablePart } from './types.ts'

/** Where a slide's content stands, in points. */
export const AREA: Box = { x: 40, y: 92, w: SLIDE.width - 80, h: 398 }
export const COLORS = {
  ink: '14181D',
  faint: '5B6470',
  red: 'B3261E',
  good: '10637D',
  hair: 'CFD5DC',
  head: 'F3F5F7',
  tint: 'DCEBF0',
} as const
const BODY = 16
const SMALL = 11
const TABLE = 13
const GAP = 12
/** More lines of one cell, or of one line of text, are cut: a slide is no place to read them. */
const MOST_LINES = 7

export type Block =
  | { kind: 'table'; columns: { head: string; share: number }[]; rows: SlideCell[][]; empty: string }
  | { kind: 'lines'; head?: string; lines: SlideLine[] }
  | ({ kind: 'chart'; height: number } & Omit<ChartPart, keyof Box | 'kind'>)
  /** Drawn as it is where there is room: made for a width and a height of its own. */
  | { kind: 'drawn'; height: number; draw: (at: Box) => SlidePart[] }

/** What belongs together under one title, on as many slides as it needs. */
export interface Chapter {
  title: string
  blocks: Block[]
}

export interface Cover {
  title: string
  under: SlideLine[]
  blocks: Block[]
}

/** Chapters on slides: what does not fit goes on on the next one, under the same title with its number; a table says its heading again. */
export function deckOf(lang: Lang, mark: string | null, cover: Cover, chapters: readonly Chapter[]): Deck {
  const slides = [coverOf(cover), ...chapters.flatMap((chapter) => slidesOf(chapter, lang))]
  return plain({ title: cover.title, lang, mark, slides })
}

const COVER_TITLE = 30

function coverOf({ title, under, blocks }: Cover): Slide {
  const box: Box = { ...AREA, y: 200 }
  const parts: SlidePart[] = []
  const lines = under.map((line) => ({ ...line, text: cut(line.text, box.w, 14, 2) }))
  let { y } = box
  const height = lines.reduce((sum, { text, bold }) => sum + heightOf(linesIn(text, box.w, 14, bold), 14) + 4, 0)
  parts.push({ kind: 'text', ...box, y, h: height, size: 14, lines })
  y += height + GAP
  for (const block of blocks)
    if (block.kind === 'drawn') {
      parts.push(...block.draw({ ...box, y, h: block.height }))
      y += block.height + GAP
    }
  return { title: cut(title, box.w, COVER_TITLE, 3, true), cover: true, parts }
}

function slidesOf({ title, blocks }: Chapter, lang: Lang): Slide[] {
  const pages: SlidePart[][] = []
  let page: SlidePart[] = []
  let y = AREA.y
  const bottom = AREA.y + AREA.h
  const turn = (): void => {
    if (page.length > 0) pages.push(page)
    page = []
    y = AREA.y
  }
  for (const block of blocks) {
    if (block.kind === 'table') {
      let rest = block.rows.map((cells) => rowOf(cells, block.columns))
      if (rest.length === 0) {
        const h = heightOf(1, BODY) + 4
        if (y + h > bottom) turn()
        page.push({ kind: 'text', ...AREA, y, h, size: BODY, lines: [{ text: block.empty, tone: 'faint' }] })
        y += h + GAP
      }
      const headHeight = headOf(block.columns)
      while (rest.length > 0) {
        // A heading without a row below it is none.
        if (y > AREA.y && y + headHeight + rest[0]!.height > bottom) turn()
        let n = 0
        let used = headHeight
        while (n < rest.length && (n === 0 || y + used + rest[n]!.height <= bottom)) used += rest[n++]!.height
        page.push(tableOf(block.columns, headHeight, rest.slice(0, n), y, used))
        rest = rest.slice(n)
        y += used + GAP
        if (rest.length > 0) turn()
      }
    } else if (block.kind === 'lines') {
      let rest = block.lines.map((line) => measured(line))
      const head = block.head === undefined ? [] : [measured({ text: block.head, bold: true, tone: 'good' })]
      while (rest.length > 0) {
        const first = head.reduce((sum, { h }) => sum + h, 0)
        if (y > AREA.y && y + first + rest[0]!.h > bottom) turn()
        let n = 0
        let used = first
        while (n < rest.length && (n === 0 || y + used + rest[n]!.h <= bottom)) used += rest[n++]!.h
        const lines = [...head, ...rest.slice(0, n)].map(({ line }) => line)
        page.push({ kind: 'text', ...AREA, y, h: used, size: BODY, lines })
        rest = rest.slice(n)
        y += used + GAP
        if (rest.length > 0) turn()
      }
    } else {
      if (y > AREA.y && y + block.height > bottom) turn()
      const at = { ...AREA, y, h: block.height }
      if (block.kind === 'drawn') page.push(...block.draw(at))
      else {
        const { height: _, ...chart } = block
        page.push({ ...chart, ...at })
      }
      y += block.height + GAP
    }
  }
  turn()
  const w = SLIDE_WORDS[lang]
  return pages.map((parts, i) => ({
    title: `${cut(title, AREA.w - 80, 22, 1, true)}${pages.length > 1 ? ` ${w.page(i + 1, pages.length)}` : ''}`,
    cover: false,
    parts,
  }))
}

const BULLET = 14

function measured(line: SlideLine): { line: SlideLine; h: number } {
  const width = AREA.w - (line.bullet ? BULLET : 0)
  const text = cut(line.text, width, BODY, MOST_LINES, line.bold)
  return { line: { ...line, text }, h: heightOf(linesIn(text, width, BODY, line.bold), BODY) + 5 }
}

type Columns = Extract<Block, { kind: 'table' }>['columns']

function widthsOf(columns: Columns): number[] {
  const all = columns.reduce((sum, { share }) => sum + share, 0)
  return columns.map(({ share }) => (share / all) * AREA.w)
}

function headOf(columns: Columns): number {
  const widths = widthsOf(columns)
  const lines = columns.map(({ head }, i) => Math.min(3, linesIn(head, widths[i]! - 2 * PAD.x, TABLE, true)))
  return heightOf(Math.max(...lines), TABLE) + 2 * PAD.y + 2
}

interface Row {
  height: number
  cells: SlideCell[]
}

function rowOf(cells: readonly SlideCell[], columns: Columns): Row {
  const widths = widthsOf(columns)
  const cutCells = cells.map((cell, i): SlideCell => {
    const room = widths[i]! - 2 * PAD.x
    return {
      ...cell,
      text: cut(cell.text, room, TABLE, MOST_LINES, cell.bold),
      ...(cell.sub !== undefined && { sub: cut(cell.sub, room, SMALL, MOST_LINES) }),
    }
  })
  const heights = cutCells.map(({ text, bold, sub }, i) => {
    const room = widths[i]! - 2 * PAD.x
    return (
      heightOf(linesIn(text, room, TABLE, bold), TABLE) +
      (sub === undefined ? 0 : heightOf(linesIn(sub, room, SMALL), SMALL))
    )
  })
  return { height: Math.max(...heights) + 2 * PAD.y + 2, cells: cutCells }
}

function tableOf(columns: Columns, headHeight: number, rows: Row[], y: number, h: number): TablePart {
  const widths = widthsOf(columns)
  return {
    kind: 'table',
    ...AREA,
    y,
    h,
    size: TABLE,
    small: SMALL,
    widths,
    head: columns.map(({ head }, i) => cut(head, widths[i]! - 2 * PAD.x, TABLE, 3, true)),
    headHeight,
    rows,
  }
}

/** Columns in portions of at most `most`, so that each stays readable; none: one portion without any. */
export function portions<T>(columns: readonly T[], most: number): T[][] {
  const n = Math.max(1, Math.ceil(columns.length / most))
  const size = Math.ceil(columns.length / n)
  return Array.from({ length: n }, (_, i) => columns.slice(i * size, (i + 1) * size))
}

/** A text of one line that fits, for labels. */
export const label = (text: string, width: number, size: number, bold = false): string =>
  widthOf(text, size, bold) <= width ? text : cut(text, width, size, 1, bold)

/** Breaks of lines would be paragraphs of their own, which nobody has measured. */
function plain<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ') as T
  if (Array.isArray(value)) return value.map(plain) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)])) as T
}
