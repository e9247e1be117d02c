import { ActionIcon, Button, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { ItemForm } from './item-form.tsx'
import type { ItemFields } from './item-form.tsx'
import { dayBehind, inOrder } from './model.ts'
import type { Candidate, JointItem } from './model.ts'
import { useJointWords } from './words.ts'

/** All that a link shows, line by line, and what else could stand there. */
export function Items({ candidates }: { candidates: readonly Candidate[] }) {
  const t = useJointWords()
  const text = useText()
  const format = useFormat()
  const { whole, may, index } = useDealView()
  const run = useEdits()
  const [editing, setEditing] = useState<JointItem | 'new' | null>(null)
  const items = inOrder(whole.jointItem ?? [])
  const save = (fields: ItemFields): void => {
    if (editing === 'new')
      run(t('added'), (batch) =>
        batch.create(
          'jointItem',
          Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as { what: string },
        ),
      )
    else if (editing) run(t('changed'), (batch) => batch.update('jointItem', editing, { ...fields }))
    setEditing(null)
  }
  const put = ({ what, whose, on, owner, step, planStepId }: Candidate): void =>
    run(t('added'), (batch) =>
      batch.create('jointItem', {
        what: text(what),
        whose,
        ...(on === undefined ? {} : { on }),
        ...(owner === undefined ? {} : { owner }),
        ...(step === undefined ? {} : { step }),
        ...(planStepId === undefined ? {} : { planStepId }),
      }),
    )
  return (
    <>
      <Panel
        title={t('items')}
        says={t('itemsSay')}
        actions={
          may.write && (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setEditing('new')}
            >
              {t('add')}
            </Button>
          )
        }
      >
        {items.length === 0 ? (
          <Nothing>{t('none')}</Nothing>
        ) : (
          <Lines label={t('items')}>
            {items.map((item) => {
              const behind = dayBehind(item, whole)
              return (
                <Line
                  key={item.id}
                  day={item.on === undefined ? t('noDay') : format.day(item.on)}
                  dim={item.doneOn !== undefined}
                  actions={
                    may.write && (
                      <>
                        <ActionIcon
                          size="sm"
                          aria-label={t('edit', { name: item.what })}
                          onClick={() => setEditing(item)}
                        >
                          <IconPencil size={15} />
                        </ActionIcon>
                        <ActionIcon
                          size="sm"
                          aria-label={t('remove', { name: item.what })}
                          onClick={() => run(t('removed'), (batch) => batch.remove('jointItem', item))}
                        >
                          <IconX size={15} />
                        </ActionIcon>
                      </>
                    )
                  }
                >
                  {item.what}{' '}
                  <Text span size="xs" c="dimmed">
                    {[
                      t(`whoses.${item.whose ?? 'ours'}`),
                      item.owner,
                      item.doneOn && t('doneAt', { day: format.day(item.doneOn) }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                  {behind !== undefined && (
                    <Text size="xs" c="dimmed">
                      {t('ahead', { day: format.day(behind) })}
                    </Text>
                  )}
                </Line>
              )
            })}
          </Lines>
        )}
      </Panel>
      {may.write && candidates.length > 0 && (
        <Panel title={t('candidates')} look="plain">
          <Lines label={t('candidates')}>
            {candidates.map((candidate) => (
              <Line
                key={candidate.planStepId ?? candidate.step}
                day={candidate.on === undefined ? t('noDay') : format.day(candidate.on)}
                actions={
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('put', { name: text(candidate.what) })}
                    onClick={() => put(candidate)}
                  >
                    {t('putShort')}
                  </Button>
                }
              >
                {text(candidate.what)}{' '}
                <Text span size="xs" c="dimmed">
                  {t(`whoses.${candidate.whose}`)}
                </Text>
              </Line>
            ))}
          </Lines>
        </Panel>
      )}
      {editing !== null && (
        <ItemForm
          item={editing === 'new' ? undefined : editing}
          milestones={index.milestones}
          onSave={save}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}
