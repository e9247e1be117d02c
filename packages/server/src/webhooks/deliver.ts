import { withWorkspace } from '../store/tenant.ts'
import type { Store, Tx } from '../store/tenant.ts'
import { sendMessage, signedHeaders } from './send.ts'
import type { Answer } from './send.ts'
import type { Targets } from './targets.ts'

/** Seconds until a message is tried again, after each try that failed; then it is given up, about three days after the first. Standard Webhooks' own. */
export const DELAYS_S = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
/** Longer than a try may take: a process that died with a webhook in hand leaves it to another after it. */
const LEASE_S = 60
/** Messages of one webhook in a row, and for how long; then others have their turn. One that was not answered ends the turn: the next may wait as long. */
const IN_A_ROW = 100
const TURN_MS = 10_000
/** No target keeps a message waiting longer than this, whatever it asks. */
const MOST_WAIT_S = 86_400

export interface DeliverOptions {
  targets: Targets
  signal: AbortSignal
  /** For tests: other delays than `DELAYS_S`. */
  delaysS?: readonly number[]
  patienceMs?: number
}

interface Claimed {
  id: string
  url: string
  secrets: string[]
}
interface Message {
  id: string
  body: string
  attempts: number
}

/**
 * Sends what is due in a workspace. Each webhook is in the hands of one process at a time and gets its messages in the order in which they were committed; one
 * that failed waits for its next try and holds up none behind it. Answers in how many seconds something is due again; undefined: nothing is.
 */
export async function deliverDue(
  store: Store,
  workspaceId: string,
  options: DeliverOptions,
): Promise<number | undefined> {
  const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    withWorkspace(store, { workspaceId, via: 'job' }, work)
  const claimed = await inWorkspace((tx) => claim(tx))
  await Promise.all(
    claimed.map(async (webhook) => {
      const until = Date.now() + TURN_MS
      try {
        for (let n = 0; n < IN_A_ROW && Date.now() < until && !options.signal.aborted; n++) {
          const message = await inWorkspace((tx) => nextMessage(tx, webhook.id))
          if (!message) break
          const headers = signedHeaders(message.id, Math.floor(Date.now() / 1000), message.body, webhook.secrets)
          const answer = await sendMessage(webhook.url, message.body, headers, options)
          // Told to stop in the middle: whether it arrived is not known, so it goes out again with the same id.
          if (answer.problem === 'stopped') break
          await inWorkspace((tx) => keep(tx, webhook.id, message, answer, options.delaysS ?? DELAYS_S))
          if (answer.status === 410 || answer.status === undefined) break
        }
      } finally {
        await inWorkspace((tx) => release(tx, webhook.id))
      }
    }),
  )
  return inWorkspace(secondsUntilDue)
}

const DUE = `d.state in ('pending', 'failed') and d.due_at <= now() and (w.active or d.event = 'webhook.test')`

async function claim(tx: Tx): Promise<Claimed[]> {
  const rows = await tx.rows<{ id: string; url: string; secret: string; former: string | null }>(
    `update webhook w
     set busy_until = now() + make_interval(secs => $2)
     where w.workspace_id = $1
       and (w.busy_until is null or w.busy_until < now())
       and exists (select from webhook_delivery d where d.workspace_id = w.workspace_id and d.webhook_id = w.id and ${DUE})
     returning w.id, w.url, w.secret, case when w.former_until > now() then w.former_secret end as former`,
    [tx.workspaceId, LEASE_S],
  )
  return rows.map(({ id, url, secret, former }) => ({
    id,
    url,
    secrets: former === null ? [secret] : [secret, former],
  }))
}

/** The oldest that is due; the try is counted before it begins, so that none is made without end. */
async function nextMessage(tx: Tx, webhookId: string): Promise<Message | undefined> {
  await tx.rows(
    `update webhook set busy_until = now() + make_interval(secs => $3) where workspace_id = $1 and id = $2`,
    [tx.workspaceId, webhookId, LEASE_S],
  )
  const [row] = await tx.rows<Message>(
    `update webhook_delivery m
     set attempts = m.attempts + 1, tried_at = now(), due_at = now() + make_interval(secs => $3)
     where m.workspace_id = $1
       and m.id = (select d.id
         from webhook_delivery d
         join webhook w on w.workspace_id = $1 and w.id = d.webhook_id
         where d.workspace_id = $1 and d.webhook_id = $2 and ${DUE}
         order by d.seq
         limit 1)
     returning m.id, m.body, m.attempts`,
    [tx.workspaceId, webhookId, LEASE_S],
  )
  return row
}

async function keep(
  tx: Tx,
  webhookId: string,
  { id, attempts }: Message,
  { status, problem, wait = 0 }: Answer,
  delays: readonly number[],
): Promise<void> {
  const gone = status === 410
  const delay = delays[attempts - 1]
  const state = problem === undefined ? 'delivered' : gone || delay === undefined ? 'given-up' : 'failed'
  await tx.rows(
    `update webhook_delivery
     set state = $3, answer = $4, problem = $5, due_at = now() + make_interval(secs => $6)
     where workspace_id = $1 and id = $2`,
    [tx.workspaceId, id, state, status ?? null, problem ?? null, Math.max(delay ?? 0, Math.min(wait, MOST_WAIT_S))],
  )
  // Its owner says that nobody is there any more: it is asked nothing until somebody switches it on again.
  if (gone)
    await tx.rows(
      `update webhook set active = false, ended = 'gone', version = version + 1 where workspace_id = $1 and id = $2`,
      [tx.workspaceId, webhookId],
    )
}

const release = (tx: Tx, webhookId: string): Promise<unknown> =>
  tx.rows('update webhook set busy_until = null where workspace_id = $1 and id = $2', [tx.workspaceId, webhookId])

/** What a process that died has in hand is due once its lease is over. */
async function secondsUntilDue(tx: Tx): Promise<number | undefined> {
  const [row] = await tx.rows<{ seconds: number | null }>(
    `select extract(epoch from min(greatest(d.due_at, w.busy_until)) - now())::float8 as seconds
     from webhook_delivery d
     join webhook w on w.workspace_id = $1 and w.id = d.webhook_id
     where d.workspace_id = $1 and d.state in ('pending', 'failed') and (w.active or d.event = 'webhook.test')`,
    [tx.workspaceId],
  )
  return row?.seconds === null || row?.seconds === undefined ? undefined : Math.max(0, row.seconds)
}

/** Messages are kept for a month after they came to an end, for whoever looks or sends them again. */
export const forgetOldMessages = (tx: Tx): Promise<unknown> =>
  tx.rows(
    `delete from webhook_delivery
     where workspace_id = $1 and state in ('delivered', 'given-up') and coalesce(tried_at, created_at) < now() - interval '30 days'`,
    [tx.workspaceId],
  )
