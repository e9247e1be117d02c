import { Button, Text } from '@mantine/core'
import { IconArrowForwardUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { filesPlace } from '../../../shared/files/files.ts'
import { later } from '../../../shared/later/later.tsx'
import { When } from '../../../shared/time/when.tsx'
import { useDealView } from '../context.ts'
import { Line, Lines, Panel } from '../parts/panel.tsx'
import classes from './after.module.css'
import { useAfterWords } from './words.ts'

const NextUnit = later(() => import('./next-unit.tsx').then((module) => module.NextUnitDialog), { fails: 'over' })
const MISSED = 3
const PROMISED = 2

/** What follows the end of the deal; nothing while it is open, but from where it was opened. */
export function AfterPanel() {
  const t = useAfterWords()
  const { brief, whole, may } = useDealView()
  const [opening, setOpening] = useState(false)
  const { after } = brief
  if (!after)
    return whole.deal.carriedFrom === undefined ? null : (
      <Text size="sm" c="dimmed">
        {t('carriedFrom', { name: whole.deal.carriedFrom })}
      </Text>
    )
  const won = after.status === 'won'
  return (
    <Panel
      title={t(`title.${after.status}`)}
      says={t(`says.${after.status}`)}
      id="after"
      actions={
        won &&
        may.write &&
        filesPlace === undefined && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconArrowForwardUp size={15} aria-hidden />}
            onClick={() => setOpening(true)}
          >
            {t('next')}
          </Button>
        )
      }
    >
      {won ? <Visits /> : <ComeBack />}
      <Promises />
      {won && <Result />}
      {opening && <NextUnit onClose={() => setOpening(false)} />}
    </Panel>
  )
}

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** Only shown where there is one. */
const useAfter = () => useDealView().brief.after!

function Visits() {
  const t = useAfterWords()
  const text = useText()
  const format = useFormat()
  const { byKey } = useDealView()
  const { visits, delivery } = useAfter()
  const names = (keys: readonly string[]): string => format.list(keys.map((key) => byKey.get(key)?.name ?? key))
  return (
    <>
      <h3 className={classes.part}>{t('visits')}</h3>
      <Lines label={t('visits')}>
        {visits
          .filter(({ state }, i) => state !== 'missed' || i >= visits.length - MISSED)
          .map((visit) => (
            <Line key={visit.days} day={<When at={visit.due} show="absolute" />} dim={visit.state === 'done'}>
              <span data-state={visit.state} className={classes.visit}>
                {t('visitOn', { name: capital(text(visit.name)), state: t(`state.${visit.state}`) })}
              </span>
              <Text size="xs" c="dimmed">
                {visit.on === null
                  ? visit.state !== 'missed' && text(visit.show)
                  : t('made', { day: format.day(visit.on), people: names(visit.with) })}
              </Text>
            </Line>
          ))}
      </Lines>
      {delivery.length > 0 && (
        <>
          <h3 className={classes.part}>{t('delivery')}</h3>
          <Lines label={t('delivery')}>
            {delivery.map(({ step, name, on, late, owner }) => (
              <Line key={step} day={<When at={on} show="absolute" />}>
                <span data-state={late ? 'due' : 'ahead'} className={classes.visit}>
                  {text(name)}
                  {late && ` (${t('late')})`}
                </span>
                {owner !== null && (
                  <Text size="xs" c="dimmed">
                    {names([owner])}
                  </Text>
                )}
              </Line>
            ))}
          </Lines>
        </>
      )}
    </>
  )
}

function ComeBack() {
  const t = useAfterWords()
  const text = useText()
  const format = useFormat()
  const { byKey } = useDealView()
  const { comeBack, stays } = useAfter()
  return (
    <>
      {comeBack && (
        <Text size="sm">
          <strong>
            {t('back')}: {comeBack.due ? t('backNow') : <When at={comeBack.on} show="absolute" />}
          </strong>
          {' · '}
          {text(comeBack.why)}
        </Text>
      )}
      <h3 className={classes.part}>{t('stays')}</h3>
      {stays.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('nobody')}
        </Text>
      )}
      <Lines label={t('stays')}>
        {stays.map(({ person, last }) => (
          <Line key={person}>
            {byKey.get(person)?.name ?? person}
            {last !== null && (
              <Text size="xs" c="dimmed">
                {t('lastMet', { day: format.day(last) })}
              </Text>
            )}
          </Line>
        ))}
      </Lines>
    </>
  )
}

function Promises() {
  const t = useAfterWords()
  const { byKey } = useDealView()
  const { promises, status } = useAfter()
  const ours = promises.filter(({ by }) => by === 'us')
  const kept = ours.filter(({ state }) => state === 'kept' || state === 'late').length
  const open = promises.filter(({ state }) => state === 'open')
  if (status !== 'won' && open.length === 0) return null
  return (
    <>
      <h3 className={classes.part}>{t('promises')}</h3>
      <Text size="sm" c="dimmed">
        {ours.length > 0 ? t('kept', { kept, count: ours.length }) : status === 'won' && t('noPromises')}
      </Text>
      <Lines label={t('promises')}>
        {open.map(({ what, by, to, due, overdue, made }) => (
          <Line key={`${made} ${what}`} day={due === null ? t('noDay') : <When at={due} show="absolute" />}>
            <span data-state={overdue ? 'due' : 'ahead'} className={classes.visit}>
              {what}
              {overdue && ` (${t('overdue')})`}
            </span>
            <Text size="xs" c="dimmed">
              {[t(by === 'us' ? 'weOwe' : 'theyOwe'), to !== null && (byKey.get(to)?.name ?? to)]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Line>
        ))}
      </Lines>
    </>
  )
}

function Result() {
  const t = useAfterWords()
  const { byKey } = useDealView()
  const { promised, reached, reference } = useAfter()
  return (
    <>
      <h3 className={classes.part}>{t('result')}</h3>
      <Lines label={t('result')}>
        {promised.slice(0, PROMISED).map(({ on, number }) => (
          <Line key={`${on} ${number}`} day={<When at={on} show="absolute" />}>
            {number}
            <Text size="xs" c="dimmed">
              {t('promised')}
            </Text>
          </Line>
        ))}
        {(reached ?? []).map(({ on, words, from }) => (
          <Line key={`${on} ${words}`} day={<When at={on} show="absolute" />}>
            {words ?? t('reached')}
            <Text size="xs" c="dimmed">
              {[t('reached'), from !== null && (byKey.get(from)?.name ?? from)].filter(Boolean).join(' · ')}
            </Text>
          </Line>
        ))}
      </Lines>
      <Text size="sm">
        {reached === null ? t('reachedUnknown') : reached.length === 0 && t('nobodySaid')}{' '}
        {reference?.length ? t('reference') : t('noReference')}
      </Text>
    </>
  )
}
