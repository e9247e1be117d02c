import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** What a server says, or the kernel in its place, while it is being started again. */
const COMES_BACK = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300'])

/** Days stay text (`2025-04-15`): as a `Date` they would move with the time zone. Counts are numbers; money stays exact text. */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, (text) => text],
  [
    pg.types.builtins.INT8,
    (text) => {
      const value = Number(text)
      if (!Number.isSafeInteger(value))
        throw new Error(`The integer ${text} is too large for a number: select it as text.`)
      return value
    },
  ],
])
const DAY_ARRAY: number = 1182
const TEXT_ARRAY: number = 1009

const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === DAY_ARRAY && format !== 'binary') return pg.types.getTypeParser(TEXT_ARRAY, 'text')
    return (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format)
  },
}

/** What the driver says of a connection that broke, or that is ended with the program. */
const GONE =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool|Query read timeout)/
/** What the kernel and the server say of it. */
const ENDED = /^(ECONNRESET|EPIPE|57P0[123])$/

/** The connection broke while it was used: what was begun on it and not committed is taken back. */
export function isConnectionLost(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return ENDED.test(code) || GONE.test(message)
}

/** The server is just being started, or the connection to it broke: a later try may do. Also of an error that was caused so. */
export function comesBack(error: unknown): boolean {
  const { code = '', cause } = error as { code?: string; cause?: unknown }
  return COMES_BACK.has(code) || isConnectionLost(error) || (cause !== undefined && comesBack(cause))
}

/** Every connection is busy and stayed so; nothing was done, and a second try may do. */
export class NoConnection extends Error {
  constructor(pool: string, milliseconds: number, options?: ErrorOptions) {
    super(`no connection of ${pool} within ${milliseconds} ms`, options)
    this.name = 'NoConnection'
  }
}

/** A fault of the program: code that holds a connection asks for one that it might wait for while others wait for its own. */
export class HeldConnection extends Error {
  constructor(pool: string, held: string) {
    super(`A connection of ${held} is held, and one of ${pool} is asked for: pass on the one that is there.`)
    this.name = 'HeldConnection'
  }
}

/** What a program may do with a pool: ask one question, or hold a connection for as long as `work` takes. There is no other way to one. */
export interface Connections {
  query: pg.Pool['query']
  /** Whoever holds a connection gets none from this pool or one of a higher rank, so that no circle of waiting can close. */
  hold<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>
  /** The same for as long as a generator is read. */
  holdWhile<T>(work: (client: pg.PoolClient) => AsyncGenerator<T>): AsyncGenerator<T>
  readonly options: pg.PoolOptions
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

export interface PoolConfig extends pg.PoolConfig {
  /** The pools of one database that one program has. */
  family: object
  /** Where it stands among them: whoever holds a connection may ask pools of a lower rank only. */
  rank: number
  /** Milliseconds after which whoever asks for a connection is told that there is none. */
  acquireMs: number
  /** Milliseconds for which a server that is being started again is waited for. */
  patienceMs?: number
}

interface Holding {
  pool: PatientPool
  released: boolean
}
const holding = new AsyncLocalStorage<Holding>()

/**
 * A pool that waits for a server that is just being started again instead of failing; only taking a connection is repeated, never
 * a query, whose fate nobody knows.
 */
export class PatientPool extends pg.Pool implements Connections {
  readonly #patience: number
  readonly #acquire: number
  readonly #family: object
  readonly #rank: number
  readonly #name: string
  readonly #clients = new Set<pg.PoolClient>()
  /** Those that wait for a connection; the driver's pool forgets them when it ends, until their time is over. */
  readonly #waiting = new Set<() => void>()

  constructor({ family, rank, acquireMs, patienceMs = 10_000, ...config }: PoolConfig) {
    super({ types, connectionTimeoutMillis: acquireMs, ...config })
    this.#patience = patienceMs
    this.#acquire = acquireMs
    this.#family = family
    this.#rank = rank
    this.#name = config.application_name ?? 'the database'
    // A connection that breaks while nobody uses it is replaced by the next one that is needed.
    this.on('error', () => {})
    this.on('connect', (client) => {
      // One that breaks while it is used fails the query under way, or the next one. Unheard, the event would end the process.
      client.on('error', () => {})
      this.#clients.add(client)
    })
    this.on('remove', (client) => this.#clients.delete(client))
  }

  async hold<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.connect()
    const held: Holding = { pool: this, released: false }
    let lost = false
    try {
      return await holding.run(held, () => work(client))
    } catch (error) {
      // The server says that it ends the connection before it does.
      lost = isConnectionLost(error)
      throw error
    } finally {
      held.released = true
      client.release(lost || isInTransaction(client))
    }
  }

  async *holdWhile<T>(work: (client: pg.PoolClient) => AsyncGenerator<T>): AsyncGenerator<T> {
    const client = await this.connect()
    const held: Holding = { pool: this, released: false }
    const items = work(client)
    try {
      for (;;) {
        const { done, value } = await holding.run(held, () => items.next())
        if (done === true) return
        yield value as T
      }
    } finally {
      await holding.run(held, () => items.return(undefined)).catch(() => {})
      held.released = true
      client.release(isInTransaction(client))
    }
  }

  /** Ends when all connections are given back; those that are still in use after `milliseconds` are cut, and their transactions roll back. */
  async endWithin(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const cut = new Promise<unknown>((resolve) => {
      timer = setTimeout(() => {
        const clients = [...this.#clients]
        // Whoever holds one and asks nothing does not notice, and never gives it back.
        resolve(Promise.all(clients.map((client) => new Promise<void>((gone) => client.once('end', gone)))))
        for (const { connection } of clients) connection.stream.destroy()
      }, milliseconds)
    })
    const ended = this.end()
    for (const turnAway of this.#waiting) turnAway()
    await Promise.race([ended, cut]).finally(() => clearTimeout(timer))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(
    callback: (err: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): void
  override connect(
    callback?: (err: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): Promise<pg.PoolClient> | void {
    if (!callback) return this.#connect()
    this.#connect().then(
      (client) => callback(undefined, client, (release) => client.release(release as boolean)),
      (error: Error) => callback(error, undefined, () => {}),
    )
  }

  async #connect(): Promise<pg.PoolClient> {
    const held = holding.getStore()
    if (held && !held.released && held.pool.#family === this.#family && this.#rank >= held.pool.#rank)
      throw new HeldConnection(this.#name, held.pool.#name)
    const began = performance.now()
    for (;;) {
      try {
        return await this.#untilEnded(super.connect())
      } catch (error) {
        const { code = '', message } = error as Error & { code?: string }
        if (/^timeout exceeded|due to connection timeout/.test(message))
          throw new NoConnection(this.#name, this.#acquire, { cause: error })
        const may = COMES_BACK.has(code) || /Connection terminated unexpectedly/.test(message)
        if (!may || performance.now() - began > this.#patience || this.ending) throw error
        await sleep(25)
      }
    }
  }

  /** A connection that comes when nobody waits for it any more goes back. */
  #untilEnded(connecting: Promise<pg.PoolClient>): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) => {
      let waits = true
      const turnAway = (): void => {
        waits = false
        reject(new Error('Cannot use a pool after calling end on the pool'))
      }
      this.#waiting.add(turnAway)
      connecting
        .then((client) => (waits ? resolve(client) : client.release(true)), reject)
        .finally(() => this.#waiting.delete(turnAway))
    })
  }
}

/** What comes from elsewhere while a connection is held: whoever makes it holds none. */
export async function* fromOutside<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await holding.exit(() => iterator.next())
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await holding.exit(() => iterator.return?.())
  }
}

/** One that was left within a transaction is closed, and with it what nobody committed; the pool itself takes out those that broke. */
const isInTransaction = (client: pg.PoolClient): boolean => /[TE]/.test(client.getTransactionStatus() ?? '')
