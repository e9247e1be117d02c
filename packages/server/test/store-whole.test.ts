import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { dealOf } from '@sente/api'
import { parseDeal } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { deals } from '../../engine/test/support/deals.ts'
import { eachDatabase } from './support/database.ts'
import { ALL } from './support/edits.ts'
import { METHOD, testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { loadDeal, loadDeals } from '../src/store/read.ts'
import { NotFound } from '../src/store/refusal.ts'
import { undo } from '../src/store/undo.ts'
import { createWhole } from '../src/store/whole.ts'

const folder = new URL('../../../examples/', import.meta.url)
const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
function exampleDeal(name: string): Deal {
  const result = parseDeal(parse(readFileSync(new URL(name, folder), 'utf8')), METHOD)
  if ('faults' in result) throw new Error(name)
  return result.deal
}

eachDatabase((db) => {
  let w: TestWorkspace
  let n = 0
  beforeAll(async () => {
    w = await testWorkspace(db)
  })
  /** Accounts are found by name: a deal of a test has one of its own. */
  const own = (deal: Deal): Deal =>
    deal.account ? { ...deal, account: { ...deal.account, name: `${deal.account.name} ${n++}` } } : deal

  it.each(examples)('%s is stored and comes back the same', async (name) => {
    const deal = own(exampleDeal(name))
    const made = await w.within((tx) => createWhole(tx, deal))
    expect(dealOf(await w.within((tx) => loadDeal(tx, made.id, { access: ALL })))).toEqual(deal)
  })

  it('any deal is stored and comes back the same, alone and among many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deals, { minLength: 1, maxLength: 3 }), async (list) => {
        const given = list.map(own)
        const ids: string[] = []
        for (const deal of given) ids.push((await w.within((tx) => createWhole(tx, deal))).id)
        const wholes = await w.within((tx) => loadDeals(tx, ids))
        for (const [i, id] of ids.entries()) {
          expect(dealOf(wholes.find((whole) => whole.deal.id === id)!)).toEqual(given[i])
          expect(dealOf(await w.within((tx) => loadDeal(tx, id, { access: ALL })))).toEqual(given[i])
        }
      }),
      { numRuns: 25 },
    )
  })

  it('people without an account are kept, and the deal still names none', async () => {
    const deal: Deal = {
      sente: 1,
      name: 'No account',
      status: 'open',
      people: [{ id: 'a', name: 'A', roles: [], reportsTo: null }],
    }
    const made = await w.within((tx) => createWhole(tx, deal))
    expect(dealOf(await w.within((tx) => loadDeal(tx, made.id, { access: ALL })))).toEqual(deal)
  })

  it('finds the account and its people again, fills in what they did not say and writes over nothing', async () => {
    const first: Deal = {
      sente: 1,
      name: 'One',
      status: 'open',
      account: { name: 'Hillside' },
      people: [{ id: 'lin', name: 'Lin Tao', roles: [], title: 'CIO' }],
    }
    const second: Deal = {
      sente: 1,
      name: 'Two',
      status: 'open',
      account: { name: 'hillside', industry: 'energy' },
      people: [{ id: 'l', name: 'lin tao', roles: [], title: 'CTO', local: true }],
    }
    const one = await w.within((tx) => createWhole(tx, first))
    const two = await w.within((tx) => createWhole(tx, second))
    expect(two.accountId).toBe(one.accountId)
    expect(dealOf(await w.within((tx) => loadDeal(tx, one.id, { access: ALL })))).toMatchObject({
      account: { name: 'Hillside', industry: 'energy' },
      people: [{ name: 'Lin Tao', title: 'CIO', local: true }],
    })
  })

  it('is undone as a whole', async () => {
    const [made, changeSet] = await w.within(
      async (tx) => [await createWhole(tx, own(exampleDeal(examples[0]!))), tx.changeSet] as const,
    )
    await w.within((tx) => undo(tx, changeSet))
    await expect(w.within((tx) => loadDeal(tx, made.id, { access: ALL }))).rejects.toBeInstanceOf(NotFound)
    expect(await w.within((tx) => tx.rows('select from account where id = $1', [made.accountId]))).toEqual([])
  })
})
