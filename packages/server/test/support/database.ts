import { createHash, randomBytes } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import './global-setup.ts'
import { openCluster } from '../../src/store/cluster/cluster.ts'
import type { Cluster } from '../../src/store/cluster/cluster.ts'
import { withLock } from '../../src/store/cluster/lock.ts'
import { openDatabase } from '../../src/store/connect.ts'
import type { Database } from '../../src/store/connect.ts'
import { migrate, readMigrations } from '../../src/store/migrate.ts'
import { copyOfOriginal } from './original.ts'

export type DatabaseKind = Database['kind']

/** A database of one test file, gone after `close()`. */
export interface TestDatabase extends Database {
  name: string
  /** Opens the same database in another process, or by `openDatabase({ env })`. */
  env: { DATABASE_URL: string; SENTE_APP_DATABASE_URL?: string }
}

export interface TestDatabaseOptions {
  kind?: DatabaseKind
  /** The product's migrations by default; a folder of others, or none. */
  migrations?: string | false
  /** What it holds from the beginning: filled once in a run, a copy after that. */
  filled?: Filled
}

interface Filled {
  name: string
  /** Fills a migrated database and leaves no connection open. */
  by: (database: TestDatabase) => Promise<void>
}

/** A migrated, empty database of its own: a copy of a template that the first one makes. Close it in `afterAll`. */
export async function testDatabase({
  kind = 'embedded',
  migrations,
  filled,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const ground = await groundOf(kind)
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = filled
    ? await filledTemplate(ground, filled)
    : migrations === false
      ? 'template1'
      : await templateOf(ground, migrations)
  // Without fsync copying files takes a tenth of the time that writing their pages into the log does.
  await ground.maintain(`create database ${name} template ${template} strategy file_copy`)
  const database = await ground.open(name)
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await database.close()
    await drop(ground, name)
  }
  return { ...database, name, env: ground.env(name), close: () => (closing ??= close()) }
}

/**
 * Drops a database with whoever is still in it. The server's own cleaner may be at work there, and only a superuser may end that one by force; a
 * drop without force asks the cleaner to leave, and waits for it.
 */
async function drop(ground: Ground, name: string): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      return void (await ground.maintain(`drop database if exists ${name}${tries % 2 === 0 ? ' with (force)' : ''}`))
    } catch (error) {
      const { code } = error as { code?: string }
      if ((code !== '42501' && code !== '55006') || tries === 40) throw error
      await setTimeout(200)
    }
}

/**
 * Runs the same tests on the embedded database and on a PostgreSQL server reached by DATABASE_URL: for what the store itself does. `db` can
 * be used inside tests and hooks, not while the tests are being collected.
 */
export function eachDatabase(body: Body, options: Omit<TestDatabaseOptions, 'kind'> = {}): void {
  onKinds(['embedded', 'external'], body, options)
}

/**
 * Runs tests of what stands above the store, which sends the same statements to either database: on the embedded one. Where a server is
 * given by SENTE_TEST_DATABASE_URL they run on that as well.
 */
export function onDatabase(body: Body): void {
  onKinds(KINDS_ABOVE_THE_STORE, body, {})
}

export const KINDS_ABOVE_THE_STORE: readonly DatabaseKind[] =
  process.env.SENTE_TEST_DATABASE_URL === undefined ? ['embedded'] : ['embedded', 'external']

type Body = (db: TestDatabase, kind: DatabaseKind) => void

function onKinds(kinds: readonly DatabaseKind[], body: Body, options: Omit<TestDatabaseOptions, 'kind'>): void {
  describe.each(kinds)('on the %s database', (kind) => {
    let open: TestDatabase | undefined
    beforeAll(async () => {
      open = await testDatabase({ ...options, kind })
    })
    afterAll(() => open?.close())
    const db = new Proxy({} as TestDatabase, {
      get: (_, key) => {
        if (!open) throw new Error('The database is open inside tests and hooks only.')
        return Reflect.get(open, key)
      },
    })
    body(db, kind)
  })
}

/** One of the two servers of a run. */
interface Ground {
  maintain(sql: string): Promise<unknown>
  /** Runs `work` while no other worker does. */
  alone<T>(work: () => Promise<T>): Promise<T>
  open(database: string): Promise<Database>
  env(database: string): TestDatabase['env']
  templates: Map<string, Promise<string>>
}

/** Test files of one worker share the servers, even if the runner loads this module anew for each. */
const shared = globalThis as typeof globalThis & { senteGrounds?: Map<DatabaseKind, Promise<Ground>> }
const grounds = (shared.senteGrounds ??= new Map())

function groundOf(kind: DatabaseKind): Promise<Ground> {
  const known = grounds.get(kind) ?? (kind === 'embedded' ? embeddedGround() : externalGround())
  grounds.set(kind, known)
  return known
}

/** Nobody misses the data of a test. */
const CLUSTER = { durable: false, settings: { max_connections: '300', shared_buffers: '128MB' } }

async function startCluster(kind: DatabaseKind): Promise<Cluster> {
  const folder = join(inject('senteTestFolder'), kind)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await withLock(`${folder}.lock`, async () => {
    if (!(await stat(join(folder, 'cluster')).catch(() => undefined)))
      await copyOfOriginal(inject('senteTestFolder'), folder)
  })
  return openCluster({
    folder,
    ...CLUSTER,
    listen: kind === 'external' || process.platform === 'win32' ? 'tcp' : 'socket',
  })
}

async function embeddedGround(): Promise<Ground> {
  const cluster = await startCluster('embedded')
  return groundAt(cluster.connection('sente', 'owner'), {
    open: (database) => openDatabase({ env: { SENTE_DATA: cluster.folder }, database, cluster: CLUSTER }),
    env: (database) => ({
      DATABASE_URL: cluster.url(database, 'owner'),
      SENTE_APP_DATABASE_URL: cluster.url(database, 'app'),
    }),
  })
}

/** SENTE_TEST_DATABASE_URL, or a second cluster that knows nothing of our supervisor's roles: only its address is used. */
async function externalGround(): Promise<Ground> {
  const url = process.env.SENTE_TEST_DATABASE_URL ?? (await secondCluster())
  const urlOf = (database: string): string => url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${database}`)
  return groundAt(
    { connectionString: url },
    {
      open: (database) => openDatabase({ env: { DATABASE_URL: urlOf(database) } }),
      env: (database) => ({ DATABASE_URL: urlOf(database) }),
    },
  )
}

async function secondCluster(): Promise<string> {
  const cluster = await startCluster('external')
  const { host, port, user, password } = cluster.connection('postgres', 'postgres')
  const client = new pg.Client({ host, port, user, password, database: 'postgres' })
  await client.connect()
  const mine = createHash('sha256').update(`tester ${password}`).digest('hex')
  await client.query('select pg_advisory_lock(1)')
  const { rows } = await client.query(`select from pg_roles where rolname = 'tester'`)
  if (rows.length === 0) {
    // As a hosted server gives it: may make roles and databases, is no superuser; the application's role is ours to make.
    await client.query(`drop role ${'sente_app'}`)
    await client.query(`create role tester login createdb createrole password '${mine}'`)
    await client.query('create database tester owner tester')
  }
  await client.end()
  return `postgres://tester:${mine}@${host}:${port}/tester`
}

function groundAt(maintenance: pg.ClientConfig, rest: Pick<Ground, 'open' | 'env'>): Ground {
  const connected = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(maintenance)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  return {
    ...rest,
    templates: new Map(),
    maintain: (sql) => connected((client) => client.query(sql)),
    alone: (work) =>
      connected(async (client) => {
        await client.query('select pg_advisory_lock(2)')
        return work()
      }),
  }
}

/** The template for a folder of migrations, made once in a run; a change of a migration makes another one. */
async function templateOf(ground: Ground, folder: string | undefined): Promise<string> {
  const migrations = await readMigrations(folder)
  const digest = createHash('sha256')
    .update(migrations.map(({ name, checksum }) => name + checksum).join())
    .digest('hex')
  const name = `sente_template_${digest.slice(0, 12)}`
  const known = ground.templates.get(name) ?? makeTemplate(ground, name, folder)
  ground.templates.set(name, known)
  return known
}

/** A migrated database that was filled once in a run, as the template of others. */
async function filledTemplate(ground: Ground, { name: what, by }: Filled): Promise<string> {
  const name = `sente_filled_${what}`
  const empty = await templateOf(ground, undefined)
  const known = ground.templates.get(name) ?? ground.alone(() => fillTemplate(ground, name, empty, by))
  ground.templates.set(name, known)
  return known
}

async function fillTemplate(ground: Ground, name: string, empty: string, by: Filled['by']): Promise<string> {
  const found = (await ground.maintain(`select from pg_database where datname = '${name}'`)) as pg.QueryResult
  if (found.rows.length > 0) return name
  const fresh = `${name}_new`
  await drop(ground, fresh)
  await ground.maintain(`create database ${fresh} template ${empty} strategy file_copy`)
  const database = await ground.open(fresh)
  try {
    await by({ ...database, name: fresh, env: ground.env(fresh) })
  } finally {
    await database.close()
  }
  await ground.maintain(`alter database ${fresh} rename to ${name}`)
  return name
}

function makeTemplate(ground: Ground, name: string, folder: string | undefined): Promise<string> {
  return ground.alone(async () => {
    const found = (await ground.maintain(`select from pg_database where datname = '${name}'`)) as pg.QueryResult
    if (found.rows.length > 0) return name
    await drop(ground, `${name}_new`)
    await ground.maintain(`create database ${name}_new strategy file_copy`)
    const database = await ground.open(`${name}_new`)
    try {
      await migrate(database.owner, folder ? { folder } : {})
    } finally {
      await database.close()
    }
    await ground.maintain(`alter database ${name}_new rename to ${name}`)
    return name
  })
}
