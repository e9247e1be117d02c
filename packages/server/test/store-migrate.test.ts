import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { migrate, pendingMigrations } from '../src/store/migrate.ts'
import type { StoreProblem } from '../src/store/problem.ts'
import { eachDatabase, testDatabase } from './support/database.ts'
import type { DatabaseKind, TestDatabase } from './support/database.ts'
import { helper } from './support/clusters.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sente-migrations-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A folder with just these migrations. */
async function migrations(files: Readonly<Record<string, string>>): Promise<string> {
  const one = await mkdtemp(join(folder, 'm-'))
  for (const [name, sql] of Object.entries(files)) await writeFile(join(one, name), sql)
  return one
}

const ONE = { '0001-first.sql': 'create table first (n int);\ninsert into first values (1);\n' }
const TWO = { ...ONE, '0002-second.sql': 'alter table first add column m int;\nupdate first set m = n + 1;\n' }

async function bare(kind: DatabaseKind): Promise<TestDatabase> {
  const db = await testDatabase({ kind, migrations: false })
  onTestFinished(() => db.close())
  return db
}

const failing = (db: TestDatabase, at: string): Promise<StoreProblem> =>
  migrate(db.owner, { folder: at }).then(
    () => expect.unreachable('It was applied.'),
    (error: StoreProblem) => error,
  )

eachDatabase(
  (_, kind) => {
    test('files are applied in order, once, and new ones are added', async () => {
      const db = await bare(kind)
      const told: string[] = []
      expect(await pendingMigrations(db.owner, await migrations(ONE))).toEqual(['0001-first.sql'])
      expect(await migrate(db.owner, { folder: await migrations(ONE) })).toEqual({ applied: ['0001-first.sql'] })
      const two = await migrations(TWO)
      expect(await pendingMigrations(db.owner, two)).toEqual(['0002-second.sql'])
      expect(await migrate(db.owner, { folder: two, log: (name) => told.push(name) })).toEqual({
        applied: ['0002-second.sql'],
      })
      expect(await migrate(db.owner, { folder: two })).toEqual({ applied: [] })
      expect(told).toEqual(['0002-second.sql'])
      expect((await db.owner.query('select n, m from first')).rows).toEqual([{ n: 1, m: 2 }])
    })

    test('four processes at once apply each file once', async () => {
      const db = await bare(kind)
      const slow = await migrations({ ...TWO, '0003-slow.sql': 'select pg_sleep(0.2);\ncreate table third ();\n' })
      const all = Array.from({ length: 4 }, () => helper(['migrate', slow], { env: { ...process.env, ...db.env } }))
      for (const one of all) await one.next()
      await Promise.all(all.map((one) => one.stop()))
      const applied = all.map(({ lines }) => lines.at(-1)!.applied)
      expect(applied.flat().sort()).toEqual(['0001-first.sql', '0002-second.sql', '0003-slow.sql'])
      expect((await db.owner.query('select n, m from first')).rows).toEqual([{ n: 1, m: 2 }])
    })

    test('a file that fails leaves nothing of itself, is named with its line, and holds nobody up', async () => {
      const db = await bare(kind)
      const bad = await migrations({ ...ONE, '0002-bad.sql': 'create table half ();\n\nselect oops;\n' })
      const problem = await failing(db, bad)
      expect(problem).toMatchObject({
        code: 'failed-migration',
        says: { en: expect.stringMatching(/^0002-bad\.sql:3: .*oops/), zh: expect.stringContaining('未作任何改动') },
      })
      expect((await db.owner.query(`select to_regclass('half') as half, to_regclass('first') as first`)).rows).toEqual([
        { half: null, first: 'first' },
      ])
      expect(await migrate(db.owner, { folder: await migrations(TWO) })).toEqual({ applied: ['0002-second.sql'] })
    })

    test('a file changed after it was applied is refused, but not one whose line ends a checkout changed', async () => {
      const db = await bare(kind)
      await migrate(db.owner, { folder: await migrations(ONE) })
      await migrate(db.owner, {
        folder: await migrations({ '0001-first.sql': ONE['0001-first.sql'].replaceAll('\n', '\r\n') }),
      })
      const changed = { ...TWO, '0001-first.sql': 'create table first (n bigint);\n' }
      expect(await failing(db, await migrations(changed))).toMatchObject({ code: 'changed-migration' })
      expect(await failing(db, await migrations({ '0001-other.sql': ONE['0001-first.sql'] }))).toMatchObject({
        code: 'changed-migration',
      })
      await expect(pendingMigrations(db.owner, await migrations(changed))).rejects.toMatchObject({
        code: 'changed-migration',
      })
      expect((await db.owner.query('select count(*) as n from sente_migration')).rows).toEqual([{ n: 1 }])
    })

    test('a database newer than the program is refused', async () => {
      const db = await bare(kind)
      await migrate(db.owner, { folder: await migrations(TWO) })
      expect(await failing(db, await migrations(ONE))).toMatchObject({
        code: 'newer-database',
        says: { en: expect.stringContaining('0002-second.sql') },
      })
    })
  },
  { migrations: false },
)

test.each([['0002-gap.sql'], ['0001-Capital.sql'], ['1-short.sql']])(
  'a folder with %s is refused before anything is applied',
  async (name) => {
    const db = await bare('embedded')
    expect(await failing(db, await migrations({ [name]: 'select 1' }))).toMatchObject({
      code: 'bad-migration',
      says: { en: expect.stringContaining('0001') },
    })
  },
)
