import { beforeAll, expect, it } from 'vitest'
import { eachDatabase } from './support/database.ts'
import { testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { loadDeal } from '../src/store/read.ts'
import { ChangedSince, Conflict, InUse, InvalidInput, NotFound } from '../src/store/refusal.ts'
import { create, remove, update } from '../src/store/write.ts'

const ALL = { write: true, sensitive: true, share: true }

eachDatabase((db) => {
  let w: TestWorkspace
  beforeAll(async () => {
    w = await testWorkspace(db)
  })

  /** An account with a deal and two people. */
  async function ground(name = 'Riverbank') {
    return w.within(async (tx) => {
      const account = await create(tx, 'account', { name })
      const deal = await create(tx, 'deal', {
        name: 'Core platform',
        accountId: account.id,
        amount: { value: '12.50', currency: 'CNY' },
      })
      const zhou = await create(tx, 'person', { name: '周敏', accountId: account.id, reportsTo: false })
      const lin = await create(tx, 'person', { name: 'Lin Tao', accountId: account.id, reportsTo: zhou.id })
      return { account, deal, zhou, lin }
    })
  }
  const version = (dealId: string) => w.within(async (tx) => (await loadDeal(tx, dealId, { access: ALL })).deal.version)

  it('keeps money exactly as it was given', async () => {
    for (const value of ['12.50', '0', '999999999999999.999999', '123456789012345', '1.000000']) {
      const deal = await w.within((tx) => create(tx, 'deal', { name: 'Money', amount: { value, currency: 'EUR' } }))
      expect(deal.amount).toEqual({ value, currency: 'EUR' })
      expect((await w.within((tx) => loadDeal(tx, deal.id, { access: ALL }))).deal.amount).toEqual({
        value,
        currency: 'EUR',
      })
    }
  })

  it('counts every fact in the version of its deal, and writes nothing when nothing changes', async () => {
    const { deal, lin } = await ground()
    const touch = await w.within((tx) =>
      create(tx, 'touch', { dealId: deal.id, on: '2026-01-05', with: [lin.id], what: 'Lunch' }),
    )
    // One for the touch, one for Lin, who joined.
    expect(await version(deal.id)).toBe(3)
    expect(await w.within((tx) => update(tx, 'touch', touch.id, { what: 'Lunch', on: '2026-01-05' }))).toEqual(touch)
    expect(await version(deal.id)).toBe(3)
    const changed = await w.within((tx) => update(tx, 'touch', touch.id, { what: null, hours: 1.5 }, 1))
    expect(changed).toMatchObject({ version: 2, hours: 1.5 })
    expect('what' in changed).toBe(false)
    expect(await version(deal.id)).toBe(4)
    await w.within((tx) => update(tx, 'person', lin.id, { title: 'CIO' }))
    expect(await version(deal.id)).toBe(5)
    await w.within((tx) => remove(tx, 'touch', touch.id, 2))
    expect(await version(deal.id)).toBe(6)
  })

  it('tells unknown, none and empty apart', async () => {
    const { deal, zhou } = await ground()
    expect(zhou.reportsTo).toBe(false)
    const with_ = await w.within((tx) =>
      update(tx, 'deal', deal.id, { goal: false, emptyLists: ['rivals'], traits: [] }),
    )
    expect(with_).toMatchObject({ goal: false, emptyLists: ['rivals'], traits: [] })
    const without = await w.within((tx) => update(tx, 'deal', deal.id, { goal: null, emptyLists: null, traits: null }))
    expect([without.goal, without.emptyLists, without.traits]).toEqual([undefined, undefined, undefined])
  })

  it('refuses a change that rests on another version, and shows the current record', async () => {
    const { deal } = await ground()
    const now = await w.within((tx) => update(tx, 'deal', deal.id, { name: 'Renamed' }, 1))
    const refused = await w
      .within((tx) => update(tx, 'deal', deal.id, { name: 'Mine' }, 1))
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ChangedSince)
    expect((refused as ChangedSince).current).toEqual(now)
  })

  it('names the nearest word of the method', async () => {
    const { deal } = await ground()
    const faultsOf = async (work: Promise<unknown>) => {
      const error = await work.catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(InvalidInput)
      return (error as InvalidInput).faults.map(({ field, nearest }) => ({ field, nearest }))
    }
    expect(
      await faultsOf(
        w.within((tx) => create(tx, 'evidence', { dealId: deal.id, on: '2026-01-05', signal: 'asks_local_suport' })),
      ),
    ).toEqual([{ field: 'body.signal', nearest: 'asks_local_support' }])
    expect(
      await faultsOf(
        w.within((tx) => create(tx, 'proof', { dealId: deal.id, topic: 'vendor_viability', proof: 'investor_leter' })),
      ),
    ).toEqual([{ field: 'body.proof', nearest: 'investor_letter' }])
    expect(
      await faultsOf(
        w.within((tx) => update(tx, 'deal', deal.id, { traits: ['unknown-vendor', 'no-local-presense'] })),
      ),
    ).toEqual([{ field: 'body.traits[1]', nearest: 'no_local_presence' }])
    expect(
      await faultsOf(w.within((tx) => create(tx, 'processStep', { dealId: deal.id, step: 'tender-notise' }))),
    ).toEqual([{ field: 'body.step', nearest: 'tender-notice' }])
    expect(
      await faultsOf(
        w.within((tx) =>
          create(tx, 'commitment', { dealId: deal.id, what: 'Data', promisedOn: '2026-02-01', dueOn: '2026-01-01' }),
        ),
      ),
    ).toEqual([{ field: 'body.dueOn', nearest: undefined }])
    expect(await faultsOf(w.within((tx) => update(tx, 'deal', deal.id, { name: null })))).toEqual([
      { field: 'body.name', nearest: undefined },
    ])
  })

  it('lets people of the account join a deal by being named, and nobody else', async () => {
    const { deal, lin, zhou } = await ground()
    const other = await ground('Hillside')
    await w.within((tx) => create(tx, 'stance', { dealId: deal.id, personId: lin.id, value: 1 }))
    await w.within((tx) => create(tx, 'hold', { dealId: deal.id, personId: zhou.id, state: 'asked' }))
    const whole = await w.within((tx) => loadDeal(tx, deal.id, { access: ALL }))
    expect(whole.stakeholder?.map(({ key }) => key).toSorted()).toEqual(['lin-tao', 'p1'])
    await expect(
      w.within((tx) => create(tx, 'touch', { dealId: deal.id, on: '2026-01-05', with: [lin.id, other.lin.id] })),
    ).rejects.toMatchObject({ faults: [{ field: 'body.with[1]' }] })
    await w.within((tx) => create(tx, 'stakeholder', { dealId: deal.id, personId: other.lin.id }))
    await w.within((tx) => create(tx, 'touch', { dealId: deal.id, on: '2026-01-05', with: [lin.id, other.lin.id] }))
    await expect(
      w.within((tx) => create(tx, 'stakeholder', { dealId: deal.id, personId: other.lin.id })),
    ).rejects.toBeInstanceOf(Conflict)
  })

  it('refuses circles of reporting', async () => {
    const { zhou, lin } = await ground()
    await expect(w.within((tx) => update(tx, 'person', zhou.id, { reportsTo: lin.id }))).rejects.toMatchObject({
      faults: [{ field: 'body.reportsTo' }],
    })
    await expect(w.within((tx) => update(tx, 'person', zhou.id, { reportsTo: zhou.id }))).rejects.toBeInstanceOf(
      InvalidInput,
    )
  })

  it('keeps what is still referred to, and takes parts along with their whole', async () => {
    const { account, deal, zhou, lin } = await ground()
    const facts = await w.within(async (tx) => {
      const rival = await create(tx, 'rival', { dealId: deal.id, name: '北极星' })
      await create(tx, 'rivalContact', { dealId: deal.id, rivalId: rival.id, personId: zhou.id, on: '2026-01-05' })
      const ucv = await create(tx, 'ucv', {
        dealId: deal.id,
        on: '2026-01-05',
        onlyUs: 'Night shift',
        differsFrom: { [rival.key!]: 'nobody at night' },
      })
      await create(tx, 'touch', { dealId: deal.id, on: '2026-01-05', with: [lin.id] })
      return { rival, ucv }
    })
    await expect(w.within((tx) => remove(tx, 'person', zhou.id))).rejects.toBeInstanceOf(InUse)
    await expect(w.within((tx) => remove(tx, 'account', account.id))).rejects.toBeInstanceOf(InUse)
    await expect(w.within((tx) => remove(tx, 'rival', facts.rival.id))).rejects.toBeInstanceOf(InUse)
    const whole = await w.within((tx) => loadDeal(tx, deal.id, { access: ALL }))
    await expect(
      w.within((tx) => remove(tx, 'stakeholder', whole.stakeholder!.find(({ personId }) => personId === lin.id)!.id)),
    ).rejects.toBeInstanceOf(InUse)
    await w.within((tx) => remove(tx, 'ucv', facts.ucv.id))
    await w.within((tx) => remove(tx, 'rival', facts.rival.id))
    expect((await w.within((tx) => loadDeal(tx, deal.id, { access: ALL }))).rivalContact).toEqual([])
    // Nothing names this person but how they stand, which is theirs.
    await w.within((tx) => create(tx, 'stance', { dealId: deal.id, personId: zhou.id, value: 1 }))
    await w.within((tx) =>
      remove(tx, 'stakeholder', whole.stakeholder!.find(({ personId }) => personId === zhou.id)!.id),
    )
    expect((await w.within((tx) => loadDeal(tx, deal.id, { access: ALL }))).stance).toEqual([])
  })

  it('keeps a person and a rival that evidence is about, and takes only those of the deal', async () => {
    const { deal, zhou } = await ground()
    const about = (who: string) =>
      w.within((tx) =>
        create(tx, 'evidence', { dealId: deal.id, on: '2026-01-05', signal: 'asks_local_support', about: who }),
      )
    await expect(about('north')).rejects.toMatchObject({ faults: [{ field: 'body.about' }] })
    const rival = await w.within((tx) => create(tx, 'rival', { dealId: deal.id, name: 'North', key: 'north' }))
    const pieces = [await about('north'), await about(zhou.id), await about('us')]
    await expect(w.within((tx) => remove(tx, 'rival', rival.id))).rejects.toBeInstanceOf(InUse)
    const whole = await w.within((tx) => loadDeal(tx, deal.id, { access: ALL }))
    const part = whole.stakeholder!.find(({ personId }) => personId === zhou.id)!
    await expect(w.within((tx) => remove(tx, 'stakeholder', part.id))).rejects.toBeInstanceOf(InUse)
    for (const { id } of pieces) await w.within((tx) => remove(tx, 'evidence', id))
    await w.within((tx) => remove(tx, 'rival', rival.id))
    await w.within((tx) => remove(tx, 'stakeholder', part.id))
  })

  it('closes a deal today and opens it again without a day', async () => {
    const { deal } = await ground()
    const closed = await w.within((tx) => update(tx, 'deal', deal.id, { status: 'lost', reason: 'Price' }), {
      today: '2026-03-01' as never,
    })
    expect(closed).toMatchObject({ status: 'lost', closedOn: '2026-03-01', reason: 'Price' })
    const opened = await w.within((tx) => update(tx, 'deal', deal.id, { status: 'open' }))
    expect([opened.closedOn, opened.reason]).toEqual([undefined, undefined])
  })

  it('finds nothing that is not there', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000'
    await expect(w.within((tx) => update(tx, 'deal', nobody, { name: 'x' }))).rejects.toBeInstanceOf(NotFound)
    await expect(
      w.within((tx) => create(tx, 'pin', { dealId: nobody, on: '2026-01-01', phase: 'need' })),
    ).rejects.toBeInstanceOf(NotFound)
    await expect(w.within((tx) => create(tx, 'deal', { name: 'x', accountId: nobody }))).rejects.toMatchObject({
      faults: [{ field: 'body.accountId' }],
    })
  })
})
