import { z } from 'zod'
import { Page, pageOf, patchOf } from '../records/records.ts'
import { Id, Line, Moment } from '../records/shapes.ts'
import { route } from '../route.ts'

/** What a webhook may be told of; `webhook.test` besides is what a test sends. */
export const WEBHOOK_EVENTS = [
  'deal.created',
  'deal.updated',
  'deal.deleted',
  'fact.created',
  'fact.updated',
  'fact.deleted',
  'account.created',
  'account.updated',
  'account.deleted',
  'person.created',
  'person.updated',
  'person.deleted',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

const Fields = {
  name: Line,
  url: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .meta({ description: 'https, unless the operator allows the host by name' }),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
  active: z.boolean(),
}
export const Webhook = z.strictObject({
  ...Fields,
  url: z.string(),
  id: Id,
  version: z.int(),
  ended: z.enum(['gone']).optional().meta({ description: 'Why it was switched off: its address answered 410' }),
  createdAt: Moment,
  counts: z
    .strictObject({ waiting: z.int(), givenUp: z.int() })
    .meta({ description: 'Of its messages, those to be sent and those that were given up' }),
})
export type Webhook = z.infer<typeof Webhook>
export const Delivery = z.strictObject({
  id: Id.meta({ description: 'Id of the message (webhook-id), the same with every try' }),
  event: z.string(),
  state: z.enum(['pending', 'delivered', 'failed', 'given-up']),
  attempts: z.int(),
  createdAt: Moment,
  triedAt: Moment.optional(),
  nextAt: Moment.optional().meta({ description: 'When it is tried next' }),
  answer: z.int().optional().meta({ description: 'Status of the last answer; absent: there was none' }),
  problem: z.string().optional().meta({ description: 'Why the last try failed, by a code' }),
})
export type Delivery = z.infer<typeof Delivery>

const one = z.strictObject({ webhookId: Id })
const Secret = z.strictObject({
  webhook: Webhook,
  secret: z.string().meta({ description: 'Shown in this answer only' }),
})

export const webhooks = {
  list: route({
    method: 'GET',
    path: '/webhooks',
    tag: 'Webhooks',
    summary: 'List the webhooks of the workspace',
    permission: 'workspace:manage',
    output: z.strictObject({ items: z.array(Webhook) }),
  }),
  create: route({
    method: 'POST',
    path: '/webhooks',
    tag: 'Webhooks',
    summary: 'Have an address told of changes; its secret is shown once',
    permission: 'workspace:manage',
    body: z.strictObject({ ...Fields, active: Fields.active.default(true) }),
    output: Secret,
    status: 201,
    idempotent: true,
    errors: ['conflict'],
  }),
  update: route({
    method: 'PATCH',
    path: '/webhooks/{webhookId}',
    tag: 'Webhooks',
    summary: 'Change a webhook, or switch it off and on',
    permission: 'workspace:manage',
    params: one,
    body: patchOf(Fields),
    output: Webhook,
    versioned: true,
    errors: ['changed-since', 'conflict'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/webhooks/{webhookId}',
    tag: 'Webhooks',
    summary: 'Delete a webhook with its messages',
    permission: 'workspace:manage',
    params: one,
    versioned: true,
    errors: ['changed-since'],
  }),
  test: route({
    method: 'POST',
    path: '/webhooks/{webhookId}/test',
    tag: 'Webhooks',
    summary: 'Send a test message',
    permission: 'workspace:manage',
    params: one,
    output: Delivery,
    status: 202,
  }),
  rotate: route({
    method: 'POST',
    path: '/webhooks/{webhookId}/secret',
    tag: 'Webhooks',
    summary: 'Make a new secret; for a day messages are signed with the former one as well',
    permission: 'workspace:manage',
    params: one,
    output: Secret,
  }),
  deliveries: route({
    method: 'GET',
    path: '/webhooks/{webhookId}/deliveries',
    tag: 'Webhooks',
    summary: 'List its messages, newest first: what became of each',
    permission: 'workspace:manage',
    params: one,
    query: z.strictObject(Page),
    output: pageOf(Delivery),
    errors: ['bad-cursor'],
  }),
  replay: route({
    method: 'POST',
    path: '/webhooks/{webhookId}/deliveries/{id}/replay',
    tag: 'Webhooks',
    summary: 'Send a message again, with the id it had',
    permission: 'workspace:manage',
    params: z.strictObject({ webhookId: Id, id: Id }),
    output: Delivery,
    status: 202,
  }),
}
