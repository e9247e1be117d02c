import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Connections } from './pool.ts'
import { StoreProblem } from './problem.ts'

/** Where the product's migrations lie. */
export const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url))

export interface Migration {
  /** `0001-tables.sql` */
  name: string
  sql: string
  /** SHA-256 of the text with Unix line ends, so that a checkout on Windows is the same. */
  checksum: string
}

interface Applied {
  name: string
  checksum: string
}

export interface MigrateOptions {
  folder?: string
  /** Told the name of each migration as it is applied. */
  log?: (line: string) => void
}

/** Any number that nothing else in the database locks: the letters of "sente". */
const LOCK = 0x73656e7465

const TABLE = `create table if not exists sente_migration (
  name text primary key,
  checksum text not null,
  applied_at timestamptz not null default clock_timestamp()
)`

/**
 * Brings the database up to date: applies the files it has not seen, in order, each in a transaction of its own. Several processes
 * may do this at once; one works, the others wait and find it done. Throws a `StoreProblem` and changes nothing when what was
 * applied is not what is here.
 */
export async function migrate(owner: Connections, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(options.folder)
  return owner.hold(async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    try {
      await client.query(TABLE)
      const pending = pendingOf(migrations, await appliedTo(client))
      for (const migration of pending) {
        await apply(client, migration)
        options.log?.(migration.name)
      }
      return { applied: pending.map(({ name }) => name) }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {})
    }
  })
}

/** What would be applied; nothing is changed. Throws like `migrate` when the database does not fit. */
export async function pendingMigrations(owner: Connections, folder?: string): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const { rows } = await owner.query<{ there: boolean }>(`select to_regclass('sente_migration') is not null as there`)
  return pendingOf(migrations, rows[0]!.there ? await appliedTo(owner) : []).map(({ name }) => name)
}

/** Reads and checks the files of a folder: `NNNN-name.sql`, numbered without gaps from 0001. */
export async function readMigrations(folder = MIGRATIONS): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name, index) => {
      const number = String(index + 1).padStart(4, '0')
      if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name) || !name.startsWith(number)) {
        throw new StoreProblem('bad-migration', {
          en: `${join(folder, name)}: a migration is called NNNN-name.sql; the next number here is ${number}.`,
          zh: `${join(folder, name)}：迁移文件应命名为 NNNN-name.sql，此处的编号应为 ${number}。`,
        })
      }
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function appliedTo(client: Connections | pg.ClientBase): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(`select name, checksum
    from sente_migration
    order by name`)
  return rows
}

function pendingOf(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  applied.forEach(({ name, checksum }, index) => {
    const here = migrations[index]
    if (here === undefined) {
      throw new StoreProblem('newer-database', {
        en: `The database is newer than this Sente: it has had ${name}. Start the newer Sente, or restore a backup into another database.`,
        zh: `数据库比此版 Sente 更新：它已应用 ${name}。请使用更新版本的 Sente，或将备份恢复到另一个数据库。`,
      })
    }
    if (here.name === name && here.checksum === checksum) return
    throw new StoreProblem('changed-migration', {
      en: `${name} was applied to this database, and is not what lies here as ${here.name} (it was changed afterwards). Put the original file back; changes go into a new migration.`,
      zh: `数据库已应用的 ${name} 与此处的 ${here.name} 不一致（事后被修改）。请恢复原文件，改动应写入新的迁移文件。`,
    })
  })
  return migrations.slice(applied.length)
}

async function apply(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into sente_migration (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    const { message, position } = cause as Error & { position?: string }
    const line = position ? `:${sql.slice(0, Number(position)).split('\n').length}` : ''
    throw new StoreProblem(
      'failed-migration',
      {
        en: `${name}${line}: ${message}. Nothing of this file was applied.`,
        zh: `${name}${line}：${message}。此文件未作任何改动。`,
      },
      cause,
    )
  }
}
