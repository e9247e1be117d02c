import { Button, Group, Progress, SegmentedControl, Text } from '@mantine/core'
import { IconDoorEnter, IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { WarGame } from '@sente/engine'
import { useState } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import stack from '../deal.module.css'
import { Nothing, Panel } from '../parts/panel.tsx'
import { Decisions } from './decisions.tsx'
import { GamePicture } from './game-picture.tsx'
import { Cells, Outcomes } from './game-tables.tsx'
import classes from './game.module.css'
import { Rests } from './rests.tsx'
import { Turns } from './turns.tsx'
import { useGame } from './use-game.ts'
import { Visit } from './visit.tsx'
import { useGameWords } from './words.ts'

/** The deal played against what rivals may do: what comes out best, until when, and what to ask first. */
export function GameSection() {
  const t = useGameWords()
  const text = useText()
  const format = useFormat()
  const { dealId, may } = useDealView()
  const { state, game, stop, again, seed } = useGame()
  const [policy, setPolicy] = useState<string | null>(null)
  const tomorrow = game?.tomorrow?.policy
  const playing = state.kind === 'playing'
  return (
    <div className={stack.stack}>
      <Panel
        title={t('title')}
        says={t('says', { paths: format.number(game?.paths || 10_000) })}
        id="game"
        actions={
          <>
            {tomorrow !== undefined && (
              <Button
                size="xs"
                variant={policy === tomorrow ? 'filled' : 'default'}
                leftSection={<IconDoorEnter size={15} />}
                aria-pressed={policy === tomorrow}
                onClick={() => setPolicy(policy === tomorrow ? null : tomorrow)}
              >
                {t('tomorrow')}
              </Button>
            )}
            {playing ? (
              <Button size="xs" variant="default" leftSection={<IconPlayerStop size={15} />} onClick={stop}>
                {t('stop')}
              </Button>
            ) : (
              <Button size="xs" variant="default" leftSection={<IconRefresh size={15} />} onClick={again}>
                {t(game ? 'again' : 'play')}
              </Button>
            )}
          </>
        }
      >
        <div role="status" className={classes.status}>
          {playing && (
            <>
              <Progress value={100 * state.share} size="xs" aria-label={t('title')} />
              <Text size="xs" c="dimmed">
                {t('playing', { share: format.percent(state.share) })}
              </Text>
            </>
          )}
          {state.kind === 'stopped' && <Text size="sm">{t('stopped')}</Text>}
          {state.kind === 'failed' && (
            <Text size="sm" className={classes.failed}>
              {t('failed')}
            </Text>
          )}
        </div>
        {game && game.state !== 'played' && (
          <Nothing>
            {game.why && text(game.why)}{' '}
            {game.state === 'unknown-position' && may.write && (
              <Link to="/deals/$dealId/$section" params={{ dealId, section: 'evidence' }}>
                {t('addSign')}
              </Link>
            )}
          </Nothing>
        )}
        {game?.recommended && (
          <>
            <Text fw={650}>{text(game.recommended.says)}</Text>
            {policy !== null && policy === tomorrow && game.tomorrow && (
              <Text size="sm" mt={4}>
                {text(game.tomorrow.says)}
              </Text>
            )}
            <Choice game={game} policy={policy} choose={setPolicy} />
            <GamePicture game={game} policy={policy} />
            <Outcomes game={game} policy={policy} />
            <Group justify="space-between" gap="xs">
              <Text size="xs" c="dimmed" maw="80ch">
                {t('worthSays')} {t('assumed')}
              </Text>
              <Text size="xs" c="dimmed">
                {t('seed', { seed })}
              </Text>
            </Group>
          </>
        )}
      </Panel>
      {game?.recommended && (
        <>
          <div className={`${stack.columns} ${stack.even}`}>
            <Turns game={game} />
            <div className={stack.stack}>
              <Visit game={game} />
              <Decisions game={game} />
            </div>
          </div>
          <Cells game={game} />
          <Rests game={game} />
        </>
      )}
    </div>
  )
}

/** Against which policy of the rival: their mix, or one of them. */
function Choice({
  game,
  policy,
  choose,
}: {
  game: WarGame
  policy: string | null
  choose: (policy: string | null) => void
}) {
  const t = useGameWords()
  const text = useText()
  return (
    <div className={classes.choice}>
      <SegmentedControl
        size="xs"
        aria-label={t('against')}
        value={policy ?? ''}
        onChange={(value) => choose(value === '' ? null : value)}
        data={[
          { value: '', label: t('mix') },
          ...game.policies.filter(({ share }) => share > 0).map(({ id, name }) => ({ value: id, label: text(name) })),
        ]}
      />
    </div>
  )
}
