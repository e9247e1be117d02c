import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseDeal, plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { eachDatabase } from './support/database.ts'
import { METHOD, testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { briefOf } from '../src/store/briefs.ts'
import { methodOf, methodologyOf } from '../src/store/method.ts'
import type { Store } from '../src/store/tenant.ts'
import { createWhole } from '../src/store/whole.ts'

const ON = plainDate('2025-04-15')

function deal(name: string, status: Deal['status']): Deal {
  const closed = status === 'open' ? {} : { status, closedOn: '2025-02-01' }
  const read = parseDeal({ sente: 1, name, account: { name: 'Harbour' }, openedOn: '2024-11-01', ...closed }, METHOD)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.deal
}

eachDatabase((db) => {
  let w: TestWorkspace
  beforeAll(async () => {
    w = await testWorkspace(db)
  })
  afterAll(() => w.store.events.close())
  const put = (name: string, status: Deal['status']) => w.within((tx) => createWhole(tx, deal(name, status)))
  /** As another process that has counted nothing yet. */
  const afresh = (): Store => ({ ...w.store })

  it('from twenty closed deals on a workspace’s own base rate stands in its briefs, and before that the method’s', async () => {
    const { id } = await put('Open', 'open')
    for (let i = 0; i < 19; i++) await put(`Closed ${i}`, i < 12 ? 'won' : i < 17 ? 'lost' : 'no-decision')
    const few = await w.within((tx) => methodologyOf({ ...tx, store: afresh() }))
    expect(few).toBe(METHOD)

    await put('Closed 19', 'won')
    const store = afresh()
    const own = await w.within((tx) => methodologyOf({ ...tx, store }))
    expect(own.outlook.base).toMatchObject({ won: 0.63, noDecision: 0.12, deals: 20 })
    expect(methodOf(own)).not.toBe(methodOf(METHOD))
    // Kept: the same object, so that its look-ups are made once.
    expect(await w.within((tx) => methodologyOf({ ...tx, store }))).toBe(own)
    const { whether } = (await w.within((tx) => briefOf({ ...tx, store }, id, { asOf: ON }))).brief.outlook
    expect(whether!.base).toEqual({ won: 0.63, deals: 20 })
    expect(whether!.value).toBeLessThan(0.63)
    expect(whether!.value).toBeGreaterThan(0.4)
  })
})
