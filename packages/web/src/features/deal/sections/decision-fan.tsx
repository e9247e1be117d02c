import { dayNumber, plainDate } from '@sente/engine'
import type { Brief } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useDealWords } from '../words.ts'
import { Nothing } from '../parts/panel.tsx'
import classes from './outlook.module.css'

const WIDTH = 400

/** The decision between its earliest likely day and its latest: a fan from today to the middle of it. */
export function DecisionFan({ when, asOf }: { when: Brief['outlook']['when']; asOf: string }) {
  const t = useDealWords()
  const format = useFormat()
  if (!when?.p50) return <Nothing>{t('outlook.noDecisionDay')}</Nothing>
  const day = (on: string): number => dayNumber(plainDate(on)) - dayNumber(plainDate(asOf))
  const [early, middle] = [when.p10 ? day(when.p10) : 0, day(when.p50)]
  const late = when.p90 ? day(when.p90) : Math.round(middle * 1.8)
  const x = (days: number): number => 6 + (days / Math.max(late * 1.08, 1)) * (WIDTH - 12)
  const words = t('outlook.fan', {
    early: when.p10 ? format.day(when.p10) : t('form.unknown'),
    middle: format.day(when.p50),
    late: when.p90 ? format.day(when.p90) : t('outlook.later'),
  })
  return (
    <figure className={classes.fan}>
      <svg viewBox={`0 0 ${WIDTH} 46`} role="img" aria-label={words}>
        <line x1={x(0)} x2={WIDTH - 6} y1="32" y2="32" className={classes.axis} />
        <path
          d={`M${x(early)} 32 C${(x(early) + x(middle)) / 2} 32 ${(x(early) + x(middle)) / 2} 8 ${x(middle)} 8 C${(x(middle) + x(late)) / 2} 8 ${(x(middle) + x(late)) / 2} 32 ${x(late)} 32 Z`}
          className={classes.spread}
        />
        <line x1={x(middle)} x2={x(middle)} y1="6" y2="32" className={classes.middle} />
        <circle cx={x(0)} cy="32" r="3.5" className={classes.today} />
        <circle cx={x(middle)} cy="32" r="4" className={classes.mid} />
      </svg>
      <dl className={classes.days}>
        <div>
          <dt>{t('outlook.early')}</dt>
          <dd>{when.p10 ? format.day(when.p10) : '–'}</dd>
        </div>
        <div>
          <dt>{t('outlook.middle')}</dt>
          <dd>
            <strong>{format.day(when.p50)}</strong>
          </dd>
        </div>
        <div>
          <dt>{t('outlook.late')}</dt>
          <dd>{when.p90 ? format.day(when.p90) : t('outlook.later')}</dd>
        </div>
      </dl>
    </figure>
  )
}
