import type { Methodology, PlainDate } from '@sente/engine'
import { CompiledQuery } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type pg from 'pg'
import { newId } from './ids.ts'
import { boundKysely } from './bound.ts'
import type { Database } from './connect.ts'
import type { ChangeEvent, EventBus } from './events.ts'
import type { Tables } from './tables.ts'

/** What the functions of the store share for the life of the process. */
export interface Store {
  database: Database
  methodology: Methodology
  events: EventBus
}

/** Who does it, for which workspace, by which way; all that one request changes has one change set. */
export interface Who {
  workspaceId: string
  /** The member; absent: the program itself. */
  actorId?: string | undefined
  /** `web`, `api`, `cli`, `mcp`, `import`, `job` … */
  via: string
  changeSet?: string | undefined
  /** For tests and for a sample that must not look stale: the day it is, instead of the workspace's own. */
  today?: PlainDate | undefined
}

/** One transaction that sees one workspace and nothing else. Row level security is what keeps it so; `workspaceId` only repeats it. */
export interface Tx {
  readonly store: Store
  readonly workspaceId: string
  readonly actorId: string | undefined
  readonly via: string
  readonly changeSet: string
  readonly today: PlainDate | undefined
  /** Told to everybody once the transaction is committed. */
  readonly events: ChangeEvent[]
  /** Typed queries. */
  readonly db: Kysely<Tables>
  /** A query by its text; one with a name (any, it need not be unique) is planned once per connection, which saves large ones milliseconds. */
  rows: <R extends pg.QueryResultRow>(text: string, values?: readonly unknown[], name?: string) => Promise<R[]>
}

interface TxOptions {
  /** A transaction that only reads may not write. */
  readOnly?: boolean
  /** How often it is run again when the database asks for it (deadlock); 0 where `work` does more than `tx` can take back. */
  again?: number
  /** Waits for no disk: what a power cut takes away must be made good by whoever asks for this. */
  lazy?: boolean
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Deadlock, failed serialization: nothing was done, and a second try may do. */
const AGAIN = new Set(['40001', '40P01'])

/**
 * Runs `work` in a transaction that is bound to one workspace; commits when it returns, and then tells what was changed. What it throws rolls
 * everything back. After a deadlock it is run again from its start, so it has no effects but those of `tx`.
 */
export async function withWorkspace<T>(
  store: Store,
  who: Who,
  work: (tx: Tx) => Promise<T>,
  { readOnly = false, again = 3, lazy = false }: TxOptions = {},
): Promise<T> {
  if (!UUID.test(who.workspaceId)) throw new RangeError('not the id of a workspace')
  const changeSet = who.changeSet ?? newId()
  for (let left = again; ; left--) {
    try {
      const { value, events } = await once(store, who, changeSet, work, readOnly, lazy)
      if (events.length > 0) store.events.publish(events)
      return value
    } catch (error) {
      if (left <= 0 || !AGAIN.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

async function once<T>(
  store: Store,
  who: Who,
  changeSet: string,
  work: (tx: Tx) => Promise<T>,
  readOnly: boolean,
  lazy: boolean,
): Promise<{ value: T; events: ChangeEvent[] }> {
  const client = await store.database.app.connect()
  let broken: Error | undefined
  try {
    const began = beginWith(client, who.workspaceId, { readOnly, lazy })
    const tx = txOn(store, who, changeSet, client)
    const value = await work(tx)
    await began
    await client.query('commit')
    return { value, events: tx.events }
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost))
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * Begins, bound to a workspace (whose id was checked to be nothing else), in one message with the first query: what is written until the program
 * comes to rest goes out together, and the connection waits for no answer before it sends the next question. Should it fail, row level security
 * lets nothing through.
 */
function beginWith(
  client: pg.PoolClient,
  workspaceId: string,
  { readOnly, lazy }: { readOnly: boolean; lazy: boolean },
): Promise<unknown> {
  const { stream } = client.connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  const began = client.query(
    `begin${readOnly ? ' read only' : ''}; set local sente.workspace = '${workspaceId}'; set local timezone = 'UTC'${lazy ? '; set local synchronous_commit = off' : ''}`,
  )
  // Heard when the work is done.
  began.catch(() => {})
  return began
}

function txOn(store: Store, who: Who, changeSet: string, client: pg.PoolClient): Tx {
  return {
    ...shared(store, who, changeSet),
    get db() {
      return boundKysely(client)
    },
    rows: async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = [], name?: string) =>
      (await client.query<R>({ text, values: values as unknown[], ...(name ? { name: nameOf(text, name) } : {}) }))
        .rows,
  }
}

/** A name stands for one text only, whatever its callers call it. */
const names = new Map<string, string>()
function nameOf(text: string, hint: string): string {
  let name = names.get(text)
  if (!name) names.set(text, (name = `${hint}_${names.size}`.slice(-60)))
  return name
}

function shared(store: Store, who: Who, changeSet: string): Omit<Tx, 'db' | 'rows'> {
  return {
    store,
    workspaceId: who.workspaceId,
    actorId: who.actorId,
    via: who.via,
    changeSet,
    today: who.today,
    events: [],
  }
}

/**
 * The same over a transaction of Kysely that somebody else began and bound to the workspace. Its events are told by
 * `store.events.publish(tx.events)`, after the commit. Large queries are planned anew each time: prefer `withWorkspace`.
 */
export function txOver(store: Store, who: Who, db: Transaction<Tables>): Tx {
  return {
    ...shared(store, who, who.changeSet ?? newId()),
    db,
    rows: async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await db.executeQuery(CompiledQuery.raw(text, [...values]))).rows as R[],
  }
}
