import { Button, Group, Menu, Text } from '@mantine/core'
import { routes } from '@sente/api'
import type { CallInput } from '@sente/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { canOwn, membersQuery, useToday } from '../../shared/api/me.ts'
import { problemOf } from '../../shared/api/problem.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import classes from './deals.module.css'
import { useDealsWords } from './words.ts'

/** What can be done with many deals at once: all or none, and one click takes it back. */
export function Bulk({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const t = useDealsWords()
  const lang = useLang()
  const today = useToday()
  const client = useQueryClient()
  const members = useQuery(membersQuery)
  const [busy, setBusy] = useState(false)
  const run = async (
    body: Omit<CallInput<typeof routes.deals.bulk>['body'], 'ids'>,
    message: string,
  ): Promise<void> => {
    setBusy(true)
    try {
      const { value } = await change(routes.deals.bulk, { body: { ids, ...body } })
      offerUndo(message, async () => {
        try {
          await change(routes.work.undo, { params: { changeSet: value.changeSet } })
        } catch {
          say(t('notUndone'), 'danger')
        }
        await client.invalidateQueries({ queryKey: keys.deals })
      })
      onDone()
    } catch (error) {
      say(problemOf(error).what?.[lang] ?? t('notSaved'), 'danger')
    } finally {
      setBusy(false)
      await client.invalidateQueries({ queryKey: keys.deals })
    }
  }
  const count = ids.length
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk')}>
      <Text size="sm" fw={600}>
        {t('chosen', { count })}
      </Text>
      <Group gap={6} wrap="nowrap">
        <Menu>
          <Menu.Target>
            <Button size="compact-sm" variant="default" loading={busy}>
              {t('giveTo')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {members.data?.filter(canOwn).map(({ id, name }) => (
              <Menu.Item
                key={id}
                onClick={() => void run({ set: { ownerId: id } }, t('given', { count, owner: name }))}
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Menu>
          <Menu.Target>
            <Button size="compact-sm" variant="default" loading={busy}>
              {t('close')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['won', 'lost', 'no-decision'] as const).map((status) => (
              <Menu.Item
                key={status}
                onClick={() =>
                  void run({ set: { status, closedOn: today } }, t('closed', { count, status: t(`status.${status}`) }))
                }
              >
                {t(`status.${status}`)}
              </Menu.Item>
            ))}
            <Menu.Item
              onClick={() =>
                void run({ set: { status: 'open', closedOn: null } }, t('closed', { count, status: t('status.open') }))
              }
            >
              {t('status.open')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          onClick={() => void run({ remove: true }, t('removed', { count }))}
        >
          {t('remove')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onDone}>
          {t('unchoose')}
        </Button>
      </Group>
    </div>
  )
}
