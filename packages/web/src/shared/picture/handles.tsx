import { dateOf, dayNumber } from '@sente/engine'
import type { Brief, Methodology, PlainDate, Text } from '@sente/engine'
import { dayAt, xOf } from '@sente/picture'
import type { PictureLayout } from '@sente/picture'
import { useRef } from 'react'
import { useFormat } from '../format/format.ts'
import { useText } from '../i18n/use-lang.ts'
import type { Movable } from './edits.ts'
import classes from './picture.module.css'
import { usePictureWords } from './words.ts'

interface Props {
  layout: PictureLayout
  brief: Brief
  methodology: Methodology
  movables: readonly Movable[]
  asOf: PlainDate
  dragging: string | null
  onDrag: (id: string | null) => void
  /** While it is being dragged. */
  onPreview: (movable: Movable, on: PlainDate) => void
  /** Once it is let go, or moved by a key. */
  onMove: (movable: Movable, on: PlainDate) => void
}

/** Marks of what is planned, to take and move: by pointer, or as a slider by keys. */
export function Handles({ layout, brief, methodology, movables, asOf, dragging, onDrag, onPreview, onMove }: Props) {
  const t = usePictureWords()
  return (
    <svg
      className={classes.handles}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label={t('planned')}
    >
      {movables.flatMap((movable) =>
        heightsOf(layout, brief, methodology, movable).map((y, i) => (
          <Handle
            key={`${movable.id}-${i}`}
            movable={movable}
            y={y}
            layout={layout}
            methodology={methodology}
            asOf={asOf}
            held={dragging === movable.id}
            onDrag={onDrag}
            onPreview={onPreview}
            onMove={onMove}
          />
        )),
      )}
    </svg>
  )
}

/** A step lies in the lanes of its people, a proof on the step of planned readiness in its concern's strip. */
function heightsOf(
  { lanes, strips }: PictureLayout,
  brief: Brief,
  methodology: Methodology,
  movable: Movable,
): number[] {
  if (movable.kind === 'step') {
    const own = lanes.filter(({ people }) => people?.some((person) => movable.with.includes(person)))
    const rows = own.length > 0 ? own : lanes.filter(({ people }) => people === null)
    return rows.map(({ y }) => y)
  }
  const concern = methodology.topics.topics.find(({ id }) => id === movable.topic)?.concern
  const strip = strips.find((entry) => entry.concern === concern)
  if (!strip || !concern) return []
  const value =
    brief.readiness.steps[concern].findLast(({ on }) => on <= movable.on)?.value ?? brief.readiness.now[concern]
  return [strip.box.y + strip.box.height * (1 - Math.min(1, value))]
}

type HandleProps = Omit<Props, 'brief' | 'movables' | 'dragging'> & { movable: Movable; y: number; held: boolean }

function Handle({ movable, y, layout, methodology, asOf, held, onDrag, onPreview, onMove }: HandleProps) {
  const t = usePictureWords()
  const text = useText()
  const format = useFormat()
  const last = useRef<PlainDate>(movable.on)
  const { time } = layout
  const day = dayNumber(movable.on)
  const least = dayNumber(asOf) + (movable.kind === 'proof' ? 1 : 0)
  const x = xOf(time, day)
  if (x > time.x1 + 1) return null

  const name = nameOf(movable, methodology, text)
  const label = movable.kind === 'proof' ? t('proofReady', { proof: name }) : name
  const clamp = (value: number): PlainDate => dateOf(Math.min(time.to, Math.max(least, value)))
  const dayUnder = (event: React.PointerEvent<SVGGElement>): PlainDate => {
    const box = event.currentTarget.ownerSVGElement!.getBoundingClientRect()
    return clamp(dayAt(time, ((event.clientX - box.left) / box.width) * layout.width))
  }
  const end = (keep: boolean): void => {
    if (!held) return
    onDrag(null)
    if (keep) onMove(movable, last.current)
  }
  return (
    <g
      className={classes.handle}
      data-kind={movable.kind}
      data-held={held || undefined}
      role="slider"
      tabIndex={0}
      aria-label={`${label}. ${t('drag')}`}
      aria-valuemin={least}
      aria-valuemax={time.to}
      aria-valuenow={day}
      aria-valuetext={format.day(movable.on)}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = movable.on
        onDrag(movable.id)
      }}
      onPointerMove={(event) => {
        if (!held) return
        event.stopPropagation()
        const on = dayUnder(event)
        if (on === last.current) return
        last.current = on
        onPreview(movable, on)
      }}
      onPointerUp={() => end(true)}
      onPointerCancel={() => end(false)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
        if (step === 0) return
        event.preventDefault()
        event.stopPropagation()
        onMove(movable, clamp(day + step * (event.shiftKey ? 7 : 1)))
      }}
    >
      <circle cx={x} cy={y} r={13} className={classes.grip} />
      {movable.kind === 'step' ? (
        <circle cx={x} cy={y} r={5.5} className={classes.knob} />
      ) : (
        <rect
          x={x - 4.6}
          y={y - 4.6}
          width={9.2}
          height={9.2}
          rx={1.5}
          transform={`rotate(45 ${x} ${y})`}
          className={classes.knob}
        />
      )}
      {held && (
        <text x={x} y={y - 14} textAnchor={x > time.x1 - 60 ? 'end' : 'middle'} className={classes.heldDate}>
          {`${format.shortDay(movable.on)} ${label}`.slice(0, 48)}
        </text>
      )}
    </g>
  )
}

function nameOf({ play, topic, proof, what }: Movable, methodology: Methodology, text: (text: Text) => string): string {
  const found = play
    ? methodology.plays.plays.find(({ id }) => id === play)?.name
    : methodology.topics.topics.find(({ id }) => id === topic)?.proofs.find(({ id }) => id === proof)?.name
  return found ? text(found) : (what ?? play ?? proof ?? '')
}
