import pg from 'pg'
import { afterAll, beforeAll, describe as group, expect, test } from 'vitest'
import { onDatabase } from './support/database.ts'
import { describe } from './support/described.ts'
import type { Described } from './support/described.ts'
import { sourceStatements } from './support/source-statements.ts'
import type { Declared, SourceStatement } from './support/source-statements.ts'

/** Statements of which only the running program knows tables or columns; their own tests run them. */
const COMPOSED: Readonly<Record<string, string>> = {
  'backup/restore.ts': 'tables, columns and references of an archive',
  'backup/take.ts': 'tables and keys of any version of the schema, and rows fetched from a cursor by name',
  'store/schema-dump.ts': 'questions to the catalogs, put together from pieces',
  'store/summaries.ts': 'columns of summaries, from their one list',
  'store/migrate.ts': 'the files of migrations',
  'store/cluster/membership.ts': 'asked by the superuser of the embedded database only',
}
/** What is never null although the database cannot say so, and why. */
const NEVER_NULL: Readonly<Record<string, string>> = {
  'http/operations/deals/shares.ts name': 'a share is with a member or with a team, which a constraint checks',
}

onDatabase((db) => {
  let client: pg.Client
  let statements: SourceStatement[]
  beforeAll(async () => {
    client = new pg.Client({ connectionString: db.env.DATABASE_URL })
    await client.connect()
    statements = await sourceStatements()
  })
  afterAll(() => client?.end())

  test('every statement of the source is one that the database can run, and its rows are what the source declares: names, types, what may be null', async () => {
    const faults = new Set<string>()
    let [described, told] = [0, 0]
    for (const { where, pieces, declared } of statements) {
      const file = where.split(':')[0]!
      if (file in COMPOSED) continue
      try {
        const columns = await describe(client, pieces)
        described++
        if (!declared) continue
        told += columns.filter(({ nullable }) => nullable !== undefined).length
        for (const fault of differences(columns, declared))
          if (!(`${file} ${fault.name}` in NEVER_NULL)) faults.add(`${where} ${fault.name} ${fault.what}`)
      } catch (error) {
        faults.add(`${where}: ${(error as Error).message}: ${pieces.join(' … ')}`)
      }
    }
    expect([...faults]).toEqual([])
    // They are found at all, and of most columns the plan tells whether they can be null.
    expect(described).toBeGreaterThan(500)
    expect(told).toBeGreaterThan(400)
  })

  group('a column', () => {
    const of = async (sql: string): Promise<Described[]> => describe(client, [sql])
    test.each([
      ['select id, amount from deal', ['id string needed', 'amount string null']],
      ['select a.name from deal d left join account a on a.id = d.account_id', ['name string null']],
      ['select a.name from deal d join account a on a.id = d.account_id', ['name string needed']],
      ['select count(*) as n, max(version) as most from deal', ['n number needed', 'most number ?']],
      [
        'select coalesce(amount, 0) as amount, status::text from deal',
        ['amount string needed', 'status string needed'],
      ],
      ['select reports_to from person where reports_to is not null', ['reports_to string ?']],
      [
        'select traits, created_at, us from deal',
        ['traits array of string null', 'created_at Date needed', 'us json null'],
      ],
      ['update deal set name = $1 where id = $2 returning closed_on', ['closed_on string null']],
    ])('of %s is told', async (sql, wanted) => {
      const told = (await of(sql)).map(
        ({ name, type, nullable }) => `${name} ${type} ${nullable === undefined ? '?' : nullable ? 'null' : 'needed'}`,
      )
      expect(told).toEqual(wanted)
    })

    test('that is not declared, not there, of another type or null against its declaration is a fault', async () => {
      const columns = await of('select id, amount, version from deal')
      const column = (name: string, type: string, nullable = false): Declared => ({
        name,
        type,
        nullable,
        optional: false,
      })
      expect(
        differences(columns, [column('id', 'string', true), column('amount', 'number'), column('title', 'string')]),
      ).toEqual([
        { name: 'id', what: 'is never null' },
        { name: 'amount', what: 'is string, declared as number' },
        { name: 'amount', what: 'can be null' },
        { name: 'version', what: 'is not declared' },
        { name: 'title', what: 'is declared and not there' },
      ])
    })
  })
})

/** Where a statement's columns and its declared row are not the same, both ways. */
function differences(columns: readonly Described[], declared: readonly Declared[]): { name: string; what: string }[] {
  const left = new Map(declared.map((column) => [column.name, column]))
  const found: { name: string; what: string }[] = []
  for (const { name, type, nullable } of columns) {
    const wanted = left.get(name)
    left.delete(name)
    const add = (what: string): void => void found.push({ name, what })
    if (!wanted) {
      add('is not declared')
      continue
    }
    if (!isOf(type, wanted.type)) add(`is ${type}, declared as ${wanted.type}`)
    if (nullable === true && !wanted.nullable) add('can be null')
    if (nullable === false && wanted.nullable && wanted.type !== 'any') add('is never null')
    if (wanted.optional) add('is always there, declared as optional')
  }
  return [...found, ...[...left.keys()].map((name) => ({ name, what: 'is declared and not there' }))]
}

/** JSON is whatever its writer made of it; everything else has one type. */
function isOf(type: string, declared: string): boolean {
  if (type === 'json') return !['Date', 'bytes'].includes(declared)
  if (type === 'array of json') return declared.startsWith('array of ')
  return declared === 'any' || declared === type
}
