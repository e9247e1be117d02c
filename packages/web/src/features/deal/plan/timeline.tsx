import { useState } from 'react'
import {
  IconCheck,
  IconDiamond,
  IconFileCheck,
  IconFlag3,
  IconHandStop,
  IconMessage,
  IconTargetArrow,
} from '@tabler/icons-react'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang, useText } from '../../../shared/i18n/use-lang.ts'
import { useWidth } from '../../../shared/measure/use-width.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { useDealWords } from '../words.ts'
import { dayOf, itemsOf, months, moved, rangeOf, rowsFor, shareOf } from './model.ts'
import type { Item, Range } from './model.ts'
import classes from './plan.module.css'

const ICONS = {
  milestone: IconDiamond,
  commitment: IconHandStop,
  decision: IconFlag3,
  step: IconTargetArrow,
  proof: IconFileCheck,
  touch: IconMessage,
} as const
const ROW = 28
/** Chinese letters are about twice as wide as Latin ones. */
const widthOf = (text: string): number =>
  Math.min(190, 34 + [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12.5 : 6.6), 0))

/** Two lanes over time: their steps above, ours below. What is open of ours is dragged to another day, or moved by arrow keys. */
export function Timeline() {
  const t = useDealWords()
  const [frame, width] = useWidth<HTMLDivElement>()
  return (
    <div ref={frame} className={classes.timeline} role="group" aria-label={t('plan.timeline')}>
      {width !== null && <Lanes width={Math.max(width, 560)} />}
    </div>
  )
}

function Lanes({ width }: { width: number }) {
  const t = useDealWords()
  const format = useFormat()
  const lang = useLang()
  const { whole, brief, index } = useDealView()
  const range = rangeOf(whole, brief, index)
  const items = itemsOf(whole, brief, index, range.from)
  const x = (on: string): number => shareOf(range, on) * width
  const [month, yearly] = [{ month: 'short' }, { month: 'short', year: 'numeric' }].map(
    (parts) =>
      new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
        ...(parts as Intl.DateTimeFormatOptions),
        timeZone: 'UTC',
      }),
  ) as [Intl.DateTimeFormat, Intl.DateTimeFormat]
  return (
    <div className={classes.lanes} style={{ width }}>
      <div className={classes.axis} aria-hidden>
        {months(range).map((on) => (
          <span key={on} style={{ left: x(on) }}>
            {(on.slice(5, 7) === '01' ? yearly : month).format(new Date(`${on}T00:00:00Z`))}
          </span>
        ))}
      </div>
      <span className={classes.today} style={{ left: x(brief.asOf) }}>
        <span>{t('plan.today', { day: format.shortDay(brief.asOf) })}</span>
      </span>
      {(['theirs', 'ours'] as const).map((lane) => (
        <Lane key={lane} lane={lane} items={items.filter((item) => item.lane === lane)} range={range} width={width} />
      ))}
    </div>
  )
}

function Lane({
  lane,
  items,
  range,
  width,
}: {
  lane: 'theirs' | 'ours'
  items: readonly Item[]
  range: Range
  width: number
}) {
  const t = useDealWords()
  const text = useText()
  const placed = items.map((item) => {
    const wide = widthOf(text(item.label))
    const at = shareOf(range, item.on) * width
    // At the right edge the label stands before its day.
    return {
      item,
      at,
      wide,
      before: at + wide > width,
      left: Math.max(0, at + wide > width ? at - wide + 12 : at - 12),
    }
  })
  const rows = rowsFor(placed.map(({ left, wide }) => ({ left, width: wide + 6 })))
  return (
    <div
      className={classes.lane}
      data-lane={lane}
      style={{ height: Math.max(1, ...rows.map((row) => row + 1)) * ROW + 26 }}
    >
      <span className={classes.laneName}>{t(lane === 'theirs' ? 'plan.theirs' : 'plan.ours')}</span>
      <ul>
        {placed.map(({ item, left, wide, before }, i) => (
          <li key={item.id} style={{ top: rows[i]! * ROW + 24, left, width: wide }}>
            <Mark item={item} range={range} width={width} before={before} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Mark({ item, range, width, before }: { item: Item; range: Range; width: number; before: boolean }) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { may, edit } = useDealView()
  const run = useEdits()
  const [drag, setDrag] = useState<{ startX: number; dx: number } | null>(null)
  const Icon = ICONS[item.kind]
  const movable = may.write && !item.done && (item.step !== undefined || item.proof !== undefined)
  const name = text(item.label)
  const says = [name, format.day(item.on), item.done ? t('plan.isDone') : item.late ? t('plan.isLate') : '']
    .filter(Boolean)
    .join(', ')
  const inner = (
    <>
      {item.done ? <IconCheck size={14} aria-hidden /> : <Icon size={14} aria-hidden />}
      <span className={classes.label}>{name}</span>
    </>
  )
  if (!movable)
    return (
      <span
        className={classes.mark}
        data-kind={item.kind}
        data-done={item.done}
        data-late={item.late}
        data-before={before}
        title={says}
      >
        {inner}
      </span>
    )

  const onto = (on: string): void => {
    if (on === item.on) return
    if (item.step) run(t('plan.moved'), (batch) => batch.update('planStep', item.step!, { on }))
    else if (item.proof) run(t('plan.moved'), (batch) => batch.update('proof', item.proof!, { readyOn: on }))
  }
  const target = drag ? dayOf(range, shareOf(range, item.on) + drag.dx / width) : item.on
  return (
    <button
      type="button"
      className={classes.mark}
      data-kind={item.kind}
      data-late={item.late}
      data-before={before}
      data-movable
      aria-label={`${says}. ${t('plan.keys')}`}
      title={says}
      style={{ transform: drag ? `translateX(${drag.dx}px)` : undefined, zIndex: drag ? 5 : undefined }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ startX: event.clientX, dx: 0 })
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, dx: event.clientX - drag.startX })}
      onPointerUp={() => {
        const far = drag !== null && Math.abs(drag.dx) > 4
        setDrag(null)
        if (far) onto(target)
        else edit(item.step ? { target: 'planStep', id: item.id } : { target: 'proof', id: item.id })
      }}
      onPointerCancel={() => setDrag(null)}
      onKeyDown={(event) => {
        const days = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
        if (days !== 0) {
          event.preventDefault()
          onto(moved(item.on, days * (event.shiftKey ? 7 : 1)))
        } else if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault()
          edit(item.step ? { target: 'planStep', id: item.id } : { target: 'proof', id: item.id })
        }
      }}
    >
      {inner}
      {drag && Math.abs(drag.dx) > 4 && <span className={classes.bubble}>{format.day(target)}</span>}
    </button>
  )
}
