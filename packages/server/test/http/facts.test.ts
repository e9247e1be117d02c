import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { withToken } from '../support/application.ts'
import { problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { dealGround } from '../support/deal-ground.ts'
import type { DealGround } from '../support/deal-ground.ts'

onDatabase((db) => {
  let app: DealGround['app']
  let workspace: DealGround['workspace']
  let seller: DealGround['seller']
  let blind: DealGround['blind']
  let dealId: DealGround['dealId']
  let accountId: DealGround['accountId']
  beforeAll(async () => {
    ;({ app, workspace, seller, blind, dealId, accountId } = await dealGround(db))
  })
  afterAll(() => app.close())

  test('a fact is found under its own deal only', async () => {
    const other = await seller.call(routes.deals.create, { body: { name: 'Another', accountId } })
    const pin = await seller.call(routes.facts.pin.create, {
      params: { dealId },
      body: { on: '2025-02-01', phase: 'need' },
    })
    expect(
      await problemFrom(
        seller.call(routes.facts.pin.update, { params: { dealId: other.id, id: pin.id }, body: { phase: 'risk' } }),
      ),
    ).toMatchObject({ status: 404 })
    expect(
      await problemFrom(seller.call(routes.facts.pin.remove, { params: { dealId: other.id, id: pin.id } })),
    ).toMatchObject({ status: 404 })
  })

  test('a word the method does not know is refused with the nearest it knows', async () => {
    const problem = await problemFrom(
      seller.call(routes.facts.evidence.create, {
        params: { dealId },
        body: { on: '2025-02-01', signal: 'asks_local_suport' },
      }),
    )
    expect(problem).toMatchObject({
      status: 422,
      code: 'invalid-input',
      faults: [{ field: 'body.signal', nearest: 'asks_local_support' }],
    })
    expect(
      await problemFrom(
        seller.call(routes.facts.proof.create, {
          params: { dealId },
          body: { topic: 'vendor_viability', proof: 'financal' },
        }),
      ),
    ).toMatchObject({ status: 422, faults: [{ field: 'body.proof', nearest: 'financials' }] })
  })

  test('somebody of another customer does not come into a deal by a slip of the pen', async () => {
    const elsewhere = await seller.call(routes.accounts.create, { body: { name: 'Elsewhere' } })
    const stranger = await seller.call(routes.people.create, {
      body: { accountId: elsewhere.id, name: 'Wrong Person' },
    })
    expect(
      await problemFrom(
        seller.call(routes.facts.touch.create, { params: { dealId }, body: { on: '2025-02-01', with: [stranger.id] } }),
      ),
    ).toMatchObject({ status: 422, faults: [{ field: 'body.with[0]' }] })
  })

  test('private notes and what was read from them are there for those only who may see what is personal', async () => {
    const note = await seller.call(routes.facts.note.create, {
      params: { dealId },
      body: { on: '2025-02-01', text: 'Between us: he fears for his post', private: true },
    })
    const piece = await seller.call(routes.facts.evidence.create, {
      params: { dealId },
      body: { on: '2025-02-01', signal: 'career_fear', noteId: note.id, quote: 'he fears for his post' },
    })
    expect((await blind.call(routes.facts.note.list, { params: { dealId } })).items.map(({ id }) => id)).not.toContain(
      note.id,
    )
    expect(
      (await blind.call(routes.facts.evidence.list, { params: { dealId } })).items.map(({ id }) => id),
    ).not.toContain(piece.id)
    expect(
      await problemFrom(
        blind.call(routes.facts.evidence.update, { params: { dealId, id: piece.id }, body: { status: 'rejected' } }),
      ),
    ).toMatchObject({ status: 404 })
    expect(await problemFrom(blind.call(routes.facts.note.remove, { params: { dealId, id: note.id } }))).toMatchObject({
      status: 404,
    })
    expect(
      await problemFrom(
        blind.call(routes.facts.note.create, {
          params: { dealId },
          body: { on: '2025-02-01', text: 'mine', private: true },
        }),
      ),
    ).toMatchObject({ status: 403 })
    expect(
      await problemFrom(
        blind.call(routes.facts.evidence.create, {
          params: { dealId },
          body: { on: '2025-02-01', signal: 'career_fear', noteId: note.id },
        }),
      ),
    ).toMatchObject({ status: 404 })
  })

  test('a private note that is taken out takes along what was read from it, and brings it back', async () => {
    const note = await seller.call(routes.facts.note.create, {
      params: { dealId },
      body: { on: '2025-02-01', text: 'Between us', private: true },
    })
    const piece = await seller.call(routes.facts.evidence.create, {
      params: { dealId },
      body: { on: '2025-02-01', signal: 'career_fear', noteId: note.id },
    })
    const removed = await withToken(app, workspace.members.seller.token)('DELETE', `/deals/${dealId}/notes/${note.id}`)
    const listed = async (): Promise<string[]> =>
      (await seller.call(routes.facts.evidence.list, { params: { dealId } })).items.map(({ id }) => id)
    expect(await listed()).not.toContain(piece.id)
    await seller.call(routes.work.undo, { params: { changeSet: String(removed.headers['x-change-set']) } })
    expect(await listed()).toContain(piece.id)
    expect(
      (await blind.call(routes.facts.evidence.list, { params: { dealId } })).items.map(({ id }) => id),
    ).not.toContain(piece.id)
  })

  test('a note that is taken out takes along what was only suggested, leaves what somebody judged, and brings all back', async () => {
    const note = await seller.call(routes.facts.note.create, {
      params: { dealId },
      body: { on: '2025-02-01', text: 'The board meets in March' },
    })
    const piece = async (signal: string, status: 'suggested' | 'confirmed' | 'rejected'): Promise<string> => {
      const body = { on: '2025-02-01' as const, signal, status, noteId: note.id, quote: 'The board meets' }
      return (await seller.call(routes.facts.evidence.create, { params: { dealId }, body })).id
    }
    const made = [
      await piece('board_approval_scheduled', 'suggested'),
      await piece('verbal_yes', 'confirmed'),
      await piece('budget_approved', 'rejected'),
    ]
    const removed = await withToken(app, workspace.members.seller.token)('DELETE', `/deals/${dealId}/notes/${note.id}`)
    const listed = async () =>
      (await seller.call(routes.facts.evidence.list, { params: { dealId } })).items
        .filter(({ id }) => made.includes(id))
        .map(({ signal, noteId }) => [signal, noteId])
    expect(await listed()).toEqual([
      ['verbal_yes', undefined],
      ['budget_approved', undefined],
    ])
    await seller.call(routes.work.undo, { params: { changeSet: String(removed.headers['x-change-set']) } })
    expect((await listed()).toSorted()).toEqual([
      ['board_approval_scheduled', note.id],
      ['budget_approved', note.id],
      ['verbal_yes', note.id],
    ])
  })

  test('a day outside the engine’s calendar is refused', async () => {
    for (const on of ['1899-12-31', '2200-01-01', '9999-12-31']) {
      expect(
        await problemFrom(seller.call(routes.facts.pin.create, { params: { dealId }, body: { on, phase: 'need' } })),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.on' }] })
      expect(
        await problemFrom(seller.call(routes.deals.brief, { params: { dealId }, query: { asOf: on } })),
      ).toMatchObject({ status: 422, faults: [{ field: 'query.asOf' }] })
    }
  })

  test('a list comes in pages, each fact once, also for those who see less; a cursor is good for its own list', async () => {
    const deal = await seller.call(routes.deals.create, { body: { name: 'Long', accountId } })
    const params = { dealId: deal.id }
    const made: string[] = []
    for (let i = 0; i < 7; i++)
      made.push(
        (
          await seller.call(routes.facts.note.create, {
            params,
            body: { on: '2025-02-01', text: `Note ${i}`, ...(i % 3 === 1 ? { private: true } : {}) },
          })
        ).id,
      )
    const paged = async (client: Client): Promise<string[][]> => {
      const pages: string[][] = []
      for (let cursor: string | undefined; ;) {
        const { items, next } = await client.call(routes.facts.note.list, { params, query: { limit: 2, cursor } })
        pages.push(items.map(({ id }) => id))
        if (next === undefined) return pages
        cursor = next
      }
    }
    expect(await paged(seller)).toEqual([made.slice(0, 2), made.slice(2, 4), made.slice(4, 6), made.slice(6)])
    const open = made.filter((_, i) => i % 3 !== 1)
    expect(await paged(blind)).toEqual([open.slice(0, 2), open.slice(2, 4), open.slice(4)])
    const { next } = await seller.call(routes.facts.note.list, { params, query: { limit: 2 } })
    for (const [contract, where] of [
      [routes.facts.touch.list, params],
      [routes.facts.note.list, { dealId }],
    ] as const)
      expect(await problemFrom(seller.call(contract, { params: where, query: { cursor: next! } }))).toMatchObject({
        status: 400,
        code: 'bad-cursor',
      })
    expect((await seller.call(routes.facts.note.list, { params })).items).toHaveLength(7)
  })

  test('creating twice with the same key creates once', async () => {
    const input = {
      params: { dealId },
      body: { on: '2025-04-01', percent: 3 },
      idempotencyKey: 'a-key-of-the-client',
    } as const
    const first = await seller.call(routes.facts.discount.create, input)
    expect(await seller.call(routes.facts.discount.create, input)).toEqual(first)
  })

  test('of two changes at once that rest on the same version one wins and the other is told', async () => {
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { what: 'Call', on: '2025-05-01' },
    })
    const results = await Promise.allSettled(
      ['2025-05-02', '2025-05-03'].map((on) =>
        seller.call(routes.facts.planStep.update, { params: { dealId, id: step.id }, body: { on }, version: 1 }),
      ),
    )
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
