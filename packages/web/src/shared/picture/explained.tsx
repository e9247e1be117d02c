import { CloseButton } from '@mantine/core'
import type { Explanation } from '@sente/picture'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import classes from './picture.module.css'
import { usePictureWords } from './words.ts'

const WIDTH = 320
const GAP = 14

interface Props {
  explanation: Explanation
  place: { x: number; y: number }
  /** Of the picture, in its own units, which are pixels. */
  width: number
  /** At the foot of the window, where there is no room beside the point. */
  docked: boolean
  pinned: boolean
  onClose: () => void
  children?: ReactNode
}

/** What a point says, beside it. Pinned it takes the focus and can be worked in. */
export function Explained({ explanation, place, width, docked, pinned, onClose, children }: Props) {
  const t = usePictureWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (pinned) box.current?.focus({ preventScroll: true })
  }, [pinned])
  // To the right of the point while there is room, else to its left: never over what it speaks of.
  const right = place.x + GAP + WIDTH <= width
  const style = docked
    ? undefined
    : { left: right ? place.x + GAP : Math.max(0, place.x - GAP - WIDTH), top: Math.max(0, place.y - 28), width: WIDTH }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the role depends on whether it is pinned
    <div
      ref={box}
      className={classes.explained}
      data-docked={docked || undefined}
      data-pinned={pinned || undefined}
      style={style}
      role={pinned ? 'dialog' : 'tooltip'}
      {...(pinned && { 'aria-label': explanation.title, tabIndex: -1 })}
      onClick={(event) => event.stopPropagation()}
      onPointerMove={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key !== 'Escape') return
        onClose()
        box.current?.closest<HTMLElement>('[role=application]')?.focus()
      }}
    >
      {pinned && <CloseButton className={classes.explainedClose} size="sm" aria-label={t('close')} onClick={onClose} />}
      <p className={classes.explainedTitle}>{explanation.title}</p>
      {explanation.lines.map(({ text, tone }) => (
        <p key={text} className={classes.explainedLine} data-tone={tone}>
          {text}
        </p>
      ))}
      {explanation.reasons.map(({ heading, items }) => (
        <div key={heading}>
          <p className={classes.explainedHeading}>{heading}</p>
          <ul>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </div>
      ))}
      {children}
    </div>
  )
}
