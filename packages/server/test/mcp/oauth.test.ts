import { createHash, randomBytes } from 'node:crypto'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweep } from '../../src/auth/sweep.ts'
import { idOf } from '../../src/http/oauth/clients.ts'
import { Browser, makeWorkspace, testApp } from '../support/application.ts'
import type { Answer, TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'

const REDIRECT = 'http://127.0.0.1:41999/done'

onDatabase((db) => {
  let app: FastifyInstance
  let address: string
  let workspace: TestWorkspace
  let browser: Browser

  beforeAll(async () => {
    app = await testApp(db)
    await app.listen({ port: 0, host: '127.0.0.1' })
    address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    workspace = await makeWorkspace(db, 'OAuth')
    browser = new Browser(app)
    await browser.signIn(workspace.members.seller.email)
  })
  afterAll(() => app.close())

  /** Opens a page of the server in the browser. */
  const open = (path: string, who: Browser | undefined, headers = {}): Promise<Answer> =>
    app.inject({
      method: 'GET',
      url: path,
      headers: { host: new URL(address).host, ...headers },
      ...(who ? { cookies: Object.fromEntries(who.cookies) } : {}),
    })

  const fieldsOf = (html: string): URLSearchParams =>
    new URLSearchParams(
      [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
        name!,
        value!.replaceAll('&amp;', '&'),
      ]),
    )

  /** Answers the question on the page. */
  async function answer(html: string, more: [string, string][], who = browser, headers = {}): Promise<Answer> {
    const form = fieldsOf(html)
    for (const [name, value] of more) form.append(name, value)
    return app.inject({
      method: 'POST',
      url: '/oauth/authorize',
      headers: {
        host: new URL(address).host,
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      cookies: Object.fromEntries(who.cookies),
      payload: form.toString(),
    })
  }
  const ALLOW: [string, string][] = [
    ['allow', 'deals:write'],
    ['allow', 'accounts:read'],
    ['days', '7'],
    ['decision', 'allow'],
  ]

  const verifier = randomBytes(48).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const clientId = idOf({ name: 'By hand', redirects: [REDIRECT] })
  const request = (more: Record<string, string> = {}): string =>
    `/oauth/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: REDIRECT, response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256', state: 'a b&c', resource: `${address}/mcp`, ...more }).toString()}`
  const exchange = (more: Record<string, string>) =>
    fetch(`${address}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: REDIRECT,
        code_verifier: verifier,
        ...more,
      }),
    })
  const codeOf = (sent: Answer): string => new URL(String(sent.headers.location)).searchParams.get('code')!

  test('the client of the library finds the way by itself: refused, registered, allowed by the person, connected', async () => {
    let asked: URL | undefined
    let tokens: OAuthTokens | undefined
    let information: OAuthClientInformationMixed | undefined
    let kept = ''
    const provider: OAuthClientProvider = {
      redirectUrl: REDIRECT,
      clientMetadata: {
        client_name: 'Helper',
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
      state: () => 'the state',
      clientInformation: () => information,
      saveClientInformation: (saved) => void (information = saved),
      tokens: () => tokens,
      saveTokens: (saved) => void (tokens = saved),
      redirectToAuthorization: (url) => void (asked = url),
      saveCodeVerifier: (saved) => void (kept = saved),
      codeVerifier: () => kept,
    }
    const transport = () => new StreamableHTTPClientTransport(new URL('/mcp', address), { authProvider: provider })
    const first = transport()
    await expect(new Client({ name: 'test', version: '1' }).connect(first as never)).rejects.toBeInstanceOf(
      UnauthorizedError,
    )
    expect(asked!.searchParams.get('resource')).toBe(`${address}/mcp`)
    const page = await open(asked!.pathname + asked!.search, browser)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Helper')
    expect(page.body).toContain('127.0.0.1:41999')
    const sent = new URL(String((await answer(page.body, ALLOW)).headers.location))
    expect([sent.origin + sent.pathname, sent.searchParams.get('state'), sent.searchParams.get('iss')]).toEqual([
      REDIRECT,
      'the state',
      address,
    ])
    await first.finishAuth(sent.searchParams.get('code')!)
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      scope: 'deals:read accounts:read deals:write',
      expires_in: 7 * 86_400,
    })
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(transport() as never)
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('capture_note')
    await client.close()
    // It is a token like others: seen in the settings, and ended there.
    const { items } = (await browser.ask('GET', '/me/tokens')).json<{
      items: { id: string; name: string; scopes: string[] }[]
    }>()
    const [mine] = items.filter(({ name }) => name === 'Helper')
    expect(mine!.scopes.toSorted()).toEqual(['accounts:read', 'deals:read', 'deals:write'])
    expect((await browser.ask('DELETE', `/me/tokens/${mine!.id}`)).statusCode).toBe(204)
    const again = await fetch(`${address}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens!.access_token}` },
    })
    expect(again.status).toBe(401)
  })

  test('a code is good once, within a minute, for the program, the address and the secret it was made with; alone it is no token', async () => {
    const code = async (): Promise<string> => codeOf(await answer((await open(request(), browser)).body, ALLOW))
    const failing: Record<string, string>[] = [
      { code_verifier: randomBytes(48).toString('base64url') },
      { redirect_uri: 'http://127.0.0.1:41998/done' },
      { client_id: idOf({ name: 'Another', redirects: [REDIRECT] }) },
      { code: `90.${randomBytes(32).toString('base64url')}` },
    ]
    for (const more of failing) {
      const refused = await exchange({ code: await code(), ...more })
      expect([refused.status, ((await refused.json()) as { error: string }).error]).toEqual([400, 'invalid_grant'])
    }
    const longer = await code()
    expect((await exchange({ code: longer.replace(/^7\./, '90.') })).status).toBe(400)
    const bearer = await fetch(`${address}/mcp`, { method: 'POST', headers: { authorization: `Bearer ${longer}` } })
    expect(bearer.status).toBe(401)
    const [one, other] = await Promise.all([exchange({ code: longer }), exchange({ code: longer })])
    expect([one.status, other.status].toSorted()).toEqual([200, 400])
    expect((await exchange({ code: longer })).status).toBe(400)
    const late = await code()
    await db.owner.query(
      `update api_token set expires_at = now() - interval '1 second' where member_id = $1 and expires_at < now() + interval '2 minutes'`,
      [workspace.members.seller.id],
    )
    expect((await exchange({ code: late })).status).toBe(400)
    await sweep(db)
    const { rows } = await db.owner.query('select 1 from api_token where member_id = $1 and expires_at < now()', [
      workspace.members.seller.id,
    ])
    expect(rows).toEqual([])
  })

  const mcp = async (token: string): Promise<number> =>
    (await fetch(`${address}/mcp`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status
  const tokenOf = async (given: Response): Promise<string> =>
    ((await given.json()) as { access_token: string }).access_token

  test('a code used a second time ends the token it gave, whoever comes with it; a wrong try before its first use ends nothing', async () => {
    for (const more of [{}, { code_verifier: randomBytes(48).toString('base64url') }] as Record<string, string>[]) {
      const code = codeOf(await answer((await open(request(), browser)).body, ALLOW))
      const other = await tokenOf(
        await exchange({ code: codeOf(await answer((await open(request(), browser)).body, ALLOW)) }),
      )
      expect((await exchange({ code, code_verifier: randomBytes(48).toString('base64url') })).status).toBe(400)
      const token = await tokenOf(await exchange({ code }))
      expect(await mcp(token)).not.toBe(401)
      expect((await exchange({ code, ...more })).status).toBe(400)
      expect(await mcp(token)).toBe(401)
      expect(await mcp(other)).not.toBe(401)
    }
    const code = codeOf(await answer((await open(request(), browser)).body, ALLOW))
    const both = await Promise.all([exchange({ code }), exchange({ code })])
    const given = both.find(({ status }) => status === 200)!
    expect(await mcp(await tokenOf(given))).toBe(401)
  })

  test('a program ends its own token; a token of the settings is not ended that way, and what is no token is no mistake', async () => {
    const end = (body: Record<string, string>) =>
      fetch(`${address}/oauth/revoke`, { method: 'POST', body: new URLSearchParams(body) })
    const token = await tokenOf(
      await exchange({ code: codeOf(await answer((await open(request(), browser)).body, ALLOW)) }),
    )
    expect(await mcp(token)).not.toBe(401)
    expect((await end({ token, token_type_hint: 'access_token', client_id: clientId })).status).toBe(200)
    expect(await mcp(token)).toBe(401)
    const made = await browser.ask('POST', '/me/tokens', { name: 'By hand', scopes: ['deals:read'] })
    const { token: own } = made.json<{ token: string }>()
    for (const other of [token, own, 'x', 'x'.repeat(500)]) expect((await end({ token: other })).status).toBe(200)
    expect(await mcp(own)).not.toBe(401)
    expect((await end({})).status).toBe(400)
  })

  test('nobody is sent to an address that is not the program’s; other mistakes are told to the program', async () => {
    for (const more of [
      { client_id: 'nonsense' },
      { redirect_uri: 'https://evil.test/cb' },
      { redirect_uri: 'http://127.0.0.1:41999/done/..' },
    ] as Record<string, string>[]) {
      const page = await open(request(more), browser)
      expect([page.statusCode, page.headers.location]).toEqual([400, undefined])
    }
    const told = async (more: Record<string, string>): Promise<string | null> =>
      new URL(String((await open(request(more), browser)).headers.location)).searchParams.get('error')
    expect(await told({ response_type: 'token' })).toBe('unsupported_response_type')
    expect(await told({ code_challenge_method: 'plain' })).toBe('invalid_request')
    expect(await told({ code_challenge: 'short' })).toBe('invalid_request')
    expect(await told({ resource: 'https://other.example/mcp' })).toBe('invalid_target')
    const denied = await answer((await open(request(), browser)).body, [['decision', 'deny']])
    expect(new URL(String(denied.headers.location)).searchParams.get('error')).toBe('access_denied')
    expect(new URL(String(denied.headers.location)).searchParams.get('state')).toBe('a b&c')
  })

  test('a link leads on to no address of a stranger by itself: what is wrong is said on a page, with the address to see', async () => {
    for (const [redirect, place] of [
      ['https://stranger.example/cb?a=1', 'https://stranger.example'],
      ['own-scheme://x', 'own-scheme://x'],
    ] as const) {
      const client = idOf({ name: 'Stranger', redirects: [redirect] })
      const url = request({ client_id: client, redirect_uri: redirect, response_type: 'token' })
      for (const who of [undefined, browser]) {
        const page = await open(url, who)
        expect([page.statusCode, page.headers.location]).toEqual([400, undefined])
        expect(page.body).toContain(`>${place}</a>`)
        expect(page.body).toContain('error=unsupported_response_type')
      }
    }
  })

  test('whatever stands in a form is refused or taken, and is no fault of the program', async () => {
    const { body } = await open(request(), browser)
    const form = fieldsOf(body)
    form.set('csrf', 'é'.repeat(form.get('csrf')!.length))
    const headers = { host: new URL(address).host, 'content-type': 'application/x-www-form-urlencoded' }
    const cookies = Object.fromEntries(browser.cookies)
    const stale = await app.inject({
      method: 'POST',
      url: '/oauth/authorize',
      headers,
      cookies,
      payload: form.toString(),
    })
    expect(stale.statusCode).toBe(400)
    // Parameters may hold what begins them.
    const asked = 'https://app.example/cb?a=1'
    const client = idOf({ name: 'Hidden \u0000 \u202etxt', redirects: [asked] })
    const page = await open(
      request({ client_id: client }).replace(/redirect_uri=[^&]*/, `redirect_uri=${asked}`),
      browser,
    )
    expect(page.statusCode).toBe(200)
    // Nothing in a name hides or turns what stands around it.
    expect(page.body).toContain('<strong>Hidden txt</strong>')
    expect(String((await answer(page.body, ALLOW)).headers.location)).toMatch(/^https:\/\/app\.example\/cb\?a=1&code=/)
  })

  test('nothing is allowed without the person: not signed in, from another site, or on a page of another session', async () => {
    const there = await open(request(), undefined)
    expect(there.statusCode).toBe(303)
    expect(String(there.headers.location)).toMatch(/^\/signin\?to=%2Foauth%2Fauthorize/)
    const page = (await open(request(), browser)).body
    expect((await answer(page, ALLOW, browser, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    const manager = new Browser(app)
    await manager.signIn(workspace.members.manager.email)
    const stale = await answer(page, ALLOW, manager)
    expect([stale.statusCode, stale.headers.location]).toEqual([400, undefined])
  })

  test('nobody gives rights they do not have, and reading deals is the least', async () => {
    const viewer = new Browser(app)
    await viewer.signIn(workspace.members.viewer.email)
    const page = await open(request({ scope: 'deals:write sensitive:read offline_access' }), viewer)
    expect(page.body).not.toContain('value="deals:write"')
    const sent = await answer(
      page.body,
      [
        ['allow', 'deals:write'],
        ['allow', 'sensitive:read'],
        ['decision', 'allow'],
      ],
      viewer,
    )
    expect(await (await exchange({ code: codeOf(sent) })).json()).toMatchObject({
      scope: 'deals:read',
      expires_in: 86_400,
    })
  })

  test('the question shows words of the program as words, runs no script, and stands in no frame', async () => {
    const evil = idOf({
      name: '"><script>alert(1)</script>',
      redirects: ['https://app.example/cb?a=1&b="'.replace('"', '%22')],
    })
    const page = await open(request({ client_id: evil, redirect_uri: 'https://app.example/cb?a=1&b=%22' }), browser)
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toContain('<script')
    const policy = String(page.headers['content-security-policy'])
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self' https://app.example;"])
      expect(policy).toContain(part)
    const sent = await answer(page.body, ALLOW)
    expect(String(sent.headers.location)).toMatch(/^https:\/\/app\.example\/cb\?a=1&b=%22&code=/)
    const chinese = await open(request(), browser, { 'accept-language': 'zh-CN' })
    expect(chinese.body).toContain('<html lang="zh-CN">')
  })

  test('a registration that asks for what is not given is told so, and what is given is said in the metadata', async () => {
    const register = (body: object) =>
      fetch(`${address}/oauth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await register({ client_name: 'x', redirect_uris: ['http://example.com/cb'] })).status).toBe(400)
    expect((await register({ client_name: 'x' })).status).toBe(400)
    expect(
      (await register({ redirect_uris: Array.from({ length: 6 }, (_, i) => `https://a.example/${i}`) })).status,
    ).toBe(400)
    const long = Array.from({ length: 5 }, (_, i) => `https://a.example/${'中'.repeat(480)}${i}`)
    expect((await register({ client_name: 'x', redirect_uris: long })).status).toBe(400)
    const made = await register({
      client_name: 'x',
      redirect_uris: [REDIRECT],
      token_endpoint_auth_method: 'client_secret_post',
    })
    expect(made.status).toBe(201)
    expect(await made.json()).toMatchObject({ token_endpoint_auth_method: 'none', redirect_uris: [REDIRECT] })
    const metadata = (await (await fetch(`${address}/.well-known/oauth-authorization-server`)).json()) as Record<
      string,
      unknown
    >
    expect(metadata).toMatchObject({
      issuer: address,
      revocation_endpoint: `${address}/oauth/revoke`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
    })
  })
})
