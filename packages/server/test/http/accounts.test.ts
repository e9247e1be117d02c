import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeWorkspace, testApp } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let seller: Client
  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    seller = clientOf(app, workspace.members.seller.token)
  })
  afterAll(() => app.close())

  test('an account is created, changed, found and removed; an older version is refused with what it is now', async () => {
    const account = await seller.call(routes.accounts.create, {
      body: { name: '江州银行', industry: 'banking', goal: false },
    })
    expect(account).toMatchObject({ version: 1, goal: false, createdBy: workspace.members.seller.id })
    const params = { accountId: account.id }
    const changed = await seller.call(routes.accounts.update, {
      params,
      body: { region: 'East', goal: null },
      version: 1,
    })
    expect(changed).toMatchObject({ version: 2, region: 'East' })
    expect(changed).not.toHaveProperty('goal')
    expect(
      await problemFrom(seller.call(routes.accounts.update, { params, body: { region: 'West' }, version: 1 })),
    ).toMatchObject({ status: 412, current: changed })
    expect((await seller.call(routes.accounts.list, { query: { q: '银行' } })).items).toMatchObject([
      { id: account.id, openDeals: 0, people: 0 },
    ])
    await seller.call(routes.accounts.remove, { params, version: 2 })
    expect(await problemFrom(seller.call(routes.accounts.get, { params }))).toMatchObject({ status: 404 })
  })

  test('an account knows its parent and children', async () => {
    const parent = await seller.call(routes.accounts.create, { body: { name: 'Group' } })
    const child = await seller.call(routes.accounts.create, { body: { name: 'Daughter', parentId: parent.id } })
    expect((await seller.call(routes.accounts.get, { params: { accountId: child.id } })).parent).toEqual(parent)
    expect((await seller.call(routes.accounts.get, { params: { accountId: parent.id } })).children).toEqual([child])
    expect(await problemFrom(seller.call(routes.accounts.remove, { params: { accountId: parent.id } }))).toMatchObject({
      status: 409,
      code: 'in-use',
    })
  })

  test('what others point to is not removed: an account with people or deals, a person of a deal', async () => {
    const account = await seller.call(routes.accounts.create, { body: { name: 'Used' } })
    const person = await seller.call(routes.people.create, { body: { accountId: account.id, name: 'Zhou Min' } })
    expect(await problemFrom(seller.call(routes.accounts.remove, { params: { accountId: account.id } }))).toMatchObject(
      { status: 409, code: 'in-use' },
    )
    const deal = await seller.call(routes.deals.create, { body: { name: 'x', accountId: account.id } })
    await seller.call(routes.facts.stakeholder.create, { params: { dealId: deal.id }, body: { personId: person.id } })
    expect(await problemFrom(seller.call(routes.people.remove, { params: { personId: person.id } }))).toMatchObject({
      status: 409,
      code: 'in-use',
    })
  })

  test('nobody comes to report to themselves, and a boss must exist', async () => {
    const { id: accountId } = await seller.call(routes.accounts.create, { body: { name: 'Lines' } })
    const boss = await seller.call(routes.people.create, { body: { accountId, name: 'Boss', reportsTo: false } })
    const clerk = await seller.call(routes.people.create, { body: { accountId, name: 'Clerk', reportsTo: boss.id } })
    expect(boss.reportsTo).toBe(false)
    expect(
      await problemFrom(
        seller.call(routes.people.update, { params: { personId: boss.id }, body: { reportsTo: clerk.id } }),
      ),
    ).toMatchObject({ status: 422, faults: [{ field: 'body.reportsTo' }] })
    expect(
      await problemFrom(
        seller.call(routes.people.create, {
          body: { accountId, name: 'X', reportsTo: '01900000-0000-7000-8000-000000000001' },
        }),
      ),
    ).toMatchObject({ status: 422 })
  })

  test('a change of a person counts for the deals they take part in, so that their briefs are made anew', async () => {
    const { id: accountId } = await seller.call(routes.accounts.create, { body: { name: 'Counted' } })
    const person = await seller.call(routes.people.create, { body: { accountId, name: 'Lin' } })
    const deal = await seller.call(routes.deals.create, { body: { name: 'x', accountId } })
    await seller.call(routes.facts.stakeholder.create, { params: { dealId: deal.id }, body: { personId: person.id } })
    const version = async (): Promise<number> =>
      (await seller.call(routes.deals.get, { params: { dealId: deal.id } })).deal.version
    const before = await version()
    await seller.call(routes.people.update, { params: { personId: person.id }, body: { leftOn: '2025-06-01' } })
    expect(await version()).toBe(before + 1)
  })

  test('lists of accounts and people come in pages that hold each once', async () => {
    const { id: accountId } = await seller.call(routes.accounts.create, { body: { name: 'Paged' } })
    const made = new Set<string>()
    for (const name of ['b', 'a', 'c', 'a', 'B'])
      made.add((await seller.call(routes.people.create, { body: { accountId, name } })).id)
    const pages = async (
      ask: (cursor?: string) => Promise<{ items: { id: string }[]; next?: string | undefined }>,
    ): Promise<string[]> => {
      const seen: string[] = []
      for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
        const page = await ask(cursor)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.next
      }
      return seen
    }
    const people = await pages((cursor) =>
      seller.call(routes.people.list, { query: { accountId, limit: 2, ...(cursor ? { cursor } : {}) } }),
    )
    expect(people).toHaveLength(5)
    expect(new Set(people)).toEqual(made)
    for (const sort of ['name', 'updatedAt'] as const) {
      for (const order of ['asc', 'desc'] as const) {
        const accounts = await pages((cursor) =>
          seller.call(routes.accounts.list, { query: { sort, order, limit: 2, ...(cursor ? { cursor } : {}) } }),
        )
        expect(accounts).toEqual(
          (await seller.call(routes.accounts.list, { query: { sort, order, limit: 200 } })).items.map(({ id }) => id),
        )
      }
    }
  })

  test('who may only read writes nothing', async () => {
    const viewer = clientOf(app, workspace.members.viewer.token)
    expect(await problemFrom(viewer.call(routes.accounts.create, { body: { name: 'x' } }))).toMatchObject({
      status: 403,
    })
    expect(await problemFrom(viewer.call(routes.deals.create, { body: { name: 'x' } }))).toMatchObject({ status: 403 })
  })
})
