import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { KINDS_ABOVE_THE_STORE } from './support/database.ts'
import { ended, LONG, serve, servedGround } from './support/served.ts'
import type { Served } from './support/served.ts'

describe.each(KINDS_ABOVE_THE_STORE)('sente serve on the %s database', (kind) => {
  const ground = servedGround(kind)

  it(
    'goes on with an import that a kill broke off, and every row is there once',
    async () => {
      const rows = Array.from(
        { length: 30_000 },
        (_, i) => `${JSON.stringify({ externalId: `k${i}`, name: `Account ${i}` })}\n`,
      )
      const first = await serve(ground.env)
      const headers = { authorization: `Bearer ${ground.token}`, 'content-type': 'application/octet-stream' }
      const broken = fetch(`${first.address}/api/v1/imports?kind=accounts&filename=a.ndjson`, {
        method: 'POST',
        headers,
        body: rows.join(''),
      }).catch(() => undefined)
      const run = async (): Promise<{ id: string; position: number } | undefined> =>
        (
          await ground.database.owner.query<{ id: string; position: number }>(
            `select id, position from import_run where kind = 'accounts' order by created_at desc limit 1`,
          )
        ).rows[0]
      for (let tries = 0; tries < 2000 && ((await run())?.position ?? 0) < 3000; tries++) await sleep(10)
      await ended(first.child, 'SIGKILL')
      await broken
      const { id, position } = (await run())!
      expect(position % 1000).toBe(0)
      const second = await serve(ground.env)
      const answer = await fetch(`${second.address}/api/v1/imports?kind=accounts&filename=a.ndjson&resume=${id}`, {
        method: 'POST',
        headers,
        body: rows.join(''),
      })
      expect(await answer.json()).toMatchObject({ id, status: 'done', position: 30_000, failed: 0 })
      const { rows: counted } = await ground.database.owner.query<{ n: number; d: number }>(
        `select count(*)::int as n, count(distinct external_id)::int as d from account where external_id like 'k%'`,
      )
      expect(counted[0]).toEqual({ n: 30_000, d: 30_000 })
      await ended(second.child, 'SIGTERM')
    },
    LONG,
  )

  it(
    'sees by itself that a kill broke an import off, and what came in is counted and found',
    async () => {
      const deals = Array.from({ length: 8_000 }, (_, i) => ({
        record: 'deal',
        id: v7(),
        name: `Broken off ${i}`,
        owner: 'ada@example.com',
        amount: { value: '10', currency: 'EUR' },
      }))
      const body = deals.map((deal) => `${JSON.stringify(deal)}\n`).join('')
      const headers = { authorization: `Bearer ${ground.token}`, 'content-type': 'application/octet-stream' }
      const run = async (): Promise<{ id: string; position: number; status: string; settled: boolean } | undefined> =>
        (
          await ground.database.owner.query(
            `select id, position, status, settled_at is not null as settled from import_run where kind = 'workspace' order by created_at desc limit 1`,
          )
        ).rows[0]
      const right = async (served: Served): Promise<void> => {
        await expect.poll(async () => (await run())!.settled, { timeout: 120_000 }).toBe(true)
        // The jobs of the process that was killed are another's after a while; the sums are right before.
        const { rows } = await ground.database.owner.query<{ deals: number; total: number }>(
          `select (select count(*)::int from deal) as deals, (select sum(deals)::int from deal_total) as total`,
        )
        expect(rows[0]!.total).toBe(rows[0]!.deals)
        const found = await fetch(`${served.address}/api/v1/search?q=${encodeURIComponent('Broken off 999')}`, {
          headers,
        })
        expect(((await found.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0)
      }
      const first = await serve(ground.env)
      const broken = fetch(`${first.address}/api/v1/imports?kind=workspace&filename=all.ndjson`, {
        method: 'POST',
        headers,
        body,
      }).catch(() => undefined)
      for (let tries = 0; tries < 2000 && ((await run())?.position ?? 0) < 2000; tries++) await sleep(10)
      await ended(first.child, 'SIGKILL')
      await broken
      expect((await run())!.status).toBe('running')
      // What it worked on is another's a quarter of a minute after its last sign of life: let that have been so long ago.
      await ground.database.owner.query(
        `update pgboss.job set heartbeat_on = heartbeat_on - interval '15 seconds' where state = 'active'`,
      )
      const second = await serve(ground.env)
      await expect.poll(async () => (await run())!.status).toBe('interrupted')
      await right(second)
      const { id } = (await run())!
      expect(
        (await ground.database.owner.query('select row, field, fault from import_fault where run_id = $1', [id])).rows,
      ).toEqual([])
      const answer = await fetch(`${second.address}/api/v1/imports?kind=workspace&resume=${id}`, {
        method: 'POST',
        headers,
        body,
      })
      expect(await answer.json()).toMatchObject({ id, status: 'done', position: 8_000, created: 8_000, failed: 0 })
      await right(second)
      const { rows } = await ground.database.owner.query<{ n: number; d: number }>(
        `select count(*)::int as n, count(distinct name)::int as d from deal where name like 'Broken off%'`,
      )
      expect(rows[0]).toEqual({ n: 8_000, d: 8_000 })
      await ended(second.child, 'SIGTERM')
    },
    LONG,
  )
})
