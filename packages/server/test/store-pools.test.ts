import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/store/connect.ts'
import type { Database, OpenOptions } from '../src/store/connect.ts'
import { eventBus } from '../src/store/events.ts'
import { HeldConnection, NoConnection } from '../src/store/pool.ts'
import { snapshotOf, withWorkspace } from '../src/store/tenant.ts'
import type { Store } from '../src/store/tenant.ts'
import { makeWorkspace } from './support/application.ts'
import { eachDatabase } from './support/database.ts'

eachDatabase((db, kind) => {
  const open = async (options: OpenOptions = {}): Promise<Database> => {
    const database = await openDatabase({ env: db.env, ...options })
    onTestFinished(() => database.close())
    return database
  }
  const storeOf = (database: Database): Store => {
    const events = eventBus(database)
    onTestFinished(() => events.close())
    return { database, events, methodology: {} as Store['methodology'] }
  }

  /** On our own server no role may end another's connections, but the system may. */
  const kill = async (pid: number): Promise<void> => {
    if (kind === 'embedded') process.kill(pid, 'SIGTERM')
    else await db.owner.query('select pg_terminate_backend($1)', [pid])
  }

  test('who holds a connection cannot ask the same pool, or one above, for another', async () => {
    await expect(db.app.hold(() => db.app.query('select 1'))).rejects.toThrow(HeldConnection)
    await expect(db.app.hold(() => db.owner.query('select 1'))).rejects.toThrow(HeldConnection)
    await expect(db.owner.hold(() => db.owner.hold(async () => 1))).rejects.toThrow(HeldConnection)
    // Downwards is allowed: circles of waiting cannot close.
    expect(await db.long.hold(() => db.owner.hold(() => db.app.hold(async () => 1)))).toBe(1)
    const { id } = await makeWorkspace(db)
    const store = storeOf(db)
    const nested = withWorkspace(store, { workspaceId: id, via: 'test' }, () =>
      withWorkspace(store, { workspaceId: id, via: 'test' }, async () => 1),
    )
    await expect(nested).rejects.toThrow(HeldConnection)
  })

  test('what was begun while a connection was held may ask for one once it is given back', async () => {
    let release!: () => void
    const released = new Promise<void>((resolve) => (release = resolve))
    let later: Promise<unknown> | undefined
    await db.app.hold(async () => {
      later = released.then(() => db.app.query('select 1 as one'))
    })
    release()
    expect(await later).toMatchObject({ rows: [{ one: 1 }] })
  })

  test('a connection that does not come in time is an answer, not a wait for ever', async () => {
    const small = await open({ connections: 1, limits: { acquireMs: 500 } })
    let done!: () => void
    const busy = small.app.hold(() => new Promise<void>((resolve) => (done = resolve)))
    await expect(small.app.query('select 1')).rejects.toThrow(NoConnection)
    done()
    await busy
    expect(await small.app.query('select 1 as one')).toMatchObject({ rows: [{ one: 1 }] })
  })

  test('a connection that is killed while it is used fails its work and nothing else', async () => {
    const other = await open({ connections: 2 })
    const pidOf = async (client: { query: Database['app']['query'] }): Promise<number> =>
      (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid
    // Within a query, between two, and on each pool.
    for (const name of ['app', 'owner', 'long', 'batches'] as const) {
      await expect(
        other[name].hold(async (client) => {
          const pid = await pidOf(client)
          const asleep = client.query('select pg_sleep(60)')
          asleep.catch(() => {})
          await kill(pid)
          await asleep
        }),
      ).rejects.toMatchObject({ code: '57P01' })
      await expect(
        other[name].hold(async (client) => {
          const ended = new Promise((resolve) => client.once('end', resolve))
          await kill(await pidOf(client))
          await ended
          await client.query('select 1')
        }),
      ).rejects.toThrow()
      expect(await other[name].query('select 1 as one')).toMatchObject({ rows: [{ one: 1 }] })
    }
  })

  test('work whose connection breaks before its commit is done again, once in effect', async () => {
    const { id } = await makeWorkspace(db)
    const store = storeOf(await open({ connections: 2 }))
    let tries = 0
    await withWorkspace(store, { workspaceId: id, via: 'test' }, async (tx) => {
      await tx.rows(`insert into account (workspace_id, id, name) values ($1, gen_random_uuid(), 'Once')`, [id])
      const [row] = await tx.rows<{ pid: number }>('select pg_backend_pid() as pid')
      if (++tries > 1) return
      await kill(row!.pid)
      await tx.rows('select pg_sleep(60)')
    })
    const { rows } = await db.owner.query('select name from account where workspace_id = $1', [id])
    expect([tries, rows]).toEqual([2, [{ name: 'Once' }]])
  })

  test('a program that ends does not wait for who never gives a connection back', async () => {
    const other = await openDatabase({ env: db.env, limits: { lastWordsMs: 30 } })
    const stuck = other.app.hold((client) => client.query('select pg_sleep(600)'))
    stuck.catch(() => {})
    let forget!: () => void
    const idle = other.owner.hold(() => new Promise<void>((resolve) => (forget = resolve)))
    await expect.poll(() => [other.app.totalCount, typeof forget]).toEqual([1, 'function'])
    await other.close()
    await expect(stuck).rejects.toThrow()
    forget()
    await idle
  })

  test('whoever waits for a connection when the program ends is told at once', async () => {
    const other = await openDatabase({ env: db.env, limits: { lastWordsMs: 30 } })
    const forget: (() => void)[] = []
    const holders = Array.from({ length: other.owner.options.max! }, () =>
      other.owner.hold(() => new Promise<void>((resolve) => forget.push(resolve))),
    )
    await expect.poll(() => forget.length).toBe(holders.length)
    const late = other.owner.query('select 1')
    late.catch(() => {})
    await other.close()
    await expect(late).rejects.toThrow('Cannot use a pool')
    for (const one of forget) one()
    await Promise.all(holders)
  })

  test('a snapshot that is left half read gives its connection back', async () => {
    const { id } = await makeWorkspace(db)
    const other = await open()
    const items = snapshotOf(storeOf(other), { workspaceId: id, via: 'test' }, async function* (tx) {
      for (;;) yield (await tx.rows<{ name: string }>('select name from workspace'))[0]!.name
    })
    expect(await items.next()).toEqual({ done: false, value: 'Test' })
    // It is one moment, however much is written meanwhile.
    await db.owner.query(`update workspace set name = 'Later' where id = $1`, [id])
    expect(await items.next()).toEqual({ done: false, value: 'Test' })
    await items.return(undefined)
    expect([other.long.totalCount, other.long.idleCount]).toEqual([1, 1])
  })
})
