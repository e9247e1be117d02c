import type { CallOutput, routes } from '@sente/api'
import type { Line } from '../intake/grid.ts'
import { openList } from '../intake/list.ts'
import { FIELDS, isTableKind } from './fields.ts'
import type { ImportKind } from './fields.ts'
import { KIND_OF } from './formats.ts'
import type { TableFormat } from './formats.ts'
import type { Grid } from './grids.ts'
import { proposeMapping } from './mapping.ts'
import type { PreviewAsked } from './table-reading.ts'
import { shown } from './values.ts'

export type Preview = CallOutput<typeof routes.exchange.preview>

/** Rows counted at most: the rest is not read. */
export const MOST_ROWS = 100_000
export const SAMPLES = 5

/** The same of a table that is open. Throws `ImportProblem`. */
export async function previewOfTable(
  tables: Grid,
  format: TableFormat,
  wanted: ImportKind | undefined,
  { answers, ours, mapping }: Omit<PreviewAsked, 'wanted'>,
): Promise<Preview> {
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
}

export function columnsOf(
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

export const fieldsOf = (kind: ImportKind): Preview['fields'] =>
  isTableKind(kind)
    ? FIELDS[kind].map(({ name, label, required, example }) => ({
        name,
        label,
        required: required ?? false,
        ...(example === undefined ? {} : { example }),
      }))
    : []
