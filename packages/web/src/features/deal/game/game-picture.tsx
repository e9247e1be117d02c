import { useMediaQuery } from '@mantine/hooks'
import type { WarGame } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import classes from './game.module.css'
import { useGameWords } from './words.ts'

const ROW = 30
/** Room for names and figures beside the axis; on a phone both stand closer. */
const WIDE = { width: 640, left: 150, right: 56 }
const NARROW = { width: 350, left: 104, right: 40 }

/** Each way of playing as a dot for the share won, with a line for what 80 % of the variations say; against one policy the mix stays as a ring. */
export function GamePicture({ game, policy }: { game: WarGame; policy: string | null }) {
  const t = useGameWords()
  const text = useText()
  const format = useFormat()
  const { width, left, right } = useMediaQuery('(max-width: 48em)') ? NARROW : WIDE
  const rows = game.strategies.filter(({ playable, id }) => playable && id !== 'leave')
  const most = Math.min(1, Math.max(0.3, ...rows.map(({ won }) => won.high)) * 1.05)
  const x = (share: number): number => left + (share / most) * (width - left - right)
  const height = rows.length * ROW + 22
  const ticks = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].filter(
    (share) => share <= most && (most < 0.45 || Math.round(share * 10) % 2 === 0),
  )
  return (
    <figure className={classes.picture}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('picture')}>
        {ticks.map((share) => (
          <g key={share}>
            <line x1={x(share)} x2={x(share)} y1="0" y2={height - 18} className={classes.grid} />
            <text x={x(share)} y={height - 5} textAnchor="middle" className={classes.small}>
              {format.percent(share)}
            </text>
          </g>
        ))}
        {rows.map(({ id, name, won, level }, i) => {
          const y = i * ROW + ROW / 2
          const cell = policy === null ? null : game.cells.find((one) => one.strategy === id && one.policy === policy)
          const value = cell ? cell.won : won.value
          const best = id === game.recommended!.strategy
          return (
            <g key={id} className={best ? classes.bestRow : level ? classes.levelRow : classes.row}>
              <title>
                {t('bar', {
                  name: text(name),
                  won: format.percent(value),
                  low: format.percent(won.low),
                  high: format.percent(won.high),
                })}
              </title>
              <text x={left - 8} y={y + 4} textAnchor="end" className={classes.name}>
                {text(name)}
              </text>
              {cell ? (
                <>
                  <line x1={x(won.value)} x2={x(value)} y1={y} y2={y} className={classes.moved} />
                  <circle cx={x(won.value)} cy={y} r="4.5" className={classes.ring} />
                </>
              ) : (
                <line x1={x(won.low)} x2={x(won.high)} y1={y} y2={y} className={classes.whisker} />
              )}
              <circle cx={x(value)} cy={y} r="5.5" className={classes.dot} />
              <text
                x={cell ? Math.max(x(value), x(won.value)) + 10 : x(won.high) + 8}
                y={y + 4}
                className={classes.value}
              >
                {format.percent(value)}
              </text>
            </g>
          )
        })}
      </svg>
    </figure>
  )
}
