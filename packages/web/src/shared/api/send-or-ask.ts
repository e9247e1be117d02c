import { ApiError } from '@sente/api'
import type { Changed } from './client.ts'
import { raiseConflict } from './conflicts.ts'
import { clashes, effective } from './edits-model.ts'
import type { AnyRecord, Patch, Target } from './edits-model.ts'

interface Asking<T> {
  target: Target
  /** What the record is called. */
  name: string
  /** The record as the reader saw it. */
  base: AnyRecord
  patch: Patch
  send: (patch: Patch, version: number) => Promise<Changed<T>>
}

/** The record as it is now, where a change was refused since somebody else changed it meanwhile. */
export const currentOf = (error: unknown): AnyRecord | undefined =>
  error instanceof ApiError && error.problem.code === 'changed-since'
    ? (error.problem.current as AnyRecord | undefined)
    : undefined

/**
 * Changes a record wherever it stands. When somebody else changed the same fields meanwhile the reader is asked; when it was other fields,
 * both changes stand. `null`: the reader left it as the other had it.
 */
export async function sendOrAsk<T>({ target, name, base, patch, send }: Asking<T>): Promise<Changed<T> | null> {
  try {
    return await send(patch, base.version)
  } catch (error) {
    const current = currentOf(error)
    if (!current) throw error
    const both = clashes(base, patch, current)
    const mine =
      both.length === 0
        ? []
        : await new Promise<readonly string[]>((settle) =>
            raiseConflict({ target, name, clashes: both, current, settle }),
          )
    const given = new Set(both.map(({ field }) => field).filter((field) => !mine.includes(field)))
    const next = effective(current, Object.fromEntries(Object.entries(patch).filter(([field]) => !given.has(field))))
    return Object.keys(next).length === 0 ? null : sendOrAsk({ target, name, base: current, patch: next, send })
  }
}
