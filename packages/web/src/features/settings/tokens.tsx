import { Box, Button, Checkbox, Group, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import type { Permission } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { useMe } from '../../shared/api/me.ts'
import { useFormat } from '../../shared/format/format.ts'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import { When } from '../../shared/time/when.tsx'
import { Once } from './once.tsx'
import { Panel } from './panel.tsx'
import { tokensQuery } from './tokens-query.ts'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

/** Keys for programs: what each may do, until when; shown once. */
export function Tokens() {
  const t = useSettingsWords()
  const format = useFormat()
  const me = useMe()!
  const { act, busy } = useAct()
  const query = useQuery(tokensQuery)
  const [name, setName] = useState('')
  const [days, setDays] = useState<number | string>(90)
  const [scopes, setScopes] = useState<string[]>(['deals:read', 'accounts:read'])
  const [made, setMade] = useState<string>()
  const create = async (): Promise<void> => {
    const done = await act(
      () =>
        change(routes.auth.createToken, {
          body: {
            name: name.trim(),
            scopes: scopes as Permission[],
            ...(typeof days === 'number' ? { expiresInDays: days } : {}),
          },
        }),
      { refresh: tokensQuery.queryKey },
    )
    if (!done) return
    setMade(done.value.token)
    setName('')
  }
  return (
    <Stack>
      <Panel title={t('newToken')} says={t('newTokenSays')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void create()
          }}
        >
          <Stack gap="sm">
            <Group grow maw={520}>
              <TextInput
                label={t('tokenName')}
                placeholder={t('tokenExample')}
                required
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
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
              <Button type="submit" loading={busy} disabled={scopes.length === 0}>
                {t('createToken')}
              </Button>
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
        <Loaded
          query={query}
          waiting={<Waiting like="rows" count={3} />}
          isEmpty={({ items }) => items.length === 0}
          empty={<EmptyState title={t('noTokens')}>{t('noTokensSay')}</EmptyState>}
        >
          {({ items }) => (
            <StackingTable
              columns={[
                { name: t('tokenName') },
                { name: t('scopes') },
                { name: t('used') },
                { name: t('expires') },
                { name: t('revoke'), quiet: true },
              ]}
              rows={items.map((token) => ({
                id: token.id,
                cells: [
                  token.name,
                  format.list(token.scopes.map((scope) => t(`permissions.${scope}`))),
                  token.usedAt === undefined ? t('never') : <When at={token.usedAt} />,
                  token.expiresAt === undefined ? t('never') : <When at={token.expiresAt} show="absolute" />,
                  <Button
                    key="revoke"
                    variant="subtle"
                    size="compact-sm"
                    onClick={() =>
                      void act(() => change(routes.auth.revokeToken, { params: { id: token.id } }), {
                        says: t('revoked', { name: token.name }),
                        refresh: tokensQuery.queryKey,
                      })
                    }
                  >
                    {t('revoke')}
                  </Button>,
                ],
              }))}
            />
          )}
        </Loaded>
      </Panel>
    </Stack>
  )
}
