import { describe, expect, test } from 'vitest'
import { routes } from '@sente/api'
import { makeToken, withToken } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onSellersTeam } from '../support/sellers-team.ts'

onSellersTeam((team, db) => {
  describe('undo', () => {
    const changeSetOf = async (dealId: string): Promise<string> =>
      (await team.seller.call(routes.deals.history, { params: { dealId } })).items[0]!.changeSet!

    test('an answer to a change says by which id it can be undone', async () => {
      const dealId = await team.newDeal()
      const answer = await withToken(team.app, team.workspace.members.seller.token)('PATCH', `/deals/${dealId}`, {
        goal: 'new',
      })
      expect(answer.headers['x-change-set']).toBe(await changeSetOf(dealId))
      await team.seller.call(routes.work.undo, { params: { changeSet: String(answer.headers['x-change-set']) } })
      expect((await team.seller.call(routes.deals.get, { params: { dealId } })).deal).not.toHaveProperty('goal')
    })

    test('what was changed since is not undone over it', async () => {
      const dealId = await team.newDeal()
      await team.seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'a' } })
      const changeSet = await changeSetOf(dealId)
      await team.seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'b' } })
      expect(await problemFrom(team.seller.call(routes.work.undo, { params: { changeSet } }))).toMatchObject({
        status: 409,
        code: 'conflict',
      })
    })

    test('a deal given away by mistake comes back; nobody else’s changes can be undone by who may not make them', async () => {
      const dealId = await team.newDeal()
      const { changeSet } = await team.seller.call(routes.deals.bulk, {
        body: { ids: [dealId], set: { ownerId: team.stranger.id } },
      })
      expect(await problemFrom(team.as(team.mate).call(routes.work.undo, { params: { changeSet } }))).toMatchObject({
        status: 404,
      })
      await team.seller.call(routes.work.undo, { params: { changeSet } })
      expect((await team.seller.call(routes.deals.get, { params: { dealId } })).deal.ownerId).toBe(
        team.workspace.members.seller.id,
      )
      await team.seller.call(routes.deals.share, { params: { dealId }, body: { memberId: team.mate.id } })
      await team.seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'mine' } })
      expect(
        await problemFrom(
          team.as(team.mate).call(routes.work.undo, { params: { changeSet: await changeSetOf(dealId) } }),
        ),
      ).toMatchObject({ status: 403 })
    })

    test('a share is undone, which the history tells and which is undone itself', async () => {
      const dealId = await team.newDeal()
      await team.seller.call(routes.deals.share, { params: { dealId }, body: { memberId: team.stranger.id } })
      await team.seller.call(routes.work.undo, { params: { changeSet: await changeSetOf(dealId) } })
      expect(await problemFrom(team.as(team.stranger).call(routes.deals.get, { params: { dealId } }))).toMatchObject({
        status: 404,
      })
      await team.seller.call(routes.work.undo, { params: { changeSet: await changeSetOf(dealId) } })
      expect((await team.as(team.stranger).call(routes.deals.get, { params: { dealId } })).deal.id).toBe(dealId)
      expect(
        (await team.seller.call(routes.deals.history, { params: { dealId } })).items
          .filter(({ kind }) => kind === 'dealShare')
          .map(({ action }) => action),
      ).toEqual(['create', 'delete', 'create'])
    })

    test('a share that was ended does not come back beside a new one', async () => {
      const dealId = await team.newDeal()
      const body = { memberId: team.stranger.id }
      const { id } = await team.seller.call(routes.deals.share, { params: { dealId }, body })
      await team.seller.call(routes.deals.unshare, { params: { dealId, id } })
      const changeSet = await changeSetOf(dealId)
      await team.seller.call(routes.deals.share, { params: { dealId }, body: { ...body, mayWrite: true } })
      expect(await problemFrom(team.seller.call(routes.work.undo, { params: { changeSet } }))).toMatchObject({
        status: 409,
        code: 'conflict',
      })
      expect((await team.seller.call(routes.deals.shares, { params: { dealId } })).items).toHaveLength(1)
    })

    test('who may not see what is personal does not undo it, nor read of it in the history', async () => {
      const dealId = await team.newDeal()
      const person = await team.seller.call(routes.people.create, {
        body: { accountId: team.accountId, name: 'Lin Tao' },
      })
      await team.seller.call(routes.facts.stance.create, {
        params: { dealId },
        body: { personId: person.id, value: -2 },
      })
      const changeSet = await changeSetOf(dealId)
      const blind = clientOf(
        team.app,
        await makeToken(db, { workspaceId: team.workspace.id, id: team.workspace.members.seller.id }, [
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
    const dealId = await team.newDeal()
    const person = await team.seller.call(routes.people.create, { body: { accountId: team.accountId, name: 'He Wei' } })
    const stance = await team.seller.call(routes.facts.stance.create, {
      params: { dealId },
      body: { personId: person.id, value: 1 },
    })
    await team.seller.call(routes.facts.stance.update, { params: { dealId, id: stance.id }, body: { value: 2 } })
    expect(await problemFrom(team.seller.call(routes.work.audit))).toMatchObject({ status: 403 })
    const first = await team.admin.call(routes.work.audit, { query: { recordId: stance.id, limit: 1 } })
    expect(first.items).toMatchObject([
      { action: 'update', kind: 'stance', dealId, actor: 'The seller', before: { value: 1 }, after: { value: 2 } },
    ])
    const second = await team.admin.call(routes.work.audit, {
      query: { recordId: stance.id, limit: 1, cursor: first.next! },
    })
    expect(second.items).toMatchObject([{ action: 'create' }])
    expect(second.next).toBeUndefined()
    const blind = clientOf(
      team.app,
      await makeToken(db, { workspaceId: team.workspace.id, id: team.workspace.members.administrator.id }, [
        'audit:read',
      ]),
    )
    const [shown] = (await blind.call(routes.work.audit, { query: { recordId: stance.id } })).items
    expect(shown).toMatchObject({ kind: 'stance', action: 'update' })
    expect(shown).not.toHaveProperty('after')
    expect(await problemFrom(team.admin.call(routes.work.audit, { query: { cursor: first.next! } }))).toMatchObject({
      status: 400,
      code: 'bad-cursor',
    })
    // A manager reads of the deals of the teams.
    const foreign = await team.newDeal(team.as(team.stranger))
    expect((await team.admin.call(routes.work.audit, { query: { recordId: foreign } })).items).toHaveLength(1)
    expect((await team.manager.call(routes.work.audit, { query: { recordId: foreign } })).items).toEqual([])
    expect((await team.manager.call(routes.work.audit, { query: { recordId: dealId } })).items).not.toEqual([])
  })
})
