import type { Plan } from '@sente/engine'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useStepNames } from '../next/use-act.ts'
import classes from './plan.module.css'
import { usePlanWords } from './words.ts'

type Change = Plan['changed'][number]

/** What moved, came or went, each with its reason. */
export function Changes({
  answer,
  changed,
}: {
  answer: Pick<PlanAnswer, 'people' | 'ours'>
  changed: readonly (Change & { noticedOn?: string })[]
}) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const { index } = useDealView()
  const { nameOf } = useStepNames(answer)
  return (
    <ul className={classes.changes}>
      {changed.map((change) => {
        const name = index.plays.get(change.play)?.name
        const what = [format.list(change.with.map(nameOf)), name ? text(name) : change.play].filter(Boolean).join(' · ')
        const day = (on: string | null): string => (on === null ? '' : format.shortDay(on))
        return (
          <li key={`${change.kind}${change.play}${change.with.join()}${change.from}${change.to}${change.noticedOn}`}>
            <strong>
              {t(`changes.${change.kind}`, {
                from: day(change.from),
                to: day(change.to),
              })}
            </strong>{' '}
            {what}
            <span> {text(change.why)}</span>
          </li>
        )
      })}
    </ul>
  )
}
