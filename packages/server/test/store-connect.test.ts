import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/store/connect.ts'
import type { Database } from '../src/store/connect.ts'
import type { StoreProblem } from '../src/store/problem.ts'
import { eachDatabase, testDatabase } from './support/database.ts'
import type { TestDatabase } from './support/database.ts'

const open = async (env: NodeJS.ProcessEnv): Promise<Database> => {
  const database = await openDatabase({ env })
  onTestFinished(() => database.close())
  return database
}

const problemOf = (env: NodeJS.ProcessEnv): Promise<StoreProblem> =>
  open(env).then(
    () => expect.unreachable('It opened.'),
    (error: StoreProblem) => error,
  )

eachDatabase(
  (db, kind) => {
    beforeAll(async () => {
      await db.owner.query(`
        create table secret (workspace int, word text);
        insert into secret values (1, 'ours'), (2, 'theirs');
        alter table secret enable row level security;
        create policy own on secret using (workspace = current_setting('test.workspace', true)::int);
        grant select, insert on secret to sente_app;`)
    })

    /** In one connection of the application, as workspace 1. */
    const asOne = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
      db.app.hold(async (client) => {
        await client.query(`set test.workspace = '1'`)
        try {
          return await work(client)
        } finally {
          // What was set goes with the connection.
          await (client as unknown as pg.Client).end()
        }
      })

    test('the application works as sente_app, no superuser, bound by row level security', async () => {
      const { rows } = await db.app.query(
        'select current_user as me, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
      )
      expect(rows).toEqual([{ me: 'sente_app', rolsuper: false, rolbypassrls: false }])
      expect(
        (await db.owner.query('select current_user as me, rolsuper from pg_roles where rolname = current_user')).rows,
      ).toEqual([
        {
          me: kind === 'embedded' ? 'sente_owner' : expect.not.stringContaining('sente_app'),
          rolsuper: kind === 'embedded' ? false : expect.any(Boolean),
        },
      ])
      expect(await asOne((client) => client.query('select word from secret'))).toMatchObject({
        rows: [{ word: 'ours' }],
      })
      expect((await db.app.query('select word from secret')).rows).toEqual([])
      expect(db.kind).toBe(kind)
    })

    test.each([
      ['turn it off for the table', 'alter table secret disable row level security'],
      ['drop the policy', 'drop policy own on secret'],
      ['write for others', `insert into secret values (2, 'forged')`],
      ['be told that something was left out', 'set row_security = off; select * from secret'],
      ['become the owner', 'set role sente_owner'],
      ['give itself the right', 'alter role sente_app bypassrls'],
    ])('the application cannot %s', async (_, sql) => {
      await asOne(async (client) => {
        await expect(client.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|42704|22023)$/) })
      })
    })

    test('taking the role off comes back to it', async () => {
      for (const sql of ['reset role', 'discard all', 'reset all']) {
        await asOne(async (client) => {
          await client.query(sql)
          expect((await client.query('select current_user as me')).rows).toEqual([{ me: 'sente_app' }])
        })
      }
    })

    test('with a user of its own for the application there is no way to another role at all', async () => {
      // What DATABASE_URL alone gives on a foreign server is a user who can also be the owner: docs/decisions/0008 says so.
      const own = kind === 'embedded' ? db.env.SENTE_APP_DATABASE_URL! : await ownLogin()
      const database = await open({ ...db.env, SENTE_APP_DATABASE_URL: own })
      await database.app.hold(async (client) => {
        expect((await client.query('select current_user as me')).rows).toEqual([{ me: 'sente_app' }])
        await client.query('set role none')
        expect((await client.query('select word from secret')).rows).toEqual([])
        await expect(client.query('alter table secret disable row level security')).rejects.toMatchObject({
          code: '42501',
        })
        await client.query('reset role')
      })
    })

    async function ownLogin(): Promise<string> {
      const name = `app_${db.name}`
      await db.owner.query(`create role ${name} login password 'p%/w' in role sente_app`)
      return db.env.DATABASE_URL.replace(/\/\/[^@]*@/, `//${name}:${encodeURIComponent('p%/w')}@`)
    }

    test('another process opens the same database by its address', async () => {
      const other = await open(db.env)
      expect((await other.app.query('select current_user as me, current_database() as name')).rows).toEqual([
        { me: 'sente_app', name: db.name },
      ])
    })

    test('options in the address are kept, and do not replace the role', async () => {
      const joint = db.env.DATABASE_URL.includes('?') ? '&' : '?'
      const option = `${joint}options=${encodeURIComponent('-c statement_timeout=77s -c role=none')}`
      const env = Object.fromEntries(Object.entries(db.env).map(([name, url]) => [name, url + option]))
      const other = await open(env)
      expect(
        (await other.app.query(`select current_user as me, current_setting('statement_timeout') as patience`)).rows,
      ).toEqual([{ me: 'sente_app', patience: '77s' }])
    })
  },
  { migrations: false },
)

describe('DATABASE_URL', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await testDatabase({ kind: 'external', migrations: false })
  })
  afterAll(() => db?.close())
  const at = (change: (url: string) => string): NodeJS.ProcessEnv => ({ DATABASE_URL: change(db.env.DATABASE_URL) })

  test('an address that is none, a wrong password, a missing database and a silent server are told apart, without the password', async () => {
    expect(await problemOf({ DATABASE_URL: 'localhost:5432' })).toMatchObject({ code: 'bad-url' })
    const wrong = await problemOf(at((url) => url.replace(/:[^:@]*@/, ':hush@')))
    expect(wrong).toMatchObject({
      code: 'no-server',
      says: { en: expect.stringContaining('password authentication failed') },
    })
    expect(wrong.says.en).not.toContain('hush')
    expect(await problemOf(at((url) => url.replace(db.name, 'nowhere')))).toMatchObject({
      says: { en: expect.stringContaining('"nowhere" does not exist') },
    })
    const silent = await problemOf({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/sente' })
    expect(silent).toMatchObject({
      code: 'no-server',
      says: { en: expect.stringContaining('DATABASE_URL'), zh: expect.stringContaining('无法连接') },
    })
  })

  test('a server older than 15 is refused', async () => {
    // The server's version as an old one would tell it.
    await db.owner.query(
      `create schema old; create function old.current_setting(text) returns text language sql as $$ select '140011' $$`,
    )
    const options = encodeURIComponent('-c search_path=old,pg_catalog')
    expect(await problemOf(at((url) => `${url}?options=${options}`))).toMatchObject({
      code: 'old-server',
      says: { en: expect.stringMatching(/PostgreSQL 14.*15/) },
    })
  })

  test('a database that is not UTF-8 is refused', async () => {
    const name = `${db.name}_latin`
    await db.owner.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`)
    expect(await problemOf(at((url) => url.replace(db.name, name)))).toMatchObject({
      code: 'not-utf8',
      says: { en: expect.stringContaining('LATIN1') },
    })
    await db.owner.query(`drop database ${name} with (force)`)
  })

  test('a user who may not make the application’s role is told what an administrator must run', async () => {
    const name = `poor_${db.name}`
    await db.owner.query(`create role ${name} login password 'poor'`)
    const problem = await problemOf(at((url) => url.replace(/\/\/[^@]*@/, `//${name}:poor@`)))
    expect(problem).toMatchObject({
      code: 'no-role',
      says: { en: expect.stringContaining(`grant sente_app to "${name}"`) },
    })
  })
})

describe('where there is no DATABASE_URL', () => {
  test('an empty one counts as none', async () => {
    await expect(openDatabase({ env: { DATABASE_URL: '', SENTE_DATA: '/dev/null/data' } })).rejects.toMatchObject({
      code: 'unwritable',
    })
  })
})
