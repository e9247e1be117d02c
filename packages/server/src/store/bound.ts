import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type pg from 'pg'
import type { Tables } from './tables.ts'

const known = new WeakMap<pg.PoolClient, Kysely<Tables>>()

/** Typed queries on one connection, whose transaction somebody else begins and ends. Made once per connection. */
export function boundKysely(client: pg.PoolClient): Kysely<Tables> {
  let kysely = known.get(client)
  if (!kysely) {
    kysely = new Kysely<Tables>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new Bound(client),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    })
    known.set(client, kysely)
  }
  return kysely
}

class Bound implements Driver {
  readonly #connection: DatabaseConnection
  constructor(client: pg.PoolClient) {
    this.#connection = {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, rowCount, command } = await client.query(sql, parameters as unknown[])
        return {
          rows: rows as R[],
          ...(command === 'SELECT' || rowCount === null ? {} : { numAffectedRows: BigInt(rowCount) }),
        }
      },
      streamQuery: () => {
        throw new Error('A transaction of the store does not stream: page with a cursor.')
      },
    } as DatabaseConnection
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
  async beginTransaction(): Promise<void> {
    throw new Error('There is one transaction already: use it as it is.')
  }
  commitTransaction(): Promise<void> {
    return this.beginTransaction()
  }
  rollbackTransaction(): Promise<void> {
    return this.beginTransaction()
  }
}
