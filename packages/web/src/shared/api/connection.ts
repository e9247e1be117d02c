import { useSyncExternalStore } from 'react'

/** A fact of the page that several ask for and somebody else finds out. */
function fact(now: boolean): { turn: (next: boolean) => void; use: () => boolean } {
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    turn(next) {
      if (next === now) return
      now = next
      for (const listener of listeners) listener()
    },
    use: () => useSyncExternalStore(subscribe, () => now),
  }
}

/** Whether the server could be reached when it was last asked; a browser knows of its own connection only. */
const lost = fact(!navigator.onLine)
export const lose = (): void => lost.turn(true)
export const reach = (): void => lost.turn(false)
export const useLost = lost.use
addEventListener('offline', lose)

/** Whether the session ended while the page was open: what stands on it stays, and nothing can be sent until somebody signs in. */
const ended = fact(false)
export const end = (): void => ended.turn(true)
export const resume = (): void => ended.turn(false)
export const useEnded = ended.use
