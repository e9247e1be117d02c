import { strToU8, zipSync } from 'fflate'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportRun } from '@sente/api'
import { loadMethodology, plainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { runImport } from '../src/exchange/import/run.ts'
import type { ImportOptions } from '../src/exchange/import/run.ts'
import { cancelRun, listFaults, noticeInterrupted, owesImports, settleImports } from '../src/exchange/import/runs.ts'
import type { RowFault } from '../src/exchange/files/problem.ts'
import { briefText } from '../src/store/briefs.ts'
import { eventBus } from '../src/store/events.ts'
import { indexMissing, search } from '../src/store/search.ts'
import type { Viewer } from '../src/store/visibility.ts'
import { settle } from '../src/store/summaries.ts'
import { withWorkspace } from '../src/store/tenant.ts'
import type { Store, Tx } from '../src/store/tenant.ts'
import { onDatabase } from './support/database.ts'
import { makeWorkspace } from './support/application.ts'
import type { TestWorkspace } from './support/application.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const method = loaded.methodology

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
/** In small pieces, so that rows and characters are cut anywhere. */
async function* pieces(text: string | Uint8Array, size = 777): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

onDatabase((db, kind) => {
  let store: Store
  let w: TestWorkspace
  beforeAll(() => {
    store = { database: db, methodology: method, events: eventBus(db) }
  })
  afterAll(() => store.events.close())

  const fresh = async (): Promise<void> => void (w = await makeWorkspace(db))
  const viewer = (role: 'administrator' | 'seller'): Viewer => ({
    memberId: w.members[role].id,
    role,
    teamIds: [],
    write: true,
    sensitive: true,
  })
  const load = async (
    body: string | Uint8Array | AsyncIterable<Uint8Array>,
    options: ImportOptions,
    role: 'administrator' | 'seller' = 'administrator',
  ): Promise<{ run: ImportRun; faults: RowFault[] }> => {
    const who = { workspaceId: w.id, actorId: w.members[role].id, via: 'import' }
    const run = await runImport(
      store,
      who,
      viewer(role),
      typeof body === 'string' || body instanceof Uint8Array ? pieces(body) : body,
      options,
    )
    return { run, faults: await withWorkspace(store, who, (tx) => listFaults(tx, run.id, 1000, undefined)) }
  }
  const rows = async <R extends object>(sql: string): Promise<R[]> =>
    (await db.owner.query<R>(sql.replaceAll('$w', `'${w.id}'`))).rows

  describe('an import', () => {
    it('resolves references by id and by name, also to rows that come later in the list', async () => {
      await fresh()
      const accounts = await load(
        lines([
          { externalId: 'a1', name: 'Branch', parentExternalId: 'a9' },
          ...Array.from({ length: 1500 }, (_, i) => ({ externalId: `x${i}`, name: `Other ${i}` })),
          { externalId: 'a9', name: '集团 "总部"' },
        ]),
        { kind: 'accounts' },
      )
      expect(accounts.faults).toEqual([])
      expect(accounts.run).toMatchObject({ status: 'done', created: 1502, position: 1502, total: 1502, failed: 0 })
      const people = await load(
        lines([
          { externalId: 'p1', name: '林涛', account: '集团 "总部"', reportsTo: '周敏' },
          { externalId: 'p2', name: '周敏', accountExternalId: 'a9', title: '总经理', reportsTo: false },
          { name: 'New', account: 'A customer nobody knew' },
        ]),
        { kind: 'people' },
      )
      expect(people.faults).toEqual([])
      const deals = await load(
        lines([
          {
            externalId: 'd1',
            name: '核心平台',
            accountExternalId: 'a9',
            owner: w.members.seller.email,
            amount: '¥120万',
            stage: '方案',
            stageSince: '2025-03-01',
            probability: 0.4,
            openedOn: '2025-01-10',
          },
        ]),
        { kind: 'deals' },
      )
      expect(deals.faults).toEqual([])
      const activities = await load(
        lines([
          {
            externalId: 't1',
            dealExternalId: 'd1',
            on: '2025-02-11',
            type: 'Meeting',
            what: 'Visit',
            with: ['p1', '王五'],
            text: 'long '.repeat(60),
          },
          { deal: '核心平台', on: '2025-02-12', text: 'only words' },
        ]),
        { kind: 'activities' },
      )
      expect(activities.faults).toEqual([])
      expect(activities.run.created).toBe(2)
      expect(
        await rows(
          `select c.name, p.name as parent from account c join account p on p.id = c.parent_id and p.workspace_id = c.workspace_id where c.workspace_id = $w`,
        ),
      ).toEqual([{ name: 'Branch', parent: '集团 "总部"' }])
      expect(
        await rows(
          `select p.name, b.name as boss, p.known_none from person p left join person b on b.id = p.reports_to and b.workspace_id = p.workspace_id where p.workspace_id = $w order by p.name`,
        ),
      ).toEqual(
        expect.arrayContaining([
          { name: '林涛', boss: '周敏', known_none: [] },
          { name: '周敏', boss: null, known_none: ['reports_to'] },
        ]),
      )
      expect(
        await rows(
          `select d.amount::text, d.currency, s.phase, s."on"::text, e.value, m.role from deal d join stage_claim s on s.deal_id = d.id join estimate e on e.deal_id = d.id join member m on m.id = d.owner_id where d.workspace_id = $w`,
        ),
      ).toEqual([
        { amount: '1200000', currency: 'CNY', phase: 'evaluate', on: '2025-03-01', value: 0.4, role: 'seller' },
      ])
      const [touch] = await rows<{ with: string[] }>(`select "with" from touch where workspace_id = $w`)
      expect(touch!.with).toHaveLength(2)
      expect(
        await rows(
          `select p.name from stakeholder s join person p on p.id = s.person_id where s.workspace_id = $w order by 1`,
        ),
      ).toEqual([{ name: '林涛' }, { name: '王五' }])
      expect(await rows(`select length(text) as n from note where workspace_id = $w order by 1`)).toEqual([
        { n: 10 },
        { n: 299 },
      ])
      expect(
        await rows(
          `select sum(deals)::int as deals, sum(amount)::text as amount from deal_total where workspace_id = $w`,
        ),
      ).toEqual([{ deals: 1, amount: '1200000' }])
    })

    it('of the same list changes nothing; of a changed one writes the change into the audit trail', async () => {
      const again = await load(
        lines([
          {
            externalId: 'd1',
            name: '核心平台',
            accountExternalId: 'a9',
            owner: w.members.seller.email,
            amount: '1200000',
            currency: 'CNY',
            stage: '方案',
            openedOn: '2025-01-10',
          },
        ]),
        { kind: 'deals' },
      )
      expect(again.run).toMatchObject({ created: 0, updated: 0, unchanged: 1, failed: 0 })
      const changed = await load(
        lines([
          {
            externalId: 'd1',
            name: '核心平台',
            amount: '1300000.5',
            currency: 'CNY',
            status: 'won',
            closedOn: '2025-06-01',
          },
        ]),
        { kind: 'deals' },
      )
      expect(changed.run).toMatchObject({ created: 0, updated: 1, unchanged: 0 })
      const [change] = await rows<{
        before: { amount: string; status: string }
        after: { amount: string; status: string }
        via: string
      }>(`select before, after, via from change where workspace_id = $w and kind = 'deal' and action = 'update'`)
      expect([
        change!.via,
        change!.before.amount,
        change!.after.amount,
        change!.before.status,
        change!.after.status,
      ]).toEqual(['import', '1200000', '1300000.5', 'open', 'won'])
      const touches = await load(
        lines([
          {
            externalId: 't1',
            dealExternalId: 'd1',
            on: '2025-02-11',
            type: 'Meeting',
            what: 'Visit',
            with: ['p1', '王五'],
            text: 'long '.repeat(60),
          },
          { deal: '核心平台', on: '2025-02-12', text: 'only words' },
        ]),
        { kind: 'activities' },
      )
      expect(touches.run).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
      expect(
        await rows(
          `select sum(deals)::int as deals, sum(amount)::text as amount from deal_total where workspace_id = $w`,
        ),
      ).toEqual([{ deals: 1, amount: '1300000.5' }])
    })

    it('writes a batch with a fault not at all, the others do not mind; every fault is told in both languages with the nearest word', async () => {
      await fresh()
      await load(lines([{ externalId: 'd', name: 'Deal' }]), { kind: 'deals' })
      const list = Array.from({ length: 2500 }, (_, i) => ({
        externalId: `t${i}`,
        dealExternalId: i === 1700 ? 'nope' : 'd',
        on: i === 1200 ? '2025-02-30' : '2025-02-11',
        what: 'x',
        ...(i === 1300 ? { play: 'insight_brifing' } : {}),
      }))
      const { run, faults } = await load(lines(list), { kind: 'activities' })
      expect(run).toMatchObject({ status: 'done', created: 1500, failed: 1000, position: 2500 })
      expect(faults.map(({ row, field }) => [row, field])).toEqual([
        [1001, ''],
        [1201, 'on'],
        [1301, 'play'],
        [1701, 'dealExternalId'],
      ])
      expect(faults.find(({ field }) => field === 'play')).toMatchObject({
        value: 'insight_brifing',
        nearest: 'insight_briefing',
      })
      for (const { what } of faults) expect([what.en, what.zh].every((text) => text.length > 4)).toBe(true)
      expect(await rows(`select count(*)::int as n from touch where workspace_id = $w`)).toEqual([{ n: 1500 }])
      const only = await load(lines(list), { kind: 'activities', faulty: 'row' })
      expect(only.run).toMatchObject({ created: 997, unchanged: 1500, failed: 3 })
      expect(await rows(`select count(*)::int as n from touch where workspace_id = $w`)).toEqual([{ n: 2497 }])
    })

    it('loses only the row that the database refuses, when faults may be left out', async () => {
      await fresh()
      const known = [
        { externalId: 'boss', name: 'Boss', account: 'Riverbank' },
        { externalId: 'under', name: 'Under', account: 'Riverbank', reportsToExternalId: 'boss' },
      ]
      await load(lines(known), { kind: 'people' })
      const others = Array.from({ length: 40 }, (_, i) => ({
        externalId: `o${i}`,
        name: `Other ${i}`,
        account: 'Riverbank',
      }))
      const { run, faults } = await load(
        lines([
          ...others.slice(0, 17),
          { externalId: 'boss', name: 'Boss', account: 'Riverbank', reportsToExternalId: 'under' },
          ...others.slice(17),
        ]),
        { kind: 'people', faulty: 'row' },
      )
      expect(run).toMatchObject({ status: 'done', created: 40, updated: 0, unchanged: 0, failed: 1 })
      expect(faults.map(({ row }) => row)).toEqual([18])
    })

    it('that is a dry run reports the same and writes nothing', async () => {
      await fresh()
      const list = lines([
        { externalId: 'a', name: 'One' },
        { externalId: 'b' },
        { externalId: 'c', name: 'Three', parentExternalId: 'zzz', colour: 'red' },
      ])
      const dry = await load(list, { kind: 'accounts', dryRun: true, faulty: 'row' })
      expect(dry.run).toMatchObject({ dryRun: true, status: 'done', created: 1, failed: 2 })
      expect(dry.faults.map(({ row, field }) => [row, field])).toEqual([
        [2, 'name'],
        [3, 'colour'],
      ])
      expect(await rows('select id from account where workspace_id = $w')).toEqual([])
    })

    it('that breaks off goes on where it stopped, and nothing is there twice', async () => {
      await fresh()
      await load(lines([{ externalId: 'd', name: 'Deal' }]), { kind: 'deals' })
      // Without ids of the CRM: only the position can tell what was done.
      const list = Array.from({ length: 3400 }, (_, i) => ({ deal: 'Deal', on: '2025-02-11', what: `Talk ${i % 10}` }))
      const broken = (async function* () {
        yield* pieces(lines(list.slice(0, 2600)))
        throw new Error('the connection was lost')
      })()
      await expect(load(broken, { kind: 'activities' })).rejects.toThrow('the connection was lost')
      const [half] = await rows<{ id: string; status: string; position: number }>(
        `select id, status, position from import_run where workspace_id = $w and kind = 'activities'`,
      )
      expect([half!.status, half!.position]).toEqual(['interrupted', 2000])
      const { run } = await load(lines(list), { kind: 'activities', resume: half!.id })
      expect(run).toMatchObject({ id: half!.id, status: 'done', position: 3400 })
      // The same day, deal and words are the same activity.
      expect(await rows(`select count(*)::int as n from touch where workspace_id = $w`)).toEqual([{ n: 10 }])
    })

    it('whose process is gone is shown as interrupted; one that somebody works on is not', async () => {
      await fresh()
      const id = v7()
      await rows(
        `insert into import_run (workspace_id, id, member_id, kind, position) values ($w, '${id}', '${w.members.administrator.id}', 'accounts', 1000) returning id`,
      )
      const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
        withWorkspace(store, { workspaceId: w.id, via: 'x' }, work)
      const list = (async function* () {
        yield* pieces(lines([{ externalId: 'a', name: 'One' }]))
        expect(await within(noticeInterrupted)).toBe(1)
        expect(await rows(`select id, status from import_run where workspace_id = $w order by created_at`)).toEqual([
          { id, status: 'interrupted' },
          { id: expect.any(String), status: 'running' },
        ])
        expect(await within(owesImports)).toBe(true)
      })()
      expect((await load(list, { kind: 'accounts' })).run.status).toBe('done')
      const { run } = await load(
        lines(Array.from({ length: 1200 }, (_, i) => ({ externalId: `a${i}`, name: `A ${i}` }))),
        { kind: 'accounts', resume: id },
      )
      expect(run).toMatchObject({ status: 'done', position: 1200, created: 200 })
      await within((tx) => settleImports(tx, '2000-01-01'))
      expect(await within(owesImports)).toBe(true)
      await within((tx) => settleImports(tx, 'infinity'))
      expect(await within(owesImports)).toBe(false)
    })

    it('that lost its claim with a connection ends with the batch under way, and can be gone on with', async () => {
      await fresh()
      const list = lines(Array.from({ length: 6000 }, (_, i) => ({ externalId: `a${i}`, name: `A ${i}` })))
      const cut = (async function* () {
        yield* pieces(list.slice(0, list.indexOf('"a3000"')))
        const claim = `select pid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
        await (kind === 'embedded' ? db.app : db.owner).query(`select pg_terminate_backend(pid) from (${claim}) l`)
        await expect.poll(async () => (await rows(claim)).length).toBe(0)
        // Whoever looks first: this, or the import itself, which hears of it.
        await withWorkspace(store, { workspaceId: w.id, via: 'x' }, noticeInterrupted)
        yield* pieces(list.slice(list.indexOf('"a3000"')))
      })()
      const { run } = await load(cut, { kind: 'accounts' })
      expect(run.status).toBe('interrupted')
      expect(run.position % 1000).toBe(0)
      expect((await load(list, { kind: 'accounts', resume: run.id })).run).toMatchObject({
        status: 'done',
        position: 6000,
        created: 6000,
      })
      expect(await rows(`select count(*)::int as n from account where workspace_id = $w`)).toEqual([{ n: 6000 }])
    })

    it('is stopped after the batch under way, and cannot be worked on twice at once', async () => {
      await fresh()
      const stops = (async function* () {
        yield* pieces(lines(Array.from({ length: 2000 }, (_, i) => ({ externalId: `a${i}`, name: `A ${i}` }))))
        let id: string | undefined
        for (let tries = 0; tries < 200; tries++) {
          const [run] = await rows<{ id: string; position: number }>(
            `select id, position from import_run where workspace_id = $w`,
          )
          if (run!.position >= 1000) {
            id = run!.id
            break
          }
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
        await expect(load('', { kind: 'accounts', resume: id! })).rejects.toThrow(/under way/)
        await withWorkspace(store, { workspaceId: w.id, via: 'x' }, (tx) => cancelRun(tx, id!, undefined))
        yield* pieces(lines(Array.from({ length: 3000 }, (_, i) => ({ externalId: `b${i}`, name: `B ${i}` }))))
      })()
      const { run } = await load(stops, { kind: 'accounts' })
      expect(run.status).toBe('cancelled')
      expect(await rows(`select count(*)::int as n from account where workspace_id = $w`)).toEqual([{ n: run.created }])
      expect(run.created).toBeLessThan(5000)
    })

    it('by a seller touches no deal of others, and makes none for them', async () => {
      await fresh()
      await load(
        lines([
          { externalId: 'theirs', name: 'Theirs', owner: w.members.manager.email },
          { externalId: 'mine', name: 'Mine', owner: w.members.seller.email },
        ]),
        { kind: 'deals' },
      )
      const deals = await load(
        lines([
          { externalId: 'theirs', name: 'Renamed' },
          { name: 'For them', owner: w.members.manager.email },
          { externalId: 'mine', name: 'Still mine' },
        ]),
        { kind: 'deals', faulty: 'row' },
        'seller',
      )
      expect(deals.run).toMatchObject({ updated: 1, created: 0, failed: 2 })
      const touches = await load(
        lines([
          { dealExternalId: 'theirs', on: '2025-01-01', what: 'x' },
          { dealExternalId: 'mine', on: '2025-01-01', what: 'x' },
        ]),
        { kind: 'activities', faulty: 'row' },
        'seller',
      )
      expect(touches.run).toMatchObject({ created: 1, failed: 1 })
      expect(await rows(`select name from deal where workspace_id = $w order by name`)).toEqual([
        { name: 'Still mine' },
        { name: 'Theirs' },
      ])
    })
  })

  describe('what an import changes of deals that are there', () => {
    const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
      withWorkspace(store, { workspaceId: w.id, actorId: w.members.administrator.id, via: 'test' }, work)
    const dealId = async (): Promise<string> =>
      (await rows<{ id: string }>(`select id from deal where workspace_id = $w and external_id = 'd1'`))[0]!.id
    const brief = (id: string): Promise<string> => within(async (tx) => (await briefText(tx, id)).text)
    /** As it would be computed without anything that is kept. */
    const briefAnew = async (id: string): Promise<string> => {
      await db.owner.query('delete from brief_cache where deal_id = $1', [id])
      return brief(id)
    }
    const prepared = async (): Promise<string> => {
      await fresh()
      await load(lines([{ externalId: 'p1', name: 'Zhou', account: 'Riverbank' }]), { kind: 'people' })
      await load(lines([{ externalId: 'd1', name: 'Deal', account: 'Riverbank', openedOn: '2025-01-10' }]), {
        kind: 'deals',
      })
      return dealId()
    }

    it('is in the brief, also of one that was looked at before its summary was computed', async () => {
      const id = await prepared()
      const before = await brief(id)
      expect(
        (
          await load(
            lines([{ externalId: 't1', dealExternalId: 'd1', on: '2025-02-11', what: 'Visit', with: ['p1'] }]),
            { kind: 'activities' },
          )
        ).run.created,
      ).toBe(1)
      const after = await brief(id)
      expect(after).not.toBe(before)
      expect(after).toBe(await briefAnew(id))
    })

    it('is in brief and summary when facts come in by an export of ours', async () => {
      const id = await prepared()
      await settle(store, { workspaceId: w.id, today: plainDate('2025-04-15') })
      await brief(id)
      const rowsOf = [{ record: 'evidence', id: v7(), dealId: id, on: '2025-02-11', signal: 'asks_local_support' }]
      expect((await load(lines(rowsOf), { kind: 'workspace' })).run.created).toBe(1)
      expect(await rows(`select brief_version = version as fresh from deal where workspace_id = $w`)).toEqual([
        { fresh: false },
      ])
      const after = await brief(id)
      expect(after).toBe(await briefAnew(id))
    })

    it('leaves a mark where somebody or a customer who was there gets a superior that comes later in the list', async () => {
      const id = await prepared()
      await load(
        lines([
          { externalId: 't1', dealExternalId: 'd1', on: '2025-02-11', what: 'Visit', with: ['p1'] },
          { dealExternalId: 'd1', on: '2025-02-12', what: 'Call' },
        ]),
        { kind: 'activities' },
      )
      await brief(id)
      const people = [
        { externalId: 'p1', name: 'Zhou', account: 'Riverbank', reportsToExternalId: 'p2' },
        { externalId: 'p3', name: 'Between', account: 'Riverbank' },
        { externalId: 'p2', name: 'Lin', account: 'Riverbank' },
      ]
      expect((await load(lines(people), { kind: 'people', batch: 1 })).faults).toEqual([])
      expect(await brief(id)).toBe(await briefAnew(id))
      expect(
        (
          await load(
            lines([
              { name: 'Riverbank', parentExternalId: 'a2' },
              { externalId: 'a2', name: 'Group' },
            ]),
            { kind: 'accounts', batch: 1 },
          )
        ).faults,
      ).toEqual([])
      expect(
        await rows(
          `select kind, action, before ->> 'reports_to' as boss, before ->> 'parent_id' as parent from change where workspace_id = $w and action = 'update' order by id`,
        ),
      ).toEqual([
        { kind: 'person', action: 'update', boss: null, parent: null },
        { kind: 'account', action: 'update', boss: null, parent: null },
      ])
      expect(
        await rows(
          `select p.name as boss from person z join person p on p.id = z.reports_to where z.workspace_id = $w and z.external_id = 'p1'`,
        ),
      ).toEqual([{ boss: 'Lin' }])
      // A circle that would close so is refused like any other.
      const { faults } = await load(
        lines([
          { externalId: 'p2', name: 'Lin', account: 'Riverbank', reportsToExternalId: 'p4' },
          { externalId: 'p4', name: 'Top', account: 'Riverbank', reportsToExternalId: 'p1' },
        ]),
        { kind: 'people', batch: 1 },
      )
      expect(faults).toMatchObject([{ row: 1 }])
    })
  })

  it('a list that comes again adds the stages and probabilities that have moved, and leaves what was said before', async () => {
    await fresh()
    const list = (stage: string, stageSince: string, probability: number) =>
      load(lines([{ externalId: 'd1', name: 'D', account: 'A', stage, stageSince, probability }]), { kind: 'deals' })
    await list('需求确认', '2025-01-01', 0.2)
    expect((await list('需求确认', '2025-01-01', 0.2)).run).toMatchObject({ updated: 0, unchanged: 1 })
    expect((await list('Negotiation/Review', '2025-03-01', 0.7)).run).toMatchObject({ updated: 1, unchanged: 0 })
    expect((await list('Negotiation/Review', '2025-03-01', 0.7)).run).toMatchObject({ updated: 0, unchanged: 1 })
    expect(await rows(`select phase, "on"::text from stage_claim where workspace_id = $w order by "on"`)).toEqual([
      { phase: 'need', on: '2025-01-01' },
      { phase: 'commit', on: '2025-03-01' },
    ])
    expect(await rows(`select value from estimate where workspace_id = $w order by id`)).toEqual([
      { value: 0.2 },
      { value: 0.7 },
    ])
    expect(await rows(`select kind from change where workspace_id = $w order by kind`)).toEqual([
      { kind: 'estimate' },
      { kind: 'stageClaim' },
    ])
  })

  it('an amount as an export of ours writes it has a point where it says so', async () => {
    await fresh()
    await load(
      lines([
        { name: 'Fils', amount: { value: '1.125', currency: 'KWD' } },
        { name: 'Written', amount: '4321.125', currency: 'KWD' },
      ]),
      { kind: 'deals' },
    )
    expect(await rows(`select name, amount::text from deal where workspace_id = $w order by name`)).toEqual([
      { name: 'Fils', amount: '1.125' },
      { name: 'Written', amount: '4321.125' },
    ])
  })

  describe('texts', () => {
    const long = `${'a'.repeat(159)}😀${' und so weiter'.repeat(20)}`

    it('with a character of two halves where something is cut off come in, are found, and are the same when they come again', async () => {
      await fresh()
      await load(lines([{ name: 'Deal', account: 'Riverbank' }]), { kind: 'deals' })
      const list = lines([
        { deal: 'Deal', on: '2025-02-11', text: long },
        { deal: 'Deal', on: '2025-02-12', text: `a${'𐐨'.repeat(90)} ${'😀'.repeat(90)}${'z'.repeat(60)}` },
      ])
      expect((await load(list, { kind: 'activities' })).run).toMatchObject({ created: 2, failed: 0 })
      await withWorkspace(store, { workspaceId: w.id, via: 'test' }, async (tx) => {
        while ((await indexMissing(tx)) > 0);
        expect(await search(tx, viewer('administrator'), { q: 'weiter' })).toMatchObject([{ kind: 'note' }])
        expect(await search(tx, viewer('administrator'), { q: `a${'𐐨'.repeat(90)}` })).toMatchObject([{ kind: 'note' }])
      })
      expect((await load(list, { kind: 'activities' })).run).toMatchObject({ created: 0, unchanged: 2 })
    })

    it('that the database does not take are reported as what they are', async () => {
      await fresh()
      const { run, faults } = await load(
        lines([
          { name: 'Fine' },
          { name: `${'b'.repeat(79)}😀${'b'.repeat(500)}` },
          { name: 'x', wonProjects: 'a\0b' },
          { name: 'y', [`${'k'.repeat(199)}😀`]: 1 },
          { name: 'nul\0' },
        ]),
        { kind: 'accounts', faulty: 'row' },
      )
      expect(run).toMatchObject({ status: 'done', created: 1, failed: 4 })
      expect(faults.map(({ row }) => row)).toEqual([2, 3, 4, 5])
    })
  })

  describe('a file', () => {
    const csv =
      '商机编号,商机名称,客户名称,预计成交金额,币种,销售阶段,预计成交日期,负责人邮箱备注\r\nS1,核心平台,"海泰银行, 总行",120万,CNY,方案,2025-07-01,好\r\nS2,"第二个 ""引号""",海泰银行,¥45000.50,,输单,2025/6/30,\r\n'
    const encodings: [string, Uint8Array][] = [
      ['UTF-8', Buffer.from(csv)],
      ['UTF-8 with its mark', Buffer.from(`\ufeff${csv}`)],
      ['UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le')],
      ['UTF-16, the other way round', Buffer.from(`\ufeff${csv}`, 'utf16le').swap16()],
    ]
    it('as CSV is read in every encoding, and means the same', async () => {
      for (const [name, bytes] of encodings) {
        await fresh()
        const { run, faults } = await load(bytes, { kind: 'deals', filename: 'deals.csv' })
        expect([name, run.created, faults]).toEqual([name, 2, []])
        expect(
          await rows(
            `select d.name, a.name as account, d.amount::text, d.status, d.closed_on::text as closed, d.external_id as id from deal d join account a on a.id = d.account_id where d.workspace_id = $w order by d.external_id`,
          ),
        ).toEqual([
          { name: '核心平台', account: '海泰银行, 总行', amount: '1200000', status: 'open', closed: null, id: 'S1' },
          {
            name: '第二个 "引号"',
            account: '海泰银行',
            amount: '45000.5',
            status: 'lost',
            closed: '2025-06-30',
            id: 'S2',
          },
        ])
      }
    })

    it('in GB18030 is known by the first character that is not ASCII, however late it comes', async () => {
      await fresh()
      // 中 in GB18030, after more ASCII than anything looks at before it decides.
      const body = Buffer.concat([
        Buffer.from(
          `Account ID,Account Name\n${Array.from({ length: 12_000 }, (_, i) => `A${i},Plain ${i}`).join('\n')}\nZ1,`,
        ),
        Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]),
        Buffer.from('\n'),
      ])
      const { run } = await load(body, { kind: 'accounts' })
      expect(run).toMatchObject({ status: 'done', created: 12_001 })
      expect(await rows(`select name from account where workspace_id = $w and external_id = 'Z1'`)).toEqual([
        { name: '中国' },
      ])
    })

    it('as a spreadsheet is read with its days; what is none is refused with words', async () => {
      await fresh()
      const cell =
        (row: number) =>
        (text: string, i: number): string =>
          `<c r="${'ABC'[i]!}${row}" t="inlineStr"><is><t>${text}</t></is></c>`
      const xlsx = zipSync({
        '[Content_Types].xml': strToU8(
          '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        ),
        '_rels/.rels': strToU8(
          '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        'xl/workbook.xml': strToU8(
          '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Deals" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        'xl/_rels/workbook.xml.rels': strToU8(
          '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        ),
        'xl/worksheets/sheet1.xml': strToU8(
          `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${['Opportunity Name', 'Account Name', 'Created Date'].map(cell(1)).join('')}</row><row r="2">${['Sheet deal', '海泰', '2025-03-04'].map(cell(2)).join('')}</row></sheetData></worksheet>`,
        ),
      })
      const { run, faults } = await load(xlsx, { kind: 'deals', filename: 'deals.xlsx' })
      expect([run.error, run.created, faults]).toEqual([undefined, 1, []])
      expect(await rows(`select name, opened_on::text as day from deal where workspace_id = $w`)).toEqual([
        { name: 'Sheet deal', day: '2025-03-04' },
      ])
      for (const body of [new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9]), new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8])]) {
        const bad = await load(body, { kind: 'deals' })
        expect(bad.run.status).toBe('failed')
        expect((bad.run.error as { zh: string }).zh).toMatch(/[\u4e00-\u9fff]/)
      }
    })
  })
})
