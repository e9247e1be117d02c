import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openCluster } from '../src/store/cluster/cluster.ts'
import type { Cluster } from '../src/store/cluster/cluster.ts'
import { openDatabase } from '../src/store/connect.ts'
import { dataFolderForTest, helper, kill, lives, madeFolderForTest, pidIn, until } from './support/clusters.ts'
import type { Helper } from './support/clusters.ts'

/** Every number that the process was told is saved. */
const acknowledged = (writer: Helper): number[] =>
  writer.lines.flatMap(({ written }) => (written === undefined ? [] : [written]))

async function saved(folder: string): Promise<Set<number>> {
  const database = await openDatabase({ env: { SENTE_DATA: folder } })
  const { rows } = await database.owner.query<{ n: number }>('select n from written')
  await database.close()
  return new Set(rows.map((row) => row.n))
}

const lost = async (folder: string, writer: Helper): Promise<number[]> => {
  const there = await saved(folder)
  return acknowledged(writer).filter((n) => !there.has(n))
}

async function member(folder: string): Promise<Cluster> {
  const cluster = await openCluster({ folder, durable: false })
  onTestFinished(() => cluster.stop())
  return cluster
}

describe('several processes on one folder', () => {
  test('of four that come at once to a new folder one makes and starts the server, the others join; the last to leave stops it', async () => {
    const folder = await dataFolderForTest()
    const all = Array.from({ length: 4 }, () => helper(['join', folder, 'fast']))
    const joined = await Promise.all(all.map((one) => one.next()))
    expect(joined.map(({ how }) => how).sort()).toEqual(['adopted', 'adopted', 'adopted', 'started'])
    const pids = new Set(joined.map(({ pid }) => pid!))
    expect(pids.size).toBe(1)
    const [pid] = [...pids] as [number]
    // Whoever started it may leave first.
    await all[joined.findIndex(({ how }) => how === 'started')]!.stop()
    expect(lives(pid)).toBe(true)
    // The rest leave at the same moment: exactly one of them is the last.
    await Promise.all(all.map((one) => one.stop()))
    await until(() => !lives(pid))
    expect(await pidIn(folder)).toBeUndefined()
  })

  test('a killed member neither takes the server away nor keeps it', async () => {
    const folder = await madeFolderForTest()
    const [one, two] = [helper(['join', folder, 'fast']), helper(['join', folder, 'fast'])]
    const { pid } = await one.next()
    await two.next()
    await one.kill()
    await sleep(100)
    expect(lives(pid!)).toBe(true)
    await two.stop()
    await until(() => !lives(pid!))
  })

  test('a server whose only process was killed goes on, and the next process adopts it within moments', async () => {
    const folder = await madeFolderForTest()
    const writer = helper(['write', folder])
    const { pid } = await writer.next()
    await until(() => acknowledged(writer).length > 50)
    await writer.kill()
    expect(lives(pid!)).toBe(true)
    const started = performance.now()
    const cluster = await member(folder)
    expect(performance.now() - started).toBeLessThan(5_000)
    expect([cluster.how, cluster.pid]).toEqual(['adopted', pid])
    await cluster.stop()
    await until(() => !lives(pid!))
    expect(await lost(folder, writer)).toEqual([])
  })

  test('Ctrl-C in the terminal of the process that started it does not reach the server', async () => {
    const folder = await madeFolderForTest()
    const one = helper(['join', folder, 'fast'], { detached: true })
    const { pid } = await one.next()
    process.kill(-one.child.pid!, 'SIGINT')
    await until(() => one.child.exitCode !== null || one.child.signalCode !== null)
    expect(lives(pid!)).toBe(true)
    expect((await member(folder)).how).toBe('adopted')
  })
})

describe('a server that dies', () => {
  test('killed again and again under writes it is started again by those who use it, and nothing acknowledged is lost', async () => {
    const folder = await madeFolderForTest()
    const writer = helper(['write', folder])
    await writer.next()
    let before = 0
    const pids = new Set<number>()
    for (let round = 0; round < 3; round++) {
      await until(() => acknowledged(writer).length > before + 30)
      before = acknowledged(writer).length
      await until(async () => !pids.has((await pidIn(folder)) ?? 0) && (await pidIn(folder)) !== undefined)
      const pid = (await pidIn(folder))!
      pids.add(pid)
      await sleep(Math.random() * 40)
      expect(kill(pid)).toBe(true)
    }
    await until(() => acknowledged(writer).length > before + 30)
    await writer.stop()
    expect(pids.size).toBe(3)
    expect(await lost(folder, writer)).toEqual([])
  })

  test('killed together with the process that used it, it comes back with everything', async () => {
    const folder = await madeFolderForTest()
    const writer = helper(['write', folder])
    const { pid } = await writer.next()
    await until(() => acknowledged(writer).length > 100)
    kill(writer.child.pid!)
    kill(pid!)
    await writer.kill()
    expect((await member(folder)).how).toBe('started')
    expect(await lost(folder, writer)).toEqual([])
  })

  test('when one of its own processes is killed it recovers, and its users notice no more than one failure', async () => {
    const folder = await madeFolderForTest()
    const database = await openDatabase({ env: { SENTE_DATA: folder } })
    onTestFinished(() => database.close())
    const { rows } = await database.owner.query('select pg_backend_pid() as pid')
    const broken = database.owner.query('select pg_sleep(60)').catch((error: Error) => error.message)
    // A process that is gone before the query was written to it is told as EPIPE instead: this is about one that works on it.
    const watcher = new pg.Client(database.cluster!.connection('sente', 'owner'))
    await watcher.connect()
    watcher.on('error', () => {})
    const working = `select from pg_stat_activity where pid = ${Number(rows[0].pid)} and wait_event = 'PgSleep'`
    await until(async () => (await watcher.query(working)).rowCount === 1)
    kill(rows[0].pid)
    expect(await broken).toMatch(/terminat|crash|ECONNRESET/i)
    expect((await database.owner.query('select n from kept')).rows).toEqual([{ n: 7 }])
    await database.cluster!.ready()
    expect(database.cluster!.pid).toBe(await pidIn(folder))
  })

  test('a query waits for the new server instead of failing, and two processes that notice start one server', async () => {
    const folder = await madeFolderForTest()
    const database = await openDatabase({ env: { SENTE_DATA: folder } })
    onTestFinished(() => database.close())
    const other = helper(['write', folder])
    await other.next()
    await until(() => acknowledged(other).length > 5)
    const before = (await pidIn(folder))!
    kill(before)
    await until(() => !lives(before))
    expect((await database.app.query('select current_user as me')).rows).toEqual([{ me: 'sente_app' }])
    const count = acknowledged(other).length
    await until(() => acknowledged(other).length > count + 5)
    await database.cluster!.ready()
    expect(database.cluster!.pid).toBe(await pidIn(folder))
    await other.stop()
    expect((await database.owner.query('select 1 as n')).rows).toEqual([{ n: 1 }])
  })

  test('a server that somebody stopped, and one whose socket was swept away, are there again for the next', async () => {
    const folder = await madeFolderForTest()
    const cluster = await member(folder)
    const first = cluster.pid
    process.kill(first, 'SIGINT')
    await until(() => !lives(first) && cluster.pid !== first)
    await cluster.ready()

    const second = cluster.pid
    const { rm } = await import('node:fs/promises')
    await rm(`${cluster.connection('sente', 'app').host}/.s.PGSQL.5432`)
    const next = await member(folder)
    expect(next.pid).not.toBe(second)
    await until(() => cluster.pid === next.pid)
    const client = new pg.Client(next.connection('sente', 'owner'))
    await client.connect()
    expect((await client.query('select n from kept')).rows).toEqual([{ n: 7 }])
    await client.end()
  })
})

test('a process that forgets to close ends all the same', async () => {
  const folder = await madeFolderForTest()
  const code = `const { openCluster } = await import(${JSON.stringify(new URL('../src/store/cluster/cluster.ts', import.meta.url).href)}); await openCluster({ folder: process.argv[1] })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, folder], { stdio: 'inherit' })
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0)
  expect(await readFile(`${folder}/cluster/postgres.log`, 'utf8')).not.toMatch(/PANIC|corrupt/)
})
