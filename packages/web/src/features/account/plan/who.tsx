import { Text, VisuallyHidden } from '@mantine/core'
import { oursColumns } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import account from '../account.module.css'
import classes from './plan.module.css'
import type { PlanData } from './query.ts'
import { usePlanWords } from './words.ts'

/** Who of ours knows whom of theirs, over all deals; an empty row of somebody who decides is red. */
export function WhoKnowsWhom({ plan }: { plan: PlanData }) {
  const t = usePlanWords()
  const format = useFormat()
  if (plan.people.length === 0) return null
  const columns = oursColumns(plan)
  return (
    <section className={account.card}>
      <h2>{t('who')}</h2>
      <Text size="xs" c="dimmed" mb="xs">
        {t('whoSays')}
      </Text>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.wide} role="region" aria-label={t('who')} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('person')}</th>
              {columns.map((ours) => (
                <th key={ours ?? ''} scope="col">
                  {ours ?? t('notSaid')}
                </th>
              ))}
              <th scope="col">{t('due')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.people.map((person) => (
              <tr key={`${person.name} ${person.title ?? ''}`}>
                <th scope="row">
                  {person.name}
                  <Text size="xs" fw={400} c="dimmed">
                    {[person.title, person.units.join(' · ')].filter(Boolean).join(' · ')}
                  </Text>
                </th>
                {columns.map((ours) => {
                  const cell = person.cells.find((one) => one.ours === ours)
                  return (
                    <td key={ours ?? ''} className={!cell && person.red ? classes.gap : undefined}>
                      {cell ? (
                        <>
                          {format.day(cell.last)}{' '}
                          <Text span size="xs" c="dimmed">
                            {t('times', { count: cell.times })}
                          </Text>
                        </>
                      ) : (
                        <VisuallyHidden>{t('empty')}</VisuallyHidden>
                      )}
                    </td>
                  )
                })}
                <td className={person.red ? classes.red : undefined}>
                  {person.due === null ? t('never') : format.day(person.due)}
                  {person.overdue && ` (${t('overdue')})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
