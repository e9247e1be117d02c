import { ActionIcon, Button, Checkbox, Text, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { When } from '../../../shared/time/when.tsx'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { useFactWords } from '../parts/fact-words.ts'
import { AddButton, EditButton, Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import stack from '../deal.module.css'
import { stepName } from './model.ts'
import classes from './plan.module.css'
import { Timeline } from './timeline.tsx'

/** What both sides do when; the steps one by one; and what the method would do next. */
export function PlanSection() {
  const t = useDealWords()
  const { may } = useDealView()
  return (
    <div className={stack.stack}>
      <Panel
        title={t('plan.title')}
        says={may.write ? t('plan.says') : t('plan.timeline')}
        id="plan"
        actions={<AddButton editing={{ target: 'planStep' }}>{t('plan.add')}</AddButton>}
      >
        <Timeline />
      </Panel>
      <div className={`${stack.columns} ${stack.even}`}>
        <Steps />
        <Recommended />
      </div>
    </div>
  )
}

function Steps() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { whole, index, byPerson, may, asOf } = useDealView()
  const run = useEdits()
  const steps = [...(whole.planStep ?? [])].sort(
    (a, b) =>
      Number((a.status ?? 'open') !== 'open') - Number((b.status ?? 'open') !== 'open') ||
      (a.on ?? '9').localeCompare(b.on ?? '9'),
  )
  return (
    <Panel title={t('plan.steps')} id="steps">
      {steps.length === 0 && <Nothing>{t(may.write ? 'plan.none' : 'plan.nothing')}</Nothing>}
      <Lines>
        {steps.map((step) => {
          const status = step.status ?? 'open'
          const name = text(stepName(step, index))
          const late = status === 'open' && step.on !== undefined && step.on < asOf
          const people = format.list((step.with ?? []).flatMap((id) => byPerson.get(id)?.name ?? []))
          return (
            <Line
              key={step.id}
              dim={status !== 'open'}
              day={
                step.on ? (
                  <span className={late ? classes.late : undefined}>{format.day(step.on)}</span>
                ) : (
                  t('plan.noDay')
                )
              }
              actions={
                <>
                  {may.write && status === 'open' && (
                    <Tooltip label={t('plan.drop')}>
                      <ActionIcon
                        size="sm"
                        aria-label={t('plan.dropNamed', { name })}
                        onClick={() =>
                          run(t('plan.dropped'), (batch) => batch.update('planStep', step, { status: 'dropped' }))
                        }
                      >
                        <IconX size={15} />
                      </ActionIcon>
                    </Tooltip>
                  )}
                  <EditButton editing={{ target: 'planStep', id: step.id }} name={name} />
                </>
              }
            >
              <Checkbox
                size="xs"
                classNames={{ label: classes.check! }}
                checked={status === 'done'}
                disabled={!may.write || status === 'dropped' || status === 'skipped'}
                label={
                  <span className={status === 'dropped' || status === 'skipped' ? classes.struck : undefined}>
                    {name}
                  </span>
                }
                onChange={(event) =>
                  run(t(event.currentTarget.checked ? 'plan.done' : 'plan.reopened'), (batch) =>
                    batch.update('planStep', step, { status: event.currentTarget.checked ? 'done' : 'open' }),
                  )
                }
              />
              <Text size="xs" c={late ? 'red' : 'dimmed'}>
                {[
                  step.play && step.what,
                  people,
                  step.owner,
                  late ? t('plan.isLate') : '',
                  status === 'dropped' || status === 'skipped' ? t(`planStatus.${status}`) : '',
                  step.reason,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Line>
          )
        })}
      </Lines>
    </Panel>
  )
}

/** What answers the findings, in the order of urgency; taken into the plan with a day and people. */
function Recommended() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const facts = useFactWords()
  const { brief, index, byKey, may, edit, whole, asOf } = useDealView()
  const { silence, says } = brief.tender
  const planned = new Set(
    (whole.planStep ?? []).filter(({ status }) => (status ?? 'open') === 'open').map(({ play }) => play),
  )
  return (
    <Panel title={t('plan.recommended')} says={t('plan.recommendedSays')} id="recommended">
      {brief.plan.length === 0 && <Nothing>{t('plan.noneRecommended')}</Nothing>}
      {silence && (
        <Text size="sm" className={classes.late} mb="xs">
          {silence.to
            ? t('plan.silence', { from: format.day(silence.from), to: format.day(silence.to) })
            : t('plan.silenceOpen', { from: format.day(silence.from) })}{' '}
          {text(says)}
        </Text>
      )}
      <ul className={classes.recommended}>
        {brief.plan.map((play) => {
          const people = play.with.flatMap((key) => byKey.get(key) ?? [])
          const wanted = index.plays.get(play.play)?.preconditions ?? []
          const unmet = play.first.flatMap(({ fact, holds }) =>
            holds === true ? [] : wanted.filter((condition) => condition.fact === fact),
          )
          const name = text(play.name)
          return (
            <li key={play.play}>
              <div className={classes.playHead}>
                <span>
                  <strong>{name}</strong>
                  <Text size="sm" c="dimmed">
                    {text(play.objective)}
                  </Text>
                </span>
                {planned.has(play.play) ? (
                  <Text size="xs" c="dimmed">
                    {t('plan.isPlanned')}
                  </Text>
                ) : (
                  may.write && (
                    <Button
                      size="compact-xs"
                      variant="light"
                      className="no-print"
                      aria-label={t('plan.takeNamed', { name })}
                      onClick={() =>
                        edit({
                          target: 'planStep',
                          prefill: {
                            play: play.play,
                            with: people.map(({ personId }) => personId),
                            on: play.startBy && play.startBy > asOf ? play.startBy : asOf,
                          },
                        })
                      }
                    >
                      {t('plan.take')}
                    </Button>
                  )
                )}
              </div>
              <Text size="xs" c="dimmed">
                {[
                  people.length > 0 ? t('plan.with', { people: format.list(people.map(({ name: one }) => one)) }) : '',
                  t('days', { count: play.leadDays }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
                {play.startBy && (
                  <>
                    {' '}
                    ·{' '}
                    <span className={play.late ? classes.late : undefined}>
                      {t(play.late ? 'plan.shouldHaveStarted' : 'plan.startBy')}{' '}
                      <When at={play.startBy} show="absolute" />
                    </span>
                  </>
                )}
              </Text>
              {unmet.length > 0 && (
                <Text size="xs">{t('plan.first', { list: unmet.map(facts.wanted).join(' · ') })}</Text>
              )}
              {play.because.length > 0 && (
                <Text size="xs" c="dimmed">
                  {t('plan.because', {
                    list: play.because
                      .flatMap((id) => (index.rules.get(id) ? [text(index.rules.get(id)!.name)] : []))
                      .join(' · '),
                  })}
                </Text>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
