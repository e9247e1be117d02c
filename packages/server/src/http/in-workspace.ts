import { sql } from 'kysely'
import type { Tx } from './operation.ts'
import type { Database } from '../store/connect.ts'

/** One transaction that sees one workspace and nothing else. */
export function inWorkspace<T>(db: Database, workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('sente.workspace', ${workspaceId}, true)`.execute(tx)
    return work(tx)
  })
}

/** Deadlocks and failed serializations: the database asks to do it again. */
const AGAIN = new Set(['40001', '40P01'])
const TRIES = 4

/** The same, run again from its start when the database asks for it. */
export async function inWorkspaceAgain<T>(db: Database, workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await inWorkspace(db, workspaceId, work)
    } catch (error) {
      if (tries >= TRIES || !AGAIN.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}
