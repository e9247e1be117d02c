import pg from 'pg'
import type { Database } from './connect.ts'

/** Something was changed and committed. */
export interface ChangeEvent {
  workspaceId: string
  /** The deal whose facts, people or account it belongs to. */
  dealId?: string
  kind: string
  id: string
  version: number
  action: 'create' | 'update' | 'delete' | 'summary'
  actorId?: string
}
/** What a listener gets; `missed`: the connection was lost for a while, so look at everything anew. */
export type Heard = ChangeEvent | { missed: true }
export type Listener = (event: Heard) => void

/** Tells all processes what was changed, and hears it from them. */
export interface EventBus {
  /** After the commit. Never fails: who misses an event sees the change with the next look. */
  publish(events: readonly ChangeEvent[]): void
  /** Hears the changes of a workspace, of all workspaces with `*`. Resolves, when it listens, to what ends it. */
  subscribe(workspaceId: string, listener: Listener): Promise<() => void>
  /** Everything that was published by this process is out. */
  flushed(): Promise<void>
  close(): Promise<void>
}

const CHANNEL = 'sente_events'
/** PostgreSQL takes payloads below 8000 bytes. */
const MOST = 7_900
const RETRY_MS = 200
const GATHER_MS = 40

/**
 * Over LISTEN/NOTIFY. The notification is not part of the transaction that changes: committing with one takes a lock that all of the server
 * shares, so that writers would queue behind each other's fsync. It goes out right after, many in one, and may be lost with the process.
 */
export function eventBus(database: Database): EventBus {
  const listeners = new Map<string, Set<Listener>>()
  let waiting: ChangeEvent[] = []
  let sending: Promise<void> | undefined
  let connection: Promise<pg.Client> | undefined
  let closed = false

  async function send(): Promise<void> {
    // What else is committed meanwhile goes along; nobody who looks on notices the difference.
    await new Promise<void>((done) => void setTimeout(done, GATHER_MS))
    while (waiting.length > 0) {
      const events = waiting
      waiting = []
      await database.app
        .query(`select pg_notify('${CHANNEL}', payload) from unnest($1::text[]) payload`, [payloads(events)])
        .catch(() => {})
    }
    sending = undefined
  }

  function hear(payload: string | undefined): void {
    if (payload === undefined) return
    for (const event of JSON.parse(payload) as ChangeEvent[]) {
      for (const key of [event.workspaceId, '*']) for (const listener of listeners.get(key) ?? []) tell(listener, event)
    }
  }

  async function connect(): Promise<pg.Client> {
    for (;;) {
      // The pool hides its password from copies.
      const { options } = database.app
      const client = new pg.Client({
        ...options,
        ...(options.password === undefined ? {} : { password: options.password as string }),
        application_name: 'sente events',
      })
      try {
        client.on('error', () => {})
        await client.connect()
        client.on('notification', ({ payload }) => hear(payload))
        await client.query(`listen ${CHANNEL}`)
        client.once('end', () => void reconnect(client))
        return client
      } catch (error) {
        await client.end().catch(() => {})
        if (closed) throw error
        await new Promise<void>((done) => void setTimeout(done, RETRY_MS))
      }
    }
  }

  function reconnect(lost: pg.Client): void {
    lost.removeAllListeners('notification')
    if (closed) return
    connection = connect()
    connection.then(
      () => {
        for (const all of listeners.values()) for (const listener of all) tell(listener, { missed: true })
      },
      () => {},
    )
  }

  return {
    publish(events) {
      if (closed) return
      waiting.push(...events)
      sending ??= send()
    },
    async subscribe(workspaceId, listener) {
      let all = listeners.get(workspaceId)
      if (!all) listeners.set(workspaceId, (all = new Set()))
      all.add(listener)
      connection ??= connect()
      await connection
      return () => {
        all.delete(listener)
        if (all.size === 0 && listeners.get(workspaceId) === all) listeners.delete(workspaceId)
      }
    },
    flushed: async () => {
      await sending
    },
    async close() {
      closed = true
      await sending
      listeners.clear()
      await (await connection?.catch(() => undefined))?.end().catch(() => {})
    },
  }
}

/** One listener's fault is not another's. */
function tell(listener: Listener, event: Heard): void {
  try {
    listener(event)
  } catch (error) {
    console.error('a listener of changes failed', error)
  }
}

/** As few payloads as hold all events. */
function payloads(events: readonly ChangeEvent[]): string[] {
  const all: string[] = []
  let parts: string[] = []
  let bytes = 2
  for (const event of events) {
    const text = JSON.stringify(event)
    if (parts.length > 0 && bytes + text.length + 1 > MOST) {
      all.push(`[${parts.join()}]`)
      parts = []
      bytes = 2
    }
    parts.push(text)
    bytes += text.length + 1
  }
  return parts.length > 0 ? [...all, `[${parts.join()}]`] : all
}
