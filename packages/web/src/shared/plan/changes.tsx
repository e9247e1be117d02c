import { useQuery } from '@tanstack/react-query'
import type { Plan } from '@sente/engine'
import type { PlanAnswer } from '../api/plan.ts'
import { useFormat } from '../format/format.ts'
import { useText } from '../i18n/use-lang.ts'
import { methodologyQuery } from '../method/methodology.ts'
import classes from './plan.module.css'
import { useActWords } from './words.ts'

type Change = Plan['changed'][number]

/** What moved, came or went in a plan, each with its reason. */
export function Changes({
  people,
  changed,
}: {
  people: PlanAnswer['people']
  changed: readonly (Change & { noticedOn?: string })[]
}) {
  const t = useActWords()
  const text = useText()
  const format = useFormat()
  const plays = useQuery(methodologyQuery).data?.plays.plays
  const nameOf = (key: string): string => people.find((one) => one.key === key)?.name ?? key
  const day = (on: string | null): string => (on === null ? '' : format.shortDay(on))
  return (
    <ul className={classes.changes}>
      {changed.map((change) => {
        const name = plays?.find(({ id }) => id === change.play)?.name
        const what = [format.list(change.with.map(nameOf)), name ? text(name) : ''].filter(Boolean).join(' · ')
        return (
          <li key={`${change.kind}${change.play}${change.with.join()}${change.from}${change.to}${change.noticedOn}`}>
            <strong>{t(`changes.${change.kind}`, { from: day(change.from), to: day(change.to) })}</strong> {what}
            <span> {text(change.why)}</span>
          </li>
        )
      })}
    </ul>
  )
}
