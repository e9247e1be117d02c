import { readFile, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { KINDS_ABOVE_THE_STORE } from './support/database.ts'
import { ended, LONG, serve, servedGround } from './support/served.ts'
import type { Served } from './support/served.ts'
import { sente, withFiles } from './run.ts'

describe.each(KINDS_ABOVE_THE_STORE)('sente serve on the %s database', (kind) => {
  const ground = servedGround(kind)

  it(
    'loses nothing that it acknowledged when it is killed in the middle of writing, again and again',
    async () => {
      const acknowledged = new Set<string>()
      for (let round = 0; round < 4; round++) {
        const { child, address } = await serve(ground.env)
        const load = { running: true }
        const before = acknowledged.size
        const writer = async (): Promise<void> => {
          while (load.running) {
            const id = v7()
            try {
              const response = await fetch(`${address}/api/v1/deals/${ground.dealId}/touches`, {
                method: 'POST',
                headers: { authorization: `Bearer ${ground.token}`, 'content-type': 'application/json' },
                body: JSON.stringify({ id, on: '2025-02-11', what: `Round ${round}` }),
              })
              if (response.status === 201) acknowledged.add(id)
              await response.arrayBuffer()
            } catch {
              // The server went away: what was not acknowledged may be there or not.
            }
          }
        }
        const writers = Array.from({ length: 6 }, writer)
        for (let tries = 0; tries < 1000 && acknowledged.size < before + 10; tries++) await sleep(20)
        await sleep(Math.random() * 400)
        await ended(child, 'SIGKILL')
        load.running = false
        await Promise.all(writers)
      }
      expect(acknowledged.size).toBeGreaterThanOrEqual(40)
      const { rows } = await ground.database.owner.query<{ id: string }>('select id from touch where deal_id = $1', [
        ground.dealId,
      ])
      const there = new Set(rows.map(({ id }) => id))
      expect([...acknowledged].filter((id) => !there.has(id))).toEqual([])
      // And each has its mark in the audit trail, since both are written together.
      const { rows: marks } = await ground.database.owner.query<{ n: number }>(
        `select count(*)::int as n from touch t where deal_id = $1 and not exists (select from change c where c.record_id = t.id and c.action = 'create')`,
        [ground.dealId],
      )
      expect(marks[0]!.n).toBe(0)
    },
    LONG,
  )

  it(
    'answers what is under way when it is told to stop, and then takes no more',
    async () => {
      const { child, address } = await serve(ground.env)
      const answers = Array.from({ length: 20 }, () =>
        fetch(`${address}/api/v1/deals/${ground.dealId}`, {
          headers: { authorization: `Bearer ${ground.token}` },
        }).then((response) => response.status),
      )
      const all = Promise.allSettled(answers)
      await answers[0]
      expect(await ended(child, 'SIGTERM')).toBe(0)
      // What had begun is answered; what came after the word to stop is told to come back, or finds nobody.
      const told = (await all).flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      expect(told).toContain(200)
      expect(told.filter((status) => status !== 200 && status !== 503)).toEqual([])
      await expect(fetch(address)).rejects.toThrow()
    },
    LONG,
  )

  it(
    'is what the command line works with by a token: brief, portfolio, notes, import, export, login',
    async () => {
      const { child, address } = await serve(ground.env)
      try {
        await withFiles(
          {
            'deals.csv': 'Opportunity Name,Amount,Currency,Stage\nFrom the shell,5000,EUR,Proposal\n',
            'notes.md': '2025-05-20\nThe CFO wants audited accounts for three years.\n',
          },
          async (dir, path) => {
            const remote = { SENTE_TOKEN: ground.token, XDG_CONFIG_HOME: dir, LANG: 'en_GB.UTF-8' }
            const imported = await sente(['import', path('deals.csv'), '--server', address], { env: remote })
            expect([imported.code, imported.err, imported.out]).toEqual([0, '', expect.stringContaining('1 created')])
            const login = await sente(['login', address], { env: remote })
            expect([login.code, login.out]).toEqual([0, expect.stringContaining('Ada')])
            expect((await stat(path('sente/login.json'))).mode & 0o777).toBe(0o600)
            // From here on the saved token does.
            const saved = { XDG_CONFIG_HOME: dir, LANG: 'en_GB.UTF-8' }
            // A job makes what is found by words.
            let brief = await sente(['brief', 'from the shell', '--json'], { env: saved })
            for (let tries = 0; tries < 20 && brief.code !== 0; tries++)
              brief = await sente(['brief', 'from the shell', '--json'], { env: saved })
            expect(brief.err).toBe('')
            expect((JSON.parse(brief.out) as { deal: { name: string } }).deal.name).toBe('From the shell')
            const notes = await sente(['read', path('notes.md'), '--into', 'From the shell'], { env: saved })
            expect([notes.code, notes.out]).toEqual([0, expect.stringContaining('1 note kept')])
            expect((await sente(['export', path('all.ndjson')], { env: saved })).code).toBe(0)
            expect(await readFile(path('all.ndjson'), 'utf8')).toContain('"name":"From the shell"')
            const file = await sente(['export', '--deal', 'From the shell'], { env: saved })
            expect(file.out).toContain('name: From the shell')
            const portfolio = await sente(['portfolio', '--json'], { env: saved })
            expect(portfolio.code).toBe(0)
            const nothing = await sente(['import', path('deals.csv'), '--resume', 'last'], { env: saved })
            expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining('no import of it')])
            const { rows } = await ground.database.owner.query<{ id: string }>(
              `insert into import_run (workspace_id, id, member_id, kind, source) select workspace_id, gen_random_uuid(), member_id, kind, source from import_run where source = 'deals.csv' returning id`,
            )
            const again = await sente(['import', path('deals.csv'), '--resume', 'last', '--json'], { env: saved })
            expect([again.code, JSON.parse(again.out)]).toMatchObject([
              0,
              [{ run: { id: rows[0]!.id, status: 'done', unchanged: 1 } }],
            ])
            const none = await sente(['brief', 'no such deal'], { env: { ...saved, LANG: 'zh_CN.UTF-8' } })
            expect([none.code, none.err]).toEqual([2, expect.stringContaining('没有叫“no such deal”的商机')])
            const wrong = await sente(['brief', 'x', '--server', address], {
              env: { ...remote, SENTE_TOKEN: 'sente_wrong' },
            })
            expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('token')])
          },
        )
      } finally {
        await ended(child, 'SIGTERM')
      }
    },
    LONG,
  )
})

// The one journey that runs on both kinds wherever the tests run: several processes, their jobs and their events.
describe.each(['embedded', 'external'] as const)('sente serve on the %s database', (kind) => {
  const ground = servedGround(kind)

  it(
    'as two that answer and one that works is one product: live events, summaries, search',
    async () => {
      const [one, two] = await Promise.all([serve(ground.env, '--no-jobs'), serve(ground.env, '--no-jobs')])
      const headers = { authorization: `Bearer ${ground.token}`, 'content-type': 'application/json' }
      const ask = async (
        served: Served,
        method: string,
        path: string,
        body?: object,
      ): Promise<Record<string, unknown>> =>
        (await (
          await fetch(`${served.address}/api/v1${path}`, {
            method,
            headers,
            ...(body ? { body: JSON.stringify(body) } : {}),
          })
        ).json()) as Record<string, unknown>
      const leaving = new AbortController()
      let heard = ''
      const events = await fetch(`${two.address}/api/v1/events`, { headers, signal: leaving.signal })
      const listening = (async () => {
        for await (const text of events.body!.pipeThrough(new TextDecoderStream())) heard += text
      })().catch(() => {})
      const made = await ask(one, 'POST', '/deals', { name: 'Between processes' })
      await expect.poll(() => heard).toContain(made['id'])
      expect((await ask(two, 'GET', `/deals/${String(made['id'])}?include=summary`))['summary']).toBeUndefined()
      // Nobody has computed it yet: that is for whoever has jobs.
      const worker = await serve(ground.env, '--worker-only')
      expect(worker.address ?? null).toBeNull()
      await expect
        .poll(async () => (await ask(two, 'GET', `/deals/${String(made['id'])}?include=summary`))['summary'], {
          timeout: 60_000,
        })
        .toMatchObject({ fresh: true })
      const { items } = (await ask(two, 'GET', '/search?q=between')) as { items: unknown[] }
      expect(items).toHaveLength(1)
      leaving.abort()
      await listening
      expect(await Promise.all([one, two, worker].map(({ child }) => ended(child, 'SIGTERM')))).toEqual([0, 0, 0])
    },
    LONG,
  )
})
