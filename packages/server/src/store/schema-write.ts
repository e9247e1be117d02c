// Compares schema.sql with what the migrations make, and rewrites it with --write. Uses a database of its own.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connections } from './pool.ts'
import { openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'
import { dumpSchema } from './schema-dump.ts'

/** The files that are written from a migrated database. */
const FILES = [{ path: fileURLToPath(new URL('../../schema.sql', import.meta.url)), make: dumpSchema }]

/** The files that are not what `pool`, a migrated database, makes of them; with `write` they are made so. */
export async function staleFiles(pool: Connections, write = false): Promise<string[]> {
  const stale: string[] = []
  for (const { path, make } of FILES) {
    const wanted = await make(pool)
    if ((await readFile(path, 'utf8').catch(() => '')).replaceAll('\r\n', '\n') === wanted) continue
    stale.push(path)
    if (write) await writeFile(path, wanted)
  }
  return stale
}

async function main(write: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sente-schema-'))
  const database = await openDatabase({ env: { SENTE_DATA: folder }, cluster: { durable: false } })
  try {
    await migrate(database.owner)
    const stale = await staleFiles(database.owner, write)
    for (const path of stale)
      console.log(write ? `${path}: written` : `${path}: not what the migrations make; run with --write`)
    if (stale.length === 0) console.log('the schema files are current')
    process.exitCode = stale.length > 0 && !write ? 1 : 0
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] && import.meta.filename === process.argv[1]) await main(process.argv.includes('--write'))
