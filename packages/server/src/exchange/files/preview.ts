import type { CallOutput, routes } from '@sente/api'
import { FIELDS, isTableKind } from './fields.ts'
import type { ImportKind, TableKind } from './fields.ts'
import type { Answers } from '../intake/doubts.ts'
import type { Line } from '../intake/grid.ts'
import { openList } from '../intake/list.ts'
import { formatOf, isTable, KIND_OF, openSource, openTables, peek } from './formats.ts'
import type { TableFormat } from './formats.ts'
import { hold } from './held.ts'
import { proposeMapping } from './mapping.ts'
import type { Mapping } from './mapping.ts'
import type { RawRow } from './source.ts'
import { shown } from './values.ts'

type Preview = CallOutput<typeof routes.exchange.preview>

/** Rows counted at most: the rest is not read. */
const MOST_ROWS = 100_000
const SAMPLES = 5

export interface PreviewOptions {
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
  options: PreviewOptions = {},
): Promise<Preview> {
  const { head, all } = await peek(bytes)
  const format = formatOf(filename, head, wanted)
  if (isTable(format)) return previewOfTable(all, format, wanted, options)
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

async function previewOfTable(
  bytes: AsyncIterable<Uint8Array>,
  format: TableFormat,
  wanted: ImportKind | undefined,
  { answers = {}, ours = {}, mapping, owner }: PreviewOptions,
): Promise<Preview> {
  const held = await hold(bytes)
  try {
    const tables = await openTables(held, format, answers, ours.timeZone, owner)
    const list = await openList(tables, {
      kind: wanted !== undefined && isTableKind(wanted) ? wanted : KIND_OF[format],
      mapping,
      answers,
      ours,
      most: MOST_ROWS,
      lenient: true,
    })
    const first: Line[] = []
    for await (const lot of list.records()) {
      first.push(...lot.slice(0, SAMPLES - first.length))
      if (first.length >= SAMPLES) break
    }
    const kind = wanted ?? list.kind
    const fieldAt = new Map([...list.mapping].map(([field, column]) => [column, field]))
    return {
      kind,
      rows: list.report.taken,
      columns: columnsOf(kind, list.columns, (_, i) => first.map(({ cells }) => cells[i])).map((column) => {
        const field = fieldAt.get(column.name)
        return field === undefined || field === column.field
          ? column
          : { ...column, field, confidence: Math.max(column.confidence, 0.8) }
      }),
      // First and last name in two columns make a name.
      fields: fieldsOf(kind).map((field) =>
        field.name === 'name' && (list.mapping.has('firstName') || list.mapping.has('lastName'))
          ? { ...field, required: false }
          : field,
      ),
      ...(tables.sheets.length > 1 ? { sheets: tables.sheets.map(({ name }) => name) } : {}),
      report: list.report,
    }
  } finally {
    await held.drop()
  }
}

function columnsOf(
  kind: ImportKind,
  names: readonly string[],
  valuesOf: (name: string, place: number) => unknown[],
): Preview['columns'] {
  const proposed = isTableKind(kind) ? proposeMapping(kind, names) : undefined
  return names.map((name, i) => {
    const found = proposed?.get(name)
    return {
      name,
      samples: valuesOf(name, i).flatMap((value) => (value === undefined || value === '' ? [] : [shown(value)])),
      ...(found ? { field: found.field } : {}),
      confidence: found?.confidence ?? 0,
    }
  })
}

const fieldsOf = (kind: ImportKind): Preview['fields'] =>
  isTableKind(kind)
    ? FIELDS[kind].map(({ name, label, required, example }) => ({
        name,
        label,
        required: required ?? false,
        ...(example === undefined ? {} : { example }),
      }))
    : []

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
