import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { routes } from '@sente/api'
import { IconCheck, IconFlag, IconHandStop, IconPlayerPlay } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Fragment } from 'react'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { undoChange } from '../../shared/api/undo-change.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodNames } from './names.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import { Card, DealLink } from './card.tsx'
import { daysApart } from './model.ts'
import type { Entry, Move } from './model.ts'
import { todayQuery } from './query.ts'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

const ICONS = { planned: IconPlayerPlay, 'start-by': IconFlag, commitment: IconHandStop } as const

/** What is to be done: the overdue, today's, what must be started at once, what comes; a planned step is ticked off here. */
export function Moves({ entries, today }: { entries: readonly Entry[]; today: string }) {
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
  const whom = (move: Move): string => format.list(move.with.map(({ name }) => name))
  const done = async (move: Move): Promise<void> => {
    const id = move.planStepId!
    const before = client.getQueryData(todayQuery.queryKey)
    client.setQueryData(
      todayQuery.queryKey,
      (data) => data && { ...data, moves: data.moves.filter(({ planStepId }) => planStepId !== id) },
    )
    try {
      const { changeSet } = await change(routes.facts.planStep.update, {
        params: { dealId: move.dealId, id },
        body: { status: 'done', on: today },
      })
      offerUndo(t('doneSays', { what: what(move) }), async () => {
        try {
          await undoChange({ dealId: move.dealId, recordId: id, changeSet })
        } catch {
          say(t('notUndone'), 'danger')
        }
        await client.invalidateQueries({ queryKey: keys.today })
      })
      await client.invalidateQueries({ queryKey: keys.deal(move.dealId) })
    } catch {
      client.setQueryData(todayQuery.queryKey, before)
      say(t('notDone'), 'danger')
    }
  }
  return (
    <Card
      title={t('moves')}
      empty={t('movesEmpty')}
      items={entries}
      count={entries.reduce((sum, { moves }) => sum + moves.length, 0)}
    >
      {({ time, moves }, i) => {
        const [move] = moves
        const Icon = ICONS[move.kind]
        const urgent = time === 'late' || time === 'atOnce'
        return (
          <Fragment key={`${move.kind}${move.dealId}${move.planStepId ?? `${move.topic}${move.proof}${move.what}`}`}>
            {entries[i - 1]?.time !== time && (
              <li className={classes.time} data-urgent={urgent || undefined}>
                <h3>{t(`times.${time}`)}</h3>
                {time === 'atOnce' && <span>{t('times.atOnceSays')}</span>}
              </li>
            )}
            <li className={classes.item}>
              <span className={classes.kind} data-late={urgent || undefined}>
                <Icon size={16} stroke={1.8} aria-hidden />
              </span>
              {time === 'atOnce' ? (
                <span className={classes.body}>
                  <DealLink dealId={move.dealId} deal={move.deal} account={move.account} section="risks" strong />
                  <ul className={classes.proofs}>
                    {moves.map((one) => (
                      <li key={`${one.topic}${one.proof}`}>
                        {names.proof(one.topic, one.proof, text)}
                        {one.with.length > 0 && (
                          <span className={classes.whom}> {t('for', { people: whom(one) })}</span>
                        )}
                        {one.daysLate !== undefined && (
                          <span className={classes.lateBy}> {t('daysLate', { count: one.daysLate })}</span>
                        )}
                      </li>
                    ))}
                  </ul>
                </span>
              ) : (
                <>
                  <span className={classes.body}>
                    <Text size="sm" fw={550} component="span">
                      {what(move)}
                      {move.with.length > 0 && (
                        <span className={classes.whom}>
                          {' '}
                          {t(move.kind === 'start-by' ? 'for' : 'with', { people: whom(move) })}
                        </span>
                      )}
                    </Text>
                    <DealLink
                      dealId={move.dealId}
                      deal={move.deal}
                      account={move.account}
                      section={move.kind === 'start-by' ? 'risks' : 'plan'}
                    />
                  </span>
                  <span className={classes.due} data-late={time === 'late' || undefined}>
                    <time dateTime={move.due}>
                      {time === 'late'
                        ? t('daysLate', { count: daysApart(move.due, today) })
                        : move.due === today
                          ? t('today')
                          : format.shortDay(move.due)}
                    </time>
                    <span className={classes.dueKind}>{t(`kind.${move.kind}`)}</span>
                  </span>
                </>
              )}
              {move.kind === 'planned' && move.planStepId !== undefined && (
                <Tooltip label={t('tick')}>
                  <ActionIcon
                    variant="default"
                    size="md"
                    aria-label={t('tickOf', { what: what(move) })}
                    onClick={() => void done(move)}
                  >
                    <IconCheck size={16} />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          </Fragment>
        )
      }}
    </Card>
  )
}
