import type { DealRow } from '@sente/api'
import { Link } from '@tanstack/react-router'
import { useToday } from '../../shared/api/me.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useWidth } from '../../shared/measure/use-width.ts'
import { EmptyState } from '../../shared/states/states.tsx'
import classes from './account.module.css'
import { layoutDeals } from './model.ts'
import { useAccountWords } from './words.ts'

/** Room that the name of a month takes, in pixels. */
const TICK = 76
const PHASES = ['frame', 'need', 'define', 'evaluate', 'risk', 'commit', 'implement', 'realize']

/** All deals on one line of time: solid what has been, open what is expected until the decision; the colour is the customer's phase. */
export function Timeline({ deals }: { deals: DealRow[] }) {
  const t = useAccountWords()
  const format = useFormat()
  const today = useToday()
  const [axis, width] = useWidth<HTMLDivElement>()
  if (deals.length === 0)
    return (
      <section className={classes.card}>
        <h2>{t('deals')}</h2>
        <EmptyState title={t('noDeals')} />
      </section>
    )
  const { rows, ticks, now } = layoutDeals(deals, today, Math.max(1, Math.floor((width ?? 400) / TICK)))
  const percent = (share: number): string => `${(100 * share).toFixed(2)}%`
  return (
    <section className={classes.card} aria-label={t('deals')}>
      <h2>{t('deals')}</h2>
      <div className={classes.time}>
        <div className={classes.ticks} ref={axis} aria-hidden>
          {ticks.map(({ at, on }) => (
            <span key={on} style={{ left: percent(at) }}>
              {format.month(on)}
            </span>
          ))}
        </div>
        <ul className={classes.rows}>
          {rows.map(({ deal, from, to, until }) => (
            <li key={deal.id}>
              <div className={classes.label}>
                <Link to="/deals/$dealId" params={{ dealId: deal.id }}>
                  {deal.name}
                </Link>
                <span>
                  {t(`status.${deal.status}`)}
                  {deal.amount && ` · ${format.money(deal.amount, true)}`}
                  {deal.summary?.lead.state === 'behind' && (
                    <b className={classes.red}>{` · ${t('behind', { days: -(deal.summary.lead.days ?? 0) })}`}</b>
                  )}
                  {deal.summary?.lead.state === 'ahead' && ` · ${t('ahead', { days: deal.summary.lead.days ?? 0 })}`}
                  {deal.summary?.lead.state === 'covered' && ` · ${t('covered')}`}
                </span>
              </div>
              <div className={classes.track}>
                <i
                  className={classes.bar}
                  style={{
                    left: percent(from),
                    width: percent(Math.max(0.006, to - from)),
                    background: deal.summary?.phase
                      ? `var(--s-phase-${PHASES.indexOf(deal.summary.phase)})`
                      : 'var(--s-hair)',
                  }}
                  data-status={deal.status}
                />
                {until > to && (
                  <i className={classes.ahead} style={{ left: percent(to), width: percent(until - to) }} />
                )}
              </div>
            </li>
          ))}
        </ul>
        <div className={classes.over} aria-hidden>
          <i className={classes.today} style={{ left: percent(now) }} title={t('today')} />
        </div>
      </div>
    </section>
  )
}
