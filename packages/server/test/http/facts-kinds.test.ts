import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KIND_NAMES, routes } from '@sente/api'
import { makeMember, withToken } from '../support/application.ts'
import type { Answer } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { contractsOf, dealGround, examplesIn } from '../support/deal-ground.ts'
import type { DealGround } from '../support/deal-ground.ts'

onDatabase((db) => {
  let app: DealGround['app']
  let workspace: DealGround['workspace']
  let seller: DealGround['seller']
  let blind: DealGround['blind']
  let dealId: DealGround['dealId']
  let example: ReturnType<typeof examplesIn>
  beforeAll(async () => {
    const ground = await dealGround(db)
    ;({ app, workspace, seller, blind, dealId } = ground)
    example = examplesIn(ground)
  })
  afterAll(() => app.close())

  describe.each(KIND_NAMES)('%s', (kind) => {
    const personal = kind === 'stance'

    test('is added, listed, corrected and taken out; the deal counts each', async () => {
      const contracts = contractsOf(kind)
      const { body, patch } = await example(kind)
      const added = await seller.call(contracts.create, { params: { dealId }, body: body as never })
      expect(added).toMatchObject({
        ...(kind === 'stakeholder' ? { ...body, roles: ['technical_buyer'] } : body),
        dealId,
        version: 1,
        createdBy: workspace.members.seller.id,
      })
      const listed = async (): Promise<{ id: string }[]> =>
        (await seller.call(contracts.list, { params: { dealId } })).items
      expect(await listed()).toContainEqual(added)
      const changed = await seller.call(contracts.update, {
        params: { dealId, id: added.id },
        body: patch as never,
        version: 1,
      })
      expect(changed).toMatchObject({
        ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null)),
        version: 2,
      })
      expect(await listed()).toContainEqual(changed)
      await seller.call(contracts.remove, { params: { dealId, id: added.id }, version: 2 })
      expect((await listed()).map(({ id }) => id)).not.toContain(added.id)
    })

    test('a change that rests on an old version is refused with the record as it is now', async () => {
      const contracts = contractsOf(kind)
      const { body, patch } = await example(kind)
      const added = await seller.call(contracts.create, { params: { dealId }, body: body as never })
      const changed = await seller.call(contracts.update, { params: { dealId, id: added.id }, body: patch as never })
      const problem = await problemFrom(
        seller.call(contracts.update, { params: { dealId, id: added.id }, body: patch as never, version: 1 }),
      )
      expect(problem).toMatchObject({ status: 412, code: 'changed-since', current: changed })
      expect(
        await problemFrom(seller.call(contracts.remove, { params: { dealId, id: added.id }, version: 1 })),
      ).toMatchObject({ status: 412, current: changed })
    })

    test('each of adding, correcting and taking out is undone by the id its answer names', async () => {
      const contracts = contractsOf(kind)
      const { body, patch } = await example(kind)
      const ask = withToken(app, workspace.members.seller.token)
      const path = contracts.create.path.replace('{dealId}', dealId)
      const found = async (id: string): Promise<object | undefined> =>
        (await seller.call(contracts.list, { params: { dealId } })).items.find((item) => item.id === id)
      const undo = (answer: Answer) =>
        seller.call(routes.work.undo, { params: { changeSet: String(answer.headers['x-change-set']) } })
      // Undoing is a change too: it counts a version.
      const plain = (record: object): object => ({ ...record, version: 0 })

      const added = await ask('POST', path, body)
      const { id } = added.json<{ id: string }>()
      const changed = await ask('PATCH', `${path}/${id}`, patch)
      await undo(changed)
      expect(plain((await found(id))!)).toEqual(plain(added.json<object>()))
      const removed = await ask('DELETE', `${path}/${id}`)
      expect(await found(id)).toBeUndefined()
      await undo(removed)
      expect(plain((await found(id))!)).toEqual(plain(added.json<object>()))
      await undo(added)
      expect(await found(id)).toBeUndefined()
    })

    test('without the right to what is personal it shows none of it and writes none of it', async () => {
      const contracts = contractsOf(kind)
      const { body } = await example(kind)
      if (personal) {
        await seller.call(contracts.create, { params: { dealId }, body: body as never })
        expect((await blind.call(contracts.list, { params: { dealId } })).items).toEqual([])
        expect(
          await problemFrom(blind.call(contracts.create, { params: { dealId }, body: body as never })),
        ).toMatchObject({ status: 403, code: 'not-allowed' })
        return
      }
      if (kind === 'stakeholder') {
        const added = await seller.call(contracts.create, { params: { dealId }, body: body as never })
        const seen = (await blind.call(contracts.list, { params: { dealId } })).items.find(({ id }) => id === added.id)
        expect(seen).toBeDefined()
        expect(seen).not.toHaveProperty('agenda')
        expect(
          await problemFrom(
            blind.call(contracts.update, { params: { dealId, id: added.id }, body: { agenda: 'x' } as never }),
          ),
        ).toMatchObject({ status: 403, faults: [{ field: 'body.agenda' }] })
        const changed = await blind.call(contracts.update, {
          params: { dealId, id: added.id },
          body: { influence: 2 } as never,
        })
        expect(changed).not.toHaveProperty('agenda')
        expect(
          await problemFrom(
            blind.call(contracts.update, {
              params: { dealId, id: added.id },
              body: { influence: 3 } as never,
              version: 1,
            }),
          ),
        ).not.toHaveProperty('current.agenda')
        expect(
          (await seller.call(contracts.list, { params: { dealId } })).items.find(({ id }) => id === added.id),
        ).toMatchObject({ agenda: 'to be president', influence: 2 })
        return
      }
      expect((await blind.call(contracts.list, { params: { dealId } })).items).toEqual(
        (await seller.call(contracts.list, { params: { dealId } })).items,
      )
    })

    test('in a deal one may not see there is nothing; in one that is only shown nothing is written', async () => {
      const contracts = contractsOf(kind)
      const { body } = await example(kind)
      const stranger = clientOf(
        app,
        (await makeMember(db, workspace.id, 'seller', `${kind}.stranger@example.com`.toLowerCase())).token,
      )
      expect(await problemFrom(stranger.call(contracts.list, { params: { dealId } }))).toMatchObject({ status: 404 })
      expect(
        await problemFrom(stranger.call(contracts.create, { params: { dealId }, body: body as never })),
      ).toMatchObject({ status: 404 })
      const looker = await makeMember(db, workspace.id, 'seller', `${kind}.looker@example.com`.toLowerCase())
      await seller.call(routes.deals.share, { params: { dealId }, body: { memberId: looker.id } })
      const looking = clientOf(app, looker.token)
      expect((await looking.call(contracts.list, { params: { dealId } })).items).toBeInstanceOf(Array)
      expect(
        await problemFrom(looking.call(contracts.create, { params: { dealId }, body: body as never })),
      ).toMatchObject({ status: 403, code: 'not-allowed' })
    })
  })
})
