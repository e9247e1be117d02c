import { execFile } from 'node:child_process'
import { chmod, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openCluster } from '../src/store/cluster/cluster.ts'
import { installedNative } from '../src/store/cluster/program.ts'
import { isRoot, runAs } from '../src/store/cluster/user.ts'
import { folderProblem } from '../src/store/problem.ts'
import type { StoreProblem } from '../src/store/problem.ts'
import { dataFolderForTest, helper, pidIn, sharedFolder } from './support/clusters.ts'

const run = promisify(execFile)
const shared = sharedFolder()

/** Writes a file of the shared folder's data for one test. */
async function change(path: string, text: string | ((before: string) => string)): Promise<void> {
  const file = join(shared.path, 'cluster', path)
  const before = await readFile(file, 'utf8')
  onTestFinished(() => writeFile(file, before))
  await writeFile(file, typeof text === 'string' ? text : text(before))
}

/** The problem with which opening fails; both languages say what to do. */
async function problemOf(folder: string, native?: string): Promise<StoreProblem> {
  const problem = await openCluster({ folder, durable: false, ...(native ? { native } : {}) }).then(
    async (cluster) => {
      await cluster.stop()
      throw new Error('It opened.')
    },
    (error: StoreProblem) => error,
  )
  expect(problem.says?.en, String(problem)).toMatch(/\w{3}/)
  expect(problem.says.zh).toMatch(/[一-龥]{3}/)
  return problem
}

/** PostgreSQL's folder as it comes from npm with its install script blocked: without a link. */
async function freshNative(into: string): Promise<string> {
  const native = join(into, 'postgres-for-this-machine/native')
  await mkdir(dirname(native))
  // Hard links where the file system and its rules allow them, otherwise copies.
  await run('sh', [
    '-c',
    'cp -Rl "$0" "$1" 2>/dev/null || { rm -rf "$1"; cp -R "$0" "$1"; }',
    installedNative(),
    native,
  ])
  for (const link of await linksOf(native)) await rm(link, { force: true })
  return native
}

async function linksOf(native: string): Promise<string[]> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  return list.map(({ target }) => join(dirname(native), target))
}

/** A stand-in for PostgreSQL's programs that fails as they do, in their own words. */
async function failingNative(into: string, initdb: string, postgres = 'exit 0'): Promise<string> {
  const bin = join(into, 'native/bin')
  await mkdir(bin, { recursive: true })
  await mkdir(join(into, 'native/lib'))
  await mkdir(join(into, 'native/share/postgresql'), { recursive: true })
  await writeFile(join(into, 'native/share/postgresql/postgres.bki'), '')
  for (const [name, script] of [
    ['initdb', initdb],
    ['postgres', postgres],
  ] as const) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }
  return join(into, 'native')
}

describe('the programs', () => {
  test('missing links of the libraries are made, and the server starts', async () => {
    const folder = shared.path
    const native = await freshNative(await dataFolderForTest(true))
    const cluster = await openCluster({ folder, native, durable: false })
    onTestFinished(() => cluster.stop())
    for (const link of await linksOf(native)) expect((await lstat(link)).isSymbolicLink(), link).toBe(true)
    expect(await readdir(folder)).not.toContain('programs')
    const client = new pg.Client(cluster.connection('sente', 'app'))
    await client.connect()
    expect((await client.query('show server_version_num')).rows[0].server_version_num).toMatch(/^18/)
    await client.end()
  })

  test('where they may not be changed, or are closed to the database’s user, a copy is used', async () => {
    const folder = shared.path
    const closed = join(await dataFolderForTest(true), 'home')
    await mkdir(closed)
    const native = await freshNative(closed)
    // Root can change everything, but then runs PostgreSQL as another user, who cannot pass here.
    if (isRoot()) await chmod(closed, 0o700)
    else {
      await chmod(join(native, 'lib'), 0o500)
      onTestFinished(() => chmod(join(native, 'lib'), 0o700))
    }
    const first = await openCluster({ folder, native, durable: false })
    await first.stop()
    const again = await openCluster({ folder, native, durable: false })
    onTestFinished(() => again.stop())
    expect(await readdir(join(folder, 'programs'))).toHaveLength(1)
  })

  test('programs of another kind of machine are named, with what to do', async () => {
    const folder = await dataFolderForTest()
    const native = await failingNative(await dataFolderForTest(true), 'exit 0')
    await writeFile(join(native, 'bin/initdb'), '#!/no/such/loader\n')
    expect(await problemOf(folder, native)).toMatchObject({
      code: 'no-program',
      says: { en: expect.stringContaining('DATABASE_URL') },
    })
  })
})

describe('the data folder', () => {
  test.each(['17', '19'])(
    'written by PostgreSQL %s it is left alone, and the way through a backup is named',
    async (version) => {
      const folder = shared.path
      await change('data/PG_VERSION', `${version}\n`)
      const problem = await problemOf(folder)
      expect(problem).toMatchObject({ code: 'other-version' })
      expect(problem.says.en).toMatch(new RegExp(`PostgreSQL ${version}.*sente backup.*sente restore`))
      expect(await pidIn(folder)).toBeUndefined()
    },
  )

  test('a file in its place is named', async () => {
    const file = join(await dataFolderForTest(), 'file')
    await writeFile(file, '')
    for (const folder of [file, join(file, 'data')])
      expect(await problemOf(folder)).toMatchObject({
        code: 'unwritable',
        says: { en: `${folder}: there is a file where a folder should be. Name a folder with SENTE_DATA.` },
      })
  })

  test('a folder of somebody else is named', async () => {
    const folder = await dataFolderForTest()
    await chmod(folder, 0o555)
    const one = helper(['join', folder], (await runAs('/nowhere')) ?? {})
    expect(await one.next()).toMatchObject({ problem: 'unwritable', message: expect.stringContaining('SENTE_DATA') })
    await chmod(folder, 0o755)
  })

  test.runIf(isRoot())('one that the database’s user cannot reach is named, with one that it can', async () => {
    const closed = join(await dataFolderForTest(), 'root')
    await mkdir(closed, { mode: 0o700 })
    expect(await problemOf(join(closed, 'data'))).toMatchObject({
      code: 'unreachable',
      says: { en: expect.stringMatching(/root.*\/var\/lib\/sente/) },
    })
  })

  test('passwords that do not fit are named', async () => {
    const folder = shared.path
    await change('secrets.json', (before) => before.replace(/"postgres":"./, '"postgres":"#'))
    expect(await problemOf(folder)).toMatchObject({
      code: 'wrong-password',
      says: { en: expect.stringContaining('secrets.json') },
    })
    expect(await pidIn(folder)).toBeUndefined()
  })
})

describe('a full disk', () => {
  test('while the database is made is said, and nothing is left', async () => {
    const folder = await dataFolderForTest()
    const native = await failingNative(
      await dataFolderForTest(true),
      'echo "initdb: error: could not write file: No space left on device" >&2; exit 1',
    )
    expect(await problemOf(folder, native)).toMatchObject({ code: 'disk-full' })
    expect(await readdir(folder)).not.toContain('cluster')
  })

  test('while it starts is said', async () => {
    const folder = shared.path
    const native = await failingNative(
      await dataFolderForTest(true),
      'exit 0',
      'echo "FATAL:  could not write lock file \\"postmaster.pid\\": No space left on device" >&2; exit 1',
    )
    expect(await problemOf(folder, native)).toMatchObject({ code: 'disk-full' })
  })

  test('is told apart from other troubles', () => {
    expect(folderProblem('/x', Object.assign(new Error('write'), { code: 'ENOSPC' }))?.code).toBe('disk-full')
    expect(folderProblem('/x', Object.assign(new Error('mkdir'), { code: 'EROFS' }))?.code).toBe('unwritable')
    expect(folderProblem('/x', new Error('anything else'))).toBeUndefined()
  })
})

test('any other refusal to start is shown in PostgreSQL’s own words', async () => {
  const folder = shared.path
  await change('data/postgresql.conf', 'no_such_setting = on\n')
  const problem = await problemOf(folder)
  expect(problem).toMatchObject({
    code: 'not-started',
    says: { en: expect.stringMatching(/no_such_setting[^]*postgres\.log/) },
  })
})
