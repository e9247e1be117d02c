import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { routes } from '@sente/api'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../shared/api/client.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { When } from '../../shared/time/when.tsx'
import { Absences } from './absences.tsx'
import { Once } from './once.tsx'
import { Panel } from './panel.tsx'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

const feedQuery = queryOptions({ queryKey: ['calendar', 'feed'], queryFn: () => api.call(routes.calendar.feed) })

/** One's steps in one's own calendar, and one's days away in the plans. */
export function Calendar() {
  return (
    <Stack>
      <Subscription />
      <Absences />
    </Stack>
  )
}

function Subscription() {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const query = useQuery(feedQuery)
  const [url, setUrl] = useState<string>()
  const renew = async (proposals: boolean): Promise<void> => {
    const made = await act(() => change(routes.calendar.renew, { body: { proposals } }), {
      refresh: feedQuery.queryKey,
    })
    if (made) setUrl(made.value.url)
  }
  const end = async (): Promise<void> => {
    const done = await act(() => change(routes.calendar.end, {}), {
      says: t('calendar.ended'),
      refresh: feedQuery.queryKey,
    })
    if (done) setUrl(undefined)
  }
  return (
    <Panel title={t('calendar.title')} says={t('calendar.says')}>
      <Loaded query={query} waiting={<Waiting like="text" count={3} />}>
        {({ feed }) => (
          <Stack gap="sm">
            {url !== undefined && (
              <Once
                title={t('calendar.once')}
                says={t('calendar.onceSays')}
                secret={url}
                onClose={() => setUrl(undefined)}
              />
            )}
            {feed ? (
              <>
                <Text size="sm">
                  {t('calendar.since')} <When at={feed.createdAt} show="absolute" />
                  <br />
                  {feed.readAt === undefined ? (
                    t('calendar.neverRead')
                  ) : (
                    <>
                      {t('calendar.lastRead')} <When at={feed.readAt} />
                    </>
                  )}
                </Text>
                <Switch
                  label={t('calendar.proposals')}
                  description={t('calendar.proposalsSay')}
                  checked={feed.proposals}
                  disabled={busy}
                  maw={560}
                  onChange={(event) => {
                    const proposals = event.currentTarget.checked
                    void act(() => change(routes.calendar.choose, { body: { proposals } }), {
                      says: t('saved'),
                      refresh: feedQuery.queryKey,
                    })
                  }}
                />
                <Group gap="xs">
                  <Button variant="default" loading={busy} onClick={() => void renew(feed.proposals)}>
                    {t('calendar.renew')}
                  </Button>
                  <Button variant="subtle" loading={busy} onClick={() => void end()}>
                    {t('calendar.end')}
                  </Button>
                </Group>
                <Text size="sm" c="dimmed">
                  {t('calendar.renewSays')}
                </Text>
              </>
            ) : (
              <Group>
                <Button loading={busy} onClick={() => void renew(false)}>
                  {t('calendar.make')}
                </Button>
              </Group>
            )}
            <Text size="sm" c="dimmed">
              {t('calendar.how')}
            </Text>
          </Stack>
        )}
      </Loaded>
    </Panel>
  )
}
