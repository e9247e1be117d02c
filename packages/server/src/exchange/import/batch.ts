import { LIMITS } from '../../core/limits.ts'
import type { Tx } from '../../store/tenant.ts'
import type { RowFault } from '../files/problem.ts'
import type { ParsedRow } from '../files/row.ts'
import type { Directory } from './directory.ts'

/** So many batches of a run are looked up, checked and written at a time: the program and the database work side by side. */
export const UNDER_WAY = LIMITS.batches

/** What became of a batch; kept only when it is committed. */
export interface Outcome {
  created: number
  updated: number
  unchanged: number
}

/** One batch of rows on its way into the store. */
export interface Batch {
  tx: Tx
  directory: Directory
  rows: readonly ParsedRow[]
  faults: RowFault[]
  /** What the report says of rows that are taken. */
  notes: RowFault[]
  /** Nothing shall be written: the rows are checked only. */
  dryRun: boolean
  /** Run once the batch is committed: what is remembered for later rows. */
  afterCommit: (() => void)[]
}

/** Turns the rows of a kind into records. Called again from its start when the database asks for it. */
export interface Importer {
  /** A batch is about what the batches before made: it is not looked at before they are in the database. */
  sequential?: true
  /** Rows refer to nothing that a batch before would have made: a dry run writes them and takes them back, which finds what only the write refuses. */
  tried?: true
  /** Checks what can only be known from other records, matches what is there already, and says what to write. */
  prepare(batch: Batch): Promise<Prepared>
  /** At the end of the run, for references to rows that came later. */
  finish?(tx: Tx, directory: Directory, dryRun: boolean): Promise<RowFault[]>
}

export interface Prepared {
  outcome: Outcome
  /** It told by names what is the same or what is meant, or made what others may name: the batches before must be in the database for that. */
  ordered: boolean
  /**
   * Writes what only this batch can be about: it may run beside the batch before and holds its locks until that one is in the database. Neither is
   * called when the batch has faults, nor when it is only checked, unless it is tried.
   */
  write: () => Promise<void>
  /** Then, when all batches before are in the database: writes what they may have written as well. */
  inTurn?: () => Promise<void>
}

/** A row that is told to stand for the same record as an earlier one of its batch: the later row counts. */
export function lastOfEach(
  rows: readonly ParsedRow[],
  keyOf: (row: ParsedRow) => string | undefined,
): { rows: ParsedRow[]; repeated: number } {
  const places = new Map<string, number>()
  const kept: ParsedRow[] = []
  let repeated = 0
  for (const row of rows) {
    const key = keyOf(row)
    const before = key === undefined ? undefined : places.get(key)
    if (before !== undefined) {
      kept[before] = row
      repeated++
      continue
    }
    if (key !== undefined) places.set(key, kept.length)
    kept.push(row)
  }
  return { rows: kept, repeated }
}
