import type { CallOutput, routes } from '@sente/api'
import { FIELDS, isTableKind } from './fields.ts'
import type { ImportKind, TableKind } from './fields.ts'
import { formatOf, openSource, peek } from './formats.ts'
import { kindOfColumns, proposeMapping } from './mapping.ts'
import type { RawRow } from './source.ts'
import { shown } from './values.ts'

type Preview = CallOutput<typeof routes.exchange.preview>

/** Rows counted at most: the rest is not read. */
const MOST_ROWS = 100_000
const SAMPLES = 5

/** Looks at a file: which kind it is, its columns with what they seem to hold, and its first values. Throws `ImportProblem` when it cannot be read. */
export async function previewOf(
  bytes: AsyncIterable<Uint8Array>,
  filename: string,
  wanted: ImportKind | undefined,
): Promise<Preview> {
  const { head, all } = await peek(bytes)
  const source = await openSource(all, formatOf(filename, head, wanted))
  const first: RawRow[] = []
  let rows = 0
  for await (const lot of source.rows) {
    if (first.length < SAMPLES) first.push(...lot.slice(0, SAMPLES - first.length))
    rows += lot.length
    if (rows >= MOST_ROWS) break
  }
  const names = source.columns ?? [...new Set(first.flatMap(({ cells }) => Object.keys(cells)))]
  const kind = wanted ?? (source.columns ? kindOfColumns(source.columns) : kindOfRows(first, names))
  const proposed = isTableKind(kind)
    ? proposeMapping(kind, names)
    : new Map<string, { field: string; confidence: number }>()
  return {
    kind,
    rows,
    columns: names.map((name) => {
      const found = proposed.get(name)
      return {
        name,
        samples: first.flatMap(({ cells }) =>
          cells[name] === undefined || cells[name] === '' ? [] : [shown(cells[name])],
        ),
        ...(found ? { field: found.field } : {}),
        confidence: found?.confidence ?? 0,
      }
    }),
    fields: isTableKind(kind)
      ? FIELDS[kind].map(({ name, label, required, example }) => ({
          name,
          label,
          required: required ?? false,
          ...(example === undefined ? {} : { example }),
        }))
      : [],
    ...(source.sheets ? { sheets: source.sheets } : {}),
  }
}

/** Rows of our own names tell by them what they are. */
function kindOfRows(first: readonly RawRow[], names: readonly string[]): ImportKind {
  if (names.includes('record')) return 'workspace'
  if (
    names.includes('sente') ||
    first.some(({ cells }) => Array.isArray(cells['evidence']) || typeof cells['account'] === 'object')
  )
    return 'deal-files'
  const fits = (kind: TableKind): number =>
    names.filter((name) => FIELDS[kind].some((field) => field.name === name)).length
  return (Object.keys(FIELDS) as TableKind[]).reduce((best, kind) => (fits(kind) > fits(best) ? kind : best))
}
