import { useSyncExternalStore } from 'react'
import type { AnyRecord, Clash, Target } from './edits-model.ts'

/** Somebody changed the same fields of the same record after it was read: the reader chooses field by field. */
export interface Conflict {
  target: Target
  /** The deal on whose page it was changed. */
  dealId?: string
  /** What the record is called, for the title. */
  name: string
  clashes: readonly Clash[]
  current: AnyRecord
  /** Fields whose own value is to win; none: everything stays as the other wrote it. */
  settle: (mine: readonly string[]) => void
}

let open: readonly Conflict[] = []
const listeners = new Set<() => void>()
const changed = (next: readonly Conflict[]): void => {
  open = next
  for (const listener of listeners) listener()
}

export function raiseConflict(conflict: Conflict): void {
  const settle = (mine: readonly string[]): void => {
    changed(open.filter((one) => one !== entry))
    conflict.settle(mine)
  }
  const entry = { ...conflict, settle }
  changed([...open, entry])
}

/** The oldest conflict that waits for an answer. */
export function useConflict(): Conflict | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => open[0],
  )
}
