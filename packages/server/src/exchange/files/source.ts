import type { Says } from './fields.ts'
import { ImportProblem } from './problem.ts'
import { textOf } from './text-stream.ts'

/** A row as it came. `fault`: it could not even be split. */
export interface RawRow {
  /** As the user's program counts: lines of NDJSON from 1; in a table as a spreadsheet counts. */
  row: number
  /** By field of ours; of a table by place. */
  cells: Readonly<Record<string, unknown>> | readonly unknown[]
  fault?: Says
}

export interface Source {
  rows: AsyncIterable<RawRow[]>
}

/** A line longer than this is no row. */
const MAX_LINE = 12 * 1024 * 1024

/** One JSON object on each line. */
export function ndjsonSource(bytes: AsyncIterable<Uint8Array>): Source {
  return { rows: ndjsonRows(bytes) }
}

async function* ndjsonRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow[]> {
  let rest = ''
  let row = 0
  const read = (line: string): RawRow | undefined => {
    row++
    if (line.trim() === '') return undefined
    try {
      const value: unknown = JSON.parse(line)
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return { row, cells: value as Record<string, unknown> }
      return { row, cells: {}, fault: { en: 'This line is JSON, but no object.', zh: '这一行是 JSON，但不是对象。' } }
    } catch (error) {
      return {
        row,
        cells: {},
        fault: {
          en: `This line is not JSON: ${(error as Error).message}`,
          zh: `这一行不是 JSON：${(error as Error).message}`,
        },
      }
    }
  }
  for await (const text of textOf(bytes)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    if (rest.length > MAX_LINE)
      throw new ImportProblem({
        en: `Line ${row + lines.length + 1} is longer than 12 MB: this is no NDJSON.`,
        zh: `第 ${row + lines.length + 1} 行超过 12 MB：这不是 NDJSON。`,
      })
    const rows = lines.flatMap((line) => read(line) ?? [])
    if (rows.length > 0) yield rows
  }
  const last = read(rest)
  if (last) yield [last]
}
