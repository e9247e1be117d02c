import { describe, expect, test } from 'vitest'
import { routes } from '@sente/api'
import { makeWorkspace, withToken } from '../support/application.ts'
import { problemFrom } from '../support/calls.ts'
import { onSellersTeam } from '../support/sellers-team.ts'

onSellersTeam((team, db) => {
  describe('notes', () => {
    const note = {
      on: '2025-05-20',
      text: 'They asked who comes on Sunday night and whether we have people in the country.',
    }

    test('reading finds signals and keeps nothing', async () => {
      const dealId = await team.newDeal()
      const result = await team.seller.call(routes.deals.read, { params: { dealId }, body: note })
      expect(result).toMatchObject({ source: 'built-in' })
      expect(result.suggestions.map(({ signal }) => signal)).toContain('asks_local_support')
      for (const { span, quote } of result.suggestions) expect(note.text.slice(span[0], span[1])).toBe(quote)
      expect(
        await team.seller.call(routes.deals.get, { params: { dealId }, query: { include: ['note', 'evidence'] } }),
      ).toMatchObject({ note: [], evidence: [] })
    })

    test('a captured note stands with what was found in it, once, and with its author', async () => {
      const dealId = await team.newDeal()
      const kept = await team.seller.call(routes.deals.capture, { params: { dealId }, body: { note } })
      expect(kept.note).toMatchObject([{ text: note.text, author: 'The seller' }])
      expect(kept.evidence).toContainEqual(
        expect.objectContaining({
          signal: 'asks_local_support',
          status: 'suggested',
          noteId: kept.note![0]!.id,
          source: 'note',
        }),
      )
      // The same again says nothing new.
      expect((await team.seller.call(routes.deals.capture, { params: { dealId }, body: { note } })).evidence).toEqual(
        [],
      )
    })

    test('what else a note says is proposed, becomes records of the deal where it is taken, and goes again with one undo', async () => {
      const dealId = await team.newDeal()
      const text =
        'Met Ms Okafor on Monday. Ferrolux has quoted already. The board meets on 2 April. Ms Okafor promised to send the list by Friday.'
      const { proposals } = await team.seller.call(routes.deals.read, {
        params: { dealId },
        body: { on: '2025-03-19', text },
      })
      expect(proposals.map(({ kind }) => kind).toSorted()).toEqual(['person', 'promise', 'rival', 'told', 'touch'])
      const names = ['note', 'touch', 'rival', 'processStep', 'commitment', 'stakeholder'] as const
      const there = async () =>
        team.seller.call(routes.deals.get, { params: { dealId }, query: { include: [...names] } })
      expect((await there()).touch).toEqual([])
      const answer = await withToken(team.app, team.workspace.members.seller.token)(
        'POST',
        `/deals/${dealId}/capture`,
        {
          note: { on: '2025-03-19', text },
          evidence: [],
          taken: [
            { kind: 'touch', on: '2025-03-17', what: 'Meeting', with: [], names: ['Ms Okafor'] },
            { kind: 'person', name: 'Ms Okafor' },
            { kind: 'person', name: 'ms okafor' },
            { kind: 'rival', name: 'Ferrolux' },
            { kind: 'rival', name: 'FERROLUX' },
            { kind: 'told', step: 'board-approval', on: '2025-04-02' },
            { kind: 'promise', what: 'send the list', who: 'Ms Okafor', promisedOn: '2025-03-19', dueOn: '2025-03-21' },
          ],
        },
      )
      expect(answer.statusCode).toBe(201)
      const kept = await there()
      expect(kept.stakeholder).toHaveLength(1)
      expect(kept.touch).toMatchObject([{ on: '2025-03-17', what: 'Meeting', with: [kept.stakeholder![0]!.personId] }])
      expect(kept.rival).toMatchObject([{ name: 'Ferrolux', kind: 'vendor' }])
      expect(kept.processStep).toMatchObject([{ step: 'board-approval', on: '2025-04-02' }])
      expect(kept.commitment).toMatchObject([{ what: 'send the list', dueOn: '2025-03-21' }])
      await team.seller.call(routes.work.undo, { params: { changeSet: String(answer.headers['x-change-set']) } })
      const gone = await there()
      for (const name of names) expect(gone[name]).toEqual([])
    })

    test('what the user said of each suggestion is kept with the words, and a note with a fault in its evidence is not kept at all', async () => {
      const dealId = await team.newDeal()
      const piece = {
        on: note.on,
        signal: 'asks_local_support',
        confidence: 0.9,
        span: [0, 38],
        status: 'confirmed' as const,
      }
      const kept = await team.seller.call(routes.deals.capture, {
        params: { dealId },
        body: { note, evidence: [piece] },
      })
      expect(kept.evidence).toMatchObject([{ quote: note.text.slice(0, 38), status: 'confirmed' }])
      expect(
        await problemFrom(
          team.seller.call(routes.deals.capture, {
            params: { dealId },
            body: { note: { ...note, text: 'lost' }, evidence: [{ ...piece, span: [0, 400] }] },
          }),
        ),
      ).toMatchObject({ status: 422, faults: [{ field: 'body.evidence[0].span' }] })
      expect(
        await problemFrom(
          team.seller.call(routes.deals.capture, {
            params: { dealId },
            body: {
              note: { ...note, text: 'lost as well' },
              evidence: [{ ...piece, span: [0, 4], signal: 'asks_local_suport' }],
            },
          }),
        ),
      ).toMatchObject({ status: 422 })
      expect(
        (await team.seller.call(routes.deals.get, { params: { dealId }, query: { include: ['note'] } })).note,
      ).toHaveLength(1)
    })

    test('what anybody of the workspace rejected time and again is no longer suggested, in other deals either', async () => {
      const other = await makeWorkspace(db, 'Learning')
      const client = team.as(other.members.seller)
      const deal = async (): Promise<string> => (await client.call(routes.deals.create, { body: { name: 'x' } })).id
      const find = async (): Promise<number> =>
        (await client.call(routes.deals.read, { params: { dealId: await deal() }, body: note })).suggestions.find(
          ({ signal }) => signal === 'asks_local_support',
        )?.confidence ?? 0
      const before = await find()
      const [first] = (
        await client.call(routes.deals.read, { params: { dealId: await deal() }, body: note })
      ).suggestions.filter(({ signal }) => signal === 'asks_local_support')
      const { signal, confidence, span, on } = first!
      for (let i = 0; i < 6; i++)
        await client.call(routes.deals.capture, {
          params: { dealId: await deal() },
          body: { note, evidence: [{ signal, confidence, span, on, status: 'rejected' }] },
        })
      expect(before).toBeGreaterThan(0.5)
      expect(await find()).toBeLessThan(before - 0.2)
    })
  })
})
