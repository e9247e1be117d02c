import { IconLock } from '@tabler/icons-react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { ActCard } from '../next/act-card.tsx'
import type { PlannedAct } from '../next/model.ts'
import { useStepNames } from '../next/use-act.ts'
import classes from './plan.module.css'
import { usePlanWords } from './words.ts'

/** The plan as a list, in the order in which to act: for a phone. A step is opened for all there is to it. */
export function StepList({ answer, acts }: { answer: PlanAnswer; acts: readonly PlannedAct[] }) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const { nameOf } = useStepNames(answer)
  if (acts.length === 0) return <p className={classes.nothing}>{t('next.nothing')}</p>
  return (
    <ol className={classes.steps} aria-label={t('picture.steps')}>
      {acts.map((act) => (
        <li key={act.own?.id ?? act.held?.id ?? `${act.step.play}~${act.step.with[0] ?? ''}~${act.step.on}`}>
          <details>
            <summary>
              <span className={classes.stepDay}>{format.shortDay(act.step.on)}</span>{' '}
              <strong>{format.list(act.step.with.map(nameOf))}</strong> {text(act.step.name)}{' '}
              {(act.own ?? act.held) && <IconLock size={14} aria-label={t(act.own ? 'next.accepted' : 'next.held')} />}
            </summary>
            <ActCard answer={answer} act={act} small details />
          </details>
        </li>
      ))}
    </ol>
  )
}
