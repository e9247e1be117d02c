import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { runImport } from '../src/exchange/import/run.ts'
import type { ImportOptions } from '../src/exchange/import/run.ts'
import { eventBus } from '../src/store/events.ts'
import type { Store } from '../src/store/tenant.ts'
import { onDatabase } from './support/database.ts'
import { makeWorkspace } from './support/application.ts'
import type { TestWorkspace } from './support/application.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const method = loaded.methodology

/** Few names and ids, so that rows are about the same records again and again. */
const some = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values)
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 3 })
const activity = fc.record({
  externalId: maybe(some('t1', 't2', 't3', 't4', 't5', 't6')),
  dealExternalId: some('d1', 'd2', 'd3'),
  on: some('2025-02-11', '2025-02-12'),
  what: some('Visit', 'Call'),
  with: maybe(fc.uniqueArray(some('Ann', 'Bo', '林涛'), { minLength: 1, maxLength: 2 })),
})
const deal = fc.record({
  externalId: maybe(some('e1', 'e2', 'e3', 'e4')),
  name: some('First', 'Second', '第三'),
  account: some('Riverbank', '江岸'),
  amount: maybe(some('100', '250.5')),
  currency: fc.constant('CNY'),
})
/** An id has one name, a name may have several ids. */
const named = (names: Record<string, string>): fc.Arbitrary<{ externalId: string | undefined; name: string }> =>
  fc.oneof(
    fc.constantFrom(...Object.entries(names)).map(([externalId, name]) => ({ externalId, name })),
    some(...Object.values(names)).map((name) => ({ externalId: undefined, name })),
  )
const account = fc
  .tuple(
    named({ a1: 'First', a2: 'First', a3: 'Second', a4: '第三' }),
    fc.record({ parent: maybe(some('Second', 'Group')), industry: maybe(some('rail', 'banking')) }),
  )
  .map(([who, rest]) => ({ ...rest, ...who }))
const person = fc
  .tuple(
    named({ p1: 'Ann', p2: 'Ann', p3: 'Bo', p4: '林涛' }),
    fc.record({ account: fc.constant('Riverbank'), reportsTo: maybe(some('Bo')), title: maybe(some('CIO', 'CFO')) }),
  )
  .map(([who, rest]) => ({ ...rest, ...who }))
/** Nearly all rows of a real list have an id: those are written beside each other. */
const mostlyWithId = <T extends { externalId: string | undefined }>(row: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 6, arbitrary: row.filter(({ externalId }) => externalId !== undefined) },
    { weight: 1, arbitrary: row },
  )

onDatabase((db) => {
  let store: Store
  beforeAll(() => {
    store = { database: db, methodology: method, events: eventBus(db) }
  })
  afterAll(() => store.events.close())

  const load = async (w: TestWorkspace, rows: readonly object[], options: ImportOptions): Promise<void> => {
    const who = { workspaceId: w.id, actorId: w.members.administrator.id, via: 'import' }
    const viewer = {
      memberId: w.members.administrator.id,
      role: 'administrator',
      teamIds: [],
      write: true,
      sensitive: true,
    } as const
    const bytes = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    const run = await runImport(
      store,
      who,
      viewer,
      (async function* () {
        yield bytes
      })(),
      { faulty: 'row', ...options },
    )
    expect(run.status).toBe('done')
    expect(run.created + run.updated + run.unchanged + run.failed).toBe(rows.length)
  }
  const told = async (w: TestWorkspace, sql: string): Promise<unknown[]> =>
    (await db.owner.query<Record<string, unknown>>(sql, [w.id])).rows
  /** What is in the database, without ids and the order of writing. */
  const books = async (w: TestWorkspace): Promise<unknown> => ({
    accounts: await told(
      w,
      'select a.external_id, a.name, a.industry, p.external_id as parent_id, p.name as parent from account a left join account p on p.workspace_id = a.workspace_id and p.id = a.parent_id where a.workspace_id = $1 order by 1, 2, 3, 4, 5',
    ),
    people: await told(
      w,
      'select p.external_id, p.name, p.title, a.name as account, b.external_id as boss_id, b.name as boss from person p join account a on a.workspace_id = p.workspace_id and a.id = p.account_id left join person b on b.workspace_id = p.workspace_id and b.id = p.reports_to where p.workspace_id = $1 order by 1, 2, 3, 4, 5, 6',
    ),
    deals: await told(
      w,
      'select d.external_id, d.name, a.name as account, d.amount::text from deal d left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id where d.workspace_id = $1 order by 1, 2, 3',
    ),
    touches: await told(
      w,
      `select t.external_id, d.external_id as deal, t."on"::text, t.what, (select array_agg(p.name order by p.name) from person p where p.workspace_id = t.workspace_id and p.id = any(t."with")) as with_whom from touch t join deal d on d.workspace_id = t.workspace_id and d.id = t.deal_id where t.workspace_id = $1 order by 1, 2, 3, 4, 5`,
    ),
    stakeholders: await told(
      w,
      'select d.external_id as deal, p.name, count(*)::int as n from stakeholder s join deal d on d.workspace_id = s.workspace_id and d.id = s.deal_id join person p on p.workspace_id = s.workspace_id and p.id = s.person_id where s.workspace_id = $1 group by 1, 2 order by 1, 2',
    ),
    totals: await told(
      w,
      'select coalesce(sum(deals), 0)::int as deals, coalesce(sum(amount), 0)::float8 as amount from deal_total where workspace_id = $1',
    ),
  })

  describe('batches of an import that are written beside each other', () => {
    const deals = ['d1', 'd2', 'd3'].map((externalId) => ({
      externalId,
      name: `Deal ${externalId}`,
      account: 'Riverbank',
    }))

    it('lead to what they lead to one after the other, whatever is in them twice: activities', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(activity, { minLength: 1, maxLength: 24 }),
          fc.integer({ min: 1, max: 5 }),
          async (rows, batch) => {
            const [beside, single] = [await makeWorkspace(db), await makeWorkspace(db)]
            for (const w of [beside, single]) await load(w, deals, { kind: 'deals' })
            await load(beside, rows, { kind: 'activities', batch })
            await load(single, rows, { kind: 'activities', batch, sideBySide: 1 })
            expect(await books(beside)).toEqual(await books(single))
          },
        ),
        { numRuns: 25 },
      )
    })

    // Records that other rows have made by name only: the first row of that name gives them their id in the CRM.
    const known = [{ name: 'First' }, { name: 'Second' }]
    const met = [
      { name: 'Ann', account: 'Riverbank' },
      { name: 'Bo', account: 'Riverbank' },
      { name: 'Bo', account: '江岸' },
    ]
    it.each([
      ['accounts', mostlyWithId(account), known],
      ['people', mostlyWithId(person), met],
    ] as const)('and %s, some of them known by name before', async (kind, row, before) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array<object>(row, { minLength: 1, maxLength: 12 }),
          fc.integer({ min: 1, max: 3 }),
          async (rows, batch) => {
            const [beside, single] = [await makeWorkspace(db), await makeWorkspace(db)]
            for (const w of [beside, single]) await load(w, before, { kind })
            await load(beside, rows, { kind, batch })
            await load(single, rows, { kind, batch, sideBySide: 1 })
            expect(await books(beside)).toEqual(await books(single))
          },
        ),
        { numRuns: 25 },
      )
    })

    it('and deals with the customers they bring along', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(deal, { minLength: 1, maxLength: 16 }),
          fc.integer({ min: 1, max: 4 }),
          async (rows, batch) => {
            const [beside, single] = [await makeWorkspace(db), await makeWorkspace(db)]
            await load(beside, rows, { kind: 'deals', batch })
            await load(single, rows, { kind: 'deals', batch, sideBySide: 1 })
            expect(await books(beside)).toEqual(await books(single))
          },
        ),
        { numRuns: 25 },
      )
    })
  })
})
