import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { DealWhole } from '@sente/api'
import { eachDatabase } from './support/database.ts'
import { ALL, comparable, doEdit, edits, groundOf, unversioned } from './support/edits.ts'
import { testWorkspace } from './support/workspace.ts'
import type { TestWorkspace } from './support/workspace.ts'
import { dealAt } from '../src/store/as-of.ts'
import { audit, history } from '../src/store/history.ts'
import { loadDeal } from '../src/store/read.ts'
import { specFor } from '../src/store/records.ts'
import type { RecordKind, Row } from '../src/store/records.ts'
import { BadCursor, Conflict, NotFound } from '../src/store/refusal.ts'
import { rowJson } from '../src/store/statements.ts'
import type { Tx } from '../src/store/tenant.ts'
import { undo } from '../src/store/undo.ts'
import { create, remove, update } from '../src/store/write.ts'

eachDatabase((db) => {
  let w: TestWorkspace
  beforeAll(async () => {
    w = await testWorkspace(db)
  })
  const load = (dealId: string) => w.within((tx) => loadDeal(tx, dealId, { access: ALL }))
  const moment = async (): Promise<string> =>
    (await db.app.query<{ at: string }>('select clock_timestamp()::text as at')).rows[0]!.at

  it('a deal can be read as it stood at any earlier moment, whatever was undone since', async () => {
    await fc.assert(
      fc.asyncProperty(edits(18), async (list) => {
        const ground = await groundOf(w)
        const taken: { at: string; whole: DealWhole }[] = []
        const changeSets: string[] = []
        for (const edit of list) {
          taken.push({ whole: await load(ground.dealId), at: await moment() })
          changeSets.push(await w.within(async (tx) => (await doEdit(tx, ground, edit), tx.changeSet)))
          if (edit.value % 3 > 0) continue
          taken.push({ whole: await load(ground.dealId), at: await moment() })
          const undone = await w
            .within((tx) => undo(tx, changeSets[edit.pick % changeSets.length]!))
            .catch((error: unknown) => {
              if (!(error instanceof Conflict || error instanceof NotFound)) throw error
            })
          if (undone) changeSets.push(undone.changeSet)
        }
        for (const { at, whole } of taken)
          expect(comparable(await w.within((tx) => dealAt(tx, ground.dealId, at, { access: ALL })))).toEqual(
            comparable(whole),
          )
      }),
      { numRuns: 20 },
    )
  })

  it('two records of different kinds that have one id each have their own history', async () => {
    const { dealId, people } = await groundOf(w)
    const on = '2026-01-05'
    const { id } = await w.within((tx) => create(tx, 'touch', { dealId, on, what: 'Lunch', with: [people[0]!] }))
    await w.within((tx) => create(tx, 'discount', { id, dealId, on, percent: 5 }))
    await w.within((tx) => update(tx, 'discount', id, { percent: 7 }))
    const { items } = await w.within((tx) => history(tx, dealId, { limit: 3 }, ALL))
    expect(
      items.map(({ kind, action, label, fields }) => [kind, action, label, fields.map(({ name }) => name)]),
    ).toEqual([
      ['discount', 'update', undefined, ['percent']],
      ['discount', 'create', undefined, expect.arrayContaining(['on', 'percent'])],
      ['touch', 'create', 'Lunch', expect.arrayContaining(['on', 'what', 'with'])],
    ])
  })

  it('so can a deal that is gone; before it was there it is not found', async () => {
    const early = await moment()
    const ground = await groundOf(w)
    await w.within((tx) => create(tx, 'touch', { dealId: ground.dealId, on: '2026-01-05', with: [ground.people[0]!] }))
    const whole = await load(ground.dealId)
    const at = await moment()
    await w.within((tx) => remove(tx, 'deal', ground.dealId))
    await expect(load(ground.dealId)).rejects.toBeInstanceOf(NotFound)
    expect(comparable(await w.within((tx) => dealAt(tx, ground.dealId, at, { access: ALL })))).toEqual(
      comparable(whole),
    )
    await expect(w.within((tx) => dealAt(tx, ground.dealId, early, { access: ALL }))).rejects.toBeInstanceOf(NotFound)
  })

  it('undoing a request brings back exactly what was before, undoing that brings it forth again', async () => {
    await fc.assert(
      fc.asyncProperty(edits(6), edits(6), async (first, second) => {
        const ground = await groundOf(w)
        await w.within(async (tx) => {
          for (const edit of first) await doEdit(tx, ground, edit)
        })
        const before = await load(ground.dealId)
        // Every edit of its own would leave the transaction broken when it is refused by the database; the gateway refuses before.
        const { changeSet, done } = await w.within(async (tx) => {
          let done = false
          for (const edit of second) done = (await doEdit(tx, ground, edit)) || done
          return { changeSet: tx.changeSet, done: done && tx.events.length > 0 }
        })
        const after = await load(ground.dealId)
        if (!done) return
        const undone = await w.within((tx) => undo(tx, changeSet))
        expect(unversioned(await load(ground.dealId))).toEqual(unversioned(before))
        await expect(w.within((tx) => undo(tx, changeSet))).rejects.toBeInstanceOf(NotFound)
        await w.within((tx) => undo(tx, undone.changeSet))
        expect(unversioned(await load(ground.dealId))).toEqual(unversioned(after))
        await w.within((tx) => undo(tx, changeSet))
        expect(unversioned(await load(ground.dealId))).toEqual(unversioned(before))
      }),
      { numRuns: 15 },
    )
  })

  it('a deleted deal comes back with all its facts, shares and words', async () => {
    const ground = await groundOf(w)
    const friend = await w.member('seller', 'Friend')
    await w.within(async (tx) => {
      for (const [i, kind] of [
        'touch',
        'note',
        'proof',
        'rival',
        'evidence',
        'proofStatus',
        'rivalContact',
        'stance',
      ].entries())
        await doEdit(tx, ground, { what: 'create', kind: kind as never, pick: i, value: i })
      await tx.rows('insert into deal_share (workspace_id, id, deal_id, member_id) values ($1, $2, $3, $4)', [
        tx.workspaceId,
        friend.memberId,
        ground.dealId,
        friend.memberId,
      ])
    })
    const counts = () =>
      w.within(
        async (tx) =>
          (
            await tx.rows(
              'select (select count(*) from search_entry where deal_id = $1) as words, (select count(*) from deal_share where deal_id = $1) as shares',
              [ground.dealId],
            )
          )[0],
      )
    const [before, had] = [await load(ground.dealId), await counts()]
    const changeSet = await w.within(async (tx) => {
      await remove(tx, 'deal', ground.dealId)
      return tx.changeSet
    })
    expect(await counts()).toEqual({ words: 0, shares: 0 })
    await w.within((tx) => undo(tx, changeSet))
    expect(unversioned(await load(ground.dealId))).toEqual(unversioned(before))
    expect(await counts()).toEqual(had)
  })

  it('what was changed since is not undone', async () => {
    const ground = await groundOf(w)
    const [touch, changeSet] = await w.within(
      async (tx) =>
        [await create(tx, 'touch', { dealId: ground.dealId, on: '2026-01-05', what: 'a' }), tx.changeSet] as const,
    )
    const later = await w.within(async (tx) => {
      await update(tx, 'touch', touch.id, { what: 'b' })
      return tx.changeSet
    })
    await expect(w.within((tx) => undo(tx, changeSet))).rejects.toBeInstanceOf(Conflict)
    await w.within((tx) => undo(tx, later))
    await w.within((tx) => undo(tx, changeSet))
    expect((await load(ground.dealId)).touch).toEqual([])
  })

  it('what got parts since is not undone', async () => {
    const ground = await groundOf(w)
    const [rival, changeSet] = await w.within(
      async (tx) => [await create(tx, 'rival', { dealId: ground.dealId, name: 'North' }), tx.changeSet] as const,
    )
    await w.within((tx) =>
      create(tx, 'rivalContact', {
        dealId: ground.dealId,
        rivalId: rival.id,
        personId: ground.people[0]!,
        on: '2026-01-05',
      }),
    )
    await expect(w.within((tx) => undo(tx, changeSet))).rejects.toBeInstanceOf(Conflict)
  })

  it('what was used since is not undone', async () => {
    const ground = await groundOf(w)
    const changeSet = await w.within(async (tx) => {
      await create(tx, 'stakeholder', { dealId: ground.dealId, personId: ground.people[0]! })
      return tx.changeSet
    })
    await w.within((tx) => create(tx, 'stance', { dealId: ground.dealId, personId: ground.people[0]!, value: 1 }))
    await expect(w.within((tx) => undo(tx, changeSet))).rejects.toBeInstanceOf(Conflict)
  })

  it('what names somebody, or a rival, who has left the deal since is not brought back before they are', async () => {
    const ground = await groundOf(w)
    const [person] = ground.people as [string]
    const { dealId } = ground
    const done = <T>(work: (tx: Tx) => Promise<T>) =>
      w.within(async (tx) => ({ made: await work(tx), changeSet: tx.changeSet }))
    const touch = (await done((tx) => create(tx, 'touch', { dealId, on: '2026-01-05', with: [person] }))).made
    const evidence = (
      await done((tx) =>
        create(tx, 'evidence', { dealId, on: '2026-01-05', signal: 'asks_local_support', personId: person }),
      )
    ).made
    const rival = (await done((tx) => create(tx, 'rival', { dealId, name: 'North', key: 'north' }))).made
    const ucv = (
      await done((tx) =>
        create(tx, 'ucv', { dealId, on: '2026-01-05', onlyUs: 'Replan in minutes', differsFrom: { north: 'hours' } }),
      )
    ).made
    const undoable = [
      await done((tx) => update(tx, 'touch', touch.id, { with: [] })),
      await done((tx) => remove(tx, 'evidence', evidence.id)),
      await done((tx) => remove(tx, 'ucv', ucv.id)),
    ]
    const stakeholder = (await load(dealId)).stakeholder!.find(({ personId }) => personId === person)!
    const left = [
      await done((tx) => remove(tx, 'stakeholder', stakeholder.id)),
      await done((tx) => remove(tx, 'rival', rival.id)),
    ]
    for (const { changeSet } of undoable)
      await expect(w.within((tx) => undo(tx, changeSet))).rejects.toBeInstanceOf(Conflict)
    for (const { changeSet } of left) await w.within((tx) => undo(tx, changeSet))
    for (const { changeSet } of undoable) await w.within((tx) => undo(tx, changeSet))
    expect((await load(dealId)).touch).toMatchObject([{ with: [person] }])
  })

  it('a deal whose customer is gone does not come back before the customer', async () => {
    const changeSetOf = (work: (tx: Tx) => Promise<unknown>) => w.within(async (tx) => (await work(tx), tx.changeSet))
    const [accountId, dealId] = await w.within(async (tx) => {
      const account = await create(tx, 'account', { name: 'Short-lived' })
      return [account.id, (await create(tx, 'deal', { name: 'Short', accountId: account.id })).id] as const
    })
    const deal = await changeSetOf((tx) => remove(tx, 'deal', dealId))
    const account = await changeSetOf((tx) => remove(tx, 'account', accountId))
    await expect(w.within((tx) => undo(tx, deal))).rejects.toBeInstanceOf(Conflict)
    await w.within((tx) => undo(tx, account))
    await w.within((tx) => undo(tx, deal))
    expect((await load(dealId)).account).toMatchObject({ name: 'Short-lived' })
  })

  it('the audit trail alone tells every change: replaying it gives the tables', async () => {
    await fc.assert(
      fc.asyncProperty(edits(14), async (list) => {
        const ground = await groundOf(w)
        for (const edit of list) await w.within((tx) => doEdit(tx, ground, edit))
        await w.within(async (tx) => {
          const changes = await tx.rows<{
            kind: RecordKind
            record_id: string
            action: string
            before: Row | null
            after: Row | null
          }>('select kind, record_id, action, before, after from change where deal_id = $1 order by at, id', [
            ground.dealId,
          ])
          for (const [id, own] of Map.groupBy(changes, (change) => change.record_id)) {
            const kind = own[0]!.kind
            const [now] = await tx.rows<{ row: Row }>(
              `select ${rowJson(kind, 't')} as row from "${specFor(kind).table}" t where t.id = $1`,
              [id],
            )
            // It begins with its creation, each change starts from where the one before ended, and the last leads to the row as it is.
            expect(own[0]!.action).toBe('create')
            for (const [i, change] of own.entries()) {
              const next = own[i + 1]
              if (next && change.action === 'update')
                expect(strip(kind, next.before)).toEqual(strip(kind, change.after))
            }
            const last = own.at(-1)!
            if (last.action === 'update') expect(strip(kind, now!.row)).toEqual(strip(kind, last.after))
            if (last.action === 'delete') expect(now).toBeUndefined()
            else expect(now).toBeDefined()
          }
        })
      }),
      { numRuns: 8 },
    )
  })
  /** A deal's version and time also count its facts. */
  const strip = (kind: RecordKind, row: Row | null): unknown =>
    row === null ? null : { ...row, updated_at: null, ...(kind === 'deal' ? { version: 0 } : {}) }

  it('the history says who changed which field from what to what, page by page', async () => {
    const ground = await groundOf(w)
    const touch = await w.within((tx) =>
      create(tx, 'touch', { dealId: ground.dealId, on: '2026-01-05', what: 'Lunch' }),
    )
    await w.within((tx) => update(tx, 'touch', touch.id, { what: 'Dinner', hours: 2 }))
    await w.within((tx) =>
      update(tx, 'deal', ground.dealId, { goal: false, amount: { value: '12.50', currency: 'CNY' } }),
    )
    await w.within((tx) => remove(tx, 'touch', touch.id))
    const first = await w.within((tx) => history(tx, ground.dealId, { limit: 3 }, ALL))
    const rest = await w.within((tx) => history(tx, ground.dealId, { limit: 3, cursor: first.next }, ALL))
    expect(first.items.map(({ kind, action, actor, label }) => ({ kind, action, actor, label }))).toEqual([
      { kind: 'touch', action: 'delete', actor: 'Ada', label: 'Dinner' },
      { kind: 'deal', action: 'update', actor: 'Ada', label: 'Core platform' },
      { kind: 'touch', action: 'update', actor: 'Ada', label: 'Dinner' },
    ])
    expect(first.items[1]!.fields).toEqual([
      { name: 'amount', before: { value: '480000.50', currency: 'CNY' }, after: { value: '12.50', currency: 'CNY' } },
      { name: 'goal', after: false },
    ])
    expect(first.items[2]!.fields).toEqual([
      { name: 'what', before: 'Lunch', after: 'Dinner' },
      { name: 'hours', after: 2 },
    ])
    expect(rest.items.map(({ kind, action }) => `${kind} ${action}`)).toEqual(['touch create', 'deal create'])
    expect(rest.items[0]!.fields).toContainEqual({ name: 'what', after: 'Lunch' })
    expect(rest.next).toBeUndefined()
    await expect(
      w.within((tx) => history(tx, ground.accountId, { limit: 3, cursor: first.next }, ALL)),
    ).rejects.toBeInstanceOf(BadCursor)
    expect((await w.within((tx) => audit(tx, { recordId: touch.id, limit: 10 }))).items).toHaveLength(3)
  })

  it('the history hides what is personal from those who may not see it', async () => {
    const ground = await groundOf(w)
    await w.within(async (tx) => {
      await create(tx, 'stance', { dealId: ground.dealId, personId: ground.people[0]!, value: -1 })
      const note = await create(tx, 'note', {
        dealId: ground.dealId,
        on: '2026-01-05',
        text: 'between us',
        private: true,
      })
      await create(tx, 'evidence', {
        dealId: ground.dealId,
        on: '2026-01-05',
        signal: 'asks_local_support',
        noteId: note.id,
      })
      const whole = await loadDeal(tx, ground.dealId, { access: ALL })
      await update(tx, 'stakeholder', whole.stakeholder![0]!.id, { agenda: 'to retire', influence: 4 })
    })
    const seen = await w.within((tx) => history(tx, ground.dealId, { limit: 50 }, { sensitive: false }))
    expect(new Set(seen.items.map(({ kind }) => kind))).toEqual(new Set(['stakeholder', 'deal']))
    expect(JSON.stringify(seen)).not.toMatch(/retire|between us/)
  })
})
