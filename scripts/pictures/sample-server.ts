import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { hashPassword } from '../../packages/server/src/auth/passwords.ts'
import { TEAM } from '../../packages/server/src/sample/team.ts'
import { startServer } from '../../packages/server/src/server.ts'
import type { Database } from '../../packages/server/src/store/connect.ts'
import { eventBus } from '../../packages/server/src/store/events.ts'
import { settle } from '../../packages/server/src/store/summaries.ts'
import { buildWeb } from '../build-web.ts'

export interface SampleServer {
  origin: string
  /** The manager of the whole sample team. */
  email: string
  password: string
  close(): Promise<void>
}

/** The application, built anew, on a database of its own with the sample team, which stands the same way towards any day it is looked at. */
export async function sampleServer(): Promise<SampleServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sente-pictures-'))
  // The database runs as somebody else when we are root.
  chmodSync(folder, 0o755)
  const webFolder = join(folder, 'web')
  await buildWeb(webFolder, 'production', true)
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    http: true,
    jobs: false,
    sample: 'en',
    webFolder,
    logLevel: 'error',
    say: () => {},
    env: { SENTE_DATA: join(folder, 'data') },
  })
  return {
    origin: server.address!,
    ...(await fill(server.database)),
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Computes the summaries that a job would, and lets the manager of the sample team in. */
async function fill(database: Database): Promise<{ email: string; password: string }> {
  const loaded = loadMethodology(files)
  if (!('methodology' in loaded)) throw new Error('the methodology has faults')
  const store = { database, methodology: loaded.methodology, events: eventBus(database) }
  await settle(store)
  await store.events.close()
  const [password, { email }] = ['a picture of a morning', TEAM.members[0]]
  await database.owner.query(`update member set password_hash = $2, role = 'administrator' where email = $1`, [
    email,
    await hashPassword(password),
  ])
  return { email, password }
}
