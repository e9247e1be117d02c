import { v7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { routes } from '@sente/api'
import { makeWorkspace } from '../support/application.ts'
import { problemFrom } from '../support/calls.ts'
import { onSellersTeam } from '../support/sellers-team.ts'

onSellersTeam((team, db) => {
  describe('who may', () => {
    test('a deal is there for its owner, the owner’s manager and the administrator, and for nobody else', async () => {
      const dealId = await team.newDeal()
      for (const client of [team.seller, team.manager, team.admin])
        expect((await client.call(routes.deals.get, { params: { dealId } })).deal.id).toBe(dealId)
      for (const client of [team.as(team.mate), team.as(team.stranger), team.as(team.workspace.members.viewer)]) {
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
      const mine = team.workspace.members.seller.id
      expect((await team.seller.call(routes.deals.create, { body: { name: 'x', ownerId: mine } })).ownerId).toBe(mine)
      expect(
        await problemFrom(team.seller.call(routes.deals.create, { body: { name: 'x', ownerId: team.mate.id } })),
      ).toMatchObject({ status: 403, faults: [{ field: 'body.ownerId' }] })
      expect(
        (await team.manager.call(routes.deals.create, { body: { name: 'x', ownerId: team.mate.id } })).ownerId,
      ).toBe(team.mate.id)
      expect(
        await problemFrom(team.manager.call(routes.deals.create, { body: { name: 'x', ownerId: team.stranger.id } })),
      ).toMatchObject({ status: 403 })
      expect(
        (await team.admin.call(routes.deals.create, { body: { name: 'x', ownerId: team.stranger.id } })).ownerId,
      ).toBe(team.stranger.id)
      expect(
        await problemFrom(
          team.admin.call(routes.deals.create, { body: { name: 'x', ownerId: team.workspace.members.viewer.id } }),
        ),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.ownerId' }] })
    })

    test('only who has a say in a deal gives it away, shares or deletes it: a share does not', async () => {
      const dealId = await team.newDeal()
      await team.seller.call(routes.deals.share, {
        params: { dealId },
        body: { memberId: team.mate.id, mayWrite: true },
      })
      const helper = team.as(team.mate)
      expect((await helper.call(routes.deals.update, { params: { dealId }, body: { goal: 'together' } })).goal).toBe(
        'together',
      )
      expect((await helper.call(routes.deals.get, { params: { dealId } })).access).toEqual({
        write: true,
        sensitive: false,
        share: false,
      })
      for (const call of [
        () => helper.call(routes.deals.update, { params: { dealId }, body: { ownerId: team.mate.id } }),
        () => helper.call(routes.deals.share, { params: { dealId }, body: { memberId: team.stranger.id } }),
        () => helper.call(routes.deals.remove, { params: { dealId } }),
        () => helper.call(routes.deals.bulk, { body: { ids: [dealId], set: { ownerId: team.mate.id } } }),
        () => helper.call(routes.deals.bulk, { body: { ids: [dealId], remove: true } }),
      ])
        expect(await problemFrom(call())).toMatchObject({ status: 403, code: 'not-allowed' })
      expect(
        (await team.manager.call(routes.deals.update, { params: { dealId }, body: { ownerId: team.mate.id } })).ownerId,
      ).toBe(team.mate.id)
      expect(await problemFrom(team.seller.call(routes.deals.get, { params: { dealId } }))).toMatchObject({
        status: 404,
      })
    })

    test('shares are listed with names, changed by sharing again, and end', async () => {
      const dealId = await team.newDeal()
      const { id } = await team.seller.call(routes.deals.share, {
        params: { dealId },
        body: { memberId: team.stranger.id },
      })
      expect(
        await problemFrom(
          team.as(team.stranger).call(routes.deals.update, { params: { dealId }, body: { goal: 'x' } }),
        ),
      ).toMatchObject({ status: 403 })
      expect(
        (
          await team.seller.call(routes.deals.share, {
            params: { dealId },
            body: { memberId: team.stranger.id, mayWrite: true, sensitive: true },
          })
        ).id,
      ).toBe(id)
      expect((await team.seller.call(routes.deals.shares, { params: { dealId } })).items).toEqual([
        { id, memberId: team.stranger.id, name: 'The seller', mayWrite: true, sensitive: true },
      ])
      expect((await team.as(team.stranger).call(routes.deals.get, { params: { dealId } })).access).toEqual({
        write: true,
        sensitive: true,
        share: false,
      })
      await team.seller.call(routes.deals.unshare, { params: { dealId, id } })
      expect(await problemFrom(team.as(team.stranger).call(routes.deals.get, { params: { dealId } }))).toMatchObject({
        status: 404,
      })
      expect(await problemFrom(team.seller.call(routes.deals.unshare, { params: { dealId, id } }))).toMatchObject({
        status: 404,
      })
      expect(await problemFrom(team.seller.call(routes.deals.share, { params: { dealId }, body: {} }))).toMatchObject({
        status: 422,
      })
      expect(
        await problemFrom(team.seller.call(routes.deals.share, { params: { dealId }, body: { memberId: v7() } })),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.memberId' }] })
      expect(
        (await team.seller.call(routes.deals.history, { params: { dealId } })).items
          .filter(({ kind }) => kind === 'dealShare')
          .map(({ action }) => action),
      ).toEqual(['delete', 'update', 'create'])
    })

    test('another workspace sees and changes nothing', async () => {
      const dealId = await team.newDeal()
      const other = await makeWorkspace(db, 'Other')
      const outsider = team.as(other.members.administrator)
      for (const call of [
        () => outsider.call(routes.deals.get, { params: { dealId } }),
        () => outsider.call(routes.deals.update, { params: { dealId }, body: { name: 'mine' } }),
        () => outsider.call(routes.deals.bulk, { body: { ids: [dealId], remove: true } }),
        () => outsider.call(routes.accounts.update, { params: { accountId: team.accountId }, body: { name: 'mine' } }),
      ])
        expect(await problemFrom(call())).toMatchObject({ status: 404 })
      expect(
        await problemFrom(outsider.call(routes.deals.create, { body: { name: 'x', accountId: team.accountId } })),
      ).toMatchObject({
        status: 422,
      })
    })
  })

  describe('changing', () => {
    test('a change that rests on an older version is refused with the deal as it is now', async () => {
      const dealId = await team.newDeal()
      const now = await team.seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'a' }, version: 1 })
      expect(
        await problemFrom(
          team.seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'b' }, version: 1 }),
        ),
      ).toMatchObject({ status: 412, code: 'changed-since', current: now })
      expect(
        await problemFrom(team.seller.call(routes.deals.remove, { params: { dealId }, version: 1 })),
      ).toMatchObject({
        status: 412,
      })
    })

    test('null takes a field back, false says that there is none, money stays exact', async () => {
      const dealId = await team.newDeal(team.seller, { amount: { value: '4800000.10', currency: 'CNY' }, goal: 'x' })
      expect(await team.seller.call(routes.deals.update, { params: { dealId }, body: { goal: false } })).toMatchObject({
        goal: false,
        amount: { value: '4800000.10', currency: 'CNY' },
      })
      const after = await team.seller.call(routes.deals.update, {
        params: { dealId },
        body: { goal: null, amount: null },
      })
      expect(after).not.toHaveProperty('goal')
      expect(after).not.toHaveProperty('amount')
    })

    test('faults name the field and the nearest word', async () => {
      expect(
        await problemFrom(team.seller.call(routes.deals.create, { body: { name: 'x', traits: ['public-tendr'] } })),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.traits[0]', nearest: 'public_tender' }] })
      expect(await problemFrom(team.seller.call(routes.deals.create, { body: { nmae: 'x' } as never }))).toMatchObject({
        status: 422,
        faults: expect.arrayContaining([expect.objectContaining({ field: 'body.nmae', nearest: 'name' })]),
      })
      expect(
        await problemFrom(team.seller.call(routes.deals.create, { body: { name: 'x', status: 'won' } })),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.closedOn' }] })
    })

    test('many are changed at once, all or none', async () => {
      const ids = [await team.newDeal(), await team.newDeal(), await team.newDeal(team.seller, { style: 'swift' })]
      expect(await team.seller.call(routes.deals.bulk, { body: { ids, set: { style: 'swift' } } })).toMatchObject({
        changed: 2,
      })
      const foreign = await team.newDeal(team.as(team.stranger))
      expect(
        await problemFrom(
          team.seller.call(routes.deals.bulk, { body: { ids: [...ids, foreign], set: { style: 'steady' } } }),
        ),
      ).toMatchObject({ status: 404 })
      expect((await team.seller.call(routes.deals.get, { params: { dealId: ids[0]! } })).deal.style).toBe('swift')
      expect(await problemFrom(team.seller.call(routes.deals.bulk, { body: { ids } }))).toMatchObject({ status: 422 })
      const { changeSet } = await team.seller.call(routes.deals.bulk, { body: { ids, remove: true } })
      for (const dealId of ids)
        expect(await problemFrom(team.seller.call(routes.deals.get, { params: { dealId } }))).toMatchObject({
          status: 404,
        })
      await team.seller.call(routes.work.undo, { params: { changeSet } })
      for (const dealId of ids)
        expect((await team.seller.call(routes.deals.get, { params: { dealId } })).deal.name).toBe('Core platform')
    })
  })

  test('a total may be larger than any amount', async () => {
    const amount = { value: '999999999999999.99', currency: 'XAU' }
    for (const name of ['Large', 'Larger']) await team.seller.call(routes.deals.create, { body: { name, amount } })
    expect((await team.seller.call(routes.deals.pipeline, { query: { currency: ['XAU'] } })).cells).toMatchObject([
      { count: 2, amount: '1999999999999999.98' },
    ])
  })
})
