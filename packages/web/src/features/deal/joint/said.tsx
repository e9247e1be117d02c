import { Button, Group, Select, Text } from '@mantine/core'
import { routes } from '@sente/api'
import { useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'
import { undoChange } from '../../../shared/api/undo-change.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { Loaded, Waiting } from '../../../shared/states/states.tsx'
import { offerUndo, say } from '../../../shared/undo/undo.tsx'
import { useDealView } from '../context.ts'
import { useProblemWords } from '../edits.ts'
import { Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import type { Joint, Suggestion } from './model.ts'
import { useJointWords } from './words.ts'

const SOURCES = ['executive', 'project-leader', 'coach', 'published', 'contract', 'guess'] as const
type Source = (typeof SOURCES)[number]

/** What the customer said on their page: a word waits until it is accepted or not. */
export function Said({ query }: { query: UseQueryResult<Joint> }) {
  const t = useJointWords()
  return (
    <Panel title={t('said')} says={t('saidSays')}>
      <Loaded query={query} waiting={<Waiting like="rows" count={2} />}>
        {({ suggestions }) => {
          const open = suggestions.filter(({ decision }) => (decision ?? 'open') === 'open')
          const done = suggestions.filter(({ decision }) => (decision ?? 'open') !== 'open').slice(0, 20)
          return (
            <>
              {open.length === 0 ? (
                <Nothing>{t('nothingSaid')}</Nothing>
              ) : (
                <Lines label={t('said')}>
                  {open.map((one) => (
                    <Answerable key={one.id} one={one} />
                  ))}
                </Lines>
              )}
              {done.length > 0 && (
                <details>
                  <summary>{t('earlier')}</summary>
                  <Lines label={t('earlier')}>
                    {done.map((one) => (
                      <Line key={one.id} dim>
                        <Words one={one} />{' '}
                        <Text span size="xs" c="dimmed">
                          {t(`decisions.${one.decision ?? 'open'}`)}
                        </Text>
                      </Line>
                    ))}
                  </Lines>
                </details>
              )}
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}

function Words({ one }: { one: Suggestion }) {
  const t = useJointWords()
  const format = useFormat()
  const { whole } = useDealView()
  const item = whole.jointItem?.find(({ id }) => id === one.itemId)
  const moved = one.kind === 'move' && one.decision === undefined && item?.on !== undefined
  return (
    <>
      <strong>{one.kind === 'propose' ? one.text : (item?.what ?? one.item)}</strong>
      <br />
      {one.author ?? t('somebody')}{' '}
      {t(one.kind === 'propose' && one.on !== undefined ? 'kinds.proposeOn' : `kinds.${one.kind}`, {
        day: one.on === undefined ? '' : format.day(one.on),
      })}
      {moved && ` (${t('from', { day: format.day(item.on!) })})`}
      {one.text !== undefined && one.kind !== 'propose' && (
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          “{one.text}”
        </Text>
      )}
    </>
  )
}

/** One word with its two answers; a date of theirs says whose word it is, since from that follows how far it is taken. */
function Answerable({ one }: { one: Suggestion }) {
  const t = useJointWords()
  const words = useProblemWords()
  const client = useQueryClient()
  const { dealId, whole, may } = useDealView()
  const item = whole.jointItem?.find(({ id }) => id === one.itemId)
  const told = item?.step !== undefined && (one.kind === 'move' || one.kind === 'done')
  const [toldBy, setToldBy] = useState<Source>(one.toldBy ?? 'project-leader')
  const [busy, setBusy] = useState(false)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: keys.deal(dealId) })
  const decide = async (accept: boolean): Promise<void> => {
    setBusy(true)
    try {
      const body = { accept, ...(accept && told ? { toldBy } : {}) }
      const { value } = await change(routes.joint.decide, { params: { dealId, id: one.id }, body })
      offerUndo(t(accept ? 'accepted' : 'rejected'), async () => {
        await undoChange({ dealId, recordId: one.id, changeSet: value.changeSet }).catch((error: unknown) =>
          say(words(error), 'danger'),
        )
        await again()
      })
    } catch (error) {
      say(words(error), 'danger')
    }
    await again()
    setBusy(false)
  }
  return (
    <Line>
      <Words one={one} />
      {may.write && (
        <>
          <Text size="xs" c="dimmed">
            {t(`acceptSays.${one.kind === 'move' && told ? 'moveTold' : one.kind}`)}
          </Text>
          <Group gap="xs" mt={4} align="flex-end">
            {told && (
              <Select
                size="xs"
                label={t('toldBy')}
                allowDeselect={false}
                value={toldBy}
                onChange={(next) => setToldBy(next as Source)}
                data={SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))}
              />
            )}
            <Button size="compact-sm" loading={busy} onClick={() => void decide(true)}>
              {t('accept')}
            </Button>
            <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void decide(false)}>
              {t('reject')}
            </Button>
          </Group>
        </>
      )}
    </Line>
  )
}
