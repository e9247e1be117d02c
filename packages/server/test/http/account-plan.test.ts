import { readdirSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeToken, makeWorkspace, testApp } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'

const STORY = new URL('../../../../examples/6-one-project-became-an-account/', import.meta.url)

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let seller: Client
  let accountId: string

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    seller = clientOf(app, workspace.members.seller.token)
    for (const name of readdirSync(STORY).sort()) {
      const deal = await seller.call(routes.deals.fromFile, {
        body: { text: readFileSync(new URL(name, STORY), 'utf8') },
      })
      accountId = deal.accountId!
    }
  })
  afterAll(() => app.close())

  const planOf = (client: Client) =>
    client.call(routes.accounts.plan, { params: { accountId }, query: { asOf: plainDate('2025-10-15') } })

  test('the stored account gives the plan that its deal files give', async () => {
    const plan = await planOf(seller)
    expect(plan.units).toEqual(expect.arrayContaining(['集团总部', '一水厂', '二水厂', '三水厂', '管网公司']))
    expect(plan.grid.find(({ unit, offer }) => unit === '管网公司' && offer === '水质预警')).toMatchObject({
      status: 'rival',
    })
    expect(plan.people.find(({ name }) => name === '龙启明')).toMatchObject({
      last: '2025-06-24',
      overdue: true,
      red: true,
    })
    expect(plan.money.map(({ currency }) => currency)).toEqual(['CNY', 'USD'])
    expect(plan.filled.share).toBeGreaterThan(0.7)
    expect(Object.keys(plan.dealIds)).toHaveLength(4)
  })

  test('whoever may not see what is personal sees no stance, no pressure and nothing that an executive wants', async () => {
    const blind = clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, [
        'deals:read',
        'accounts:read',
      ]),
    )
    const plan = await planOf(blind)
    expect(plan.people.map(({ stance }) => stance)).toEqual(plan.people.map(() => null))
    expect([...plan.pressures, ...plan.business, ...plan.goals.theirs]).toEqual([])
    expect((await planOf(seller)).pressures.length).toBeGreaterThan(0)
  })

  test('an account without a deal that one may see says what to do', async () => {
    const empty = await seller.call(routes.accounts.create, { body: { name: 'Nobody yet' } })
    expect(
      await problemFrom(seller.call(routes.accounts.plan, { params: { accountId: empty.id }, query: {} })),
    ).toMatchObject({ status: 409, detail: expect.stringContaining('Create a deal') })
  })

  test('a child account is a unit of its parent', async () => {
    const child = await seller.call(routes.accounts.create, { body: { name: '四水厂', parentId: accountId } })
    await seller.call(routes.deals.create, { body: { name: '四水厂调度', accountId: child.id } })
    expect((await planOf(seller)).units).toContain('四水厂')
  })
})
