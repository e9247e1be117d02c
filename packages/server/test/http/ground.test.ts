import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedLanguage } from '../../src/core/language.ts'
import { allContracts } from '../../src/http/table.ts'
import { localPath } from '../../src/http/session/oidc.ts'
import { makeWorkspace, problem, testApp, withToken } from '../support/application.ts'
import type { Answer, TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'

describe('languages', () => {
  test.each([
    ['zh', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['fr;q=0.9, zh-Hant;q=0.3, en;q=0.2', 'zh'],
    ['de, fr', undefined],
    ['zh;q=0', undefined],
    ['', undefined],
    [';;;,,q=', undefined],
  ])('of %j is %j', (header, language) => expect(acceptedLanguage(header)).toBe(language))
})

describe('after signing in', () => {
  test.each(['/deals/1?tab=plan', '/', '/a#b'])('one may go to %j', (to) => expect(localPath(to)).toBe(to))
  test.each(['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)', '/a\nb', '', undefined])(
    'nobody is sent to %j',
    (to) => expect(localPath(to)).toBe('/'),
  )
})

test('every create takes a key, but for streams, which are gone on with', () => {
  const creates = allContracts()
    .map(({ contract }) => contract)
    .filter(({ method, status, accepts }) => method === 'POST' && status === 201 && accepts === undefined)
  expect(creates.length).toBeGreaterThan(25)
  expect(creates.filter(({ idempotent }) => idempotent !== true).map(({ path }) => path)).toEqual([])
})

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let admin: ReturnType<typeof withToken>

  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    workspace = await makeWorkspace(db)
    admin = withToken(app, workspace.members.administrator.token)
  })
  afterAll(() => app.close())
  const raw = (payload: string | Buffer, type: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/teams',
      headers: { authorization: `Bearer ${workspace.members.administrator.token}`, 'content-type': type },
      payload,
    })

  test('an error is a problem of the catalogue, in the language that was asked for', async () => {
    const zh = await admin('GET', '/nothing', undefined, { 'accept-language': 'zh-CN' })
    expect(zh.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(problem(zh)).toMatchObject({
      status: 404,
      code: 'no-such-route',
      title: '没有这个接口。',
      requestId: zh.headers['x-request-id'],
    })
    expect(problem(await admin('GET', '/nothing')).title).toBe('There is no such operation.')
    await admin('PATCH', '/me', { language: 'zh' })
    expect(problem(await admin('GET', '/me?x=1')).title).toBe('请求的内容不符合这个操作的要求。')
    expect(problem(await admin('GET', '/me?x=1', undefined, { 'accept-language': 'en' })).title).toMatch(/^The request/)
    await admin('PATCH', '/me', { language: null })
  })

  test('all faults are named at once, with their place and what was probably meant', async () => {
    const { faults } = problem(
      await admin('POST', '/members', { email: 'no address', name: '', rolle: 'seller', teamIds: ['x'] }),
    )
    expect(faults!.map((fault) => fault.field).sort()).toEqual([
      'body.email',
      'body.name',
      'body.role',
      'body.rolle',
      'body.teamIds[0]',
    ])
    expect(faults!.find((fault) => fault.field === 'body.rolle')).toMatchObject({ nearest: 'role' })
    expect(faults!.find((fault) => fault.field === 'body.role')!.allowed).toContain('seller')
    const one = problem(await admin('POST', '/members', { email: 'a@example.com', name: 'A', role: 'seler' }))
      .faults![0]!
    expect(one).toMatchObject({
      field: 'body.role',
      nearest: 'seller',
      allowed: ['administrator', 'manager', 'seller', 'viewer'],
    })
    for (const fault of faults!) expect([fault.what.en, fault.what.zh].every((text) => text.length > 2)).toBe(true)
    expect(problem(await admin('PATCH', '/members/not-an-id', {})).faults![0]!.field).toBe('params.memberId')
    expect(problem(await admin('GET', '/audit?limit=0')).faults![0]!.field).toBe('query.limit')
  })

  test('what a field must be is said in words, in both languages and once', async () => {
    const faults = (answer: Answer): [string, string, string][] =>
      problem(answer).faults!.map(({ field, what }) => [field, what.en, what.zh])
    expect(
      faults(
        await admin('POST', '/deals', {
          name: 7,
          amount: { value: '1.5e3', currency: 'cny' },
          openedOn: '2025-13-01',
          closedOn: '1800-01-01',
          traits: 'x',
          accountId: 'nope',
        }),
      ),
    ).toEqual([
      ['body.accountId', expect.stringMatching(/^Must be an id, such as /), expect.stringMatching(/^必须是编号/)],
      ['body.name', 'Must be text, in quotes.', '必须是文本，加引号。'],
      ['body.amount.value', expect.stringMatching(/^Must be a decimal as text/), expect.stringMatching(/小数/)],
      ['body.amount.currency', expect.stringMatching(/such as CNY or EUR/), expect.stringMatching(/CNY、EUR/)],
      ['body.openedOn', 'Must be a day like 2025-04-02.', '必须是 2025-04-02 这样的日期。'],
      [
        'body.closedOn',
        'Must be a calendar day from 1900-01-01 to 2199-12-31.',
        '必须是 1900-01-01 到 2199-12-31 之间的日期。',
      ],
      ['body.traits', 'Must be a list.', '必须是列表。'],
    ])
    expect(faults(await admin('GET', '/deals?limit=abc'))).toEqual([
      ['query.limit', 'Must be a number.', '必须是数字。'],
    ])
    expect(faults(await admin('GET', '/deals?limit=1.5'))).toEqual([
      ['query.limit', 'Must be a whole number.', '必须是整数。'],
    ])
  })

  test('bodies that are no JSON, of another kind, or too large', async () => {
    expect(problem(await raw('{"name": ', 'application/json')).code).toBe('not-json')
    expect(problem(await raw('{"__proto__": {"x": 1}, "name": "x"}', 'application/json')).code).toBe('not-json')
    expect(problem(await raw('name=x', 'application/x-www-form-urlencoded')).code).toBe('unsupported-media')
    expect(problem(await raw(Buffer.from([1, 2, 3]), 'application/octet-stream')).code).toBe('unsupported-media')
    expect(problem(await raw(`{"name": "${'x'.repeat(600_000)}"}`, 'application/json')).code).toBe('too-large')
    for (const nested of [
      `[${'0,'.repeat(40_000)}0]`,
      `{"name": [${'"a",'.repeat(40_000)}"a"]}`,
      `{"name": "x" ${' '.repeat(80_000)}`,
    ])
      expect(problem(await raw(nested, 'application/json')).code).toBe('too-large')
    expect(problem(await raw('', 'application/json')).code).toBe('invalid-input')
    expect(problem(await raw('[]', 'application/json')).code).toBe('invalid-input')
    expect(problem(await raw('{"name": "a\\u0000b"}', 'application/json')).code).toBe('invalid-input')
    // Deeper than any program recurses.
    const deep = `{"preferences": {"x": ${'['.repeat(30_000)}${']'.repeat(30_000)}}}`
    const answer = await app.inject({
      method: 'PATCH',
      url: '/api/v1/me',
      headers: { authorization: `Bearer ${workspace.members.seller.token}`, 'content-type': 'application/json' },
      payload: deep,
    })
    expect(answer.statusCode).toBe(422)
  })

  test('a create with a key is done once; its answer comes again byte for byte', async () => {
    const key = { 'idempotency-key': 'a-key-of-mine-1' }
    const first = await admin('POST', '/teams', { name: 'Once' }, key)
    const again = await admin('POST', '/teams', { name: 'Once' }, key)
    expect(first.statusCode).toBe(201)
    expect([again.statusCode, again.body, again.headers['etag'], again.headers['idempotency-replayed']]).toEqual([
      201,
      first.body,
      first.headers['etag'],
      'true',
    ])
    expect(problem(await admin('POST', '/teams', { name: 'Twice' }, key)).code).toBe('key-reused')
    expect(
      problem(await admin('POST', '/teams', { name: 'Bad key' }, { 'idempotency-key': 'short' })).faults![0]!.field,
    ).toBe('header.Idempotency-Key')
    // Somebody else's key is another key.
    const second = await withToken(app, (await makeWorkspace(db)).members.administrator.token)(
      'POST',
      '/teams',
      { name: 'Once' },
      key,
    )
    expect(second.json().id).not.toBe(first.json().id)
  })

  test('what failed is not remembered: the key can be used again when the cause is gone', async () => {
    const key = { 'idempotency-key': 'a-key-of-mine-2' }
    expect((await admin('POST', '/teams', { name: 'Once' }, key)).statusCode).toBe(409)
    const { rows } = await db.owner.query(
      `update team set name = 'Was once' where name = 'Once' and workspace_id = $1 returning id`,
      [workspace.id],
    )
    expect(rows).toHaveLength(1)
    expect((await admin('POST', '/teams', { name: 'Once' }, key)).statusCode).toBe(201)
  })

  test('the same request twice at the same moment is done once', async () => {
    const other = await testApp(db)
    const key = { 'idempotency-key': 'a-key-of-mine-3' }
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        withToken(i % 2 ? app : other, workspace.members.administrator.token)(
          'POST',
          '/teams',
          { name: 'Together' },
          key,
        ),
      ),
    )
    const codes = answers.map((answer) => (answer.statusCode === 201 ? 'done' : problem(answer).code))
    expect(codes).toContain('done')
    for (const code of codes) expect(['done', 'in-progress']).toContain(code)
    expect(new Set(answers.filter((answer) => answer.statusCode === 201).map((answer) => answer.json().id)).size).toBe(
      1,
    )
    const { rows } = await db.owner.query(`select count(*)::int as n from team where name = 'Together'`)
    expect(rows[0]!.n).toBe(1)
    await other.close()
  })

  test('answers that hold a secret are kept so that only the key opens them, and for a day', async () => {
    const key = { 'idempotency-key': 'a-key-of-mine-4' }
    const body = { email: 'sealed@example.com', name: 'Sealed', role: 'viewer' }
    const { link } = (await admin('POST', '/members', body, key)).json()
    expect((await admin('POST', '/members', body, key)).json().link).toEqual(link)
    const secret = new URL(link.url).searchParams.get('token')!
    const { rows } = await db.owner.query(`select key_hash, body from idempotency`)
    for (const row of rows) {
      expect(row.body.toString('latin1')).not.toContain(secret)
      expect(row.key_hash.toString('latin1')).not.toContain('a-key-of-mine')
    }
    await db.owner.query(`update idempotency set created_at = now() - interval '25 hours'`)
    expect(problem(await admin('POST', '/members', body, key)).code).toBe('conflict')
  })

  test('the id of a request comes back, unless it is no id', async () => {
    expect((await admin('GET', '/me', undefined, { 'x-request-id': 'from-the-proxy-1' })).headers['x-request-id']).toBe(
      'from-the-proxy-1',
    )
    expect(problem(await admin('GET', '/nothing', undefined, { 'x-request-id': '"><script>' })).requestId).toMatch(
      /^[\w-]{36}$/,
    )
  })

  test('an id of another workspace is not there', async () => {
    const stranger = withToken(app, (await makeWorkspace(db)).members.administrator.token)
    const { id } = workspace.members.seller
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/reset-link'],
      ['POST', '/sign-out'],
    ] as const)
      expect(
        problem(await stranger(method, `/members/${id}${path}`, method === 'PATCH' ? { name: 'Mine now' } : undefined))
          .code,
      ).toBe('not-found')
  })
})
