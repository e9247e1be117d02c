import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { routes } from '@sente/api'
import { makeToken, withToken } from '../support/application.ts'
import { clientOf, problemFrom, statementsOf } from '../support/calls.ts'
import { onSellersTeam } from '../support/sellers-team.ts'

onSellersTeam((team, db) => {
  describe('reading', () => {
    test('a deal is read whole in four statements at most, and in no more when there is more of it', async () => {
      const dealId = await team.newDeal()
      const person = await team.seller.call(routes.people.create, {
        body: { accountId: team.accountId, name: 'Zhou Min' },
      })
      for (let i = 0; i < 20; i++)
        await team.seller.call(routes.facts.evidence.create, {
          params: { dealId },
          body: { on: '2025-02-01', signal: 'pain_admitted', personId: person.id },
        })
      const { value, statements } = await statementsOf(db, () =>
        team.seller.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] } }),
      )
      expect(value.evidence).toHaveLength(20)
      expect(value).toMatchObject({
        deal: { id: dealId, version: 22 },
        account: { name: 'Riverbank' },
        people: [{ name: 'Zhou Min' }],
        stakeholder: [{ key: 'zhou-min' }],
        access: { write: true, sensitive: true, share: true },
      })
      expect(statements.length, statements.map((text) => text.slice(0, 120)).join('\n')).toBeLessThanOrEqual(4)
      const blind = clientOf(
        team.app,
        await makeToken(db, { workspaceId: team.workspace.id, id: team.workspace.members.seller.id }, ['deals:read']),
      )
      const noted = await team.seller.call(routes.deals.capture, {
        params: { dealId },
        body: {
          note: { on: '2025-02-02', text: 'private words', private: true },
          evidence: [{ on: '2025-02-02', signal: 'career_fear', confidence: 1, status: 'confirmed' }],
        },
      })
      const less = await statementsOf(db, () =>
        blind.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] } }),
      )
      expect(less.statements.length, less.statements.map((text) => text.slice(0, 120)).join('\n')).toBeLessThanOrEqual(
        4,
      )
      expect(less.value.access).toEqual({ write: false, sensitive: false, share: false })
      expect(JSON.stringify(less.value)).not.toContain(noted.evidence![0]!.id)
      expect(JSON.stringify(less.value)).not.toContain('private words')
    })

    test('a note by a language model holds no connection of the database while the model thinks', async () => {
      const dealId = await team.newDeal()
      const [asked, thought] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const model = createServer((request, response) => {
        request.resume()
        asked.resolve()
        void thought.promise.then(() => response.writeHead(500).end())
      })
      await new Promise<void>((done) => model.listen(0, '127.0.0.1', done))
      const folder = await mkdtemp(join(tmpdir(), 'sente-model-'))
      const before = { ...process.env }
      Object.assign(process.env, {
        SENTE_LLM_URL: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`,
        SENTE_LLM_MODEL: 'slow',
        SENTE_DATA: folder,
      })
      onTestFinished(async () => {
        for (const name of ['SENTE_LLM_URL', 'SENTE_LLM_MODEL', 'SENTE_DATA']) {
          if (before[name] === undefined) delete process.env[name]
          else process.env[name] = before[name]
        }
        thought.resolve()
        model.closeAllConnections()
        model.close()
        await rm(folder, { recursive: true, force: true })
      })
      const answer = team.seller.call(routes.deals.read, {
        params: { dealId },
        body: { on: '2025-05-20', text: 'The CFO wants audited accounts for three years.' },
      })
      await asked.promise
      // What the request did before may still be handing its connection back; what is held while the model thinks stays held.
      await expect.poll(() => db.app.totalCount - db.app.idleCount).toBe(0)
      thought.resolve()
      const { source, notice } = await answer
      expect([source, notice?.en]).toEqual(['built-in', expect.any(String)])
    })

    test('what is not asked for is not there', async () => {
      const dealId = await team.newDeal()
      expect(Object.keys(await team.seller.call(routes.deals.get, { params: { dealId } })).sort()).toEqual([
        'access',
        'deal',
      ])
      expect(
        Object.keys(
          await team.seller.call(routes.deals.get, { params: { dealId }, query: { include: ['pin', 'account'] } }),
        ).sort(),
      ).toEqual(['access', 'account', 'deal', 'pin'])
    })

    test('at an earlier moment it is as it stood in the database', async () => {
      const dealId = await team.newDeal()
      const pin = await team.seller.call(routes.facts.pin.create, {
        params: { dealId },
        body: { on: '2025-02-01', phase: 'need' },
      })
      await new Promise((done) => setTimeout(done, 5))
      const at = new Date().toISOString()
      await new Promise((done) => setTimeout(done, 5))
      await team.seller.call(routes.facts.pin.update, { params: { dealId, id: pin.id }, body: { phase: 'risk' } })
      await team.seller.call(routes.facts.pin.create, {
        params: { dealId },
        body: { on: '2025-02-02', phase: 'commit' },
      })
      await team.seller.call(routes.deals.update, { params: { dealId }, body: { name: 'Renamed' } })
      const then = await team.seller.call(routes.deals.get, { params: { dealId }, query: { include: ['all'], at } })
      expect(then.deal.name).toBe('Core platform')
      expect(then.pin).toEqual([pin])
      expect(
        await problemFrom(
          team.seller.call(routes.deals.get, { params: { dealId }, query: { at: '2020-01-01T00:00:00Z' } }),
        ),
      ).toMatchObject({ status: 404 })
    })

    test('unchanged it is not sent again', async () => {
      const dealId = await team.newDeal()
      const ask = withToken(team.app, team.workspace.members.seller.token)
      const first = await ask('GET', `/deals/${dealId}?include=all`)
      const again = await ask('GET', `/deals/${dealId}?include=all`, undefined, {
        'if-none-match': String(first.headers['etag']),
      })
      expect([first.statusCode, again.statusCode]).toEqual([200, 304])
      await team.seller.call(routes.deals.update, { params: { dealId }, body: { goal: 'all branches' } })
      expect(
        (
          await ask('GET', `/deals/${dealId}?include=all`, undefined, {
            'if-none-match': String(first.headers['etag']),
          })
        ).statusCode,
      ).toBe(200)
    })
  })
})
