import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '@sente/api'
import { makeWorkspace } from '../support/application.ts'
import { problemFrom } from '../support/calls.ts'
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

  describe('who may', () => {
    test('a deal is there for its owner, the owner’s manager and the administrator, and for nobody else', async () => {
      const dealId = await newDeal()
      for (const client of [seller, manager, admin])
        expect((await client.call(routes.deals.get, { params: { dealId } })).deal.id).toBe(dealId)
      for (const client of [as(mate), as(stranger), as(workspace.members.viewer)]) {
        expect(await problemFrom(client.call(routes.deals.get, { params: { dealId } }))).toMatchObject({ status: 404 })
        expect(await problemFrom(client.call(routes.deals.history, { params: { dealId } }))).toMatchObject({
          status: 404,
        })
        expect(
          await problemFrom(
            client.call(routes.deals.read, { params: { dealId }, body: { on: '2025-01-01', text: 'x' } }),
          ),
        ).toMatchObject({ status: 404 })
      }
    })

    test('a seller creates deals for themselves, a manager for the team, an administrator for everybody who can own one', async () => {
      const mine = workspace.members.seller.id
      expect((await seller.call(routes.deals.create, { body: { name: 'x', ownerId: mine } })).ownerId).toBe(mine)
      expect(
        await problemFrom(seller.call(routes.deals.create, { body: { name: 'x', ownerId: mate.id } })),
      ).toMatchObject({ status: 403, faults: [{ field: 'body.ownerId' }] })
      expect((await manager.call(routes.deals.create, { body: { name: 'x', ownerId: mate.id } })).ownerId).toBe(mate.id)
      expect(
        await problemFrom(manager.call(routes.deals.create, { body: { name: 'x', ownerId: stranger.id } })),
      ).toMatchObject({ status: 403 })
      expect((await admin.call(routes.deals.create, { body: { name: 'x', ownerId: stranger.id } })).ownerId).toBe(
        stranger.id,
      )
      expect(
        await problemFrom(
          admin.call(routes.deals.create, { body: { name: 'x', ownerId: workspace.members.viewer.id } }),
        ),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.ownerId' }] })
    })

    test('only who has a say in a deal gives it away, shares or deletes it: a share does not', async () => {
      const dealId = await newDeal()
      await seller.call(routes.deals.share, { params: { dealId }, body: { memberId: mate.id, mayWrite: true } })
      const helper = as(mate)
      expect((await helper.call(routes.deals.update, { params: { dealId }, body: { goal: 'together' } })).goal).toBe(
        'together',
      )
      expect((await helper.call(routes.deals.get, { params: { dealId } })).access).toEqual({
        write: true,
        sensitive: false,
        share: false,
      })
      for (const call of [
        () => helper.call(routes.deals.update, { params: { dealId }, body: { ownerId: mate.id } }),
        () => helper.call(routes.deals.share, { params: { dealId }, body: { memberId: stranger.id } }),
        () => helper.call(routes.deals.remove, { params: { dealId } }),
        () => helper.call(routes.deals.bulk, { body: { ids: [dealId], set: { ownerId: mate.id } } }),
        () => helper.call(routes.deals.bulk, { body: { ids: [dealId], remove: true } }),
      ])
        expect(await problemFrom(call())).toMatchObject({ status: 403, code: 'not-allowed' })
      expect(
        (await manager.call(routes.deals.update, { params: { dealId }, body: { ownerId: mate.id } })).ownerId,
      ).toBe(mate.id)
      expect(await problemFrom(seller.call(routes.deals.get, { params: { dealId } }))).toMatchObject({ status: 404 })
    })

    test('shares are listed with names, changed by sharing again, and end', async () => {
      const dealId = await newDeal()
      const { id } = await seller.call(routes.deals.share, { params: { dealId }, body: { memberId: stranger.id } })
      expect(
        await problemFrom(as(stranger).call(routes.deals.update, { params: { dealId }, body: { goal: 'x' } })),
      ).toMatchObject({ status: 403 })
      expect(
        (
          await seller.call(routes.deals.share, {
            params: { dealId },
            body: { memberId: stranger.id, mayWrite: true, sensitive: true },
          })
        ).id,
      ).toBe(id)
      expect((await seller.call(routes.deals.shares, { params: { dealId } })).items).toEqual([
        { id, memberId: stranger.id, name: 'The seller', mayWrite: true, sensitive: true },
      ])
      expect((await as(stranger).call(routes.deals.get, { params: { dealId } })).access).toEqual({
        write: true,
        sensitive: true,
        share: false,
      })
      await seller.call(routes.deals.unshare, { params: { dealId, id } })
      expect(await problemFrom(as(stranger).call(routes.deals.get, { params: { dealId } }))).toMatchObject({
        status: 404,
      })
      expect(await problemFrom(seller.call(routes.deals.unshare, { params: { dealId, id } }))).toMatchObject({
        status: 404,
      })
      expect(await problemFrom(seller.call(routes.deals.share, { params: { dealId }, body: {} }))).toMatchObject({
        status: 422,
      })
      expect(
        await problemFrom(seller.call(routes.deals.share, { params: { dealId }, body: { memberId: v7() } })),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.memberId' }] })
      expect(
        (await seller.call(routes.deals.history, { params: { dealId } })).items
          .filter(({ kind }) => kind === 'dealShare')
          .map(({ action }) => action),
      ).toEqual(['delete', 'update', 'create'])
    })

    test('another workspace sees and changes nothing', async () => {
      const dealId = await newDeal()
      const other = await makeWorkspace(db, 'Other')
      const outsider = as(other.members.administrator)
      for (const call of [
        () => outsider.call(routes.deals.get, { params: { dealId } }),
        () => outsider.call(routes.deals.update, { params: { dealId }, body: { name: 'mine' } }),
        () => outsider.call(routes.deals.bulk, { body: { ids: [dealId], remove: true } }),
        () => outsider.call(routes.accounts.update, { params: { accountId }, body: { name: 'mine' } }),
      ])
        expect(await problemFrom(call())).toMatchObject({ status: 404 })
      expect(await problemFrom(outsider.call(routes.deals.create, { body: { name: 'x', accountId } }))).toMatchObject({
        status: 422,
      })
    })
  })

  describe('changing', () => {
    test('a change that rests on an older version is refused with the deal as it is now', async () => {
      const dealId = await newDeal()
      const now = await seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'a' }, version: 1 })
      expect(
        await problemFrom(seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'b' }, version: 1 })),
      ).toMatchObject({ status: 412, code: 'changed-since', current: now })
      expect(await problemFrom(seller.call(routes.deals.remove, { params: { dealId }, version: 1 }))).toMatchObject({
        status: 412,
      })
    })

    test('null takes a field back, false says that there is none, money stays exact', async () => {
      const dealId = await newDeal(seller, { amount: { value: '4800000.10', currency: 'CNY' }, goal: 'x' })
      expect(await seller.call(routes.deals.update, { params: { dealId }, body: { goal: false } })).toMatchObject({
        goal: false,
        amount: { value: '4800000.10', currency: 'CNY' },
      })
      const after = await seller.call(routes.deals.update, { params: { dealId }, body: { goal: null, amount: null } })
      expect(after).not.toHaveProperty('goal')
      expect(after).not.toHaveProperty('amount')
    })

    test('faults name the field and the nearest word', async () => {
      expect(
        await problemFrom(seller.call(routes.deals.create, { body: { name: 'x', traits: ['public-tendr'] } })),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.traits[0]', nearest: 'public_tender' }] })
      expect(await problemFrom(seller.call(routes.deals.create, { body: { nmae: 'x' } as never }))).toMatchObject({
        status: 422,
        faults: expect.arrayContaining([expect.objectContaining({ field: 'body.nmae', nearest: 'name' })]),
      })
      expect(await problemFrom(seller.call(routes.deals.create, { body: { name: 'x', status: 'won' } }))).toMatchObject(
        { status: 422, faults: [{ field: 'body.closedOn' }] },
      )
    })

    test('many are changed at once, all or none', async () => {
      const ids = [await newDeal(), await newDeal(), await newDeal(seller, { style: 'swift' })]
      expect(await seller.call(routes.deals.bulk, { body: { ids, set: { style: 'swift' } } })).toMatchObject({
        changed: 2,
      })
      const foreign = await newDeal(as(stranger))
      expect(
        await problemFrom(
          seller.call(routes.deals.bulk, { body: { ids: [...ids, foreign], set: { style: 'steady' } } }),
        ),
      ).toMatchObject({ status: 404 })
      expect((await seller.call(routes.deals.get, { params: { dealId: ids[0]! } })).deal.style).toBe('swift')
      expect(await problemFrom(seller.call(routes.deals.bulk, { body: { ids } }))).toMatchObject({ status: 422 })
      const { changeSet } = await seller.call(routes.deals.bulk, { body: { ids, remove: true } })
      for (const dealId of ids)
        expect(await problemFrom(seller.call(routes.deals.get, { params: { dealId } }))).toMatchObject({ status: 404 })
      await seller.call(routes.work.undo, { params: { changeSet } })
      for (const dealId of ids)
        expect((await seller.call(routes.deals.get, { params: { dealId } })).deal.name).toBe('Core platform')
    })
  })

  test('a total may be larger than any amount', async () => {
    const amount = { value: '999999999999999.99', currency: 'XAU' }
    for (const name of ['Large', 'Larger']) await seller.call(routes.deals.create, { body: { name, amount } })
    expect((await seller.call(routes.deals.pipeline, { query: { currency: ['XAU'] } })).cells).toMatchObject([
      { count: 2, amount: '1999999999999999.98' },
    ])
  })
})
