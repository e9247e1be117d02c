import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeWorkspace, testApp } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { livingDeal } from '../support/living-deal.ts'

/** Its method says that it is carried over: it tells of a pain. */
const SIGNAL = 'performance_miss_disclosed'

onDatabase((db) => {
  let app: FastifyInstance
  let seller: Client
  let today: PlainDate

  beforeAll(async () => {
    app = await testApp(db)
    const workspace = await makeWorkspace(db)
    seller = clientOf(app, workspace.members.seller.token)
    const { rows } = await db.owner.query<{ today: string }>(
      `select (now() at time zone time_zone)::date::text as today from workspace where id = $1`,
      [workspace.id],
    )
    today = plainDate(rows[0]!.today)
  })
  afterAll(() => app.close())

  const whole = (dealId: string) => seller.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] } })
  const open = (dealId: string) =>
    seller.call(routes.deals.nextUnit, { params: { dealId }, body: { name: 'Plant two', unit: 'Plant two' } })

  test('only a deal that was won opens the next unit', async () => {
    const { dealId } = await livingDeal(seller, today)
    expect(await problemFrom(open(dealId))).toMatchObject({ status: 409, detail: expect.stringContaining('won') })
  })

  test('the same people of the address book stand in it, everything carried is marked, and one undo takes it back', async () => {
    const { dealId } = await livingDeal(seller, today)
    const before = await whole(dealId)
    await seller.call(routes.deals.update, {
      params: { dealId },
      body: { status: 'won', closedOn: addDays(today, -31) },
      version: before.deal.version,
    })
    const { deal, carried } = await open(dealId)
    expect(deal).toMatchObject({ name: 'Plant two', unit: 'Plant two', carriedFrom: before.deal.name, status: 'open' })
    expect(deal.accountId).toBe(before.deal.accountId)
    const made = await whole(deal.id)
    expect(made.stakeholder!.map(({ personId }) => personId).sort()).toEqual(
      before.stakeholder!.map(({ personId }) => personId).sort(),
    )
    expect(carried.people).toBe(before.stakeholder!.length)
    for (const fact of [...made.stakeholder!, ...(made.touch ?? []), ...(made.proof ?? [])])
      expect(fact.carriedFrom).toBe(before.deal.name)
    const { items } = await seller.call(routes.deals.history, { params: { dealId: deal.id }, query: {} })
    const changeSet = items[0]!.changeSet!
    await seller.call(routes.work.undo, { params: { changeSet } })
    expect(await problemFrom(whole(deal.id))).toMatchObject({ status: 404 })
    expect((await whole(dealId)).deal.status).toBe('won')
  })

  test('what was heard in private stays in its deal, whoever opens the next unit', async () => {
    const { dealId } = await livingDeal(seller, today)
    const heard = (text: string, hidden: boolean) =>
      seller.call(routes.deals.capture, {
        params: { dealId },
        body: {
          note: { on: addDays(today, -40), text, ...(hidden && { private: true }) },
          evidence: [{ on: addDays(today, -40), signal: SIGNAL, confidence: 1, quote: text, status: 'confirmed' }],
        },
      })
    await heard('Said in the meeting.', false)
    await heard('Told in confidence.', true)
    const { deal: before } = await whole(dealId)
    await seller.call(routes.deals.update, {
      params: { dealId },
      body: { status: 'won', closedOn: addDays(today, -5) },
      version: before.version,
    })
    const { deal } = await open(dealId)
    expect((await whole(deal.id)).evidence!.map(({ quote }) => quote)).toContain('Said in the meeting.')
    expect(JSON.stringify(await whole(deal.id))).not.toContain('Told in confidence.')
    expect(JSON.stringify(await whole(dealId))).toContain('Told in confidence.')
  })
})
