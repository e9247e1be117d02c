import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '@sente/api'
import { makeToken, withToken } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { sellersTeam } from '../support/sellers-team.ts'
import type { SellersTeam } from '../support/sellers-team.ts'

onDatabase((db) => {
  let app: SellersTeam['app']
  let workspace: SellersTeam['workspace']
  let admin: SellersTeam['admin']
  let manager: SellersTeam['manager']
  let seller: SellersTeam['seller']
  let mate: SellersTeam['mate']
  let stranger: SellersTeam['stranger']
  let accountId: SellersTeam['accountId']
  let as: SellersTeam['as']
  let newDeal: SellersTeam['newDeal']
  beforeAll(async () => {
    ;({ app, workspace, admin, manager, seller, mate, stranger, accountId, as, newDeal } = await sellersTeam(db))
  })
  afterAll(() => app.close())

  describe('undo', () => {
    const changeSetOf = async (dealId: string): Promise<string> =>
      (await seller.call(routes.deals.history, { params: { dealId } })).items[0]!.changeSet!

    test('an answer to a change says by which id it can be undone', async () => {
      const dealId = await newDeal()
      const answer = await withToken(app, workspace.members.seller.token)('PATCH', `/deals/${dealId}`, { goal: 'new' })
      expect(answer.headers['x-change-set']).toBe(await changeSetOf(dealId))
      await seller.call(routes.work.undo, { params: { changeSet: String(answer.headers['x-change-set']) } })
      expect((await seller.call(routes.deals.get, { params: { dealId } })).deal).not.toHaveProperty('goal')
    })

    test('what was changed since is not undone over it', async () => {
      const dealId = await newDeal()
      await seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'a' } })
      const changeSet = await changeSetOf(dealId)
      await seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'b' } })
      expect(await problemFrom(seller.call(routes.work.undo, { params: { changeSet } }))).toMatchObject({
        status: 409,
        code: 'conflict',
      })
    })

    test('a deal given away by mistake comes back; nobody else’s changes can be undone by who may not make them', async () => {
      const dealId = await newDeal()
      const { changeSet } = await seller.call(routes.deals.bulk, {
        body: { ids: [dealId], set: { ownerId: stranger.id } },
      })
      expect(await problemFrom(as(mate).call(routes.work.undo, { params: { changeSet } }))).toMatchObject({
        status: 404,
      })
      await seller.call(routes.work.undo, { params: { changeSet } })
      expect((await seller.call(routes.deals.get, { params: { dealId } })).deal.ownerId).toBe(
        workspace.members.seller.id,
      )
      await seller.call(routes.deals.share, { params: { dealId }, body: { memberId: mate.id } })
      await seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'mine' } })
      expect(
        await problemFrom(as(mate).call(routes.work.undo, { params: { changeSet: await changeSetOf(dealId) } })),
      ).toMatchObject({ status: 403 })
    })

    test('a share is undone, which the history tells and which is undone itself', async () => {
      const dealId = await newDeal()
      await seller.call(routes.deals.share, { params: { dealId }, body: { memberId: stranger.id } })
      await seller.call(routes.work.undo, { params: { changeSet: await changeSetOf(dealId) } })
      expect(await problemFrom(as(stranger).call(routes.deals.get, { params: { dealId } }))).toMatchObject({
        status: 404,
      })
      await seller.call(routes.work.undo, { params: { changeSet: await changeSetOf(dealId) } })
      expect((await as(stranger).call(routes.deals.get, { params: { dealId } })).deal.id).toBe(dealId)
      expect(
        (await seller.call(routes.deals.history, { params: { dealId } })).items
          .filter(({ kind }) => kind === 'dealShare')
          .map(({ action }) => action),
      ).toEqual(['create', 'delete', 'create'])
    })

    test('a share that was ended does not come back beside a new one', async () => {
      const dealId = await newDeal()
      const body = { memberId: stranger.id }
      const { id } = await seller.call(routes.deals.share, { params: { dealId }, body })
      await seller.call(routes.deals.unshare, { params: { dealId, id } })
      const changeSet = await changeSetOf(dealId)
      await seller.call(routes.deals.share, { params: { dealId }, body: { ...body, mayWrite: true } })
      expect(await problemFrom(seller.call(routes.work.undo, { params: { changeSet } }))).toMatchObject({
        status: 409,
        code: 'conflict',
      })
      expect((await seller.call(routes.deals.shares, { params: { dealId } })).items).toHaveLength(1)
    })

    test('who may not see what is personal does not undo it, nor read of it in the history', async () => {
      const dealId = await newDeal()
      const person = await seller.call(routes.people.create, { body: { accountId, name: 'Lin Tao' } })
      await seller.call(routes.facts.stance.create, { params: { dealId }, body: { personId: person.id, value: -2 } })
      const changeSet = await changeSetOf(dealId)
      const blind = clientOf(
        app,
        await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, [
          'deals:read',
          'deals:write',
        ]),
      )
      expect(await problemFrom(blind.call(routes.work.undo, { params: { changeSet } }))).toMatchObject({ status: 403 })
      expect(
        (await blind.call(routes.deals.history, { params: { dealId } })).items.map(({ kind }) => kind),
      ).not.toContain('stance')
    })
  })

  test('the audit trail is for those who manage, a page at a time, and without the right to what is personal it quotes none of it', async () => {
    const dealId = await newDeal()
    const person = await seller.call(routes.people.create, { body: { accountId, name: 'He Wei' } })
    const stance = await seller.call(routes.facts.stance.create, {
      params: { dealId },
      body: { personId: person.id, value: 1 },
    })
    await seller.call(routes.facts.stance.update, { params: { dealId, id: stance.id }, body: { value: 2 } })
    expect(await problemFrom(seller.call(routes.work.audit))).toMatchObject({ status: 403 })
    const first = await admin.call(routes.work.audit, { query: { recordId: stance.id, limit: 1 } })
    expect(first.items).toMatchObject([
      { action: 'update', kind: 'stance', dealId, actor: 'The seller', before: { value: 1 }, after: { value: 2 } },
    ])
    const second = await admin.call(routes.work.audit, {
      query: { recordId: stance.id, limit: 1, cursor: first.next! },
    })
    expect(second.items).toMatchObject([{ action: 'create' }])
    expect(second.next).toBeUndefined()
    const blind = clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id: workspace.members.administrator.id }, ['audit:read']),
    )
    const [shown] = (await blind.call(routes.work.audit, { query: { recordId: stance.id } })).items
    expect(shown).toMatchObject({ kind: 'stance', action: 'update' })
    expect(shown).not.toHaveProperty('after')
    expect(await problemFrom(admin.call(routes.work.audit, { query: { cursor: first.next! } }))).toMatchObject({
      status: 400,
      code: 'bad-cursor',
    })
    // A manager reads of the deals of the teams.
    const foreign = await newDeal(as(stranger))
    expect((await admin.call(routes.work.audit, { query: { recordId: foreign } })).items).toHaveLength(1)
    expect((await manager.call(routes.work.audit, { query: { recordId: foreign } })).items).toEqual([])
    expect((await manager.call(routes.work.audit, { query: { recordId: dealId } })).items).not.toEqual([])
  })
})
