import { Text } from '@mantine/core'
import { dayNumber, plainDate } from '@sente/engine'
import type { WarGame } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { Panel } from '../parts/panel.tsx'
import classes from './game.module.css'
import { usePoints } from './game-tables.tsx'
import { useGameWords } from './words.ts'

const WIDTH = 400
const HEIGHT = 110
const LEFT = 28
const FOOT = 18

/** What the rival's visit to the number one takes, by its day: with the recommended way of playing, and with nothing done. */
export function Visit({ game }: { game: WarGame }) {
  const t = useGameWords()
  const text = useText()
  const format = useFormat()
  const points = usePoints()
  const { visit } = game
  if (!visit || visit.days.length < 2) return null
  const best = game.strategies.find(({ id }) => id === game.recommended!.strategy)!
  const day = (on: string): number => dayNumber(plainDate(on))
  const [first, last] = [visit.days[0]!, visit.days.at(-1)!]
  const most = Math.max(0.01, ...visit.days.flatMap(({ loss, ifNothing }) => [loss, ifNothing]))
  const x = (on: string): number =>
    LEFT + ((day(on) - day(first.on)) / Math.max(1, day(last.on) - day(first.on))) * (WIDTH - LEFT - 8)
  const y = (loss: number): number => HEIGHT - FOOT - (Math.max(0, loss) / most) * (HEIGHT - FOOT - 10)
  const line = (of: 'loss' | 'ifNothing'): string =>
    visit.days.map((one, i) => `${i === 0 ? 'M' : 'L'}${x(one.on).toFixed(1)} ${y(one[of]).toFixed(1)}`).join(' ')
  return (
    <Panel title={t('visit')} says={t('visitSays')} id="visit">
      <Text size="sm">{text(visit.says)}</Text>
      <figure className={classes.curve}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('visitPicture')}>
          <line x1={LEFT} x2={WIDTH - 8} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className={classes.axis} />
          <text x={LEFT - 5} y={y(most) + 4} textAnchor="end" className={classes.small}>
            {points(most)}
          </text>
          <text x={LEFT - 5} y={HEIGHT - FOOT} textAnchor="end" className={classes.small}>
            0
          </text>
          <path d={line('ifNothing')} className={classes.dashed} />
          <path d={line('loss')} className={classes.line} />
          {visit.worst && (
            <circle
              cx={x(visit.worst)}
              cy={y(visit.days.find(({ on }) => on === visit.worst)!.loss)}
              r="4.5"
              className={classes.worst}
            />
          )}
          <text x={LEFT} y={HEIGHT - 3} className={classes.small}>
            {format.shortDay(first.on)}
          </text>
          <text x={WIDTH - 8} y={HEIGHT - 3} textAnchor="end" className={classes.small}>
            {format.day(last.on)}
          </text>
        </svg>
        <figcaption>
          <ul className={classes.legend}>
            <li>
              <svg viewBox="0 0 20 12" aria-hidden>
                <path d="M1 6H19" className={classes.line} />
              </svg>
              {t('ifBest', { name: text(best.name) })}
            </li>
            <li>
              <svg viewBox="0 0 20 12" aria-hidden>
                <path d="M1 6H19" className={classes.dashed} />
              </svg>
              {t('ifNothing')}
            </li>
          </ul>
        </figcaption>
      </figure>
    </Panel>
  )
}
