import { afterAll, beforeAll } from 'vitest'
import type { ImportRun } from '@sente/api'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import type { RowFault } from '../../src/exchange/files/problem.ts'
import { runImport } from '../../src/exchange/import/run.ts'
import type { ImportOptions } from '../../src/exchange/import/run.ts'
import { listFaults } from '../../src/exchange/import/runs.ts'
import { eventBus } from '../../src/store/events.ts'
import { withWorkspace } from '../../src/store/tenant.ts'
import type { Store } from '../../src/store/tenant.ts'
import type { Viewer } from '../../src/store/visibility.ts'
import { makeWorkspace } from './application.ts'
import type { TestWorkspace } from './application.ts'
import type { TestDatabase } from './database.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const method = loaded.methodology

type Who = 'administrator' | 'seller'

export const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
/** In small pieces, so that rows and characters are cut anywhere. */
export async function* pieces(text: string | Uint8Array, size = 777): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Imports into the workspace that `fresh` made last. Call it where hooks may be registered. */
export class Importing {
  readonly #db: TestDatabase
  store!: Store
  w!: TestWorkspace

  constructor(db: TestDatabase) {
    this.#db = db
    beforeAll(() => {
      this.store = { database: db, methodology: method, events: eventBus(db) }
    })
    afterAll(() => this.store.events.close())
  }

  fresh = async (): Promise<TestWorkspace> => (this.w = await makeWorkspace(this.#db))

  viewer = (role: Who): Viewer => ({
    memberId: this.w.members[role].id,
    role,
    teamIds: [],
    write: true,
    sensitive: true,
  })

  load = async (
    body: string | Uint8Array | AsyncIterable<Uint8Array>,
    options: ImportOptions,
    role: Who = 'administrator',
  ): Promise<{ run: ImportRun; faults: RowFault[] }> => {
    const { store } = this
    const who = { workspaceId: this.w.id, actorId: this.w.members[role].id, via: 'import' }
    const run = await runImport(
      store,
      who,
      this.viewer(role),
      typeof body === 'string' || body instanceof Uint8Array ? pieces(body) : body,
      options,
    )
    return { run, faults: await withWorkspace(store, who, (tx) => listFaults(tx, run.id, 1000, undefined)) }
  }

  /** Rows of the database past every rule; `$w` is the workspace. */
  rows = async <R extends object>(sql: string): Promise<R[]> =>
    (await this.#db.owner.query<R>(sql.replaceAll('$w', `'${this.w.id}'`))).rows
}
