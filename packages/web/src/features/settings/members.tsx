import { Badge, Button, Group, Menu, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core'
import { ROLES, routes } from '@sente/api'
import type { Member, Role } from '@sente/api'
import { IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { membersQuery, useMay, useMe } from '../../shared/api/me.ts'
import { useFormat } from '../../shared/format/format.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { Once } from './once.tsx'
import { Panel } from './panel.tsx'
import classes from './settings.module.css'
import { teamsQuery } from '../../shared/api/teams.ts'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

/** Who works here: roles, teams, links to come in or to set a new password. */
export function Members() {
  const t = useSettingsWords()
  const format = useFormat()
  const me = useMe()!
  const may = useMay('members:manage')
  const query = useQuery(membersQuery)
  const teams = useQuery(teamsQuery)
  const { act } = useAct()
  const [link, setLink] = useState<{ name: string; url: string }>()
  const update = (member: Member, body: Partial<Pick<Member, 'role' | 'disabled' | 'teamIds'>>) =>
    act(() => change(routes.members.update, { params: { memberId: member.id }, body, version: member.version }), {
      says: t('saved'),
      refresh: keys.members,
    })
  const reset = async (member: Member): Promise<void> => {
    const made = await act(() => change(routes.members.resetLink, { params: { memberId: member.id } }))
    if (made) setLink({ name: member.name, url: made.value.url })
  }
  const [asked, setAsked] = useState<Member>()
  const roles = ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))
  const teamData = teams.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []
  return (
    <Stack>
      {may && <Invite onLink={setLink} teams={teamData} />}
      {asked && (
        <ResetDialog
          member={asked}
          onClose={() => setAsked(undefined)}
          onReset={() => {
            setAsked(undefined)
            void reset(asked)
          }}
        />
      )}
      {link && (
        <Once
          title={t('linkFor', { name: link.name })}
          says={t('linkSays')}
          secret={link.url}
          onClose={() => setLink(undefined)}
        />
      )}
      <Panel title={t('sections.members')}>
        <Loaded query={query} waiting={<Waiting like="rows" />}>
          {(items) => (
            <StackingTable
              columns={[
                { name: t('personName') },
                { name: t('role'), className: classes.role },
                { name: t('sections.teams'), className: classes.teams },
                { name: t('more'), quiet: true },
              ]}
              rows={items.map((member) => ({
                id: member.id,
                cells: [
                  <>
                    <Text size="sm" fw={550} component="div">
                      {member.name}{' '}
                      {member.disabled && (
                        <Badge size="xs" color="gray" variant="light">
                          {t('disabled')}
                        </Badge>
                      )}{' '}
                      {!member.hasPassword && !member.disabled && (
                        <Badge size="xs" variant="light">
                          {t('invited')}
                        </Badge>
                      )}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {member.email}
                    </Text>
                  </>,
                  may ? (
                    <Select
                      size="xs"
                      aria-label={t('roleOf', { name: member.name })}
                      data={roles}
                      value={member.role}
                      onChange={(role) => void update(member, { role: role as Role })}
                    />
                  ) : (
                    t(`roles.${member.role}`)
                  ),
                  may ? (
                    <MultiSelect
                      size="xs"
                      aria-label={t('teamsOf', { name: member.name })}
                      data={teamData}
                      value={member.teamIds}
                      onChange={(teamIds) => void update(member, { teamIds })}
                    />
                  ) : (
                    format.list(
                      teamData.filter(({ value }) => member.teamIds.includes(value)).map(({ label }) => label),
                    )
                  ),
                  may && (
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <Button variant="subtle" size="compact-sm" aria-label={t('moreOf', { name: member.name })}>
                          <IconDots size={16} />
                        </Button>
                      </Menu.Target>
                      <Menu.Dropdown>
                        {member.hasPassword ? (
                          <Menu.Item onClick={() => setAsked(member)}>{t('resetLink')}</Menu.Item>
                        ) : (
                          <Menu.Item onClick={() => void reset(member)}>{t('inviteAgain')}</Menu.Item>
                        )}
                        <Menu.Item
                          onClick={() =>
                            void act(() => change(routes.members.signOut, { params: { memberId: member.id } }), {
                              says: t('signedOut', { name: member.name }),
                            })
                          }
                        >
                          {t('signOutMember')}
                        </Menu.Item>
                        {member.id !== me.member.id && (
                          <Menu.Item onClick={() => void update(member, { disabled: !member.disabled })}>
                            {member.disabled ? t('enable') : t('disable')}
                          </Menu.Item>
                        )}
                      </Menu.Dropdown>
                    </Menu>
                  ),
                ],
              }))}
            />
          )}
        </Loaded>
      </Panel>
    </Stack>
  )
}

function Invite({
  onLink,
  teams,
}: {
  onLink: (link: { name: string; url: string }) => void
  teams: { value: string; label: string }[]
}) {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const [values, setValues] = useState({ name: '', email: '', role: 'seller' as Role, teamIds: [] as string[] })
  const invite = async (): Promise<void> => {
    const done = await act(() => change(routes.members.invite, { body: { ...values, name: values.name.trim() } }), {
      refresh: keys.members,
    })
    if (!done) return
    onLink({ name: values.name, url: done.value.link.url })
    setValues({ ...values, name: '', email: '' })
  }
  return (
    <Panel title={t('invite')} says={t('inviteSays')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void invite()
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('personName')}
            required
            maxLength={200}
            value={values.name}
            onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
          />
          <TextInput
            label={t('email')}
            type="email"
            required
            value={values.email}
            onChange={(event) => setValues({ ...values, email: event.currentTarget.value })}
          />
          <Select
            label={t('role')}
            w={150}
            data={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
            value={values.role}
            onChange={(role) => setValues({ ...values, role: role as Role })}
          />
          <MultiSelect
            label={t('sections.teams')}
            w={200}
            data={teams}
            value={values.teamIds}
            onChange={(teamIds) => setValues({ ...values, teamIds })}
          />
          <Button type="submit" loading={busy}>
            {t('inviteGo')}
          </Button>
        </Group>
      </form>
    </Panel>
  )
}
