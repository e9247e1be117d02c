import { Checkbox, Text } from '@mantine/core'
import { PHASES } from '@sente/engine'
import { IconCheck } from '@tabler/icons-react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { AddButton, EditButton, Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import stack from '../deal.module.css'
import classes from './process.module.css'

/** Their steps and ours, phase by phase, and what they promised. */
export function ProcessSection() {
  return (
    <div className={stack.stack}>
      <Lanes />
      <Commitments />
    </div>
  )
}

function Lanes() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { whole, brief, index, may, asOf } = useDealView()
  const run = useEdits()
  const steps = whole.processStep ?? []
  const phaseOf = (step: (typeof steps)[number]): string | undefined =>
    step.phase ?? index.milestones.get(step.step)?.phase
  const unplaced = steps.filter((step) => phaseOf(step) === undefined)
  const stepName = (step: string): string => text(index.milestones.get(step)?.name ?? { en: step, zh: step })
  const item = (step: (typeof steps)[number]) => {
    const late = !step.done && step.applies !== false && step.on !== undefined && step.on < asOf
    return (
      <Line
        key={step.id}
        dim={step.applies === false}
        actions={<EditButton editing={{ target: 'processStep', id: step.id }} name={stepName(step.step)} />}
      >
        <span className={classes.step}>
          <Checkbox
            size="xs"
            classNames={{ label: classes.check! }}
            checked={step.done ?? false}
            disabled={!may.write || step.applies === false}
            label={<span className={step.applies === false ? classes.struck : undefined}>{stepName(step.step)}</span>}
            onChange={(event) =>
              run(t('process.changed'), (batch) =>
                batch.update('processStep', step, {
                  done: event.currentTarget.checked,
                  ...(event.currentTarget.checked && !step.on && { on: asOf }),
                }),
              )
            }
          />
          <Text span size="xs" c={late ? 'red' : 'dimmed'}>
            {[
              step.on ? format.day(step.on) : step.applies === false ? t('process.doesNotApply') : t('process.noDay'),
              late ? t('process.overdue') : '',
              step.owner
                ? (whole.people?.find(({ id }) => id === step.owner)?.name ??
                  whole.stakeholder
                    ?.map((part) =>
                      part.key === step.owner ? whole.people?.find(({ id }) => id === part.personId)?.name : undefined,
                    )
                    .find(Boolean) ??
                  step.owner)
                : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </span>
      </Line>
    )
  }
  return (
    <Panel
      title={t('process.title')}
      says={t('process.says')}
      id="process"
      actions={
        <>
          <AddButton editing={{ target: 'processStep' }}>{t('process.addTheirs')}</AddButton>
          <AddButton editing={{ target: 'ourStep' }}>{t('process.addOurs')}</AddButton>
        </>
      }
    >
      <div className={classes.lanes} role="table" aria-label={t('process.title')}>
        <div role="row" className={classes.head}>
          <span role="columnheader">{t('phase')}</span>
          <span role="columnheader">{t('process.theirs')}</span>
          <span role="columnheader">{t('process.ours')}</span>
        </div>
        {PHASES.map((id, i) => {
          const phase = index.phases.get(id)!
          const theirs = steps
            .filter((step) => phaseOf(step) === id)
            .sort((a, b) => (a.on ?? '9').localeCompare(b.on ?? '9'))
          const ours = (whole.ourStep ?? []).filter((step) => step.phase === id)
          const here = id === brief.position.leading
          const share = brief.position.phases[id]
          return (
            <div
              key={id}
              role="row"
              className={classes.phase}
              data-here={here}
              data-past={i < PHASES.indexOf(brief.position.leading)}
            >
              <div role="rowheader">
                <strong>{text(phase.name)}</strong>
                <Text size="xs" c="dimmed">
                  {text(phase.customerAsks)}
                </Text>
                {here && (
                  <Text size="xs" fw={600} c="tide">
                    {t('process.here', { share: format.percent(share) })}
                  </Text>
                )}
              </div>
              <div role="cell">
                {theirs.length === 0 ? (
                  <Text size="xs" c="dimmed">
                    {t('process.nothingKnown')}
                  </Text>
                ) : (
                  <Lines>{theirs.map(item)}</Lines>
                )}
              </div>
              <div role="cell">
                <Text size="sm">{text(phase.ourStep.name)}</Text>
                {ours.map((step) => (
                  <div key={step.id} className={classes.our}>
                    <Text size="xs" c="dimmed">
                      {step.status === 'skipped' ? (
                        t('ourStepStatus.skipped')
                      ) : (
                        <>
                          <IconCheck size={13} aria-hidden /> {t('ourStepStatus.done')}
                        </>
                      )}
                      {step.on ? ` · ${format.day(step.on)}` : ''}
                      {step.evidence || step.reason
                        ? ` · ${step.evidence ?? step.reason}`
                        : step.status === 'skipped'
                          ? ''
                          : ` · ${t('process.noEvidence')}`}
                    </Text>
                    <EditButton editing={{ target: 'ourStep', id: step.id }} name={text(phase.ourStep.name)} />
                  </div>
                ))}
                {ours.length === 0 && may.write && (
                  <AddButton editing={{ target: 'ourStep', prefill: { phase: id } }}>{t('process.markDone')}</AddButton>
                )}
              </div>
            </div>
          )
        })}
      </div>
      {unplaced.length > 0 && <Lines label={t('process.unplaced')}>{unplaced.map(item)}</Lines>}
    </Panel>
  )
}

function Commitments() {
  const t = useDealWords()
  const format = useFormat()
  const { whole, may, asOf } = useDealView()
  const run = useEdits()
  const list = [...(whole.commitment ?? [])].sort(
    (a, b) =>
      Number(a.doneOn !== undefined) - Number(b.doneOn !== undefined) || (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'),
  )
  return (
    <Panel
      title={t('commitments.title')}
      says={t('commitments.says')}
      id="commitments"
      actions={<AddButton editing={{ target: 'commitment' }}>{t('commitments.add')}</AddButton>}
    >
      {list.length === 0 && (
        <Nothing>
          {whole.deal.emptyLists?.includes('commitments') ? t('commitments.knownNone') : t('commitments.none')}
        </Nothing>
      )}
      <Lines>
        {list.map((one) => {
          const late = !one.doneOn && one.dueOn !== undefined && one.dueOn < asOf
          return (
            <Line
              key={one.id}
              dim={one.doneOn !== undefined}
              actions={<EditButton editing={{ target: 'commitment', id: one.id }} name={one.what} />}
            >
              <span className={classes.step}>
                <Checkbox
                  size="xs"
                  classNames={{ label: classes.check! }}
                  checked={one.doneOn !== undefined}
                  disabled={!may.write}
                  label={one.what}
                  onChange={(event) =>
                    run(t('commitments.changed'), (batch) =>
                      batch.update('commitment', one, { doneOn: event.currentTarget.checked ? asOf : null }),
                    )
                  }
                />
                <Text span size="xs" c={late ? 'red' : 'dimmed'}>
                  {[
                    one.who,
                    t('commitments.promised', { day: format.day(one.promisedOn) }),
                    one.doneOn
                      ? t('commitments.doneOn', { day: format.day(one.doneOn) })
                      : one.dueOn
                        ? t(late ? 'lateSince' : 'commitments.due', { day: format.day(one.dueOn) })
                        : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </span>
            </Line>
          )
        })}
      </Lines>
    </Panel>
  )
}
