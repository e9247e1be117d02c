import { Tooltip } from '@mantine/core'
import { useRef, useState, useSyncExternalStore } from 'react'
import { useToday } from '../api/me.ts'
import { useFormat } from '../format/format.ts'

// One clock for all times on the page: each minute, and only while somebody listens.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let minute = Date.now()

function listen(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    minute = Date.now()
    for (const each of listeners) each()
  }, 60_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The present, renewed each minute. */
export const useNow = (): number => useSyncExternalStore(listen, () => minute)

interface Props {
  /** A day `YYYY-MM-DD`, or an instant in ISO 8601. */
  at: string
  /** Which of the two is read first; the other is said by a pointer that rests on it. Default: `relative`. */
  show?: 'relative' | 'absolute' | 'both'
}

/** A time people understand at a glance and can still read exactly. */
export function When({ at, show = 'relative' }: Props) {
  const format = useFormat()
  const now = useNow()
  const today = useToday()
  const [near, setNear] = useState(false)
  const time = useRef<HTMLTimeElement>(null)
  const absolute = at.length === 10 ? format.day(at) : format.moment(at)
  const relative = format.fromNow(at, now, today)
  if (show === 'both') return <time dateTime={at}>{`${absolute} (${relative})`}</time>
  const [read, said] = show === 'relative' ? [relative, absolute] : [absolute, relative]
  return (
    <>
      <time ref={time} dateTime={at} onPointerEnter={() => setNear(true)} onPointerLeave={() => setNear(false)}>
        {read}
      </time>
      {/* Made when a pointer comes: a table has hundreds of times. */}
      {near && <Tooltip opened label={said} target={time} />}
    </>
  )
}
