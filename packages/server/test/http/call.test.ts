import type { FastifyInstance } from 'fastify'
import { routes } from '@sente/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sessions } from '../../src/auth/sessions.ts'
import { DEFAULTS } from '../../src/core/settings.ts'
import { callOperation } from '../../src/http/call.ts'
import type { Caller } from '../../src/http/call.ts'
import { operations } from '../../src/http/operations/index.ts'
import { ChangedSince, NotFound } from '../../src/store/refusal.ts'
import { makeToken, makeWorkspace, testApp, withToken } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { METHOD } from '../../../engine/test/support/method.ts'
import { eventBus } from '../../src/store/events.ts'

test('at most eleven operations need the request or the reply; all others can be called without HTTP', () => {
  expect(operations.filter(({ http }) => http).length).toBeLessThanOrEqual(11)
})

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  const events = eventBus(db)
  const store = { database: db, methodology: METHOD, events }
  const services = { settings: DEFAULTS, store, sessions: new Sessions(store) }
  const as = async (token: string): Promise<Caller> => ({
    principal: (await services.sessions.ofToken(token))!,
    services,
  })

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db, 'Called')
  })
  afterAll(async () => {
    await app.close()
    await events.close()
  })

  test('an operation called without HTTP does and answers what the same request does', async () => {
    const seller = await as(workspace.members.seller.token)
    const account = await callOperation(routes.accounts.create, operations, { body: { name: 'Riverbank' } }, seller)
    const deal = await callOperation(
      routes.deals.create,
      operations,
      { body: { name: 'Core banking', accountId: account.id } },
      seller,
    )
    const { deal: read } = await callOperation(
      routes.deals.get,
      operations,
      { params: { dealId: deal.id }, query: {} },
      seller,
    )
    const asked = await withToken(app, workspace.members.seller.token)('GET', `/deals/${deal.id}`)
    expect(asked.json<{ deal: unknown }>().deal).toEqual(read)
    const brief = await callOperation(
      routes.deals.brief,
      operations,
      { params: { dealId: deal.id }, query: {} },
      seller,
    )
    expect(brief.deal.name).toBe('Core banking')
  })

  test('it refuses what a request would be refused: rights, fields, versions, and deals of others', async () => {
    const seller = await as(workspace.members.seller.token)
    const { id } = await callOperation(routes.deals.create, operations, { body: { name: 'Ours' } }, seller)
    const one = { params: { dealId: id } }
    await expect(
      callOperation(routes.deals.create, operations, { body: { name: 5 } as never }, seller),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(
      callOperation(routes.deals.update, operations, { ...one, body: { name: 'New' }, version: 9 }, seller),
    ).rejects.toBeInstanceOf(ChangedSince)
    const looking = await as(
      await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, ['deals:read']),
    )
    await expect(
      callOperation(routes.deals.update, operations, { ...one, body: { name: 'New' } }, looking),
    ).rejects.toMatchObject({ code: 'not-allowed' })
    const other = await makeWorkspace(db, 'Another')
    await expect(
      callOperation(routes.deals.get, operations, { ...one, query: {} }, await as(other.members.administrator.token)),
    ).rejects.toBeInstanceOf(NotFound)
    await expect(callOperation(routes.auth.me, operations, {}, seller)).rejects.toThrow('without HTTP')
  })
})
