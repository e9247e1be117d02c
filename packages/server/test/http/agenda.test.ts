import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, stepIdOf } from '@sente/engine'
import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { onDatabase } from '../support/database.ts'
import { livingDeal } from '../support/living-deal.ts'
import type { LivingDeal } from '../support/living-deal.ts'
import { livingApp } from '../support/living-app.ts'
import type { LivingApp } from '../support/living-app.ts'

onDatabase((db) => {
  let app: LivingApp['app']
  let workspace: LivingApp['workspace']
  let seller: LivingApp['seller']
  let admin: LivingApp['admin']
  let today: LivingApp['today']
  beforeAll(async () => {
    ;({ app, workspace, seller, admin, today } = await livingApp(db))
  })
  afterAll(() => app.close())

  const deal = (): Promise<LivingDeal> => livingDeal(seller, today)
  const planOf = (dealId: string) => seller.call(routes.plan.get, { params: { dealId } })

  test('the agenda has a step of today, a promise of ours and the next step of the plan, and a step put off only from its day', async () => {
    const { dealId, zhou, lin } = await deal()
    const call = (): Promise<CallOutput<typeof routes.work.agenda>> =>
      seller.call(routes.work.agenda, { query: { whose: 'own' } })
    const mine = async () => (await call()).lines.filter((line) => line.dealId === dealId)
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { what: 'Call about the budget', on: today, with: [lin], owner: 'Chen Jie' },
    })
    expect(await mine()).toContainEqual(
      expect.objectContaining({ kind: 'see', planStepId: step.id, on: today, ours: 'Chen Jie' }),
    )
    await seller.call(routes.facts.planStep.update, {
      params: { dealId, id: step.id },
      body: { snoozedUntil: addDays(today, 3) },
    })
    const promise = await seller.call(routes.facts.commitment.create, {
      params: { dealId },
      body: { what: 'Cost model', to: zhou, promisedOn: addDays(today, -5), dueOn: today },
    })
    const after = await mine()
    expect(after.some(({ planStepId }) => planStepId === step.id)).toBe(false)
    expect(after).toContainEqual(
      expect.objectContaining({
        kind: 'promise',
        commitmentId: promise.id,
        with: [expect.objectContaining({ id: zhou })],
      }),
    )
    const decide = after.find(({ kind }) => kind === 'decide')
    const [first] = (await planOf(dealId)).plan.steps.filter(({ locked }) => !locked)
    if (decide) expect(decide).toMatchObject({ step: stepIdOf(first!), on: first!.on, bring: first!.bring.what })
    expect((await call()).lines.length).toBeLessThanOrEqual(7)
  })

  test('a deal that was won stays in the agenda with its promises, and today says the visit back that is due', async () => {
    const { dealId, zhou } = await deal()
    await seller.call(routes.deals.update, {
      params: { dealId },
      body: { status: 'won', closedOn: addDays(today, -31) },
      version: (await seller.call(routes.deals.get, { params: { dealId }, query: {} })).deal.version,
    })
    const promise = await seller.call(routes.facts.commitment.create, {
      params: { dealId },
      body: { what: 'Training of twelve', to: zhou, promisedOn: addDays(today, -60), dueOn: today },
    })
    const { lines } = await seller.call(routes.work.agenda, { query: { whose: 'own' } })
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'promise', dealId, commitmentId: promise.id }))
    const brief = await seller.call(routes.deals.brief, { params: { dealId }, query: {} })
    expect(brief.after!.visits.map(({ days, state }) => [days, state])).toContainEqual([30, 'due'])
    const { findings } = await seller.call(routes.work.today, { query: {} })
    expect(findings.filter((one) => one.dealId === dealId).map(({ rule }) => rule)).toContain('R91_after_award')
  })

  test('whose the agenda is: of a member, of a team; and it says of how many deals it looked at the plan', async () => {
    const { dealId } = await deal()
    const mine = workspace.members.seller.id
    const lines = async (query: { memberId?: string; teamId?: string; whose?: 'all' }) => {
      const { lines: found, looked } = await admin.call(routes.work.agenda, { query })
      return { deals: new Set(found.map((line) => line.dealId)), looked }
    }
    const all = await lines({ whose: 'all' })
    const his = await lines({ memberId: mine })
    expect(his.looked.deals).toBeGreaterThan(0)
    expect(his.looked.deals).toBeLessThanOrEqual(all.looked.deals)
    expect((await lines({ memberId: workspace.members.viewer.id })).looked).toEqual({ deals: 0, plans: 0 })
    const team = await admin.call(routes.members.createTeam, { body: { name: 'East' } })
    expect((await lines({ teamId: team.id })).looked.deals).toBe(0)
    const member = (await admin.call(routes.members.list, {})).items.find(({ id }) => id === mine)!
    await admin.call(routes.members.update, {
      params: { memberId: mine },
      body: { teamIds: [team.id] },
      version: member.version,
    })
    const ofTeam = await lines({ teamId: team.id })
    expect(ofTeam.looked.deals).toBe(his.looked.deals)
    expect(ofTeam.looked.plans).toBeGreaterThan(0)
    expect(ofTeam.looked.plans).toBeLessThanOrEqual(ofTeam.looked.deals)
    // A plan that was made is read again, and counts besides the few that are made at a time.
    await planOf(dealId)
    const again = await lines({ teamId: team.id })
    expect(again.looked.plans).toBeGreaterThanOrEqual(ofTeam.looked.plans)
  })
})
