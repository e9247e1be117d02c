import { createHash } from 'node:crypto'
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { openArchive } from '../src/backup/archive.ts'
import { BackupProblem } from '../src/backup/problem.ts'
import { restoreBackup } from '../src/backup/restore.ts'
import { takeBackup } from '../src/backup/take.ts'
import { migrate, readMigrations } from '../src/store/migrate.ts'
import { eachDatabase, testDatabase } from './support/database.ts'
import type { TestDatabase } from './support/database.ts'
import { withFiles } from './run.ts'

/** A workspace with the values that are easily lost: exact money, arrays, bytes, Chinese, references that point forwards. */
async function fillWorkspace(db: Pick<TestDatabase, 'owner'>, deals = 30): Promise<string> {
  const [w, m, a, parent, top, p] = [v7(), v7(), v7(), v7(), v7(), v7()]
  await db.owner.hold(async (client) => {
    await client.query('begin')
    await client.query(
      `insert into workspace (id, name, settings) values ($1, '澜合 "一"', '{"a": [1, null, "二"]}')`,
      [w],
    )
    await client.query(
      `insert into member (workspace_id, id, email, name, role) values ($1, $2, 'gu@example.com', '顾明远', 'administrator')`,
      [w, m],
    )
    await client.query(
      `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes) values ($1, $2, $3, 't', '\\x00ff10', '{import,export}')`,
      [w, v7(), m],
    )
    // The parent has the higher id: it comes later in the archive.
    await client.query(
      `insert into account (workspace_id, id, name, parent_id) values ($1, $2, 'Parent', null), ($1, $3, E'Line\\nbreak\\u2028', $2)`,
      [w, parent, a],
    )
    await client.query(
      `insert into person (workspace_id, id, account_id, name, reports_to) values ($1, $2, $3, 'Top', null), ($1, $4, $3, '下属', $2)`,
      [w, top, a, p],
    )
    for (let i = 0; i < deals; i++) {
      const d = v7()
      await client.query(
        `insert into deal (workspace_id, id, account_id, owner_id, name, amount, currency, phases, known_none, us) values ($1, $2, $3, $4, $5, '1234567890123.100001', 'CNY', '{0.1,0.25}', '{goal}', '{"x": 1.10}')`,
        [w, d, a, m, `Deal ${i}`],
      )
      await client.query(
        `insert into touch (workspace_id, deal_id, id, "on", "with", hours) values ($1, $2, $3, '2025-04-15', $4, 0.1)`,
        [w, d, v7(), [p, top]],
      )
      await client.query(
        `insert into search_entry (workspace_id, kind, id, deal_id, title, words) values ($1, 'deal', $2, $2, 'x', '''风险'':1,2 ''a''''b'':3')`,
        [w, d],
      )
    }
    await client.query('commit')
  })
  return w
}

/** Every row of every table, as text. */
async function contents(db: Pick<TestDatabase, 'owner'>): Promise<Record<string, string>> {
  const { rows } = await db.owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'sente_migration' order by 1`,
  )
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const { rows: lines } = await db.owner.query<{ line: string }>(`select t::text as line from "${name}" t order by 1`)
    found[name] =
      createHash('sha256')
        .update(lines.map(({ line }) => line).join('\n'))
        .digest('hex') + ` ${lines.length}`
  }
  return found
}

async function constraints(db: Pick<TestDatabase, 'owner'>): Promise<string[]> {
  const { rows } = await db.owner.query<{ line: string }>(
    `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint where connamespace = 'public'::regnamespace order by 1`,
  )
  return rows.map(({ line }) => line)
}

eachDatabase((db, kind) => {
  describe('a backup', () => {
    it('restored into an empty database gives the same rows and the same constraints', async () => {
      await fillWorkspace(db)
      await withFiles({}, async (_, path) => {
        await takeBackup(db.owner, path('all.sente'))
        const empty = await testDatabase({ kind, migrations: false })
        try {
          await restoreBackup(empty.owner, path('all.sente'))
          await migrate(empty.owner)
          expect(await contents(empty)).toEqual(await contents(db))
          expect(await constraints(empty)).toEqual(await constraints(db))
          // The application's rights came along: it sees nothing before it says for whom it works.
          expect((await empty.app.query('select * from deal')).rows).toEqual([])
        } finally {
          await empty.close()
        }
      })
    })

    it('is one moment of the database, however much is written meanwhile', async () => {
      const w = await fillWorkspace(db, 5)
      await withFiles({}, async (_, path) => {
        const enough = new AbortController()
        const writer = (async (): Promise<void> => {
          // A deal and its touch are written together: a backup with one of them alone would be no moment that ever was.
          while (!enough.signal.aborted) {
            const d = v7()
            await db.owner.hold(async (client) => {
              await client.query('begin')
              await client.query(
                `insert into deal (workspace_id, id, owner_id, name) select $1, $2, id, 'New' from member where workspace_id = $1`,
                [w, d],
              )
              await client.query(
                `insert into touch (workspace_id, deal_id, id, "on") values ($1, $2, $3, '2025-04-15')`,
                [w, d, v7()],
              )
              await client.query('commit')
            })
          }
        })()
        const taken = []
        for (let i = 0; i < 4; i++) taken.push(await takeBackup(db.owner, path(`${i}.sente`)))
        enough.abort()
        await writer
        for (const { rows } of taken) expect(rows.deal).toBe(rows.touch)
        expect(taken[3]!.rows.deal).toBeGreaterThan(taken[0]!.rows.deal!)
      })
    })

    it('is refused by a database that has something in it, unless it shall be replaced', async () => {
      await withFiles({}, async (_, path) => {
        await takeBackup(db.owner, path('all.sente'))
        const full = await testDatabase({ kind })
        try {
          await fillWorkspace(full, 1)
          const before = await contents(full)
          await expect(restoreBackup(full.owner, path('all.sente'))).rejects.toMatchObject({ code: 'not-empty' })
          expect(await contents(full)).toEqual(before)
          await restoreBackup(full.owner, path('all.sente'), { replace: true })
          expect(await contents(full)).toEqual(await contents(db))
        } finally {
          await full.close()
        }
      })
    })

    it('from an older version is restored as it was and then brought up to date; one from a newer version is refused', async () => {
      const sql = (await readMigrations()).map(({ name, sql }): [string, string] => [name, sql])
      const next = `${String(sql.length + 1).padStart(4, '0')}-next.sql`
      await withFiles({}, async (folder, path) => {
        await mkdir(path('newer'))
        for (const [name, text] of [
          ...sql,
          [next, `alter table deal add column colour text not null default 'green'`] as const,
        ])
          await writeFile(path(`newer/${name}`), text)
        await takeBackup(db.owner, path('old.sente'))
        const newer = await testDatabase({ kind, migrations: path('newer') })
        try {
          await restoreBackup(newer.owner, path('old.sente'), { folder: path('newer') })
          expect(await migrate(newer.owner, { folder: path('newer') })).toEqual({ applied: [next] })
          expect((await newer.owner.query('select distinct colour from deal')).rows).toEqual([{ colour: 'green' }])
          await takeBackup(newer.owner, path('new.sente'))
          const before = await contents(db)
          await expect(restoreBackup(db.owner, path('new.sente'), { replace: true })).rejects.toMatchObject({
            code: 'newer-archive',
          })
          expect(await contents(db)).toEqual(before)
        } finally {
          await newer.close()
        }
        expect(folder).toBeTruthy()
      })
    })
  })
})

describe('a damaged archive', () => {
  it('is refused wherever a bit was flipped, bytes were lost or something was added, with words in both languages', async () => {
    const db = await testDatabase()
    try {
      await fillWorkspace(db, 8)
      await withFiles({}, async (_, path) => {
        await takeBackup(db.owner, path('whole.sente'))
        const whole = await readFile(path('whole.sente'))
        await (await openArchive(path('whole.sente'))).close()
        const before = await contents(db)
        const refused = async (file: string): Promise<void> => {
          const error = await openArchive(file).then(
            () => undefined,
            (error: unknown) => error,
          )
          expect(error).toBeInstanceOf(BackupProblem)
          const { says } = error as BackupProblem
          expect(says.en).not.toBe(says.zh)
          expect(says.zh).toMatch(/[\u4e00-\u9fff]/)
        }
        await fc.assert(
          fc.asyncProperty(
            fc.integer({ min: 0, max: whole.length - 1 }),
            fc.integer({ min: 0, max: 7 }),
            async (at, bit) => {
              const bytes = Buffer.from(whole)
              bytes[at]! ^= 1 << bit
              await writeFile(path('flipped.sente'), bytes)
              await refused(path('flipped.sente'))
            },
          ),
          { numRuns: 300 },
        )
        await fc.assert(
          fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
            await writeFile(path('cut.sente'), whole)
            await truncate(path('cut.sente'), length)
            await refused(path('cut.sente'))
          }),
          { numRuns: 100 },
        )
        await fc.assert(
          fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (more) => {
            await writeFile(path('longer.sente'), Buffer.concat([whole, more]))
            await refused(path('longer.sente'))
          }),
          { numRuns: 30 },
        )
        await writeFile(path('flipped.sente'), Buffer.from(whole).fill(0x41, 700, 701))
        await expect(restoreBackup(db.owner, path('flipped.sente'), { replace: true })).rejects.toBeInstanceOf(
          BackupProblem,
        )
        expect(await contents(db)).toEqual(before)
      })
    } finally {
      await db.close()
    }
  })

  it('is not begun where a folder is', async () => {
    await withFiles({}, async (folder) => {
      await expect(takeBackup(undefined as never, folder)).rejects.toMatchObject({
        says: { en: `${folder}: is a folder; name a file in it.` },
      })
    })
  })

  it('is called what it is: no file, no backup at all, cut short', async () => {
    await withFiles(
      { 'empty.sente': '', 'letter.sente': 'Dear customer', 'long.sente': 'x'.repeat(5000) },
      async (_, path) => {
        await expect(openArchive(path('none.sente'))).rejects.toMatchObject({ code: 'unreadable' })
        await expect(openArchive(path('.'))).rejects.toMatchObject({
          code: 'unreadable',
          says: { en: expect.stringContaining('is a folder') as string },
        })
        await expect(openArchive(path('empty.sente'))).rejects.toMatchObject({ code: 'incomplete' })
        await expect(openArchive(path('letter.sente'))).rejects.toMatchObject({ code: 'not-an-archive' })
        await expect(openArchive(path('long.sente'))).rejects.toMatchObject({ code: 'not-an-archive' })
      },
    )
  })
})
