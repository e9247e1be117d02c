import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, makeMember, makeWorkspace, PASSWORD, problem, testApp, withToken } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'

const tokenIn = (url: string): string => new URL(url).searchParams.get('token')!

onDatabase((db) => {
  let app: FastifyInstance
  let other: FastifyInstance
  let workspace: TestWorkspace
  let admin: ReturnType<typeof withToken>

  beforeAll(async () => {
    app = await testApp(db)
    other = await testApp(db)
    await Promise.all([app.ready(), other.ready()])
    workspace = await makeWorkspace(db)
    admin = withToken(app, workspace.members.administrator.token)
  })
  afterAll(() => Promise.all([app.close(), other.close()]))

  test('an invitation leads in once, as the role that was given, into the teams that were given', async () => {
    const team = (await admin('POST', '/teams', { name: 'East' })).json()
    const answer = await admin('POST', '/members', {
      email: 'New.Seller@Example.com',
      name: 'New Seller',
      role: 'seller',
      teamIds: [team.id],
    })
    expect(answer.statusCode).toBe(201)
    const { member, link } = answer.json()
    expect(member).toMatchObject({
      email: 'new.seller@example.com',
      role: 'seller',
      hasPassword: false,
      teamIds: [team.id],
    })
    expect(
      problem(await admin('POST', '/members', { email: 'new.seller@example.com', name: 'Again', role: 'viewer' })).code,
    ).toBe('conflict')
    const browser = new Browser(app)
    expect((await browser.ask('POST', '/auth/links/look', { token: tokenIn(link.url) })).json()).toEqual({
      purpose: 'invitation',
      email: 'new.seller@example.com',
      name: 'New Seller',
      workspace: 'Test',
    })
    // The address is the administrator's choice, not the invited one's.
    const me = (
      await browser.ask('POST', '/auth/links/use', {
        token: tokenIn(link.url),
        password: PASSWORD,
        name: 'Nina',
        email: 'boss@example.com',
        workspaceName: 'Mine',
      })
    ).json()
    expect(me).toMatchObject({
      member: { name: 'Nina', email: 'new.seller@example.com', role: 'seller', hasPassword: true },
      workspace: { name: 'Test' },
    })
    expect((await new Browser(app).signIn('new.seller@example.com')).statusCode).toBe(200)
  })

  test('an unknown team or member is named as the fault', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000'
    expect(
      problem(await admin('POST', '/members', { email: 'x@example.com', name: 'X', role: 'seller', teamIds: [nobody] }))
        .faults![0]!.field,
    ).toBe('body.teamIds[0]')
    expect(problem(await admin('POST', '/teams', { name: 'Ghosts', memberIds: [nobody] })).faults![0]!.field).toBe(
      'body.memberIds[0]',
    )
    expect(problem(await admin('PATCH', `/members/${nobody}`, { name: 'X' })).code).toBe('not-found')
  })

  test('a reset link sets a new password, ends every session, and only the newest works', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'reset@example.com')
    const browser = new Browser(app)
    await browser.signIn(member.email)
    const old = (await admin('POST', `/members/${member.id}/reset-link`)).json()
    const link = (await admin('POST', `/members/${member.id}/reset-link`)).json()
    expect(problem(await new Browser(app).ask('POST', '/auth/links/look', { token: tokenIn(old.url) })).code).toBe(
      'link-invalid',
    )
    expect(
      (await new Browser(app).ask('POST', '/auth/links/use', { token: tokenIn(link.url), password: 'seven red cats' }))
        .statusCode,
    ).toBe(200)
    expect((await browser.ask('GET', '/me')).statusCode).toBe(401)
    expect((await new Browser(app).signIn(member.email)).statusCode).toBe(401)
    expect((await new Browser(app).signIn(member.email, 'seven red cats')).statusCode).toBe(200)
  })

  test('an old link is worth nothing', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'late@example.com')
    const link = (await admin('POST', `/members/${member.id}/reset-link`)).json()
    await db.owner.query(`update one_time_link set expires_at = now() - interval '1 second' where member_id = $1`, [
      member.id,
    ])
    for (const path of ['look', 'use'])
      expect(
        problem(
          await new Browser(app).ask('POST', `/auth/links/${path}`, {
            token: tokenIn(link.url),
            ...(path === 'use' ? { password: PASSWORD } : {}),
          }),
        ).code,
      ).toBe('link-invalid')
  })

  test('who is disabled is out at once in every process: sessions, tokens, links; and cannot come back by them', async () => {
    const member = await makeMember(db, workspace.id, 'manager', 'leaver@example.com')
    const browsers = [new Browser(app), new Browser(other)]
    for (const browser of browsers) await browser.signIn(member.email)
    const calls = [withToken(app, member.token), withToken(other, member.token)]
    for (const browser of browsers) expect((await browser.ask('GET', '/me')).statusCode).toBe(200)
    for (const call of calls) expect((await call('GET', '/me')).statusCode).toBe(200)
    const { version } = (await admin('GET', '/members'))
      .json()
      .items.find((one: { id: string }) => one.id === member.id)
    const answer = await admin('PATCH', `/members/${member.id}`, { disabled: true }, { 'if-match': `"${version}"` })
    expect(answer.json()).toMatchObject({ disabled: true, version: version + 1 })
    // In the process that did it, with the next request; in another within the time of a notification.
    expect((await browsers[0]!.ask('GET', '/me')).statusCode).toBe(401)
    expect((await calls[0]!('GET', '/me')).statusCode).toBe(401)
    await expect
      .poll(async () => (await browsers[1]!.ask('GET', '/me')).statusCode, { timeout: 4_000, interval: 10 })
      .toBe(401)
    await expect
      .poll(async () => (await calls[1]!('GET', '/me')).statusCode, { timeout: 4_000, interval: 10 })
      .toBe(401)
    expect(problem(await new Browser(app).signIn(member.email)).code).toBe('wrong-credentials')
    expect(problem(await admin('POST', `/members/${member.id}/reset-link`)).code).toBe('conflict')
    await admin('PATCH', `/members/${member.id}`, { disabled: false })
    expect((await calls[0]!('GET', '/me')).statusCode).toBe(401)
    expect((await browsers[0]!.ask('GET', '/me')).statusCode).toBe(401)
    expect((await new Browser(app).signIn(member.email)).statusCode).toBe(200)
  })

  test('a new role counts with the next request, in the other process as well', async () => {
    const member = await makeMember(db, workspace.id, 'viewer', 'promoted@example.com')
    const call = withToken(other, member.token)
    expect((await call('GET', '/audit')).statusCode).toBe(403)
    await admin('PATCH', `/members/${member.id}`, { role: 'manager', sensitive: false })
    await expect
      .poll(async () => (await call('GET', '/me')).json().permissions.includes('audit:read'), {
        timeout: 4_000,
        interval: 10,
      })
      .toBe(true)
    expect((await call('GET', '/me')).json().permissions).not.toContain('sensitive:read')
    expect((await call('GET', '/audit')).statusCode).toBe(200)
  })

  test('the last administrator can neither be disabled nor demoted, not even by two at the same moment', async () => {
    const lone = await makeWorkspace(db, 'Lone')
    const call = withToken(app, lone.members.administrator.token)
    const id = lone.members.administrator.id
    for (const body of [{ disabled: true }, { role: 'viewer' }])
      expect(problem(await call('PATCH', `/members/${id}`, body)).code).toBe('conflict')
    expect(
      (await call('PATCH', `/members/${id}`, { name: 'Still here', disabled: false, role: 'administrator' }))
        .statusCode,
    ).toBe(200)
    const second = await makeMember(db, lone.id, 'administrator', 'second@example.com')
    const both = await Promise.all([
      call('PATCH', `/members/${second.id}`, { role: 'seller' }),
      withToken(other, second.token)('PATCH', `/members/${id}`, { disabled: true }),
    ])
    // The slower one is refused: as the last administrator, or because it is none any more.
    expect([409, 403]).toContain(both.map((answer) => answer.statusCode).sort()[1])
    expect(both.filter((answer) => answer.statusCode === 200)).toHaveLength(1)
    const { rows } = await db.owner.query(
      `select count(*)::int as n from member where workspace_id = $1 and role = 'administrator' and disabled_at is null`,
      [lone.id],
    )
    expect(rows[0]!.n).toBe(1)
  })

  test('a change that rests on an older version is refused with the record as it is now', async () => {
    const member = await makeMember(db, workspace.id, 'seller', 'versions@example.com')
    const first = await admin('PATCH', `/members/${member.id}`, { name: 'One' }, { 'if-match': '"1"' })
    expect(first.headers['etag']).toBe('"2"')
    const second = await admin('PATCH', `/members/${member.id}`, { name: 'Two' }, { 'if-match': '"1"' })
    expect(second.statusCode).toBe(412)
    expect(problem(second).current).toMatchObject({ id: member.id, name: 'One', version: 2 })
    const team = (await admin('POST', '/teams', { name: 'West' })).json()
    expect((await admin('PATCH', `/teams/${team.id}`, { name: 'Far west' }, { 'if-match': '"7"' })).statusCode).toBe(
      412,
    )
  })

  test('teams: names once, members in and out, deleted with what hangs on them', async () => {
    const { manager, seller } = workspace.members
    const team = (
      await admin('POST', '/teams', { name: 'North', memberIds: [manager.id, seller.id, seller.id] })
    ).json()
    expect(team.memberIds.sort()).toEqual([manager.id, seller.id].sort())
    expect(problem(await admin('POST', '/teams', { name: 'North' })).code).toBe('conflict')
    const south = (await admin('POST', '/teams', { name: 'South' })).json()
    expect(problem(await admin('PATCH', `/teams/${south.id}`, { name: 'North' })).code).toBe('conflict')
    expect(problem(await admin('PATCH', `/teams/${south.id}`, { name: null })).faults![0]!.field).toBe('body.name')
    expect((await admin('PATCH', `/teams/${team.id}`, { memberIds: [seller.id] })).json().memberIds).toEqual([
      seller.id,
    ])
    expect(
      (await withToken(app, seller.token)('GET', '/teams'))
        .json()
        .items.find((one: { id: string }) => one.id === team.id).memberIds,
    ).toEqual([seller.id])
    expect((await admin('DELETE', `/teams/${team.id}`)).statusCode).toBe(204)
    expect(problem(await admin('DELETE', `/teams/${team.id}`)).code).toBe('not-found')
  })

  test('who may do what is in the audit trail, without secrets', async () => {
    const { rows } = await db.owner.query(
      `select kind, action, before::text, after::text from change where workspace_id = $1 and kind in ('member', 'team', 'workspace')`,
      [workspace.id],
    )
    expect(new Set(rows.map((row) => `${row.kind} ${row.action}`))).toEqual(
      new Set(['member create', 'member update', 'team create', 'team update', 'team delete']),
    )
    for (const row of rows) expect(`${row.before}${row.after}`).not.toMatch(/argon2|password_hash|token/)
  })

  test('what was decided about members is not undone like a fact', async () => {
    const { rows } = await db.owner.query<{ change_set: string }>(
      `select distinct change_set from change where workspace_id = $1 and kind in ('member', 'team', 'workspace')`,
      [workspace.id],
    )
    expect(rows.length).toBeGreaterThan(3)
    for (const { change_set } of rows.slice(0, 4))
      expect(problem(await admin('POST', `/changes/${change_set}/undo`)).code).toBe('not-found')
  })

  test('the workspace: settings that make sense, views of one’s own and shared ones', async () => {
    expect(
      (await admin('PATCH', '/workspace', { name: 'Delta', timeZone: 'Asia/Shanghai', currency: 'EUR' })).json(),
    ).toMatchObject({ name: 'Delta', timeZone: 'Asia/Shanghai', currency: 'EUR' })
    for (const body of [{ timeZone: 'Mars/Olympus' }, { currency: 'euro' }, { language: 'fr' }, { nme: 'x' }])
      expect((await admin('PATCH', '/workspace', body)).statusCode).toBe(422)
    expect(problem(await admin('PATCH', '/workspace', { nme: 'x' })).faults).toMatchObject([
      { field: 'body.nme', nearest: 'name' },
    ])
    expect((await admin('GET', '/workspace')).json()).toMatchObject({
      name: 'Delta',
      sample: false,
      counts: { accounts: 0, people: 0, deals: 0 },
    })
    const [seller, manager] = [
      withToken(app, workspace.members.seller.token),
      withToken(app, workspace.members.manager.token),
    ]
    const { id } = (
      await seller('POST', '/views', { screen: 'deals', name: 'Mine', query: { status: ['open'] } })
    ).json()
    expect(
      (
        await seller('POST', '/views', { screen: 'deals', name: 'Mine', query: { status: ['won'] }, shared: true })
      ).json().id,
    ).toBe(id)
    expect((await manager('GET', '/views?screen=deals')).json().items).toEqual([
      { id, screen: 'deals', name: 'Mine', query: { status: ['won'] }, shared: true, mine: false },
    ])
    expect((await manager('GET', '/views?screen=accounts')).json().items).toEqual([])
    expect(problem(await manager('DELETE', `/views/${id}`)).code).toBe('not-found')
    expect((await admin('DELETE', `/views/${id}`)).statusCode).toBe(204)
  })

  test('preferences are kept beside each other and stay small', async () => {
    const seller = withToken(app, workspace.members.seller.token)
    await seller('PATCH', '/me', { preferences: { columns: ['name', 'lead'] }, language: 'zh' })
    expect((await seller('PATCH', '/me', { preferences: { density: 'high' } })).json()).toMatchObject({
      preferences: { columns: ['name', 'lead'], density: 'high' },
      language: 'zh',
    })
    expect(problem(await seller('PATCH', '/me', { preferences: { much: 'x'.repeat(40_000) } })).faults![0]!.field).toBe(
      'body.preferences',
    )
    expect('language' in (await seller('PATCH', '/me', { language: null })).json()).toBe(false)
    // Many small ones are as much as a large one; what is taken out makes room.
    const part = (i: number) => seller('PATCH', '/me', { preferences: { [`part${i}`]: 'x'.repeat(9_000) } })
    expect([await part(1), await part(2), await part(3), await part(4)].map((one) => one.statusCode)).toEqual([
      200, 200, 200, 422,
    ])
    expect((await seller('PATCH', '/me', { preferences: { part1: null } })).json().preferences).not.toHaveProperty(
      'part1',
    )
    expect((await part(4)).statusCode).toBe(200)
  })

  test('saved views stay small and few, so that what one shares is no burden to the others', async () => {
    const viewer = withToken(app, workspace.members.viewer.token)
    const seller = withToken(app, workspace.members.seller.token)
    const save = (call: typeof viewer, name: string, more: object = {}) =>
      call('POST', '/views', { screen: 'deals', name, query: { q: 'x' }, ...more })
    expect(problem(await save(viewer, 'large', { query: { q: 'x'.repeat(4_100) } })).faults![0]!.field).toBe(
      'body.query',
    )
    const saved = await Promise.all(
      Array.from({ length: 104 }, (_, i) => save(viewer, `v${i}`, { shared: i % 2 === 0 })),
    )
    expect(saved.filter(({ statusCode }) => statusCode === 201).length).toBe(20 + 52)
    const more = await Promise.all(Array.from({ length: 40 }, (_, i) => save(viewer, `w${i}`)))
    expect(more.filter(({ statusCode }) => statusCode === 201).length).toBe(28)
    expect(problem(more.find(({ statusCode }) => statusCode !== 201)!).code).toBe('conflict')
    // What is there may be changed.
    expect((await save(viewer, 'v0', { shared: true, query: { q: 'y' } })).statusCode).toBe(201)
    const shared = (await seller('GET', '/views?screen=deals')).body
    expect(shared.length).toBeLessThan(20 * 4_500)
  })
})
