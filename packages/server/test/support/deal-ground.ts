import type { FastifyInstance } from 'fastify'
import { routes } from '@sente/api'
import type { Client, KindName } from '@sente/api'
import { makeToken, makeWorkspace, testApp } from './application.ts'
import type { TestWorkspace } from './application.ts'
import { clientOf } from './calls.ts'
import type { TestDatabase } from './database.ts'

export type Contracts = (typeof routes.facts)['discount']
/** The kinds differ in their fields only. */
export const contractsOf = (kind: KindName): Contracts => routes.facts[kind] as unknown as Contracts

/** A deal of a seller with two people of the customer, and the same seller without the right to what is personal. */
export interface DealGround {
  app: FastifyInstance
  workspace: TestWorkspace
  seller: Client
  blind: Client
  dealId: string
  accountId: string
  people: string[]
}

export async function dealGround(db: TestDatabase): Promise<DealGround> {
  const app = await testApp(db)
  const workspace = await makeWorkspace(db)
  const { id } = workspace.members.seller
  const seller = clientOf(app, workspace.members.seller.token)
  // The same member with a token that carries everything but the right to what is personal.
  const blind = clientOf(
    app,
    await makeToken(db, { workspaceId: workspace.id, id }, [
      'deals:read',
      'deals:write',
      'accounts:read',
      'accounts:write',
    ]),
  )
  const accountId = (await seller.call(routes.accounts.create, { body: { name: 'Riverbank' } })).id
  const people: string[] = []
  for (const name of ['Zhou Min', 'Lin Tao'])
    people.push((await seller.call(routes.people.create, { body: { accountId, name } })).id)
  const dealId = (await seller.call(routes.deals.create, { body: { name: 'Core platform', accountId } })).id
  return { app, workspace, seller, blind, dealId, accountId, people }
}

interface Example {
  body: Record<string, unknown>
  patch: Record<string, unknown>
}

/** A small example of each kind, and a change of it. */
export function examplesIn({ seller, dealId, accountId, people }: DealGround): (kind: KindName) => Promise<Example> {
  const parents: Partial<Record<KindName, string>> = {}
  const example = async (kind: KindName): Promise<Example> => {
    const parent = async (above: KindName): Promise<string> =>
      (parents[above] ??= (
        await seller.call(routes.facts[above].create as Contracts['create'], {
          params: { dealId },
          body: (await example(above)).body as never,
        })
      ).id)
    const [zhou, lin] = people
    switch (kind) {
      case 'jointItem':
        return {
          body: { what: 'Budget is approved', whose: 'theirs', on: '2025-03-01' },
          patch: { doneOn: '2025-03-02' },
        }
      case 'jointSuggestion':
        return {
          body: { itemId: await parent('jointItem'), item: 'Budget is approved', kind: 'move', on: '2025-04-01' },
          patch: { decision: 'rejected' },
        }
      case 'stakeholder':
        return {
          body: {
            personId: (
              await seller.call(routes.people.create, { body: { accountId, name: `Somebody ${Math.random()}` } })
            ).id,
            roles: ['technical-buyer'],
            influence: 4,
            agenda: 'to be president',
          },
          patch: { influence: 5, agenda: false },
        }
      case 'stance':
        return { body: { personId: zhou, value: 1, on: '2025-02-01' }, patch: { value: -1 } }
      case 'hold':
        return { body: { personId: zhou, state: 'asked' }, patch: { state: 'given' } }
      case 'rival':
        return { body: { name: `Rival ${Math.random()}`, strengths: { risk: 0.8 } }, patch: { incumbent: true } }
      case 'rivalContact':
        return {
          body: { rivalId: await parent('rival'), personId: zhou, on: '2025-03-20' },
          patch: { on: '2025-03-21' },
        }
      case 'note':
        return {
          body: { on: '2025-02-01', text: 'They asked who comes on Sunday night' },
          patch: { text: 'They asked again' },
        }
      case 'evidence':
        return {
          body: { on: '2025-02-01', signal: 'asks_local_support', personId: lin, confidence: 0.5, status: 'suggested' },
          patch: { status: 'confirmed', confidence: null },
        }
      case 'touch':
        return {
          body: { on: '2025-02-01', play: 'insight_briefing', with: [lin], hours: 2.5 },
          patch: { outcome: 'failed' },
        }
      case 'proof':
        return {
          body: { topic: 'vendor_viability', proof: 'financials', for: [zhou] },
          patch: { readyOn: '2025-06-01' },
        }
      case 'proofStatus':
        return {
          body: { proofId: await parent('proof'), status: 'preparing', on: '2025-02-01' },
          patch: { status: 'presented' },
        }
      case 'ucv':
        return { body: { on: '2025-02-01', onlyUs: 'Replan in minutes' }, patch: { number: '12 %' } }
      case 'processStep':
        return { body: { step: 'budget-approval', on: '2025-02-01' }, patch: { done: true } }
      case 'ourStep':
        return { body: { phase: 'need' }, patch: { status: 'skipped', reason: 'known' } }
      case 'planStep':
        return { body: { play: 'proof_pack', on: '2025-05-01', with: [zhou, lin] }, patch: { status: 'done' } }
      case 'setAside':
        return { body: { play: 'direct_to_top', personId: zhou, until: '2025-05-01' }, patch: { until: null } }
      case 'estimate':
        return { body: { side: 'seller', value: 0.7, because: ['price'] }, patch: { value: 0.5 } }
      case 'pin':
        return { body: { on: '2025-02-01', phase: 'need' }, patch: { reason: 'said so' } }
      case 'stageClaim':
        return { body: { on: '2025-02-01', phase: 'evaluate' }, patch: { label: 'Proposal' } }
      case 'commitment':
        return { body: { what: 'Send the data', promisedOn: '2025-02-01' }, patch: { doneOn: '2025-02-03' } }
      case 'discount':
        return { body: { on: '2025-02-01', percent: 12 }, patch: { percent: 10 } }
      case 'notNeeded':
        return { body: { topic: 'lock_in', reason: 'not here' }, patch: { reason: 'never' } }
    }
  }
  return example
}
