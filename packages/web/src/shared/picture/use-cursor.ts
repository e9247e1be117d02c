import { dayAt, rowsOf, targetAt } from '@sente/picture'
import type { PictureLayout, Target } from '@sente/picture'
import { useMemo, useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'

const MONTH = 30

interface Place {
  row: number
  day: number
}

export interface Cursor {
  /** What is explained now. */
  target: Target | null
  /** It stays until closed, and offers what can be changed. */
  pinned: boolean
  /** It was reached by keys: then it is also said aloud. */
  byKeys: boolean
  close: () => void
  pin: (target: Target) => void
  handlers: {
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerLeave: () => void
    onClick: (event: { clientX: number; clientY: number; currentTarget: HTMLElement }) => void
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    onBlur: () => void
  }
}

/** Where the reader is in the picture: under the pointer, or moved by the arrow keys through rows, days and marks. */
export function useCursor(layout: PictureLayout, today: number): Cursor {
  const [hovered, setHovered] = useState<Target | null>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const [pin, setPin] = useState<Target | null>(null)
  const rows = useMemo(() => rowsOf(layout), [layout])
  const reached = place ? (rows[Math.min(place.row, rows.length - 1)]?.at(place.day) ?? null) : null

  const under = (
    { clientX, clientY, currentTarget }: { clientX: number; clientY: number; currentTarget: HTMLElement },
    reach?: number,
  ): Target | null => {
    const box = currentTarget.getBoundingClientRect()
    const scale = layout.width / box.width
    return targetAt(layout, (clientX - box.left) * scale, (clientY - box.top) * scale, reach)
  }
  const move = (key: string, far: boolean): Place | null => {
    const { from, to } = layout.time
    const at = place ?? { row: 0, day: today }
    const points = rows[at.row]?.points
    const shift = (days: number): Place => ({ ...at, day: Math.min(to, Math.max(from, at.day + days)) })
    const step = (sign: number): Place => {
      if (!points) return shift(sign * (far ? 7 : 1))
      // From mark to mark: the next one on that side of where the cursor stands.
      const days = points.map(({ x }) => dayAt(layout.time, x))
      const current = dayAt(layout.time, (rows[at.row]!.at(at.day) as Extract<Target, { kind: 'point' }>).point.x)
      const next = sign > 0 ? days.find((day) => day > current) : days.findLast((day) => day < current)
      return { ...at, day: next ?? current }
    }
    switch (key) {
      case 'ArrowLeft':
        return place ? step(-1) : at
      case 'ArrowRight':
        return place ? step(1) : at
      case 'ArrowUp':
        return { ...at, row: Math.max(0, at.row - 1) }
      case 'ArrowDown':
        return place ? { ...at, row: Math.min(rows.length - 1, at.row + 1) } : at
      case 'PageUp':
        return shift(-MONTH)
      case 'PageDown':
        return shift(MONTH)
      case 'Home':
        return { ...at, day: today }
      case 'End':
        return { ...at, day: to }
      default:
        return null
    }
  }

  return {
    target: pin ?? hovered ?? reached,
    pinned: pin !== null,
    byKeys: pin === null && hovered === null && reached !== null,
    close: () => {
      setPin(null)
      setHovered(null)
    },
    pin: setPin,
    handlers: {
      onPointerMove(event) {
        if (pin || event.pointerType === 'touch' || event.buttons > 0) return
        setPlace(null)
        setHovered(under(event))
      },
      onPointerLeave: () => setHovered(null),
      onClick(event) {
        // A finger is wide, and misses by more than a pointer.
        setPin(under(event, 14))
      },
      onKeyDown(event) {
        if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return
        if (event.key === 'Escape') {
          setPin(null)
          setPlace(null)
          return
        }
        if ((event.key === 'Enter' || event.key === ' ') && reached) {
          event.preventDefault()
          setPin(reached)
          return
        }
        const next = move(event.key, event.shiftKey)
        if (!next) return
        event.preventDefault()
        setPin(null)
        setHovered(null)
        setPlace(next)
      },
      onBlur: () => setPlace(null),
    },
  }
}
