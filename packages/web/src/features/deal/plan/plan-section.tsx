import { ActionIcon, Checkbox, Text, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { planQuery } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { Loaded, Waiting } from '../../../shared/states/states.tsx'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { AddButton, EditButton, Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import stack from '../deal.module.css'
import { HowItWent } from '../next/how-it-went.tsx'
import { ComparePanel } from './compare.tsx'
import { MeetStep } from './meet-step.tsx'
import { stepName } from './model.ts'
import { PlanPicture } from './plan-picture.tsx'
import classes from './plan.module.css'
import { useDone } from './use-done.ts'
import { AsidePanel, CannotPanel, ChangedPanel, PlanNotes, UnseenPanel, WinRange } from './side.tsx'

/** The plan over time, as the server makes it; our steps one by one; what changed in it, what cannot be done, and the other style beside it. */
export function PlanSection() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { may, dealId, past, asOf, brief } = useDealView()
  const { silence, says } = brief.tender
  const query = useQuery(planQuery(dealId, past ? asOf : undefined))
  return (
    <div className={stack.stack}>
      <Panel
        title={t('plan.title')}
        says={t(may.write ? 'plan.says' : 'plan.timeline')}
        id="plan"
        actions={<AddButton editing={{ target: 'planStep' }}>{t('plan.add')}</AddButton>}
      >
        {silence && (
          <Text size="sm" className={classes.late} mb="xs">
            {silence.to
              ? t('plan.silence', { from: format.day(silence.from), to: format.day(silence.to) })
              : t('plan.silenceOpen', { from: format.day(silence.from) })}{' '}
            {text(says)}
          </Text>
        )}
        <Loaded query={query} waiting={<Waiting like="block" height={360} />}>
          {(answer) => (
            <>
              <PlanPicture answer={answer} />
              <WinRange answer={answer} />
              <PlanNotes answer={answer} />
            </>
          )}
        </Loaded>
      </Panel>
      <div className={`${stack.columns} ${stack.even}`}>
        <div className={stack.stack}>
          <Steps />
          <AsidePanel />
        </div>
        <div className={stack.stack}>
          {query.data && <ChangedPanel answer={query.data} />}
          {query.data && <UnseenPanel answer={query.data} />}
          {query.data && <CannotPanel answer={query.data} />}
          <ComparePanel />
        </div>
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
  const done = useDone()
  // Ticked and not answered yet: the box follows the hand, and goes back where the server refuses.
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const tick = async (step: (typeof steps)[number]): Promise<void> => {
    setTicked((before) => new Set([...before, step.id]))
    try {
      await done(step)
    } finally {
      setTicked((before) => new Set([...before].filter((id) => id !== step.id)))
    }
  }
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
                  {status === 'open' && (
                    <MeetStep people={step.with} on={step.on} play={step.play} planStepId={step.id} icon />
                  )}
                  {may.write && status === 'open' && step.on !== undefined && step.on <= asOf && (
                    <HowItWent step={step} />
                  )}
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
                checked={status === 'done' || ticked.has(step.id)}
                disabled={!may.write || status === 'dropped' || status === 'skipped'}
                label={
                  <span className={status === 'dropped' || status === 'skipped' ? classes.struck : undefined}>
                    {name}
                  </span>
                }
                onChange={(event) =>
                  event.currentTarget.checked
                    ? void tick(step)
                    : run(t('plan.reopened'), (batch) => batch.update('planStep', step, { status: 'open' }))
                }
              />
              <Text size="xs" c={late ? 'red' : 'dimmed'}>
                {[
                  step.play && step.what,
                  people,
                  step.owner,
                  late ? t('plan.isLate') : '',
                  status === 'dropped' || status === 'skipped' || status === 'held' ? t(`planStatus.${status}`) : '',
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
