import { describe, expect, it } from 'vitest'
import { onDatabase } from './support/database.ts'
import { Importing, lines } from './support/importing.ts'

onDatabase((db) => {
  const at = new Importing(db)
  const { fresh, load, rows } = at

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
            owner: at.w.members.seller.email,
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
            owner: at.w.members.seller.email,
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

    it('by a seller touches no deal of others, and makes none for them', async () => {
      await fresh()
      await load(
        lines([
          { externalId: 'theirs', name: 'Theirs', owner: at.w.members.manager.email },
          { externalId: 'mine', name: 'Mine', owner: at.w.members.seller.email },
        ]),
        { kind: 'deals' },
      )
      const deals = await load(
        lines([
          { externalId: 'theirs', name: 'Renamed' },
          { name: 'For them', owner: at.w.members.manager.email },
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

  it('the end that a CRM expects and its next step are kept as its word: the next list moves them, and one without these columns leaves them', async () => {
    await fresh()
    const list = (more: object) =>
      load(lines([{ externalId: 'd1', name: 'D', account: 'A', ...more }]), { kind: 'deals' })
    const kept = () =>
      rows(
        `select crm_close_on::text as close, crm_next_step as next, closed_on, status from deal where workspace_id = $w`,
      )
    await list({ expectedCloseOn: '2026-09-30', nextStep: 'Send the offer' })
    const open = { closed_on: null, status: 'open' }
    expect(await kept()).toEqual([{ close: '2026-09-30', next: 'Send the offer', ...open }])
    const again = { expectedCloseOn: '2026-12-31', nextStep: '约王总' }
    expect((await list(again)).run).toMatchObject({ updated: 1 })
    expect((await list(again)).run).toMatchObject({ unchanged: 1 })
    expect((await list({})).run).toMatchObject({ unchanged: 1 })
    expect(await kept()).toEqual([{ close: '2026-12-31', next: '约王总', ...open }])
    // It is their word: no told day and no step of ours comes of it.
    for (const table of ['plan_step', 'process_step', 'our_step'])
      expect([table, await rows(`select 1 from ${table} where workspace_id = $w`)]).toEqual([table, []])
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
})
