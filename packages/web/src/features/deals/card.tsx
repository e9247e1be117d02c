import type { DealRow } from '@sente/client'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../shared/format/format.ts'
import { LeadWords, PhaseCell } from './cells.tsx'
import classes from './deals.module.css'
import { useDealsWords } from './words.ts'

/** A deal on the board, and as a row on a telephone. */
export function DealCard({ deal, phase = true }: { deal: DealRow; phase?: boolean }) {
  const t = useDealsWords()
  const format = useFormat()
  const { summary } = deal
  return (
    <Link to="/deals/$dealId" params={{ dealId: deal.id }} className={classes.card}>
      <span className={classes.cardName}>{deal.name}</span>
      <span className={classes.cardOf}>
        {[deal.account?.name, deal.owner.name].filter(Boolean).join(' · ')}
      </span>
      {phase && <PhaseCell deal={deal} />}
      <span className={classes.cardFoot}>
        <LeadWords deal={deal} />
        {summary?.cover !== undefined && <span>{t('coverOf', { share: format.percent(summary.cover) })}</span>}
        {summary !== undefined && summary.dangers > 0 && <span className={classes.red}>{`▲ ${summary.dangers}`}</span>}
        <span className={classes.cardAmount}>{deal.amount && format.money(deal.amount, true)}</span>
      </span>
    </Link>
  )
}
