import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { routes } from '@sente/api'
import type { Client, Delivery, Webhook } from '@sente/api'
import { eventBus } from '../../src/store/events.ts'
import { startJobs } from '../../src/jobs/jobs.ts'
import { withWorkspace } from '../../src/store/tenant.ts'
import type { Store } from '../../src/store/tenant.ts'
import { deliverDue, forgetOldMessages } from '../../src/webhooks/deliver.ts'
import { secondsAsked } from '../../src/webhooks/send.ts'
import { checkTarget, isPublic, publicLookup, Refused, targetsOf } from '../../src/webhooks/targets.ts'
import { METHOD } from '../../../engine/test/support/method.ts'
import { makeWorkspace, testApp } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'

interface Received {
  headers: Record<string, string>
  body: string
}

/** Software of somebody else: keeps what it is sent, and answers as it is told. */
class Receiver {
  readonly received: Received[] = []
  answer: (response: ServerResponse, n: number) => void = (response) => response.writeHead(204).end()
  readonly #server: Server
  constructor() {
    this.#server = createServer((request: IncomingMessage, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (piece: string) => (body += piece))
      request.on('end', () => {
        this.received.push({ headers: request.headers as Record<string, string>, body })
        this.answer(response, this.received.length)
      })
    })
  }
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
  types = (): string[] => this.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)
  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let admin: Client
  let store: Store
  let receiver: Receiver

  beforeAll(async () => {
    receiver = new Receiver()
    await receiver.listen()
    process.env['SENTE_WEBHOOK_HOSTS'] = receiver.host
    app = await testApp(db)
    store = { database: db, methodology: METHOD, events: eventBus(db) }
  })
  beforeEach(async () => {
    receiver.received.length = 0
    receiver.answer = (response) => response.writeHead(204).end()
    workspace = await makeWorkspace(db)
    admin = clientOf(app, workspace.members.administrator.token)
  })
  afterAll(async () => {
    delete process.env['SENTE_WEBHOOK_HOSTS']
    await app.close()
    await store.events.close()
    await receiver.close()
  })

  const create = (events: Webhook['events'] = ['deal.created', 'deal.updated', 'fact.created']) =>
    admin.call(routes.webhooks.create, {
      body: { name: 'Warehouse', url: `http://${receiver.host}/hook`, events },
    })
  const deal = (name = 'A deal of secrets') => admin.call(routes.deals.create, { body: { name } })
  /** One round as the job makes it; tries again at once instead of in minutes. */
  const deliver = (delaysS: readonly number[] = [0, 0], patienceMs = 5_000) =>
    deliverDue(store, workspace.id, {
      targets: targetsOf(receiver.host),
      signal: new AbortController().signal,
      delaysS,
      patienceMs,
    })
  const messages = async (webhookId: string): Promise<Delivery[]> =>
    (await admin.call(routes.webhooks.deliveries, { params: { webhookId }, query: {} })).items

  test('what is changed is told with a signature that the library of the standard accepts, and with no word that anybody wrote', async () => {
    const { webhook, secret } = await create()
    const made = await deal()
    const note = await admin.call(routes.facts.note.create, {
      params: { dealId: made.id },
      body: { on: '2026-03-01', text: 'They want it cheaper' },
    })
    await deliver()
    expect(receiver.types()).toEqual(['deal.created', 'fact.created'])
    for (const { headers, body } of receiver.received) {
      expect(new Verifier(secret).verify(body, headers)).toBeDefined()
      expect(body).not.toMatch(/secrets|cheaper/)
    }
    expect(JSON.parse(receiver.received[1]!.body)).toMatchObject({
      type: 'fact.created',
      data: { workspaceId: workspace.id, dealId: made.id, kind: 'note', id: note.id, version: 1 },
    })
    expect(await messages(webhook.id)).toMatchObject([
      { event: 'fact.created', state: 'delivered', answer: 204, attempts: 1 },
      { event: 'deal.created', state: 'delivered', answer: 204, attempts: 1 },
    ])
    expect(() => new Verifier(secret).verify(`${receiver.received[0]!.body} `, receiver.received[0]!.headers)).toThrow()
  })

  test('what was not asked for, or was rolled back, is not told', async () => {
    await create(['deal.updated'])
    const made = await deal()
    await problemFrom(
      admin.call(routes.facts.evidence.create, {
        params: { dealId: made.id },
        body: { on: '2026-03-01', signal: 'no_such' } as never,
      }),
    )
    await admin.call(routes.deals.update, {
      params: { dealId: made.id },
      body: { name: 'Renamed' },
      version: made.version,
    })
    await deliver()
    expect(receiver.types()).toEqual(['deal.updated'])
  })

  test('a target that fails is tried again with the same id until it answers, and holds up no later message', async () => {
    receiver.answer = (response, n) => response.writeHead(n < 3 ? 500 : 200).end()
    const { webhook } = await create()
    await deal('First')
    await deliver()
    expect(await messages(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 3, answer: 200 }])
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('after the last try a message is given up, with the answer it got, and can be sent again', async () => {
    receiver.answer = (response) => response.writeHead(503, { 'retry-after': '0' }).end()
    const { webhook } = await create()
    await deal()
    await deliver()
    const [given] = await messages(webhook.id)
    expect(given).toMatchObject({ state: 'given-up', attempts: 3, answer: 503, problem: 'status' })
    expect(await admin.call(routes.webhooks.list)).toMatchObject({ items: [{ counts: { waiting: 0, givenUp: 1 } }] })
    receiver.answer = (response) => response.writeHead(200).end()
    await admin.call(routes.webhooks.replay, { params: { webhookId: webhook.id, id: given!.id } })
    await deliver()
    expect(await messages(webhook.id)).toMatchObject([{ id: given!.id, state: 'delivered', attempts: 1 }])
  })

  test('a target that asks to wait is left alone for as long, and nothing is lost meanwhile', async () => {
    receiver.answer = (response) => response.writeHead(429, { 'retry-after': '3600' }).end()
    const { webhook } = await create()
    await deal()
    const seconds = await deliver()
    expect(seconds).toBeGreaterThan(3000)
    expect(await messages(webhook.id)).toMatchObject([{ state: 'failed', attempts: 1, answer: 429 }])
  })

  test('an address that says it is gone is switched off, with the reason', async () => {
    receiver.answer = (response) => response.writeHead(410).end()
    const { webhook } = await create()
    await deal()
    await deliver()
    expect(await admin.call(routes.webhooks.list)).toMatchObject({ items: [{ active: false, ended: 'gone' }] })
    await deal('Another')
    expect(await messages(webhook.id)).toMatchObject([{ state: 'given-up', answer: 410 }])
  })

  test('redirects are not followed, and a slow target is not waited for', async () => {
    receiver.answer = (response, n) => {
      if (n === 1) response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    }
    const { webhook } = await create()
    await deal()
    await deliver([3600])
    await deal('Second')
    await deliver([3600], 50)
    expect(await messages(webhook.id)).toMatchObject([
      { state: 'failed', problem: 'timeout' },
      { state: 'failed', problem: 'redirect', answer: 302 },
    ])
    expect(receiver.received).toHaveLength(2)
  })

  test('a program that was stopped in the middle sends the message again, with the id it had', async () => {
    const stopping = new AbortController()
    receiver.answer = () => stopping.abort()
    const { webhook } = await create()
    await deal()
    await deliverDue(store, workspace.id, { targets: targetsOf(receiver.host), signal: stopping.signal, delaysS: [0] })
    expect(receiver.received).toHaveLength(1)
    // Another process takes it once the lease of the first is over.
    await db.owner.query('update webhook_delivery set due_at = now() where workspace_id = $1', [workspace.id])
    receiver.answer = (response) => response.writeHead(200).end()
    await deliver()
    const [first, second] = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(second).toBe(first)
    expect(await messages(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 2 }])
  })

  test('a new secret is shown once, and for a day both prove a message', async () => {
    const { webhook, secret } = await create()
    const rotated = await admin.call(routes.webhooks.rotate, { params: { webhookId: webhook.id } })
    expect(rotated.secret).not.toBe(secret)
    await admin.call(routes.webhooks.test, { params: { webhookId: webhook.id } })
    await deliver()
    const [{ body, headers }] = receiver.received as [Received]
    expect(receiver.types()).toEqual(['webhook.test'])
    for (const each of [secret, rotated.secret]) expect(new Verifier(each).verify(body, headers)).toBeDefined()
    const { items } = await admin.call(routes.webhooks.list)
    expect(JSON.stringify([items, await messages(webhook.id)])).not.toContain('whsec_')
    const { rows } = await db.owner.query<{ text: string }>(
      'select to_jsonb(c)::text as text from change c where workspace_id = $1',
      [workspace.id],
    )
    expect(rows.map(({ text }) => text).join('')).not.toContain('whsec_')
  })

  test('the jobs of a server tell by themselves', async () => {
    const jobs = await startJobs(store, { log: () => {}, webhooks: { targets: targetsOf(receiver.host) } })
    try {
      await create()
      await deal()
      await expect.poll(() => receiver.types(), { timeout: 60_000 }).toEqual(['deal.created'])
    } finally {
      await jobs.stop()
    }
  })

  test('what is to be tried soon is not held up by what is to be tried late', async () => {
    receiver.answer = (response) => response.writeHead(500).end()
    const jobs = await startJobs(store, {
      log: () => {},
      webhooks: { targets: targetsOf(receiver.host), delaysS: [0.3, 300] },
    })
    try {
      const { webhook } = await create(['deal.created'])
      await deal()
      const states = async (): Promise<number[]> => (await messages(webhook.id)).map(({ attempts }) => attempts)
      await expect.poll(states, { timeout: 60_000 }).toEqual([2])
      await deal('Another')
      await expect.poll(states, { timeout: 60_000 }).toEqual([2, 2])
    } finally {
      await jobs.stop()
    }
  })

  test('a target that does not answer is asked once a turn, so that others are told meanwhile, and no message is lost', async () => {
    receiver.answer = () => {}
    await create(['deal.created'])
    for (const name of ['One', 'Two', 'Three']) await deal(name)
    expect(await deliver([60], 200)).toBeLessThan(1)
    expect(receiver.received).toHaveLength(1)
    receiver.answer = (response) => response.writeHead(204).end()
    expect(await deliver()).toBeGreaterThan(1)
    expect(receiver.received).toHaveLength(3)
  })

  test('what a process that died had in hand is looked for when its lease is over, not without end', async () => {
    await create(['deal.created'])
    await deal()
    await db.owner.query(`update webhook set busy_until = now() + interval '50 seconds' where workspace_id = $1`, [
      workspace.id,
    ])
    expect(await deliver()).toBeGreaterThan(30)
    expect(receiver.received).toHaveLength(0)
  })

  test("a webhook that is deleted at the same moment fails nobody's change", async () => {
    const { webhook } = await create(['deal.created'])
    const { options } = db.owner
    const client = new pg.Client({ ...(options as object), password: options.password as string })
    await client.connect()
    try {
      await client.query('begin')
      await client.query('delete from webhook where id = $1', [webhook.id])
      const made = deal('Made meanwhile')
      const held = async (): Promise<number> =>
        (
          await db.owner.query(
            `select from pg_locks l join pg_stat_activity a using (pid) where a.datname = current_database() and not l.granted`,
          )
        ).rowCount!
      await expect.poll(held, { timeout: 30_000 }).toBeGreaterThan(0)
      await client.query('commit')
      expect((await made).name).toBe('Made meanwhile')
    } finally {
      await client.end()
    }
  })

  test('messages are kept for a month after their last try, however old they are', async () => {
    const { webhook } = await create(['deal.created'])
    await deal('Old, sent today')
    await deal('Old, sent long ago')
    await deliver()
    const [old] = await messages(webhook.id)
    await db.owner.query(
      `update webhook_delivery set created_at = now() - interval '40 days' where workspace_id = $1`,
      [workspace.id],
    )
    await db.owner.query(`update webhook_delivery set tried_at = now() - interval '31 days' where id = $1`, [old!.id])
    await withWorkspace(store, { workspaceId: workspace.id, via: 'job' }, forgetOldMessages)
    const left = await messages(webhook.id)
    expect(left).toHaveLength(1)
    expect(left[0]!.id).not.toBe(old!.id)
  })

  test('an address that may not be told is refused when it is entered, with what to do', async () => {
    const of = (url: string) =>
      problemFrom(admin.call(routes.webhooks.create, { body: { name: 'x', url, events: ['deal.created'] } }))
    expect(await of('https://elsewhere.example/hook')).toMatchObject({
      code: 'invalid-input',
      faults: [{ field: 'body.url' }],
    })
    expect(await of('https://me:pass@elsewhere.example/hook')).toMatchObject({ faults: [{ field: 'body.url' }] })
  })
})

test.each([
  'https://127.0.0.1/',
  'https://10.1.2.3/',
  'https://169.254.169.254/latest',
  'https://[::1]/',
  'https://[fd00::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[64:ff9b::a00:1]/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://100.64.0.1/',
])('%s is an inner address, however it is written', (address) => {
  expect(() => checkTarget(new URL(address), targetsOf(undefined))).toThrow(Refused)
})

test('a name that stands for an inner address is refused where the connection would be made', async () => {
  const failed = await new Promise((resolve) => publicLookup('localhost', { all: true }, (error) => resolve(error)))
  expect(failed).toMatchObject({ code: 'inner-address' })
})

test('a target says how long to wait in seconds or as a moment; what cannot be read asks for nothing', () => {
  const now = Date.parse('2026-03-20T09:30:00Z')
  expect(secondsAsked('120', now)).toBe(120)
  expect(secondsAsked('Fri, 20 Mar 2026 09:40:00 GMT', now)).toBe(600)
  for (const none of [undefined, '', 'soon', '-5', '1e9', 'Fri, 20 Mar 2026 09:00:00 GMT', 'Fri, never'])
    expect(secondsAsked(none, now)).toBe(0)
})

test('public addresses are public, and without names only https is taken', () => {
  for (const address of ['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])
    expect(isPublic(address)).toBe(true)
  expect(checkTarget(new URL('https://hooks.example.com/x'), targetsOf(undefined))).toEqual({ inner: false })
  expect(() => checkTarget(new URL('http://hooks.example.com/x'), targetsOf(undefined))).toThrow('not-https')
})

test('with names nowhere else is told; a name stands for itself, a star for what is below', () => {
  const targets = targetsOf('hooks.example.com, *.corp.example, 10.0.0.5:8080')
  for (const url of ['https://hooks.example.com/', 'http://a.corp.example:81/', 'http://10.0.0.5:8080/'])
    expect(checkTarget(new URL(url), targets)).toEqual({ inner: true })
  for (const url of [
    'https://corp.example/',
    'https://x.hooks.example.com/',
    'http://10.0.0.5/',
    'https://evilcorp.example/',
  ])
    expect(() => checkTarget(new URL(url), targets)).toThrow('not-allowed')
})
