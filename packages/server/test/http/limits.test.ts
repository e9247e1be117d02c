import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { LIMITS } from '../../src/core/limits.ts'
import type { Limits } from '../../src/core/limits.ts'
import { openDatabase } from '../../src/store/connect.ts'
import { makeWorkspace, problem, testApp, withToken } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { testDatabase } from '../support/database.ts'
import type { TestDatabase } from '../support/database.ts'

let db: TestDatabase
let workspace: TestWorkspace
beforeAll(async () => {
  db = await testDatabase()
  workspace = await makeWorkspace(db)
}, 60_000)
afterAll(() => db?.close())

/** The application over the same database with fewer connections and tighter limits. */
async function tight(limits: Partial<Limits> = {}, connections = 3): Promise<FastifyInstance> {
  const database = await openDatabase({ env: db.env, connections, limits: { lastWordsMs: 100, ...limits } })
  const app = await testApp(database)
  onTestFinished(async () => {
    app.server.closeAllConnections()
    await app.close()
    await database.close()
  })
  return app
}

const upload = (app: FastifyInstance, text: string, query = ''): Promise<{ statusCode: number; body: string }> =>
  app.inject({
    method: 'POST',
    url: `/api/v1/imports?kind=accounts&filename=a.csv${query}`,
    headers: {
      authorization: `Bearer ${workspace.members.administrator.token}`,
      'content-type': 'application/octet-stream',
    },
    payload: text,
  })

test('more imports at once than there are connections all come to their end', async () => {
  const app = await tight()
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) => upload(app, `Account Name\nHarbour ${i}\n`, i % 2 ? '&dryRun=true' : '')),
  )
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 201))
})

test('thirty wrong password changes at once leave the server as it was', async () => {
  const app = await tight()
  const call = withToken(app, workspace.members.seller.token)
  const tries = await Promise.all(
    Array.from({ length: 30 }, () =>
      call('POST', '/me/password', { current: 'a wrong guess of it', next: 'four green horses' }),
    ),
  )
  expect(new Set(tries.map(({ statusCode }) => statusCode))).toEqual(new Set([422, 429]))
  expect((await call('GET', '/me')).statusCode).toBe(200)
})

test('where no connection comes free, and where too much is under way, the answer is 503 and says when to come again', async () => {
  const app = await tight({ acquireMs: 300, imports: { ...LIMITS.imports, inAll: 0, waitMs: 20 } }, 1)
  const call = withToken(app, workspace.members.seller.token)
  expect((await call('GET', '/me')).statusCode).toBe(200)
  const full = await upload(app, 'Account Name\nX\n')
  expect([full.statusCode, JSON.parse(full.body).code]).toEqual([503, 'busy'])
  // The one connection waits for a lock.
  await db.owner.hold(async (client) => {
    await client.query('begin')
    await client.query('lock table account')
    const waits = call('POST', '/accounts', { name: 'Later' })
    await expect
      .poll(async () => (await client.query('select from pg_locks where not granted')).rowCount)
      .toBeGreaterThan(0)
    const refused = await call('GET', '/deals')
    expect([refused.statusCode, problem(refused).code, Number(refused.headers['retry-after']) > 0]).toEqual([
      503,
      'busy',
      true,
    ])
    await client.query('rollback')
    expect((await waits).statusCode).toBe(201)
  })
})

/** What comes back on a connection of its own until it ends. */
function talk(app: FastifyInstance, head: string, body = ''): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    let heard = ''
    socket.on('data', (chunk) => (heard += String(chunk)))
    socket.on('error', () => {})
    socket.on('close', () => resolve(heard))
    socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`)
  })
}

test('an upload and a body that stand still are ended with 408, and keep no place', async () => {
  const app = await tight({ uploads: { idleMs: 150, perSecond: 1000 } })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const token = `host: localhost\nauthorization: Bearer ${workspace.members.administrator.token}`
  const [stream, json] = await Promise.all([
    talk(
      app,
      `POST /api/v1/imports?kind=accounts&filename=a.csv HTTP/1.1\n${token}\ncontent-type: application/octet-stream\ncontent-length: 1000`,
      'Account Name\n',
    ),
    talk(
      app,
      `POST /api/v1/accounts HTTP/1.1\n${token}\ncontent-type: application/json\ncontent-length: 1000`,
      '{"name":',
    ),
  ])
  expect(stream).toMatch(/^HTTP\/1.1 408 [\s\S]*"code":"stalled"/)
  expect(json).toMatch(/^HTTP\/1.1 408 [\s\S]*"code":"stalled"/)
  expect((await upload(app, 'Account Name\nAfterwards\n')).statusCode).toBe(201)
})

test('an upload lasts as long as its bytes move', async () => {
  const app = await tight({ uploads: { idleMs: 400, perSecond: 20 } })
  async function* rows(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('Account Name\n')
    for (let i = 0; i < 8; i++) {
      await new Promise((resolve) => void setTimeout(resolve, 100))
      yield Buffer.from(`Slow ${i}\n`)
    }
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const answer = await fetch(
    `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/imports?kind=accounts&filename=a.csv`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${workspace.members.administrator.token}`,
        'content-type': 'application/octet-stream',
      },
      body: rows() as unknown as BodyInit,
      duplex: 'half',
    } as RequestInit,
  )
  expect(await answer.json()).toMatchObject({ status: 'done', created: 8 })
})

test('a reader of an export who takes their time holds no connection of the database, and gets all of it', async () => {
  const app = await tight()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { administrator } = workspace.members
  await db.owner.query(
    `insert into account (workspace_id, id, name) select $1, gen_random_uuid(), rpad('Slow ' || n, 400, 'x') from generate_series(1, 40000) n`,
    [workspace.id],
  )
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = app.server.address() as AddressInfo
    const headers = { authorization: `Bearer ${administrator.token}` }
    request({ port, host: '127.0.0.1', agent: false, path: '/api/v1/export', headers }, resolve)
      .once('error', reject)
      .end()
  })
  onTestFinished(() => void answer.destroy())
  // More than the sockets between them hold is still to come, and yet all of it has been made.
  await expect
    .poll(
      async () =>
        (
          await db.owner.query(
            `select from pg_stat_activity where datname = current_database() and application_name = 'sente long' and state <> 'idle'`,
          )
        ).rowCount,
      { timeout: 60_000 },
    )
    .toBe(0)
  expect(answer.complete).toBe(false)
  let heard = ''
  for await (const chunk of answer.setEncoding('utf8')) heard += String(chunk)
  expect(heard.match(/"name":"Slow \d+x/g)).toHaveLength(40_000)
})

test('a database that takes nothing just now, as a standby, is said to be away, and what is there can be read', async () => {
  const standby = (url: string): string =>
    `${url}${url.includes('?') ? '&' : '?'}options=-c%20default_transaction_read_only%3Don`
  const env = Object.fromEntries(Object.entries(db.env).map(([name, url]) => [name, standby(url)]))
  const database = await openDatabase({ env })
  const app = await testApp(database)
  onTestFinished(async () => {
    await app.close()
    await database.close()
  })
  const call = withToken(app, workspace.members.administrator.token)
  const refused = await call('POST', '/accounts', { name: 'Not now' })
  expect([refused.statusCode, problem(refused).code]).toEqual([503, 'not-ready'])
  expect((await call('GET', '/me')).statusCode).toBe(200)
})

test('one connection over which import after import comes gathers no listeners', async () => {
  const app = await tight()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const warnings: string[] = []
  const onWarning = ({ name }: Error): void => void warnings.push(name)
  process.on('warning', onWarning)
  onTestFinished(() => void process.off('warning', onWarning))
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => sockets.add(socket))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const listeners: number[] = []
  for (let i = 0; i < 15; i++) {
    const status = await new Promise((resolve, reject) => {
      const { port } = app.server.address() as AddressInfo
      const sent = request(
        {
          port,
          host: '127.0.0.1',
          agent,
          method: 'POST',
          path: '/api/v1/imports?kind=accounts&filename=a.csv&dryRun=true',
          headers: {
            authorization: `Bearer ${workspace.members.administrator.token}`,
            'content-type': 'application/octet-stream',
          },
        },
        (answer) => answer.resume().once('end', () => resolve(answer.statusCode)),
      )
      sent.once('error', reject)
      sent.end(`Account Name\nKept ${i}\n`)
    })
    expect(status).toBe(201)
    listeners.push([...sockets].reduce((sum, socket) => sum + socket.listenerCount('close'), 0))
  }
  expect(sockets.size).toBe(1)
  expect([listeners.at(-1), warnings]).toEqual([listeners[1], []])
})

test('readers of exports that stop reading are ended, and hold nobody up', async () => {
  const app = await tight({ downloads: { idleMs: 200, perSecond: 1e6 }, exports: { ...LIMITS.exports, each: 4 } })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { administrator } = workspace.members
  await db.owner.query(
    `insert into account (workspace_id, id, name) select $1, gen_random_uuid(), rpad('Large ' || n, 400, 'x') from generate_series(1, 15000) n`,
    [workspace.id],
  )
  const port = (app.server.address() as AddressInfo).port
  const stalled = Array.from({ length: 4 }, () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      `GET /api/v1/export HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${administrator.token}\r\n\r\n`,
    )
    socket.pause()
    return socket
  })
  const call = withToken(app, administrator.token)
  await expect.poll(() => app.server.address() !== null).toBe(true)
  expect((await call('GET', '/me')).statusCode).toBe(200)
  // They are more than may be under way for this member and in all; the next export waits for one of them to be ended.
  const whole = await call('GET', '/export')
  expect(whole.statusCode).toBe(200)
  expect(whole.body.split('\n').length).toBeGreaterThan(15_000)
  for (const socket of stalled) socket.destroy()
})
