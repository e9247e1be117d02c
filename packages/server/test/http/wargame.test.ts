import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeToken, makeWorkspace, testApp } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { livingDeal } from '../support/living-deal.ts'

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let seller: Client
  let today: PlainDate

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    seller = clientOf(app, workspace.members.seller.token)
    const { rows } = await db.owner.query<{ today: string }>(
      `select (now() at time zone time_zone)::date::text as today from workspace where id = $1`,
      [workspace.id],
    )
    today = plainDate(rows[0]!.today)
  })
  afterAll(() => app.close())

  test('a deal is played from today, the same for the same seed, and says what it rests on', async () => {
    const { dealId } = await livingDeal(seller, today)
    const params = { dealId }
    const game = await seller.call(routes.plan.wargame, { params, query: { paths: 400, seed: 3 } })
    expect([game.state, game.asOf, game.paths, game.seed]).toEqual(['played', today, 400, 3])
    expect(game.strategies.map(({ id }) => id)).toContain(game.recommended!.strategy)
    expect(game.notes.length).toBeGreaterThanOrEqual(2)
    const brief = await seller.call(routes.deals.brief, { params })
    expect(game.today).toBeCloseTo(brief.outlook.whether!.value, 9)
    const again = await seller.call(routes.plan.wargame, { params, query: { paths: 400, seed: 3 } })
    expect(again).toEqual(game)
    const earlier = await seller.call(routes.plan.wargame, {
      params,
      query: { paths: 400, asOf: addDays(today, -20) },
    })
    expect(earlier.asOf).toBe(addDays(today, -20))
  })

  test('a deal of which nothing was heard is not played: it says why and what to write down', async () => {
    const { id: dealId } = await seller.call(routes.deals.create, { body: { name: 'Only a name' } })
    const game = await seller.call(routes.plan.wargame, { params: { dealId }, query: { paths: 200 } })
    expect([game.state, game.strategies, game.recommended]).toEqual(['unknown-position', [], null])
    expect(game.why!.en).toContain('Write down')
  })

  test('whoever asks for many games keeps nobody else from theirs, and what nobody waits for is not played', async () => {
    const { dealId } = await livingDeal(seller, today)
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const asking = (token: string, paths: number, signal?: AbortSignal): Promise<number | undefined> =>
      fetch(`${address}/api/v1/deals/${dealId}/wargame?paths=${paths}`, {
        headers: { authorization: `Bearer ${token}` },
        ...(signal && { signal }),
      }).then(
        ({ status }) => status,
        () => undefined,
      )
    const gone = new AbortController()
    const { seller: one, administrator: other } = workspace.members
    const many = Array.from({ length: 30 }, () => asking(one.token, 10_000, gone.signal))
    // Somebody is refused already: all places of this member are taken.
    expect(await Promise.race(many.map((each) => each.then((status) => status ?? 0)))).toBe(503)
    expect(await asking(other.token, 200)).toBe(200)
    gone.abort()
    await Promise.all(many)
    expect(await asking(one.token, 200)).toBe(200)
  })

  test('too many paths are refused with what is allowed', async () => {
    const { dealId } = await livingDeal(seller, today)
    const problem = await problemFrom(
      seller.call(routes.plan.wargame, { params: { dealId }, query: { paths: 1_000_000 } }),
    )
    expect(problem.status).toBe(422)
  })

  test('who may not see what is personal is not told that it hangs on what somebody thinks of us', async () => {
    const { dealId } = await livingDeal(seller, today)
    const blind = clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, [
        'deals:read',
        'accounts:read',
      ]),
    )
    const call = (client: Client) =>
      client.call(routes.plan.wargame, { params: { dealId }, query: { paths: 400, seed: 3 } })
    const [full, shown] = [await call(seller), await call(blind)]
    expect(full.turns.map(({ fact }) => fact)).toContain('top_against')
    expect(shown.turns.map(({ fact }) => fact)).not.toContain('top_against')
    expect(JSON.stringify([shown.map, shown.question])).not.toContain('top_against')
    expect(shown.cells).toEqual(full.cells)
  })
})
