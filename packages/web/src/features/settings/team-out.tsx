import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { membersQuery } from '../../shared/api/me.ts'
import { Panel } from './panel.tsx'
import classes from './settings.module.css'
import { keyOf, RANKS } from './team-out-model.ts'
import type { Rank } from './team-out-model.ts'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

type Workspace = CallOutput<typeof routes.workspace.get>
type Team = NonNullable<NonNullable<Workspace['us']>['team']>

/** Who of ours goes to customers: the plans of all deals choose among them, by rank and by the days they are there. */
export function TeamOut({ workspace }: { workspace: Workspace }) {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const members = useQuery(membersQuery).data ?? []
  const team: Team = workspace.us?.team ?? []
  const [name, setName] = useState('')
  const [memberId, setMemberId] = useState<string | null>(null)
  const [rank, setRank] = useState<Rank>('seller')
  const keep = (next: Team) =>
    act(
      () =>
        change(routes.workspace.update, { body: { us: { ...workspace.us, team: next } }, version: workspace.version }),
      { says: t('saved'), refresh: keys.workspace },
    )
  const free = members.filter(({ id, disabled }) => !disabled && !team.some((one) => one.memberId === id))
  const chosen = members.find(({ id }) => id === memberId)
  const said = chosen?.name ?? name.trim()
  return (
    <Panel title={t('teamOut.title')} says={t('teamOut.says')}>
      <Stack gap="sm">
        {team.length === 0 ? (
          <Text size="sm">{t('teamOut.none')}</Text>
        ) : (
          <ul className={classes.plainList}>
            {team.map((one) => (
              <li key={one.id}>
                <span>
                  {one.name}
                  <span className={classes.quiet}>
                    {' · '}
                    {t(`ranks.${one.rank ?? 'seller'}`)}
                    {one.memberId === undefined && ` · ${t('teamOut.noMember')}`}
                    {(one.absences?.length ?? 0) > 0 && ` · ${t('teamOut.away', { count: one.absences!.length })}`}
                  </span>
                </span>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  disabled={busy}
                  aria-label={t('teamOut.removeOf', { name: one.name })}
                  onClick={() => void keep(team.filter((other) => other !== one))}
                >
                  {t('remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const id = keyOf(
              said,
              team.map((one) => one.id),
            )
            const one = { id, name: said, rank, ...(chosen ? { memberId: chosen.id } : {}) }
            void keep([...team, one]).then((done) => {
              if (!done) return
              setName('')
              setMemberId(null)
            })
          }}
        >
          <Group gap="xs" align="flex-end">
            <Select
              label={t('teamOut.member')}
              placeholder={t('teamOut.anyName')}
              clearable
              data={free.map(({ id, name: called }) => ({ value: id, label: called }))}
              value={memberId}
              onChange={setMemberId}
            />
            {chosen === undefined && (
              <TextInput
                label={t('personName')}
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
            <Select
              label={t('teamOut.rank')}
              allowDeselect={false}
              data={RANKS.map((value) => ({ value, label: t(`ranks.${value}`) }))}
              value={rank}
              onChange={(value) => setRank(value as Rank)}
            />
            <Button type="submit" variant="default" loading={busy} disabled={said === ''}>
              {t('add')}
            </Button>
          </Group>
        </form>
      </Stack>
    </Panel>
  )
}
