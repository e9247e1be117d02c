import type { Methodology } from '@sente/engine'
import { FIELDS } from './fields.ts'
import type { ImportKind, TableKind } from './fields.ts'
import type { Answers } from '../intake/doubts.ts'
import { formatOf, isTable, openSource, peek } from './formats.ts'
import { hold } from './held.ts'
import type { Mapping } from './mapping.ts'
import { columnsOf, fieldsOf, MOST_ROWS, SAMPLES } from './preview-table.ts'
import type { Preview } from './preview-table.ts'
import type { RawRow } from './source.ts'
import { openTableFile } from './tables.ts'

export interface PreviewOptions {
  method: Methodology
  /** Whose file it is. */
  owner?: string
  answers?: Answers
  ours?: { currency?: string; timeZone?: string }
  mapping?: Mapping | undefined
}

/** Looks at a file: which kind it is, its columns with what they seem to hold, its first values, and what is in doubt. Throws `ImportProblem` when it cannot be read. */
export async function previewOf(
  bytes: AsyncIterable<Uint8Array>,
  filename: string,
  wanted: ImportKind | undefined,
  options: PreviewOptions,
): Promise<Preview> {
  const { head, all } = await peek(bytes)
  const format = formatOf(filename, head, wanted)
  if (isTable(format)) {
    const { answers = {}, ours = {}, mapping, owner } = options
    const held = await hold(all)
    try {
      const tables = await openTableFile(held, format, options.method, owner)
      return await tables.preview({ wanted, answers, ours, mapping }).finally(() => tables.end())
    } finally {
      await held.drop()
    }
  }
  const source = await openSource(all, format)
  const first: RawRow[] = []
  let rows = 0
  for await (const lot of source.rows) {
    if (first.length < SAMPLES) first.push(...lot.slice(0, SAMPLES - first.length))
    rows += lot.length
    if (rows >= MOST_ROWS) break
  }
  const cellsOf = ({ cells }: RawRow): Readonly<Record<string, unknown>> => cells as Readonly<Record<string, unknown>>
  const names = [...new Set(first.flatMap((row) => Object.keys(cellsOf(row))))]
  const kind = wanted ?? kindOfRows(first.map(cellsOf), names)
  return {
    kind,
    rows,
    columns: columnsOf(kind, names, (name) => first.map((row) => cellsOf(row)[name])),
    fields: fieldsOf(kind),
  }
}

/** Rows of our own names tell by them what they are. */
function kindOfRows(first: readonly Readonly<Record<string, unknown>>[], names: readonly string[]): ImportKind {
  if (names.includes('record')) return 'workspace'
  if (
    names.includes('sente') ||
    first.some((cells) => Array.isArray(cells['evidence']) || typeof cells['account'] === 'object')
  )
    return 'deal-files'
  const fits = (kind: TableKind): number =>
    names.filter((name) => FIELDS[kind].some((field) => field.name === name)).length
  return (Object.keys(FIELDS) as TableKind[]).reduce((best, kind) => (fits(kind) > fits(best) ? kind : best))
}
