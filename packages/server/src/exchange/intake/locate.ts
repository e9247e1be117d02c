import { HEADINGS, plainHeading } from '../files/headings.ts'
import { unitOf } from './amounts.ts'
import { cellText } from './grid.ts'
import type { Line } from './grid.ts'

const KNOWN: ReadonlySet<string> = new Set(
  Object.values(HEADINGS).flatMap((fields) => Object.values(fields).flatMap((names) => names.split(' '))),
)
/** Lines among which the headings are looked for. */
export const LOOKED_THROUGH = 40

/** How many cells of a line are headings that we know. */
export const knownHeadings = (line: Line): number => {
  const seen = new Set<string>()
  for (const cell of line.cells) {
    if (typeof cell !== 'string' || cell.length > 60 || cell.trim() === '') continue
    const heading = plainHeading(cell)
    if (KNOWN.has(heading)) seen.add(heading)
  }
  return seen.size
}
const filled = (line: Line): number => line.cells.filter((cell) => cellText(cell) !== '').length

export interface Located {
  /** Index of the line of headings among those looked at; -1: there is none. */
  at: number
  /** Known headings in it. */
  known: number
}

/** Which of the first lines holds the headings: as said, else the one with most headings that we know, else the first full one. */
export function locate(lines: readonly Line[], said?: number): Located {
  if (said !== undefined) {
    const at = lines.findIndex(({ row }) => row === said)
    return { at, known: at < 0 ? 0 : knownHeadings(lines[at]!) }
  }
  let best: Located = { at: -1, known: 0 }
  for (const [at, line] of lines.entries()) {
    const known = knownHeadings(line)
    // Of a line of data at most one cell is by chance a word that is a heading elsewhere.
    if (known > best.known && (known >= 2 || filled(line) <= 2)) best = { at, known }
  }
  if (best.known >= 2) return best
  const widest = Math.max(0, ...lines.map(filled))
  const first = lines.findIndex((line) => filled(line) >= Math.max(1, widest - 1))
  return best.known === 1 && best.at <= first
    ? best
    : { at: first, known: first < 0 ? 0 : knownHeadings(lines[first]!) }
}

/** `单位：万元` in the lines above the headings. */
export function unitAbove(lines: readonly Line[]): { scale?: number; currency?: string } {
  for (const { cells } of lines)
    for (const cell of cells) {
      const text = cellText(cell)
      if (/单位\s*[:：]|\bamounts? in\b|\bin (?:thousands|millions)\b|\bunit\s*:/i.test(text) && text.length < 80) {
        const word = /(?:单位\s*[:：]|amounts? in|unit\s*:)\s*([^\s,，;；)）]+(?:\s[A-Za-z.]+)?)/i.exec(text)?.[1]
        const unit = word === undefined ? {} : unitOf(`(${word})`)
        if (unit.scale !== undefined || unit.currency !== undefined) return unit
        if (/in thousands/i.test(text)) return { scale: 3 }
        if (/in millions/i.test(text)) return { scale: 6 }
      }
    }
  return {}
}
