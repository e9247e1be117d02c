import type { Delivery, Webhook, WebhookEvent } from '@sente/api'
import { cursorOf, placeOf } from './cursors.ts'
import { newId } from './ids.ts'
import { ChangedSince, Conflict, NotFound } from './refusal.ts'
import type { Tx } from './tenant.ts'

interface Row {
  id: string
  version: number
  name: string
  url: string
  events: string[]
  active: boolean
  ended: string | null
  created_at: Date
  waiting: number
  given_up: number
}
const COLUMNS = `w.id, w.version, w.name, w.url, w.events, w.active, w.ended, w.created_at,
  (select count(*)::int from webhook_delivery d where d.workspace_id = w.workspace_id and d.webhook_id = w.id and d.state in ('pending', 'failed')) as waiting,
  (select count(*)::int from webhook_delivery d where d.workspace_id = w.workspace_id and d.webhook_id = w.id and d.state = 'given-up') as given_up`

const shapeOf = (row: Row): Webhook => ({
  id: row.id,
  version: row.version,
  name: row.name,
  url: row.url,
  events: row.events as WebhookEvent[],
  active: row.active,
  ...(row.ended === 'gone' ? { ended: 'gone' as const } : {}),
  createdAt: row.created_at.toISOString(),
  counts: { waiting: row.waiting, givenUp: row.given_up },
})

export async function listWebhooks(tx: Tx): Promise<Webhook[]> {
  return (
    await tx.rows<Row>(`select ${COLUMNS} from webhook w where w.workspace_id = $1 order by w.id`, [tx.workspaceId])
  ).map(shapeOf)
}

/** Throws `NotFound`. */
export async function webhookOf(tx: Tx, id: string): Promise<Webhook> {
  const [row] = await tx.rows<Row>(`select ${COLUMNS} from webhook w where w.workspace_id = $1 and w.id = $2`, [
    tx.workspaceId,
    id,
  ])
  if (!row) throw new NotFound()
  return shapeOf(row)
}

/** So many a workspace has: each change is written down for each of them. */
const MOST = 20
const FULL = {
  en: `A workspace has ${MOST} webhooks at most: delete one that is not needed.`,
  zh: `一个工作区最多 ${MOST} 个 webhook：请先删除不用的。`,
}

export async function createWebhook(
  tx: Tx,
  { name, url, events, active }: Pick<Webhook, 'name' | 'url' | 'events' | 'active'>,
  secret: string,
): Promise<Webhook> {
  const id = newId()
  if ((await listWebhooks(tx)).length >= MOST) throw new Conflict(FULL)
  await tx.rows(
    `insert into webhook (workspace_id, id, name, url, secret, events, active, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.workspaceId, id, name, url, secret, events, active, tx.actorId ?? null],
  )
  return webhookOf(tx, id)
}

/** Throws `NotFound` and `ChangedSince`. Switched on again it is as if it never had ended. */
export async function updateWebhook(
  tx: Tx,
  id: string,
  patch: { [K in 'name' | 'url' | 'events' | 'active']?: Webhook[K] | null | undefined },
  version: number | undefined,
): Promise<{ before: Webhook; after: Webhook }> {
  const before = await lockWebhook(tx, id, version)
  await tx.rows(
    `update webhook
     set name = coalesce($3, name), url = coalesce($4, url), events = coalesce($5, events), active = coalesce($6, active),
       ended = case when $6 or $4 is not null then null else ended end, version = version + 1
     where workspace_id = $1 and id = $2`,
    [tx.workspaceId, id, patch.name ?? null, patch.url ?? null, patch.events ?? null, patch.active ?? null],
  )
  return { before, after: await webhookOf(tx, id) }
}

async function lockWebhook(tx: Tx, id: string, version: number | undefined): Promise<Webhook> {
  await tx.rows('select from webhook where workspace_id = $1 and id = $2 for update', [tx.workspaceId, id])
  const before = await webhookOf(tx, id)
  if (version !== undefined && version !== before.version) throw new ChangedSince(before)
  return before
}

/** Throws `NotFound` and `ChangedSince`. */
export async function removeWebhook(tx: Tx, id: string, version: number | undefined): Promise<Webhook> {
  const before = await lockWebhook(tx, id, version)
  await tx.rows('delete from webhook where workspace_id = $1 and id = $2', [tx.workspaceId, id])
  return before
}

/** The former secret signs along for a day, so that nobody who checks with it loses a message. */
export async function rotateSecret(tx: Tx, id: string, secret: string): Promise<Webhook> {
  await lockWebhook(tx, id, undefined)
  await tx.rows(
    `update webhook
     set former_secret = secret, former_until = now() + interval '24 hours', secret = $3, version = version + 1
     where workspace_id = $1 and id = $2`,
    [tx.workspaceId, id, secret],
  )
  return webhookOf(tx, id)
}

interface DeliveryRow {
  id: string
  seq: string
  event: string
  state: string
  attempts: number
  created_at: Date
  tried_at: Date | null
  due_at: Date
  answer: number | null
  problem: string | null
}
const OF_DELIVERY =
  'd.id, d.seq::text as seq, d.event, d.state, d.attempts, d.created_at, d.tried_at, d.due_at, d.answer, d.problem'
const deliveryOf = (row: DeliveryRow): Delivery => ({
  id: row.id,
  event: row.event,
  state: row.state as Delivery['state'],
  attempts: row.attempts,
  createdAt: row.created_at.toISOString(),
  ...(row.tried_at ? { triedAt: row.tried_at.toISOString() } : {}),
  ...(row.state === 'pending' || row.state === 'failed' ? { nextAt: row.due_at.toISOString() } : {}),
  ...(row.answer === null ? {} : { answer: row.answer }),
  ...(row.problem === null ? {} : { problem: row.problem }),
})

const isSeq = (place: readonly unknown[]): boolean => place.length === 1 && /^\d{1,18}$/.test(String(place[0]))

export async function listDeliveries(
  tx: Tx,
  webhookId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Delivery[]; next?: string }> {
  await webhookOf(tx, webhookId)
  const list = ['deliveries', webhookId]
  const after = placeOf<[string]>(list, cursor, isSeq)?.[0]
  const rows = await tx.rows<DeliveryRow>(
    `select ${OF_DELIVERY}
     from webhook_delivery d
     where d.workspace_id = $1 and d.webhook_id = $2 and ($4::bigint is null or d.seq < $4)
     order by d.seq desc
     limit $3`,
    [tx.workspaceId, webhookId, limit + 1, after ?? null],
  )
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { items: page.map(deliveryOf), ...(last ? { next: cursorOf(list, [last.seq]) } : {}) }
}

/** A message of its own that says nothing but that it is a test. */
export async function keepTest(tx: Tx, webhookId: string): Promise<Delivery> {
  await webhookOf(tx, webhookId)
  const body = {
    type: 'webhook.test',
    timestamp: new Date().toISOString(),
    data: { workspaceId: tx.workspaceId, webhookId },
  }
  const [row] = await tx.rows<DeliveryRow>(
    `insert into webhook_delivery as d (workspace_id, id, webhook_id, event, body)
     values ($1, $2, $3, 'webhook.test', $4)
     returning ${OF_DELIVERY}`,
    [tx.workspaceId, newId(), webhookId, JSON.stringify(body)],
  )
  return deliveryOf(row!)
}

/** Sends a message again from the start of its tries, with the id and the words it had. Throws `NotFound`. */
export async function replayDelivery(tx: Tx, webhookId: string, id: string): Promise<Delivery> {
  const [row] = await tx.rows<DeliveryRow>(
    `update webhook_delivery d
     set state = 'pending', attempts = 0, due_at = now(), problem = null, answer = null
     where d.workspace_id = $1 and d.webhook_id = $2 and d.id = $3
     returning ${OF_DELIVERY}`,
    [tx.workspaceId, webhookId, id],
  )
  if (!row) throw new NotFound()
  return deliveryOf(row)
}
