import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KIND_NAMES, routes } from '@sente/api'
import type { Client, KindName } from '@sente/api'
import { makeMember, makeToken, makeWorkspace, testApp, withToken } from '../support/application.ts'
import type { Answer, TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'

type Contracts = (typeof routes.facts)['discount']
/** The kinds differ in their fields only. */
const of = (kind: KindName): Contracts => routes.facts[kind] as unknown as Contracts

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let seller: Client
  let blind: Client
  let dealId: string
  let accountId: string
  let people: string[]

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    const { id } = workspace.members.seller
    seller = clientOf(app, workspace.members.seller.token)
    // The same member with a token that carries everything but the right to what is personal.
    blind = clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id }, [
        'deals:read',
        'deals:write',
        'accounts:read',
        'accounts:write',
      ]),
    )
    accountId = (await seller.call(routes.accounts.create, { body: { name: 'Riverbank' } })).id
    people = []
    for (const name of ['Zhou Min', 'Lin Tao'])
      people.push((await seller.call(routes.people.create, { body: { accountId, name } })).id)
    dealId = (await seller.call(routes.deals.create, { body: { name: 'Core platform', accountId } })).id
  })
  afterAll(() => app.close())

  /** A small example of each kind, and a change of it. */
  const parents: Partial<Record<KindName, string>> = {}
  const example = async (
    kind: KindName,
  ): Promise<{ body: Record<string, unknown>; patch: Record<string, unknown> }> => {
    const parent = async (above: KindName): Promise<string> =>
      (parents[above] ??= (
        await seller.call(routes.facts[above].create as Contracts['create'], {
          params: { dealId },
          body: (await example(above)).body as never,
        })
      ).id)
    const [zhou, lin] = people
    switch (kind) {
      case 'jointItem':
        return {
          body: { what: 'Budget is approved', whose: 'theirs', on: '2025-03-01' },
          patch: { doneOn: '2025-03-02' },
        }
      case 'jointSuggestion':
        return {
          body: { itemId: await parent('jointItem'), item: 'Budget is approved', kind: 'move', on: '2025-04-01' },
          patch: { decision: 'rejected' },
        }
      case 'stakeholder':
        return {
          body: {
            personId: (
              await seller.call(routes.people.create, { body: { accountId, name: `Somebody ${Math.random()}` } })
            ).id,
            roles: ['technical-buyer'],
            influence: 4,
            agenda: 'to be president',
          },
          patch: { influence: 5, agenda: false },
        }
      case 'stance':
        return { body: { personId: zhou, value: 1, on: '2025-02-01' }, patch: { value: -1 } }
      case 'hold':
        return { body: { personId: zhou, state: 'asked' }, patch: { state: 'given' } }
      case 'rival':
        return { body: { name: `Rival ${Math.random()}`, strengths: { risk: 0.8 } }, patch: { incumbent: true } }
      case 'rivalContact':
        return {
          body: { rivalId: await parent('rival'), personId: zhou, on: '2025-03-20' },
          patch: { on: '2025-03-21' },
        }
      case 'note':
        return {
          body: { on: '2025-02-01', text: 'They asked who comes on Sunday night' },
          patch: { text: 'They asked again' },
        }
      case 'evidence':
        return {
          body: { on: '2025-02-01', signal: 'asks_local_support', personId: lin, confidence: 0.5, status: 'suggested' },
          patch: { status: 'confirmed', confidence: null },
        }
      case 'touch':
        return {
          body: { on: '2025-02-01', play: 'insight_briefing', with: [lin], hours: 2.5 },
          patch: { outcome: 'failed' },
        }
      case 'proof':
        return {
          body: { topic: 'vendor_viability', proof: 'financials', for: [zhou] },
          patch: { readyOn: '2025-06-01' },
        }
      case 'proofStatus':
        return {
          body: { proofId: await parent('proof'), status: 'preparing', on: '2025-02-01' },
          patch: { status: 'presented' },
        }
      case 'ucv':
        return { body: { on: '2025-02-01', onlyUs: 'Replan in minutes' }, patch: { number: '12 %' } }
      case 'processStep':
        return { body: { step: 'budget-approval', on: '2025-02-01' }, patch: { done: true } }
      case 'ourStep':
        return { body: { phase: 'need' }, patch: { status: 'skipped', reason: 'known' } }
      case 'planStep':
        return { body: { play: 'proof_pack', on: '2025-05-01', with: [zhou, lin] }, patch: { status: 'done' } }
      case 'setAside':
        return { body: { play: 'direct_to_top', personId: zhou, until: '2025-05-01' }, patch: { until: null } }
      case 'estimate':
        return { body: { side: 'seller', value: 0.7, because: ['price'] }, patch: { value: 0.5 } }
      case 'pin':
        return { body: { on: '2025-02-01', phase: 'need' }, patch: { reason: 'said so' } }
      case 'stageClaim':
        return { body: { on: '2025-02-01', phase: 'evaluate' }, patch: { label: 'Proposal' } }
      case 'commitment':
        return { body: { what: 'Send the data', promisedOn: '2025-02-01' }, patch: { doneOn: '2025-02-03' } }
      case 'discount':
        return { body: { on: '2025-02-01', percent: 12 }, patch: { percent: 10 } }
      case 'notNeeded':
        return { body: { topic: 'lock_in', reason: 'not here' }, patch: { reason: 'never' } }
    }
  }

  describe.each(KIND_NAMES)('%s', (kind) => {
    const personal = kind === 'stance'

    test('is added, listed, corrected and taken out; the deal counts each', async () => {
      const contracts = of(kind)
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
      const contracts = of(kind)
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
      const contracts = of(kind)
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
      const contracts = of(kind)
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
      const contracts = of(kind)
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
