import type { DealRow } from '@sente/api'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { DealCard } from './card.tsx'
import { saysCrm } from './model.ts'
import classes from './deals.module.css'

const CARD = 132
/** More for the line of what the CRM says. */
const LINE = 24
const heightOf = (deal: DealRow | undefined): number => CARD + (deal && saysCrm(deal) ? LINE : 0)

/** Rows on a telephone: they scroll with the page, which has no room for a scroll within it. */
export function Cards({ rows, onReach }: { rows: readonly DealRow[]; onReach: (last: number) => void }) {
  const list = useRef<HTMLUListElement>(null)
  // Where the list begins depends on how many lines the filters above it take.
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const look = (): void => setTop(Math.round((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY))
    look()
    const observer = new ResizeObserver(look)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  // Heights are looked up again when other deals stand in the places.
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows])
  // As in the table.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey,
    overscan: 4,
    scrollMargin: top,
  })
  const seen = virtual.getVirtualItems()
  const last = seen.at(-1)?.index ?? 0
  useEffect(() => onReach(last), [last, onReach])
  const above = (seen[0]?.start ?? top) - top
  const below = virtual.getTotalSize() - ((seen.at(-1)?.end ?? top) - top)
  return (
    <ul ref={list} className={classes.cards} style={{ paddingTop: above, paddingBottom: below }}>
      {seen.map(({ index }) => (
        <li key={rows[index]!.id} style={{ height: heightOf(rows[index]) }}>
          <DealCard deal={rows[index]!} />
        </li>
      ))}
    </ul>
  )
}
