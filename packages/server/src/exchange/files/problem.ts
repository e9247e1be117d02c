import type { Text } from '@sente/engine'
import { Problem } from '../../core/problem.ts'

/** A file that cannot be read as a whole; its message is for the user. Faults of single rows are no problem but a report. */
export class ImportProblem extends Problem {}

/** One fault of one row. */
export interface RowFault {
  row: number
  /** Empty: the row as a whole. */
  field: string
  what: Text
  value?: string
  nearest?: string
  /** No fault: the row was taken, and this is what became of it. */
  note?: true
}
