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

/**
 * A pool that waits for a server that is just being started again instead of failing; only taking a connection is repeated, never
 * a query, whose fate nobody knows.
 */
export class PatientPool extends pg.Pool {
  /** Milliseconds. */
  readonly #patience: number

  constructor(config: pg.PoolConfig, patience = 10_000) {
    super({ types, ...config })
    this.#patience = patience
    // An idle connection that breaks is replaced by the next one that is needed; unheard, the event would end the process.
    this.on('error', () => {})
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
    const deadline = performance.now() + this.#patience
    for (;;) {
      try {
        return await super.connect()
      } catch (error) {
        const { code = '', message } = error as Error & { code?: string }
        const may = COMES_BACK.has(code) || /Connection terminated unexpectedly/.test(message)
        if (!may || performance.now() > deadline || this.ending) throw error
        await sleep(25)
      }
    }
  }
}
