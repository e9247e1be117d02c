import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import type { Database } from '../../src/store/connect.ts'
import { makeMember, makeWorkspace, withToken } from './application.ts'
import type { TestMember, TestWorkspace } from './application.ts'

/** A workspace in which every path of the API leads somewhere: one deal of the seller's with a fact of each kind, a share, a team, a view … */
export interface Populated extends TestWorkspace {
  /** A seller who neither owns the deal nor has a share of it. */
  stranger: TestMember
  /** Path parameters of an operation, by its name in the route table. */
  params: (name: string) => Record<string, string>
  /** Every id there is. */
  ids: string[]
}

const FACTS = (
  at: { zhou: string; lin: string },
  made: Record<string, string>,
): [kind: string, path: string, body: () => object][] => [
  [
    'stakeholder',
    'stakeholders',
    () => ({ personId: at.zhou, roles: ['number-one'], influence: 5, agenda: 'to be chairman' }),
  ],
  ['stance', 'stances', () => ({ personId: at.lin, value: 1 })],
  ['hold', 'holds', () => ({ personId: at.zhou, state: 'asked' })],
  ['rival', 'rivals', () => ({ name: 'Northstar', strengths: { risk: 0.8 } })],
  ['rivalContact', 'rival-contacts', () => ({ rivalId: made['rival'], personId: at.zhou, on: '2025-03-20' })],
  ['note', 'notes', () => ({ on: '2025-02-01', text: 'They asked who comes on Sunday night' })],
  ['evidence', 'evidence', () => ({ on: '2025-02-01', signal: 'asks_local_support', personId: at.lin })],
  ['touch', 'touches', () => ({ on: '2025-02-01', play: 'insight_briefing', with: [at.lin] })],
  ['proof', 'proofs', () => ({ topic: 'vendor_viability', proof: 'financials', for: [at.zhou] })],
  ['proofStatus', 'proof-statuses', () => ({ proofId: made['proof'], status: 'preparing' })],
  ['ucv', 'ucvs', () => ({ on: '2025-02-01', onlyUs: 'Replan in minutes' })],
  ['processStep', 'process-steps', () => ({ step: 'budget-approval' })],
  ['ourStep', 'our-steps', () => ({ phase: 'need' })],
  ['planStep', 'plan-steps', () => ({ play: 'proof_pack', on: '2025-05-01', with: [at.zhou] })],
  ['setAside', 'set-aside', () => ({ play: 'direct_to_top', personId: at.zhou })],
  ['estimate', 'estimates', () => ({ side: 'seller', value: 0.7 })],
  ['pin', 'pins', () => ({ on: '2025-02-01', phase: 'need' })],
  ['stageClaim', 'stage-claims', () => ({ on: '2025-02-01', phase: 'evaluate' })],
  ['commitment', 'commitments', () => ({ what: 'Send the data', promisedOn: '2025-02-01' })],
  ['discount', 'discounts', () => ({ on: '2025-02-01', percent: 5 })],
  ['notNeeded', 'not-needed', () => ({ topic: 'local_support', reason: 'they have their own' })],
  ['jointItem', 'joint-items', () => ({ what: 'Budget is approved', whose: 'theirs', step: 'budget-approval' })],
  [
    'jointSuggestion',
    'joint-suggestions',
    () => ({ itemId: made['jointItem'], item: 'Budget is approved', kind: 'move', on: '2025-06-01', author: 'Lin' }),
  ],
]

export async function populate(app: FastifyInstance, db: Database): Promise<Populated> {
  const workspace = await makeWorkspace(db, 'Populated')
  const stranger = await makeMember(db, workspace.id, 'seller', `stranger.${workspace.id.slice(-8)}@example.com`)
  const { administrator, manager, seller } = workspace.members
  const as = (member: TestMember) => {
    const call = withToken(app, member.token)
    return async (path: string, body: object): Promise<string> => {
      const answer = await call('POST', path, body)
      if (answer.statusCode !== 201) throw new Error(`POST ${path}: ${answer.body}`)
      return answer.json<{ id: string; member?: { id: string } }>().id
    }
  }
  const [admin, own] = [as(administrator), as(seller)]
  const teamId = await admin('/teams', { name: 'East', memberIds: [manager.id, seller.id] })
  const accountId = await own('/accounts', { name: 'Riverbank' })
  const zhou = await own('/people', { accountId, name: 'Zhou Min', title: 'President' })
  const lin = await own('/people', { accountId, name: 'Lin Tao' })
  const dealId = await own('/deals', {
    accountId,
    name: 'Core banking',
    amount: { value: '4800000', currency: 'CNY' },
    openedOn: '2025-01-10',
  })
  const facts: Record<string, string> = {}
  for (const [kind, path, body] of FACTS({ zhou, lin }, facts))
    facts[kind] = await own(`/deals/${dealId}/${path}`, body())
  const shareId = await own(`/deals/${dealId}/shares`, { memberId: manager.id })
  const viewId = await own('/views', { screen: 'deals', name: 'Mine', query: {} })
  const { rows } = await db.owner.query<{ change_set: string }>(
    `select change_set from change where workspace_id = $1 and kind = 'discount' limit 1`,
    [workspace.id],
  )
  const { rows: tokens } = await db.owner.query<{ id: string }>('select id from api_token where member_id = $1', [
    seller.id,
  ])
  const linked = await withToken(app, seller.token)('POST', `/deals/${dealId}/joint/links`, {
    title: 'Together to the go-live',
    language: 'en',
  })
  const hook = await withToken(app, administrator.token)('POST', '/webhooks', {
    name: 'Warehouse',
    url: 'https://hooks.example.com/sente',
    events: ['deal.updated'],
  })
  const webhookId = hook.json<{ webhook: { id: string } }>().webhook.id
  const tried = await withToken(app, administrator.token)('POST', `/webhooks/${webhookId}/test`)
  const subscribed = await withToken(app, seller.token)('POST', '/me/calendar', { proposals: true })
  const reviewId = await own('/reviews', {})
  const common: Record<string, string> = {
    reviewId,
    feed: subscribed.json<{ url: string }>().url.split('/').at(-1)!,
    dealId,
    accountId,
    personId: zhou,
    memberId: seller.id,
    teamId,
    changeSet: rows[0]!.change_set,
    runId: v7(),
    webhookId,
  }
  const ownIds: Record<string, string> = {
    'deals.unshare': shareId,
    'workspace.removeView': viewId,
    'auth.revokeToken': tokens[0]!.id,
    'auth.endSession': v7(),
    'calendar.step': facts['planStep']!,
    'joint.revoke': linked.json<{ link: { id: string } }>().link.id,
    'webhooks.replay': tried.json<{ id: string }>().id,
    'joint.decide': facts['jointSuggestion']!,
  }
  return {
    ...workspace,
    stranger,
    ids: [
      dealId,
      accountId,
      zhou,
      lin,
      teamId,
      shareId,
      viewId,
      seller.id,
      manager.id,
      stranger.id,
      ...Object.values(facts),
    ],
    params: (name) => ({
      ...common,
      ...(name.startsWith('facts.')
        ? { id: facts[name.split('.')[1]!]! }
        : ownIds[name] === undefined
          ? {}
          : { id: ownIds[name] }),
    }),
  }
}
