import { ActionIcon, Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { routes } from '@sente/api'
import { IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'
import { membersQuery } from '../../../shared/api/me.ts'
import { Loaded, Waiting } from '../../../shared/states/states.tsx'
import { say } from '../../../shared/undo/undo.tsx'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useProblemWords } from '../edits.ts'
import { Line, Lines, Nothing } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'

/** With whom the deal is shared, and what they may do. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const t = useDealWords()
  const common = useCommonWords()
  const words = useProblemWords()
  const client = useQueryClient()
  const { dealId, whole } = useDealView()
  const shares = useQuery({
    queryKey: keys.dealShares(dealId),
    queryFn: ({ signal }) => api.call(routes.deals.shares, { params: { dealId }, signal }),
  })
  const members = useQuery(membersQuery).data ?? []
  const teams =
    useQuery({
      queryKey: [...keys.members, 'teams'],
      queryFn: ({ signal }) => api.call(routes.members.teams, { signal }),
    }).data?.items ?? []
  const [who, setWho] = useState<string | null>(null)
  const [mayWrite, setMayWrite] = useState(false)
  const [sensitive, setSensitive] = useState(false)

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
      await client.invalidateQueries({ queryKey: keys.dealShares(dealId) })
    } catch (error) {
      say(words(error), 'danger')
    }
  }
  const share = (): Promise<void> =>
    attempt(async () => {
      if (!who) return
      const [kind, id] = who.split(':')
      await change(routes.deals.share, {
        params: { dealId },
        body: { ...(kind === 'team' ? { teamId: id } : { memberId: id }), mayWrite, sensitive },
      })
      setWho(null)
    })

  return (
    <Modal opened onClose={onClose} title={t('share.title')} closeButtonProps={{ 'aria-label': common('close') }}>
      <Stack gap="sm">
        <Loaded query={shares} waiting={<Waiting like="rows" count={2} />}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing>{t('share.nobody')}</Nothing>
            ) : (
              <Lines label={t('share.title')}>
                {items.map((one) => (
                  <Line
                    key={one.id}
                    actions={
                      <ActionIcon
                        size="sm"
                        aria-label={t('share.stop', { name: one.name })}
                        onClick={() =>
                          void attempt(() => change(routes.deals.unshare, { params: { dealId, id: one.id } }))
                        }
                      >
                        <IconX size={15} />
                      </ActionIcon>
                    }
                  >
                    {one.name}{' '}
                    <Text span size="xs" c="dimmed">
                      {[t(one.mayWrite ? 'share.writes' : 'share.reads'), one.sensitive ? t('share.seesPersonal') : '']
                        .filter(Boolean)
                        .join(' · ')}
                    </Text>
                  </Line>
                ))}
              </Lines>
            )
          }
        </Loaded>
        <Select
          label={t('share.with')}
          searchable
          value={who}
          onChange={setWho}
          data={[
            { group: t('share.teams'), items: teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })) },
            {
              group: t('share.members'),
              items: members
                .filter(({ id, disabled }) => !disabled && id !== whole.deal.ownerId)
                .map(({ id, name }) => ({ value: `member:${id}`, label: name })),
            },
          ]}
        />
        <Checkbox
          label={t('share.mayWrite')}
          checked={mayWrite}
          onChange={(event) => setMayWrite(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('share.mayPersonal')}
          checked={sensitive}
          onChange={(event) => setSensitive(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button size="sm" disabled={!who} onClick={() => void share()}>
            {t('share.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
