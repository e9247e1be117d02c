import { Box, Button, Checkbox, Group, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { routes, WEBHOOK_EVENTS } from '@sente/api'
import type { Webhook, WebhookEvent } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { Deliveries } from './deliveries.tsx'
import { Once } from './once.tsx'
import { Panel } from './panel.tsx'
import { useAct } from './use-act.ts'
import { useUrlFault } from './use-url-fault.ts'
import { webhooksQuery } from './webhooks-query.ts'
import { useSettingsWords } from './words.ts'

/** Other software that is told of changes: where, of what, and what became of each message. */
export function Webhooks() {
  const t = useSettingsWords()
  const query = useQuery(webhooksQuery)
  const [secret, setSecret] = useState<string>()
  return (
    <Stack>
      <NewWebhook onMade={setSecret} />
      {secret !== undefined && (
        <Once title={t('hooks.once')} says={t('hooks.onceSays')} secret={secret} onClose={() => setSecret(undefined)} />
      )}
      <Loaded
        query={query}
        waiting={<Waiting like="rows" count={3} />}
        isEmpty={({ items }) => items.length === 0}
        empty={<EmptyState title={t('hooks.none')}>{t('hooks.noneSays')}</EmptyState>}
      >
        {({ items }) => items.map((webhook) => <One key={webhook.id} webhook={webhook} onSecret={setSecret} />)}
      </Loaded>
    </Stack>
  )
}

function NewWebhook({ onMade }: { onMade: (secret: string) => void }) {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const { fault, here, forget } = useUrlFault()
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<string[]>(['deal.created', 'deal.updated'])
  const create = async (): Promise<void> => {
    const body = { name: name.trim(), url: url.trim(), events: events as WebhookEvent[] }
    const done = await act(() => change(routes.webhooks.create, { body }), { refresh: webhooksQuery.queryKey, here })
    if (!done) return
    onMade(done.value.secret)
    setName('')
    setUrl('')
  }
  return (
    <Panel title={t('hooks.new')} says={t('hooks.newSays')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} maw={760}>
            <TextInput
              label={t('hooks.name')}
              placeholder={t('hooks.nameExample')}
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t('hooks.url')}
              placeholder="https://hooks.example.com/sente"
              type="url"
              required
              maxLength={1000}
              value={url}
              error={fault}
              onChange={(event) => {
                setUrl(event.currentTarget.value)
                forget()
              }}
            />
          </SimpleGrid>
          <Events value={events} onChange={setEvents} />
          <Group>
            <Button type="submit" loading={busy} disabled={events.length === 0}>
              {t('hooks.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}

function Events({ value, onChange }: { value: string[]; onChange: (events: string[]) => void }) {
  const t = useSettingsWords()
  return (
    <Checkbox.Group label={t('hooks.events')} value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 2, xs: 3, md: 4 }} spacing="xs" mt="xs">
        {WEBHOOK_EVENTS.map((event) => (
          <Checkbox key={event} value={event} label={t(`hooks.event.${event.replace('.', '-') as EventWord}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}
/** Words are looked up by dots: the name of an event has none there. */
export type EventWord = WebhookEvent extends `${infer A}.${infer B}` ? `${A}-${B}` : never

function One({ webhook, onSecret }: { webhook: Webhook; onSecret: (secret: string) => void }) {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const [sure, setSure] = useState(false)
  const [editing, setEditing] = useState(false)
  const refresh = webhooksQuery.queryKey
  const params = { webhookId: webhook.id }
  const update = (body: { active?: boolean; events?: WebhookEvent[] }, says: string): Promise<unknown> =>
    act(() => change(routes.webhooks.update, { params, body, version: webhook.version }), { says, refresh })
  const rotate = async (): Promise<void> => {
    const done = await act(() => change(routes.webhooks.rotate, { params }), { refresh })
    if (done) onSecret(done.value.secret)
  }
  return (
    <Panel
      title={webhook.name}
      says={<span style={{ overflowWrap: 'anywhere' }}>{webhook.url}</span>}
      actions={
        <Switch
          label={t('hooks.active')}
          checked={webhook.active}
          onChange={({ currentTarget: { checked } }) =>
            void update({ active: checked }, t(checked ? 'hooks.on' : 'hooks.off', { name: webhook.name }))
          }
        />
      }
    >
      {webhook.ended === 'gone' && (
        <Text size="sm" c="red" mb="xs">
          {t('hooks.gone')}
        </Text>
      )}
      {editing ? (
        <EditEvents
          webhook={webhook}
          busy={busy}
          onSave={async (events) => {
            await update({ events }, t('saved'))
            setEditing(false)
          }}
          onClose={() => setEditing(false)}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {webhook.events.map((event) => t(`hooks.event.${event.replace('.', '-') as EventWord}`)).join(' · ')}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          onClick={() => void act(() => change(routes.webhooks.test, { params }), { says: t('hooks.tested'), refresh })}
        >
          {t('hooks.test')}
        </Button>
        {!editing && (
          <Button size="compact-sm" variant="default" disabled={busy} onClick={() => setEditing(true)}>
            {t('hooks.choose')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void rotate()}>
          {t('hooks.rotate')}
        </Button>
        {sure ? (
          <>
            <Text size="sm">{t('hooks.sure')}</Text>
            <Button
              size="compact-sm"
              color="red"
              onClick={() =>
                void act(() => change(routes.webhooks.remove, { params, version: webhook.version }), {
                  says: t('hooks.removed', { name: webhook.name }),
                  refresh,
                })
              }
            >
              {t('remove')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setSure(false)}>
              {t('cancel')}
            </Button>
          </>
        ) : (
          <Button size="compact-sm" variant="subtle" color="red" disabled={busy} onClick={() => setSure(true)}>
            {t('remove')}
          </Button>
        )}
      </Group>
      <Box mt="md">
        <Deliveries webhook={webhook} />
      </Box>
    </Panel>
  )
}

function EditEvents({
  webhook,
  busy,
  onSave,
  onClose,
}: {
  webhook: Webhook
  busy: boolean
  onSave: (events: WebhookEvent[]) => Promise<void>
  onClose: () => void
}) {
  const t = useSettingsWords()
  const [events, setEvents] = useState<string[]>(webhook.events)
  return (
    <Stack gap="sm">
      <Events value={events} onChange={setEvents} />
      <Group gap="xs">
        <Button
          size="compact-sm"
          loading={busy}
          disabled={events.length === 0}
          onClick={() => void onSave(events as WebhookEvent[])}
        >
          {t('save')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
