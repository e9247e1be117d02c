import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, makeMember, makeToken, makeWorkspace, PASSWORD, testApp, withToken } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'

const tokenIn = (url: string): string => new URL(url).searchParams.get('token')!

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

  test('a reset by an administrator and the use of its link each end the password, the sessions and the API tokens of before', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'programs@example.com')
    const call = withToken(app, member.token)
    const browser = new Browser(app)
    await browser.signIn(member.email)
    const link = (await admin('POST', `/members/${member.id}/reset-link`)).json()
    expect((await call('GET', '/me')).statusCode).toBe(401)
    expect((await browser.ask('GET', '/me')).statusCode).toBe(401)
    expect((await new Browser(app).signIn(member.email)).statusCode).toBe(401)
    // What somebody gets hold of between the two ends with the second.
    const between = withToken(app, await makeToken(db, { workspaceId: workspace.id, id: member.id }, ['deals:read']))
    expect((await between('GET', '/me')).statusCode).toBe(200)
    const back = new Browser(app)
    expect(
      (await back.ask('POST', '/auth/links/use', { token: tokenIn(link.url), password: 'seven red cats' })).statusCode,
    ).toBe(200)
    expect((await between('GET', '/me')).statusCode).toBe(401)
    expect((await back.ask('GET', '/me/tokens')).json().items).toEqual([])
  })

  test('no token is made by what a reset has ended while it was on its way', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'race@example.com')
    let begin!: () => void
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const making = begun.then(() =>
      withToken(app, member.token)('POST', '/me/tokens', { name: 'late', scopes: ['deals:read'] }),
    )
    const ids = [workspace.id, member.id]
    await db.owner.hold(async (client) => {
      await client.query('begin')
      await client.query('update member set version = version + 1 where workspace_id = $1 and id = $2', ids)
      begin()
      const waits = 'select 1 from pg_locks where not granted'
      for (let tries = 0; tries < 200 && (await client.query(waits)).rowCount === 0; tries++)
        await new Promise((resolve) => setTimeout(resolve, 10))
      await client.query('delete from api_token where workspace_id = $1 and member_id = $2', ids)
      await client.query('commit')
    })
    const made = await making
    const { rows } = await db.owner.query('select name from api_token where workspace_id = $1 and member_id = $2', ids)
    expect([made.statusCode, rows]).toEqual([401, []])
  })

  test('who changes the own password chooses whether API tokens end with it', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'choice@example.com')
    const browser = new Browser(app)
    await browser.signIn(member.email)
    const call = withToken(app, member.token)
    const change = (current: string, next: string, more = {}) =>
      browser.ask('POST', '/me/password', { current, next, ...more })
    expect((await change(PASSWORD, 'five green goats')).statusCode).toBe(204)
    expect((await call('GET', '/me')).statusCode).toBe(200)
    expect((await change('not it', 'six grey geese', { endTokens: true })).statusCode).toBe(422)
    expect((await call('GET', '/me')).statusCode).toBe(200)
    expect((await change('five green goats', 'six grey geese', { endTokens: true })).statusCode).toBe(204)
    expect((await call('GET', '/me')).statusCode).toBe(401)
    expect((await browser.ask('GET', '/me')).statusCode).toBe(200)
    expect((await browser.ask('GET', '/me/tokens')).json().items).toEqual([])
  })
})
