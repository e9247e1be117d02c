import { dateOf, dayNumber } from '@sente/engine'
import type { Brief, Deal, Methodology, PlainDate, Step } from '@sente/engine'
import { explain, layout as layoutOf, placeOf, spoken } from '@sente/picture'
import { useId, useMemo, useState } from 'react'
import { VisuallyHidden } from '@mantine/core'
import { useLang } from '../i18n/use-lang.ts'
import { Actions } from './actions.tsx'
import { Drawing } from './drawing.tsx'
import { applyEdit, movablesOf, moveOf } from './edits.ts'
import type { Movable, PictureEdit } from './edits.ts'
import { Explained } from './explained.tsx'
import { Handles } from './handles.tsx'
import { Headline } from './headline.tsx'
import classes from './picture.module.css'
import { Replay } from './replay.tsx'
import { useBrief } from './use-brief.ts'
import { useCursor } from './use-cursor.ts'
import { useWidth } from '../measure/use-width.ts'
import { usePictureWords } from './words.ts'

interface Props {
  deal: Deal
  /** Of this deal today, where it is there already. */
  brief?: Brief
  methodology: Methodology
  /** Of the plan that the page shows, as the server makes it with the workspace's people and holidays. */
  steps?: readonly Step[] | undefined
  /** Today; what is dated later does not exist. */
  asOf: PlainDate
  /** Keeps a change; the picture has shown it already. Absent: nothing can be changed. */
  onChange?: (edit: PictureEdit) => void
}

/** The picture of a deal, and its headline: read it by pointer or keys, look from an earlier day, drag what is planned. */
export function DealPicture(props: Props) {
  const [frame, width] = useWidth<HTMLDivElement>()
  return (
    <section className={classes.picture}>
      <div ref={frame}>{width !== null && <Sized {...props} width={width} />}</div>
    </section>
  )
}

interface Then {
  day: PlainDate
  /** Days shown when the replay began; they stay, so that only what was known changes. */
  span: { from: string; to: string }
}

function Sized({ deal, brief: known, methodology, steps, asOf, onChange, width }: Props & { width: number }) {
  const t = usePictureWords()
  const lang = useLang()
  const id = useId()
  // A change shows at once; when the deal comes back with it (or without it), that is the truth again.
  const [held, setHeld] = useState({ deal, draft: deal })
  if (held.deal !== deal) setHeld({ deal, draft: deal })
  const draft = held.deal === deal ? held.draft : deal
  const [then, setThen] = useState<Then | null>(null)
  const shown = then?.day ?? asOf
  const replayed = then !== null

  const now = useBrief(draft, methodology, asOf, draft === deal ? known : undefined)
  const brief = useBrief(draft, methodology, shown, then ? undefined : now)
  const layout = useMemo(
    () =>
      layoutOf(brief, {
        lang,
        methodology,
        width,
        headline: false,
        ...(then && { span: then.span, replayed: true }),
      }),
    [brief, lang, methodology, width, then],
  )
  const cursor = useCursor(layout, dayNumber(shown))
  const [dragging, setDragging] = useState<string | null>(null)
  const explanation = useMemo(
    () => (cursor.target && !dragging ? explain(cursor.target, brief, methodology, lang, { replayed }) : null),
    [cursor.target, dragging, brief, methodology, lang, replayed],
  )

  const editable = onChange !== undefined && !replayed && deal.status === 'open'
  const edit = (change: PictureEdit): void => {
    setHeld({ deal, draft: applyEdit(draft, change) })
    onChange?.(change)
  }
  const preview = (movable: Movable, on: PlainDate): void =>
    setHeld({ deal, draft: applyEdit(deal, moveOf(movable, on)) })
  const look = (day: PlainDate): void => {
    cursor.close()
    const { from, to } = layout.time
    setThen(day >= asOf ? null : { day, span: then?.span ?? { from: dateOf(from), to: dateOf(to) } })
  }
  const narrow = layout.narrow

  return (
    <>
      <Headline
        brief={brief}
        methodology={methodology}
        today={now}
        replaying={replayed}
        steps={replayed || draft !== deal ? undefined : steps}
      />
      <div
        className={classes.plot}
        role="application"
        // A figure with its own keys, which the description names.
        tabIndex={0}
        aria-label={t('label', { title: layout.title })}
        aria-describedby={`${id}-keys`}
        {...cursor.handlers}
      >
        <Drawing layout={layout} prefix={`p${id.replace(/\W/g, '')}`} target={dragging ? null : cursor.target} />
        {editable && (
          <Handles
            layout={layout}
            brief={brief}
            methodology={methodology}
            movables={movablesOf(draft, asOf)}
            asOf={asOf}
            dragging={dragging}
            onDrag={setDragging}
            onPreview={preview}
            onMove={(movable, on) => edit(moveOf(movable, on))}
          />
        )}
        {explanation && cursor.target && (
          <Explained
            explanation={explanation}
            place={placeOf(layout, cursor.target)}
            width={layout.width}
            docked={narrow}
            pinned={cursor.pinned}
            onClose={cursor.close}
          >
            {cursor.pinned && editable && (
              <Actions
                target={cursor.target}
                brief={brief}
                deal={draft}
                methodology={methodology}
                asOf={asOf}
                onEdit={edit}
                onDone={cursor.close}
              />
            )}
          </Explained>
        )}
      </div>
      <VisuallyHidden>
        <p id={`${id}-keys`}>{t('keys')}</p>
        <p aria-live="polite">{explanation && cursor.byKeys ? spoken(explanation) : ''}</p>
      </VisuallyHidden>
      <Replay
        from={now.position.since as PlainDate}
        asOf={asOf}
        day={shown}
        time={layout.time}
        onLook={look}
        hint={editable && !narrow ? t('hint') : t('hintTouch')}
      />
    </>
  )
}
