import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../../shared/format/format.ts'
import classes from './deals.module.css'
import type { DealsSearch } from './model.ts'
import { pipelineQuery } from './query.ts'
import { sums } from './sums.ts'
import { useDealsWords } from './words.ts'

/** Counts and amounts of all that the filter lets through, each currency by itself. */
export function Totals({ search }: { search: DealsSearch }) {
  const t = useDealsWords()
  const format = useFormat()
  const { data } = useQuery(pipelineQuery(search))
  // Its place is kept, so that nothing moves when it comes.
  if (!data) return <div className={classes.totals} />
  const behind = data.cells.reduce((sum, cell) => sum + cell.behind, 0)
  return (
    <div className={classes.totals} role="status">
      <span>{t('count', { count: data.total })}</span>
      {sums(data.cells).map((money) => (
        <span key={money.currency} className={classes.sum}>
          {format.money(money, true)}
        </span>
      ))}
      {behind > 0 && <span className={classes.behind}>{t('behindOf', { count: behind })}</span>}
      {data.stale > 0 && <span className={classes.hint}>{t('stale', { count: data.stale })}</span>}
    </div>
  )
}
