import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PERMISSIONS } from '@sente/api'
import type { Permission } from '@sente/api'
import { makeToken, problem, testApp, withToken } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { populate } from '../support/populated.ts'
import type { Populated } from '../support/populated.ts'

const CONTACT = /MARK-CONTACT/i
const PERSONAL = /MARK-PERSONAL/i

/** Every subset of these rights, beside those that are there anyway. */
const subsets = (rights: readonly Permission[]): Permission[][] =>
  rights.reduce<Permission[][]>((all, right) => [...all, ...all.map((some) => [...some, right])], [[]])

onDatabase((db) => {
  let app: FastifyInstance
  let world: Populated
  let dealId: string
  let personId: string
  let accountId: string
  let seller: ReturnType<typeof withToken>
  const scoped = async (scopes: readonly Permission[]): Promise<ReturnType<typeof withToken>> =>
    withToken(app, await makeToken(db, { workspaceId: world.id, id: world.members.administrator.id }, scopes))
  const without = (...rights: Permission[]): Promise<ReturnType<typeof withToken>> =>
    scoped(PERMISSIONS.filter((right) => !rights.includes(right)))
  /** Accounts and people, whatever is said of them. */
  const book = async (): Promise<unknown> =>
    (
      await db.owner.query(
        `select to_jsonb(a) as row from account a where workspace_id = $1 union all select to_jsonb(p) from person p where workspace_id = $1 order by 1`,
        [world.id],
      )
    ).rows

  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    world = await populate(app, db)
    ;({ dealId, personId, accountId } = world.params('deals.get') as Record<
      'dealId' | 'personId' | 'accountId',
      string
    >)
    seller = withToken(app, world.members.seller.token)
    const marked = { email: 'mark-contact@example.com', phone: 'MARK-CONTACT 1', externalId: 'MARK-CONTACT-7' }
    expect((await seller('PATCH', `/people/${personId}`, marked)).statusCode).toBe(200)
    expect((await seller('PATCH', `/accounts/${accountId}`, { externalId: 'MARK-CONTACT-8' })).statusCode).toBe(200)
    const { id } = world.params('facts.stakeholder') as { id: string }
    const agenda = { agenda: 'MARK-PERSONAL agenda', pressures: 'MARK-PERSONAL pressure' }
    expect((await seller('PATCH', `/deals/${dealId}/stakeholders/${id}`, agenda)).statusCode).toBe(200)
    const note = { on: '2025-02-02', text: 'MARK-PERSONAL note', private: true }
    expect((await seller('POST', `/deals/${dealId}/notes`, note)).statusCode).toBe(201)
  }, 60_000)
  afterAll(() => app.close())

  const reading = (): string[] => {
    const at = encodeURIComponent(new Date().toISOString())
    const deal = `/deals/${dealId}`
    return [
      ...['', '?include=people', '?include=all', `?include=all&at=${at}`, '/history?limit=100', '/brief'].map(
        (path) => deal + path,
      ),
      ...['/file?private=true', '/file?private=true&format=json', '/notes', '/stakeholders', '/stances'].map(
        (path) => deal + path,
      ),
      `${deal}/meeting?with=${personId}&play=trust_reconfirm`,
      `/people/${personId}`,
      `/people?accountId=${accountId}`,
      `/accounts/${accountId}`,
      '/accounts',
      '/audit?limit=200',
      '/export?private=true',
      '/search?q=mark',
      '/deals',
      '/today',
    ]
  }

  test('every way to read a record shows of it what the rights allow, whichever way it is', async () => {
    const seen = { contact: 0, personal: 0 }
    for (const more of subsets(['accounts:read', 'sensitive:read', 'deals:read'])) {
      const call = await scoped([...more, 'audit:read', 'export', 'members:read'])
      for (const url of reading()) {
        const { statusCode, body } = await call('GET', url)
        expect([200, 403], `${url} ${body}`).toContain(statusCode)
        const [contact, personal] = [CONTACT.test(body), PERSONAL.test(body)]
        if (contact) expect(more, `${url} tells how to reach somebody`).toContain('accounts:read')
        if (personal)
          expect(more, `${url} tells something personal`).toEqual(expect.arrayContaining(['sensitive:read']))
        seen.contact += Number(contact)
        seen.personal += Number(personal)
      }
    }
    // With the rights there is something to see.
    expect(seen.contact).toBeGreaterThan(8)
    expect(seen.personal).toBeGreaterThan(8)
  })

  test('who may change the address book but not read it is not told what it says, by success or by refusal', async () => {
    const call = await without('accounts:read')
    const changed = await call('PATCH', `/people/${personId}`, { title: 'Chair' })
    const same = await call('PATCH', `/people/${personId}`, {})
    const stale = await call('PATCH', `/people/${personId}`, { title: 'x' }, { 'if-match': '"1"' })
    const gone = await call('DELETE', `/people/${personId}`, undefined, { 'if-match': '"1"' })
    expect([changed, same, stale, gone].map(({ statusCode }) => statusCode)).toEqual([200, 200, 412, 412])
    for (const { body } of [changed, same, stale, gone]) expect(body).not.toMatch(CONTACT)
  })

  test('a person named into a deal is not read by it', async () => {
    const call = await scoped(['deals:read', 'deals:write'])
    const { id } = (await call('POST', '/deals', { name: 'A key' })).json<{ id: string }>()
    expect((await call('POST', `/deals/${id}/stakeholders`, { personId })).statusCode).toBeLessThan(500)
    expect((await call('GET', `/deals/${id}?include=people`)).body).not.toMatch(CONTACT)
  })

  const files = (): Record<string, string> => ({
    'a new account': 'name: One\naccount: {name: Nobody knows it}\n',
    'a new person': 'name: Two\naccount: {name: Riverbank}\npeople: [{id: new, name: Nobody Knows}]\n',
    'people without an account': 'name: Three\npeople: [{id: new, name: Nobody Knows}]\n',
    'empty fields of others':
      'name: Four\naccount: {name: Riverbank, industry: bank}\npeople: [{id: lin, name: Lin Tao, title: Treasurer}]\n',
  })

  test('no way to write without the right changes the address book', async () => {
    const before = await book()
    const call = await without('accounts:write')
    const { rows } = await db.owner.query<{ change_set: string }>(
      `select change_set from change where workspace_id = $1 and kind = 'person' and action = 'update' order by id desc limit 1`,
      [world.id],
    )
    const tries: [string, ReturnType<typeof call>][] = [
      ...Object.entries(files()).map(([name, text]): [string, ReturnType<typeof call>] => [
        name,
        call('POST', '/deals/from-file', { text }),
      ]),
      ['account', call('POST', '/accounts', { name: 'Made' })],
      ['account changed', call('PATCH', `/accounts/${accountId}`, { region: 'north' })],
      ['person', call('POST', '/people', { accountId, name: 'Made' })],
      ['person changed', call('PATCH', `/people/${personId}`, { title: 'Made' })],
      ['undo', call('POST', `/changes/${rows[0]!.change_set}/undo`)],
    ]
    for (const kind of ['accounts', 'people', 'deals', 'activities', 'deal-files', 'workspace'])
      tries.push([
        `import of ${kind}`,
        app.inject({
          method: 'POST',
          url: `/api/v1/imports?kind=${kind}&format=ndjson`,
          headers: {
            authorization: `Bearer ${await makeToken(
              db,
              { workspaceId: world.id, id: world.members.administrator.id },
              PERMISSIONS.filter((right) => right !== 'accounts:write'),
            )}`,
            'content-type': 'application/octet-stream',
          },
          payload: '{"name":"Imported","account":"Imported","record":"account"}\n',
        }),
      ])
    for (const [name, asked] of tries) {
      const answer = await asked
      if (name === 'empty fields of others') expect(answer.statusCode, answer.body).toBe(201)
      else expect([name, answer.statusCode, problem(answer).code]).toEqual([name, 403, 'not-allowed'])
    }
    expect(await book()).toEqual(before)
  })

  test('a deal file that names the unknown is refused with their names; who may not read the address book looks nobody up', async () => {
    const told = problem(
      await (
        await without('accounts:write')
      )('POST', '/deals/from-file', { text: files()['a new person']! }),
    )
    expect(told.faults?.map(({ field, what }) => [field, what.en])).toEqual([
      ['body.text.people[0]', 'Not in the address book: Nobody Knows'],
    ])
    const blind = await scoped(['deals:read', 'deals:write'])
    for (const text of ['name: X\naccount: {name: Riverbank}\n', 'name: X\naccount: {name: Nobody knows it}\n'])
      expect(problem(await blind('POST', '/deals/from-file', { text })).detail).toMatch(/accounts:read/)
    expect((await blind('POST', '/deals/from-file', { text: 'name: Alone\n' })).statusCode).toBe(201)
  })

  test('with the right the same files are taken, and fill what was empty', async () => {
    for (const text of Object.values(files()))
      expect((await seller('POST', '/deals/from-file', { text })).statusCode).toBe(201)
    expect((await seller('GET', `/accounts/${accountId}`)).json()).toMatchObject({ account: { industry: 'bank' } })
  })
})
