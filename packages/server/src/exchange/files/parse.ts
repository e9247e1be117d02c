import { nearestOf } from '@sente/engine'
import type { ParsedRow } from '../import/batch.ts'
import { FIELDS } from './fields.ts'
import type { FieldSpec, Says, TableKind } from './fields.ts'
import type { RowFault } from './problem.ts'
import type { RawRow } from './source.ts'
import { readerOf, shown } from './values.ts'
import type { Read, Reading } from './values.ts'

const MISSING: Says = { en: 'This cannot be left open.', zh: '此项不能留空。' }

/** Reads the cells of rows into values of our fields. The readers are made once, so that a row costs a few microseconds. */
export function parserOf(
  kind: TableKind,
  mapping: ReadonlyMap<string, string> | undefined,
  reading: Reading,
): (raw: RawRow) => ParsedRow {
  const fields = FIELDS[kind].map((spec): { spec: FieldSpec; column: string; read: Read } => ({
    spec,
    column: mapping ? (mapping.get(spec.name) ?? '') : spec.name,
    read: readerOf(spec.type, reading),
  }))
  const used = fields.filter(({ column, spec }) => column !== '' || spec.required === true)
  const known = new Set(FIELDS[kind].map(({ name }) => name))
  return ({ row, cells, fault }) => {
    const faults: RowFault[] = []
    const given: Record<string, unknown> = {}
    if (fault) return { row, given, faults: [{ row, field: '', what: fault }] }
    for (const { spec, column, read } of used) {
      const value = cells[column]
      if (value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === '')) {
        if (spec.required === true) faults.push({ row, field: spec.name, what: MISSING })
        continue
      }
      const found = read(value)
      if ('fault' in found) faults.push({ row, field: spec.name, ...found.fault, value: shown(value) })
      else given[spec.name] = found.value
    }
    // A table may hold more than we want; whoever writes our own names means them.
    if (!mapping)
      for (const name of Object.keys(cells)) if (!known.has(name)) faults.push(unknownField(row, name, known))
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
