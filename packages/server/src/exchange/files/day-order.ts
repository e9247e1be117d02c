import { FIELDS } from './fields.ts'
import type { TableKind } from './fields.ts'
import type { RawRow } from './source.ts'

/** Which part comes first where the first rows write 3/4/2025: a part above 12 cannot be a month. Without one, month first, as CRMs export. */
export function dayOrderIn(
  kind: TableKind,
  mapping: ReadonlyMap<string, string> | undefined,
  rows: readonly RawRow[],
): 'dmy' | 'mdy' {
  const columns = FIELDS[kind]
    .flatMap(({ name, type }) => (type === 'day' ? [mapping ? (mapping.get(name) ?? '') : name] : []))
    .filter((column) => column !== '')
  for (const { cells } of rows) {
    for (const column of columns) {
      const match = /^\s*(\d{1,2})[/.-]\d{1,2}[/.-]\d{4}/.exec(String(cells[column] ?? ''))
      if (match && Number(match[1]) > 12) return 'dmy'
    }
  }
  return 'mdy'
}
