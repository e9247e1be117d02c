import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULTS } from '../../src/core/settings.ts'
import { Browser, makeMember, makeWorkspace, problem, testApp } from '../support/application.ts'
import type { Answer, TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'

/** People of the sign-in service; the name typed there is the account. */
const PEOPLE: Record<string, { email: string; email_verified: boolean; name: string }> = {
  lin: { email: 'Lin.Tao@example.com', email_verified: true, name: 'Lin Tao' },
  forged: { email: 'victim@example.com', email_verified: false, name: 'Not Victim' },
  newcomer: { email: 'newcomer@example.com', email_verified: true, name: 'New Comer' },
  namesake: { email: 'lin.tao@example.com', email_verified: true, name: 'Another Lin' },
}
const OURS = 'http://sente.test'
const SECRET = 'a secret between the two of us'

/** A real OpenID provider on this machine. */
async function startProvider(): Promise<{ issuer: string; server: Server }> {
  const server = createServer()
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'sente',
        client_secret: SECRET,
        redirect_uris: [`${OURS}/api/v1/auth/oidc/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id]! }) }),
    cookies: { keys: ['test'] },
  })
  server.on('request', provider.callback())
  return { issuer, server }
}

/** Does at the provider what a person does with a browser: follows, types the name, agrees. Answers where it is sent back to. */
async function signInThere(start: string, name: string): Promise<string> {
  const jar = new Map<string, string>()
  const ask = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(body ? { method: 'POST', body } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [key, value] = line.split(';')[0]!.split('=') as [string, string]
      if (value === '') jar.delete(key)
      else jar.set(key, value)
    }
    return answer
  }
  let url = start
  for (let steps = 0; steps < 12; steps++) {
    if (url.startsWith(OURS)) return url
    let answer = await ask(url)
    if (answer.status === 200) {
      const page = await answer.text()
      const action = /action="([^"]+)"/.exec(page)![1]!
      const prompt = /name="prompt" value="(\w+)"/.exec(page)![1]!
      answer = await ask(
        action,
        new URLSearchParams(prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt }),
      )
    }
    url = new URL(answer.headers.get('location')!, url).href
  }
  throw new Error('the provider leads nowhere')
}

onDatabase((db) => {
  let provider: { issuer: string; server: Server }
  let app: FastifyInstance
  let open: FastifyInstance
  let workspace: TestWorkspace
  const oidc = () => ({
    issuer: provider.issuer,
    clientId: 'sente',
    clientSecret: SECRET,
    name: 'Delta SSO',
    create: undefined,
  })

  beforeAll(async () => {
    provider = await startProvider()
    app = await testApp(db, { settings: { baseUrl: OURS, oidc: oidc() } })
    open = await testApp(db, { settings: { baseUrl: OURS, oidc: { ...oidc(), create: 'viewer' } } })
    workspace = await makeWorkspace(db)
  }, 60_000)
  afterAll(async () => {
    await Promise.all([app.close(), open.close()])
    provider.server.closeAllConnections()
    provider.server.close()
  })

  async function go(
    server: FastifyInstance,
    name: string,
    to?: string,
    spoil: (url: URL, browser: Browser) => void = () => {},
  ): Promise<{ browser: Browser; answer: Answer }> {
    const browser = new Browser(server)
    const start = await browser.ask('GET', `/auth/oidc${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`)
    expect(start.statusCode).toBe(303)
    const back = new URL(await signInThere(String(start.headers['location']), name))
    spoil(back, browser)
    const answer = await browser.ask('GET', back.pathname + back.search)
    return { browser, answer }
  }

  test('the way is offered, by its name', async () => {
    expect((await new Browser(app).ask('GET', '/auth/options')).json().oidc).toEqual({
      name: 'Delta SSO',
      url: '/api/v1/auth/oidc',
    })
  })

  test('a member whose address the service vouches for is signed in and led to where they wanted', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'lin.tao@example.com')
    const { browser, answer } = await go(app, 'lin', '/deals/1?tab=plan')
    expect([answer.statusCode, answer.headers['location']], answer.body).toEqual([303, '/deals/1?tab=plan'])
    expect((await browser.ask('GET', '/me')).json().member.id).toBe(member.id)
    // The second time by the subject: another address over there is the same person here.
    PEOPLE['lin']!.email = 'lin.renamed@example.com'
    expect((await (await go(app, 'lin')).browser.ask('GET', '/me')).json().member.id).toBe(member.id)
    PEOPLE['lin']!.email = 'Lin.Tao@example.com'
  })

  test('another account over there with the same address is not the same person', async () => {
    expect(problem((await go(app, 'namesake')).answer).code).toBe('not-allowed')
  })

  test('an address nobody vouches for opens nothing', async () => {
    await makeMember(db, workspace.id, 'administrator', 'victim@example.com')
    const { browser, answer } = await go(app, 'forged')
    expect(problem(answer).code).toBe('not-allowed')
    expect((await browser.ask('GET', '/me')).statusCode).toBe(401)
  })

  test('somebody who was not invited stays out, or becomes what the settings say', async () => {
    expect(problem((await go(app, 'newcomer')).answer).code).toBe('not-allowed')
    const { browser } = await go(open, 'newcomer')
    const me = (await browser.ask('GET', '/me')).json()
    expect(me.member).toMatchObject({
      email: 'newcomer@example.com',
      name: 'New Comer',
      role: 'viewer',
      hasPassword: false,
    })
    // Disabled is disabled, whatever the service says.
    await db.owner.query(`update member set disabled_at = now() where id = $1`, [me.member.id])
    expect(problem((await go(open, 'newcomer')).answer).code).toBe('not-allowed')
  })

  test('state, nonce, verifier and code belong to the browser that began', async () => {
    for (const spoil of [
      (url: URL) => url.searchParams.set('state', 'another'),
      (url: URL) => url.searchParams.set('code', 'another'),
      (url: URL) => url.searchParams.delete('iss'),
      (_url: URL, browser: Browser) => browser.cookies.clear(),
      (_url: URL, browser: Browser) => {
        const flow = JSON.parse(Buffer.from(browser.cookies.get('sente-oidc')!, 'base64url').toString()) as Record<
          string,
          string
        >
        browser.cookies.set(
          'sente-oidc',
          Buffer.from(JSON.stringify({ ...flow, verifier: 'x'.repeat(43) })).toString('base64url'),
        )
      },
      (_url: URL, browser: Browser) => {
        const flow = JSON.parse(Buffer.from(browser.cookies.get('sente-oidc')!, 'base64url').toString()) as Record<
          string,
          string
        >
        browser.cookies.set(
          'sente-oidc',
          Buffer.from(JSON.stringify({ ...flow, nonce: 'another' })).toString('base64url'),
        )
      },
      (_url: URL, browser: Browser) => browser.cookies.set('sente-oidc', 'nonsense'),
    ]) {
      const { browser, answer } = await go(app, 'lin', undefined, spoil)
      expect(problem(answer).code).toBe('sign-in-unavailable')
      expect((await browser.ask('GET', '/me')).statusCode).toBe(401)
    }
  })

  test('a code works once, and a person who fails is led to the sign-in page', async () => {
    const browser = new Browser(app)
    const start = await browser.ask('GET', '/auth/oidc')
    const flow = browser.cookies.get('sente-oidc')!
    const back = new URL(await signInThere(String(start.headers['location']), 'lin'))
    expect((await browser.ask('GET', back.pathname + back.search)).statusCode).toBe(303)
    const thief = new Browser(app)
    thief.cookies.set('sente-oidc', flow)
    const again = await thief.ask('GET', back.pathname + back.search, undefined, { accept: 'text/html,*/*' })
    expect(again.headers['location']).toBe('/signin?problem=sign-in-unavailable')
    expect((await thief.ask('GET', '/me')).statusCode).toBe(401)
  })

  test('nobody is sent to another site afterwards', async () => {
    expect((await go(app, 'lin', '//evil.test/')).answer.headers['location']).toBe('/')
  })

  test('a service that is away, or not set up, is said to be', async () => {
    const away = await testApp(db, { settings: { oidc: { ...oidc(), issuer: 'http://127.0.0.1:9' } } })
    expect(problem(await new Browser(away).ask('GET', '/auth/oidc')).code).toBe('sign-in-unavailable')
    const without = await testApp(db, { settings: { oidc: DEFAULTS.oidc } })
    expect(problem(await new Browser(without).ask('GET', '/auth/oidc')).code).toBe('sign-in-unavailable')
    await Promise.all([away.close(), without.close()])
  })
})
