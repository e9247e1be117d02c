import { Button, Group, MultiSelect, Stack, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { membersQuery, useMay } from '../../shared/api/me.ts'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { Panel } from './panel.tsx'
import classes from './settings.module.css'
import { teamsQuery } from '../../shared/api/teams.ts'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

/** Teams decide what managers and viewers see: the deals of everyone in them. */
export function Teams() {
  const t = useSettingsWords()
  const may = useMay('members:manage')
  const query = useQuery(teamsQuery)
  const members = useQuery(membersQuery)
  const { act, busy } = useAct()
  const [name, setName] = useState('')
  const data = members.data?.map((member) => ({ value: member.id, label: member.name })) ?? []
  const create = async (): Promise<void> => {
    if (await act(() => change(routes.members.createTeam, { body: { name: name.trim() } }), { refresh: keys.members }))
      setName('')
  }
  return (
    <Panel title={t('sections.teams')} says={t('teamsSay')}>
      <Stack>
        <Loaded
          query={query}
          waiting={<Waiting like="rows" count={3} />}
          isEmpty={(items) => items.length === 0}
          empty={<EmptyState title={t('noTeams')} />}
        >
          {(items) => (
            <ul className={classes.plain}>
              {items.map((team) => (
                <li key={team.id} className={classes.team}>
                  <strong>{team.name}</strong>
                  {may ? (
                    <MultiSelect
                      aria-label={t('membersOf', { name: team.name })}
                      data={data}
                      value={team.memberIds}
                      searchable
                      onChange={(memberIds) =>
                        void act(
                          () =>
                            change(routes.members.updateTeam, {
                              params: { teamId: team.id },
                              body: { memberIds },
                              version: team.version,
                            }),
                          { refresh: keys.members },
                        )
                      }
                    />
                  ) : (
                    <span>{team.memberIds.map((id) => data.find(({ value }) => value === id)?.label).join(', ')}</span>
                  )}
                  {may && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      onClick={() =>
                        void act(
                          () =>
                            change(routes.members.removeTeam, { params: { teamId: team.id }, version: team.version }),
                          { says: t('teamRemoved', { name: team.name }), refresh: keys.members },
                        )
                      }
                    >
                      {t('remove')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
        {may && (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void create()
            }}
          >
            <Group align="flex-end" gap="sm">
              <TextInput
                label={t('newTeam')}
                required
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" loading={busy} variant="default">
                {t('add')}
              </Button>
            </Group>
          </form>
        )}
      </Stack>
    </Panel>
  )
}
