import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, brief, plainDate } from '@sente/engine'
import type { Brief, Deal, PlainDate } from '@sente/engine'
import { DEAL_SORTS, routes } from '@sente/api'
import type { Client } from '@sente/api'
import { calendarsOf } from '../../src/core/calendars/calendars.ts'
import { readDeal } from '../../src/exchange/files/deal-file.ts'
import { eventBus } from '../../src/store/events.ts'
import { settle } from '../../src/store/summaries.ts'
import { withWorkspace } from '../../src/store/tenant.ts'
import type { Store } from '../../src/store/tenant.ts'
import { createWhole } from '../../src/store/whole.ts'
import { makeToken, makeWorkspace, testApp, withToken } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom, statementsOf } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { METHOD } from '../support/workspace.ts'

const NAMES = [
  '1-loved-early-killed-late',
  '2-deputy-won-top-lost',
  '3-proud-unpaid-adviser',
  '4-late-but-risk-first',
  '5-early-and-right',
]
const example = (name: string): Deal => {
  const read = readDeal(readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8'), METHOD)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.deal
}
const stories = new Map(NAMES.map((name) => [name, example(name)]))
const DAYS = ['2024-06-15', '2025-03-20', '2025-08-22'] as const

/** With the holidays of both sides, as the server plans. */
const briefAt = (deal: Deal, day: PlainDate): Brief => brief(deal, METHOD, day, { calendars: calendarsOf(deal, day) })

onDatabase((db) => {
  let app: FastifyInstance
  let store: Store
  let workspace: TestWorkspace
  let seller: Client
  let blind: Client
  const ids = new Map<string, string>()

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    store = { database: db, methodology: METHOD, events: eventBus(db) }
    for (const [name, deal] of stories) {
      ids.set(
        name,
        await withWorkspace(
          store,
          { workspaceId: workspace.id, actorId: workspace.members.seller.id, via: 'test' },
          async (tx) => (await createWhole(tx, deal)).id,
        ),
      )
    }
    await settle(store, { workspaceId: workspace.id, today: plainDate('2025-04-15') })
    seller = clientOf(app, workspace.members.seller.token)
    blind = clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, [
        'deals:read',
        'accounts:read',
      ]),
    )
  })
  afterAll(async () => {
    await store.events.close()
    await app.close()
  })

  test.each(NAMES)('the brief of %s on any day is the engine’s own', async (name) => {
    for (const day of DAYS) {
      const read = await seller.call(routes.deals.brief, { params: { dealId: ids.get(name)! }, query: { asOf: day } })
      expect(read).toEqual(JSON.parse(JSON.stringify(briefAt(stories.get(name)!, plainDate(day)))))
    }
  })

  test('a day more than three years ahead is refused with the last one that may be asked for', async () => {
    const dealId = ids.get(NAMES[0]!)!
    const call = withToken(app, workspace.members.seller.token)
    for (const day of ['2199-12-31', '2060-01-01']) {
      const answer = await call('GET', `/deals/${dealId}/brief?asOf=${day}`)
      expect([answer.statusCode, answer.json().faults[0].field]).toEqual([422, 'query.asOf'])
    }
    const ahead = new Date(Date.now() + 1_000 * 86_400_000).toISOString().slice(0, 10)
    expect((await call('GET', `/deals/${dealId}/brief?asOf=${ahead}`)).statusCode).toBe(200)
  })

  test('a brief is computed once for each version of the deal, and unchanged not sent again', async () => {
    const dealId = ids.get(NAMES[0]!)!
    const ask = (headers: Record<string, string> = {}) =>
      withToken(app, workspace.members.seller.token)(
        'GET',
        `/deals/${dealId}/brief?asOf=2025-05-05`,
        undefined,
        headers,
      )
    const first = await ask()
    const { value: second, statements } = await statementsOf(db, () =>
      ask({ 'if-none-match': String(first.headers['etag']) }),
    )
    expect(second.statusCode).toBe(304)
    expect(statements.length).toBeLessThanOrEqual(2)
    const pin = await seller.call(routes.facts.pin.create, {
      params: { dealId },
      body: { on: '2025-05-01', phase: 'evaluate', recordedOn: '2025-05-01' },
    })
    const third = await ask({ 'if-none-match': String(first.headers['etag']) })
    expect(third.statusCode).toBe(200)
    expect(third.body).not.toBe(first.body)
    await seller.call(routes.facts.pin.remove, { params: { dealId, id: pin.id } })
    expect((await ask()).body).toBe(first.body)
  })

  test('asked as of a moment, the brief is what the database said then', async () => {
    const dealId = ids.get(NAMES[1]!)!
    const at = new Date(Date.now() + 1).toISOString()
    await new Promise((done) => setTimeout(done, 5))
    const before = await seller.call(routes.deals.brief, { params: { dealId }, query: { asOf: '2024-09-15' } })
    const pin = await seller.call(routes.facts.pin.create, {
      params: { dealId },
      body: { on: '2024-09-01', phase: 'commit', recordedOn: '2024-09-01' },
    })
    expect(await seller.call(routes.deals.brief, { params: { dealId }, query: { asOf: '2024-09-15' } })).not.toEqual(
      before,
    )
    expect(await seller.call(routes.deals.brief, { params: { dealId }, query: { asOf: '2024-09-15', at } })).toEqual(
      before,
    )
    await seller.call(routes.facts.pin.remove, { params: { dealId, id: pin.id } })
  })

  test('without the right to what is personal the brief is the same but for what is personal', async () => {
    const dealId = ids.get(NAMES[0]!)!
    const note = await seller.call(routes.deals.capture, {
      params: { dealId },
      body: {
        note: {
          on: '2025-08-21',
          text: 'Lu said behind closed doors that her post hangs on it',
          private: true,
          recordedOn: '2025-08-21',
        },
        evidence: [
          {
            on: '2025-08-21',
            signal: 'career_fear',
            confidence: 0.9,
            quote: 'her post hangs on it',
            status: 'confirmed',
          },
        ],
      },
    })
    const query = { asOf: '2025-08-22' }
    const [whole, shown] = [
      await seller.call(routes.deals.brief, { params: { dealId }, query }),
      await blind.call(routes.deals.brief, { params: { dealId }, query }),
    ]
    expect(JSON.stringify(whole)).toContain('her post hangs on it')
    expect(JSON.stringify(shown)).not.toContain('her post hangs on it')
    expect(shown.people.people.every(({ stance }) => stance === null)).toBe(true)
    expect(shown.position.phases).toEqual(whole.position.phases)
    expect(shown.findings.map(({ rule }) => rule)).toEqual(whole.findings.map(({ rule }) => rule))
    // The places of its reasons fit the evidence that this reader gets.
    const { evidence } = await blind.call(routes.deals.get, { params: { dealId }, query: { include: ['evidence'] } })
    const listed = [...evidence!].sort((a, b) => (a.id < b.id ? -1 : 1))
    for (const reason of shown.position.reasons.filter(({ kind }) => kind === 'evidence'))
      expect(listed[reason.index]).toMatchObject({ on: reason.on, signal: reason.what })
    for (const search of [await blind.call(routes.work.search, { query: { q: 'hangs' } })])
      expect(search.items).toEqual([])
    expect(
      (await seller.call(routes.work.search, { query: { q: 'hangs' } })).items.map(({ kind }) => kind).sort(),
    ).toEqual(['evidence', 'note'])
    await seller.call(routes.facts.evidence.remove, { params: { dealId, id: note.evidence![0]!.id } })
    await seller.call(routes.facts.note.remove, { params: { dealId, id: note.note![0]!.id } })
  })

  test.each(DEAL_SORTS.flatMap((sort) => (['asc', 'desc'] as const).map((order) => ({ sort, order }))))(
    'pages of the list by $sort $order hold every deal once',
    async ({ sort, order }) => {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await seller.call(routes.deals.list, {
          query: { sort, order, limit: 2, ...(cursor ? { cursor } : {}) },
        })
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.next
      } while (cursor !== undefined)
      expect(seen).toEqual(
        (await seller.call(routes.deals.list, { query: { sort, order, limit: 200 } })).items.map(({ id }) => id),
      )
      expect(new Set(seen)).toEqual(new Set(ids.values()))
    },
  )

  test('a page of the list takes three statements at most, and its cursor is good for no other list', async () => {
    const { value, statements } = await statementsOf(db, () =>
      seller.call(routes.deals.list, { query: { sort: 'amount', limit: 2 } }),
    )
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(3)
    expect(value.items[0]).toMatchObject({
      account: { name: expect.any(String) as string },
      owner: { id: workspace.members.seller.id },
      summary: { phases: expect.any(Array) as number[] },
    })
    expect(
      await problemFrom(seller.call(routes.deals.list, { query: { sort: 'name', cursor: value.next! } })),
    ).toMatchObject({ status: 400, code: 'bad-cursor' })
    expect(await problemFrom(seller.call(routes.deals.list, { query: { sort: 'nmae' as never } }))).toMatchObject({
      status: 422,
      faults: [{ field: 'query.sort', nearest: 'name' }],
    })
  })

  test('the pipeline counts what the list holds', async () => {
    for (const query of [{}, { status: ['lost' as const] }, { danger: true }, { q: 'planning' }]) {
      const listed = (await seller.call(routes.deals.list, { query: { ...query, limit: 200 } as never })).items
      const { cells, total } = await seller.call(routes.deals.pipeline, { query: query as never })
      expect(total).toBe(listed.length)
      expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(listed.length)
    }
    expect(
      (await clientOf(app, (await makeWorkspace(db, 'Empty')).members.seller.token).call(routes.deals.pipeline)).total,
    ).toBe(0)
  })

  test('an account shows its deals, its people with how we stand with them in each deal, and its notes; stances only to who may see them', async () => {
    const { items } = await seller.call(routes.accounts.list, { query: { q: 'Harbour' } })
    expect(items).toMatchObject([{ name: 'Harbour Textiles Group', people: 5 }])
    const params = { accountId: items[0]!.id }
    const note = await seller.call(routes.facts.note.create, {
      params: { dealId: ids.get(NAMES[0]!)! },
      body: { on: '2025-01-08', text: 'Met Qin Bo at the fair' },
    })
    const { value: account, statements } = await statementsOf(db, () => seller.call(routes.accounts.get, { params }))
    expect(account.deals.map(({ id }) => id)).toEqual([ids.get(NAMES[0]!)])
    const qin = account.people.find(({ person }) => person.name === 'Qin Bo')!
    expect(qin.deals).toMatchObject([
      {
        dealId: ids.get(NAMES[0]!),
        key: 'qin',
        status: 'lost',
        rung: expect.any(String) as string,
        trust: expect.any(Number) as number,
        stance: 2,
      },
    ])
    expect(account.notes).toMatchObject([{ id: note.id, text: 'Met Qin Bo at the fair' }])
    // However many deals, people and notes there are.
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(16)
    for (const { deals } of (await blind.call(routes.accounts.get, { params })).people)
      for (const deal of deals) expect(deal).not.toHaveProperty('stance')
    expect((await seller.call(routes.people.get, { params: { personId: qin.person.id } })).deals).toEqual(qin.deals)
    // Who may not see the deal learns that the person is known, not how we stand with them.
    const stranger = clientOf(app, workspace.members.viewer.token)
    expect((await stranger.call(routes.people.get, { params: { personId: qin.person.id } })).deals).toEqual([])
    expect((await stranger.call(routes.accounts.get, { params })).deals).toEqual([])
    expect((await stranger.call(routes.accounts.get, { params })).notes).toEqual([])
  })

  test('search finds in both languages what the caller may see, with the places of the words', async () => {
    const hits = (await seller.call(routes.work.search, { query: { q: '漏损' } })).items
    expect(hits.length).toBeGreaterThan(0)
    for (const { kind, of } of hits) expect(of === undefined).toBe(kind === 'account')
    for (const { excerpt, title, marks } of hits)
      for (const [from, to] of marks as [number, number][]) expect((excerpt ?? title).slice(from, to)).toMatch(/[漏损]/)
    expect(
      (
        await clientOf(app, workspace.members.viewer.token).call(routes.work.search, {
          query: { q: '漏损', kind: 'evidence' },
        })
      ).items,
    ).toEqual([])
  })

  test('today holds the steps, promises, proofs, findings and meetings of one’s open deals, in few statements', async () => {
    const fresh = await makeWorkspace(db, 'Today')
    const client = clientOf(app, fresh.members.seller.token)
    const account = await client.call(routes.accounts.create, { body: { name: 'Harbour' } })
    const open: Deal = { ...stories.get(NAMES[0]!)!, status: 'open', traits: ['unknown_vendor'] }
    delete open.closedOn
    delete open.reason
    const made: string[] = []
    for (let i = 0; i < 3; i++)
      made.push(
        await withWorkspace(
          store,
          { workspaceId: fresh.id, actorId: fresh.members.seller.id, via: 'test' },
          async (tx) => (await createWhole(tx, open, { accountId: account.id, name: `Deal ${i}` })).id,
        ),
      )
    const dealId = made[0]!
    const { stakeholder } = await client.call(routes.deals.get, {
      params: { dealId },
      query: { include: ['stakeholder'] },
    })
    const { personId } = stakeholder!.find(({ key }) => key === 'tang')!
    const step = await client.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { play: 'proof_pack', on: '2025-08-25', with: [personId], recordedOn: '2025-08-20' },
    })
    await client.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { what: 'much later', on: '2025-12-01', recordedOn: '2025-08-20' },
    })
    await client.call(routes.facts.commitment.create, {
      params: { dealId },
      body: {
        what: 'Send the accounts',
        who: 'tang',
        promisedOn: '2025-08-01',
        dueOn: '2025-08-20',
        recordedOn: '2025-08-01',
      },
    })
    // Briefs are kept of deals whose summary is up to date.
    await settle(store, { workspaceId: fresh.id, today: plainDate('2025-04-15') })
    const call = () => client.call(routes.work.today, { query: { on: '2025-08-22' } })
    const { value: today, statements } = await statementsOf(db, call)
    // One of them counts the closed deals for the base rate, once in ten minutes.
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(9)
    expect(today.moves.filter(({ kind }) => kind !== 'start-by')).toMatchObject([
      {
        kind: 'commitment',
        what: 'Send the accounts',
        late: true,
        with: [{ id: personId, name: 'Tang Hui' }],
        account: 'Harbour',
      },
      { kind: 'planned', planStepId: step.id, play: 'proof_pack', due: '2025-08-25', late: false },
    ])
    expect(today.meetings).toMatchObject([
      { dealId, planStepId: step.id, people: [{ id: personId, name: 'Tang Hui', title: 'Finance director' }] },
    ])
    expect(today.findings.length).toBeGreaterThan(0)
    // Firing since that day, and on no day before.
    for (const { dealId: of, rule, since, isNew } of today.findings) {
      const firing = async (asOf: PlainDate) =>
        (await client.call(routes.deals.brief, { params: { dealId: of }, query: { asOf } })).findings.some(
          (finding) => finding.rule === rule,
        )
      expect(await firing(plainDate(since!))).toBe(true)
      expect(isNew).toBe(since! > '2025-08-15')
      if (since! > open.firstContactOn!) expect(await firing(addDays(plainDate(since!), -1))).toBe(false)
    }
    expect(today.homework.length).toBeGreaterThan(0)
    const again = await statementsOf(db, call)
    expect(again.value).toEqual(today)
    expect(again.statements.length).toBeLessThan(statements.length)
  })

  test('the method in force comes as files that load', async () => {
    const { id, version, files } = await seller.call(routes.work.methodology)
    expect({ id, version }).toEqual({ id: METHOD.method.id, version: METHOD.method.version })
    const { loadMethodology } = await import('@sente/engine')
    expect(loadMethodology(files)).toHaveProperty('methodology')
  })
})
