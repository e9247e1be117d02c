import Papa from 'papaparse'
import type { Says } from './fields.ts'
import { ImportProblem } from './problem.ts'
import { textOf } from './text-stream.ts'

/** A row as it came: by column of the file, or by field of ours. `fault`: it could not even be split. */
export interface RawRow {
  /** As the user's program counts: lines of NDJSON from 1; in a table the heading is row 1. */
  row: number
  cells: Record<string, unknown>
  fault?: Says
}

export interface Source {
  /** Headings of a table; absent where rows name our own fields. */
  columns?: string[]
  sheets?: string[]
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

/** Comma, semicolon or tab: found by looking at the first lines. */
export async function csvSource(bytes: AsyncIterable<Uint8Array>): Promise<Source> {
  const texts = textOf(bytes)[Symbol.asyncIterator]()
  let head = ''
  let more = true
  while (more && head.length < 64 * 1024) {
    const next = await texts.next()
    if (next.done === true) more = false
    else head += next.value
  }
  if (head.trim() === '') throw new ImportProblem({ en: 'The file is empty.', zh: '文件是空的。' })
  const delimiter = Papa.parse(head, { preview: 20 }).meta.delimiter
  const parser = (): Parser => new Papa.Parser({ delimiter }) as unknown as Parser
  const first = parser().parse(head, 0, more)
  const columns = headingsOf(first.data[0] ?? [])
  return {
    columns,
    rows: (async function* () {
      let row = 1
      let rest = head
      for (let end = !more, skip = true; ;) {
        const { data, meta, errors } = parser().parse(rest, 0, !end)
        const broken = new Map(errors.map((error) => [error.row ?? -1, error]))
        const rows = data.flatMap((cells, i): RawRow[] => {
          if (skip && i === 0) return []
          row++
          if (cells.length === 1 && cells[0]!.trim() === '') return []
          const error = broken.get(i)
          const quotes = {
            en: 'A quotation mark in this row is not closed, or closed too early.',
            zh: '这一行的引号没有配对。',
          }
          const many = {
            en: `This row has ${cells.length} cells, the headings are ${columns.length}.`,
            zh: `这一行有 ${cells.length} 个单元格，而标题有 ${columns.length} 个。`,
          }
          const extra = cells.slice(columns.length).some((cell) => cell !== '')
          return [
            {
              row,
              cells: Object.fromEntries(columns.map((column, c) => [column, cells[c] ?? ''])),
              ...(error ? { fault: quotes } : extra ? { fault: many } : {}),
            },
          ]
        })
        if (data.length > 0) skip = false
        if (rows.length > 0) yield rows
        rest = rest.slice(meta.cursor)
        if (end) return
        if (rest.length > MAX_LINE)
          throw new ImportProblem({
            en: `Row ${row + 1} does not end: a quotation mark is not closed.`,
            zh: `第 ${row + 1} 行没有结束：引号没有配对。`,
          })
        const next = await texts.next()
        if (next.done === true) end = true
        else rest += next.value
      }
    })(),
  }
}

/** Papa's own parser of a text, which its types leave open. */
interface Parser {
  parse(
    text: string,
    base: number,
    ignoreLast: boolean,
  ): { data: string[][]; errors: { row?: number }[]; meta: { cursor: number } }
}

/** Empty headings and repeated ones are made different, so that no column hides another. */
export function headingsOf(cells: readonly unknown[]): string[] {
  const seen = new Map<string, number>()
  const names = cells.map((cell, i) => {
    const name = String(cell ?? '').trim() || `#${i + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
  while (names.at(-1)?.startsWith('#') === true) names.pop()
  return names
}
