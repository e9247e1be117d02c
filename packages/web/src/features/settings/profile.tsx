import type { Lang } from '@sente/engine'
import {
  Button,
  Group,
  SegmentedControl,
  Stack,
  Switch,
  Table,
  Text,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core'
import { routes } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { useMe } from '../../shared/api/me.ts'
import { keepCopies, keepsCopies } from '../../shared/api/offline-cache.ts'
import { setLang } from '../../shared/i18n/i18n.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { When } from '../../shared/time/when.tsx'
import { Panel } from './panel.tsx'
import { Password } from './password.tsx'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

export function Profile() {
  return (
    <Stack>
      <Person />
      <Device />
      <Password />
      <Sessions />
    </Stack>
  )
}

function Person() {
  const t = useSettingsWords()
  const me = useMe()!
  const lang = useLang()
  const { act, busy } = useAct()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [name, setName] = useState(me.member.name)
  const update = (body: { name?: string; language?: Lang; theme?: 'light' | 'dark' | 'auto' }, says?: string) =>
    act(() => change(routes.auth.updateMe, { body }), { ...(says ? { says } : {}), refresh: keys.me })
  return (
    <Panel title={t('sections.profile')} says={`${me.member.email} · ${t(`roles.${me.member.role}`)}`}>
      <Stack gap="sm" maw={420}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void update({ name: name.trim() }, t('saved'))
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label={t('personName')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              maxLength={200}
              flex={1}
              autoComplete="name"
            />
            <Button type="submit" disabled={name.trim() === '' || name === me.member.name} loading={busy}>
              {t('save')}
            </Button>
          </Group>
        </form>
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('language')}
          </Text>
          <SegmentedControl
            aria-label={t('language')}
            value={lang}
            onChange={(next) => {
              void setLang(next as Lang)
              void update({ language: next as Lang })
            }}
            data={[
              { value: 'en', label: 'English' },
              { value: 'zh', label: '中文' },
            ]}
          />
        </div>
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('theme')}
          </Text>
          <SegmentedControl
            aria-label={t('theme')}
            value={colorScheme}
            onChange={(next) => {
              setColorScheme(next as 'auto')
              void update({ theme: next as 'auto' })
            }}
            data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`themes.${value}`) }))}
          />
        </div>
      </Stack>
    </Panel>
  )
}

/** What stays in this browser: a borrowed one should keep nothing. */
function Device() {
  const t = useSettingsWords()
  const me = useMe()!
  const [keeps, setKeeps] = useState(keepsCopies)
  const choose = (on: boolean): void => {
    setKeeps(on)
    void keepCopies(on, me)
  }
  return (
    <Panel title={t('device')}>
      <Switch
        label={t('keepCopies')}
        description={t('keepCopiesSays')}
        checked={keeps}
        onChange={(event) => choose(event.currentTarget.checked)}
        maw={560}
      />
    </Panel>
  )
}

function Sessions() {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const query = useQuery({ queryKey: ['sessions'], queryFn: () => api.call(routes.auth.sessions) })
  return (
    <Panel
      title={t('sessions')}
      says={t('sessionsSay')}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          loading={busy}
          onClick={() =>
            void act(() => change(routes.auth.signOutEverywhere, {})).then(() => window.location.assign('/signin'))
          }
        >
          {t('signOutEverywhere')}
        </Button>
      }
    >
      <Loaded query={query} waiting={<Waiting like="rows" count={2} />}>
        {({ items }) => (
          <Table>
            <Table.Tbody>
              {items.map((session) => (
                <Table.Tr key={session.id}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {deviceOf(session.userAgent) ?? t('unknownDevice')}
                  </Table.Td>
                  <Table.Td>
                    <When at={session.seenAt} />
                  </Table.Td>
                  <Table.Td ta="right">
                    {session.current ? (
                      <Text size="sm" c="dimmed">
                        {t('thisOne')}
                      </Text>
                    ) : (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        onClick={() =>
                          void act(() => change(routes.auth.endSession, { params: { id: session.id } }), {
                            refresh: ['sessions'],
                          })
                        }
                      >
                        {t('end')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Panel>
  )
}

/** `Firefox · Windows` from what a browser says of itself; good enough to know one's own devices. */
function deviceOf(agent: string | undefined): string | undefined {
  if (agent === undefined) return undefined
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /MicroMessenger/.test(agent)
      ? 'WeChat'
      : (/(Firefox|Chrome|Safari|sente)\b/.exec(agent)?.[1] ?? agent.slice(0, 40))
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1]
  return [browser, system].filter(Boolean).join(' · ')
}
