import type { Text } from '@sente/engine'

/** A line of a table as it stands in the file; `row` as a spreadsheet counts. */
export interface Line {
  row: number
  cells: readonly unknown[]
  fault?: Text
}

export const cellText = (cell: unknown): string =>
  typeof cell === 'string' ? cell.trim() : cell === null || cell === undefined ? '' : String(cell)

export const isBlank = (line: Line): boolean => line.cells.every((cell) => cellText(cell) === '')
