import type { Tx } from '../../store/tenant.ts'
import type { Batch, Importer, Outcome, Prepared } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import type { Directory } from './directory.ts'
import { ImportProblem } from '../files/problem.ts'
import type { RowFault } from '../files/problem.ts'
import { advance, keepFaults } from './runs.ts'
import { RowRefused } from './whole.ts'
import { Problem } from '../../core/problem.ts'

export type Within = <T>(work: (tx: Tx) => Promise<T>, options?: { lazy: boolean }) => Promise<T>

export interface BatchWork {
  within: Within
  id: string
  directory: Directory
  importer: Importer
  dryRun: boolean
  faulty: 'batch' | 'row'
}

/** The place of a batch in its run. */
export interface Turn {
  /** Resolves when all batches before are in the database; to false when the run was cancelled. */
  before: Promise<boolean>
  /** To be called when this batch is checked, so that the next one may begin; `open`: it is to be looked at again in its turn. */
  ready: (open: boolean) => void
  /** No batch before is open: whoever writes now is in nobody's way. */
  mayWrite: () => boolean
  /** It may be about the same records as a batch under way, by an id or by a name: it is not looked at before that one is in the database. */
  follows: boolean
}

const NOTHING: Outcome = { created: 0, updated: 0, unchanged: 0 }
const CANCELLED = new Error('cancelled')
const AGAIN = new Error('again')
const TRIED = new Error('tried')
/**
 * How long a batch that has written waits for its turn. Usually the batch before is done in milliseconds; if it should wait for a lock that this
 * one holds, in whatever roundabout way, nobody else would notice: this one lets go and begins anew in its turn.
 */
const PATIENCE = 5000

/**
 * One batch, its faults and the place of the run in one transaction. It is looked up, checked and, as far as it is about nothing that the batch before
 * may be about, written beside that one; batches are committed in their order. False: the run was cancelled.
 */
export async function writeBatch(work: BatchWork, all: readonly ParsedRow[], turn: Turn): Promise<boolean> {
  const broken = all.flatMap(({ faults }) => faults)
  let rows = broken.length === 0 ? all : all.filter(({ faults }) => faults.length === 0)
  let faults = broken
  try {
    for (let early = work.importer.sequential !== true && !turn.follows; ; early = false) {
      const result = await attempt(work, rows, faults, all, turn, early)
      turn.ready(result === 'again')
      if (result === 'done') return true
      if (result === 'cancelled') return false
      if (result === 'again') continue
      // Left alone, the rows without a fault are written; each fault found takes its row out, until none is found.
      const found =
        result.ofRows || work.faulty === 'batch'
          ? result.faults
          : [{ ...result.faults[0]!, row: (await culprit(work, rows)).row }]
      faults = [...faults, ...found]
      const bad = new Set(found.map(({ row }) => row))
      rows = work.faulty === 'row' ? rows.filter(({ row }) => !bad.has(row)) : []
    }
  } finally {
    turn.ready(false)
  }
}

interface Found {
  faults: RowFault[]
  /** False: they are the whole batch's. */
  ofRows: boolean
}

/** Answers the faults that only the store could find, nothing being written; or what became of the batch. */
async function attempt(
  work: BatchWork,
  rows: readonly ParsedRow[],
  known: readonly RowFault[],
  all: readonly ParsedRow[],
  turn: Turn,
  early: boolean,
): Promise<'done' | 'cancelled' | 'again' | Found> {
  const { within, id, directory, importer, dryRun, faulty } = work
  const afterCommit: (() => void)[] = []
  const spoilt = faulty === 'batch' && known.length > 0
  const trusting = directory.trusting
  try {
    if (!early && !(await turn.before)) return 'cancelled'
    // Lazy: a batch that a power cut takes away takes the run's place along, and the end of the run, which does wait for the disk, covers them all.
    const result = await within(
      async (tx) => {
        afterCommit.length = 0
        directory.begin()
        await directory.open(tx)
        const batch: Batch = { tx, directory, rows, faults: [], notes: [], dryRun, afterCommit }
        const prepared = rows.length === 0 ? undefined : await importer.prepare(batch)
        const write = prepared !== undefined && !spoilt
        let written = false
        if (early) {
          // What it found missing may have come with the batch before.
          const open = batch.faults.length > 0 || prepared?.ordered === true
          turn.ready(open)
          if (!open && write && !dryRun && turn.mayWrite()) {
            await prepared.write()
            written = true
          }
          if (!(await (written ? inTime(turn.before) : turn.before))) throw CANCELLED
          if (open) return 'again' as const
        }
        if (batch.faults.length > 0) return { faults: batch.faults, ofRows: true }
        if (write && !dryRun) {
          if (!written) await prepared.write()
          await prepared.inTurn?.()
        } else if (write && importer.tried) await tryOut(tx, prepared)
        const outcome = write ? prepared.outcome : NOTHING
        const failed = spoilt ? all.length : new Set(known.map(({ row }) => row)).size
        await keepFaults(tx, id, [...known, ...(spoilt ? [notWritten(all)] : []), ...(write ? batch.notes : [])])
        if (!(await advance(tx, id, { rows: all.length, ...outcome, failed }))) throw CANCELLED
        return 'done' as const
      },
      { lazy: true },
    )
    if (result === 'done' && !spoilt) for (const remember of afterCommit) remember()
    return result
  } catch (error) {
    if (error === CANCELLED) return 'cancelled'
    if (error === AGAIN) return 'again'
    directory.forget()
    if (error instanceof ImportProblem) throw error
    const found = refusal(error, rows)
    // It may be about a record that was not looked for.
    const unseen = trusting && sqlState(error) === '23505'
    if (unseen) directory.lookAgain()
    // Beside other batches nothing is final: what is missing, or there already, may be theirs.
    if (found) return unseen || early ? 'again' : found
    throw error
  }
}

/** Written, and taken back with all that would have been told of it. */
async function tryOut(tx: Tx, prepared: Prepared): Promise<void> {
  const told = tx.events.length
  await tx.rows('savepoint tried')
  await prepared.write()
  await prepared.inTurn?.()
  await tx.rows('rollback to savepoint tried')
  tx.events.length = told
}

/** The row that the database refuses: the last of the shortest beginning of the batch that it refuses, each tried and taken back. */
async function culprit({ within, directory, importer }: BatchWork, rows: readonly ParsedRow[]): Promise<ParsedRow> {
  const taken = async (count: number): Promise<boolean> => {
    try {
      return await within(async (tx) => {
        directory.begin()
        const prepared = await importer.prepare({
          tx,
          directory,
          rows: rows.slice(0, count),
          faults: [],
          notes: [],
          dryRun: false,
          afterCommit: [],
        })
        await prepared.write()
        await prepared.inTurn?.()
        throw TRIED
      })
    } catch (error) {
      return error === TRIED
    } finally {
      directory.forget()
    }
  }
  let [good, bad] = [0, rows.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (await taken(middle)) good = middle
    else bad = middle
  }
  return rows[bad - 1]!
}

/** Throws `AGAIN` when the batches before take too long. */
async function inTime(before: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => void (timer = setTimeout(() => reject(AGAIN), PATIENCE)))
  try {
    return await Promise.race([before, late])
  } finally {
    clearTimeout(timer)
  }
}

function notWritten(rows: readonly ParsedRow[]): RowFault {
  const [first, last] = [rows[0]!.row, rows.at(-1)!.row]
  return {
    row: first,
    field: '',
    what: {
      en: `Rows ${first} to ${last} were not written, because some of them have faults. Mend those and import the list again: what is in the database already stays as it is.`,
      zh: `第 ${first} 至 ${last} 行没有写入，因为其中有错误。请改正后重新导入整个列表，已入库的行保持不变。`,
    },
  }
}

function sqlState(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return code ?? cause?.code ?? ''
}

/** What is wrong with rows, or a rule of the database that none of our checks knew: then any of them may be meant. */
function refusal(error: unknown, rows: readonly ParsedRow[]): Found | undefined {
  if (error instanceof RowRefused) return { faults: [error.fault], ofRows: true }
  const { message } = error as Error
  const says = error instanceof Problem ? error.says : undefined
  if (says === undefined && !/^2[23]/.test(sqlState(error))) return undefined
  const what = says ?? { en: `The database refuses this row: ${message}`, zh: `数据库拒绝了这一行：${message}` }
  return { faults: [{ row: rows[0]!.row, field: '', what }], ofRows: false }
}
