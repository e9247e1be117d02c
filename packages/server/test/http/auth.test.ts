import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstStart } from '../../src/auth/first-start.ts'
import {
  Browser,
  makeMember,
  makeToken,
  makeWorkspace,
  PASSWORD,
  problem,
  testApp,
  withToken,
} from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'

const tokenIn = (url: string): string => new URL(url).searchParams.get('token')!

onDatabase((db) => {
  let app: FastifyInstance
  /** A second process on the same database. */
  let other: FastifyInstance
  let workspace: TestWorkspace

  beforeAll(async () => {
    app = await testApp(db)
    other = await testApp(db)
    await Promise.all([app.ready(), other.ready()])
  })
  afterAll(() => Promise.all([app.close(), other.close()]))

  test('the first start prints a link until an administrator has used one; then no more', async () => {
    const first = await firstStart(db, { baseUrl: 'http://here' })
    const again = await firstStart(db, { baseUrl: 'http://here' })
    expect(first).toMatch(/^http:\/\/here\/welcome\?token=[\w-]{43}$/)
    expect(again).not.toBe(first)
    const browser = new Browser(app)
    expect((await browser.ask('GET', '/auth/options')).json()).toEqual({ password: true, setupNeeded: true })
    const look = await browser.ask('POST', '/auth/links/look', { token: tokenIn(first!) })
    expect(look.json()).toMatchObject({ purpose: 'setup', email: 'administrator@localhost' })
    const me = await browser.ask('POST', '/auth/links/use', {
      token: tokenIn(first!),
      password: PASSWORD,
      name: 'Chen Wei',
      email: 'Chen@Example.com',
      workspaceName: 'Delta',
      language: 'zh',
    })
    expect(me.json()).toMatchObject({
      member: { name: 'Chen Wei', email: 'chen@example.com', role: 'administrator' },
      workspace: { name: 'Delta', language: 'zh' },
    })
    expect((await browser.ask('GET', '/me')).statusCode).toBe(200)
    // Neither this link nor another of a first start works again.
    for (const url of [first!, again!])
      expect(
        problem(await new Browser(app).ask('POST', '/auth/links/use', { token: tokenIn(url), password: PASSWORD }))
          .code,
      ).toBe('link-invalid')
    expect(await firstStart(db, { baseUrl: 'http://here' })).toBeUndefined()
    expect((await browser.ask('GET', '/auth/options')).json()).toMatchObject({ setupNeeded: false })
    workspace = await makeWorkspace(db)
  })

  test('of two who use a link at the same moment one gets in', async () => {
    const admin = withToken(app, workspace.members.administrator.token)
    const invited = (
      await admin('POST', '/members', { email: 'race@example.com', name: 'Race', role: 'seller' })
    ).json()
    const token = tokenIn(invited.link.url)
    const answers = await Promise.all(
      [1, 2, 3].map(() => new Browser(app).ask('POST', '/auth/links/use', { token, password: PASSWORD })),
    )
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 410, 410])
  })

  test('a session is a cookie no script can read, and its secret is kept nowhere', async () => {
    const browser = new Browser(app)
    const answer = await browser.signIn(workspace.members.seller.email)
    expect(answer.statusCode).toBe(200)
    const header = String(answer.headers['set-cookie'])
    expect(header).toMatch(/^sente=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/)
    const { rows } = await db.owner.query(`select to_jsonb(s)::text as all from session s`)
    for (const row of rows) expect(row.all).not.toContain(browser.cookies.get('sente'))
    expect((await browser.ask('GET', '/me')).json()).toMatchObject({
      member: { role: 'seller' },
      csrfToken: browser.csrf,
    })
  })

  test('behind https the cookie is Secure and bound to the host', async () => {
    const secure = await testApp(db, { settings: { baseUrl: 'https://sente.example.com' } })
    const answer = await new Browser(secure).signIn(workspace.members.seller.email)
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-sente=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    await secure.close()
  })

  test('a change needs the token of the session, and must not come from another site', async () => {
    const browser = new Browser(app)
    await browser.signIn(workspace.members.seller.email)
    const good = browser.csrf!
    for (const csrf of [undefined, '', 'x'.repeat(32)]) {
      browser.csrf = csrf
      expect(problem(await browser.ask('PATCH', '/me', { theme: 'dark' })).code).toBe('csrf')
    }
    browser.csrf = good
    expect((await browser.ask('PATCH', '/me', { theme: 'dark' })).json()).toMatchObject({ theme: 'dark' })
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }] as Record<
      string,
      string
    >[]) {
      expect(problem(await browser.ask('PATCH', '/me', { theme: 'dark' }, headers)).code).toBe('csrf')
    }
    // A browser too old to say where it comes from says its origin.
    const old = (origin: string) =>
      app.inject({
        method: 'PATCH',
        url: '/api/v1/me',
        headers: { host: 'sente.localhost', origin, 'x-csrf-token': good },
        cookies: Object.fromEntries(browser.cookies),
        payload: { theme: 'light' },
      })
    expect((await old('http://sente.localhost')).statusCode).toBe(200)
    expect(problem(await old('http://evil.test')).code).toBe('csrf')
    // Nor may another site sign its visitor in.
    expect(
      problem(
        await browser.ask(
          'POST',
          '/auth/sign-in',
          { email: 'a@example.com', password: 'x' },
          { 'sec-fetch-site': 'cross-site' },
        ),
      ).code,
    ).toBe('csrf')
  })

  test('the token of one session does not serve another', async () => {
    const [one, two] = [new Browser(app), new Browser(app)]
    await one.signIn(workspace.members.seller.email)
    await two.signIn(workspace.members.seller.email)
    two.csrf = one.csrf
    expect(problem(await two.ask('PATCH', '/me', { theme: 'dark' })).code).toBe('csrf')
  })

  test('wrong password and unknown address are told apart by nothing, time included', async () => {
    const known = await makeMember(db, workspace.id, 'seller', 'known@example.com')
    await new Browser(app).signIn('warm@example.com', 'x')
    // Time of the processor, not of the clock: a busy machine makes no difference to it.
    const time = async (email: string): Promise<number> => {
      const started = process.cpuUsage()
      const answer = await new Browser(app).signIn(email, 'wrong password')
      expect(problem(answer).code).toBe('wrong-credentials')
      const { user, system } = process.cpuUsage(started)
      return user + system
    }
    const [there, missing]: [number[], number[]] = [[], []]
    for (let i = 0; i < 4; i++) {
      there.push(await time(known.email))
      missing.push(await time('missing@example.com'))
    }
    const least = (times: number[]): number => Math.min(...times)
    // argon2 is what takes the time; without it the answer would come in a tenth of it.
    expect(least(missing)).toBeGreaterThan(least(there) * 0.5)
    expect(least(missing)).toBeLessThan(least(there) * 2)
  })

  test('guessing is held up: five mistakes, then a wait that doubles, in all processes, for known and unknown addresses alike', async () => {
    const victim = await makeMember(db, workspace.id, 'seller', 'victim@example.com')
    for (const email of [victim.email, 'nobody@example.com']) {
      for (let i = 0; i < 5; i++)
        expect(problem(await new Browser(i % 2 ? app : other).signIn(email, 'guess')).code).toBe('wrong-credentials')
      const locked = await new Browser(other).signIn(email)
      expect(problem(locked).code).toBe('locked-out')
      const wait = Number(locked.headers['retry-after'])
      expect(wait).toBeGreaterThan(25)
      expect(wait).toBeLessThanOrEqual(30)
      // The wait over, one more mistake: twice as long.
      await db.owner.query(
        `update sign_in_guard set locked_until = now() - interval '1 second' where locked_until is not null`,
      )
      expect(problem(await new Browser(app).signIn(email, 'guess')).code).toBe('wrong-credentials')
      expect(Number((await new Browser(app).signIn(email)).headers['retry-after'])).toBeGreaterThan(55)
    }
    await db.owner.query(
      `update sign_in_guard set locked_until = now() - interval '1 second' where locked_until is not null`,
    )
    expect((await new Browser(app).signIn(victim.email)).statusCode).toBe(200)
    // Forgiven: the count begins anew.
    expect(problem(await new Browser(app).signIn(victim.email, 'guess')).code).toBe('wrong-credentials')
  })

  test('many guesses at once get no more tries than one after the other', async () => {
    const victim = await makeMember(db, workspace.id, 'seller', 'storm@example.com')
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) => new Browser(i % 2 ? app : other).signIn(victim.email, `guess ${i}`)),
    )
    const codes = answers.map((answer) => problem(answer).code)
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5)
    expect(codes.filter((code) => code === 'locked-out')).toHaveLength(19)
  })

  test('signing out ends the session, everywhere ends all, one can be ended from the list', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'sessions@example.com')
    const browsers = await Promise.all(
      [0, 1, 2, 3].map(async () => {
        const browser = new Browser(app)
        await browser.signIn(member.email)
        return browser
      }),
    )
    const [one, two, three, four] = browsers as [Browser, Browser, Browser, Browser]
    const { items } = (await one.ask('GET', '/me/sessions')).json()
    expect(items).toHaveLength(4)
    expect(items.filter((item: { current: boolean }) => item.current)).toHaveLength(1)
    expect((await one.ask('POST', '/auth/sign-out')).statusCode).toBe(204)
    expect(one.cookies.has('sente')).toBe(false)
    const list = (await two.ask('GET', '/me/sessions')).json().items as { id: string; current: boolean }[]
    const third = (await three.ask('GET', '/me/sessions'))
      .json()
      .items.find((item: { current: boolean }) => item.current).id
    expect(list.map((item) => item.id)).toContain(third)
    expect((await two.ask('DELETE', `/me/sessions/${third}`)).statusCode).toBe(204)
    expect((await three.ask('GET', '/me')).statusCode).toBe(401)
    expect((await two.ask('GET', '/me')).statusCode).toBe(200)
    expect((await two.ask('POST', '/auth/sign-out-everywhere')).statusCode).toBe(204)
    for (const browser of [two, four]) expect((await browser.ask('GET', '/me')).statusCode).toBe(401)
  })

  test('a changed password ends the other sessions, in every process at once, and the old one is worth nothing', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'change@example.com')
    const [one, elsewhere] = [new Browser(app), new Browser(other)]
    await one.signIn(member.email)
    await elsewhere.signIn(member.email)
    expect((await elsewhere.ask('GET', '/me')).statusCode).toBe(200)
    expect(problem(await one.ask('POST', '/me/password', { current: 'not it', next: 'five green goats' })).code).toBe(
      'wrong-current-password',
    )
    expect((await one.ask('POST', '/me/password', { current: PASSWORD, next: 'short' })).statusCode).toBe(422)
    expect((await one.ask('POST', '/me/password', { current: PASSWORD, next: 'five green goats' })).statusCode).toBe(
      204,
    )
    expect((await one.ask('GET', '/me')).statusCode).toBe(200)
    await expect
      .poll(async () => (await elsewhere.ask('GET', '/me')).statusCode, { timeout: 4_000, interval: 10 })
      .toBe(401)
    expect((await new Browser(app).signIn(member.email)).statusCode).toBe(401)
    expect((await new Browser(app).signIn(member.email, 'five green goats')).statusCode).toBe(200)
  })

  test('a password is the same however its letters are composed', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'compose@example.com')
    const browser = new Browser(app)
    await browser.signIn(member.email)
    await browser.ask('POST', '/me/password', { current: PASSWORD, next: 'Caf\u00e9 \u963f\u5c14 13579' })
    expect((await new Browser(app).signIn(member.email, 'Cafe\u0301 \u963f\u5c14 13579')).statusCode).toBe(200)
  })

  test('a session ends 14 days after its last use, and 90 days after it began in any case', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'slow@example.com')
    const browser = new Browser(app)
    await browser.signIn(member.email)
    const ends = async (): Promise<number> =>
      (
        await db.owner.query(
          `select extract(epoch from expires_at - now()) / 86400 as days from session where member_id = $1`,
          [member.id],
        )
      ).rows[0]!.days
    expect(Number(await ends())).toBeCloseTo(14, 1)
    const age = async (created: string, seen: string): Promise<void> => {
      await db.owner.query(
        `update session set created_at = now() - $2::interval, seen_at = now() - $3::interval, expires_at = least(now() - $3::interval + interval '14 days', now() - $2::interval + interval '90 days') where member_id = $1`,
        [member.id, created, seen],
      )
      // Another process, which remembers nothing of it.
      other = await replaced(other)
    }
    const replaced = async (old: FastifyInstance): Promise<FastifyInstance> => {
      await old.close()
      const fresh = await testApp(db)
      await fresh.ready()
      return fresh
    }
    const seenBy = async (): Promise<number> => {
      const later = new Browser(other)
      for (const [name, value] of browser.cookies) later.cookies.set(name, value)
      return (await later.ask('GET', '/me')).statusCode
    }
    await age('20 days', '13 days')
    expect(await seenBy()).toBe(200)
    await expect.poll(async () => Number(await ends())).toBeCloseTo(14, 1)
    await age('20 days', '15 days')
    expect(await seenBy()).toBe(401)
    await age('85 days', '1 day')
    expect(await seenBy()).toBe(200)
    await expect.poll(async () => Number(await ends())).toBeCloseTo(5, 1)
    await age('91 days', '1 minute')
    expect(await seenBy()).toBe(401)
  })

  test('a token does what its scopes and its member may, and can make none that does more or lives longer', async () => {
    const { seller } = workspace.members
    const browser = new Browser(app)
    await browser.signIn(seller.email)
    const made = (
      await browser.ask('POST', '/me/tokens', { name: 'script', scopes: ['members:read'], expiresInDays: 1 })
    ).json()
    expect(made.token).toMatch(/^sente_[\w-]{43}$/)
    const call = withToken(app, made.token)
    expect((await call('GET', '/members')).statusCode).toBe(200)
    expect(problem(await call('POST', '/teams', { name: 'x' })).code).toBe('not-allowed')
    expect((await call('GET', '/me')).json().permissions).toEqual(['members:read'])
    expect(
      problem(await browser.ask('POST', '/me/tokens', { name: 'more', scopes: ['workspace:manage'] })).faults![0]!
        .field,
    ).toBe('body.scopes')
    const { permissions } = (await browser.ask('GET', '/me')).json()
    const whole = (
      await browser.ask('POST', '/me/tokens', { name: 'whole', scopes: permissions, expiresInDays: 1 })
    ).json()
    const child = (
      await withToken(app, whole.token)('POST', '/me/tokens', {
        name: 'child',
        scopes: ['members:read'],
        expiresInDays: 3000,
      })
    ).json()
    const items = (await browser.ask('GET', '/me/tokens')).json().items as { id: string; expiresAt?: string }[]
    expect(Date.parse(items.find((item) => item.id === child.id)!.expiresAt!)).toBeLessThan(
      Date.now() + 86_400_000 + 60_000,
    )
    expect((await browser.ask('DELETE', `/me/tokens/${made.id}`)).statusCode).toBe(204)
    expect((await call('GET', '/members')).statusCode).toBe(401)
    for (const bad of ['sente_', 'sente_xyz', 'nonsense', '', '../..'])
      expect((await withToken(app, bad)('GET', '/me')).statusCode).toBe(401)
    const { rows } = await db.owner.query('select to_jsonb(t)::text as all from api_token t')
    for (const row of rows) expect(row.all).not.toContain(made.token)
    expect(
      await makeToken(db, { workspaceId: workspace.id, id: seller.id }, ['workspace:manage'])
        .then((token) => withToken(app, token)('PATCH', '/workspace', { name: 'x' }))
        .then((answer) => answer.statusCode),
    ).toBe(403)
  })

  test('a token with a part of the rights changes nothing that is its member’s own', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'narrow@example.com')
    const browser = new Browser(app)
    await browser.signIn(member.email)
    const call = withToken(
      app,
      (await browser.ask('POST', '/me/tokens', { name: 'reads', scopes: ['deals:read'] })).json().token,
    )
    const { items } = (await browser.ask('GET', '/me/tokens')).json() as { items: { id: string }[] }
    const changes = [
      ['PATCH', '/me', { name: 'Somebody else' }],
      ['POST', '/me/password', { current: PASSWORD, next: 'four blue horses' }],
      ['POST', '/auth/sign-out-everywhere'],
      ['DELETE', `/me/sessions/${v7()}`],
      ['POST', '/me/tokens', { name: 'child', scopes: ['deals:read'] }],
      ['DELETE', `/me/tokens/${items.at(-1)!.id}`],
      ['POST', '/views', { screen: 'deals', name: 'For all', query: {}, shared: true }],
      ['DELETE', `/views/${v7()}`],
    ] as const
    for (const [method, url, body] of changes)
      expect([url, problem(await call(method, url, body)).code]).toEqual([url, 'not-allowed'])
    expect((await call('GET', '/me')).json().member.name).toBe('The seller')
    expect((await browser.ask('GET', '/me/tokens')).json().items).toHaveLength(items.length)
    // One that carries all of them does what its member does; also after the member got another role.
    const all = withToken(app, member.token)
    expect((await all('PATCH', '/me', { name: 'Renamed' })).statusCode).toBe(200)
    await db.owner.query(`update member set role = 'viewer' where id = $1`, [member.id])
    expect(
      (
        await withToken(
          app,
          await makeToken(db, { workspaceId: workspace.id, id: member.id }, [
            'deals:read',
            'accounts:read',
            'members:read',
          ]),
        )('PATCH', '/me', { name: 'Looks only' })
      ).statusCode,
    ).toBe(200)
  })
})
