import type { FastifyInstance } from 'fastify'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Permission } from '@sente/api'
import { makeMember, makeToken, testApp, withToken } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { populate } from '../support/populated.ts'
import type { Populated } from '../support/populated.ts'

/** Ways on which somebody might see more than they should. */
onDatabase((db) => {
  let app: FastifyInstance
  let world: Populated
  let dealId: string
  type Call = ReturnType<typeof withToken>
  let seller: Call
  const scoped = async (scopes: readonly Permission[]): Promise<Call> =>
    withToken(app, await makeToken(db, { workspaceId: world.id, id: world.members.seller.id }, scopes))
  const made = async (call: Call, path: string, body: object): Promise<string> =>
    (await call('POST', path, body)).json<{ id: string }>().id

  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    world = await populate(app, db)
    dealId = world.params('deals.get')['dealId']!
    seller = withToken(app, world.members.seller.token)
  }, 60_000)
  afterAll(() => app.close())

  test('nothing that is personal comes out of any reading of a deal that is shared without it', async () => {
    const reader = await makeMember(db, world.id, 'seller', 'reader@example.com')
    const accountId = await made(seller, '/accounts', { name: 'Searched' })
    const people: string[] = []
    for (const name of ['Wang', 'Li']) people.push(await made(seller, '/people', { accountId, name }))
    const deal = await made(seller, '/deals', { name: 'Searched through', accountId })
    const at = `/deals/${deal}`
    await seller('POST', `${at}/stakeholders`, {
      personId: people[0],
      roles: ['number-one'],
      influence: 5,
      agenda: 'SECRET agenda',
      pressures: 'SECRET pressure',
    })
    await seller('POST', `${at}/stances`, { personId: people[1], value: 2 })
    const note = await made(seller, `${at}/notes`, {
      on: '2025-02-01',
      text: 'SECRET note',
      author: 'SECRET author',
      private: true,
    })
    await seller('POST', `${at}/evidence`, {
      on: '2025-02-01',
      signal: 'career_fear',
      personId: people[0],
      noteId: note,
      quote: 'SECRET quote',
      source: 'SECRET source',
    })
    await seller('POST', `${at}/shares`, { memberId: reader.id, mayWrite: true })
    const now = encodeURIComponent(new Date().toISOString())
    const reads = [
      '',
      '?include=all',
      `?include=all&at=${now}`,
      '/brief',
      `/brief?at=${now}`,
      '/history?limit=100',
      '/file?private=true',
      '/file?private=true&format=json',
      '/notes',
      '/evidence',
      '/stances',
      '/stakeholders',
      ...people.map((id) => `/meeting?with=${id}&play=trust_reconfirm`),
    ]
    const call = withToken(app, reader.token)
    for (const url of [
      ...reads.map((path) => at + path),
      '/today',
      '/deals',
      '/export?private=true',
      '/search?q=secret',
      `/accounts/${accountId}`,
      ...people.map((id) => `/people/${id}`),
    ]) {
      const answer = await call('GET', url)
      expect([url, answer.statusCode, /SECRET|career_fear|"stance":[^n[]/.test(answer.body)]).toEqual([url, 200, false])
    }
  })

  test('the audit trail quotes to a manager what is personal in deals of the teams, not in one that is shared without it', async () => {
    const manager = withToken(app, world.members.manager.token)
    const stranger = withToken(app, world.stranger.token)
    const accountId = await made(stranger, '/accounts', { name: 'Elsewhere' })
    const personId = await made(stranger, '/people', { accountId, name: 'Mr X' })
    const deal = await made(stranger, '/deals', { name: 'The stranger’s', accountId })
    const stance = await made(stranger, `/deals/${deal}/stances`, { personId, value: 1 })
    await stranger('PATCH', `/deals/${deal}/stances/${stance}`, { value: -2 })
    await stranger('POST', `/deals/${deal}/shares`, { memberId: world.members.manager.id })
    const own = world.params('facts.stance')['id']!
    await seller('PATCH', `/deals/${dealId}/stances/${own}`, { value: 2 })
    const quoted = async (id: string): Promise<unknown[]> =>
      (await manager('GET', `/audit?recordId=${id}`)).json<{ items: object[] }>().items.map((item) => 'after' in item)
    expect(await quoted(own)).toEqual([true, true])
    expect(await quoted(stance)).toEqual([false, false])
  })

  test('the audit trail says what was created as it was then, without what is personal where one may not see that', async () => {
    const touch = await made(seller, `/deals/${dealId}/touches`, { on: '2025-02-07', what: 'Lunch' })
    await seller('PATCH', `/deals/${dealId}/touches/${touch}`, { what: 'Dinner' })
    const lasting = await made(seller, `/deals/${dealId}/touches`, { on: '2025-02-08', what: 'Breakfast' })
    const share = await made(seller, `/deals/${dealId}/shares`, { memberId: world.stranger.id })
    const created = async (call: Call, id: string): Promise<unknown> =>
      (await call('GET', `/audit?recordId=${id}`)).json<{ items: { after?: unknown }[] }>().items.at(-1)?.after
    const manager = withToken(app, world.members.manager.token)
    expect(await created(manager, touch)).toMatchObject({ what: 'Lunch' })
    expect(await created(manager, lasting)).toMatchObject({ what: 'Breakfast' })
    expect(await created(manager, share)).toMatchObject({ member_id: world.stranger.id })
    await seller('DELETE', `/deals/${dealId}/shares/${share}`)
    const blind = withToken(
      app,
      await makeToken(db, { workspaceId: world.id, id: world.members.manager.id }, ['audit:read', 'deals:read']),
    )
    const card = world.params('facts.stakeholder')['id']!
    expect(await created(manager, card)).toMatchObject({ agenda: 'to be chairman', influence: 5 })
    expect(await created(blind, card)).toMatchObject({ influence: 5 })
    expect(await created(blind, card)).not.toHaveProperty('agenda')
    expect(await created(blind, world.params('facts.note')['id']!)).toBeUndefined()
  })

  test('neither the history nor an earlier moment shows a private note, or what quotes it, once they are gone', async () => {
    const blind = await scoped(['deals:read'])
    const seen = async (at?: string): Promise<string> =>
      (
        await blind(
          'GET',
          at === undefined
            ? `/deals/${dealId}/history?limit=100`
            : `/deals/${dealId}?include=all&at=${encodeURIComponent(at)}`,
        )
      ).body
    const note = await made(seller, `/deals/${dealId}/notes`, { on: '2025-02-03', text: 'SECRET in time' })
    await sleep(20)
    const open = new Date().toISOString()
    await sleep(20)
    await seller('PATCH', `/deals/${dealId}/notes/${note}`, { private: true })
    const pieces = [1, 2].map((n) => ({
      on: '2025-02-03',
      signal: 'career_fear',
      noteId: note,
      quote: `SECRET quote ${n}`,
    }))
    const [first] = await Promise.all(pieces.map((piece) => made(seller, `/deals/${dealId}/evidence`, piece)))
    expect([await seen(), await seen(open)].join()).not.toContain('SECRET')
    await seller('DELETE', `/deals/${dealId}/evidence/${first}`)
    expect([await seen(), await seen(open)].join()).not.toContain('SECRET')
    await seller('DELETE', `/deals/${dealId}/notes/${note}`)
    expect([await seen(), await seen(open)].join()).not.toContain('SECRET')
  })

  test('the address book alone shows no deals; deals alone show no address book', async () => {
    const { accountId, personId } = world.params('people.get') as { accountId: string; personId: string }
    const book = await scoped(['accounts:read'])
    const account = (await book('GET', `/accounts/${accountId}`)).json<{
      deals: unknown[]
      notes: unknown[]
      people: { deals: unknown[] }[]
    }>()
    expect([account.deals, account.notes, account.people.flatMap(({ deals }) => deals)]).toEqual([[], [], []])
    expect((await book('GET', `/people/${personId}`)).json()).toMatchObject({ person: { name: 'Zhou Min' }, deals: [] })
    expect(
      (await book('GET', '/accounts'))
        .json<{ items: { openDeals: number }[] }>()
        .items.map(({ openDeals }) => openDeals),
    ).not.toContain(1)
    const kinds = async (call: Call, more = ''): Promise<string[]> =>
      (await call('GET', `/search?q=Riverbank${more}`))
        .json<{ items: { kind: string }[] }>()
        .items.map(({ kind }) => kind)
    const deals = await scoped(['deals:read'])
    expect(await kinds(seller)).toEqual(['account', 'deal'])
    expect(await kinds(deals)).toEqual(['deal'])
    expect(await kinds(deals, '&kind=account')).toEqual([])
    expect(await kinds(deals, '&kind=deal&limit=1')).toEqual(['deal'])
  })

  test('the workspace counts the deals that one sees', async () => {
    const loner = withToken(app, (await makeMember(db, world.id, 'seller', 'loner@example.com')).token)
    const count = async (call: Call): Promise<number> =>
      (await call('GET', '/workspace')).json<{ counts: { deals: number } }>().counts.deals
    expect(await count(loner)).toBe(0)
    await loner('POST', '/deals', { name: 'My first' })
    expect(await count(loner)).toBe(1)
    expect(await count(withToken(app, world.members.administrator.token))).toBeGreaterThan(1)
  })

  test('who loses a deal while their change waits for it does not change it', async () => {
    const { administrator, seller: owner, viewer } = world.members
    const deal = await made(seller, '/deals', { name: 'Raced' })
    const changeSet = String(
      (await seller('POST', `/deals/${deal}/pins`, { on: '2025-02-01', phase: 'need' })).headers['x-change-set'],
    )
    const share = await made(seller, `/deals/${deal}/shares`, { memberId: world.members.manager.id })
    const changes: [string, () => ReturnType<Call>][] = [
      ['update', () => seller('PATCH', `/deals/${deal}`, { goal: 'too late' })],
      [
        'capture',
        () => seller('POST', `/deals/${deal}/capture`, { note: { on: '2025-02-01', text: 'too late' }, evidence: [] }),
      ],
      ['fact', () => seller('POST', `/deals/${deal}/pins`, { on: '2025-02-01', phase: 'need' })],
      ['share', () => seller('POST', `/deals/${deal}/shares`, { memberId: viewer.id })],
      ['unshare', () => seller('DELETE', `/deals/${deal}/shares/${share}`)],
      ['bulk', () => seller('POST', '/deals/bulk', { ids: [deal], set: { reason: 'too late' } })],
      ['undo', () => seller('POST', `/changes/${changeSet}/undo`)],
      ['remove', () => seller('DELETE', `/deals/${deal}`)],
    ]
    for (const [name, change] of changes) {
      await db.owner.query('update deal set owner_id = $2 where id = $1', [deal, owner.id])
      await db.owner.hold(async (giving) => {
        await giving.query('begin')
        await giving.query('update deal set owner_id = $2 where id = $1', [deal, administrator.id])
        const answer = change()
        // It waits for the lock; then the deal is somebody else's.
        await expect
          .poll(async () => (await giving.query('select from pg_locks where not granted')).rowCount)
          .toBeGreaterThan(0)
        await giving.query('commit')
        expect([name, (await answer).statusCode]).toEqual([name, 404])
      })
    }
  })

  test('a new deal does not take the id of one that was deleted, and with it what was written of that', async () => {
    const stranger = withToken(app, world.stranger.token)
    const deal = await made(stranger, '/deals', { name: 'Given away' })
    await withToken(app, world.members.administrator.token)('PATCH', `/deals/${deal}`, {
      ownerId: world.members.seller.id,
    })
    await seller('POST', `/deals/${deal}/notes`, { on: '2025-02-01', text: 'SECRET of the new owner', private: true })
    const then = encodeURIComponent(new Date().toISOString())
    await seller('DELETE', `/deals/${deal}`)
    const again = await stranger('POST', '/deals', { id: deal, name: 'Mine again' })
    const imported = await app.inject({
      method: 'POST',
      url: '/api/v1/imports?kind=workspace&format=ndjson',
      headers: { authorization: `Bearer ${world.stranger.token}`, 'content-type': 'application/octet-stream' },
      payload: `${JSON.stringify({ record: 'deal', id: deal, name: 'Mine again', status: 'open' })}\n`,
    })
    for (const path of ['/history?limit=100', `?include=all&at=${then}`, '?include=all'])
      expect([path, (await stranger('GET', `/deals/${deal}${path}`)).statusCode]).toEqual([path, 404])
    expect([again.statusCode, imported.json()]).toEqual([409, expect.objectContaining({ created: 0, failed: 1 })])
  })
})
