import { beforeAll, expect, test } from 'vitest'
import { eachDatabase } from './support/database.ts'
import { testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { listDeals } from '../src/store/lists.ts'
import { pipeline } from '../src/store/pipeline.ts'
import type { Viewer } from '../src/store/visibility.ts'
import { isMuchDue } from '../src/store/summaries.ts'
import { recount } from '../src/store/totals.ts'
import type { Tx } from '../src/store/tenant.ts'

const DEALS = 20_000
const OWNERS = 50
/** Deals whose summary waits to be computed: few, as after a day's work. */
const STALE = 40
/** Rows of deals that a query may visit to give a page of 50, or totals: those of one owner, and no more than a few of others. */
const MOST = 1000

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

eachDatabase((db) => {
  let w: TestWorkspace
  let admin: Viewer
  let seller: Viewer
  beforeAll(async () => {
    w = await testWorkspace(db)
    admin = { memberId: w.admin, role: 'administrator', teamIds: [], write: true, sensitive: true }
    const owners: string[] = []
    for (let i = 0; i < OWNERS; i++) owners.push((await w.member('seller', `Seller ${i}`)).memberId)
    seller = { memberId: owners[0]!, role: 'seller', teamIds: [], write: true, sensitive: true }
    await db.owner.query(
      `insert into deal (workspace_id, id, owner_id, name, amount, currency, status, closed_on, updated_at)
       select $1, gen_random_uuid(), ($2::uuid[])[1 + n % ${OWNERS}], 'Deal ' || n, n * 10, 'CNY',
         case when n % 10 = 0 then 'won' else 'open' end, case when n % 10 = 0 then date '2026-02-01' end, timestamptz '2026-01-01' + n * interval '1 minute'
       from generate_series(1, ${DEALS}) n`,
      [w.workspaceId, owners],
    )
    // Jobs, imports and edits have been over it: each deal has had several versions and summaries.
    for (let round = 0; round < 3; round++) {
      await db.owner.query(
        `update deal set brief_version = version, brief_on = '2026-03-01', phase = mod(abs(hashtext(id::text)), 8), lead_state = 'ahead', lead_days = mod(abs(hashtext(id::text)), 90), danger_count = 0, warn_count = 0, homework_count = 0, top_findings = '[]',
           phases = '{0.1,0.2,0.1,0.2,0.1,0.1,0.1,0.1}', stalled = 0.1, progress = 0.5 where workspace_id = $1`,
        [w.workspaceId],
      )
      await db.owner.query(
        'update deal set version = version + 1 where workspace_id = $1 and mod(abs(hashtext(id::text)), 3) = $2',
        [w.workspaceId, round],
      )
    }
    await db.owner.query(
      `update deal set brief_version = case when id in (select id from deal where workspace_id = $1 order by id limit ${STALE}) then version - 1 else version end where workspace_id = $1`,
      [w.workspaceId],
    )
    await w.within(recount)
    await db.owner.query('vacuum analyze deal')
    await db.owner.query('analyze')
  })

  /** Runs work, and explains every query that it sent. Answers what was visited of the table of deals by each. */
  const visited = async (
    work: (tx: Tx) => Promise<unknown>,
  ): Promise<{ text: string; rows: number; scans: string[] }[]> =>
    w.within(async (tx) => {
      const sent: { text: string; values: readonly unknown[] }[] = []
      await work({
        ...tx,
        rows: (text, values = [], name) => {
          sent.push({ text, values })
          return tx.rows(text, values, name)
        },
      })
      const found: { text: string; rows: number; scans: string[] }[] = []
      for (const { text, values } of sent) {
        const [row] = await tx.rows<{ 'QUERY PLAN': { Plan: Node }[] }>(
          `explain (analyze, timing off, format json) ${text}`,
          values,
        )
        const scans: string[] = []
        let rows = 0
        const walk = (node: Node): void => {
          if (node['Relation Name'] === 'deal') {
            scans.push(node['Node Type'])
            rows +=
              node['Actual Loops'] *
              (node['Actual Rows'] +
                (node['Rows Removed by Filter'] ?? 0) +
                (node['Rows Removed by Index Recheck'] ?? 0))
          }
          node.Plans?.forEach(walk)
        }
        walk(row!['QUERY PLAN'][0]!.Plan)
        found.push({ text, rows, scans })
      }
      return found
    })

  const everyday: [string, (tx: Tx) => Promise<unknown>][] = [
    ['the newest deals', (tx) => listDeals(tx, admin, {})],
    ['deals by name', (tx) => listDeals(tx, admin, { sort: 'name', order: 'asc' })],
    ['open deals by amount', (tx) => listDeals(tx, admin, { status: ['open'], sort: 'amount' })],
    ['open deals by lead', (tx) => listDeals(tx, admin, { status: ['open'], sort: 'lead', order: 'asc' })],
    [
      'deals of an owner in a phase by amount',
      (tx) =>
        listDeals(tx, admin, { ownerId: [seller.memberId], status: ['open'], phase: ['evaluate'], sort: 'amount' }),
    ],
    ['deals of an owner', (tx) => listDeals(tx, admin, { ownerId: [seller.memberId] })],
    ['what a seller sees', (tx) => listDeals(tx, seller, {})],
    ['the pipeline', (tx) => pipeline(tx, admin, {})],
    ['the pipeline of open deals', (tx) => pipeline(tx, admin, { status: ['open'] })],
    ['the pipeline of an owner', (tx) => pipeline(tx, admin, { ownerId: [seller.memberId] })],
    ['the pipeline that a seller sees', (tx) => pipeline(tx, seller, {})],
  ]
  test.each(everyday)(
    '%s: no query reads the table of deals through, whatever has been written to it',
    async (_, work) => {
      const found = await visited(work)
      expect(found.length).toBeGreaterThan(0)
      for (const { text, rows, scans } of found) {
        expect(scans, text).not.toContain('Seq Scan')
        expect(rows, text).toBeLessThanOrEqual(MOST)
      }
    },
  )

  test('the pipeline says how many summaries wait, and whether that is much is found without reading all', async () => {
    expect((await w.within((tx) => pipeline(tx, admin, {}))).stale).toBe(STALE)
    expect(await isMuchDue(w.store, w.workspaceId, '2026-03-01' as never)).toBe(false)
    expect(await isMuchDue(w.store, w.workspaceId, '2026-03-02' as never)).toBe(true)
  })
})
