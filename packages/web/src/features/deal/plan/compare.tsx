import { Button, NativeSelect, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import { addDays, plainDate } from '@sente/engine'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'
import { planQuery, planThenQuery } from '../../../shared/api/plan.ts'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { ErrorState, Waiting } from '../../../shared/states/states.tsx'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { Panel } from '../parts/panel.tsx'
import { differs, sidesOf } from './model.ts'
import type { Sides } from './model.ts'
import classes from './plan.module.css'
import { usePlanWords } from './words.ts'

const PLANS = ['now', 'steady', 'swift', 'earlier'] as const
type Which = (typeof PLANS)[number]

/** Any two plans of the deal, day beside day; the deal goes by the style that is chosen. */
export function ComparePanel() {
  const t = usePlanWords()
  const [open, setOpen] = useState(false)
  const { past } = useDealView()
  if (past) return null
  return (
    <Panel
      title={t('compare.title')}
      says={t('compare.says')}
      id="compare"
      actions={
        <Button size="compact-sm" variant="light" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('compare.close') : t('compare.open')}
        </Button>
      }
    >
      {open && <Comparison />}
    </Panel>
  )
}

/** A month is a fair first question: what has become of what we meant to do then. */
const BACK_DAYS = 30

function Comparison() {
  const t = usePlanWords()
  const { asOf } = useDealView()
  const [chosen, setChosen] = useState<readonly [Which, Which]>(['steady', 'swift'])
  const [day, setDay] = useState<string>(addDays(plainDate(asOf), -BACK_DAYS))
  const [left, right] = [usePlan(chosen[0], day), usePlan(chosen[1], day)]
  const [failed] = [left, right].filter(({ error }) => error)
  return (
    <>
      <div className={`${classes.choices} no-print`}>
        {(['left', 'right'] as const).map((side, i) => (
          <NativeSelect
            key={side}
            size="xs"
            label={t(`compare.${side}`)}
            value={chosen[i]!}
            onChange={(event) => setChosen(chosen.with(i, event.currentTarget.value as Which) as [Which, Which])}
            data={PLANS.map((which) => ({ value: which, label: t(`compare.${which}`) }))}
          />
        ))}
        {chosen.includes('earlier') && (
          <TextInput
            size="xs"
            type="date"
            label={t('compare.day')}
            max={addDays(plainDate(asOf), -1)}
            value={day}
            onChange={(event) => event.currentTarget.value !== '' && setDay(event.currentTarget.value)}
          />
        )}
      </div>
      {chosen[0] === chosen[1] ? (
        <p className={classes.nothing}>{t('compare.same')}</p>
      ) : failed ? (
        <ErrorState error={failed.error} retry={() => void failed.refetch()} />
      ) : left.data && right.data ? (
        <Table chosen={chosen} left={left.data} right={right.data} day={day} />
      ) : (
        <Waiting like="rows" count={6} />
      )}
    </>
  )
}

interface PlanRead {
  data: PlanAnswer | undefined
  error: unknown
  refetch: () => unknown
}

/** The plan as it lives, in a style, or as it stood on an earlier day; where none is kept from then, as it would have been made. */
function usePlan(which: Which, day: string): PlanRead {
  const { dealId } = useDealView()
  const styled = which === 'steady' || which === 'swift'
  const styles = useQuery({
    queryKey: [...keys.dealPlan(dealId), 'compare'],
    queryFn: ({ signal }) => api.call(routes.plan.compare, { params: { dealId }, signal }),
    enabled: styled,
  })
  const now = useQuery({ ...planQuery(dealId), enabled: which === 'now' })
  const then = useQuery({ ...planThenQuery(dealId, day), enabled: which === 'earlier' })
  return styled ? { ...styles, data: styles.data?.[which] } : which === 'now' ? now : then
}

function Table({
  chosen,
  left,
  right,
  day,
}: {
  chosen: readonly [Which, Which]
  left: PlanAnswer
  right: PlanAnswer
  day: string
}) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const { whole, may } = useDealView()
  const run = useEdits()
  const now = whole.deal.style ?? 'steady'
  const sides = sidesOf(left.plan.steps, right.plan.steps)
  const names = new Map([...left.people, ...right.people].map(({ key, name }) => [key, name]))
  const team = new Map([...left.ours, ...right.ours].map(({ id, name }) => [id, name]))
  // Who goes is said where it is not the same on both sides.
  const says = (step: Sides['left'], other: Sides['left']): string =>
    step === undefined
      ? t('compare.absent')
      : [
          format.shortDay(step.on),
          other && step.ours !== other.ours && step.ours !== null ? (team.get(step.ours) ?? step.ours) : '',
        ]
          .filter(Boolean)
          .join(' · ')
  return (
    <>
      {[left, right].map(
        (answer, i) =>
          chosen[i] === 'earlier' && (
            <p key={i} className={classes.nothing}>
              {answer.kept === undefined
                ? t('compare.remade', { day: format.shortDay(day) })
                : t('compare.stood', { day: format.shortDay(day), made: format.shortDay(answer.kept) })}
            </p>
          ),
      )}
      {!sides.some(differs) && <p className={classes.nothing}>{t('compare.noDifference')}</p>}
      <table className={classes.compare}>
        <thead>
          <tr>
            <th scope="col">{t('compare.step')}</th>
            {chosen.map((which) => (
              <th key={which} scope="col">
                {which === 'earlier' ? format.shortDay(day) : t(`compare.${which}`)}
                {which === now && <span className={classes.faint}>{t('compare.chosen')}</span>}
                {(which === 'steady' || which === 'swift') && which !== now && may.write && (
                  <Button
                    size="compact-xs"
                    variant="light"
                    className="no-print"
                    onClick={() =>
                      run(t('compare.isChosen', { style: t(`compare.${which}`) }), (batch) =>
                        batch.update('deal', whole.deal, { style: which }),
                      )
                    }
                  >
                    {t('compare.choose')}
                  </Button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sides.map((one) => (
            <tr key={one.id} data-differs={differs(one) || undefined}>
              <th scope="row">
                {[format.list(one.with.map((key) => names.get(key) ?? key)), text(one.name)]
                  .filter(Boolean)
                  .join(' · ')}
              </th>
              <td>{says(one.left, one.right)}</td>
              <td>{says(one.right, one.left)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
