import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeMember, makeToken, makeWorkspace, testApp, withToken } from '../support/application.ts'
import type { TestMember, TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom, statementsOf } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let admin: Client
  let manager: Client
  let seller: Client
  let mate: TestMember
  let stranger: TestMember
  let accountId: string
  const as = (member: { token: string }): Client => clientOf(app, member.token)
  const newDeal = async (client = seller, more: object = {}): Promise<string> =>
    (await client.call(routes.deals.create, { body: { name: 'Core platform', accountId, ...more } })).id

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    mate = await makeMember(db, workspace.id, 'seller', 'mate@example.com')
    stranger = await makeMember(db, workspace.id, 'seller', 'stranger@example.com')
    // Manager, seller and mate are one team; the stranger is in none.
    const team = v7()
    await db.owner.query('insert into team (workspace_id, id, name) values ($1, $2, $3)', [workspace.id, team, 'East'])
    for (const { id } of [workspace.members.manager, workspace.members.seller, mate])
      await db.owner.query('insert into team_member (workspace_id, team_id, member_id) values ($1, $2, $3)', [
        workspace.id,
        team,
        id,
      ])
    admin = as(workspace.members.administrator)
    manager = as(workspace.members.manager)
    seller = as(workspace.members.seller)
    accountId = (await seller.call(routes.accounts.create, { body: { name: 'Riverbank' } })).id
  })
  afterAll(() => app.close())

  describe('reading', () => {
    test('a deal is read whole in four statements at most, and in no more when there is more of it', async () => {
      const dealId = await newDeal()
      const person = await seller.call(routes.people.create, { body: { accountId, name: 'Zhou Min' } })
      for (let i = 0; i < 20; i++)
        await seller.call(routes.facts.evidence.create, {
          params: { dealId },
          body: { on: '2025-02-01', signal: 'pain_admitted', personId: person.id },
        })
      const { value, statements } = await statementsOf(db, () =>
        seller.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] } }),
      )
      expect(value.evidence).toHaveLength(20)
      expect(value).toMatchObject({
        deal: { id: dealId, version: 22 },
        account: { name: 'Riverbank' },
        people: [{ name: 'Zhou Min' }],
        stakeholder: [{ key: 'zhou-min' }],
        access: { write: true, sensitive: true, share: true },
      })
      expect(statements.length, statements.map((text) => text.slice(0, 120)).join('\n')).toBeLessThanOrEqual(4)
      const blind = clientOf(
        app,
        await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, ['deals:read']),
      )
      const noted = await seller.call(routes.deals.capture, {
        params: { dealId },
        body: {
          note: { on: '2025-02-02', text: 'private words', private: true },
          evidence: [{ on: '2025-02-02', signal: 'career_fear', confidence: 1, status: 'confirmed' }],
        },
      })
      const less = await statementsOf(db, () =>
        blind.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] } }),
      )
      expect(less.statements.length, less.statements.map((text) => text.slice(0, 120)).join('\n')).toBeLessThanOrEqual(
        4,
      )
      expect(less.value.access).toEqual({ write: false, sensitive: false, share: false })
      expect(JSON.stringify(less.value)).not.toContain(noted.evidence![0]!.id)
      expect(JSON.stringify(less.value)).not.toContain('private words')
    })

    test('a note by a language model holds no connection of the database while the model thinks', async () => {
      const dealId = await newDeal()
      const [asked, thought] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const model = createServer((request, response) => {
        request.resume()
        asked.resolve()
        void thought.promise.then(() => response.writeHead(500).end())
      })
      await new Promise<void>((done) => model.listen(0, '127.0.0.1', done))
      const folder = await mkdtemp(join(tmpdir(), 'sente-model-'))
      const before = { ...process.env }
      Object.assign(process.env, {
        SENTE_LLM_URL: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`,
        SENTE_LLM_MODEL: 'slow',
        SENTE_DATA: folder,
      })
      onTestFinished(async () => {
        for (const name of ['SENTE_LLM_URL', 'SENTE_LLM_MODEL', 'SENTE_DATA']) {
          if (before[name] === undefined) delete process.env[name]
          else process.env[name] = before[name]
        }
        thought.resolve()
        model.closeAllConnections()
        model.close()
        await rm(folder, { recursive: true, force: true })
      })
      const answer = seller.call(routes.deals.read, {
        params: { dealId },
        body: { on: '2025-05-20', text: 'The CFO wants audited accounts for three years.' },
      })
      await asked.promise
      const { totalCount, idleCount } = db.app
      expect(totalCount - idleCount).toBe(0)
      thought.resolve()
      const { source, notice } = await answer
      expect([source, notice?.en]).toEqual(['built-in', expect.any(String)])
    })

    test('what is not asked for is not there', async () => {
      const dealId = await newDeal()
      expect(Object.keys(await seller.call(routes.deals.get, { params: { dealId } })).sort()).toEqual([
        'access',
        'deal',
      ])
      expect(
        Object.keys(
          await seller.call(routes.deals.get, { params: { dealId }, query: { include: ['pin', 'account'] } }),
        ).sort(),
      ).toEqual(['access', 'account', 'deal', 'pin'])
    })

    test('at an earlier moment it is as it stood in the database', async () => {
      const dealId = await newDeal()
      const pin = await seller.call(routes.facts.pin.create, {
        params: { dealId },
        body: { on: '2025-02-01', phase: 'need' },
      })
      await new Promise((done) => setTimeout(done, 5))
      const at = new Date().toISOString()
      await new Promise((done) => setTimeout(done, 5))
      await seller.call(routes.facts.pin.update, { params: { dealId, id: pin.id }, body: { phase: 'risk' } })
      await seller.call(routes.facts.pin.create, { params: { dealId }, body: { on: '2025-02-02', phase: 'commit' } })
      await seller.call(routes.deals.update, { params: { dealId }, body: { name: 'Renamed' } })
      const then = await seller.call(routes.deals.get, { params: { dealId }, query: { include: ['all'], at } })
      expect(then.deal.name).toBe('Core platform')
      expect(then.pin).toEqual([pin])
      expect(
        await problemFrom(seller.call(routes.deals.get, { params: { dealId }, query: { at: '2020-01-01T00:00:00Z' } })),
      ).toMatchObject({ status: 404 })
    })

    test('unchanged it is not sent again', async () => {
      const dealId = await newDeal()
      const ask = withToken(app, workspace.members.seller.token)
      const first = await ask('GET', `/deals/${dealId}?include=all`)
      const again = await ask('GET', `/deals/${dealId}?include=all`, undefined, {
        'if-none-match': String(first.headers['etag']),
      })
      expect([first.statusCode, again.statusCode]).toEqual([200, 304])
      await seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'all branches' } })
      expect(
        (
          await ask('GET', `/deals/${dealId}?include=all`, undefined, {
            'if-none-match': String(first.headers['etag']),
          })
        ).statusCode,
      ).toBe(200)
    })
  })

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

  describe('notes', () => {
    const note = {
      on: '2025-05-20',
      text: 'They asked who comes on Sunday night and whether we have people in the country.',
    }

    test('reading finds signals and keeps nothing', async () => {
      const dealId = await newDeal()
      const result = await seller.call(routes.deals.read, { params: { dealId }, body: note })
      expect(result).toMatchObject({ source: 'built-in' })
      expect(result.suggestions.map(({ signal }) => signal)).toContain('asks_local_support')
      for (const { span, quote } of result.suggestions) expect(note.text.slice(span[0], span[1])).toBe(quote)
      expect(
        await seller.call(routes.deals.get, { params: { dealId }, query: { include: ['note', 'evidence'] } }),
      ).toMatchObject({ note: [], evidence: [] })
    })

    test('a captured note stands with what was found in it, once, and with its author', async () => {
      const dealId = await newDeal()
      const kept = await seller.call(routes.deals.capture, { params: { dealId }, body: { note } })
      expect(kept.note).toMatchObject([{ text: note.text, author: 'The seller' }])
      expect(kept.evidence).toContainEqual(
        expect.objectContaining({
          signal: 'asks_local_support',
          status: 'suggested',
          noteId: kept.note![0]!.id,
          source: 'note',
        }),
      )
      // The same again says nothing new.
      expect((await seller.call(routes.deals.capture, { params: { dealId }, body: { note } })).evidence).toEqual([])
    })

    test('what else a note says is proposed, becomes records of the deal where it is taken, and goes again with one undo', async () => {
      const dealId = await newDeal()
      const text =
        'Met Ms Okafor on Monday. Ferrolux has quoted already. The board meets on 2 April. Ms Okafor promised to send the list by Friday.'
      const { proposals } = await seller.call(routes.deals.read, {
        params: { dealId },
        body: { on: '2025-03-19', text },
      })
      expect(proposals.map(({ kind }) => kind).toSorted()).toEqual(['person', 'promise', 'rival', 'told', 'touch'])
      const names = ['note', 'touch', 'rival', 'processStep', 'commitment', 'stakeholder'] as const
      const there = async () => seller.call(routes.deals.get, { params: { dealId }, query: { include: [...names] } })
      expect((await there()).touch).toEqual([])
      const answer = await withToken(app, workspace.members.seller.token)('POST', `/deals/${dealId}/capture`, {
        note: { on: '2025-03-19', text },
        evidence: [],
        taken: [
          { kind: 'touch', on: '2025-03-17', what: 'Meeting', with: [], names: ['Ms Okafor'] },
          { kind: 'person', name: 'Ms Okafor' },
          { kind: 'person', name: 'ms okafor' },
          { kind: 'rival', name: 'Ferrolux' },
          { kind: 'rival', name: 'FERROLUX' },
          { kind: 'told', step: 'board-approval', on: '2025-04-02' },
          { kind: 'promise', what: 'send the list', who: 'Ms Okafor', promisedOn: '2025-03-19', dueOn: '2025-03-21' },
        ],
      })
      expect(answer.statusCode).toBe(201)
      const kept = await there()
      expect(kept.stakeholder).toHaveLength(1)
      expect(kept.touch).toMatchObject([{ on: '2025-03-17', what: 'Meeting', with: [kept.stakeholder![0]!.personId] }])
      expect(kept.rival).toMatchObject([{ name: 'Ferrolux', kind: 'vendor' }])
      expect(kept.processStep).toMatchObject([{ step: 'board-approval', on: '2025-04-02' }])
      expect(kept.commitment).toMatchObject([{ what: 'send the list', dueOn: '2025-03-21' }])
      await seller.call(routes.work.undo, { params: { changeSet: String(answer.headers['x-change-set']) } })
      const gone = await there()
      for (const name of names) expect(gone[name]).toEqual([])
    })

    test('what the user said of each suggestion is kept with the words, and a note with a fault in its evidence is not kept at all', async () => {
      const dealId = await newDeal()
      const piece = {
        on: note.on,
        signal: 'asks_local_support',
        confidence: 0.9,
        span: [0, 38],
        status: 'confirmed' as const,
      }
      const kept = await seller.call(routes.deals.capture, { params: { dealId }, body: { note, evidence: [piece] } })
      expect(kept.evidence).toMatchObject([{ quote: note.text.slice(0, 38), status: 'confirmed' }])
      expect(
        await problemFrom(
          seller.call(routes.deals.capture, {
            params: { dealId },
            body: { note: { ...note, text: 'lost' }, evidence: [{ ...piece, span: [0, 400] }] },
          }),
        ),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.evidence[0].span' }] })
      expect(
        await problemFrom(
          seller.call(routes.deals.capture, {
            params: { dealId },
            body: {
              note: { ...note, text: 'lost as well' },
              evidence: [{ ...piece, span: [0, 4], signal: 'asks_local_suport' }],
            },
          }),
        ),
      ).toMatchObject({ status: 422 })
      expect(
        (await seller.call(routes.deals.get, { params: { dealId }, query: { include: ['note'] } })).note,
      ).toHaveLength(1)
    })

    test('what anybody of the workspace rejected time and again is no longer suggested, in other deals either', async () => {
      const other = await makeWorkspace(db, 'Learning')
      const client = as(other.members.seller)
      const deal = async (): Promise<string> => (await client.call(routes.deals.create, { body: { name: 'x' } })).id
      const find = async (): Promise<number> =>
        (await client.call(routes.deals.read, { params: { dealId: await deal() }, body: note })).suggestions.find(
          ({ signal }) => signal === 'asks_local_support',
        )?.confidence ?? 0
      const before = await find()
      const [first] = (
        await client.call(routes.deals.read, { params: { dealId: await deal() }, body: note })
      ).suggestions.filter(({ signal }) => signal === 'asks_local_support')
      const { signal, confidence, span, on } = first!
      for (let i = 0; i < 6; i++)
        await client.call(routes.deals.capture, {
          params: { dealId: await deal() },
          body: { note, evidence: [{ signal, confidence, span, on, status: 'rejected' }] },
        })
      expect(before).toBeGreaterThan(0.5)
      expect(await find()).toBeLessThan(before - 0.2)
    })
  })

  test('a total may be larger than any amount', async () => {
    const amount = { value: '999999999999999.99', currency: 'XAU' }
    for (const name of ['Large', 'Larger']) await seller.call(routes.deals.create, { body: { name, amount } })
    expect((await seller.call(routes.deals.pipeline, { query: { currency: ['XAU'] } })).cells).toMatchObject([
      { count: 2, amount: '1999999999999999.98' },
    ])
  })

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
