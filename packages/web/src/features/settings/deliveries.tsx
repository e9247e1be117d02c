import { Button, Text } from '@mantine/core'
import { routes } from '@sente/api'
import type { Delivery, Webhook } from '@sente/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import { When } from '../../shared/time/when.tsx'
import { useAct } from './use-act.ts'
import { deliveriesQuery, webhooksQuery } from './webhooks-query.ts'
import type { EventWord } from './webhooks.tsx'
import { useSettingsWords } from './words.ts'

const PROBLEMS = [
  'status',
  'redirect',
  'timeout',
  'no-such-host',
  'no-connection',
  'certificate',
  'inner-address',
  'not-https',
  'not-allowed',
] as const

/** The messages of a webhook, opened on asking: what each told of, what became of it, and sending it again. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const t = useSettingsWords()
  const [open, setOpen] = useState(false)
  const { waiting, givenUp } = webhook.counts
  const counts = [
    ...(waiting > 0 ? [t('hooks.waiting', { count: waiting })] : []),
    ...(givenUp > 0 ? [t('hooks.givenUp', { count: givenUp })] : []),
  ]
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Text component="span" size="sm">
          {t('hooks.messages')}
          {counts.length > 0 && ` · ${counts.join(' · ')}`}
        </Text>
      </summary>
      {open && <Messages webhookId={webhook.id} />}
    </details>
  )
}

function Messages({ webhookId }: { webhookId: string }) {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const options = deliveriesQuery(webhookId)
  const query = useInfiniteQuery(options)
  const replay = (id: string): void =>
    void act(() => change(routes.webhooks.replay, { params: { webhookId, id } }), {
      says: t('hooks.replayed'),
      refresh: options.queryKey,
      also: webhooksQuery.queryKey,
    })
  return (
    <Loaded
      query={query}
      waiting={<Waiting like="rows" count={3} />}
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={
        <Text size="sm" c="dimmed" mt="xs">
          {t('hooks.noMessages')}
        </Text>
      }
    >
      {({ pages }) => (
        <>
          <StackingTable
            columns={[
              { name: t('what') },
              { name: t('when') },
              { name: t('hooks.state') },
              { name: t('hooks.tries') },
              { name: t('hooks.replay'), quiet: true },
            ]}
            rows={pages
              .flatMap(({ items }) => items)
              .map((message) => ({
                id: message.id,
                cells: [
                  t(`hooks.event.${message.event.replace('.', '-') as EventWord | 'webhook-test'}`),
                  <When key="when" at={message.createdAt} />,
                  <State key="state" message={message} />,
                  message.attempts,
                  <Button
                    key="replay"
                    variant="subtle"
                    size="compact-sm"
                    disabled={busy || message.state === 'pending'}
                    onClick={() => replay(message.id)}
                  >
                    {t('hooks.replay')}
                  </Button>,
                ],
              }))}
          />
          {query.hasNextPage && (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('older')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

/** The state in words, and below it why: red says lost, and the word stands beside it. */
function State({ message: { state, answer, problem, nextAt, triedAt } }: { message: Delivery }) {
  const t = useSettingsWords()
  const known = PROBLEMS.find((one) => one === problem)
  const why =
    known === 'status' ? t('hooks.answered', { status: String(answer) }) : known && t(`hooks.problem.${known}`)
  return (
    <span>
      <Text component="span" size="sm" {...(state === 'given-up' && { c: 'red' })}>
        {t(`hooks.states.${state}`)}
      </Text>
      {(why !== undefined || state === 'failed' || triedAt !== undefined) && (
        <Text size="xs" c="dimmed" component="div">
          {why}
          {why !== undefined && state === 'failed' && ' · '}
          {state === 'failed' && nextAt !== undefined && (
            <>
              {t('hooks.next')} <When at={nextAt} />
            </>
          )}
          {state === 'delivered' && triedAt !== undefined && (
            <>
              {answer} · <When at={triedAt} />
            </>
          )}
        </Text>
      )}
    </span>
  )
}
