import { Button, Checkbox, Group, List, PasswordInput, Stack, Text } from '@mantine/core'
import { routes } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { problemOf } from '../../shared/api/problem.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { When } from '../../shared/time/when.tsx'
import { Panel } from './panel.tsx'
import { tokensQuery } from './tokens-query.ts'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

/** A new password. Programs that have tokens go on or stop with it, as its owner chooses. */
export function Password() {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const text = useText()
  const field = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<string>()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [endTokens, setEndTokens] = useState(true)
  const submit = async (): Promise<void> => {
    const done = await act(() => change(routes.auth.password, { body: { current, next, endTokens } }), {
      here: (error) => {
        const { code, what } = problemOf(error)
        if (code !== 'wrong-current-password' || what === undefined) return false
        setWrong(text(what))
        field.current?.select()
        return true
      },
      says: t('passwordChanged'),
      refresh: ['sessions'],
      also: tokensQuery.queryKey,
    })
    if (done) {
      setCurrent('')
      setNext('')
    }
  }
  return (
    <Panel title={t('password')} says={t('passwordSays')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="sm" maw={420}>
          <PasswordInput
            label={t('currentPassword')}
            autoComplete="current-password"
            required
            ref={field}
            error={wrong}
            value={current}
            onChange={(event) => {
              setCurrent(event.currentTarget.value)
              setWrong(undefined)
            }}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <PasswordInput
            label={t('newPassword')}
            description={t('passwordForm')}
            autoComplete="new-password"
            minLength={10}
            required
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <TokensToo chosen={endTokens} choose={setEndTokens} />
          <Group>
            <Button type="submit" loading={busy}>
              {t('changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}

/** Which tokens there are, and whether they end too; nothing where there are none. */
function TokensToo({ chosen, choose }: { chosen: boolean; choose: (on: boolean) => void }) {
  const t = useSettingsWords()
  const query = useQuery(tokensQuery)
  return (
    <Loaded query={query} waiting={<Waiting like="rows" count={1} />}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Stack gap={4}>
            <Checkbox
              label={t('endTokens')}
              description={t('endTokensSays')}
              checked={chosen}
              onChange={(event) => choose(event.currentTarget.checked)}
            />
            <List size="sm" withPadding aria-label={t('sections.tokens')}>
              {items.map(({ id, name, usedAt }) => (
                <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
                  {name}{' '}
                  <Text span size="sm" c="dimmed">
                    {t('used')} {usedAt === undefined ? t('never') : <When at={usedAt} />}
                  </Text>
                </List.Item>
              ))}
            </List>
          </Stack>
        )
      }
    </Loaded>
  )
}
