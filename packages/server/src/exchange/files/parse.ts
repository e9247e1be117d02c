import type { Text } from '@sente/engine'
import { nearestOf } from '@sente/engine'
import type { ParsedRow } from './row.ts'
import { composerOf } from '../intake/compose.ts'
import type { Composing } from '../intake/compose.ts'
import { FIELDS } from './fields.ts'
import type { FieldSpec, FieldType, TableKind } from './fields.ts'
import type { RowFault } from './problem.ts'
import type { RawRow } from './source.ts'
import { readerOf, shown } from './values.ts'
import type { Read, Reading } from './values.ts'

/** Of one row: the first ones tell what is wrong, and each costs a comparison with all names. */
const MOST_UNKNOWN = 20
/** Characters of a value that is no text. What is longer is none of these, whatever it is, and looking for numbers and days in it is not linear. */
export const LONGEST = 1000
const TEXTS: ReadonlySet<FieldType> = new Set(['line', 'words', 'known-words', 'names', 'traits'])
const TOO_LONG: Text = {
  en: `Longer than ${LONGEST} characters: this is no such value.`,
  zh: `超过 ${LONGEST} 个字符：这不是这样的值。`,
}
const MISSING: Text = { en: 'This cannot be left open.', zh: '此项不能留空。' }

/** Reads the cells of rows into values of our fields. The readers are made once, so that a row costs a few microseconds. */
export function parserOf(
  kind: TableKind,
  places: ReadonlyMap<string, number> | undefined,
  reading: Reading & Partial<Composing>,
): (raw: RawRow) => ParsedRow {
  const fields = FIELDS[kind].map((spec): { spec: FieldSpec; key: string; read: Read } => ({
    spec,
    // A row of a table is an array: its places are its keys.
    key: places ? String(places.get(spec.name) ?? '') : spec.name,
    read: readerOf(spec.type, reading, spec.name),
  }))
  const used = fields.filter(({ key }) => key !== '')
  const required = FIELDS[kind].filter((spec) => spec.required === true).map(({ name }) => name)
  const compose = composerOf(kind, reading)
  const known = new Set(FIELDS[kind].map(({ name }) => name))
  return ({ row, cells: given_, fault }) => {
    const cells = given_ as Readonly<Record<string, unknown>>
    const faults: RowFault[] = []
    let unknown = 0
    const values: Record<string, unknown> = {}
    if (fault) return { row, given: values, faults: [{ row, field: '', what: fault }] }
    for (const { spec, key, read } of used) {
      const value = cells[key]
      if (value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === ''))
        continue
      if (typeof value === 'string' && value.length > LONGEST && !TEXTS.has(spec.type)) {
        faults.push({ row, field: spec.name, what: TOO_LONG, value: shown(value) })
        continue
      }
      const found = read(value)
      if ('fault' in found) faults.push({ row, field: spec.name, ...found.fault, value: shown(value) })
      else if (found.value !== undefined) values[spec.name] = found.value
    }
    const given = compose(row, values, faults)
    for (const name of required)
      if (given[name] === undefined && !faults.some(({ field }) => field === name))
        faults.push({ row, field: name, what: MISSING })
    // A table may hold more than we want; whoever writes our own names means them.
    if (!places)
      for (const name of Object.keys(cells)) {
        if (known.has(name)) continue
        if (unknown++ >= MOST_UNKNOWN) break
        faults.push(unknownField(row, name, known))
      }
    return { row, given, faults }
  }
}

function unknownField(row: number, name: string, known: ReadonlySet<string>): RowFault {
  const nearest = nearestOf(name, known)
  return {
    row,
    field: name.slice(0, 200),
    what: { en: 'There is no such field.', zh: '没有这个字段。' },
    ...(nearest === undefined ? {} : { nearest }),
  }
}
