import { spawn } from 'node:child_process'
import { chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openCluster } from '../src/store/cluster/cluster.ts'
import type { Cluster, ClusterOptions } from '../src/store/cluster/cluster.ts'
import { dataFolder } from '../src/store/cluster/folder.ts'
import { withLock } from '../src/store/cluster/lock.ts'
import { isRoot, runAs } from '../src/store/cluster/user.ts'
import { dataFolderForTest, helper, madeFolderForTest, lives, pidIn, sharedFolder, until } from './support/clusters.ts'

const shared = sharedFolder()

/** As the product runs it, durability included. */
async function open(folder: string, options: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const cluster = await openCluster({ folder, ...options })
  onTestFinished(() => cluster.stop())
  return cluster
}

async function ask(
  cluster: Cluster,
  sql: string,
  role: 'postgres' | 'owner' | 'app' = 'owner',
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(cluster.connection('sente', role))
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const settingsOf = async (cluster: Cluster, names: string[]): Promise<string[]> =>
  (
    await ask(
      cluster,
      `select setting from unnest(array['${names.join("','")}']) with ordinality as n (name, place) join pg_settings using (name) order by place`,
      'postgres',
    )
  ).map((row) => row.setting as string)

describe('a first start and a second one', () => {
  test('the first makes a durable UTF-8 database that only its makers can open, the second finds what was written', async () => {
    const folder = await dataFolderForTest(true)
    const first = await open(folder)
    expect(first.how).toBe('started')
    expect(
      await settingsOf(first, [
        'fsync',
        'synchronous_commit',
        'full_page_writes',
        'jit',
        'server_encoding',
        'TimeZone',
      ]),
    ).toEqual(['on', 'on', 'on', 'off', 'UTF8', 'UTC'])
    expect(
      await ask(
        first,
        'select datcollate, datctype, datlocprovider from pg_database where datname = current_database()',
      ),
    ).toEqual([{ datcollate: 'C.UTF-8', datctype: 'C.UTF-8', datlocprovider: 'c' }])
    // No other way in than the socket, whose folder is closed, and the passwords, whose file is.
    expect(await settingsOf(first, ['listen_addresses', 'password_encryption'])).toEqual(['', 'scram-sha-256'])
    const { host } = first.connection('sente', 'app')
    expect((await stat(host)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'cluster/secrets.json'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'cluster/data/pg_hba.conf'), 'utf8')).not.toMatch(/^[^#].*(trust|md5)\s*$/m)
    await expect(
      new pg.Client({ ...first.connection('sente', 'app'), password: 'guessed' }).connect(),
    ).rejects.toMatchObject({ code: '28P01' })

    await ask(first, 'create table kept as select 7 as n')
    await first.stop()
    expect(await pidIn(folder)).toBeUndefined()
    const second = await open(folder)
    expect(second.how).toBe('started')
    expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }])
    // What the first start made under other names is gone.
    expect((await readdir(folder)).sort()).toEqual(['cluster', 'cluster.lock'])
  })

  test('Chinese is letters: it can be searched by words and bigrams, and capitals of all scripts become small', async () => {
    const cluster = await open(shared.path, { durable: false })
    const [found] = await ask(
      cluster,
      `select to_tsvector('simple', '客户担心 风险，Größe')::text as words, to_tsvector('simple', '客户 户担 担心') @@ to_tsquery('simple', '担心') as bigram,
        lower('ÄÖÜ É Ж') as small, '乙' > '丙' as by_code_point`,
    )
    expect(found).toEqual({
      words: "'größe':3 '客户担心':1 '风险':2",
      bigram: true,
      small: 'äöü é ж',
      by_code_point: true,
    })
  })

  test('a process killed while it made the database leaves nothing that looks like one', async () => {
    const folder = await dataFolderForTest()
    await mkdir(join(folder, 'cluster.new-1/data'), { recursive: true })
    await writeFile(join(folder, 'cluster.new-1/data/PG_VERSION'), '18\n')
    const making = helper(['join', folder, 'fast'])
    await until(async () => (await readdir(folder)).some((name) => name === `cluster.new-${making.child.pid}`))
    await making.kill()
    expect(await readdir(folder)).not.toContain('cluster')
    expect((await open(folder, { durable: false })).how).toBe('started')
    expect((await readdir(folder)).sort()).toEqual(['cluster', 'cluster.lock'])
  })

  test.runIf(isRoot())(
    'started by root, the server runs as nobody, and as the owner of a folder that has one',
    async () => {
      const cluster = await open(shared.path, { durable: false })
      const { uid } = (await runAs('/nowhere'))!
      expect(uid).not.toBe(0)
      expect(await readFile(`/proc/${cluster.pid}/status`, 'utf8')).toMatch(
        new RegExp(`^Uid:\\s+${uid}\\s+${uid}\\s`, 'm'),
      )
      expect((await stat(join(cluster.folder, 'cluster/data'))).uid).toBe(uid)
      expect((await stat(join(cluster.folder, 'cluster/secrets.json'))).uid).toBe(0)
      const data = await dataFolderForTest()
      await chown(data, 12345, 12345)
      expect(await runAs(data)).toEqual({ uid: 12345, gid: 12345 })
    },
  )

  test('a long path works: the socket lies where its path is short', async () => {
    const cluster = await open(await madeFolderForTest(join('a'.repeat(60), '客户'.repeat(12))), { durable: false })
    const { host } = cluster.connection('sente', 'app')
    expect(host).toMatch(/^\/tmp\/sente-[0-9a-f]{16}$/)
    expect(await ask(cluster, 'select n from kept')).toEqual([{ n: 7 }])
    await cluster.stop()
    await expect(stat(host)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('where there are no sockets it listens on loopback with passwords, on the same port each time', async () => {
    const folder = shared.path
    const first = await open(folder, { durable: false, listen: 'tcp' })
    const { host, port } = first.connection('sente', 'app')
    expect([host, await settingsOf(first, ['listen_addresses', 'unix_socket_directories'])]).toEqual([
      '127.0.0.1',
      ['127.0.0.1', ''],
    ])
    await first.stop()
    const second = await open(folder, { durable: false, listen: 'tcp' })
    expect(second.connection('sente', 'app').port).toBe(port)
  })
})

describe('what an earlier life left', () => {
  test('a half-made database is cleared away though what was killed with its maker still writes into it', async () => {
    const folder = await madeFolderForTest()
    const half = join(folder, 'cluster.new-1')
    await mkdir(half)
    const code = `import { writeFileSync } from 'node:fs'
      const until = Date.now() + 1000
      console.log('writing')
      for (let i = 0; Date.now() < until; i++) try { writeFileSync(process.argv[1] + '/' + i, 'x') } catch { break }`
    const writer = spawn(process.execPath, ['--input-type=module', '-e', code, half], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void writer.kill('SIGKILL'))
    await new Promise((resolve) => writer.stdout.once('data', resolve))
    await open(folder)
    expect((await readdir(folder)).filter((name) => name.startsWith('cluster.new-'))).toEqual([])
  })

  const pidFile = (folder: string): string => join(folder, 'cluster/data/postmaster.pid')
  const leavePid = (folder: string, pid: number): Promise<void> =>
    writeFile(
      pidFile(folder),
      `${pid}\n${folder}/cluster/data\n1700000000\n5432\n${folder}/cluster/run\n\n  0  0\nready   \n`,
    )

  test('the pid file of a dead process does not keep the server from starting', async () => {
    const folder = shared.path
    const gone = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => gone.on('exit', resolve))
    await leavePid(folder, gone.pid!)
    await writeFile(join(folder, 'cluster/run/.s.PGSQL.5432'), '')
    const cluster = await open(folder, { durable: false })
    expect([cluster.how, await ask(cluster, 'select n from kept')]).toEqual(['started', [{ n: 7 }]])
  })

  test('nor does one whose number another program has now', async () => {
    const folder = shared.path
    // As the database's user: of others PostgreSQL itself knows better.
    const other = spawn('sleep', ['60'], await runAs(join(folder, 'cluster/data')))
    onTestFinished(() => void other.kill())
    await leavePid(folder, other.pid!)
    const cluster = await open(folder, { durable: false })
    expect([cluster.how, await ask(cluster, 'select n from kept')]).toEqual(['started', [{ n: 7 }]])
    expect(lives(other.pid!)).toBe(true)
  })

  test.runIf(process.platform === 'linux')('nor a zombie that nobody buries', async () => {
    const folder = shared.path
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], {
      ...(await runAs(join(folder, 'cluster/data'))),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void parent.kill())
    const zombie = Number(
      await new Promise<string>((resolve) => parent.stdout.once('data', (text) => resolve(String(text)))),
    )
    await until(async () => (await readFile(`/proc/${zombie}/stat`, 'utf8')).includes(') Z'))
    await leavePid(folder, zombie)
    const started = performance.now()
    const cluster = await open(folder, { durable: false })
    expect([cluster.how, await ask(cluster, 'select n from kept')]).toEqual(['started', [{ n: 7 }]])
    expect(performance.now() - started).toBeLessThan(40_000)
  })

  test('an empty pid file does not either', async () => {
    const folder = shared.path
    await writeFile(pidFile(folder), '')
    expect((await open(folder, { durable: false })).how).toBe('started')
  })
})

test('the data folder is SENTE_DATA, otherwise where the platform keeps a user’s data', () => {
  expect(dataFolder({ SENTE_DATA: '/srv/sente' })).toBe('/srv/sente')
  if (process.platform !== 'linux') return
  expect(dataFolder({ XDG_DATA_HOME: '/data' })).toBe('/data/sente')
  expect(dataFolder({ HOME: '/home/lin' })).toBe(isRoot() ? '/var/lib/sente' : '/home/lin/.local/share/sente')
})

test('a lock is held by one at a time, and ends with the process that held it', async () => {
  const file = join(await dataFolderForTest(), 'lock')
  let inside = 0
  let most = 0
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 2))
    inside--
  }
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, work)))
  expect(most).toBe(1)
  const holding = spawn(
    process.execPath,
    [
      '-e',
      `const l = new (process.getBuiltinModule('node:sqlite').DatabaseSync)(process.argv[1]); l.exec('begin exclusive'); console.log('held'); setInterval(() => {}, 1000)`,
      file,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  await new Promise((resolve) => holding.stdout.once('data', resolve))
  await expect(withLock(file, async () => 'mine', 50)).rejects.toMatchObject({ code: 'locked' })
  holding.kill('SIGKILL')
  expect(await withLock(file, async () => 'mine')).toBe('mine')
})
