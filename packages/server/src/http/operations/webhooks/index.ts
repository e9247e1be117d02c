import { routes } from '@sente/api'
import type { Webhook } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { Fault } from '../../../core/fault.ts'
import {
  createWebhook,
  keepTest,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  replayDelivery,
  rotateSecret,
  updateWebhook,
} from '../../../store/webhooks.ts'
import type { Tx } from '../../../store/tenant.ts'
import { newWebhookSecret } from '../../../webhooks/send.ts'
import { checkTarget, Refused, targetsOf } from '../../../webhooks/targets.ts'
import { operation } from '../../operation.ts'
import type { Operation } from '../../operation.ts'
import { checkNotNull } from '../../patches.ts'

const WHY = {
  'not-allowed': {
    en: 'The operator allows other hosts only (SENTE_WEBHOOK_HOSTS).',
    zh: '运维只允许其他主机（SENTE_WEBHOOK_HOSTS）。',
  },
  'not-https': {
    en: 'Must begin with https://; only hosts that the operator names (SENTE_WEBHOOK_HOSTS) may do without.',
    zh: '必须以 https:// 开头；只有运维列出的主机（SENTE_WEBHOOK_HOSTS）可以例外。',
  },
  'inner-address': {
    en: 'This is an address of this machine or an inner network; the operator may allow it by name (SENTE_WEBHOOK_HOSTS).',
    zh: '这是本机或内网地址；运维可以按名称允许（SENTE_WEBHOOK_HOSTS）。',
  },
} as const

/** What can be seen of an address is said at once; what its name stands for is looked at with each message. */
function checkAddress(url: string | null | undefined): void {
  if (typeof url !== 'string') return
  const address = new URL(url)
  try {
    if (address.username !== '' || address.password !== '') throw fault(USERINFO)
    checkTarget(address, targetsOf(process.env['SENTE_WEBHOOK_HOSTS']))
  } catch (error) {
    throw error instanceof Refused ? fault(WHY[error.code]) : error
  }
}
const USERINFO = { en: 'An address with a name or password in it is not taken.', zh: '地址里不能带用户名或密码。' }
const fault = (what: { en: string; zh: string }): Fault =>
  new Fault('invalid-input', { faults: [{ field: 'body.url', what }] })

/** A message that waits is sent soon: processes that work on jobs hear of it. */
const tell = (tx: Tx, id: string, version = 1): void =>
  void tx.events.push({ workspaceId: tx.workspaceId, kind: 'webhook', id, version, action: 'update' })

/** The audit trail says who does what, without counts that change by themselves. */
const told = (webhook: Webhook): object =>
  Object.fromEntries(Object.entries(webhook).filter(([name]) => name !== 'counts'))

/** Whoever manages the workspace has other software told of its changes. */
export const operations: Operation[] = [
  operation(routes.webhooks.list, async ({ context: { tx } }) => ({ items: await listWebhooks(tx) })),
  operation(routes.webhooks.create, async ({ body, context: { tx } }) => {
    checkAddress(body.url)
    const secret = newWebhookSecret()
    const webhook = await createWebhook(tx, body, secret)
    await audit(tx, { kind: 'webhook', id: webhook.id, action: 'create', after: told(webhook) })
    return { webhook, secret }
  }),
  operation(routes.webhooks.update, async ({ params, body, context: { tx, ifMatch } }) => {
    checkNotNull(body, ['name', 'url', 'events', 'active'])
    checkAddress(body.url)
    const { before, after } = await updateWebhook(tx, params.webhookId, body, ifMatch)
    await audit(tx, { kind: 'webhook', id: after.id, action: 'update', before: told(before), after: told(after) })
    tell(tx, after.id, after.version)
    return after
  }),
  operation(routes.webhooks.remove, async ({ params, context: { tx, ifMatch } }) => {
    const before = await removeWebhook(tx, params.webhookId, ifMatch)
    await audit(tx, { kind: 'webhook', id: before.id, action: 'delete', before: told(before) })
  }),
  operation(routes.webhooks.test, async ({ params, context: { tx } }) => {
    const delivery = await keepTest(tx, params.webhookId)
    tell(tx, params.webhookId)
    return delivery
  }),
  operation(routes.webhooks.rotate, async ({ params, context: { tx } }) => {
    const secret = newWebhookSecret()
    const webhook = await rotateSecret(tx, params.webhookId, secret)
    await audit(tx, { kind: 'webhook', id: webhook.id, action: 'update', after: told(webhook) })
    return { webhook, secret }
  }),
  operation(routes.webhooks.deliveries, ({ params, query, context: { tx } }) =>
    listDeliveries(tx, params.webhookId, query),
  ),
  operation(routes.webhooks.replay, async ({ params, context: { tx } }) => {
    const delivery = await replayDelivery(tx, params.webhookId, params.id)
    tell(tx, params.webhookId)
    return delivery
  }),
]
