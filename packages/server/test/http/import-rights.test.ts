import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportRun, Permission } from '@sente/api'
import { makeMember, makeToken, problem, testApp, withToken } from '../support/application.ts'
import type { Answer } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { populate } from '../support/populated.ts'
import type { Populated } from '../support/populated.ts'

const WRITES: readonly Permission[] = ['deals:read', 'deals:write', 'accounts:read', 'accounts:write', 'import']

/** An import is another way to write: it must not be a way round the rights. */
onDatabase((db) => {
  let app: FastifyInstance
  let world: Populated
  let dealId: string
  let fact: (kind: string) => string
  const call = (token: string) => withToken(app, token)
  const send = (token: string, kind: string, rows: readonly object[], more = ''): Promise<Answer> =>
    app.inject({
      method: 'POST',
      url: `/api/v1/imports?kind=${kind}&format=ndjson${more}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      payload: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    })
  const load = async (token: string, kind: string, rows: readonly object[], more = ''): Promise<ImportRun> => {
    const answer = await send(token, kind, rows, more)
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json<ImportRun>()
  }
  const faultsOf = async (token: string, run: ImportRun): Promise<string[]> =>
    (await call(token)('GET', `/imports/${run.id}/faults`))
      .json<{ items: { what: { en: string } }[] }>()
      .items.map(({ what }) => what.en)
  const scoped = (role: 'administrator' | 'seller', scopes: readonly Permission[]): Promise<string> =>
    makeToken(db, { workspaceId: world.id, id: world.members[role].id }, scopes)
  const facts = async (path: string): Promise<Record<string, unknown>[]> =>
    (await call(world.members.seller.token)('GET', `/deals/${dealId}/${path}`)).json<{
      items: Record<string, unknown>[]
    }>().items

  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    world = await populate(app, db)
    dealId = world.params('deals.get')['dealId']!
    fact = (kind) => world.params(`facts.${kind}`)['id']!
  }, 60_000)
  afterAll(() => app.close())

  test('a fact of a deal one may not see is not changed by naming a deal of one’s own', async () => {
    const own = (await call(world.stranger.token)('POST', '/deals', { name: 'The stranger’s' })).json<{ id: string }>()
      .id
    const run = await load(world.stranger.token, 'workspace', [
      { record: 'note', id: fact('note'), dealId: own, on: '2025-02-01', text: 'overwritten' },
    ])
    expect(run).toMatchObject({ updated: 0, failed: 1 })
    expect(await faultsOf(world.stranger.token, run)).toContain('This record is of another deal.')
    expect(await facts('notes')).toMatchObject([{ id: fact('note'), text: 'They asked who comes on Sunday night' }])
  })

  test('nor is an activity that has the same id in the CRM', async () => {
    const { seller } = world.members
    await load(seller.token, 'activities', [
      { externalId: 'crm-1', deal: 'Core banking', on: '2025-03-01', what: 'Lunch' },
    ])
    await call(world.stranger.token)('POST', '/deals', { name: 'Another of the stranger’s' })
    const run = await load(world.stranger.token, 'activities', [
      { externalId: 'crm-1', deal: 'Another of the stranger’s', on: '2025-03-01', what: 'overwritten' },
    ])
    expect(run).toMatchObject({ updated: 0, failed: 1 })
    expect((await facts('touches')).map(({ what }) => what)).toContain('Lunch')
  })

  test('a deal that is shared for writing does not change hands', async () => {
    const seller = call(world.members.seller.token)
    const shared = (await seller('POST', '/deals', { name: 'Shared' })).json<{ id: string }>().id
    await seller('POST', `/deals/${shared}/shares`, { memberId: world.stranger.id, mayWrite: true })
    const owner = async (): Promise<string> =>
      (await seller('GET', `/deals/${shared}`)).json<{ deal: { ownerId: string } }>().deal.ownerId
    const line = { record: 'deal', id: shared, name: 'Shared', status: 'open' }
    expect(await load(world.stranger.token, 'workspace', [{ ...line, goal: 'less paper' }])).toMatchObject({
      updated: 1,
      failed: 0,
    })
    expect(await load(world.stranger.token, 'workspace', [{ ...line, ownerId: world.stranger.id }])).toMatchObject({
      unchanged: 1,
    })
    expect(await load(world.stranger.token, 'workspace', [{ ...line, owner: world.stranger.email }])).toMatchObject({
      updated: 0,
      failed: 1,
    })
    expect(await owner()).toBe(world.members.seller.id)
  })

  describe('who may not see what is personal', () => {
    let blind: string
    let person: Record<string, string>
    beforeAll(async () => {
      blind = await scoped('seller', WRITES)
      const [stance] = await facts('stances')
      person = { personId: stance!['personId'] as string }
    })
    const refused = async (row: Record<string, unknown>): Promise<void> => {
      // Looking only must not tell either whether it is so already.
      for (const more of ['&dryRun=true', '']) {
        const run = await load(blind, 'workspace', [{ dealId, ...row }], more)
        expect([row, run]).toEqual([row, expect.objectContaining({ created: 0, updated: 0, unchanged: 0, failed: 1 })])
        expect(await faultsOf(blind, run)).toContain(
          'This is personal, and you may not see what is personal in this deal.',
        )
      }
    }

    test('writes no stance, card or private note, and is not told whether they are as supposed', async () => {
      const before = await Promise.all(['stances', 'stakeholders', 'notes', 'evidence'].map(facts))
      const note = (
        await call(world.members.seller.token)('POST', `/deals/${dealId}/notes`, {
          on: '2025-02-04',
          text: 'between us',
          private: true,
        })
      ).json<{ id: string }>().id
      await refused({ record: 'stance', id: fact('stance'), ...person, value: 1 })
      await refused({ record: 'stance', id: v7(), ...person, value: -2 })
      await refused({
        record: 'stakeholder',
        id: fact('stakeholder'),
        personId: world.params('people.get')['personId'],
        key: 'zhou-min',
        roles: ['number_one'],
        agenda: 'to be chairman',
      })
      await refused({ record: 'note', id: v7(), on: '2025-02-05', text: 'mine', private: true })
      await refused({ record: 'note', id: note, on: '2025-02-04', text: 'for everybody', private: false })
      await refused({ record: 'evidence', id: v7(), on: '2025-02-04', signal: 'career_fear', noteId: note })
      await call(world.members.seller.token)('DELETE', `/deals/${dealId}/notes/${note}`)
      expect(await Promise.all(['stances', 'stakeholders', 'notes', 'evidence'].map(facts))).toEqual(before)
      expect(
        await load(blind, 'workspace', [{ record: 'note', id: v7(), dealId, on: '2025-02-06', text: 'in the open' }]),
      ).toMatchObject({ created: 1 })
    })

    test('leaves a note as it is that was made private since the import before', async () => {
      const row = { externalId: 'crm-2', deal: 'Core banking', on: '2025-03-02', text: 'He will retire' }
      await load(world.members.seller.token, 'activities', [row])
      const { id } = (await facts('notes')).find(({ text }) => text === 'He will retire')!
      await call(world.members.seller.token)('PATCH', `/deals/${dealId}/notes/${String(id)}`, { private: true })
      expect(await load(blind, 'activities', [{ ...row, text: 'overwritten' }])).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: 1,
        failed: 0,
      })
      expect((await facts('notes')).find((note) => note['id'] === id)).toMatchObject({ text: 'He will retire' })
    })

    test('makes deals of files without it', async () => {
      const people = [{ id: 'zhou', name: 'Zhou Min', stance: 2, agenda: 'to be chairman' }]
      const { id } = (
        await call(blind)('POST', '/deals/from-file', {
          text: JSON.stringify({ name: 'From a file', account: { name: 'Riverbank' }, people }),
        })
      ).json<{ id: string }>()
      expect(
        await load(blind, 'deal-files', [{ name: 'From a list', account: { name: 'Riverbank' }, people }]),
      ).toMatchObject({ created: 1 })
      const made = (await call(world.members.seller.token)('GET', '/deals?q=From a'))
        .json<{ items: { id: string }[] }>()
        .items.map((deal) => deal.id)
      expect(made).toContain(id)
      expect(made).toHaveLength(2)
      for (const deal of made)
        expect((await call(world.members.seller.token)('GET', `/deals/${deal}?include=all`)).body).not.toMatch(
          /chairman|"value":2/,
        )
    })
  })

  test('a token that may import writes nothing but what it may write', async () => {
    const only = await scoped('administrator', ['import'])
    for (const kind of ['accounts', 'people', 'deals', 'activities', 'deal-files', 'workspace']) {
      const answer = await send(only, kind, [{ name: 'By import only' }])
      expect([kind, answer.statusCode, problem(answer).code]).toEqual([kind, 403, 'not-allowed'])
    }
    expect(
      await load(await scoped('administrator', ['import', 'accounts:write']), 'accounts', [
        { name: 'By import and accounts' },
      ]),
    ).toMatchObject({ created: 1 })
  })

  describe('rights that are taken away while an import runs', () => {
    const LOST =
      'The right to this import was taken away while it ran. What was written until then stays; the rest was not written.'
    /** Sends a batch (of more than is looked at before it is read), waits until it is in the database, and the rest when something has happened. */
    const inTwo = async (
      token: string,
      kind: string,
      first: readonly object[],
      meanwhile: () => Promise<unknown>,
      rest: readonly object[],
    ): Promise<ImportRun> => {
      const filename = `${v7()}.ndjson`
      const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
      const body = Readable.from(
        (async function* () {
          yield lines(first)
          await expect
            .poll(
              async () =>
                (
                  await db.owner.query<{ position: number }>('select position from import_run where source = $1', [
                    filename,
                  ])
                ).rows[0]?.position,
            )
            .toBe(1000)
          await meanwhile()
          yield lines(rest)
        })(),
      )
      const answer = await app.inject({
        method: 'POST',
        url: `/api/v1/imports?kind=${kind}&format=ndjson&filename=${filename}`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
        payload: body,
      })
      expect(answer.statusCode, answer.body).toBe(201)
      return answer.json<ImportRun>()
    }
    const many = (what: (n: number) => object): object[] => Array.from({ length: 1001 }, (_, n) => what(n))
    const admin = (memberId: string, change: object): Promise<Answer> =>
      call(world.members.administrator.token)('PATCH', `/members/${memberId}`, change)

    test.each([
      ['who is shut out', { disabled: true }],
      ['who may only look from now on', { role: 'viewer' }],
    ])('%s writes no further batch', async (_, change) => {
      const member = await makeMember(db, world.id, 'seller', `${v7()}@example.com`)
      const rows = many((n) => ({ externalId: `${member.id} ${n}`, name: `Account ${n}` }))
      const run = await inTwo(
        member.token,
        'accounts',
        rows,
        async () => expect((await admin(member.id, change)).statusCode).toBe(200),
        [{ externalId: `${member.id} last`, name: 'Last' }],
      )
      expect(run).toMatchObject({ status: 'failed', position: 1000, created: 1000, error: { en: LOST } })
      expect((await db.owner.query('select from account where external_id like $1', [`${member.id} %`])).rowCount).toBe(
        1000,
      )
    })

    test('a token that is revoked ends it too', async () => {
      const rows = many((n) => ({ externalId: `revoked ${n}`, name: `Account ${n} of who comes with a token` }))
      const token = await scoped('seller', WRITES)
      const run = await inTwo(
        token,
        'accounts',
        rows,
        () => db.owner.query(`delete from api_token where token_hash = $1`, [hash('sha256', token, 'buffer')]),
        [],
      )
      expect(run).toMatchObject({ status: 'failed', created: 1000 })
    })

    test('a deal that is given to somebody else gets nothing more', async () => {
      const member = await makeMember(db, world.id, 'seller', `${v7()}@example.com`)
      const deal = (await call(member.token)('POST', '/deals', { name: `Of ${member.id}` })).json<{ id: string }>().id
      const rows = many((n) => ({
        externalId: `${member.id} ${n}`,
        deal: `Of ${member.id}`,
        on: '2025-03-01',
        what: `Call ${n}`,
      }))
      const run = await inTwo(
        member.token,
        'activities',
        rows,
        async () =>
          expect(
            (await call(world.members.administrator.token)('PATCH', `/deals/${deal}`, { ownerId: world.stranger.id }))
              .statusCode,
          ).toBe(200),
        [],
      )
      expect(run).toMatchObject({ status: 'done', created: 1000, failed: 1 })
      expect((await db.owner.query('select from touch where deal_id = $1', [deal])).rowCount).toBe(1000)
    })

    test('who may no longer see what is personal writes none of it', async () => {
      const member = await makeMember(db, world.id, 'seller', `${v7()}@example.com`)
      const deal = (await call(member.token)('POST', '/deals', { name: `Of ${member.id}` })).json<{ id: string }>().id
      const rows = many((n) => ({
        record: 'note',
        id: v7(),
        dealId: deal,
        on: '2025-03-01',
        text: `Note ${n}`,
        private: true,
      }))
      const run = await inTwo(
        member.token,
        'workspace',
        rows,
        async () => expect((await admin(member.id, { sensitive: false })).statusCode).toBe(200),
        [],
      )
      expect(run).toMatchObject({ status: 'done', created: 1000, failed: 1 })
    })
  })

  test('members, teams and settings come along for those only who may make them', async () => {
    const rows = [
      { record: 'member', email: 'new@example.com', name: 'New', role: 'administrator' },
      { record: 'team', name: 'New team', members: [] },
    ]
    const emails = async (): Promise<string[]> =>
      (await call(world.members.administrator.token)('GET', '/members'))
        .json<{ items: { email: string }[] }>()
        .items.map(({ email }) => email)
    for (const token of [await scoped('administrator', WRITES), world.members.manager.token])
      expect(await load(token, 'workspace', rows)).toMatchObject({ created: 0, unchanged: 2 })
    expect(await emails()).not.toContain('new@example.com')
    expect(await load(world.members.administrator.token, 'workspace', rows)).toMatchObject({ created: 2 })
    expect(await emails()).toContain('new@example.com')
  })

  test('reports of imports, which quote what was imported, are for who imported and for administrators', async () => {
    const run = await load(
      world.members.seller.token,
      'deals',
      [{ name: 'X', amount: 'four million, between us' }],
      '&filename=secret.ndjson',
    )
    const seen = async (token: string): Promise<unknown[]> => {
      const ask = call(token)
      const listed = (await ask('GET', '/imports?limit=100'))
        .json<{ items: ImportRun[] }>()
        .items.some(({ id }) => id === run.id)
      return [
        listed,
        ...(
          await Promise.all([
            ask('GET', `/imports/${run.id}`),
            ask('GET', `/imports/${run.id}/faults`),
            ask('POST', `/imports/${run.id}/cancel`),
          ])
        ).map(({ statusCode }) => statusCode),
      ]
    }
    for (const member of [world.stranger, world.members.manager])
      expect(await seen(member.token)).toEqual([false, 404, 404, 404])
    for (const member of [world.members.seller, world.members.administrator])
      expect(await seen(member.token)).toEqual([true, 200, 200, 200])
    await db.owner.query(`update import_run set status = 'interrupted' where id = $1`, [run.id])
    expect((await send(world.stranger.token, 'deals', [{ name: 'X' }], `&resume=${run.id}`)).statusCode).toBe(404)
    // Nor does a run go on as something else than it was.
    expect((await send(world.members.seller.token, 'accounts', [{ name: 'X' }], `&resume=${run.id}`)).statusCode).toBe(
      404,
    )
  })
})
