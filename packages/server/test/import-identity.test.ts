import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportRun } from '@sente/api'
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

onDatabase((db) => {
  let store: Store
  let w: TestWorkspace
  beforeAll(() => {
    store = { database: db, methodology: method, events: eventBus(db) }
  })
  afterAll(() => store.events.close())

  const load = async (name: string, kind: ImportOptions['kind']): Promise<ImportRun> => {
    const bytes = await readFile(new URL(`intake/${name}`, import.meta.url))
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield bytes
    }
    const { id } = w.members.administrator
    return runImport(
      store,
      { workspaceId: w.id, actorId: id, via: 'import' },
      { memberId: id, role: 'administrator', teamIds: [], write: true, sensitive: true },
      pieces(),
      { kind, filename: name, answers: { yes: true } },
    )
  }
  const names = async (table: 'account' | 'deal'): Promise<string[]> =>
    (
      await db.owner.query<{ name: string }>(`select name from ${table} where workspace_id = $1 order by name`, [w.id])
    ).rows.map(({ name }) => name)

  describe('in the database one thing stays one', () => {
    it('a deal by its id of 18 and then of 15 characters is one deal, updated, and its activity is put to it', async () => {
      w = await makeWorkspace(db)
      expect(await load('same-deal-18.csv', 'deals')).toMatchObject({ created: 1, failed: 0 })
      expect(await load('same-deal-15.csv', 'deals')).toMatchObject({ created: 0, updated: 1, failed: 0 })
      expect(await names('deal')).toEqual(['Tide gauge network, phase 1'])
      expect(await load('same-deal-activity.csv', 'activities')).toMatchObject({ failed: 0 })
      const touches = await db.owner.query('select what from touch where workspace_id = $1', [w.id])
      expect(touches.rows).toEqual([{ what: 'Site walk' }])
    })

    it('a customer in full and in half width is one account', async () => {
      w = await makeWorkspace(db)
      await load('full-width.csv', 'accounts')
      await load('half-width.csv', 'deals')
      expect(await names('account')).toEqual(['华芯科技（深圳）有限公司'])
      expect(await names('deal')).toEqual(['晶圆排程'])
    })

    it('deals of one name at three customers are three, also the second time', async () => {
      w = await makeWorkspace(db)
      await load('same-names.csv', 'deals')
      await load('same-names.csv', 'deals')
      expect(await names('deal')).toEqual(['年度续约', '年度续约', '年度续约'])
      expect(await names('account')).toHaveLength(3)
    })

    it('deals of those who have left come in for who imports', async () => {
      w = await makeWorkspace(db)
      expect(await load('owners-left.csv', 'deals')).toMatchObject({ created: 3, failed: 0 })
      const owners = await db.owner.query<{ owner_id: string }>(
        'select distinct owner_id from deal where workspace_id = $1',
        [w.id],
      )
      expect(owners.rows).toEqual([{ owner_id: w.members.administrator.id }])
    })

    it('a history of stages in any order is one deal with a claim of each day', async () => {
      w = await makeWorkspace(db)
      await load('history-newest-first.csv', 'deals')
      expect(await names('deal')).toHaveLength(1)
      const claims = await db.owner.query('select "on" from stage_claim where workspace_id = $1 order by 1', [w.id])
      expect(claims.rows.length).toBeGreaterThanOrEqual(3)
    })
  })
})
