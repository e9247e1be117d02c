import { Text } from '@mantine/core'
import { useState } from 'react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang, useText } from '../../../shared/i18n/use-lang.ts'
import { useWidth } from '../../../shared/measure/use-width.ts'
import { Changes } from '../../../shared/plan/changes.tsx'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { ActCard } from '../next/act-card.tsx'
import { actsOf } from '../next/model.ts'
import type { PlannedAct } from '../next/model.ts'
import { useActMoves } from '../next/use-act.ts'
import { LaneOf } from './lane.tsx'
import { daysOff, itemsOf, LANES, months, moved, rangeOf, shareOf } from './model.ts'
import type { Item, Range } from './model.ts'
import classes from './plan.module.css'
import { StepList } from './step-list.tsx'
import { useTrial } from './use-trial.ts'
import { usePlanWords } from './words.ts'

/** Narrower than this a time line shows nothing: the steps stand in a list. */
const LEAST = 620

/**
 * The plan over time: their dates, whom we see at the top and at the working level, and what we do among ourselves. A step that is dragged, or
 * moved by arrow keys, moves the others while it is under way.
 */
export function PlanPicture({ answer }: { answer: PlanAnswer }) {
  const t = usePlanWords()
  const [frame, width] = useWidth<HTMLDivElement>()
  const { whole, asOf } = useDealView()
  const { acts } = actsOf(answer, whole, asOf)
  return (
    <div ref={frame} className={classes.timeline} role="group" aria-label={t('picture.title')}>
      {width !== null &&
        (width < LEAST ? (
          <StepList answer={answer} acts={acts} />
        ) : (
          <Lanes width={width} answer={answer} acts={acts} />
        ))}
    </div>
  )
}

function Lanes({ width, answer, acts }: { width: number; answer: PlanAnswer; acts: readonly PlannedAct[] }) {
  const t = usePlanWords()
  const format = useFormat()
  const text = useText()
  const { whole, brief, index, people, may, edit } = useDealView()
  const run = useEdits()
  const movesOf = useActMoves(answer)
  const { trial, attempt, end } = useTrial(answer)
  const [chosen, setChosen] = useState<string | null>(null)
  const known = { whole, brief, index, people, acts }
  const range = rangeOf(known)
  const items = itemsOf(known, range.from)
  const x = (on: string): number => shareOf(range, on) * width
  const selected = items.find(({ id }) => id === chosen)?.act
  const off = daysOff(range, [...answer.calendars.theirs.off, ...answer.calendars.ours.off])

  const keep = (item: Item, on: string): void => {
    end()
    if (on === item.on) return
    if (item.act) movesOf(item.act).move(on)
    else if (item.step)
      run(t('next.movedTo', { day: format.shortDay(on) }), (batch) => batch.update('planStep', item.step!, { on }))
    else if (item.proof)
      run(t('next.movedTo', { day: format.shortDay(on) }), (batch) =>
        batch.update('proof', item.proof!, { readyOn: on }),
      )
  }
  const actions = {
    attempt: (item: Item, on: string): void =>
      attempt(
        {
          id: item.id,
          ...(item.step && { own: item.step.id }),
          play: item.act?.step.play ?? item.step?.play,
          with: item.act?.step.with ?? [],
        },
        on,
      ),
    keep,
    cancel: end,
    open: (item: Item): void => {
      if (item.act) setChosen(chosen === item.id ? null : item.id)
      else if (item.step) edit({ target: 'planStep', id: item.step.id })
      else if (item.proof) edit({ target: 'proof', id: item.proof.id })
    },
  }
  const moving = trial && items.find(({ id }) => id === trial.id)
  return (
    <>
      <div className={classes.lanes} style={{ width }}>
        <Axis range={range} x={x} />
        {off.map((on) => (
          <span
            key={on}
            className={classes.off}
            aria-hidden
            style={{ left: x(on), width: Math.max(2, x(moved(on, 1)) - x(on)) }}
          />
        ))}
        <span className={classes.today} style={{ left: x(brief.asOf) }}>
          <span>{t('picture.today', { day: format.shortDay(brief.asOf) })}</span>
        </span>
        {LANES.map((lane) => (
          <LaneOf
            key={lane}
            lane={lane}
            items={items.filter((item) => item.lane === lane)}
            range={range}
            width={width}
            trial={trial}
            chosen={chosen}
            movable={may.write}
            actions={actions}
          />
        ))}
      </div>
      <div aria-live="polite" className={classes.trial}>
        {trial && moving && (
          <>
            <Text size="sm">
              {t('picture.trial', { what: text(moving.label), day: format.day(trial.on) })}{' '}
              {trial.tried && trial.tried.changed.length === 0 && t('picture.trialSame')}
              <Text span c="dimmed" size="xs">
                {t('picture.trialKeys')}
              </Text>
            </Text>
            {trial.tried && <Changes people={answer.people} changed={trial.tried.changed} />}
          </>
        )}
      </div>
      {selected && !trial && <ActCard answer={answer} act={selected} details />}
      {off.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('picture.off')}
        </Text>
      )}
    </>
  )
}

function Axis({ range, x }: { range: Range; x: (on: string) => number }) {
  const lang = useLang()
  const [month, yearly] = [{ month: 'short' }, { month: 'short', year: 'numeric' }].map(
    (parts) =>
      new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
        ...(parts as Intl.DateTimeFormatOptions),
        timeZone: 'UTC',
      }),
  ) as [Intl.DateTimeFormat, Intl.DateTimeFormat]
  return (
    <div className={classes.axis} aria-hidden>
      {months(range).map((on) => (
        <span key={on} style={{ left: x(on) }}>
          {(on.slice(5, 7) === '01' ? yearly : month).format(new Date(`${on}T00:00:00Z`))}
        </span>
      ))}
    </div>
  )
}
