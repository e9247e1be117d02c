import { Text } from '@mantine/core'
import type { WarGame } from '@sente/engine'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { Nothing, Panel } from '../parts/panel.tsx'
import classes from './game.module.css'
import { usePoints } from './game-tables.tsx'
import { useGameWords } from './words.ts'

const SIZE = 220
const LEFT = 22
const FOOT = 22

/** Until when the recommendation holds, and the one question worth asking first. */
export function Turns({ game }: { game: WarGame }) {
  const t = useGameWords()
  const text = useText()
  const points = usePoints()
  const { byKey } = useDealView()
  const { question } = game
  return (
    <Panel title={t('turns')} says={t('turnsSays')} id="turns">
      <ol className={classes.turns}>
        {game.turns.slice(0, 2).map(({ fact, says }) => (
          <li key={fact}>{text(says)}</li>
        ))}
      </ol>
      {game.map && <BestMap game={game} map={game.map} />}
      <h3 className={classes.sub}>{t('ask')}</h3>
      {question ? (
        <>
          <Text>
            {question.to !== null && byKey.get(question.to) && (
              <>{t('askWho', { person: byKey.get(question.to)!.name })} </>
            )}
            <strong>{text(question.text)}</strong>
          </Text>
          <Text size="xs" c="dimmed">
            {t('askSays', { points: points(question.worth) })}
          </Text>
        </>
      ) : (
        <Nothing>{t('noQuestion')}</Nothing>
      )}
    </Panel>
  )
}

/** Which way of playing is best at each pair of probabilities. */
function BestMap({ game, map }: { game: WarGame; map: NonNullable<WarGame['map']> }) {
  const t = useGameWords()
  const text = useText()
  const of = (fact: string) => game.turns.find((turn) => turn.fact === fact)!
  const [x, y] = [of(map.x), of(map.y)]
  const ids = [...new Set(map.best.flat())]
  const nameOf = (id: string) => text(game.strategies.find((one) => one.id === id)!.name)
  const cell = SIZE / map.best.length
  return (
    <figure className={classes.map}>
      <svg viewBox={`0 0 ${SIZE + LEFT + 4} ${SIZE + FOOT}`} role="img" aria-label={t('map')}>
        {map.best.map((row, j) =>
          row.map((id, i) => (
            <rect
              key={`${i} ${j}`}
              x={LEFT + i * cell}
              y={SIZE - (j + 1) * cell}
              width={cell - 1}
              height={cell - 1}
              className={classes[`fill${ids.indexOf(id) % 4}`]}
            >
              <title>{nameOf(id)}</title>
            </rect>
          )),
        )}
        <circle cx={LEFT + x.probability * SIZE} cy={SIZE - y.probability * SIZE} r="7" className={classes.now} />
        <text x={LEFT} y={SIZE + 15} className={classes.small}>
          1 {t('likelier')}
        </text>
        <text transform={`translate(13 ${SIZE}) rotate(-90)`} className={classes.small}>
          2 {t('likelier')}
        </text>
      </svg>
      <figcaption>
        <ul className={classes.legend}>
          {ids.map((id, i) => (
            <li key={id}>
              <svg viewBox="0 0 12 12" aria-hidden>
                <rect width="12" height="12" className={classes[`fill${i % 4}`]} />
              </svg>
              {nameOf(id)}
            </li>
          ))}
        </ul>
        <Text size="xs" c="dimmed">
          {t('map')}
        </Text>
      </figcaption>
    </figure>
  )
}
