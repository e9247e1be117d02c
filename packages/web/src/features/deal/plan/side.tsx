import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { Changes } from '../../../shared/plan/changes.tsx'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { useStepNames } from '../next/use-act.ts'
import { Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import classes from './plan.module.css'
import { usePlanWords } from './words.ts'

/** What the plan was changed to lately, and why. */
export function ChangedPanel({ answer }: { answer: PlanAnswer }) {
  const t = usePlanWords()
  return (
    <Panel title={t('changes.title')} says={t('changes.says')} id="changed">
      {answer.changed.length === 0 ? (
        <Nothing>{t('changes.none')}</Nothing>
      ) : (
        <Changes people={answer.people} changed={answer.changed} />
      )}
    </Panel>
  )
}

/** What nobody can do any more in time, why, and what to say first instead; nothing where everything can. */
export function CannotPanel({ answer }: { answer: PlanAnswer }) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const { nameOf } = useStepNames(answer)
  if (answer.plan.cannot.length === 0) return null
  return (
    <Panel title={t('cannot.title')} id="cannot">
      <Lines>
        {answer.plan.cannot.map(({ with: people, what, why, instead }) => (
          <Line key={`${people.join()}${what.en}${why.en}`}>
            <strong>{[format.list(people.map(nameOf)), text(what)].filter(Boolean).join(' · ')}</strong>
            <div className={classes.faint}>{text(why)}</div>
            {instead && <div>{t('cannot.instead', { what: text(instead) })}</div>}
          </Line>
        ))}
      </Lines>
    </Panel>
  )
}

/** Who weighs and is not seen in the next weeks, each with the one reason that the plan knows; nothing where everybody is seen. */
export function UnseenPanel({ answer }: { answer: PlanAnswer }) {
  const t = usePlanWords()
  const text = useText()
  const { nameOf } = useStepNames(answer)
  const unseen = answer.plan.unseen ?? []
  if (unseen.length === 0) return null
  return (
    <Panel title={t('unseen.title')} says={t('unseen.says')} id="unseen">
      <Lines>
        {unseen.map(({ person, why }) => (
          <Line key={person}>
            <strong>{nameOf(person)}</strong>
            <div className={classes.faint}>{text(why)}</div>
          </Line>
        ))}
      </Lines>
    </Panel>
  )
}

/** The win number from today's to the most that the plan could make of it, each with its band, and what it rests on. */
export function WinRange({ answer }: { answer: PlanAnswer }) {
  const t = usePlanWords()
  const format = useFormat()
  const { whole } = useDealView()
  const { win } = answer.plan
  if (!win || whole.deal.status !== 'open') return null
  const { before, after } = win
  const band = ({ value, low, high }: NonNullable<typeof before>): string =>
    t('win.band', { value: format.percent(value), low: format.percent(low), high: format.percent(high) })
  if (!before || !after)
    return (
      <p className={classes.win} id="plan-win">
        <strong>{t('win.title')}</strong> {t('win.unknown')}
      </p>
    )
  const same = Math.round(after.value * 100) === Math.round(before.value * 100)
  return (
    <p className={classes.win} id="plan-win">
      <strong>{t('win.title')}</strong>{' '}
      {same ? (
        t('win.none', { before: band(before) })
      ) : (
        <>
          <b>{t('win.range', { before: band(before), after: band(after) })}</b> {t('win.hoped')}
        </>
      )}{' '}
      <span className={classes.faint}>
        {before.source === 'fitted'
          ? t('win.fitted')
          : before.deals > 0
            ? t('win.base', { count: before.deals })
            : t('win.prior')}
      </span>
    </p>
  )
}

/** What we have said not to do, each with the way back. */
export function AsidePanel() {
  const t = usePlanWords()
  const common = useDealWords()
  const text = useText()
  const format = useFormat()
  const { whole, asOf, byPerson, index, may } = useDealView()
  const run = useEdits()
  const aside = (whole.setAside ?? []).filter(({ until }) => until === undefined || until > asOf)
  if (aside.length === 0) return null
  return (
    <Panel title={t('aside.title')} says={t('aside.says')} id="set-aside">
      <Lines>
        {aside.map((one) => {
          const play = one.play === undefined ? undefined : index.plays.get(one.play)?.name
          const person = one.personId === undefined ? undefined : byPerson.get(one.personId)?.name
          const what = [person, play ? text(play) : (one.play ?? t('aside.everything'))].filter(Boolean).join(' · ')
          return (
            <Line
              key={one.id}
              actions={
                may.write && (
                  <Tooltip label={t('aside.back')}>
                    <ActionIcon
                      size="sm"
                      aria-label={common('namedValue', { name: t('aside.back'), value: what })}
                      onClick={() => run(t('aside.isBack', { what }), (batch) => batch.remove('setAside', one))}
                    >
                      <IconArrowBackUp size={15} />
                    </ActionIcon>
                  </Tooltip>
                )
              }
            >
              {what}{' '}
              <span className={classes.faint}>
                {one.until === undefined ? t('aside.forGood') : t('aside.until', { day: format.day(one.until) })}
                {one.reason && ` · ${one.reason}`}
              </span>
            </Line>
          )
        })}
      </Lines>
    </Panel>
  )
}

/** What the plan does not know, so that nobody takes it for known. */
export function PlanNotes({ answer }: { answer: PlanAnswer }) {
  const text = useText()
  if (answer.plan.notes.length === 0) return null
  return (
    <ul className={classes.notes}>
      {answer.plan.notes.map((note) => (
        <li key={note.en}>{text(note)}</li>
      ))}
    </ul>
  )
}
