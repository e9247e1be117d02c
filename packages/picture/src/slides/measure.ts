import { graphemes, pieces, widthOf } from '../text.ts'

/** Room around the text of a table's cell, in points. */
export const PAD = { x: 5, y: 3 } as const
const LEADING = 1.25

/** Height of so many lines of text, in points. */
export const heightOf = (lines: number, size: number): number => Math.ceil(lines * size * LEADING)

interface Piece {
  text: string
  wide: number
  /** Without the space after it, which may stand beyond the edge. */
  bare: number
  /** The first of a word longer than a line: it begins on a line of its own. */
  alone: boolean
}

function* piecesOf(text: string, width: number, size: number, bold: boolean): Generator<Piece> {
  for (const piece of pieces(text)) {
    const wide = widthOf(piece, size, bold)
    const bare = widthOf(piece.trimEnd(), size, bold)
    if (bare <= width) yield { text: piece, wide, bare, alone: false }
    else
      for (const [i, letter] of graphemes(piece).entries()) {
        const one = widthOf(letter, size, bold)
        yield { text: letter, wide: one, bare: letter === ' ' ? 0 : one, alone: i === 0 }
      }
  }
}

/** Lines that a text takes in a box, rather too many than too few: a word longer than a line is broken, as presentation programs do. */
export function linesIn(text: string, width: number, size: number, bold = false): number {
  let lines = 1
  let used = 0
  for (const { wide, bare, alone } of piecesOf(text, width, size, bold)) {
    if (used > 0 && (alone || used + bare > width)) {
      lines++
      used = 0
    }
    used += wide
  }
  return lines
}

/** The text, or as much of it as `most` lines hold, with an ellipsis. */
export function cut(text: string, width: number, size: number, most: number, bold = false): string {
  if (linesIn(text, width, size, bold) <= most) return text
  const ellipsis = widthOf('…', size, bold)
  let [all, kept] = ['', '']
  let lines = 1
  let used = 0
  for (const piece of piecesOf(text, width, size, bold)) {
    if (used > 0 && (piece.alone || used + piece.bare > width)) {
      lines++
      used = 0
    }
    if (lines > most) break
    used += piece.wide
    all += piece.text
    if (used + ellipsis <= width) kept = all
  }
  return `${kept.trimEnd()}…`
}
