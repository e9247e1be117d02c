import { execFile } from 'node:child_process'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import './global-setup.ts'
import { openCluster } from '../../src/store/cluster/cluster.ts'
import { withLock } from '../../src/store/cluster/lock.ts'

/**
 * Puts a cluster into a data folder, stopped, with one table `kept` that holds the number 7. Making one takes a second and more, so a
 * run makes one and copies it.
 */
export async function copyOfOriginal(run: string, folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const original = join(run, 'original')
  await mkdir(original, { recursive: true, mode: 0o755 })
  await withLock(join(run, 'original.lock'), async () => {
    if (await stat(join(original, 'cluster')).catch(() => undefined)) return
    const cluster = await openCluster({ folder: original, durable: false })
    const client = new pg.Client(cluster.connection('sente', 'owner'))
    await client.connect()
    await client.query('create table kept as select 7 as n')
    await client.end()
    await cluster.stop()
  })
  // Owners, rights and links as they are.
  await promisify(execFile)('cp', ['-Rp', join(original, 'cluster'), folder])
}
