import type { ParsedRow } from '../files/row.ts'
import { writeBatch } from './write-batch.ts'
import type { BatchWork } from './write-batch.ts'

interface UnderWay {
  /** False: the run was cancelled. */
  done: Promise<boolean>
  rows: number
  ids: ReadonlySet<unknown>
  /** Some of its rows have no id. */
  byName: boolean
  /** What it is about is not settled before its turn. */
  open: boolean
}

interface Options {
  /** How many batches are under way at most. */
  atOnce: number
  /** Awaited for each batch that is in the database, in their order. */
  settled: (rows: number) => Promise<void>
  signal: AbortSignal | undefined
}

/**
 * Writes batches in their order, several under way at a time: the program and the database work side by side. What may be about the same records
 * waits (docs/decisions/0013). Resolves to false when the run was cancelled; however it ends, no batch is under way any more.
 */
export async function writeSideBySide(
  work: BatchWork,
  batches: AsyncIterable<readonly ParsedRow[]>,
  { atOnce, settled, signal }: Options,
): Promise<boolean> {
  let before: Promise<boolean> = Promise.resolve(true)
  const underWay: UnderWay[] = []
  const oldest = async (): Promise<boolean> => {
    const { done, rows } = underWay.shift()!
    if (!(await done)) return false
    await settled(rows)
    return true
  }
  try {
    for await (const batch of batches) {
      signal?.throwIfAborted()
      if (underWay.length >= atOnce && !(await oldest())) return false
      const { promise: checked, resolve } = Promise.withResolvers<void>()
      const earlier = [...underWay]
      const [ids, byName] = [
        new Set(batch.flatMap(({ given }) => given['externalId'] ?? [])),
        batch.some(({ given }) => given['externalId'] === undefined),
      ]
      const follows =
        earlier.length > 0 && (byName || earlier.some((one) => one.byName || [...ids].some((id) => one.ids.has(id))))
      const own: Omit<UnderWay, 'done'> = { rows: batch.length, ids, byName, open: false }
      const ready = (open: boolean): void => {
        own.open ||= open
        resolve()
      }
      before = writeBatch(work, batch, { before, follows, ready, mayWrite: () => !earlier.some(({ open }) => open) })
      before.catch(() => {})
      underWay.push(Object.assign(own, { done: before }))
      await Promise.race([checked, before])
    }
    while (underWay.length > 0) if (!(await oldest())) return false
    return true
  } finally {
    await before.catch(() => {})
  }
}
