import type pg from 'pg'
import type { Connections } from '../store/pool.ts'
import { readMigrations } from '../store/migrate.ts'
import type { Migration } from '../store/migrate.ts'
import { openArchive } from './archive.ts'
import type { Archive, Manifest } from './archive.ts'
import { BackupProblem } from './problem.ts'
import { tablesOf } from './take.ts'

export interface RestoreOptions {
  /** Take the place of what is there; without it a database with a workspace in it is refused. */
  replace?: boolean
  /** Folder of migrations; for tests. */
  folder?: string
  log?: (line: string) => void
}

/** Any number nothing else locks: two restores at once, or a restore while a server migrates, would tread on each other. */
const LOCK = 0x73656e7465
/** Rows inserted by one statement. */
const AT_ONCE = 1000

/**
 * Puts a backup in the place of the database. First the whole archive is checked; then everything happens in one transaction: the tables
 * are made as they were when the backup was taken, filled, and their references checked. `migrate` afterwards brings them up to date.
 */
export async function restoreBackup(owner: Connections, file: string, options: RestoreOptions = {}): Promise<Manifest> {
  const archive = await openArchive(file)
  try {
    const migrations = historyOf(file, archive.manifest, await readMigrations(options.folder))
    await owner.hold(async (client) => {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock($1)', [LOCK])
      if (options.replace !== true) await refuseFull(client)
      await clear(client)
      await build(client, migrations)
      await fill(client, file, archive, options.log)
      await client.query('commit')
    })
    return archive.manifest
  } finally {
    await archive.close()
  }
}

/** The migrations that make the form of the archive's data: a beginning of ours, or it is not from this product's past. */
function historyOf(file: string, manifest: Manifest, ours: readonly Migration[]): Migration[] {
  manifest.migrations.forEach(({ name, checksum }, i) => {
    const here = ours[i]
    if (here === undefined) {
      throw new BackupProblem('newer-archive', {
        en: `${file} comes from a newer Sente (it has had ${name}). Nothing was changed. Restore it with that version.`,
        zh: `${file} 来自更新版本的 Sente（它已应用 ${name}）。没有作任何改动。请用那个版本恢复。`,
      })
    }
    if (here.name === name && here.checksum === checksum) return
    throw new BackupProblem('other-history', {
      en: `${file} was taken from a database whose ${name} was not this Sente's ${here.name}. Nothing was changed. Restore it with the version that wrote it.`,
      zh: `${file} 所来自的数据库，其 ${name} 与此版 Sente 的 ${here.name} 不同。没有作任何改动。请用写出它的版本恢复。`,
    })
  })
  return ours.slice(0, manifest.migrations.length)
}

async function refuseFull(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('workspace') is not null as there`)
  if (!rows[0]!.there) return
  await client.query('set local row_security = off')
  const { rows: found } = await client.query<{ name: string }>('select name from workspace limit 3')
  if (found.length === 0) return
  const names = found.map(({ name }) => name).join(', ')
  throw new BackupProblem('not-empty', {
    en: `The database is not empty (${names}). Nothing was changed. Restore into an empty one, or say --replace to put the backup in its place; take a backup of it first.`,
    zh: `数据库不是空的（${names}）。没有作任何改动。请恢复到空的数据库，或用 --replace 让备份取而代之（请先为它做备份）。`,
  })
}

/** Takes out our tables and functions; what else lies in the database stays. */
async function clear(client: pg.ClientBase): Promise<void> {
  await client.query(`do $$
    declare it record;
    begin
      for it in select c.oid::regclass as name from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' loop
        execute format('drop table if exists %s cascade', it.name);
      end loop;
      for it in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = current_schema()::regnamespace
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
        execute format('drop routine if exists %s cascade', it.name);
      end loop;
    end $$`)
}

async function build(client: pg.ClientBase, migrations: readonly Migration[]): Promise<void> {
  // As `migrate` makes it.
  await client.query(
    `create table sente_migration (name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())`,
  )
  for (const { name, sql, checksum } of migrations) {
    await client.query(sql)
    await client.query('insert into sente_migration (name, checksum) values ($1, $2)', [name, checksum])
  }
}

interface ForeignKey {
  table: string
  name: string
  definition: string
}

/** The columns of each table that rows are written with: those that the database computes by itself are left to it. */
async function writtenColumns(client: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ table: string; columns: string }>(
    `select relname as table, string_agg(quote_ident(attname), ', ' order by attnum) as columns
     from pg_class
     join pg_attribute on attrelid = pg_class.oid
     where relnamespace = current_schema()::regnamespace
       and relkind = 'r'
       and attnum > 0
       and not attisdropped
       and attgenerated = ''
     group by relname`,
  )
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

async function fill(client: pg.ClientBase, file: string, archive: Archive, log: RestoreOptions['log']): Promise<void> {
  const known = new Set((await tablesOf(client)).map(({ name }) => name))
  const { manifest } = archive
  const stranger = manifest.parts.find(({ table }) => !known.has(table))
  if (stranger)
    throw new BackupProblem('other-history', {
      en: `${file} holds a table ${stranger.table} that its own version does not have.`,
      zh: `${file} 含有其版本没有的表 ${stranger.table}。`,
    })
  // References are taken off while rows come in and checked as a whole at the end: rows point to rows that come later.
  const { rows: keys } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint
     where contype = 'f' and connamespace = current_schema()::regnamespace
     order by 1, 2`,
  )
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  const columns = await writtenColumns(client)
  for (const part of manifest.parts) {
    const list = columns.get(part.table)!
    const lines = (await archive.lines(part)).split('\n').filter((line) => line !== '')
    for (let at = 0; at < lines.length; at += AT_ONCE) {
      await client.query(
        `insert into "${part.table}" (${list})
         select ${list}
         from json_populate_recordset(null::"${part.table}", $1::json)`,
        [`[${lines.slice(at, at + AT_ONCE).join(',')}]`],
      )
    }
    log?.(`${part.name} ${part.rows}`)
  }
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
}
