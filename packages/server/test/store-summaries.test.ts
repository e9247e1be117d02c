import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { PgBoss } from 'pg-boss'
import { parse } from 'yaml'
import { brief, briefs, parseDeal, PHASES, plainDate } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { eachDatabase } from './support/database.ts'
import { ALL } from './support/edits.ts'
import { METHOD, testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { startJobs } from '../src/jobs/jobs.ts'
import { briefOf, briefText } from '../src/store/briefs.ts'
import { eventBus } from '../src/store/events.ts'
import type { Heard } from '../src/store/events.ts'
import { pipeline } from '../src/store/pipeline.ts'
import { loadDeal } from '../src/store/read.ts'
import type { Viewer } from '../src/store/visibility.ts'
import { settle, settleWorkspace, workspacesDue } from '../src/store/summaries.ts'
import type { Store } from '../src/store/tenant.ts'
import { createWhole } from '../src/store/whole.ts'
import { create, update } from '../src/store/write.ts'

const folder = new URL('../../../examples/', import.meta.url)
const stories = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const result = parseDeal(parse(readFileSync(new URL(name, folder), 'utf8')), METHOD)
    if ('faults' in result) throw new Error(name)
    return result.deal
  })
const ON = plainDate('2025-04-15')

eachDatabase((db, kind) => {
  let w: TestWorkspace
  beforeAll(async () => {
    w = await testWorkspace(db)
  })
  afterAll(() => w.store.events.close())
  const own = (deal: Deal, name: string): Deal => ({ ...deal, name, account: { name } })
  const put = (deal: Deal, name: string) => w.within((tx) => createWhole(tx, own(deal, name)))
  const summary = async (id: string) => (await w.within((tx) => loadDeal(tx, id, { access: ALL }))).summary
  const settled = (today = ON) => settle(w.store, { workspaceId: w.workspaceId, today })

  it('say of every deal what the engine says of it', async () => {
    const ids: string[] = []
    for (const [i, story] of stories.entries()) ids.push((await put(story, `Story ${i}`)).id)
    expect(await summary(ids[0]!)).toBeUndefined()
    expect(await settled()).toBeGreaterThanOrEqual(stories.length)
    const bulk = briefs(stories, METHOD, ON)
    for (const [i, id] of ids.entries()) {
      const given = await summary(id)
      const wanted = brief(own(stories[i]!, `Story ${i}`), METHOD, ON)
      expect(given).toMatchObject({
        on: ON,
        fresh: true,
        phase: wanted.position.leading,
        lead: { state: wanted.lead.state },
        homework: wanted.homework.length,
        dangers: wanted.findings.filter(({ severity }) => severity === 'danger' || severity === 'block').length,
      })
      expect(given!.lead.days ?? null).toBe(wanted.lead.days)
      expect(given!.phase).toBe(PHASES[bulk.leading[i]!])
      expect(given!.win ?? 0).toBeCloseTo(wanted.outlook.whether?.value ?? 0, 5)
      expect(given!.phases![2]).toBeCloseTo(wanted.position.phases.define, 5)
    }
    expect(await settled()).toBe(0)
  })

  it('give a deal of which nothing was heard no phase, no decision day and no win number, and no lane counts it', async () => {
    const silent = await put({ sente: 1, name: 'Silent', openedOn: plainDate('2024-03-01'), status: 'open' }, 'Silent')
    await settled()
    const given = (await summary(silent.id))!
    expect(given).toMatchObject({ fresh: true, lead: { state: 'unknown' }, dangers: 0, warnings: 0 })
    for (const key of ['phase', 'phases', 'stalled', 'progress', 'decisionOn', 'win'] as const)
      expect(given[key]).toBeUndefined()
    const admin: Viewer = {
      memberId: w.workspaceId,
      role: 'administrator',
      teamIds: [],
      write: true,
      sensitive: true,
    }
    const lane = () => w.within((tx) => pipeline(tx, admin, { judged: false }))
    const before = await lane()
    expect(before.cells).toMatchObject([{ behind: 0, danger: 0 }])
    expect(before.cells[0]).not.toHaveProperty('phase')
    await w.within((tx) =>
      create(tx, 'evidence', {
        dealId: silent.id,
        on: '2025-03-01',
        signal: 'pain_quantified',
        confidence: 1,
        status: 'confirmed',
      }),
    )
    await settled()
    expect((await summary(silent.id))!.phase).toBeDefined()
    expect((await lane()).total).toBe(before.total - 1)
  })

  it('are computed anew after a change of the deal, its people or its account, and not after others', async () => {
    const { id, accountId } = await put(stories[0]!, 'Changing')
    await settled()
    const whole = await w.within((tx) => loadDeal(tx, id, { access: ALL }))
    for (const change of [
      () => w.within((tx) => create(tx, 'pin', { dealId: id, on: '2025-04-10', phase: 'commit' })),
      () => w.within((tx) => update(tx, 'person', whole.people![0]!.id, { title: 'Newly so' })),
      () => w.within((tx) => update(tx, 'account', accountId!, { wonProjects: 3 })),
    ]) {
      await change()
      expect(await summary(id)).toMatchObject({ fresh: false })
      expect(await settled()).toBe(1)
      expect(await summary(id)).toMatchObject({ fresh: true })
    }
    const now = await w.within((tx) => briefOf(tx, id, { asOf: ON }))
    expect((await summary(id))!.phases![5]).toBeCloseTo(now.brief.position.phases.commit, 5)
    await w.within((tx) => create(tx, 'account', { name: 'Unrelated' }))
    expect(await settled()).toBe(0)
  })

  it('roll forward to a new day, open deals only', async () => {
    const open = await put(
      {
        sente: 1,
        name: 'Open',
        status: 'open',
        evidence: [{ on: plainDate('2025-03-01'), signal: 'pain_quantified', confidence: 1, status: 'confirmed' }],
      },
      'Open',
    )
    const closed = await put({ sente: 1, name: 'Closed', status: 'lost', closedOn: plainDate('2025-03-01') }, 'Closed')
    await settled()
    const before = await summary(open.id)
    await settled(plainDate('2025-06-15'))
    const after = await summary(open.id)
    expect([before!.on, after!.on]).toEqual([ON, '2025-06-15'])
    expect(after!.progress).not.toBe(before!.progress)
    expect((await summary(closed.id))!.on).toBe(ON)
  })

  it('several workers share the work, and nobody who writes waits for them', async () => {
    const ids: string[] = []
    for (let i = 0; i < 30; i++) ids.push((await put(stories[i % stories.length]!, `Many ${i}`)).id)
    const [one, two] = await Promise.all([
      settleWorkspace(w.store, w.workspaceId, ON),
      settleWorkspace(w.store, w.workspaceId, ON),
      w.within((tx) => create(tx, 'touch', { dealId: ids[0]!, on: '2025-04-01', what: 'meanwhile' })),
    ])
    await settled()
    expect(one + two).toBeGreaterThanOrEqual(30)
    for (const id of ids) expect(await summary(id)).toMatchObject({ fresh: true })
  })

  it('much work is shared among all processes that have jobs, and comes out as computed from scratch', async () => {
    const other = await testWorkspace(db)
    const { id } = await other.within((tx) => createWhole(tx, own(stories[0]!, 'Shared')))
    await other.within(async (tx) => {
      await tx.rows(
        `insert into deal (workspace_id, id, owner_id, name, opened_on, amount, currency) select $1, gen_random_uuid(), d.owner_id, 'Shared ' || n, date '2025-01-01' + n % 90, n, 'EUR' from deal d, generate_series(1, 300) n where d.id = $2`,
        [tx.workspaceId, id],
      )
      await tx.rows(
        `insert into evidence (workspace_id, deal_id, id, "on", signal) select $1, d.id, gen_random_uuid(), d.opened_on + 20, 'pain_quantified' from deal d where d.workspace_id = $1 and d.id <> $2 and d.amount::int % 3 > 0`,
        [tx.workspaceId, id],
      )
    })
    const [{ today, yesterday }] = (
      await db.owner.query<{ today: PlainDate; yesterday: PlainDate }>(
        `select now()::date::text as today, (now()::date - 1)::text as yesterday`,
      )
    ).rows as [{ today: PlainDate; yesterday: PlainDate }]
    await settle(other.store, { workspaceId: other.workspaceId, today: yesterday })
    // Three processes: each is seen by the method that its briefs are computed with.
    const worked = [0, 0, 0]
    const stores = worked.map((_, i): Store => ({
      ...other.store,
      methodology: new Proxy(METHOD, {
        get: (method, part, all) => (part === 'signals' && worked[i]!++, Reflect.get(method, part, all)),
      }),
    }))
    const jobs = await Promise.all(stores.map((store) => startJobs(store, { log: () => {} })))
    try {
      await expect
        .poll(
          async () =>
            (
              await db.owner.query<{ n: number }>(
                `select count(*)::int as n from deal where workspace_id = $1 and status = 'open' and brief_on is distinct from $2`,
                [other.workspaceId, today],
              )
            ).rows[0]!.n,
          { interval: 100 },
        )
        .toBe(0)
    } finally {
      await Promise.all(jobs.map((each) => each.stop()))
    }
    expect(worked.filter((n) => n > 0).length).toBeGreaterThan(1)
    const rolled = (
      await db.owner.query<Record<string, unknown>>(
        `select * from deal where workspace_id = $1 and status = 'open' order by id`,
        [other.workspaceId],
      )
    ).rows
    await db.owner.query(
      'update deal set brief_version = null, brief_on = null, phases = null, win = null, lead_days = null where workspace_id = $1',
      [other.workspaceId],
    )
    await settle(other.store, { workspaceId: other.workspaceId, today })
    expect(
      (
        await db.owner.query(`select * from deal where workspace_id = $1 and status = 'open' order by id`, [
          other.workspaceId,
        ])
      ).rows,
    ).toEqual(rolled)
    await other.store.events.close()
  })

  it('what a process that died left undone is found by the next', async () => {
    const { id } = await put(stories[1]!, 'Left')
    // It took the work and was killed before it wrote: the lock went with its connection.
    await w
      .within(async (tx) => {
        await tx.rows('select pg_advisory_xact_lock(hashtextextended($1, 7))', [id])
        throw new Error('killed')
      })
      .catch(() => {})
    expect((await workspacesDue(w.store)).map((due) => due.id)).toContain(w.workspaceId)
    await settled()
    expect(await summary(id)).toMatchObject({ fresh: true })
  })

  describe('a brief', () => {
    it('is the engine’s, of any day, and comes from the cache until the deal changes', async () => {
      const story = own(stories[2]!, 'Cached')
      const { id } = await w.within((tx) => createWhole(tx, story))
      await settled()
      const text = JSON.stringify(brief(story, METHOD, ON))
      const asked = () => w.within((tx) => briefText(tx, id, { asOf: ON }))
      expect(JSON.parse((await asked()).text)).toEqual(JSON.parse(text))
      expect(await w.within((tx) => tx.rows('select deal_version from brief_cache where deal_id = $1', [id]))).toEqual([
        { deal_version: 1 },
      ])
      expect((await asked()).text).toBe((await asked()).text)
      await w.within((tx) => create(tx, 'pin', { dealId: id, on: '2025-04-01', phase: 'commit' }))
      const after = await asked()
      const pinned: Deal = { ...story, pins: [...(story.pins ?? []), { on: plainDate('2025-04-01'), phase: 'commit' }] }
      expect([after.version, JSON.parse(after.text).position.phases]).toEqual([
        2,
        brief(pinned, METHOD, ON).position.phases,
      ])
    })

    it('of a moment knows the database as it stood', async () => {
      const { id } = await put(stories[3]!, 'Books')
      const [{ at }] = (await w.within((tx) => tx.rows<{ at: string }>('select clock_timestamp()::text as at'))) as [
        { at: string },
      ]
      const before = await w.within((tx) => briefOf(tx, id, { asOf: ON }))
      await w.within((tx) => create(tx, 'pin', { dealId: id, on: '2025-04-01', phase: 'commit' }))
      expect((await w.within((tx) => briefOf(tx, id, { asOf: ON, at }))).brief).toEqual(before.brief)
    })
  })

  describe('events', () => {
    it('are heard by every process after the commit, and never before or without', async () => {
      await w.store.events.flushed()
      const other = eventBus(db)
      onTestFinished(() => other.close())
      const heard: Heard[] = []
      await other.subscribe(w.workspaceId, (event) => void heard.push(event))
      const strangers: Heard[] = []
      await other.subscribe('00000000-0000-7000-8000-000000000000', (event) => void strangers.push(event))
      const deal = await w.within(async (tx) => {
        const made = await create(tx, 'deal', { name: 'Told' })
        await tx.store.events.flushed()
        await sleep(30)
        expect(heard).toEqual([])
        return made
      })
      await w
        .within(async (tx) => {
          await update(tx, 'deal', deal.id, { name: 'Never' })
          throw new Error('no')
        })
        .catch(() => {})
      await w.within((tx) => create(tx, 'note', { dealId: deal.id, on: '2026-01-01', text: 'x' }))
      await expect.poll(() => heard.length).toBe(2)
      expect(heard).toMatchObject([
        {
          workspaceId: w.workspaceId,
          kind: 'deal',
          id: deal.id,
          dealId: deal.id,
          action: 'create',
          version: 1,
          actorId: w.admin,
        },
        { kind: 'note', dealId: deal.id, action: 'create' },
      ])
      expect(strangers).toEqual([])
    })

    it('go on after the connection was lost, and say that some may be missing', async () => {
      const other = eventBus(db)
      onTestFinished(() => other.close())
      const heard: Heard[] = []
      await other.subscribe(w.workspaceId, (event) => void heard.push(event))
      // Whoever may end a connection: its own role, or the one that can become it.
      await (kind === 'embedded' ? db.app : db.owner).query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sente events' and datname = current_database()`,
      )
      await expect.poll(() => heard).toContainEqual({ missed: true })
      await w.within((tx) => create(tx, 'account', { name: 'After' }))
      await expect.poll(() => heard.some((event) => 'kind' in event && event.kind === 'account')).toBe(true)
    })

    it('many in one change come all', async () => {
      const heard = new Set<string>()
      await w.store.events.subscribe(
        w.workspaceId,
        (event) => void ('id' in event && event.kind === 'account' && heard.add(event.id)),
      )
      const ids = await w.within(async (tx) => {
        const made: string[] = []
        for (let i = 0; i < 120; i++) made.push((await create(tx, 'account', { name: `Bulk ${i}` })).id)
        return made
      })
      await expect.poll(() => ids.every((id) => heard.has(id))).toBe(true)
    })
  })

  it('a job whose process was killed is another’s after moments, not after its hour', async () => {
    await (await startJobs(w.store, { log: () => {} })).stop()
    const { id } = await put(stories[0]!, 'Of a killed one')
    const { options } = db.owner
    const killed = new PgBoss({
      ...(options as object),
      ...(options.password === undefined ? {} : { password: options.password as string }),
      schema: 'pgboss',
      supervise: false,
      schedule: false,
    })
    await killed.start()
    await killed.send('summaries', { workspaceId: w.workspaceId }, { singletonKey: w.workspaceId })
    expect(await killed.fetch('summaries')).toHaveLength(1)
    await killed.stop({ graceful: false })
    // Its last sign of life was longer ago than one may be without: a quarter of a minute that nobody need wait for.
    const { rows } = await db.owner.query<{ moments: number }>(
      `update pgboss.job set heartbeat_on = heartbeat_on - interval '15 seconds' where name = 'summaries' and state = 'active' returning heartbeat_seconds as moments`,
    )
    expect(rows.map(({ moments }) => moments < 15)).toEqual([true])
    const jobs = await startJobs(w.store, { log: () => {}, lookedAfterS: 1 })
    try {
      await expect.poll(async () => (await summary(id))?.fresh, { timeout: 100_000, interval: 50 }).toBe(true)
    } finally {
      await jobs.stop()
    }
  }, 110_000)

  it('jobs compute what a change made stale, soon and without being asked', async () => {
    const { id } = await put(stories[0]!, 'By a job')
    const jobs = await startJobs(w.store, { log: () => {} })
    try {
      await expect.poll(async () => (await summary(id))?.fresh, { interval: 50 }).toBe(true)
      await w.within((tx) => create(tx, 'pin', { dealId: id, on: '2025-04-10', phase: 'commit' }))
      const changed = performance.now()
      await expect.poll(async () => (await summary(id))?.fresh, { interval: 20 }).toBe(true)
      expect(performance.now() - changed).toBeLessThan(15_000)
    } finally {
      await jobs.stop()
    }
  })
})
