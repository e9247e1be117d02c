import type { Text } from '@sente/engine'
import type { RowFault } from './problem.ts'
import { shown } from './values.ts'

/** A row whose values have been read: by our fields, `undefined` where it says nothing. */
export interface ParsedRow {
  row: number
  given: Record<string, unknown>
  faults: RowFault[]
}

export function faultOf(row: ParsedRow, field: string, what: Text, nearest?: string): RowFault {
  const value = row.given[field]
  return {
    row: row.row,
    field,
    what,
    ...(value === undefined ? {} : { value: shown(value) }),
    ...(nearest === undefined ? {} : { nearest }),
  }
}
