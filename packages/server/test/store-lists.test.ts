import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { DEAL_SORTS } from '@sente/api'
import type { DealRow } from '@sente/api'
import { eachDatabase } from './support/database.ts'
import { ALL } from './support/edits.ts'
import { testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { listAccounts, listPeople } from '../src/store/address-book.ts'
import { listDeals } from '../src/store/lists.ts'
import type { DealQuery } from '../src/store/lists.ts'
import { pipeline } from '../src/store/pipeline.ts'
import { BadCursor } from '../src/store/refusal.ts'
import { search } from '../src/store/search.ts'
import { accessTo, visibilityOf } from '../src/store/visibility.ts'
import type { Viewer } from '../src/store/visibility.ts'
import { settle } from '../src/store/summaries.ts'
import { recount } from '../src/store/totals.ts'
import { create, remove, update } from '../src/store/write.ts'

eachDatabase((db) => {
  let w: TestWorkspace
  let viewers: Record<'admin' | 'manager' | 'seller' | 'mate' | 'outsider' | 'watcher', Viewer>
  const names: string[] = []
  beforeAll(async () => {
    w = await testWorkspace(db)
    const [north, south] = [await w.team('North'), await w.team('South')]
    viewers = {
      admin: { memberId: w.admin, role: 'administrator', teamIds: [], write: true, sensitive: true },
      manager: await w.member('manager', 'Mona', [north]),
      seller: await w.member('seller', 'Sam', [north]),
      mate: await w.member('seller', 'Mia', [north]),
      outsider: await w.member('seller', 'Otto', [south]),
      watcher: await w.member('viewer', 'Vera', [north]),
    }
    const owners = [viewers.seller, viewers.mate, viewers.outsider]
    await w.within(async (tx) => {
      const accounts = [
        await create(tx, 'account', { name: '江州银行', industry: 'banking' }),
        await create(tx, 'account', { name: "Riverbank & Sons' Trust", region: 'East' }),
      ]
      for (let i = 0; i < 36; i++) {
        const name = `Deal ${String.fromCodePoint(65 + ((i * 7) % 26))}${i} 核心系统`
        names.push(name)
        const deal = await create(tx, 'deal', {
          name,
          ownerId: owners[i % 3]!.memberId,
          ...(i % 4 === 0 ? {} : { accountId: accounts[i % 2]!.id }),
          ...(i % 5 === 0
            ? {}
            : { amount: { value: i % 3 === 0 ? '12.50' : `${i * 1000}.10`, currency: i % 2 ? 'CNY' : 'EUR' } }),
          ...(i % 6 === 0 ? {} : { openedOn: `2026-01-${String(1 + (i % 28)).padStart(2, '0')}` }),
          ...(i % 7 === 0 ? { status: 'won' as const, closedOn: '2026-02-20' } : {}),
        })
        if (i % 3 === 0)
          await create(tx, 'pin', { dealId: deal.id, on: '2026-02-01', phase: i % 2 ? 'evaluate' : 'risk' })
      }
      for (const account of accounts)
        for (const name of ['周敏', 'Lin Tao']) await create(tx, 'person', { name, accountId: account.id })
    })
    await settle(w.store, { workspaceId: w.workspaceId, today: '2026-03-01' as never })
  })

  const pages = async (viewer: Viewer, query: DealQuery): Promise<DealRow[]> => {
    const all: DealRow[] = []
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await w.within((tx) => listDeals(tx, viewer, { ...query, ...(cursor ? { cursor } : {}) }))
      all.push(...page.items)
      cursor = page.next
    }
    return all
  }

  it('every sorting, both ways, gives each deal once, page by page, in the order of one long page', async () => {
    for (const sort of DEAL_SORTS) {
      for (const order of ['asc', 'desc'] as const) {
        const long = await pages(viewers.admin, { sort, order, limit: 200 })
        expect(long).toHaveLength(36)
        expect(
          (await pages(viewers.admin, { sort, order, limit: 5 })).map(({ id }) => id),
          `${sort} ${order}`,
        ).toEqual(long.map(({ id }) => id))
      }
    }
  })

  it('sorts amounts as numbers, with those that have none last', async () => {
    const amounts = (await pages(viewers.admin, { sort: 'amount', order: 'desc', limit: 10 })).map(({ amount }) =>
      amount ? Number(amount.value) : null,
    )
    const given = amounts.filter((amount) => amount !== null)
    expect(given).toEqual(given.toSorted((a, b) => b - a))
    expect(amounts.slice(given.length).every((amount) => amount === null)).toBe(true)
  })

  it('a page stays right when deals come and go before it', async () => {
    const query: DealQuery = { sort: 'name', order: 'asc', limit: 10 }
    const first = await w.within((tx) => listDeals(tx, viewers.admin, query))
    const added = await w.within((tx) => create(tx, 'deal', { name: 'AAA first of all' }))
    const second = await w.within((tx) => listDeals(tx, viewers.admin, { ...query, cursor: first.next }))
    await w.within((tx) => remove(tx, 'deal', added.id))
    const long = await pages(viewers.admin, { ...query, limit: 200 })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(long.slice(0, 20).map(({ id }) => id))
  })

  it('a cursor is good for its own list only', async () => {
    const { next } = await w.within((tx) => listDeals(tx, viewers.admin, { sort: 'name', order: 'asc', limit: 5 }))
    for (const query of [
      { sort: 'name', order: 'desc' },
      { sort: 'amount', order: 'asc' },
      { sort: 'name', order: 'asc', status: ['open'] },
    ] as DealQuery[])
      await expect(w.within((tx) => listDeals(tx, viewers.admin, { ...query, cursor: next }))).rejects.toBeInstanceOf(
        BadCursor,
      )
    for (const cursor of ['x', 'W10', Buffer.from('{"a":1}').toString('base64url'), `${next}x`, ''])
      await expect(
        w.within((tx) => listDeals(tx, viewers.admin, { sort: 'name', order: 'asc', cursor })),
      ).rejects.toBeInstanceOf(BadCursor)
  })

  it('filters say the same as looking at every row', async () => {
    const all = await pages(viewers.admin, { limit: 200 })
    const check = async (query: DealQuery, holds: (row: DealRow) => boolean): Promise<void> => {
      const found = await pages(viewers.admin, { ...query, limit: 7 })
      expect(found.map(({ id }) => id).toSorted(), JSON.stringify(query)).toEqual(
        all
          .filter(holds)
          .map(({ id }) => id)
          .toSorted(),
      )
    }
    await check({ status: ['won'] }, (row) => row.status === 'won')
    await check(
      { ownerId: [viewers.mate.memberId], status: ['open', 'won'] },
      (row) => row.owner.id === viewers.mate.memberId,
    )
    await check({ teamId: viewers.manager.teamIds as string[] }, (row) => row.owner.id !== viewers.outsider.memberId)
    await check(
      { currency: ['EUR'], amountFrom: '12.5', amountTo: '20000' },
      (row) => row.amount?.currency === 'EUR' && Number(row.amount.value) >= 12.5 && Number(row.amount.value) <= 20000,
    )
    await check({ phase: ['risk'] }, (row) => row.summary?.phase === 'risk')
    await check({ leadState: ['behind', 'covered'] }, (row) => ['behind', 'covered'].includes(row.summary!.lead.state))
    await check({ leadBelow: 0 }, (row) => (row.summary!.lead.days ?? 0) < 0)
    await check(
      { openedFrom: '2026-01-05', openedTo: '2026-01-12' },
      (row) => (row.openedOn ?? '') >= '2026-01-05' && (row.openedOn ?? '9') <= '2026-01-12',
    )
    await check({ q: '江州' }, (row) => row.account?.name === '江州银行')
    await check({ q: "sons' deal" }, (row) => row.account?.name.startsWith('River') === true)
    await check({ q: 'nothing like it' }, () => false)
    await check({ q: "'); drop" }, () => false)
    await check({ danger: true }, (row) => row.summary!.dangers > 0)
    await check({ danger: false }, (row) => row.summary!.dangers === 0)
  })

  it('who sees which deal, by role, team and share', async () => {
    const all = await pages(viewers.admin, { limit: 200 })
    const of = (who: keyof typeof viewers): DealRow[] => all.filter((row) => row.owner.id === viewers[who].memberId)
    const shared = of('outsider')[0]!
    const see = async (who: keyof typeof viewers): Promise<string[]> =>
      (await pages(viewers[who], { limit: 200 })).map(({ id }) => id).toSorted()
    const ids = (rows: DealRow[]): string[] => rows.map(({ id }) => id).toSorted()
    const north = [...of('seller'), ...of('mate')]
    expect(await see('seller')).toEqual(ids(of('seller')))
    expect(await see('manager')).toEqual(ids(north))
    expect(await see('watcher')).toEqual(ids(north))
    const access = (who: keyof typeof viewers, id: string) => w.within((tx) => accessTo(tx, viewers[who], id))
    const none = { read: false, write: false, sensitive: false, share: false }
    const whole = { read: true, ...ALL }
    expect(await access('seller', of('mate')[0]!.id)).toEqual(none)
    expect(await access('seller', of('seller')[0]!.id)).toEqual(whole)
    expect(await access('manager', of('mate')[0]!.id)).toEqual(whole)
    expect(await access('admin', shared.id)).toEqual(whole)
    expect(await access('watcher', of('mate')[0]!.id)).toEqual({ ...none, read: true })
    expect(await access('admin', w.admin)).toEqual(none)
    const shareId = viewers.manager.memberId
    await w.within((tx) =>
      tx.rows('insert into deal_share (workspace_id, id, deal_id, team_id) values ($1, $2, $3, $4)', [
        tx.workspaceId,
        shareId,
        shared.id,
        viewers.manager.teamIds[0],
      ]),
    )
    expect(await access('seller', shared.id)).toEqual({ ...none, read: true })
    expect(await see('seller')).toEqual(ids([...of('seller'), shared]))
    expect(await see('manager')).toEqual(ids([...north, shared]))
    await w.within((tx) => tx.rows('update deal_share set may_write = true, sensitive = true where id = $1', [shareId]))
    expect(await access('seller', shared.id)).toEqual({ ...whole, share: false })
    expect(await access('watcher', shared.id)).toEqual({ ...none, read: true })
    for (const who of ['seller', 'manager', 'watcher'] as const) await agree(viewers[who])
    await w.within((tx) => tx.rows('delete from deal_share where id = $1', [shareId]))
  })

  /** The totals of what a viewer sees are the sums of the rows they see. */
  async function agree(viewer: Viewer, filter: DealQuery = {}): Promise<void> {
    const rows = await pages(viewer, { ...filter, limit: 200 })
    const { cells, total } = await w.within((tx) => pipeline(tx, viewer, filter))
    expect(total).toBe(rows.length)
    const cents = (text: string): number => Math.round(Number(text) * 100)
    for (const cell of cells) {
      const own = rows.filter((row) => row.summary?.phase === cell.phase && row.amount?.currency === cell.currency)
      expect(cell.count).toBe(own.length)
      expect(cents(cell.amount)).toBe(own.reduce((sum, row) => sum + cents(row.amount?.value ?? '0'), 0))
      expect(cell.behind).toBe(own.filter((row) => row.summary?.lead.state === 'behind').length)
      expect(cell.danger).toBe(own.filter((row) => (row.summary?.dangers ?? 0) > 0).length)
    }
  }

  it('the pipeline adds up what the list shows, for every viewer and filter', async () => {
    for (const viewer of Object.values(viewers))
      for (const filter of [
        {},
        { status: ['open'] },
        { phase: ['risk', 'evaluate'], currency: ['EUR'] },
        { ownerId: [viewers.mate.memberId] },
        { leadBelow: 5 },
        { q: '江州' },
      ] as DealQuery[])
        await agree(viewer, filter)
  })

  it('totals stay those of the deals through any changes', async () => {
    const kept = () =>
      w.within((tx) =>
        tx.rows(
          'select owner_id, status, phase, currency, deals, trim_scale(amount) as amount, behind, danger from deal_total where deals <> 0 order by 1, 2, 3, 4',
        ),
      )
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            pick: fc.nat(35),
            what: fc.constantFrom('amount', 'owner', 'close', 'open', 'pin', 'settle', 'new'),
            value: fc.nat(99),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        async (steps) => {
          const made: string[] = []
          for (const { pick, what, value } of steps) {
            const all = (
              await w.within((tx) => listDeals(tx, viewers.admin, { sort: 'name', order: 'asc', limit: 200 }))
            ).items
            const { id } = all[pick % all.length]!
            if (what === 'settle') await settle(w.store, { workspaceId: w.workspaceId, today: '2026-03-01' as never })
            else
              await w.within(async (tx) => {
                if (what === 'amount')
                  await update(tx, 'deal', id, {
                    amount: value % 5 ? { value: `${value}.05`, currency: value % 2 ? 'USD' : 'CNY' } : null,
                  })
                if (what === 'owner')
                  await update(tx, 'deal', id, { ownerId: Object.values(viewers)[value % 4]!.memberId })
                if (what === 'close') await update(tx, 'deal', id, { status: 'lost' }).catch(() => {})
                if (what === 'open') await update(tx, 'deal', id, { status: 'open' })
                if (what === 'pin')
                  await create(tx, 'pin', { dealId: id, on: '2026-02-02', phase: value % 2 ? 'commit' : 'need' })
                if (what === 'new')
                  made.push(
                    (await create(tx, 'deal', { name: `Z${value}`, amount: { value: '1.10', currency: 'CNY' } })).id,
                  )
              })
          }
          for (const id of made) await w.within((tx) => remove(tx, 'deal', id))
          const before = await kept()
          await w.within(recount)
          expect(before).toEqual(await kept())
        },
      ),
      { numRuns: 10 },
    )
  })

  it('accounts and people are everybody’s, page by page', async () => {
    const one = await w.within((tx) => listAccounts(tx, viewers.seller, { limit: 1 }))
    const two = await w.within((tx) => listAccounts(tx, viewers.seller, { limit: 1, cursor: one.next }))
    expect([...one.items, ...two.items].map(({ name, people }) => [name, people])).toEqual([
      ["Riverbank & Sons' Trust", 2],
      ['江州银行', 2],
    ])
    const sum = async (viewer: Viewer): Promise<number> =>
      (await w.within((tx) => listAccounts(tx, viewer, {}))).items.reduce((all, { openDeals }) => all + openDeals, 0)
    expect(await sum(viewers.seller)).toBeLessThan(await sum(viewers.admin))
    expect(
      (await w.within((tx) => listAccounts(tx, viewers.seller, { q: '江州', sort: 'updatedAt', order: 'desc' }))).items,
    ).toHaveLength(1)
    expect((await w.within((tx) => listPeople(tx, { q: '周' }))).items.map(({ name }) => name)).toEqual([
      '周敏',
      '周敏',
    ])
    const people = await w.within((tx) => listPeople(tx, { limit: 3 }))
    expect((await w.within((tx) => listPeople(tx, { limit: 3, cursor: people.next }))).items).toHaveLength(1)
  })

  it('finds words of both languages, and marks them', async () => {
    const deal = (await pages(viewers.seller, { limit: 1 }))[0]!
    await w.within(async (tx) => {
      await create(tx, 'note', {
        dealId: deal.id,
        on: '2026-01-05',
        text: `${'很长的开头。'.repeat(20)}他们问半夜出了问题谁来，运维由谁负责；Who comes at NIGHT?`,
      })
      const note = await create(tx, 'note', {
        dealId: deal.id,
        on: '2026-01-06',
        text: '私下说：行长要退休',
        private: true,
      })
      await create(tx, 'evidence', {
        dealId: deal.id,
        on: '2026-01-06',
        signal: 'asks_local_support',
        quote: '行长要退休',
        noteId: note.id,
      })
      await create(tx, 'touch', { dealId: deal.id, on: '2026-01-07', what: '𠮷野家 dinner with Zoë' })
    })
    const find = (q: string, viewer = viewers.seller) => w.within((tx) => search(tx, viewer, { q }))
    const [hit] = await find('半夜')
    expect(hit).toMatchObject({ kind: 'note', dealId: deal.id, on: '2026-01-05' })
    expect(hit!.marks.map(([from, to]) => hit!.excerpt!.slice(from, to))).toEqual(['半夜'])
    const [both] = await find('night 运维')
    expect(both!.marks.map(([from, to]) => both!.excerpt!.slice(from, to))).toEqual(['运维', 'NIGHT'])
    expect((await find('谁')).map(({ kind }) => kind)).toEqual(['note'])
    expect((await find('zoë')).map(({ kind }) => kind)).toEqual(['touch'])
    expect((await find('𠮷野')).map(({ kind }) => kind)).toEqual(['touch'])
    // A deal is found by its account too, after it.
    const river = await find('river')
    expect(river[0]).toMatchObject({ kind: 'account', marks: [[0, 5]] })
    expect(new Set(river.slice(1).map(({ kind }) => kind))).toEqual(new Set(['deal']))
    expect((await find('江州')).map(({ kind }) => kind)[0]).toBe('account')
    expect((await find('退休')).map(({ kind }) => kind).toSorted()).toEqual(['evidence', 'note'])
    expect(await find('半夜', viewers.mate)).toEqual([])
    expect((await find('半夜', viewers.watcher)).map(({ kind }) => kind)).toEqual(['note'])
    expect(await find('退休', viewers.watcher)).toEqual([])
    expect(await find(`'":*&|!() \\`)).toEqual([])
    expect(await find(`\\'`)).toEqual([])
  })

  it('keeps what has a character of two halves where a title or a word is cut off', async () => {
    const deal = (await pages(viewers.seller, { limit: 1 }))[0]!
    for (const text of [`${'b'.repeat(159)}😀 kingfisher`, `a${'𐐨'.repeat(50)} kingfisher`])
      await w.within((tx) => create(tx, 'note', { dealId: deal.id, on: '2026-01-05', text }))
    expect(await w.within((tx) => search(tx, viewers.seller, { q: 'kingfisher' }))).toHaveLength(2)
  })

  it('a deal is found by what its account is called now', async () => {
    const found = async (q: string): Promise<number> =>
      (await w.within((tx) => listDeals(tx, viewers.admin, { q, limit: 200 }))).items.length
    const before = await found('江州')
    const [account] = (await w.within((tx) => listAccounts(tx, viewers.admin, { q: '江州' }))).items
    await w.within((tx) => update(tx, 'account', account!.id, { name: '海州银行' }))
    expect([await found('江州'), await found('海州'), await found('海州 deal')]).toEqual([0, before, before])
    await w.within((tx) => update(tx, 'account', account!.id, { name: '江州银行' }))
    expect(before).toBeGreaterThan(5)
  })

  it('what a note is found by follows its privacy', async () => {
    const deal = (await pages(viewers.seller, { limit: 1 }))[0]!
    const note = await w.within(async (tx) => {
      const made = await create(tx, 'note', { dealId: deal.id, on: '2026-01-05', text: 'zebra crossing' })
      await create(tx, 'evidence', {
        dealId: deal.id,
        on: '2026-01-05',
        signal: 'asks_local_support',
        quote: 'zebra',
        noteId: made.id,
      })
      return made
    })
    const found = async (): Promise<number> =>
      (await w.within((tx) => search(tx, viewers.watcher, { q: 'zebra' }))).length
    expect(await found()).toBe(2)
    await w.within((tx) => update(tx, 'note', note.id, { private: true }))
    expect(await found()).toBe(0)
    await w.within((tx) => update(tx, 'note', note.id, { private: null, text: 'lion' }))
    expect(await found()).toBe(1)
  })

  it('visibility without a team or a share is one’s own', async () => {
    const alone = await w.member('manager', 'Alone')
    expect(await w.within((tx) => visibilityOf(tx, alone))).toEqual({
      all: false,
      owners: [alone.memberId],
      shared: [],
      sharedPersonal: [],
    })
  })
})
