import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { cancelRun, noticeInterrupted, owesImports, settleImports } from '../src/exchange/import/runs.ts'
import { withWorkspace } from '../src/store/tenant.ts'
import type { Tx } from '../src/store/tenant.ts'
import { onDatabase } from './support/database.ts'
import { Importing, lines, pieces } from './support/importing.ts'

onDatabase((db, kind) => {
  const at = new Importing(db)
  const { fresh, load, rows } = at

  describe('an import', () => {
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
        `insert into import_run (workspace_id, id, member_id, kind, position) values ($w, '${id}', '${at.w.members.administrator.id}', 'accounts', 1000) returning id`,
      )
      const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
        withWorkspace(at.store, { workspaceId: at.w.id, via: 'x' }, work)
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
        await withWorkspace(at.store, { workspaceId: at.w.id, via: 'x' }, noticeInterrupted)
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
        await withWorkspace(at.store, { workspaceId: at.w.id, via: 'x' }, (tx) => cancelRun(tx, id!, undefined))
        yield* pieces(lines(Array.from({ length: 3000 }, (_, i) => ({ externalId: `b${i}`, name: `B ${i}` }))))
      })()
      const { run } = await load(stops, { kind: 'accounts' })
      expect(run.status).toBe('cancelled')
      expect(await rows(`select count(*)::int as n from account where workspace_id = $w`)).toEqual([{ n: run.created }])
      expect(run.created).toBeLessThan(5000)
    })
  })
})
