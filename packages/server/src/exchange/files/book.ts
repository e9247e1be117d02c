import type { Line } from '../intake/grid.ts'
import type { Grid } from './grids.ts'

/** A spreadsheet as its thread reads it: the rows of each sheet as lines of JSON, `[row, cells]`, which are cheap to hand on. */
export interface Book {
  epoch1904: boolean
  sheets: { name: string; hidden: boolean; rows: Uint8Array }[]
}

const NEWLINE = 0x0a
/** Bytes that are made lines of at a time. */
const PIECE = 256 * 1024

export const gridOfBook = ({ sheets, epoch1904 }: Book): Grid => ({
  epoch1904,
  doubts: [],
  sheets: sheets.map(({ name, hidden, rows }) => ({ name, hidden, lines: () => linesOf(rows) })),
})

async function* linesOf(rows: Uint8Array): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder()
  for (let at = 0; at < rows.length;) {
    const found = rows.indexOf(NEWLINE, Math.min(rows.length, at + PIECE) - 1)
    const end = found < 0 ? rows.length : found + 1
    const text = decoder.decode(rows.subarray(at, end))
    yield text.split('\n').flatMap((line): Line[] => {
      if (line === '') return []
      const [row, cells] = JSON.parse(line) as [number, unknown[]]
      return [{ row, cells }]
    })
    at = end
  }
}
