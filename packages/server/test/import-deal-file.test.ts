import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dealOf } from '@sente/api'
import type { ImportRun } from '@sente/api'
import { loadMethodology } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { files } from '@sente/methodology'
import { dealFile } from '../src/exchange/export/deal-file.ts'
import type { RowFault } from '../src/exchange/files/problem.ts'
import { runImport } from '../src/exchange/import/run.ts'
import type { ImportOptions } from '../src/exchange/import/run.ts'
import { listFaults } from '../src/exchange/import/runs.ts'
import { eventBus } from '../src/store/events.ts'
import { loadDeal } from '../src/store/read.ts'
import type { Viewer } from '../src/store/visibility.ts'
import { withWorkspace } from '../src/store/tenant.ts'
import type { Store, Tx } from '../src/store/tenant.ts'
import { undo } from '../src/store/undo.ts'
import { create } from '../src/store/write.ts'
import { makeWorkspace } from './support/application.ts'
import type { TestWorkspace } from './support/application.ts'
import { onDatabase } from './support/database.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const method = loaded.methodology

const FILE = {
  sente: 1,
  id: 'core',
  name: 'Core platform',
  account: { name: 'Riverbank', industry: 'banking' },
  amount: { value: '4800000', currency: 'CNY' },
  status: 'open',
  crmCloseOn: '2025-09-30',
  crmNextStep: 'Send the offer',
  sellerEstimate: 0.7,
  people: [
    {
      id: 'zhou',
      name: 'Zhou Min',
      title: 'President',
      roles: ['economic-buyer'],
      reportsTo: null,
      stance: 0,
      agenda: 'The branches',
    },
    { id: 'lin', name: 'Lin Tao', title: 'CIO', roles: ['technical-buyer'], reportsTo: 'zhou', influence: 4 },
  ],
  rivals: [{ id: 'north', name: 'Northstar', contacts: [{ person: 'zhou', on: '2025-03-20' }] }],
  evidence: [
    { on: '2025-01-06', signal: 'excited_first_meeting', from: 'lin', confidence: 0.9, quote: 'Very good' },
    { on: '2025-02-06', signal: 'excited_first_meeting', from: 'zhou', status: 'suggested' },
  ],
  touches: [{ on: '2025-01-06', play: 'intro_by_coach', with: ['lin'], outcome: 'failed' }],
  proofs: [
    { topic: 'vendor_viability', proof: 'investor_letter', for: ['zhou'], status: 'preparing', on: '2025-02-01' },
  ],
  notes: [{ on: '2025-01-07', text: 'They liked it.' }],
}
type File = typeof FILE

onDatabase((db) => {
  let store: Store
  let w: TestWorkspace
  let id: string
  beforeAll(() => {
    store = { database: db, methodology: method, events: eventBus(db) }
  })
  afterAll(() => store.events.close())

  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    withWorkspace(store, { workspaceId: w.id, actorId: w.members.administrator.id, via: 'test' }, work)
  const load = async (
    file: object,
    options: Partial<ImportOptions> = {},
    viewer: Partial<Viewer> = {},
  ): Promise<{ run: ImportRun; said: RowFault[] }> => {
    const who = { workspaceId: w.id, actorId: viewer.memberId ?? w.members.administrator.id, via: 'import' }
    const bytes = (async function* () {
      yield Buffer.from(`${JSON.stringify(file)}\n`)
    })()
    const run = await runImport(
      store,
      who,
      {
        memberId: w.members.administrator.id,
        role: 'administrator',
        teamIds: [],
        write: true,
        sensitive: true,
        ...viewer,
      },
      bytes,
      { kind: 'deal-files', ...options },
    )
    return { run, said: await within((tx) => listFaults(tx, run.id, 100, undefined)) }
  }
  const books = (): Promise<Deal> =>
    within(async (tx) =>
      dealOf(
        await loadDeal(tx, id, {
          include: ['all'],
          limit: 1000,
          access: { write: true, sensitive: true, share: true },
        }),
      ),
    )
  const fresh = async (): Promise<void> => {
    w = await makeWorkspace(db)
    expect((await load(FILE)).run).toMatchObject({ created: 1, failed: 0 })
    id = (await db.owner.query<{ id: string }>('select id from deal where workspace_id = $1', [w.id])).rows[0]!.id
  }

  describe('a deal file whose deal is known', () => {
    it('that says the same, or less, changes nothing', async () => {
      await fresh()
      const before = await books()
      expect((await load(FILE)).run).toMatchObject({ unchanged: 1, updated: 0, failed: 0 })
      const { people: _, touches: __, status: ___, ...less } = FILE
      const { run, said } = await load({
        ...less,
        evidence: [{ on: '2025-01-06', signal: 'excited_first_meeting', from: 'lin' }],
        people: [{ id: 'lin', name: 'Lin Tao' }],
        rivals: [{ id: 'north', name: 'Northstar' }],
        proofs: undefined,
      })
      expect(run).toMatchObject({ unchanged: 1, updated: 0, failed: 0 })
      expect(said.map(({ row, note }) => [row, note])).toEqual([[1, true]])
      expect(said[0]!.what.en).toMatch(/left as it is: .*1 in evidence/)
      expect(await books()).toEqual(before)
    })

    it('brings the deal up to date by marked changes, as one that can be undone; what only the database has stays', async () => {
      await fresh()
      await within((tx) =>
        create(tx, 'note', { dealId: id, on: '2025-01-07' as never, text: 'Written here, the same day.' }),
      )
      const before = await books()
      const file: File = structuredClone(FILE)
      file.amount.value = '5200000.50'
      file.account.industry = 'finance'
      file.crmCloseOn = '2025-12-31'
      file.crmNextStep = 'Sign'
      file.sellerEstimate = 0.8
      file.people[1]!.title = 'CTO'
      file.people.push({ id: 'wu', name: 'Wu Jing', title: 'CFO', roles: [], reportsTo: 'zhou', influence: 3 })
      file.evidence[0]!.confidence = 0.5
      file.evidence.push({
        on: '2025-04-02',
        signal: 'excited_first_meeting',
        from: 'wu',
        confidence: 1,
        quote: 'Us too',
      })
      file.proofs[0] = { ...file.proofs[0]!, status: 'presented', on: '2025-05-01' }
      file.rivals[0]!.contacts.push({ person: 'wu', on: '2025-04-04' })
      file.touches = []
      const dry = await load(file, { dryRun: true })
      expect(dry.run).toMatchObject({ updated: 1, created: 0, failed: 0 })
      expect(dry.said[0]!.what.en).toMatch(/^Would change: /)
      expect(await books()).toEqual(before)
      const { run, said } = await load(file)
      expect(run).toMatchObject({ updated: 1, created: 0, unchanged: 0, failed: 0 })
      expect(said[0]!.what.en).toMatch(
        /^Changed: .*account industry.*people \+1; title.*deal crmCloseOn, crmNextStep, amount.*evidence \+1; confidence.*estimates \+1.*left as it is: .*1 in notes.*1 in touches/,
      )
      const after = await books()
      expect(after).toMatchObject({
        amount: { value: '5200000.50', currency: 'CNY' },
        account: { industry: 'finance' },
        crmCloseOn: '2025-12-31',
        crmNextStep: 'Sign',
        touches: before.touches,
        notes: before.notes,
      })
      expect(after.people!.map(({ id: key, title, reportsTo }) => [key, title, reportsTo])).toEqual([
        ['zhou', 'President', null],
        ['lin', 'CTO', 'zhou'],
        ['wu', 'CFO', 'zhou'],
      ])
      expect(after.sellerEstimate!.map(({ value }) => value)).toEqual([0.7, 0.8])
      expect(after.proofs![0]!.history.map(({ status }) => status)).toEqual(['preparing', 'presented'])
      expect(after.evidence!.map(({ confidence, status }) => [confidence, status])).toEqual([
        [0.5, 'confirmed'],
        [1, 'suggested'],
        [1, 'confirmed'],
      ])
      expect(after.rivals![0]!.contacts).toHaveLength(2)
      const { rows } = await db.owner.query<{ before: { amount: string }; after: { amount: string } }>(
        `select before, after from change where workspace_id = $1 and kind = 'deal' and action = 'update' and after->>'amount' is distinct from before->>'amount'`,
        [w.id],
      )
      expect([rows[0]!.before.amount, rows[0]!.after.amount]).toEqual(['4800000', '5200000.50'])
      // The same file again has nothing more to say.
      expect((await load(file)).run).toMatchObject({ unchanged: 1, updated: 0, failed: 0 })
      const changeSet = /undone as change (\S+)\./.exec(said[0]!.what.en)![1]!
      await within((tx) => undo(tx, changeSet))
      expect(await books()).toEqual(before)
    })

    it('is known by the id of the database where it has none of its own: exported, edited and imported, it is the same deal', async () => {
      await fresh()
      const { id: _, ...nameless } = FILE
      expect((await load({ ...nameless, name: 'Second' })).run).toMatchObject({ created: 1, failed: 0 })
      id = (
        await db.owner.query<{ id: string }>(`select id from deal where workspace_id = $1 and name = 'Second'`, [w.id])
      ).rows[0]!.id
      const out = async (): Promise<File> =>
        JSON.parse((await within((tx) => dealFile(tx, id, 'json', true))).text) as File
      const file = await out()
      expect(file).toEqual({ ...file, id, name: 'Second', crmCloseOn: '2025-09-30', crmNextStep: 'Send the offer' })
      const before = await books()
      expect((await load(file)).run).toMatchObject({ unchanged: 1, created: 0, failed: 0 })
      expect(await books()).toEqual(before)
      expect((await load({ ...file, name: 'Third' })).run).toMatchObject({ updated: 1, created: 0, failed: 0 })
      expect(await books()).toEqual({ ...before, name: 'Third' })
      // Elsewhere it keeps that id, and so comes back the same from there.
      const changed = await out()
      w = await makeWorkspace(db)
      expect((await load(changed)).run).toMatchObject({ created: 1, failed: 0 })
      id = (await db.owner.query<{ id: string }>('select id from deal where workspace_id = $1', [w.id])).rows[0]!.id
      expect(await out()).toEqual(changed)
    })

    it('and is not theirs is refused; what is personal is neither read nor written without the right to see it', async () => {
      await fresh()
      const viewer = { memberId: w.members.seller.id, role: 'seller', sensitive: false } as const
      expect((await load({ ...FILE, name: 'Mine' }, {}, viewer)).said.at(-1)).toMatchObject({
        field: 'id',
        what: { en: expect.stringContaining('not yours') },
      })
      await db.owner.query('update deal set owner_id = $2 where id = $1', [id, viewer.memberId])
      const before = await books()
      const file: File = structuredClone(FILE)
      Object.assign(file.people[0]!, { stance: -2, agenda: 'Another' })
      expect((await load(file, {}, viewer)).run).toMatchObject({ unchanged: 1, updated: 0, failed: 0 })
      expect(await books()).toEqual(before)
    })

    it('that only the write refuses is refused by a dry run as well, with the same words; nothing is kept or told of either', async () => {
      await fresh()
      const before = await books()
      const told: unknown[] = []
      const marks = new Set<string>()
      const stop = await store.events.subscribe(w.id, (event) => {
        if ('kind' in event && event.kind === 'mark') marks.add(event.id)
        else if (!('kind' in event) || event.kind !== 'import') told.push(event)
      })
      // Events arrive in the order they were published: when a mark is heard, so is all before it.
      const heardSoFar = async (mark: string): Promise<void> => {
        store.events.publish([{ workspaceId: w.id, kind: 'mark', id: mark, version: 1, action: 'create' }])
        await vi.waitUntil(() => marks.has(mark), { timeout: 60_000 })
      }
      await heardSoFar('before')
      told.length = 0
      // A character that no text of the database may hold; in a new deal, and in one that is known.
      for (const file of [
        { name: 'Spoilt', notes: [{ on: '2025-01-07', text: 'a\u0000b' }] },
        { ...FILE, goal: 'a\u0000b' },
      ]) {
        const dry = await load(file, { dryRun: true })
        const wet = await load(file)
        expect(dry.run).toMatchObject({ failed: 1, created: 0, updated: 0, dryRun: true, status: 'done' })
        expect(dry.said.map(({ row, what }) => [row, what])).toEqual(wet.said.map(({ row, what }) => [row, what]))
        expect(dry.said.length).toBeGreaterThan(0)
      }
      expect((await load({ name: 'Fine', people: [{ id: 'a', name: 'A' }] }, { dryRun: true })).run).toMatchObject({
        created: 1,
        failed: 0,
      })
      expect((await load({ ...FILE, goal: 'Another' }, { dryRun: true })).run).toMatchObject({ updated: 1, failed: 0 })
      expect(await books()).toEqual(before)
      expect(
        (await db.owner.query('select count(*)::int as n from deal where workspace_id = $1', [w.id])).rows,
      ).toEqual([{ n: 1 }])
      await heardSoFar('after')
      stop()
      expect(told).toEqual([])
    })

    it('that brings what the method does not know is refused with its words, and nothing of it is kept', async () => {
      await fresh()
      const before = await books()
      const { run, said } = await load({
        ...FILE,
        amount: { value: '1', currency: 'CNY' },
        people: [...FILE.people, { id: 'x', name: 'X', reportsTo: 'nobody' }],
      })
      expect(run).toMatchObject({ failed: 1, updated: 0 })
      expect(said.length).toBeGreaterThan(0)
      expect(await books()).toEqual(before)
    })
  })
})
