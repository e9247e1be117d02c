import type { Step } from '@sente/engine'
import type { ReactNode } from 'react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { usePlanWords } from '../plan/words.ts'
import classes from './next.module.css'
import { useStepNames } from './use-act.ts'

/** All there is to a step: its window, what to bring for whom, the ask, why not earlier and not later, plan B, what belongs to it. */
export function StepDetails({ answer, step }: { answer: Pick<PlanAnswer, 'people' | 'ours'>; step: Step }) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const { asOf } = useDealView()
  const { nameOf, oursOf } = useStepNames(answer)
  const window =
    step.earliest === step.latest
      ? t('step.only', { day: format.shortDay(step.on) })
      : t('step.between', { from: format.shortDay(step.earliest), to: format.shortDay(step.latest) })
  const begin =
    step.start >= step.on
      ? ''
      : step.start <= asOf
        ? t('step.beginNow')
        : t('step.begin', { day: format.shortDay(step.start) })
  const proofs = step.bring.proofs.map(({ name, for: who, startBy }) =>
    startBy < asOf
      ? t('step.proof', { proof: text(name), person: nameOf(who) })
      : t('step.proofBy', { proof: text(name), person: nameOf(who), day: format.shortDay(startBy) }),
  )
  return (
    <dl className={classes.details}>
      <Detail name={t('step.when')}>{window + begin}</Detail>
      <Detail name={t('step.goes')}>{step.ours === null ? t('step.noOurs') : oursOf(step.ours)}</Detail>
      <Detail name={t('step.bring')}>
        {text(step.bring.what)}
        {proofs.length > 0 && (
          <ul>
            {proofs.map((proof) => (
              <li key={proof}>{proof}</li>
            ))}
          </ul>
        )}
      </Detail>
      <Detail name={t('step.ask')}>{text(step.ask)}</Detail>
      {step.why.length > 0 && (
        <Detail name={t('step.why')}>
          <ul>
            {step.why.map((why) => (
              <li key={why.en}>{text(why)}</li>
            ))}
          </ul>
        </Detail>
      )}
      {step.first.length > 0 && (
        <Detail name={t('step.first')}>{step.first.map(({ what }) => text(what)).join(t('step.semi'))}</Detail>
      )}
      {step.ifDeclined && <Detail name={t('step.planB')}>{text(step.ifDeclined.says)}</Detail>}
      {step.linked.length > 0 && (
        <Detail name={t('step.linked')}>{step.linked.map(({ says }) => text(says)).join(t('step.semi'))}</Detail>
      )}
    </dl>
  )
}

const Detail = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
