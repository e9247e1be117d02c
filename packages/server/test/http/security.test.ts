import { Writable } from 'node:stream'
import { brotliDecompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '@sente/api'
import { withPage } from '../../../../scripts/test-browser.ts'
import { operation } from '../../src/http/operation.ts'
import { operations } from '../../src/http/operations/index.ts'
import { Browser, makeMember, makeWorkspace, PASSWORD, problem, testApp, withToken } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { onDatabase, testDatabase } from '../support/database.ts'
import { withFiles } from '../run.ts'

const PAGE = '<!doctype html><html><head><meta name="csp-nonce" content="" /></head><body>Sente</body></html>'
const FILES = { 'index.html': PAGE, 'boot.js': 'void 0', 'assets-app.js': 'export {}' }

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    workspace = await makeWorkspace(db)
  }, 60_000)
  afterAll(() => app.close())

  test('every answer of the API forbids pages, guessing of types, framing and storing', async () => {
    const call = withToken(app, workspace.members.seller.token)
    for (const answer of [await call('GET', '/me'), await call('GET', '/nothing'), await app.inject('/api/v1/me')]) {
      expect(answer.headers).toMatchObject({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'private, no-cache',
        vary: expect.stringContaining('Cookie'),
      })
      expect(answer.headers['strict-transport-security']).toBeUndefined()
      for (const name of ['server', 'x-powered-by', 'access-control-allow-origin'])
        expect(answer.headers[name]).toBeUndefined()
    }
    const secure = await testApp(db, { settings: { baseUrl: 'https://sente.example.com' } })
    expect((await secure.inject('/api/v1/me')).headers['strict-transport-security']).toMatch(/^max-age=63072000/)
    await secure.close()
  })

  test('the web application: a nonce of its own for each page, files that keep, the page for every address of the application', async () => {
    await withFiles(FILES, async (folder) => {
      const web = await testApp(db, { settings: { webFolder: folder } })
      const page = await web.inject({ url: '/deals/123?token=secret', headers: { accept: 'text/html' } })
      const nonce = /content="([\w-]{20,})"/.exec(page.body)![1]!
      expect(page.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(page.headers['content-security-policy']).toMatch(
        /default-src 'none'; script-src 'self'; .*base-uri 'none'.*frame-ancestors 'none'/,
      )
      expect(page.headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/)
      expect((await web.inject('/')).body).not.toContain(nonce)
      expect((await web.inject('/boot.js')).headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-type': expect.stringContaining('javascript'),
      })
      for (const url of [
        '/api/v2/x',
        '/missing.js',
        '/..%2f..%2fpackage.json',
        '/%2e%2e/%2e%2e/package.json',
        '/assets/none.css',
        '/index.html.map',
      ])
        expect([url, (await web.inject(url)).statusCode]).toEqual([url, 404])
      expect((await web.inject('/..%2f..%2f..%2f..%2fetc/passwd')).body).not.toContain('root:')
      expect(problem(await web.inject({ url: '/deals', headers: { accept: 'application/json' } })).code).toBe(
        'no-such-route',
      )
      await web.close()
    })
  })

  test('a file that was built compressed is sent so to who can read it, and has no address of its own', async () => {
    await withFiles({ ...FILES, 'boot.js.br': 'smaller', 'boot.js.gz': 'small' }, async (folder) => {
      const web = await testApp(db, { settings: { webFolder: folder } })
      const get = async (accepts?: string) => {
        const { body, headers } = await web.inject({
          url: '/boot.js',
          headers: accepts === undefined ? {} : { 'accept-encoding': accepts },
        })
        return [body, headers['content-encoding'], headers['vary']]
      }
      expect(await get('gzip, deflate, br')).toEqual(['smaller', 'br', 'accept-encoding'])
      expect(await get('gzip')).toEqual(['small', 'gzip', 'accept-encoding'])
      expect(await get()).toEqual(['void 0', undefined, 'accept-encoding'])
      expect((await web.inject('/boot.js.br')).statusCode).toBe(404)
      await web.close()
    })
  })

  test('long answers are compressed for who can read it', async () => {
    const answer = await app.inject({ url: '/api/v1/openapi.json', headers: { 'accept-encoding': 'br' } })
    expect(answer.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(answer.rawPayload).toString()).toContain('"openapi":"3.1.0"')
  })

  test('too many requests are told to wait; signing in has a limit of its own', async () => {
    const tight = await testApp(db, { settings: { limits: { member: 5, address: 1000, auth: 3, secret: 1000 } } })
    const call = withToken(tight, workspace.members.seller.token)
    for (let i = 0; i < 5; i++) expect((await call('GET', '/me')).statusCode).toBe(200)
    const refused = await call('GET', '/me')
    expect([refused.statusCode, problem(refused).code, Number(refused.headers['retry-after']) > 0]).toEqual([
      429,
      'too-many-requests',
      true,
    ])
    // Another member on the same address goes on.
    expect((await withToken(tight, workspace.members.viewer.token)('GET', '/me')).statusCode).toBe(200)
    for (let i = 0; i < 3; i++) expect((await new Browser(tight).signIn('a@example.com')).statusCode).toBe(401)
    expect(problem(await new Browser(tight).signIn('a@example.com')).code).toBe('too-many-requests')
    await tight.close()
    const address = await testApp(db, { settings: { limits: { member: 1000, address: 3, auth: 1000, secret: 1000 } } })
    for (let i = 0; i < 3; i++) expect((await address.inject('/api/v1/me')).statusCode).toBe(401)
    expect((await address.inject('/api/v1/me')).statusCode).toBe(429)
    await address.close()
  })

  test('no secret of a whole session is in the log, and every line knows its request', async () => {
    const lines: string[] = []
    const stream = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) })
    const logged = await testApp(db, { log: { level: 'trace', stream } })
    const secrets: string[] = [PASSWORD, 'five green goats', 'wrong guess 1']
    const member = await makeMember(db, workspace.id, 'administrator', 'logged@example.com')
    secrets.push(member.token)
    const browser = new Browser(logged)
    await browser.signIn(member.email, 'wrong guess 1')
    await browser.signIn(member.email)
    secrets.push(browser.cookies.get('sente')!, browser.csrf!)
    const made = (await browser.ask('POST', '/me/tokens', { name: 'x', scopes: ['members:read'] })).json()
    secrets.push(made.token)
    await withToken(logged, made.token)('GET', '/members')
    const { link } = (
      await browser.ask(
        'POST',
        '/members',
        { email: 'log.invited@example.com', name: 'I', role: 'viewer' },
        { 'idempotency-key': 'a-very-secret-key' },
      )
    ).json()
    secrets.push(new URL(link.url).searchParams.get('token')!, 'a-very-secret-key')
    await new Browser(logged).ask('POST', '/auth/links/look', { token: new URL(link.url).searchParams.get('token') })
    // Where a secret should not be, somebody will put it.
    await logged.inject(`/welcome?token=${secrets[3]}`)
    await logged.inject(`/${secrets[3]}/x`)
    await browser.ask('GET', `/auth/oidc/callback?code=thecodeofoidc&state=thestateofoidc`)
    secrets.push('thecodeofoidc', 'thestateofoidc')
    await browser.ask('POST', '/me/password', { current: PASSWORD, next: 'five green goats' })
    await logged.inject({
      method: 'POST',
      url: '/api/v1/auth/sign-in',
      headers: { 'content-type': 'application/json' },
      payload: `{"email": "a@b.c", "password": "${PASSWORD}`,
    })
    logged.log.info(
      {
        headers: { authorization: `Bearer ${member.token}`, cookie: `sente=${secrets[3]}` },
        body: { password: PASSWORD },
        token: member.token,
        req: { headers: { authorization: member.token } },
      },
      'careless',
    )
    await browser.ask('POST', '/auth/sign-out-everywhere')
    await logged.close()
    const text = lines.join('')
    for (const secret of secrets) expect(text, secret).not.toContain(secret)
    const requests = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['msg'] === 'request')
    expect(requests.length).toBeGreaterThan(10)
    for (const line of requests)
      expect(line).toMatchObject({
        reqId: expect.any(String),
        method: expect.any(String),
        status: expect.any(Number),
        ms: expect.any(Number),
      })
    expect(
      requests.some(
        (line) => line['memberId'] === member.id && line['via'] === 'web' && line['route'] === '/api/v1/me/tokens',
      ),
    ).toBe(true)
    expect(text).toContain('careless')
  })

  test('a fault of the program says nothing of itself but its request id, and the log has the rest', async () => {
    const lines: string[] = []
    const stream = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) })
    const broken = operation(routes.workspace.get, () => {
      throw new Error('select password from member')
    })
    const faulty = await testApp(db, {
      log: { stream },
      operations: [...operations.filter(({ contract }) => contract !== routes.workspace.get), broken],
    })
    const answer = await withToken(faulty, workspace.members.viewer.token)('GET', '/workspace', undefined, {
      'x-request-id': 'look-for-me-1',
    })
    expect([answer.statusCode, problem(answer).code, problem(answer).requestId]).toEqual([
      500,
      'internal',
      'look-for-me-1',
    ])
    expect(answer.body).not.toContain('select')
    expect(
      lines.some(
        (line) =>
          line.includes('look-for-me-1') && line.includes('select password from member') && line.includes('"stack"'),
      ),
    ).toBe(true)
    // Nor does an answer that breaks its contract get out.
    const leaky = await testApp(db, {
      operations: [
        ...operations.filter(({ contract }) => contract !== routes.workspace.get),
        operation(routes.workspace.get, () => ({ id: 1, secret: 'leaked' }) as never),
      ],
    })
    const leak = await withToken(leaky, workspace.members.viewer.token)('GET', '/workspace')
    expect([leak.statusCode, leak.body.includes('leaked')]).toEqual([500, false])
    await Promise.all([faulty.close(), leaky.close()])
  })

  test('what a create has done is undone when its answer cannot be given', async () => {
    const id = v7()
    const half = operation(routes.members.createTeam, async ({ context }) => {
      await context.tx.rows(`insert into team (workspace_id, id, name) values ($1, $2, 'Half')`, [
        context.workspaceId,
        id,
      ])
      return { id } as never
    })
    const faulty = await testApp(db, {
      operations: [...operations.filter(({ contract }) => contract !== routes.members.createTeam), half],
    })
    expect(
      (await withToken(faulty, workspace.members.administrator.token)('POST', '/teams', { name: 'Half' })).statusCode,
    ).toBe(500)
    expect((await db.owner.query('select 1 from team where id = $1', [id])).rows).toEqual([])
    await faulty.close()
  })

  test('health and readiness: alive without a database, ready only with it and its migrations', async () => {
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' })
    const bare = await testDatabase({ migrations: false })
    const early = await testApp(bare)
    expect((await early.inject('/healthz')).statusCode).toBe(200)
    expect(problem(await early.inject('/readyz'))).toMatchObject({
      code: 'not-ready',
      detail: expect.stringContaining('0001-tables.sql'),
    })
    await early.close()
    await bare.close()
    const late = await testApp(bare)
    expect((await late.inject('/healthz')).statusCode).toBe(200)
    expect((await late.inject('/readyz')).statusCode).toBe(503)
    expect(
      problem(
        await late.inject({
          url: '/api/v1/me',
          headers: { authorization: `Bearer ${workspace.members.seller.token}` },
        }),
      ).code,
    ).toBe('not-ready')
    await late.close()
  })

  test('figures for Prometheus go to this machine, or to who has the token', async () => {
    await withToken(app, workspace.members.seller.token)('GET', '/me')
    const text = (await app.inject('/metrics')).body
    expect(text).toMatch(/sente_http_request_seconds_count\{method="GET",route="\/api\/v1\/me",status="200"\} \d+/)
    expect(text).toContain('sente_database_connections{state="open"}')
    expect(text).toContain('process_resident_memory_bytes')
    expect((await app.inject({ url: '/metrics', remoteAddress: '192.0.2.7' })).statusCode).toBe(403)
    expect((await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '192.0.2.7' } })).statusCode).toBe(403)
    const guarded = await testApp(db, { settings: { metricsToken: 'scrape-me' } })
    expect((await guarded.inject('/metrics')).statusCode).toBe(403)
    expect(
      (
        await guarded.inject({
          url: '/metrics',
          remoteAddress: '192.0.2.7',
          headers: { authorization: 'Bearer scrape-me' },
        })
      ).statusCode,
    ).toBe(200)
    await guarded.close()
  })

  test('a server that stops finishes what is under way and takes nothing new', async () => {
    let begun: () => void = () => {}
    const reached = new Promise<void>((resolve) => (begun = resolve))
    const slow = operation(routes.members.createTeam, async ({ body, context }) => {
      begun()
      await new Promise((resolve) => void setTimeout(resolve, 300))
      const id = v7()
      await context.tx.rows('insert into team (workspace_id, id, name) values ($1, $2, $3)', [
        context.workspaceId,
        id,
        body.name,
      ])
      return { id, version: 1, name: body.name, memberIds: [] }
    })
    const server = await testApp(db, {
      operations: [...operations.filter(({ contract }) => contract !== routes.members.createTeam), slow],
    })
    const address = await server.listen({ port: 0, host: '127.0.0.1' })
    const headers = {
      authorization: `Bearer ${workspace.members.administrator.token}`,
      'content-type': 'application/json',
    }
    const under = fetch(`${address}/api/v1/teams`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'Last words' }),
    })
    await reached
    const started = performance.now()
    const closing = server.close()
    expect((await under).status).toBe(201)
    await closing
    expect(performance.now() - started).toBeLessThan(3_000)
    await expect(fetch(`${address}/healthz`)).rejects.toThrow()
    expect((await db.owner.query(`select 1 from team where name = 'Last words'`)).rows).toHaveLength(1)
  })
})

test('the documentation of the API can be read in a browser under its strict policy', async () => {
  const db = await testDatabase()
  const app = await testApp(db)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  try {
    await withPage(
      async (page) => {
        // Drawing three hundred operations takes a busy machine a while.
        page.setDefaultTimeout(60_000)
        await page.goto('/api/docs')
        await page.locator('#operations-tag-Accounts').click()
        await page.getByText('List accounts', { exact: true }).click()
        await page.getByText('Needs the right accounts:read').first().waitFor()
      },
      { origin: address },
    )
  } finally {
    await app.close()
    await db.close()
  }
})
