import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { newApiToken, hashOf } from '../src/auth/secrets.ts'
import { openDatabase } from '../src/store/connect.ts'
import type { Database } from '../src/store/connect.ts'
import { testDatabase } from './support/database.ts'
import { ROOT, sente, withFiles } from './run.ts'

const SENTE = join(ROOT, 'packages/server/bin/sente.mjs')
const LONG = 240_000

interface Served {
  child: ChildProcess
  address: string
  setup: string | null
  err: () => string
}

/** Starts the real server in its own process, and waits until it says where it is. */
function serve(env: Record<string, string>, ...args: string[]): Promise<Served> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [SENTE, 'serve', '--port', '0', '--json', '--log', 'error', ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
  })
  let [out, err] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${err}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (!out.includes('\n')) return
      const { address, setup } = JSON.parse(out.split('\n')[0]!) as { address: string; setup: string | null }
      resolve({ child, address, setup, err: () => err })
    })
  })
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const done = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.kill(signal)
  return done
}

describe.each(['embedded', 'external'] as const)('sente serve on the %s database', (kind) => {
  let env: Record<string, string>
  let folder: string
  let database: Database
  let token: string
  let dealId: string
  let closeAll: () => Promise<void>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sente-serve-'))
    await chmod(folder, 0o755)
    if (kind === 'external') {
      const test = await testDatabase({ kind })
      env = { ...test.env }
      database = test
      closeAll = () => test.close()
    } else {
      env = { SENTE_DATA: join(folder, 'data') }
      // A first start makes everything; it ends cleanly when told to.
      const first = await serve(env)
      expect(first.setup).toMatch(/\/welcome\?token=/)
      expect(await ended(first.child, 'SIGTERM')).toBe(0)
      const opened = await openDatabase({ env })
      database = opened
      closeAll = () => opened.close()
    }
    const [w, m] = [v7(), v7()]
    token = newApiToken()
    dealId = v7()
    await database.owner.query(`insert into workspace (id, name) values ($1, 'Kills')`, [w])
    await database.owner.query(
      `insert into member (workspace_id, id, email, name, role, password_hash) values ($1, $2, 'ada@example.com', 'Ada', 'administrator', 'x')`,
      [w, m],
    )
    await database.owner.query(
      `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes) values ($1, $2, $3, 't', $4, '{deals:read,deals:write,accounts:read,accounts:write,import,export,sensitive:read,members:read}')`,
      [w, v7(), m, hashOf(token)],
    )
    await database.owner.query(
      `insert into deal (workspace_id, id, owner_id, name) values ($1, $2, $3, 'Core platform')`,
      [w, dealId, m],
    )
  }, LONG)
  afterAll(async () => {
    await closeAll?.()
    await rm(folder, { recursive: true, force: true })
  }, LONG)

  it(
    'loses nothing that it acknowledged when it is killed in the middle of writing, again and again',
    async () => {
      const acknowledged = new Set<string>()
      for (let round = 0; round < 4; round++) {
        const { child, address } = await serve(env)
        const load = { running: true }
        const before = acknowledged.size
        const writer = async (): Promise<void> => {
          while (load.running) {
            const id = v7()
            try {
              const response = await fetch(`${address}/api/v1/deals/${dealId}/touches`, {
                method: 'POST',
                headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
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
      const { rows } = await database.owner.query<{ id: string }>('select id from touch where deal_id = $1', [dealId])
      const there = new Set(rows.map(({ id }) => id))
      expect([...acknowledged].filter((id) => !there.has(id))).toEqual([])
      // And each has its mark in the audit trail, since both are written together.
      const { rows: marks } = await database.owner.query<{ n: number }>(
        `select count(*)::int as n from touch t where deal_id = $1 and not exists (select from change c where c.record_id = t.id and c.action = 'create')`,
        [dealId],
      )
      expect(marks[0]!.n).toBe(0)
    },
    LONG,
  )

  it(
    'answers what is under way when it is told to stop, and then takes no more',
    async () => {
      const { child, address } = await serve(env)
      const answers = Array.from({ length: 20 }, () =>
        fetch(`${address}/api/v1/deals/${dealId}`, { headers: { authorization: `Bearer ${token}` } }).then(
          (response) => response.status,
        ),
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
    'goes on with an import that a kill broke off, and every row is there once',
    async () => {
      const rows = Array.from(
        { length: 60_000 },
        (_, i) => `${JSON.stringify({ externalId: `k${i}`, name: `Account ${i}` })}\n`,
      )
      const first = await serve(env)
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
      const broken = fetch(`${first.address}/api/v1/imports?kind=accounts&filename=a.ndjson`, {
        method: 'POST',
        headers,
        body: rows.join(''),
      }).catch(() => undefined)
      const run = async (): Promise<{ id: string; position: number } | undefined> =>
        (
          await database.owner.query<{ id: string; position: number }>(
            `select id, position from import_run where kind = 'accounts' order by created_at desc limit 1`,
          )
        ).rows[0]
      for (let tries = 0; tries < 2000 && ((await run())?.position ?? 0) < 3000; tries++) await sleep(10)
      await ended(first.child, 'SIGKILL')
      await broken
      const { id, position } = (await run())!
      expect(position % 1000).toBe(0)
      const second = await serve(env)
      const answer = await fetch(`${second.address}/api/v1/imports?kind=accounts&filename=a.ndjson&resume=${id}`, {
        method: 'POST',
        headers,
        body: rows.join(''),
      })
      expect(await answer.json()).toMatchObject({ id, status: 'done', position: 60_000, failed: 0 })
      const { rows: counted } = await database.owner.query<{ n: number; d: number }>(
        `select count(*)::int as n, count(distinct external_id)::int as d from account where external_id like 'k%'`,
      )
      expect(counted[0]).toEqual({ n: 60_000, d: 60_000 })
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
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
      const run = async (): Promise<{ id: string; position: number; status: string; settled: boolean } | undefined> =>
        (
          await database.owner.query(
            `select id, position, status, settled_at is not null as settled from import_run where kind = 'workspace' order by created_at desc limit 1`,
          )
        ).rows[0]
      const right = async (served: Served): Promise<void> => {
        await expect.poll(async () => (await run())!.settled, { timeout: 120_000 }).toBe(true)
        // The jobs of the process that was killed are another's after a while; the sums are right before.
        const { rows } = await database.owner.query<{ deals: number; total: number }>(
          `select (select count(*)::int from deal) as deals, (select sum(deals)::int from deal_total) as total`,
        )
        expect(rows[0]!.total).toBe(rows[0]!.deals)
        const found = await fetch(`${served.address}/api/v1/search?q=${encodeURIComponent('Broken off 999')}`, {
          headers,
        })
        expect(((await found.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0)
      }
      const first = await serve(env)
      const broken = fetch(`${first.address}/api/v1/imports?kind=workspace&filename=all.ndjson`, {
        method: 'POST',
        headers,
        body,
      }).catch(() => undefined)
      for (let tries = 0; tries < 2000 && ((await run())?.position ?? 0) < 2000; tries++) await sleep(10)
      await ended(first.child, 'SIGKILL')
      await broken
      expect((await run())!.status).toBe('running')
      const second = await serve(env)
      await expect.poll(async () => (await run())!.status, { timeout: 20_000 }).toBe('interrupted')
      await right(second)
      const { id } = (await run())!
      expect(
        (await database.owner.query('select row, field, fault from import_fault where run_id = $1', [id])).rows,
      ).toEqual([])
      const answer = await fetch(`${second.address}/api/v1/imports?kind=workspace&resume=${id}`, {
        method: 'POST',
        headers,
        body,
      })
      expect(await answer.json()).toMatchObject({ id, status: 'done', position: 8_000, created: 8_000, failed: 0 })
      await right(second)
      const { rows } = await database.owner.query<{ n: number; d: number }>(
        `select count(*)::int as n, count(distinct name)::int as d from deal where name like 'Broken off%'`,
      )
      expect(rows[0]).toEqual({ n: 8_000, d: 8_000 })
      await ended(second.child, 'SIGTERM')
    },
    LONG,
  )

  it(
    'as two that answer and one that works is one product: live events, summaries, search',
    async () => {
      const [one, two] = await Promise.all([serve(env, '--no-jobs'), serve(env, '--no-jobs')])
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
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
      await expect.poll(() => heard, { timeout: 10_000 }).toContain(made['id'])
      expect((await ask(two, 'GET', `/deals/${String(made['id'])}?include=summary`))['summary']).toBeUndefined()
      // Nobody has computed it yet: that is for whoever has jobs.
      const worker = await serve(env, '--worker-only')
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

  it(
    'is what the command line works with by a token: brief, portfolio, notes, import, export, login',
    async () => {
      const { child, address } = await serve(env)
      try {
        await withFiles(
          {
            'deals.csv': 'Opportunity Name,Amount,Currency,Stage\nFrom the shell,5000,EUR,Proposal\n',
            'notes.md': '2025-05-20\nThe CFO wants audited accounts for three years.\n',
          },
          async (dir, path) => {
            const remote = { SENTE_TOKEN: token, XDG_CONFIG_HOME: dir, LANG: 'en_GB.UTF-8' }
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
            const { rows } = await database.owner.query<{ id: string }>(
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

/** Its output goes to somebody who reads one byte and leaves. */
function piped(args: readonly string[], env: Record<string, string>): Promise<{ code: number | null; err: string }> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [SENTE, ...args], { cwd: ROOT, env: { PATH, HOME, ...env } })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdout.once('data', () => child.stdout.destroy())
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, err })))
}

describe('the commands of an operator', () => {
  it(
    'add, list and shut out members, make and revoke tokens, back up and restore, and say what is wrong',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sente-operator-'))
      await chmod(folder, 0o755)
      const env = { SENTE_DATA: join(folder, 'data'), LANG: 'en_GB.UTF-8', XDG_CONFIG_HOME: folder }
      try {
        expect((await sente(['user', 'list'], { env })).err).toContain('start sente serve once')
        expect((await sente(['serve', '--host', '300.1.1.1', '--lang', 'en'], { env })).err).toContain(
          '300.1.1.1:8080: cannot listen here',
        )
        const { child, address } = await serve(env, '--sample')
        expect(
          (
            await sente(['user', 'add', 'noor@example.com', '--name', 'Noor', '--role', 'manager', '--team', 'East'], {
              env,
            })
          ).out,
        ).toMatch(/\/welcome\?token=/)
        expect((await sente(['user', 'add', 'noor@example.com'], { env })).err).toContain('is a member already')
        expect((await sente(['user', 'list', '--json'], { env })).out).toContain('"noor@example.com"')
        const made = await sente(
          ['token', 'create', '--user', 'noor@example.com', '--scopes', 'deals:read', '--json'],
          { env },
        )
        expect(JSON.parse(made.out)).toMatchObject({ token: expect.stringMatching(/^sente_/) as string })
        expect(
          (await sente(['token', 'create', '--user', 'noor@example.com', '--scopes', 'workspace:manage'], { env }))
            .code,
        ).toBe(2)
        const { id } = JSON.parse(made.out) as { id: string }
        const listed = async (...args: string[]) => (await sente(['token', 'list', ...args], { env })).out
        expect(await listed()).toMatch(/^\S{36}  sente +noor@example\.com +no end +never used +deals:read\n$/)
        const short = JSON.parse(
          (
            await sente(
              ['token', 'create', '--user', 'noor@example.com', '--name', 'Night', '--days', '30', '--json'],
              { env },
            )
          ).out,
        ) as { id: string; token: string }
        expect(
          (await fetch(`${address}/api/v1/me`, { headers: { authorization: `Bearer ${short.token}` } })).status,
        ).toBe(200)
        await expect
          .poll(() => listed())
          .toMatch(
            /  Night +noor@example\.com +until \d+ \w{3,4} \d{4} +last used \d+ \w{3,4} \d{4} +deals:read deals:write /,
          )
        expect(await listed('--lang', 'zh')).toMatch(
          /长期有效 +从未使用 [\s\S]* 有效至\d{4}年\d+月\d+日 +上次使用\d{4}年\d+月\d+日 /,
        )
        expect(JSON.parse(await listed('--json'))).toEqual([
          {
            id,
            name: 'sente',
            user: 'noor@example.com',
            scopes: ['deals:read'],
            createdAt: expect.any(String) as string,
          },
          {
            id: short.id,
            name: 'Night',
            user: 'noor@example.com',
            scopes: expect.arrayContaining(['deals:write']) as string[],
            expiresAt: expect.stringMatching(/Z$/) as string,
            usedAt: expect.stringMatching(/Z$/) as string,
            createdAt: expect.any(String) as string,
          },
        ])
        expect((await sente(['token', 'revoke', id], { env })).code).toBe(0)
        expect((await sente(['user', 'disable', 'noor@example.com'], { env })).code).toBe(0)
        expect(await listed()).toBe('no tokens\n')
        expect((await sente(['user', 'list'], { env })).out).toMatch(/noor@example\.com .* disabled\n/)
        expect(await sente(['user', 'enable', 'noor@example.com'], { env })).toEqual({
          code: 0,
          out: 'noor@example.com is enabled\nNo password yet: sente user reset noor@example.com prints a link\n',
          err: '',
        })
        expect((await sente(['user', 'enable', 'noor@example.com', '--lang', 'zh'], { env })).out).toMatch(
          /^noor@example\.com 已启用\n尚未设置密码/,
        )
        expect((await sente(['user', 'list'], { env })).out).not.toContain('disabled')
        expect((await sente(['user', 'enable', 'nobody@example.com'], { env })).err).toBe(
          'Nobody has the address nobody@example.com\n',
        )
        const last = await sente(['user', 'disable', 'administrator@localhost', '--lang', 'zh'], { env })
        expect([last.code, last.err]).toEqual([2, '这是最后一位管理员。请先指定另一位管理员。\n'])
        // A reader that goes away is no fault; a backup that nobody reads to its end is none.
        const cut = await piped(['export'], env)
        expect([cut.code, cut.err]).toEqual([0, ''])
        const half = await piped(['backup', '-'], env)
        expect([half.code, half.err]).toEqual([2, expect.stringContaining('incomplete')])
        await withFiles({ 'a.csv': 'x,y\n1,2\n' }, async (_, path) => {
          const wrong = await sente(['import', path('a.csv'), '--resume', 'nonsense'], { env })
          expect([wrong.code, wrong.err]).toEqual([2, '--resume nonsense: the id of an import, or last\n'])
          const unknown = await sente(['import', path('a.csv')], { env })
          expect([unknown.code, unknown.out]).toEqual([
            1,
            expect.stringContaining('cannot be imported: No column is recognised'),
          ])
          expect(unknown.out).not.toContain('--resume')
        })
        // While the server works.
        const backup = await sente(['backup', join(folder, 'a.sente'), '--json'], { env })
        expect((JSON.parse(backup.out) as { rows: { deal: number } }).rows.deal).toBe(40)
        // What holds private notes is for its owner only.
        expect((await sente(['export', join(folder, 'all.ndjson'), '--private'], { env })).code).toBe(0)
        for (const name of ['a.sente', 'all.ndjson'])
          expect([name, (await stat(join(folder, name))).mode & 0o077]).toEqual([name, 0])
        expect(await ended(child, 'SIGINT')).toBe(0)
        const full = await sente(['restore', join(folder, 'a.sente')], { env: { ...env, LANG: 'zh_CN.UTF-8' } })
        expect([full.code, full.err]).toEqual([2, expect.stringContaining('数据库不是空的')])
        const other = { ...env, SENTE_DATA: join(folder, 'other') }
        expect((await sente(['backup', join(folder, 'b.sente')], { env: other })).err).toContain('nothing to back up')
        expect((await sente(['restore', join(folder, 'a.sente')], { env: other })).out).toContain('Restored')
        expect((await sente(['user', 'list'], { env: other })).out).toContain('noor@example.com')
        const doctor = await sente(['doctor', '--json'], { env: other })
        expect([doctor.code, (JSON.parse(doctor.out) as { faults: number }).faults]).toEqual([0, 0])
        // A database that is older than the program can still be backed up: that is what comes before an upgrade.
        const opened = await openDatabase({ env: other })
        await opened.owner.query('alter table workspace drop column version')
        await opened.owner.query(`delete from sente_migration where name like '0003-%'`)
        await opened.close()
        expect((await sente(['user', 'list'], { env: other })).err).toContain('take a backup, then run sente migrate')
        expect((await sente(['backup', join(folder, 'old.sente'), '--json'], { env: other })).code).toBe(0)
        expect((await sente(['migrate'], { env: other })).code).toBe(0)
        expect((await sente(['restore', join(folder, 'old.sente'), '--check'], { env: other })).code).toBe(0)
        const sick = await sente(['doctor'], {
          env: { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none', LANG: 'en_GB.UTF-8' },
        })
        expect([sick.code, sick.out]).toEqual([1, expect.stringContaining('DATABASE_URL')])
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    LONG,
  )
})
