import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCluster } from '../src/store/cluster/cluster.ts'
import { openDatabase } from '../src/store/connect.ts'
import { migrate } from '../src/store/migrate.ts'
import { ended, LONG, SENTE, serve } from './support/served.ts'
import { ROOT, sente } from './run.ts'

async function folderForTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sente-start-'))
  await chmod(folder, 0o755)
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))
  return folder
}

/** Processes that have this in their environment, which whoever is started inherits; PostgreSQL is given a clean one and is asked for by its folder. */
async function processesWith(mark: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')
      return (await read('environ')).includes(mark) || (await read('cmdline')).includes(mark) ? Number(pid) : []
    }),
  )
  return found.flat().filter((pid) => pid !== process.pid)
}

/** A database server of its own that is reached over TCP, as one of DATABASE_URL is. */
async function externalServer() {
  const folder = await folderForTest()
  const open = () => openCluster({ folder: join(folder, 'data'), listen: 'tcp', durable: false })
  const cluster = await open()
  const env = { DATABASE_URL: cluster.url('sente', 'owner'), SENTE_APP_DATABASE_URL: cluster.url('sente', 'app') }
  return { folder, cluster, open, env }
}

describe('a start', () => {
  it(
    'waits for a database that is being started itself, and says so',
    async () => {
      const { cluster, open, env } = await externalServer()
      await cluster.stop()
      const { PATH = '', HOME = '' } = process.env
      const child = spawn(
        process.execPath,
        [SENTE, 'serve', '--no-restart', '--port', '0', '--json', '--log', 'error', '--lang', 'en'],
        { cwd: ROOT, env: { PATH, HOME, ...env } },
      )
      onTestFinished(() => void child.kill('SIGKILL'))
      let [out, err] = ['', '']
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
      await expect.poll(() => err, { timeout: LONG, interval: 50 }).toContain('Trying again')
      expect(err).toContain('no connection')
      const again = await open()
      await expect.poll(() => out, { timeout: LONG, interval: 50 }).toContain('"address"')
      expect(await ended(child, 'SIGTERM')).toBe(0)
      await again.stop()
    },
    LONG,
  )

  it(
    'that loses its database after it listens goes on when that is back, and can be told to stop',
    async () => {
      const { cluster, env } = await externalServer()
      const database = await openDatabase({ env })
      await migrate(database.owner)
      // Whoever makes the first link waits for us, at the end of the start.
      await database.owner.hold(async (client) => {
        await client.query('select pg_advisory_lock($1)', [0x73746172])
        const served = serve(env, '--no-jobs')
        for (;;) {
          const { rowCount } = await client.query(
            `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted`,
          )
          if (rowCount) break
          await sleep(50)
        }
        await client.query('select pg_advisory_unlock($1)', [0x73746172])
        const { child, setup } = await served
        expect(setup).toContain('/welcome?token=')
        expect(await ended(child, 'SIGTERM')).toBe(0)
      })
      await database.close()
      await cluster.stop()
    },
    LONG,
  )

  it(
    'of two at once on one empty database with the sample: both come to run, and the sample is there once',
    async () => {
      const folder = await folderForTest()
      const env = { SENTE_DATA: join(folder, 'data') }
      const both = await Promise.all([serve(env, '--sample'), serve(env, '--sample')])
      const database = await openDatabase({ env })
      const { rows } = await database.owner.query<{ workspaces: number; deals: number; names: number }>(
        `select (select count(*)::int from workspace) as workspaces, (select count(*)::int from deal) as deals, (select count(distinct name)::int from deal) as names`,
      )
      expect(rows).toEqual([{ workspaces: 1, deals: 40, names: 40 }])
      await database.close()
      expect(await Promise.all(both.map(({ child }) => ended(child, 'SIGTERM')))).toEqual([0, 0])
    },
    LONG,
  )
})

describe('a dry run of lists', () => {
  it(
    'needs neither a database nor a workspace, and says the same as with a database that has none',
    async () => {
      const folder = await folderForTest()
      const list = join(folder, 'deals.csv')
      await writeFile(
        list,
        'Opportunity Name,Amount,Close Date\nHarbour,"1,000.50",2025-03-04\nQuay,a lot,2025-03-05\n',
      )
      const env = { SENTE_DATA: join(folder, 'data'), LANG: 'en_GB.UTF-8', XDG_CONFIG_HOME: folder }
      const without = await sente(['import', list, '--dry-run'], { env })
      expect([without.code, without.out]).toEqual([1, expect.stringContaining('1 of 2 records can be taken')])
      expect(await readdir(folder)).toEqual(['deals.csv'])
      expect((await sente(['check', list], { env })).out).toBe(without.out)
      expect((await sente(['migrate'], { env })).code).toBe(0)
      expect(await sente(['import', list, '--dry-run'], { env })).toEqual(without)
      expect((await sente(['import', list], { env })).err).toContain('no workspace yet')
    },
    LONG,
  )
})

// Linux says of each process what it was started with.
describe.runIf(process.platform === 'linux')('npm start', () => {
  it(
    'leaves no process behind when it is told to stop, however early, and when it is killed',
    async () => {
      const folder = await folderForTest()
      const { PATH = '', HOME = '' } = process.env
      for (const [signal, when] of [
        ['SIGTERM', 'running'],
        ['SIGTERM', 300],
        ['SIGTERM', 1_500],
        ['SIGTERM', 4_000],
        ['SIGKILL', 2_500],
        ['SIGKILL', 'running'],
      ] as const) {
        const data = join(folder, 'data')
        const env = { PATH, HOME, SENTE_DATA: data, SENTE_PORT: '0' }
        // The shell stands between npm and the script, as it does at home.
        const child = spawn('npm', ['start', '--', '--lang', 'en'], { cwd: ROOT, env, detached: true })
        let out = ''
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (text: string) => (out += text))
        if (when === 'running') await expect.poll(() => out, { timeout: LONG, interval: 50 }).toContain('Sente runs at')
        else await sleep(when)
        child.kill(signal)
        await expect
          .poll(() => processesWith(data), { interval: 100, message: `${signal} ${when}: ${out}` })
          .toEqual([])
      }
    },
    LONG * 2,
  )
})
