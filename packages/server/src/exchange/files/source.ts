import type { Text } from '@sente/engine'
import { beyond, SMALL } from './bounds.ts'
import { valueOfJson } from './parsing.ts'
import { ImportProblem } from './problem.ts'
import { textOf } from './text-stream.ts'

/** A row as it came. `fault`: it could not even be split. */
export interface RawRow {
  /** As the user's program counts: lines of NDJSON from 1; in a table as a spreadsheet counts. */
  row: number
  /** By field of ours; of a table by place. */
  cells: Readonly<Record<string, unknown>> | readonly unknown[]
  fault?: Text
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
  /** The line that has begun, in pieces: joined once, when its end is there. */
  let rest: string[] = []
  let size = 0
  let row = 0
  const read = async (line: string): Promise<RawRow | undefined> => {
    row++
    if (line.trim() === '') return undefined
    const parsed = line.length > SMALL ? await valueOfJson(line) : parsedHere(line)
    const fault = 'error' in parsed ? notJson(parsed.error) : isObject(parsed.value) ? beyond(parsed.value) : NO_OBJECT
    return fault ? { row, cells: {}, fault } : { row, cells: (parsed as { value: Record<string, unknown> }).value }
  }
  for await (const text of textOf(bytes)) {
    const lines = text.split('\n')
    rest.push(lines[0]!)
    size += lines[0]!.length
    const rows: RawRow[] = []
    for (const begun of lines.slice(1)) {
      const found = await read(rest.join(''))
      if (found) rows.push(found)
      rest = [begun]
      size = begun.length
    }
    if (size > MAX_LINE)
      throw new ImportProblem({
        en: `Line ${row + 1} is longer than 12 MB: this is no NDJSON.`,
        zh: `第 ${row + 1} 行超过 12 MB：这不是 NDJSON。`,
      })
    if (rows.length > 0) yield rows
  }
  const last = await read(rest.join(''))
  if (last) yield [last]
}

const NO_OBJECT: Text = { en: 'This line is JSON, but no object.', zh: '这一行是 JSON，但不是对象。' }
const notJson = (message: string): Text => ({
  en: `This line is not JSON: ${message}`,
  zh: `这一行不是 JSON：${message}`,
})
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsedHere(line: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(line) as unknown }
  } catch (error) {
    return { error: (error as Error).message }
  }
}
