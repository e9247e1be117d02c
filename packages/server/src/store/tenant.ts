import type { Methodology, PlainDate } from '@sente/engine'
import type pg from 'pg'
import { newId } from './ids.ts'
import { messagesOf, OUTBOX } from './outbox.ts'
import { isConnectionLost } from './pool.ts'
import type { Database } from './connect.ts'
import type { Rights } from './field-rights.ts'
import type { ChangeEvent, EventBus } from './events.ts'

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
  /** What they may; absent: the program itself, everything. */
  rights?: Rights
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
  /** Whose work it is may see and write so much; `undefined`: the program itself. */
  readonly rights: Rights
  readonly today: PlainDate | undefined
  /** Told to everybody once the transaction is committed. */
  readonly events: ChangeEvent[]
  /** A query by its text; one with a name (any, it need not be unique) is planned once per connection, which saves large ones milliseconds. */
  rows: <R extends pg.QueryResultRow>(text: string, values?: readonly unknown[], name?: string) => Promise<R[]>
}

interface TxOptions {
  /** A transaction that only reads may not write. */
  readOnly?: boolean
  /** How often it is run again when the database asks for it (deadlock) or its connection breaks before the end; 0 where `work` does more than `tx` can take back. */
  again?: number
  /** Waits for no disk: what a power cut takes away must be made good by whoever asks for this. */
  lazy?: boolean
  /** Whose connection it takes; `app` unless told. */
  pool?: 'app' | 'batches'
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
  { readOnly = false, again = 3, lazy = false, pool = 'app' }: TxOptions = {},
): Promise<T> {
  if (!UUID.test(who.workspaceId)) throw new RangeError('not the id of a workspace')
  const changeSet = who.changeSet ?? newId()
  for (let left = again; ; left--) {
    const progress = { committing: false }
    try {
      // The connection is kept for the next try: whoever waits for this work with a connection in hand must not be waited for.
      const { value, events } = await store.database[pool].hold(async (client) => {
        for (; ; left--) {
          try {
            return await once(client, store, who, changeSet, work, { readOnly, lazy, progress })
          } catch (error) {
            if (left <= 0 || !AGAIN.has((error as { code?: string }).code ?? '')) throw error
          }
        }
      })
      if (events.length > 0) store.events.publish(events)
      return value
    } catch (error) {
      // A connection that broke before its transaction was to be committed took all of it back; later nobody knows.
      if (left <= 0 || progress.committing || !isConnectionLost(error)) throw error
    }
  }
}

async function once<T>(
  client: pg.PoolClient,
  store: Store,
  who: Who,
  changeSet: string,
  work: (tx: Tx) => Promise<T>,
  { readOnly, lazy, progress }: { readOnly: boolean; lazy: boolean; progress: { committing: boolean } },
): Promise<{ value: T; events: ChangeEvent[] }> {
  try {
    const began = beginWith(client, who.workspaceId, { readOnly, lazy })
    const tx = txOn(store, who, changeSet, client)
    const value = await work(tx)
    await began
    if (!readOnly) await keepForWebhooks(client, tx)
    progress.committing = true
    await client.query('commit')
    return { value, events: tx.events }
  } catch (error) {
    progress.committing &&= isConnectionLost(error)
    // Where that fails the pool closes the connection.
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** What webhooks are to be told of it is written with the change. */
async function keepForWebhooks(client: pg.PoolClient, { workspaceId, changeSet, events }: Tx): Promise<void> {
  const messages = messagesOf(events, changeSet)
  if (messages.length === 0) return
  const part = (name: 'id' | 'type' | 'body'): string[] => messages.map((message) => message[name])
  await client.query({
    name: 'webhook_outbox',
    text: OUTBOX,
    values: [workspaceId, part('id'), part('type'), part('body')],
  })
}

/**
 * Begins, bound to a workspace (whose id was checked to be nothing else), in one message with the first query: what is written until the program
 * comes to rest goes out together, and the connection waits for no answer before it sends the next question. Should it fail, row level security
 * lets nothing through.
 */
function beginWith(
  client: pg.PoolClient,
  workspaceId: string,
  { readOnly, lazy, snapshot = false }: { readOnly: boolean; lazy: boolean; snapshot?: boolean },
): Promise<unknown> {
  const { stream } = client.connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  const began = client.query(
    `begin${snapshot ? ' isolation level repeatable read' : ''}${readOnly ? ' read only' : ''}; set local sente.workspace = '${workspaceId}'; set local timezone = 'UTC'${lazy ? '; set local synchronous_commit = off' : ''}`,
  )
  // Heard when the work is done.
  began.catch(() => {})
  return began
}

function txOn(store: Store, who: Who, changeSet: string, client: pg.PoolClient): Tx {
  return {
    ...shared(store, who, changeSet),
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

function shared(store: Store, who: Who, changeSet: string): Omit<Tx, 'rows'> {
  return {
    store,
    workspaceId: who.workspaceId,
    actorId: who.actorId,
    via: who.via,
    changeSet,
    rights: who.rights,
    today: who.today,
    events: [],
  }
}

/**
 * One moment of the database, seen by one workspace for as long as `read` is read: nothing may be written in it. On a connection of its own kind, since
 * whoever reads decides how long it takes.
 */
export function snapshotOf<T>(store: Store, who: Who, read: (tx: Tx) => AsyncGenerator<T>): AsyncGenerator<T> {
  if (!UUID.test(who.workspaceId)) throw new RangeError('not the id of a workspace')
  return store.database.long.holdWhile(async function* (client) {
    const began = beginWith(client, who.workspaceId, { readOnly: true, lazy: false, snapshot: true })
    try {
      await began
      yield* read(txOn(store, who, who.changeSet ?? newId(), client))
    } finally {
      await client.query('rollback').catch(() => {})
    }
  })
}
