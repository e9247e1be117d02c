import { useSyncExternalStore } from 'react'

/** Whether the server could be reached when it was last asked; a browser knows of its own connection only. */
let lost = !navigator.onLine
const listeners = new Set<() => void>()
function turn(next: boolean): void {
  if (next === lost) return
  lost = next
  for (const listener of listeners) listener()
}
export const lose = (): void => turn(true)
export const reach = (): void => turn(false)
addEventListener('offline', lose)

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const useLost = (): boolean => useSyncExternalStore(subscribe, () => lost)
