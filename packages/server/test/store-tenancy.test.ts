import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from './support/database.ts'
import { ALL, groundOf } from './support/edits.ts'
import { testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { loadDeal } from '../src/store/read.ts'
import { ChangedSince, NotFound } from '../src/store/refusal.ts'
import { withWorkspace } from '../src/store/tenant.ts'
import { create, remove, update } from '../src/store/write.ts'
import { undo } from '../src/store/undo.ts'

eachDatabase((db) => {
  let w: TestWorkspace
  let other: TestWorkspace
  beforeAll(async () => {
    w = await testWorkspace(db)
    other = await testWorkspace(db, w.store)
  })

  describe('another workspace', () => {
    it('sees no row of any table, whatever it asks', async () => {
      const ground = await groundOf(w)
      await w.within((tx) =>
        create(tx, 'touch', { dealId: ground.dealId, on: '2026-01-05', what: 'secret', with: [ground.people[0]!] }),
      )
      const { rows: tables } = await db.owner.query<{ name: string }>(
        `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
      )
      expect(tables.length).toBeGreaterThan(30)
      await other.within(async (tx) => {
        for (const { name } of tables)
          expect(await tx.rows(`select from "${name}" where workspace_id = $1`, [w.workspaceId])).toEqual([])
        expect(await tx.rows('select id from workspace')).toEqual([{ id: other.workspaceId }])
        expect(await tx.rows(`select from search_hits('secret:*', null, null, '{}', true, '{}', 10)`)).toEqual([])
        expect(await tx.rows(`select from name_hits('riverbank:*', 'account')`)).toEqual([])
      })
    })

    it('can neither read, change, remove nor undo what is not its own', async () => {
      const ground = await groundOf(w)
      const [touch, changeSet] = await w.within(
        async (tx) => [await create(tx, 'touch', { dealId: ground.dealId, on: '2026-01-05' }), tx.changeSet] as const,
      )
      await expect(other.within((tx) => loadDeal(tx, ground.dealId, { access: ALL }))).rejects.toBeInstanceOf(NotFound)
      await expect(other.within((tx) => update(tx, 'touch', touch.id, { what: 'mine' }))).rejects.toBeInstanceOf(
        NotFound,
      )
      await expect(other.within((tx) => update(tx, 'deal', ground.dealId, { name: 'mine' }))).rejects.toBeInstanceOf(
        NotFound,
      )
      await expect(other.within((tx) => remove(tx, 'account', ground.accountId))).rejects.toBeInstanceOf(NotFound)
      await expect(other.within((tx) => undo(tx, changeSet))).rejects.toBeInstanceOf(NotFound)
      await expect(
        other.within((tx) => create(tx, 'deal', { name: 'x', accountId: ground.accountId })),
      ).rejects.toMatchObject({ faults: [{ field: 'body.accountId' }] })
      await other.within(async (tx) => {
        expect(await tx.rows(`update deal set name = 'mine' returning id`)).toEqual([])
        expect(await tx.rows('delete from account returning id')).toEqual([])
      })
      await expect(
        other.within((tx) =>
          tx.rows('insert into account (workspace_id, id, name) values ($1, $1, $2)', [w.workspaceId, 'smuggled']),
        ),
      ).rejects.toMatchObject({ code: '42501' })
    })

    it('is not entered by saying so in the middle of a transaction', async () => {
      const ground = await groundOf(w)
      // The program never does so; that the setting is local to the transaction is what keeps connections clean.
      await w.within(async (tx) =>
        expect(await tx.rows('select from deal where id = $1', [ground.dealId])).toHaveLength(1),
      )
      const { rows } = await db.app.query('select from deal')
      expect(rows).toEqual([])
    })
  })

  describe('the role of the application', () => {
    const refused = async (sql: string): Promise<string> => {
      const error = await withWorkspace(w.store, { workspaceId: w.workspaceId, via: 'test' }, (tx) =>
        tx.rows(sql),
      ).catch((caught: { code: string }) => caught)
      return (error as { code?: string }).code ?? 'done'
    }

    it.each([
      'alter table deal disable row level security',
      'alter table deal no force row level security',
      'drop policy tenant on deal',
      'create policy all_of_it on deal using (true)',
      `alter role current_user bypassrls`,
      'delete from change',
      `update change set before = null`,
      `update change set actor_id = null`,
      'truncate change',
      'drop table change',
      'create table extra (id int)',
      'insert into workspace (id, name) select gen_random_uuid(), $$new$$',
    ])('may not: %s', async (sql) => {
      expect(await refused(sql)).toMatch(/^42(501|601)$/)
    })

    it('does not see past the walls by switching row level security off', async () => {
      // Off, a query that would be filtered fails instead of showing more.
      await expect(
        withWorkspace(w.store, { workspaceId: w.workspaceId, via: 'test' }, async (tx) => {
          await tx.rows('set local row_security = off')
          return tx.rows('select from deal')
        }),
      ).rejects.toMatchObject({ code: '42501' })
      const { rows } = await db.app.query(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`,
      )
      expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
    })

    it('is kept from every table with a workspace by a policy', async () => {
      const { rows } = await db.owner.query(
        `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`,
      )
      expect(rows).toEqual([])
    })
  })

  describe('two who write at once', () => {
    it('of two changes that rest on the same version one is refused with the current record', async () => {
      const ground = await groundOf(w)
      const results = await Promise.allSettled(
        ['a', 'b', 'c'].map((name) => w.within((tx) => update(tx, 'deal', ground.dealId, { name }, 1))),
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ChangedSince)
    })

    it('loses no fact and no version', async () => {
      const ground = await groundOf(w)
      await Promise.all(
        Array.from({ length: 24 }, (_, i) =>
          w.within((tx) =>
            create(tx, 'touch', {
              dealId: ground.dealId,
              on: '2026-01-05',
              what: `${i}`,
              with: [ground.people[i % 3]!],
            }),
          ),
        ),
      )
      const whole = await w.within((tx) => loadDeal(tx, ground.dealId, { access: ALL }))
      expect(whole.touch).toHaveLength(24)
      expect(whole.stakeholder).toHaveLength(3)
      expect(whole.deal.version).toBe(1 + 24 + 3)
    })

    it('never waits in a circle: what meets is done one after the other', async () => {
      const ground = await groundOf(w)
      const touches = await Promise.all(
        [0, 1, 2].map((i) =>
          w.within((tx) => create(tx, 'touch', { dealId: ground.dealId, on: '2026-01-05', what: `${i}` })),
        ),
      )
      await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          w.within(async (tx) => {
            for (const touch of i % 2 ? touches : touches.toReversed())
              await update(tx, 'touch', touch.id, { what: `${i}` })
            if (i % 3 === 0) await update(tx, 'account', ground.accountId, { goal: `${i}` })
            if (i % 5 === 0) await update(tx, 'deal', ground.dealId, { amount: { value: `${i}`, currency: 'EUR' } })
          }),
        ),
      )
      const whole = await w.within((tx) => loadDeal(tx, ground.dealId, { access: ALL }))
      expect(new Set(whole.touch!.map(({ what }) => what)).size).toBe(1)
    })
  })
})
