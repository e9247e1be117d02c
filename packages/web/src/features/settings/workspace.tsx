import type { Lang } from '@sente/engine'
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { Panel } from './panel.tsx'
import { TeamOut } from './team-out.tsx'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

const CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'HKD', 'JPY', 'SGD', 'CHF', 'AUD', 'INR']

/** Name, clock and money of the workspace; the sample data comes and goes here. */
export function Workspace() {
  const t = useSettingsWords()
  const query = useQuery({ queryKey: keys.workspace, queryFn: () => api.call(routes.workspace.get) })
  const client = useQueryClient()
  const { act, busy } = useAct()
  const [sure, setSure] = useState(false)
  const [changes, setChanges] = useState<{
    name?: string
    language?: Lang
    timeZone?: string
    currency?: string
  }>({})
  const everything = (): Promise<void> => client.invalidateQueries()
  const save = async (version: number): Promise<void> => {
    if (
      await act(() => change(routes.workspace.update, { body: changes, version }), {
        says: t('saved'),
        refresh: keys.workspace,
      })
    ) {
      setChanges({})
      await everything()
    }
  }
  return (
    <Loaded query={query} waiting={<Waiting like="text" count={8} />}>
      {(data) => (
        <Stack>
          <Panel
            title={t('sections.workspace')}
            says={t('counts', { deals: data.counts.deals, accounts: data.counts.accounts, people: data.counts.people })}
          >
            <form
              onSubmit={(event) => {
                event.preventDefault()
                void save(data.version)
              }}
            >
              <Stack gap="sm" maw={420}>
                <TextInput
                  label={t('name')}
                  value={changes.name ?? data.name}
                  maxLength={200}
                  onChange={(event) => setChanges({ ...changes, name: event.currentTarget.value })}
                />
                <Select
                  label={t('languageOf')}
                  data={[
                    { value: 'en', label: 'English' },
                    { value: 'zh', label: '中文' },
                  ]}
                  value={changes.language ?? data.language}
                  onChange={(language) => setChanges({ ...changes, language: language as Lang })}
                />
                <Select
                  label={t('timeZone')}
                  description={t('timeZoneSays')}
                  searchable
                  data={[...new Set([data.timeZone, ...Intl.supportedValuesOf('timeZone')])]}
                  value={changes.timeZone ?? data.timeZone}
                  onChange={(timeZone) => setChanges({ ...changes, timeZone: timeZone ?? data.timeZone })}
                />
                <Select
                  label={t('currency')}
                  data={[...new Set([data.currency, ...CURRENCIES])]}
                  value={changes.currency ?? data.currency}
                  onChange={(currency) => setChanges({ ...changes, currency: currency ?? data.currency })}
                />
                <Group>
                  <Button type="submit" loading={busy} disabled={Object.keys(changes).length === 0}>
                    {t('save')}
                  </Button>
                </Group>
              </Stack>
            </form>
          </Panel>
          <TeamOut workspace={data} />
          <Panel title={t('sample')} says={data.sample ? t('sampleThere') : t('sampleNot')}>
            {data.sample ? (
              sure ? (
                <Stack gap="xs">
                  <Text size="sm">{t('clearSampleSure')}</Text>
                  <Group>
                    <Button
                      color="red"
                      loading={busy}
                      onClick={() =>
                        void act(() => change(routes.workspace.clearSample, {}), { says: t('sampleGone') }).then(() => {
                          setSure(false)
                          return everything()
                        })
                      }
                    >
                      {t('clearSample')}
                    </Button>
                    <Button variant="default" onClick={() => setSure(false)}>
                      {t('keepSample')}
                    </Button>
                  </Group>
                </Stack>
              ) : (
                <Button variant="default" onClick={() => setSure(true)}>
                  {t('clearSample')}
                </Button>
              )
            ) : data.counts.deals === 0 ? (
              <Button
                variant="default"
                loading={busy}
                onClick={() =>
                  void act(() => change(routes.workspace.loadSample, {}), { says: t('sampleLoaded') }).then(everything)
                }
              >
                {t('loadSample')}
              </Button>
            ) : (
              <Text size="sm" c="dimmed">
                {t('sampleOnlyEmpty')}
              </Text>
            )}
          </Panel>
        </Stack>
      )}
    </Loaded>
  )
}
