import fc from 'fast-check'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { v7 } from 'uuid'
import { Email, plainAddress } from '@sente/api'
import { migrate } from '../src/store/migrate.ts'
import { Browser, makeWorkspace, PASSWORD, problem, testApp, withToken } from './support/application.ts'
import { eachDatabase, onDatabase, testDatabase } from './support/database.ts'
import { ROOT } from './run.ts'

const COMPOSED = 'zo\u00eb@example.com'
const FORMS = ['zoe\u0308@example.com', 'ZO\u00cb@example.com', '\uff5ao\u00eb@example.com', COMPOSED]

describe('the one form of an address', () => {
  test('is the same for every way of composing its letters, for full width and for capitals; once made it stays', () => {
    expect(new Set(FORMS.map(plainAddress))).toEqual(new Set([COMPOSED]))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const one = plainAddress(text)
        expect(plainAddress(one)).toBe(one)
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) expect(plainAddress(text.normalize(form))).toBe(one)
      }),
      { numRuns: 2_000 },
    )
  })

  test('what comes apart into no address is refused', () => {
    for (const odd of ['a\u00a8b@example.com', 'x\ufe6by@example.com', 'a b@example.com'])
      expect([odd, Email.safeParse(odd).success]).toEqual([odd, false])
    expect(Email.parse('Zhou.Min@\u4e2d\u8f66.\u4e2d\u56fd')).toBe('zhou.min@\u4e2d\u8f66.\u4e2d\u56fd')
  })
})

onDatabase((db) => {
  test('an address is one member and signs in, in whatever form it is typed', async () => {
    const app = await testApp(db)
    onTestFinished(() => app.close())
    const workspace = await makeWorkspace(db)
    const admin = withToken(app, workspace.members.administrator.token)
    const invite = (email: string) => admin('POST', '/members', { email, name: 'Zoë', role: 'seller' })
    const first = await invite(FORMS[0]!)
    expect(first.json().member.email).toBe(COMPOSED)
    for (const form of FORMS) expect(problem(await invite(form)).code).toBe('conflict')
    const token = new URL(first.json().link.url).searchParams.get('token')
    await new Browser(app).ask('POST', '/auth/links/use', { token, password: PASSWORD })
    for (const form of FORMS) expect((await new Browser(app).signIn(form)).statusCode).toBe(200)
    await expect(
      db.owner.query('insert into member (workspace_id, id, email, name, role) values ($1, $2, $3, $4, $5)', [
        workspace.id,
        v7(),
        'zoe\u0308@example.org',
        'Zoë',
        'seller',
      ]),
    ).rejects.toThrow(/member_email_check/)
  })
})

eachDatabase((_, kind) => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sente-addresses-'))
    const from = join(ROOT, 'packages/server/migrations')
    for (const name of await readdir(from)) if (name < '0011') await cp(join(from, name), join(folder, name))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('members of before get the one form; of two who had the same address nobody is lost', async () => {
    const db = await testDatabase({ kind, migrations: false })
    onTestFinished(() => db.close())
    await migrate(db.owner, { folder })
    const workspace = v7()
    await db.owner.query(`insert into workspace (id, name) values ($1, 'Old')`, [workspace])
    const ids = [v7(), v7(), v7(), v7()]
    const emails = ['zoe\u0308@example.com', COMPOSED, 'plain@example.com', '\uff41da@example.com']
    for (const [i, email] of emails.entries())
      await db.owner.query(
        `insert into member (workspace_id, id, email, name, role) values ($1, $2, $3, 'x', 'seller')`,
        [workspace, ids[i], email],
      )
    await migrate(db.owner)
    const { rows } = await db.owner.query<{ id: string; email: string; version: number }>(
      'select id, email, version from member where workspace_id = $1 order by id',
      [workspace],
    )
    expect(rows.map(({ email, version }) => [email, version])).toEqual([
      [`zo\u00eb+${ids[0]!.slice(-12)}@example.com`, 2],
      [COMPOSED, 1],
      ['plain@example.com', 1],
      ['ada@example.com', 2],
    ])
  })
})
