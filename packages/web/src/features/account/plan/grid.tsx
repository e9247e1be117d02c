import { Text } from '@mantine/core'
import { unitRows } from '@sente/engine'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import account from '../account.module.css'
import classes from './plan.module.css'
import type { PlanData } from './query.ts'
import { usePlanWords } from './words.ts'

/** Units down, offers across: what is there, why, and who would decide. White space is what one comes here for. */
export function UnitGrid({ plan }: { plan: PlanData }) {
  const t = usePlanWords()
  const format = useFormat()
  const { share, assumed } = plan.filled
  return (
    <section className={account.card}>
      <h2>{t('grid')}</h2>
      <Text size="xs" c="dimmed" mb="xs">
        {t('gridSays')}{' '}
        {assumed > 0
          ? t('filledAssumed', { share: format.percent(share), assumed: format.percent(assumed) })
          : t('filled', { share: format.percent(share) })}
      </Text>
      {/* Focusable, so that whoever uses the keyboard can move it sideways. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.wide} role="region" aria-label={t('grid')} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('unit')}</th>
              {plan.offers.map((offer) => (
                <th key={offer} scope="col">
                  {offer}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {unitRows(plan).map((row) => (
              <UnitRow key={row.unit} row={row} dealIds={plan.dealIds} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function UnitRow({
  row: { unit, decider, cells },
  dealIds,
}: {
  row: ReturnType<typeof unitRows>[number]
  dealIds: PlanData['dealIds']
}) {
  const t = usePlanWords()
  return (
    <tr>
      <th scope="row">
        {unit}
        <Text size="xs" fw={400} {...(decider ? { c: 'dimmed' } : { className: classes.red! })}>
          {decider ? t(decider.group ? 'decidesGroup' : 'decides', { name: decider.name }) : t('nobody')}
        </Text>
      </th>
      {cells.map((cell) => (
        <Cell key={cell.offer} cell={cell} dealId={cell.deal === null ? undefined : dealIds[cell.deal]} />
      ))}
    </tr>
  )
}

function Cell({ cell, dealId }: { cell: PlanData['grid'][number]; dealId: string | undefined }) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const { state, on } = cell.claim
  const status = t(`status.${cell.status}`)
  return (
    <td className={classes.cell} data-status={cell.status}>
      <Text size="sm" fw={550}>
        {dealId === undefined ? (
          status
        ) : (
          <Link to="/deals/$dealId" params={{ dealId }}>
            {status}
          </Link>
        )}
      </Text>
      <Text size="xs">{text(cell.reason)}</Text>
      <Text size="xs" c="dimmed">
        {on === null || state === 'assumed'
          ? t(`claim.${state}`)
          : t('claimOn', { state: t(`claim.${state}`), day: format.day(on) })}
      </Text>
    </td>
  )
}
