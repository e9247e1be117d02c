import {
  IconCheck,
  IconDiamond,
  IconFileCheck,
  IconFlag3,
  IconHandStop,
  IconLock,
  IconMessage,
  IconTargetArrow,
} from '@tabler/icons-react'
import { stepIdOf } from '@sente/engine'
import { useState } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { dayOf, moved, rowsFor, shareOf } from './model.ts'
import type { Item, Lane, Range } from './model.ts'
import classes from './plan.module.css'
import type { Trial } from './use-trial.ts'
import { usePlanWords } from './words.ts'

const ICONS = {
  milestone: IconDiamond,
  commitment: IconHandStop,
  decision: IconFlag3,
  step: IconLock,
  proposal: IconTargetArrow,
  proof: IconFileCheck,
  touch: IconMessage,
} as const
const ROW = 28
/** Chinese letters are about twice as wide as Latin ones. */
const widthOf = (text: string): number =>
  Math.min(270, 34 + [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12.5 : 6.6), 0))

interface Actions {
  attempt: (item: Item, on: string) => void
  keep: (item: Item, on: string) => void
  cancel: () => void
  open: (item: Item) => void
}
interface Props {
  lane: Lane
  items: readonly Item[]
  range: Range
  width: number
  trial: Trial | null
  chosen: string | null
  movable: boolean
  actions: Actions
}

/** Where an item stands while another is tried elsewhere; `gone`: no longer in the plan then. */
function placeOf(item: Item, trial: Trial | null): { on: string; gone: boolean } {
  if (trial?.id === item.id) return { on: trial.on, gone: false }
  if (!trial?.tried || item.act === undefined) return { on: item.on, gone: false }
  const name = stepIdOf(item.act.step)
  const step = trial.tried.steps.find((one) => stepIdOf(one) === name && (one.on === item.on || !item.step))
  return step ? { on: step.on, gone: false } : { on: item.on, gone: item.step === undefined }
}

export function LaneOf({ lane, items, range, width, trial, chosen, movable, actions }: Props) {
  const t = usePlanWords()
  const text = useText()
  const x = (on: string): number => Math.min(width, Math.max(0, shareOf(range, on) * width))
  const placed = items.map((item) => {
    const { on, gone } = placeOf(item, trial)
    const wide = widthOf(text(item.label))
    const at = x(on)
    // At the right edge the label stands before its day.
    const before = at + wide > width
    const left = Math.max(0, before ? at - wide + 12 : at - 12)
    const window = item.window && { left: x(item.window.from), right: x(item.window.to) }
    return { item, on, gone, wide, before, left, window }
  })
  // Rows are given by where everything stands, not by where it is tried: a lane does not jump under the hand.
  const rows = rowsFor(
    items.map((item, i) => {
      const wide = placed[i]!.wide
      const at = x(item.on)
      const left = Math.max(0, at + wide > width ? at - wide + 12 : at - 12)
      const { window } = placed[i]!
      const from = window ? Math.min(left, window.left) : left
      const to = window ? Math.max(left + wide, window.right) : left + wide
      return { left: from, width: to - from + 6 }
    }),
  )
  if (items.length === 0 && lane === 'ourselves') return null
  return (
    <div
      className={classes.lane}
      data-lane={lane}
      style={{ height: Math.max(1, ...rows.map((row) => row + 1)) * ROW + 26 }}
    >
      <span className={classes.laneName}>{t(`picture.lane.${lane}`)}</span>
      {items.length === 0 && lane !== 'theirs' && <span className={classes.none}>{t('picture.laneNone')}</span>}
      <ul>
        {placed.map(({ item, on, gone, left, wide, before, window }, i) => (
          <li key={item.id} style={{ top: rows[i]! * ROW + 24 }}>
            {window && !gone && (
              <span
                aria-hidden
                className={classes.window}
                style={{ left: window.left, width: Math.max(4, window.right - window.left) }}
              />
            )}
            <span className={classes.place} style={{ left, width: wide }}>
              <Mark
                item={item}
                on={on}
                gone={gone}
                range={range}
                width={width}
                before={before}
                tried={trial?.id === item.id}
                chosen={chosen === item.id}
                movable={movable}
                actions={actions}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface MarkProps {
  item: Item
  on: string
  gone: boolean
  range: Range
  width: number
  before: boolean
  tried: boolean
  chosen: boolean
  movable: boolean
  actions: Actions
}

function Mark({ item, on, gone, range, width, before, tried, chosen, movable, actions }: MarkProps) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const [drag, setDrag] = useState<{ startX: number; far: boolean } | null>(null)
  const held = item.act?.held !== undefined
  const Icon = held ? IconLock : ICONS[item.kind]
  const opens = item.act !== undefined || item.step !== undefined || item.proof !== undefined
  const moves = movable && !item.done && opens
  const name = text(item.label)
  const says = [
    name,
    format.day(on),
    held ? t('next.held') : item.kind === 'proposal' ? t('picture.isProposed') : '',
    item.done ? t('picture.isDone') : item.late ? t('picture.isLate') : '',
    gone ? t('picture.isGone') : '',
    item.window
      ? t('picture.window', { from: format.shortDay(item.window.from), to: format.shortDay(item.window.to) })
      : '',
  ]
    .filter(Boolean)
    .join(', ')
  const inner = (
    <>
      {item.done ? <IconCheck size={14} aria-hidden /> : <Icon size={14} aria-hidden />}
      <span className={classes.label}>{name}</span>
      {(tried || (on !== item.on && !gone)) && <span className={classes.bubble}>{format.shortDay(on)}</span>}
    </>
  )
  const looks = {
    className: classes.mark,
    'data-kind': item.kind,
    'data-done': item.done,
    'data-late': item.late,
    'data-before': before,
    'data-gone': gone || undefined,
    'data-moved': (on !== item.on && !gone) || undefined,
    title: says,
  } as const
  if (!opens || item.done) return <span {...looks}>{inner}</span>
  if (!moves)
    return (
      <button
        type="button"
        {...looks}
        aria-label={says}
        aria-pressed={chosen}
        onClick={() => item.act && actions.open(item)}
      >
        {inner}
      </button>
    )
  const at = (clientX: number, startX: number): string =>
    dayOf(range, shareOf(range, item.on) + (clientX - startX) / width)
  return (
    <button
      type="button"
      {...looks}
      data-movable
      aria-label={`${says}. ${t('picture.keys')}`}
      aria-pressed={chosen}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ startX: event.clientX, far: false })
      }}
      onPointerMove={(event) => {
        if (!drag) return
        const far = drag.far || Math.abs(event.clientX - drag.startX) > 4
        if (!far) return
        if (!drag.far) setDrag({ ...drag, far })
        const day = at(event.clientX, drag.startX)
        if (day !== on) actions.attempt(item, day)
      }}
      onPointerUp={(event) => {
        if (!drag) return
        setDrag(null)
        if (drag.far) actions.keep(item, at(event.clientX, drag.startX))
        else actions.open(item)
      }}
      onPointerCancel={() => {
        setDrag(null)
        actions.cancel()
      }}
      onBlur={() => tried && actions.cancel()}
      onKeyDown={(event) => {
        const days = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
        if (days !== 0) {
          event.preventDefault()
          actions.attempt(item, moved(on, days * (event.shiftKey ? 7 : 1)))
        } else if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault()
          if (tried) actions.keep(item, on)
          else actions.open(item)
        } else if (event.key === 'Escape' && tried) {
          event.stopPropagation()
          setDrag(null)
          actions.cancel()
        }
      }}
    >
      {inner}
    </button>
  )
}
