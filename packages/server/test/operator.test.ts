import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../src/store/connect.ts'
import { ended, LONG, SENTE, serve } from './support/served.ts'
import { ROOT, sente, withFiles } from './run.ts'

/** Its output goes to somebody who reads one byte and leaves. */
function piped(args: readonly string[], env: Record<string, string>): Promise<{ code: number | null; err: string }> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [SENTE, ...args], { cwd: ROOT, env: { PATH, HOME, ...env } })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdout.once('data', () => child.stdout.destroy())
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, err })))
}

/** Takes back what a migration made, as if it had never been. */
async function undo(owner: Awaited<ReturnType<typeof openDatabase>>['owner'], name: string): Promise<void> {
  const made = await readFile(join(ROOT, 'packages/server/migrations', name), 'utf8')
  for (const [, kind, what] of made.matchAll(/^create (?:or replace )?(table|function|(?:unique )?index) (\w+)/gm))
    await owner.query(`drop ${kind!.replace('unique ', '')} if exists ${what} cascade`)
  for (const [, table, column] of made.matchAll(/^alter table (\w+) add column (\w+)/gm))
    await owner.query(`alter table ${table} drop column ${column} cascade`)
  await owner.query('delete from sente_migration where name = $1', [name])
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
        expect((await sente(['serve', '--no-restart', '--host', '300.1.1.1', '--lang', 'en'], { env })).err).toContain(
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
        const newest = (await opened.owner.query<{ name: string }>('select max(name) as name from sente_migration'))
          .rows[0]!.name
        await undo(opened.owner, newest)
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
