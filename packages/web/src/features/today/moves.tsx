import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { routes } from '@sente/client'
import { IconCheck, IconFlag, IconHandStop, IconPlayerPlay } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { undoChange } from '../../shared/api/undo-change.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodNames } from './names.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import { Card, DealLink } from './card.tsx'
import { todayQuery } from './query.ts'
import type { TodayData } from './query.ts'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

type Move = TodayData['moves'][number]
const ICONS = { planned: IconPlayerPlay, 'start-by': IconFlag, commitment: IconHandStop } as const

/** What is to be done, the latest first; a planned step is ticked off here. */
export function Moves({ moves, today }: { moves: Move[]; today: string }) {
  const t = useTodayWords()
  const format = useFormat()
  const text = useText()
  const names = useMethodNames()
  const client = useQueryClient()
  const what = (move: Move): string => {
    if (move.what !== undefined) return move.what
    if (move.kind === 'start-by') return t('startProof', { proof: names.proof(move.topic, move.proof, text) })
    return move.play === undefined ? t('step') : names.play(move.play, text)
  }
  const done = async (move: Move): Promise<void> => {
    const id = move.planStepId!
    const before = client.getQueryData(todayQuery.queryKey)
    client.setQueryData(todayQuery.queryKey, (data) => data && { ...data, moves: data.moves.filter(({ planStepId }) => planStepId !== id) })
    try {
      const { changeSet } = await change(routes.facts.planStep.update, { params: { dealId: move.dealId, id }, body: { status: 'done', on: today } })
      offerUndo(t('doneSays', { what: what(move) }), async () => {
        await undoChange({ dealId: move.dealId, recordId: id, changeSet })
        await client.invalidateQueries({ queryKey: keys.today })
      })
      await client.invalidateQueries({ queryKey: keys.deal(move.dealId) })
    } catch {
      client.setQueryData(todayQuery.queryKey, before)
      say(t('notDone'), 'danger')
    }
  }
  return (
    <Card title={t('moves')} empty={t('movesEmpty')} items={moves}>
      {(move) => {
        const Icon = ICONS[move.kind]
        return (
          <li key={`${move.kind}${move.dealId}${move.planStepId ?? `${move.topic}${move.proof}${move.what}`}`} className={classes.item}>
            <span className={classes.kind} data-late={move.late || undefined}>
              <Icon size={16} stroke={1.8} aria-hidden />
            </span>
            <span className={classes.body}>
              <Text size="sm" fw={550} component="span">
                {what(move)}
              </Text>
              {move.with.length > 0 && (
                <Text size="sm" component="span" c="dimmed">
                  {t('with', { people: format.list(move.with.map(({ name }) => name)) })}
                </Text>
              )}
              <DealLink dealId={move.dealId} deal={move.deal} account={move.account} section={move.kind === 'start-by' ? 'risks' : 'plan'} />
            </span>
            <span className={classes.due} data-late={move.late || undefined}>
              <span className={classes.dueKind}>{t(`kind.${move.kind}`)}</span>
              <time dateTime={move.due}>{move.due === today ? t('today') : format.shortDay(move.due)}</time>
              {move.late && <span className={classes.late}>{t('late')}</span>}
            </span>
            {move.kind === 'planned' && move.planStepId !== undefined ? (
              <Tooltip label={t('tick')}>
                <ActionIcon variant="default" size="md" aria-label={t('tickOf', { what: what(move) })} onClick={() => void done(move)}>
                  <IconCheck size={16} />
                </ActionIcon>
              </Tooltip>
            ) : (
              <span className={classes.gap} />
            )}
          </li>
        )
      }}
    </Card>
  )
}
