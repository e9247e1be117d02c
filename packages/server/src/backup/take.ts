import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type pg from 'pg'
import type { Connections } from '../store/pool.ts'
import { writeProblem } from '../exchange/files/write-problem.ts'
import { ArchiveWriter } from './archive.ts'
import type { Manifest } from './archive.ts'
import { BackupProblem } from './problem.ts'

/**
 * Tables whose rows are not worth keeping: sign-ins and failed ones, answers kept for a repeated request, and briefs that are
 * computed again. The tables themselves come back empty.
 */
const NOT_KEPT = new Set(['session', 'sign_in_guard', 'idempotency', 'brief_cache'])
/** Tables of the migrations themselves; the manifest holds what they say. */
const MIGRATIONS = 'sente_migration'
/** Rows fetched at once, and the size at which a part is closed. */
const FETCH = 2000
const PART = 8 * 1024 * 1024

/** All tables of ours, those that others point to before those that point. */
export async function tablesOf(client: pg.ClientBase): Promise<{ name: string; key: string[] }[]> {
  const { rows } = await client.query<{ name: string; key: string[] | null }>(
    `select c.relname as name,
       (select array_agg(quote_ident(a.attname) order by k.n)
         from pg_index i
         cross join unnest(i.indkey) with ordinality as k(attnum, n)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
          where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> $1
     order by c.relname`,
    [MIGRATIONS],
  )
  return rows.map(({ name, key }) => ({ name, key: key ?? [] }))
}

/**
 * Writes a backup of everything: one consistent look at all tables (repeatable read), while others go on reading and writing. The file
 * appears under its name only when it is whole and on disk.
 */
export async function takeBackup(
  owner: Connections,
  file: string,
  now: () => Date = () => new Date(),
): Promise<Manifest> {
  const there = await stat(file).catch(() => undefined)
  if (there?.isDirectory())
    throw new BackupProblem('unreadable', writeProblem(file, Object.assign(new Error(), { code: 'EISDIR' })))
  const beside = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}.tmp`)
  const handle = await open(beside, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new BackupProblem('unreadable', writeProblem(file, error), error)
  })
  try {
    const manifest = await writeBackup(
      owner,
      async (bytes) => {
        await handle.writeFile(bytes)
      },
      now,
    )
    await handle.sync()
    await handle.close()
    await rename(beside, file)
    return manifest
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(beside, { force: true })
    throw error
  }
}

/** The same into any stream; `write` waits until there is room. */
export async function writeBackup(
  owner: Connections,
  write: (bytes: Uint8Array) => Promise<void>,
  now: () => Date = () => new Date(),
): Promise<Manifest> {
  return owner.hold(async (client) => {
    await client.query('begin isolation level repeatable read read only')
    // Row level security would quietly give an empty backup to an owner it binds: better an error.
    await client.query('set local row_security = off')
    const writer = new ArchiveWriter(write)
    const takenAt = now().toISOString()
    const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
      `select name, checksum from ${MIGRATIONS} order by name`,
    )
    const counts: Record<string, number> = {}
    for (const { name, key } of await tablesOf(client))
      counts[name] = NOT_KEPT.has(name) ? 0 : await writeTable(client, writer, name, key)
    const manifest = await writer.end({ takenAt, migrations, rows: counts })
    await client.query('commit')
    return manifest
  })
}

async function writeTable(
  client: pg.ClientBase,
  writer: ArchiveWriter,
  table: string,
  key: readonly string[],
): Promise<number> {
  // By key, so that two backups of the same data are the same bytes.
  await client.query(
    `declare rows no scroll cursor for
     select row_to_json(t)::text as line
     from "${table}" t ${key.length > 0 ? `order by ${key.join(', ')}` : ''}`,
  )
  let [lines, size, inPart, total]: [string[], number, number, number] = [[], 0, 0, 0]
  const flush = async (): Promise<void> => {
    if (inPart === 0) return
    await writer.part(table, lines.join(''), inPart)
    ;[lines, size, inPart] = [[], 0, 0]
  }
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${FETCH} from rows`)
    for (const { line } of rows) {
      lines.push(`${line}\n`)
      size += line.length
      inPart++
      total++
      if (size >= PART) await flush()
    }
    if (rows.length < FETCH) break
  }
  await flush()
  await client.query('close rows')
  return total
}
