import { lazy, Suspense } from 'react'
import type { Show } from './conflict-choice.tsx'
import { useConflict } from './conflicts.ts'

/** Seldom needed: comes when it is. */
const Choice = lazy(() => import('./conflict-choice.tsx').then((module) => ({ default: module.Choice })))

/** Any value without names of its own: a screen that knows better gives `show`. */
export const plainly: Show = (_, value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value))

/** Mounted once by a screen that edits; opens when somebody else changed the same fields meanwhile. */
export function ConflictDialog({ show = plainly }: { show?: Show }) {
  const conflict = useConflict()
  return <Suspense>{conflict && <Choice key={`${conflict.current.id}@${conflict.current.version}`} conflict={conflict} show={show} />}</Suspense>
}
