import { Text } from '@mantine/core'
import type { WarGame } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { Panel } from '../parts/panel.tsx'
import classes from './game.module.css'
import { useGameWords } from './words.ts'

const WIDTH = 400
const HEIGHT = 92
const FOOT = 18

/** The days of the decision over all paths, in stretches of 30 days. */
export function Decisions({ game }: { game: WarGame }) {
  const t = useGameWords()
  const format = useFormat()
  const { decisions } = game
  if (!decisions) return null
  const { months, p10, p50, p90 } = decisions
  const most = Math.max(...months.map(({ share }) => share))
  const step = WIDTH / months.length
  return (
    <Panel title={t('decisions')} id="decisions">
      <Text size="sm">{t('decisionsSays', { p10: format.day(p10), p50: format.day(p50), p90: format.day(p90) })}</Text>
      <figure className={classes.curve}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('decisionsPicture')}>
          {months.map(({ from, share }, i) => (
            <rect
              key={from}
              x={i * step + 1}
              width={Math.max(1, step - 2)}
              y={HEIGHT - FOOT - (share / most) * (HEIGHT - FOOT - 4)}
              height={(share / most) * (HEIGHT - FOOT - 4)}
              className={from <= p50 && p50 < (months[i + 1]?.from ?? '9') ? classes.fill0 : classes.bar}
            >
              <title>{`${format.day(from)}: ${format.percent(share)}`}</title>
            </rect>
          ))}
          <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className={classes.axis} />
          <text x="0" y={HEIGHT - 3} className={classes.small}>
            {format.month(months[0]!.from)}
          </text>
          <text x={WIDTH} y={HEIGHT - 3} textAnchor="end" className={classes.small}>
            {format.month(months.at(-1)!.from)}
          </text>
        </svg>
      </figure>
    </Panel>
  )
}
