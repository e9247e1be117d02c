import { Box, Button, Checkbox, Group, NumberInput, SimpleGrid, Stack, Table, TextInput, VisuallyHidden } from '@mantine/core'
import { routes } from '@sente/client'
import type { Permission } from '@sente/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../shared/api/client.ts'
import { useMe } from '../../shared/api/me.ts'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { When } from '../../shared/time/when.tsx'
import { Once } from './once.tsx'
import { Panel } from './panel.tsx'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

const KEY = ['tokens']

/** Keys for programs: what each may do, until when; shown once. */
export function Tokens() {
  const t = useSettingsWords()
  const me = useMe()!
  const { act, busy } = useAct()
  const query = useQuery({ queryKey: KEY, queryFn: () => api.call(routes.auth.tokens) })
  const [name, setName] = useState('')
  const [days, setDays] = useState<number | string>(90)
  const [scopes, setScopes] = useState<string[]>(['deals:read', 'accounts:read'])
  const [made, setMade] = useState<string>()
  const create = async (): Promise<void> => {
    const done = await act(() => change(routes.auth.createToken, { body: { name: name.trim(), scopes: scopes as Permission[], ...(typeof days === 'number' ? { expiresInDays: days } : {}) } }), { refresh: KEY })
    if (!done) return
    setMade(done.value.token)
    setName('')
  }
  return (
    <Stack>
      <Panel title={t('newToken')} says={t('newTokenSays')}>
        <form onSubmit={(event) => { event.preventDefault(); void create() }}>
          <Stack gap="sm">
            <Group grow maw={520}>
              <TextInput label={t('tokenName')} placeholder={t('tokenExample')} required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
              <NumberInput label={t('tokenDays')} min={1} max={3650} value={days} onChange={setDays} />
            </Group>
            <Checkbox.Group label={t('scopes')} value={scopes} onChange={setScopes}>
              <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" mt="xs">
                {me.permissions.map((scope) => (
                  <Checkbox key={scope} value={scope} label={t(`permissions.${scope}`)} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            <Group>
              <Button type="submit" loading={busy} disabled={scopes.length === 0}>{t('createToken')}</Button>
            </Group>
          </Stack>
        </form>
        {made !== undefined && (
          <Box mt="md">
            <Once title={t('tokenOnce')} secret={made} onClose={() => setMade(undefined)} />
          </Box>
        )}
      </Panel>
      <Panel title={t('sections.tokens')}>
        <Loaded query={query} waiting={<Waiting like="rows" count={3} />} isEmpty={({ items }) => items.length === 0} empty={<EmptyState title={t('noTokens')}>{t('noTokensSay')}</EmptyState>}>
          {({ items }) => (
            <Table.ScrollContainer minWidth={480}>
              <Table>
                <Table.Thead>
                  <Table.Tr><Table.Th>{t('tokenName')}</Table.Th><Table.Th>{t('scopes')}</Table.Th><Table.Th>{t('used')}</Table.Th><Table.Th>{t('expires')}</Table.Th><Table.Th><VisuallyHidden>{t('revoke')}</VisuallyHidden></Table.Th></Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((token) => (
                    <Table.Tr key={token.id}>
                      <Table.Td>{token.name}</Table.Td>
                      <Table.Td>{token.scopes.map((scope) => t(`permissions.${scope}`)).join(', ')}</Table.Td>
                      <Table.Td>{token.usedAt === undefined ? t('never') : <When at={token.usedAt} />}</Table.Td>
                      <Table.Td>{token.expiresAt === undefined ? t('never') : <When at={token.expiresAt} show="absolute" />}</Table.Td>
                      <Table.Td ta="right"><Button variant="subtle" size="compact-sm" onClick={() => void act(() => change(routes.auth.revokeToken, { params: { id: token.id } }), { says: t('revoked', { name: token.name }), refresh: KEY })}>{t('revoke')}</Button></Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </Loaded>
      </Panel>
    </Stack>
  )
}
