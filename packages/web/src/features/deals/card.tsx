import type { DealRow } from '@sente/api'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../shared/format/format.ts'
import { CrmWords, LeadWords, PhaseCell } from './cells.tsx'
import classes from './deals.module.css'
import { useDealsWords } from './words.ts'

/** A deal as a row on a telephone, and, `narrow`, on the board, whose column says the phase. */
export function DealCard({ deal, narrow = false }: { deal: DealRow; narrow?: boolean }) {
  const t = useDealsWords()
  const format = useFormat()
  const { summary, account, owner } = deal
  const whose = [account?.name, owner.name].filter((name) => name !== undefined)
  return (
    <Link to="/deals/$dealId" params={{ dealId: deal.id }} className={classes.card} data-narrow={narrow || undefined}>
      <span className={classes.cardName}>{deal.name}</span>
      {(narrow ? whose : [whose.join(' · ')]).map((line) => (
        <span key={line} className={classes.cardOf}>
          {line}
        </span>
      ))}
      {!narrow && <PhaseCell deal={deal} />}
      {!narrow && <CrmWords deal={deal} />}
      <span className={classes.cardFoot}>
        <LeadWords deal={deal} />
        {summary !== undefined && summary.dangers > 0 && (
          <span
            className={classes.red}
            title={t('dangersSay', { count: summary.dangers })}
          >{`▲ ${summary.dangers}`}</span>
        )}
        {summary?.cover !== undefined && (
          <span className={classes.cardCover}>{t('coverOf', { share: format.percent(summary.cover) })}</span>
        )}
        {deal.amount && <span className={classes.cardAmount}>{format.money(deal.amount, true)}</span>}
      </span>
    </Link>
  )
}
