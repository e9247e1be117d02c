import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { plainDate } from '@sente/engine'
import { briefText } from '../src/store/briefs.ts'
import { settle } from '../src/store/summaries.ts'
import { withWorkspace } from '../src/store/tenant.ts'
import type { Tx } from '../src/store/tenant.ts'
import { onDatabase } from './support/database.ts'
import { Importing, lines } from './support/importing.ts'

onDatabase((db) => {
  const at = new Importing(db)
  const { fresh, load, rows } = at

  describe('what an import changes of deals that are there', () => {
    const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
      withWorkspace(at.store, { workspaceId: at.w.id, actorId: at.w.members.administrator.id, via: 'test' }, work)
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
      await settle(at.store, { workspaceId: at.w.id, today: plainDate('2025-04-15') })
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
})
