import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { isComposing } from './composing.ts'

/**
 * One table of all keys that are live on the page, so that the help (?) shows what is true. A shortcut is a key, a key with
 * `mod` (⌘ on a Mac, else Ctrl), or two keys one after the other: `'?'`, `'mod+k'`, `'g t'`.
 */
export interface Shortcut {
  keys: string
  /** Said in the help, already in the reader's language. */
  says: string
  /** Heading in the help. */
  area: string
  run: () => void
}

const live = new Set<{ current: Shortcut }>()
let shown: readonly Shortcut[] = []
const listeners = new Set<() => void>()
let waiting: { key: string; until: number } | null = null

export const isMac = /mac|iphone|ipad/i.test(navigator.platform)

function changed(): void {
  shown = [...live].map(({ current }) => current)
  for (const listener of listeners) listener()
}

/** Whoever types text means letters, not commands. */
function types(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox],[type=radio],[type=range]), textarea, select, [role=combobox]'))
  )
}

function find(keys: string): Shortcut | undefined {
  return [...live].map(({ current }) => current).findLast((shortcut) => shortcut.keys === keys)
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || event.altKey) return
  const mod = isMac ? event.metaKey : event.ctrlKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (!mod && (types(event.target) || event.metaKey || event.ctrlKey)) return
  if (mod && types(event.target) && key !== 'k') return
  const first = waiting && waiting.until > event.timeStamp ? waiting.key : null
  waiting = null
  const found = (first ? find(`${first} ${key}`) : undefined) ?? find(mod ? `mod+${key}` : key)
  if (found) {
    event.preventDefault()
    found.run()
  } else if (!mod && [...live].some(({ current }) => current.keys.startsWith(`${key} `)))
    waiting = { key, until: event.timeStamp + 1200 }
}

/** Live while the component is. */
export function useShortcut(shortcut: Shortcut): void {
  const run = useEffectEvent(() => shortcut.run())
  const { keys, says, area } = shortcut
  useEffect(() => {
    const entry = { current: { keys, says, area, run: () => run() } }
    if (live.size === 0) document.addEventListener('keydown', onKey)
    live.add(entry)
    changed()
    return () => {
      live.delete(entry)
      changed()
      if (live.size === 0) document.removeEventListener('keydown', onKey)
    }
  }, [keys, says, area])
}

/** Everything that is live now, for the help. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => shown,
  )
}
