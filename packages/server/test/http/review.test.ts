import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isNews, plainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { settleReviews, thinReviews } from '../../src/store/review-lines.ts'
import { withWorkspace } from '../../src/store/tenant.ts'
import { settle as settleSummaries } from '../../src/store/summaries.ts'
import { startJobs } from '../../src/jobs/jobs.ts'
import { todayOf } from '../../src/store/today.ts'
import { makeMember, makeWorkspace, testApp } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { eventBus } from '../../src/store/events.ts'
import type { Store } from '../../src/store/tenant.ts'
import { METHOD } from '../support/workspace.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'

onDatabase((db) => {
  let app: FastifyInstance
  const store: Store = { database: db, methodology: METHOD, events: eventBus(db) }
  let workspace: TestWorkspace
  let seller: Client
  let stranger: Client
  let ids: string[]
  let today: string
  const daysAgo = (days: number): string => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
  const settle = () => settleReviews(store, workspace.id, plainDate(today))
  const review = (client: Client, query: object = {}) => client.call(routes.review.get, { query: query as never })

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    seller = clientOf(app, workspace.members.seller.token)
    stranger = clientOf(app, (await makeMember(db, workspace.id, 'seller', 'other@example.com')).token)
    today = await withWorkspace(store, { workspaceId: workspace.id, via: 'job' }, todayOf)
    const make = async (client: Client, name: string, amount?: { value: string; currency: string }) => {
      const { id } = await client.call(routes.deals.create, {
        body: { name, openedOn: daysAgo(60), ...(amount && { amount }) } as never,
      })
      await client.call(routes.facts.evidence.create, {
        params: { dealId: id },
        body: { on: daysAgo(30), signal: 'requirements_shared' } as never,
      })
      return id
    }
    ids = [
      await make(seller, 'Large', { value: '9000000', currency: 'CNY' }),
      await make(seller, 'Abroad', { value: '700000', currency: 'EUR' }),
      await make(seller, 'Nameless'),
      await make(stranger, 'Of somebody else', { value: '100', currency: 'CNY' }),
    ]
  })
  afterAll(async () => {
    await app.close()
    await store.events.close()
  })

  test('before anything is computed it says how many deals wait, and ranks none', async () => {
    const answer = await review(seller)
    expect(answer).toMatchObject({ waiting: 3, rows: [], total: { deals: 3, unknown: 3 } })
  })

  test('while much else is to be computed no line is made', async () => {
    expect(await settleReviews(store, workspace.id, plainDate(today), undefined, async () => true)).toBe(0)
  })

  describe('once the lines are made', () => {
    beforeAll(async () => {
      // One of today and, as nothing was kept of the week before, one by what was known then.
      expect(await settle()).toBe(8)
    })

    test('a deal that stays as it is costs nothing more on the same day', async () => {
      expect(await settle()).toBe(0)
    })

    test('each currency is an order of its own, and what is not known comes last', async () => {
      const answer = await review(seller)
      expect(answer.waiting + answer.stale).toBe(0)
      expect(answer.rows.map(({ name, group }) => [name, answer.groups[group]!.currency])).toEqual([
        ['Large', 'CNY'],
        ['Abroad', 'EUR'],
        ['Nameless', null],
      ])
      expect(answer.rows.every(({ compared, before }) => compared && before !== null)).toBe(true)
      expect(answer.total.lacks['meeting']).toBe(3)
    })

    test('a seller sees their own deals, a manager those of the team, an administrator all', async () => {
      const names = async (client: Client) => (await review(client)).rows.map(({ name }) => name).sort()
      expect(await names(stranger)).toEqual(['Of somebody else'])
      expect(await names(clientOf(app, workspace.members.administrator.token))).toHaveLength(4)
      expect(await names(clientOf(app, workspace.members.manager.token))).toEqual([])
      const asked = await review(seller, { ownerId: workspace.members.administrator.id })
      expect(asked.total.deals).toBe(0)
    })

    test('a next meeting ends its lack, and a filter leaves what lacks one', async () => {
      await seller.call(routes.facts.planStep.create, {
        params: { dealId: ids[0]! },
        body: { what: 'Visit', on: daysAgo(-3), play: 'insight_briefing' } as never,
      })
      expect((await review(seller)).stale).toBe(1)
      await settle()
      expect((await review(seller)).stale).toBe(0)
      const lacking = await review(seller, { lack: 'meeting' })
      expect(lacking.rows.length).toBe(lacking.total.lacks['meeting'])
    })

    test('of deals with news since the earlier day only they are left, when it is kept too', async () => {
      // Days that went by moved the lead of all three; of one something was heard.
      await seller.call(routes.facts.processStep.create, {
        params: { dealId: ids[2]! },
        body: { step: 'budget-approval', on: daysAgo(-40) } as never,
      })
      await settle()
      const all = (await review(seller)).rows
      const changed = all.filter(({ changes }) => changes.some(isNews)).map(({ dealId }) => dealId)
      expect(changed).toEqual([ids[2]])
      const left = await review(seller, { changed: true })
      expect(left.rows.map(({ dealId }) => dealId)).toEqual(changed)
      expect(left.groups.reduce((sum, { deals }) => sum + deals, 0)).toBe(changed.length)
      expect(left.total.deals).toBe(all.length)
      const kept = await seller.call(routes.review.keep, { body: { name: 'Changed', changed: true } as never })
      expect(kept.deals).toBe(changed.length)
      await db.owner.query('delete from review_kept where workspace_id = $1 and id = $2', [workspace.id, kept.id])
    })

    test('a deal of which nothing newer is kept is not said to be unchanged', async () => {
      await db.owner.query('delete from review_line where workspace_id = $1 and deal_id = $2 and "on" = $3', [
        workspace.id,
        ids[2],
        today,
      ])
      const [row] = (await review(seller)).rows.filter(({ dealId }) => dealId === ids[2])
      expect(row).toMatchObject({ before: null, compared: false, changes: [] })
      await settle()
    })

    test('a deal that is won is gone from the order and told as closed', async () => {
      await seller.call(routes.deals.update, {
        params: { dealId: ids[1]! },
        body: { status: 'won', closedOn: today } as never,
      })
      await settle()
      const answer = await review(seller)
      expect(answer.rows.map(({ name }) => name)).not.toContain('Abroad')
      expect(answer.gone).toHaveLength(1)
      expect(answer.gone[0]!.changes).toContainEqual({ kind: 'closed', to: 'won' })
    })

    test('pages follow each other without a gap', async () => {
      const all = (await review(seller)).rows.map(({ dealId }) => dealId)
      const first = await review(seller, { limit: 1 })
      expect(first.next).toBe(1)
      const rest = await review(seller, { offset: first.next! })
      expect([...first.rows, ...rest.rows].map(({ dealId }) => dealId)).toEqual(all)
      expect(rest.next).toBeNull()
    })

    test('a day that is not earlier is refused with the day it is', async () => {
      const refused = await problemFrom(review(seller, { since: today }))
      expect(JSON.stringify(refused)).toContain(today)
    })

    test('a review that was kept stays as it was presented, for nobody but the one who kept it', async () => {
      const kept = await seller.call(routes.review.keep, { body: { name: 'Monday' } as never })
      await seller.call(routes.deals.update, { params: { dealId: ids[0]! }, body: { name: 'Renamed' } as never })
      const again = await seller.call(routes.review.snapshot, { params: { reviewId: kept.id } })
      expect(again.review.rows.map(({ name }) => name)).toContain('Large')
      expect((await seller.call(routes.review.kept, {})).items.map(({ name }) => name)).toEqual(['Monday'])
      expect((await stranger.call(routes.review.kept, {})).items).toEqual([])
      expect((await problemFrom(stranger.call(routes.review.snapshot, { params: { reviewId: kept.id } }))).status).toBe(
        404,
      )
    })

    test('lines that are missing are asked for by a server that starts, though no deal changed', async () => {
      await settleSummaries(store)
      const waiting = async () =>
        (
          await db.owner.query(`select from pgboss.job where name = 'reviews' and data ->> 'workspaceId' = $1`, [
            workspace.id,
          ])
        ).rowCount
      const jobs = await startJobs(store, { log: () => {} })
      try {
        await expect.poll(waiting).toBeGreaterThan(0)
      } finally {
        await jobs.stop()
      }
    })

    test('old lines are thinned to those of Mondays', async () => {
      const on = (days: number) => daysAgo(days)
      await db.owner.query(
        `insert into review_line (workspace_id, deal_id, "on", deal_version, method, base, meeting, decider, body)
         select $1, $2, d::date, 1, 'x', .3, false, 'unknown', '{}' from generate_series($3::date, $4::date, '1 day') d`,
        [workspace.id, ids[0], on(60), on(36)],
      )
      const count = async () =>
        (
          await db.owner.query<{ days: number[] }>(
            `select array_agg(distinct extract(isodow from "on")::int) as days from review_line where workspace_id = $1 and "on" < $2`,
            [workspace.id, on(35)],
          )
        ).rows[0]!.days
      await withWorkspace(store, { workspaceId: workspace.id, via: 'job' }, (tx) => thinReviews(tx, plainDate(today)))
      expect(await count()).toEqual([1])
    })
  })
})
